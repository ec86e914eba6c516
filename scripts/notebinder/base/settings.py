"""The settings of a project: declared here alone, checked once where they come in."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from notebinder.base.option_values import (
    MisfitError,
    as_written,
    guess,
    read_count,
    read_folder,
    read_folders,
    read_levels,
    read_switch,
    read_text,
    read_texts,
    reading_names,
    reading_one_of,
)
from notebinder.base.problems import Level, NotebinderError, Problem
from notebinder.base.user_cache import find_user_cache

LINK_SCHEMES = ("mailto", "obsidian", "tel")
FRAME_HOSTS = (
    *("www.youtube-nocookie.com", "www.youtube.com", "player.vimeo.com", "fast.wistia.net"),
    "platform.twitter.com",
)
_SCHEME = r"[A-Za-z][A-Za-z0-9+.-]*:?"
_HOST = r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::\d{1,5})?"
_READ = "read"

Value = TypeVar("Value")


class SettingsError(NotebinderError):
    """Settings that cannot be used, all faults at once."""

    def __init__(self, faults: Iterable[str]) -> None:
        super().__init__("\n".join(f"mkdocs.yml: notebinder: {fault}" for fault in faults))


def _option(read: Callable[[object], Value], default: Value) -> Value:
    """Declare an option: how its value in `mkdocs.yml` is read, and what it is where nobody says.

    The text below its field is its row in the handbook.
    """
    return field(default_factory=lambda: default, metadata={_READ: read})


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What an author decides, wherever the files are."""

    private: tuple[str, ...] = _option(read_texts, ())
    """Files and folders of the vault that are never published, as patterns of a `.gitignore` (`!` takes one
    back)."""
    private_tags: tuple[str, ...] = _option(read_texts, ("private",))
    """Tags whose notes are not published; one counts with all below it (`private/diary`)."""
    publish_only_marked: bool = _option(read_switch, False)
    """Whether only notes that say `publish: true` are published."""
    publish_excluded_files: bool = _option(read_switch, False)
    """Whether notes among Obsidian's "excluded files" are published."""
    publish_conflict_copies: bool = _option(read_switch, False)
    """Whether the copies that sync tools leave of a note changed in two places are published."""
    external_embeds_at_once: bool = _option(read_switch, False)
    """Whether pages and pictures that a note embeds from elsewhere load without a click."""
    properties_hidden: tuple[str, ...] = _option(read_texts, ())
    """Properties that no page shows, as in `[status, cover]`."""
    levels: Mapping[str, Level | None] = _option(read_levels, {})
    """The level of a problem's code where you want another: `error`, `warning`, `info` or `off`, as in
    `{alias-link: "off"}`."""
    credentials: str = _option(reading_one_of("stop", "mask"), "stop")
    """What becomes of text that looks like a credential: it stops the build (`stop`), or the site shows
    `••••` in its place (`mask`)."""
    credentials_allowed: tuple[str, ...] = _option(read_texts, ())
    """Texts that only look like credentials; `*` stands for anything, as in `AKIA*TEST`."""
    credentials_allowed_in: tuple[str, ...] = _option(read_texts, ())
    """Files and folders of the vault that may show credentials, as in a `.gitignore`."""
    dark_pictures: bool = _option(read_switch, True)
    """Whether mostly white pictures are shown dark on a dark page."""
    link_schemes: tuple[str, ...] = _option(reading_names("schemes such as mailto", _SCHEME), LINK_SCHEMES)
    """What a link may begin with besides `http:` and `https:`; any other is shown as text."""
    frame_hosts: tuple[str, ...] = _option(
        reading_names("hosts such as player.vimeo.com", _HOST), FRAME_HOSTS
    )
    """Hosts whose pages a note may embed; any other page is a link."""
    guests: tuple[str, ...] = _option(reading_names("hosts such as giscus.app", rf"(?:\*\.)?{_HOST}"), ())
    """Hosts that may run scripts on every page and load into it, as for analytics and comments; `*.x.y` means
    all below one."""
    plugin_blocks: tuple[str, ...] = _option(read_texts, ())
    """More languages of code that only a plugin of yours shows the result of, as in `[my-chart, game-*]`;
    many are known."""
    home: str = _option(read_text, "")
    """The title of the page that lists all folders and notes, made where no note is the home page; without a
    title there is none where `pages` is `.`."""
    pagefind_above: int = _option(read_count, 1000)
    """With more kilobytes of text than this, [Pagefind](https://pagefind.app/) searches the site, so that no
    reader loads an index of it all."""


@dataclass(frozen=True, slots=True)
class Options(Choices):
    """What stands under `notebinder:` in `mkdocs.yml`."""

    vault: str = _option(read_folder, ".")
    """The folder that Obsidian opens, from which paths in links count."""
    notes: tuple[str, ...] = _option(read_folders, (".",))
    """Folders of the vault that are searched for notes, canvases and bases."""
    attachments: tuple[str, ...] = _option(read_folders, (".",))
    """Folders of the vault that are searched for images and other files."""
    pages: str = _option(read_folder, ".")
    """The folder below `docs/` that notebinder writes."""


@dataclass(frozen=True, slots=True)
class Settings(Choices):
    """The same with absolute paths."""

    vault: Path
    notes: tuple[Path, ...]
    attachments: tuple[Path, ...]
    output: Path
    """The folder that generated pages are written to."""
    root: Path
    """The project's folder, where `mkdocs.yml` stands."""
    docs: Path
    """The folder that MkDocs reads."""
    cache: Path
    """The folder that keeps things from process to process, for all projects of this user."""
    language: str = "en"
    """In which the site speaks of itself, as in `theme.language`."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with these places."""
    ignored: tuple[Path, ...] = ()
    """Folders in the vault that hold what notebinder and MkDocs write."""

    @property
    def project_cache(self) -> Path:
        """The folder in the cache for what is of use to this project alone."""
        places = f"{self.vault}\0{self.docs}"
        return self.cache / "projects" / hashlib.sha256(os.fsencode(places)).hexdigest()[:20]

    @property
    def locks(self) -> Path:
        """The folder of the files that keep two builds from writing one folder."""
        return self.cache / "locks"

    @property
    def attachment_folder(self) -> str:
        """The folder to drop new attachments into, as the author knows it."""
        folder = self.attachments[0]
        return self.vault.name if folder == self.vault else folder.relative_to(self.vault).as_posix()

    @property
    def output_address(self) -> str:
        """The folder of generated pages on the site, with a slash at its end; empty where it is the site."""
        path = self.output.relative_to(self.docs).as_posix() if self.output.is_relative_to(self.docs) else "."
        return "" if path == "." else f"{path}/"

    @property
    def prefix(self) -> str:
        """The folder, with a slash at its end, that all notes stand in: no address repeats it."""
        only = self.notes[0] if len(self.notes) == 1 else self.vault
        return "" if only == self.vault else f"{only.relative_to(self.vault).as_posix()}/"


def read_options(given: Mapping[str, Any]) -> Options:
    """Return the options, or raise `SettingsError` with every fault."""
    readers = {option.name: option.metadata[_READ] for option in fields(Options)}
    faults: list[str] = []
    values: dict[str, Any] = {}
    for key, value in given.items():
        if key not in readers:
            faults.append(f"unknown option {key!r}; {guess(key, readers)}")
            continue
        try:
            values[key] = readers[key](value)
        except MisfitError as misfit:
            faults += (f"{key}{fault}" for fault in misfit.faults)
    if faults:
        raise SettingsError(faults)
    return Options(**values)


def write_options(options: Options) -> dict[str, object]:
    """Return the options that differ from their defaults, as `mkdocs.yml` has them.

    >>> write_options(Options(notes=("notes",)))
    {'notes': ['notes']}
    """
    usual = Options()
    names = [option.name for option in fields(Options)]
    return {
        name: as_written(getattr(options, name))
        for name in names
        if getattr(options, name) != getattr(usual, name)
    }


def resolve_settings(
    options: Options,
    *,
    root: Path,
    docs: Path | None,
    site: Path | None = None,
    cache: Path | None = None,
    language: str = "en",
) -> Settings:
    """Make the options absolute and check that the folders are there.

    Args:
        options: what the author decides.
        root: the folder from which paths count.
        docs: the folder that MkDocs reads; without one what is written goes into the cache.
        site: the folder that MkDocs writes.
        cache: another folder than the user's.
        language: the theme's.
    """
    vault = (root / options.vault).resolve()
    problems: tuple[Problem, ...] = ()
    if cache is None:
        cache, problems = find_user_cache(place for place in (root, vault, docs, site) if place)
    docs = docs or cache / "check"
    output = (docs / options.pages).resolve()
    faults = [] if vault.is_dir() else [f"vault: {options.vault} is no folder"]
    faults += _faults_of_output(options.pages, output, docs.resolve(), vault)
    folders: dict[str, tuple[Path, ...]] = {}
    for key in ("notes", "attachments"):
        folders[key] = tuple((vault / name).resolve() for name in getattr(options, key))
        faults += [
            f"{key}: {name} is not in the vault"
            for name, folder in zip(getattr(options, key), folders[key], strict=True)
            if not folder.is_relative_to(vault)
        ]
    faults += _faults_of_places({"vault": (vault,), "notes": folders["notes"]}, docs.resolve())
    if faults:
        raise SettingsError(faults)
    ignored = tuple(path for path in (docs.resolve(), site and site.resolve()) if path and path != vault)
    return Settings(
        vault,
        folders["notes"],
        folders["attachments"],
        output,
        root=root.resolve(),
        docs=docs.resolve(),
        cache=cache,
        language=language,
        problems=problems,
        ignored=ignored,
        **{choice.name: getattr(options, choice.name) for choice in fields(Choices)},
    )


def _faults_of_output(pages: str, output: Path, docs: Path, vault: Path) -> list[str]:
    """What is written and cleared must be a folder of its own, whatever links lead there."""
    if output != Path(os.path.normpath(docs / pages)) or not output.is_relative_to(docs):
        return [f"pages: {pages} leads out of {docs}, by `..` or by a link; name a folder in it"]
    if output == vault:
        return [f"pages: {output} is the vault; pages would be written among its notes"]
    return []


def _faults_of_places(folders: Mapping[str, Sequence[Path]], docs: Path) -> list[str]:
    """MkDocs publishes all that lies in its folder, and knows nothing of private notes."""
    why = f"lies in {docs}, and MkDocs publishes all that lies there, private notes, too; move it elsewhere"
    inside = {key: [f for f in those if f.is_relative_to(docs)] for key, those in folders.items()}
    return next(([f"{key}: {there[0]} {why}"] for key, there in inside.items() if there), [])
