"""Where this project lies, and how a test writes a small vault and builds it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from notebinder.base.settings import Options, Settings, resolve_settings
from notebinder.build.pipeline import Build

PROJECT = Path(__file__).parents[2]
SAMPLE = PROJECT / "tests/sample"
"""The notes that this repository came with; an author replaces those outside of the tests by his own."""

WriteVault = Callable[[Mapping[str, str | bytes]], Path]
BuildVault = Callable[[Mapping[str, str | bytes]], Build]


def sample_project(folder: Path) -> Path:
    """Write a project with the sample notes into a folder that is not there yet; return its `mkdocs.yml`."""
    shutil.copytree(SAMPLE, folder)
    (folder / "assets").mkdir()
    text = (PROJECT / "mkdocs.yml").read_text("utf-8")
    (folder / "mkdocs.yml").write_text(text.replace("scripts/notebinder", f"{PROJECT}/scripts/notebinder"))
    return folder / "mkdocs.yml"


def settings_for(vault: Path, docs: Path) -> Settings:
    return resolve_settings(Options(vault=str(vault)), root=vault, docs=docs, cache=docs.parent / "cache")


def text_of(built: Build, path: str) -> str:
    return built.files[path].decode()
