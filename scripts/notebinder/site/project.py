"""A project on disk: read its `mkdocs.yml`, make it the reader's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from ruamel.yaml import YAML

from notebinder.base.settings import Settings
from notebinder.site.conversion import ProjectError, settings_of
from notebinder.site.mkdocs_plugin import NotebinderPlugin
from notebinder.site.redirects import ADDRESSES
from notebinder.vault.places import PLACES_SUFFIX
from notebinder.vault.transcripts import TRANSCRIPT_SUFFIX

_SAMPLES = ("notes/AWS databases.md", "notes/AWS databases.plan.yml")
_SHOWCASE = "notes/A note becomes a site.md"
_BESIDE_SHOWCASE = (
    "notes/A note becomes a site.plan.yml",
    "notes/The way of a note.canvas",
    "notes/Handbook pages.base",
)
_PICTURES = "assets/showcase"
_SHOWN = re.compile(r"!\[\[(Pasted image \d{14}\.png|Handout\.pdf|Bell\.wav)")
_WITH_PICTURE = ("", TRANSCRIPT_SUFFIX, PLACES_SUFFIX)
_OF_SHOWCASE = "\ntags: [showcase]\n"
"""Tells it from a note of that name which its owner wrote."""
_HANDBOOK = "notes/Handbook"
_OF_HANDBOOK = "\ntags: [handbook"
"""Tells its notes from those that an owner has put beside them."""
_SAMPLE_LINK = "[[topics/aws-databases/index|"
"""Stands on the home page that leads to them."""

_HOME = "docs/index.md"


def read_project(config_file: Path) -> Settings:
    """Return the settings in a project's `mkdocs.yml`."""
    config = _load(config_file)
    plugin = config.plugins.get("notebinder")
    if not isinstance(plugin, NotebinderPlugin):
        raise ProjectError(f'{config_file}: add "notebinder" to the plugins')
    return settings_of(plugin.options, config)


def _load(config_file: Path) -> MkDocsConfig:
    if not config_file.is_file():
        raise ProjectError(f"{config_file}: there is no such file; run this in the project's folder")
    try:
        return load_config(str(config_file))
    except ConfigurationError as error:
        raise ProjectError(f"{config_file}: {error}") from error


def _showcase(root: Path) -> tuple[list[Path], list[Path]]:
    """Find the showcase and what stands beside it, and the pictures that it shows; nothing else is there."""
    note = root / _SHOWCASE
    text = note.read_text("utf-8", "replace") if note.is_file() else ""
    if _OF_SHOWCASE not in text:
        return [], []
    beside = [root / name for name in _BESIDE_SHOWCASE]
    shown = [root / _PICTURES / f"{name}{kind}" for name in {*_SHOWN.findall(text)} for kind in _WITH_PICTURE]
    return [note, *filter(Path.is_file, beside)], [*filter(Path.is_file, shown)]


def initialise(
    config_file: Path, vault: str | None, *, name: str = "", description: str = ""
) -> Iterator[str]:
    """Drop the sample notes and point `vault:` at the author's notes; say what was done."""
    root = config_file.parent
    yield from _drop_samples(root)
    home = root / _HOME
    if home.is_file() and _SAMPLE_LINK in home.read_text("utf-8"):
        home.unlink()
        yield f"removed {_HOME}; until you write one, the site opens with a list of your notes"
    values = {"site_name": name, "site_description": description}
    yield from _configure(config_file, {key: value for key, value in values.items() if value}, vault)


def _drop_samples(root: Path) -> Iterator[str]:
    """Remove what this project shows of itself, where its owner has not written it anew."""
    showcase, pictures = _showcase(root)
    samples = [*showcase, *(root / sample for sample in _SAMPLES if (root / sample).is_file())]
    handbook = [
        note for note in (root / _HANDBOOK).glob("*.md") if _OF_HANDBOOK in note.read_text("utf-8", "replace")
    ]
    for path in (*samples, root / ADDRESSES) if samples or handbook else ():
        if path.is_file():
            path.unlink()
            yield f"removed {path.relative_to(root).as_posix()}"
    for what, files in (
        (f"the handbook in {_HANDBOOK}", handbook),
        (f"the pictures in {_PICTURES}", pictures),
    ):
        for path in files:
            path.unlink()
        if files:
            yield f"removed {what}"
            if not any(files[0].parent.iterdir()):
                files[0].parent.rmdir()


def _configure(config_file: Path, values: Mapping[str, str], vault: str | None) -> Iterator[str]:
    """Write what the author says into `mkdocs.yml`, whose comments stay."""
    if vault is None:
        yield "put your notes into notes/ and their images into assets/"
        if not values:
            return
    yaml = YAML()
    yaml.preserve_quotes = True
    config = yaml.load(config_file.read_text("utf-8"))
    config.update(values)
    yield from (f"set {key} to {value} in {config_file.name}" for key, value in values.items())
    if vault is not None:
        config["plugins"]["notebinder"].update(vault=vault, notes=".", attachments=".")
        yield f"set the vault to {vault} in {config_file.name}"
    with config_file.open("w", encoding="utf-8", newline="\n") as stream:
        yaml.dump(config, stream)
