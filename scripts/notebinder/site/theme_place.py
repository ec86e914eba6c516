"""Where the theme lies: the `mkdocs.yml` of a project that has notebinder installed names these."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

FOLDER = str(Path(__file__).parent / "theme/material")
CONFIGURATION = str(Path(__file__).parent / "theme/mkdocs.yml")


def put_theme_behind(config: MkDocsConfig) -> None:
    """Let a `custom_dir` of the author's add to the theme, as he knows it of Material, not replace it."""
    custom = _own_folder(config)
    if custom:
        config.theme.dirs.insert(1, FOLDER)
        config.watch.append(str(custom))


def own_templates(config: MkDocsConfig) -> Iterator[Path]:
    """Yield the templates that an author puts into those of the theme."""
    folder = _own_folder(config)
    return iter(sorted(folder.rglob("*.html")) if folder else ())


def _own_folder(config: MkDocsConfig) -> Path | None:
    custom = config.theme.custom_dir
    return Path(custom) if custom and Path(custom).resolve() != Path(FOLDER).resolve() else None
