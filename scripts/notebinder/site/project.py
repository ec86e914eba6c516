"""A project on disk: read its `mkdocs.yml`, write its pages, make it the reader's own."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from msgspec.structs import replace
from ruamel.yaml import YAML

from notebinder.base.files import links_below
from notebinder.base.problems import NotebinderError, Problem, SourceLocation
from notebinder.base.settings import Options, Settings, resolve_settings
from notebinder.build.output import write_tree
from notebinder.build.pipeline import Build
from notebinder.public.credentials.masking import hand_written_credentials, refuse_credentials
from notebinder.site.address_list import check_addresses
from notebinder.site.redirects import ADDRESSES

_SAMPLES = ("notes/AWS databases.md", "notes/AWS databases.plan.yml", ADDRESSES)

_HOME = "docs/index.md"
_OWN_HOME = """\
---
title: Home
---

# My notes

This page is yours to write; it stands in `docs/index.md`.
It links to notes as Obsidian does, with two square brackets around a name.
"""


class ProjectError(NotebinderError):
    """A project that cannot be read."""


def read_project(config_file: Path) -> Settings:
    """Return the settings in a project's `mkdocs.yml`."""
    config = _load(config_file)
    plugin = config.plugins.get("notebinder")
    if plugin is None:
        raise ProjectError(f'{config_file}: add "notebinder" to the plugins')
    return settings_of(plugin.options, config)


def read_docs_folder(config_file: Path) -> Path:
    """Return the folder of a project's hand-written pages."""
    return Path(_load(config_file)["docs_dir"])


def settings_of(options: Options, config: Mapping[str, Any]) -> Settings:
    """Return the settings from the plugin's options and the MkDocs configuration around them."""
    settings = resolve_settings(
        options,
        root=Path(config["config_file_path"]).parent,
        docs=Path(config["docs_dir"]),
        site=Path(config["site_dir"]),
    )
    _check_links(settings)
    return settings


def _check_links(settings: Settings) -> None:
    """Stop at a link in `docs` that leads out of the project and the vault: MkDocs follows every link."""
    for link in links_below(settings.docs) if settings.docs.is_dir() else ():
        target = Path(os.path.realpath(link))
        homes = [home for home in (settings.root, settings.vault) if target.is_relative_to(home)]
        is_hidden = any(part.startswith(".") for home in homes for part in target.relative_to(home).parts)
        if not homes or is_hidden or link.is_relative_to(target):
            raise ProjectError(f"{link}: leads to {target}, which is no file of this project; remove it")
        if target.is_dir() and _holds_notes(target, settings):
            why = "which holds notes of the vault, and MkDocs would publish all, private or not"
            raise ProjectError(f"{link}: leads to {target}, {why}; remove it")


def _holds_notes(folder: Path, settings: Settings) -> bool:
    notes = (file for file in folder.rglob("*.md") if not file.is_relative_to(settings.docs))
    return any(note.is_relative_to(place) for note in notes for place in settings.notes)


def _check_private_links(private: Container[str], settings: Settings) -> None:
    """Stop at a link in `docs` to a private file: MkDocs would publish what it leads to."""
    for link in links_below(settings.docs) if settings.docs.is_dir() else ():
        target = Path(os.path.realpath(link))
        if target.is_relative_to(settings.vault) and target.relative_to(settings.vault).as_posix() in private:
            raise ProjectError(f"{link}: leads to {target}, which is private; remove it")


def _load(config_file: Path) -> MkDocsConfig:
    if not config_file.is_file():
        raise ProjectError(f"{config_file}: there is no such file; run this in the project's folder")
    try:
        return load_config(str(config_file))
    except ConfigurationError as error:
        raise ProjectError(f"{config_file}: {error}") from error


def apply_build(built: Build) -> Build:
    """Write the pages; return the build with what was found meanwhile."""
    settings = built.settings
    _check_private_links(built.publication.private, settings)
    refuse_credentials(hand_written_credentials(settings), settings)
    written = write_tree(settings.output, built.files, kept=built.media, digests=built.digests)
    in_the_way = _from_root(written.problems, settings)
    misplaced = check_addresses(built.layouts, settings, built.publication.private)
    return built.with_problems([*in_the_way, *misplaced])


def _from_root(problems: Iterable[Problem], settings: Settings) -> Iterator[Problem]:
    """Name generated files as the author knows them, from the project's folder."""
    for problem in problems:
        file = settings.output / problem.location.path
        path = file.relative_to(settings.root).as_posix() if file.is_relative_to(settings.root) else str(file)
        yield replace(problem, location=SourceLocation(path, problem.location.line))


def initialise(config_file: Path, vault: str | None) -> Iterator[str]:
    """Drop the sample notes and point `vault:` at the author's notes; say what was done."""
    root = config_file.parent
    for sample in _SAMPLES:
        if (root / sample).is_file():
            (root / sample).unlink()
            yield f"removed {sample}"
    home = root / _HOME
    if home.is_file() and home.read_text("utf-8") != _OWN_HOME:
        home.write_text(_OWN_HOME, "utf-8", newline="\n")
        yield f"began {_HOME} anew"
    if vault is None:
        yield "put your notes into notes/ and their images into assets/"
        return
    yaml = YAML()
    yaml.preserve_quotes = True
    config = yaml.load(config_file.read_text("utf-8"))
    options = config["plugins"]["notebinder"]
    options["vault"] = vault
    for key in ("notes", "attachments"):
        options[key] = "."
    with config_file.open("w", encoding="utf-8", newline="\n") as stream:
        yaml.dump(config, stream)
    yield f"set the vault to {vault} in {config_file.name}"
