"""Where the theme lies, for the `mkdocs.yml` of a project that has notebinder installed: it names these."""

from __future__ import annotations

from pathlib import Path

FOLDER = str(Path(__file__).parent / "theme/material")
CONFIGURATION = str(Path(__file__).parent / "theme/mkdocs.yml")
