"""Where the theme lies: the `mkdocs.yml` of a project that has notebinder installed names these."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

FOLDER = str(Path(__file__).parent / "theme/material")
CONFIGURATION = str(Path(__file__).parent / "theme/mkdocs.yml")


def put_theme_behind(config: MkDocsConfig) -> None:
    """Let a `custom_dir` of the author's add to the theme, as he knows it of Material, not replace it."""
    is_theme_of_site = "quiet" in config.extra  # which the theme's own configuration sets
    custom = config.theme.custom_dir
    if is_theme_of_site and not _is_theme(custom):
        config.theme.dirs.insert(1 if custom else 0, FOLDER)
        config.watch += [custom] if custom else []


def own_templates(config: MkDocsConfig) -> Iterator[Path]:
    """Yield the templates that an author puts into those of the theme."""
    folder = _own_folder(config)
    return iter(sorted(folder.rglob("*.html")) if folder else ())


def _own_folder(config: MkDocsConfig) -> Path | None:
    custom = config.theme.custom_dir
    return Path(custom) if custom and not _is_theme(custom) else None


def _is_theme(folder: str | None) -> bool:
    return folder is not None and Path(folder).resolve() == Path(FOLDER).resolve()
