"""Where this project lies, and how a test writes a small vault and builds it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from notebinder.base.settings import Options, Settings, resolve_settings
from notebinder.build.pipeline import Build

PROJECT = Path(__file__).parents[2]

WriteVault = Callable[[Mapping[str, str | bytes]], Path]
BuildVault = Callable[[Mapping[str, str | bytes]], Build]


def settings_for(vault: Path, docs: Path) -> Settings:
    return resolve_settings(Options(vault=str(vault)), root=vault, docs=docs, cache=docs.parent / "cache")


def text_of(built: Build, path: str) -> str:
    return built.files[path].decode()
