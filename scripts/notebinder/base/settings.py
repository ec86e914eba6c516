"""The settings of a project, checked once where they come in."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeGuard

from notebinder.base.problems import PROBLEM_KINDS, Level, NotebinderError, did_you_mean

LINK_SCHEMES = ("mailto", "obsidian", "tel")
FRAME_HOSTS = (
    *("www.youtube-nocookie.com", "www.youtube.com", "player.vimeo.com", "fast.wistia.net"),
    "platform.twitter.com",
)


class SettingsError(NotebinderError):
    """Settings that cannot be used, all faults at once."""

    def __init__(self, faults: Iterable[str]) -> None:
        super().__init__("\n".join(f"mkdocs.yml: notebinder: {fault}" for fault in faults))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What an author decides, wherever the files are."""

    external_embeds_at_once: bool = False
    """Whether pages and pictures that a note embeds from elsewhere load without a click."""
    levels: Mapping[str, Level | None] = field(default_factory=dict)
    """The level of a problem's code where it is another than ours; none means that it is not told."""
    link_schemes: tuple[str, ...] = LINK_SCHEMES
    """Schemes that a link may have besides http and https; any other link is shown as text."""
    frame_hosts: tuple[str, ...] = FRAME_HOSTS
    """Hosts whose pages a note may embed; any other page is a link."""
    private: tuple[str, ...] = ()
    """Files and folders of the vault that are never published, as patterns of a `.gitignore`."""
    private_tags: tuple[str, ...] = ("private",)
    """Tags whose notes are not published; a tag counts with all that stand below it."""
    publish_only_marked: bool = False
    """Whether only notes that say `publish: true` are published."""
    publish_excluded_files: bool = False
    """Whether notes among Obsidian's "excluded files" are published."""
    credentials_allowed: tuple[str, ...] = ()
    """Texts that only look like credentials; `*` stands for anything."""
    credentials_allowed_in: tuple[str, ...] = ()
    """Files and folders of the vault that may show credentials, as in a `.gitignore`."""
    pagefind_above: int = 1000
    """With more pages than this, Pagefind searches the site: readers load no index of all pages."""


@dataclass(frozen=True, slots=True)
class Options(Choices):
    """What stands under `notebinder:` in `mkdocs.yml`."""

    vault: str = "."
    """The folder that Obsidian opens, relative to `mkdocs.yml`; paths in links count from it."""
    notes: tuple[str, ...] = (".",)
    """Folders of the vault that are searched for notes."""
    attachments: tuple[str, ...] = (".",)
    """Folders of the vault that are searched for images and other files."""
    pages: str = "."
    """The folder below `docs` that notebinder writes; `.` is `docs` itself."""


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
    """The folder that keeps renditions and cards from build to build."""
    ignored: tuple[Path, ...] = ()
    """Folders in the vault that hold what notebinder and MkDocs write."""

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
    known = [option.name for option in fields(Options)]
    faults: list[str] = []
    values: dict[str, Any] = {}
    for key, value in given.items():
        if key not in known:
            faults.append(f"unknown option {key!r}; {_guess(key, known)}")
            continue
        try:
            values[key] = _FORMS[key](value)
        except _MisfitError as misfit:
            faults += (f"{key}{fault}" for fault in misfit.faults)
    if faults:
        raise SettingsError(faults)
    return Options(**values)


def resolve_settings(
    options: Options, *, root: Path, docs: Path, site: Path | None = None, cache: Path | None = None
) -> Settings:
    """Make the options absolute and check that the folders are there."""
    vault = (root / options.vault).resolve()
    output = (docs / options.pages).resolve()
    faults = [] if vault.is_dir() else [f"vault: {options.vault} is no folder"]
    faults += _faults_of_output(options.pages, output, docs.resolve(), vault)
    own_cache = root.resolve() / ".cache" / "notebinder"
    if cache is None and own_cache.resolve() != own_cache:
        faults.append(f"{own_cache} leads to {own_cache.resolve()} by a link; remove the link")
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
        cache=cache or own_cache,
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


class _MisfitError(Exception):
    """A value that an option cannot have; each fault goes on where the option's name ends."""

    def __init__(self, *faults: str) -> None:
        super().__init__(*faults)
        self.faults = faults


def _folder(value: object) -> str:
    if not isinstance(value, str):
        raise _MisfitError(f" must be a folder, not {value!r}")
    return value


def _folders(value: object) -> tuple[str, ...]:
    folders = (value,) if isinstance(value, str) else value
    if not _is_texts(folders):
        raise _MisfitError(f" must be a folder or a list of folders, not {folders!r}")
    return tuple(folders) or (".",)


def _texts(value: object) -> tuple[str, ...]:
    texts = (value,) if isinstance(value, str) else value
    if not _is_texts(texts):
        raise _MisfitError(f" must be a text or a list of texts, not {texts!r}")
    return tuple(texts)


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise _MisfitError(f" must be true or false, not {value!r}")
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _MisfitError(f" must be a number, 0 or more, not {value!r}")
    return value


def _list_of(what: str, form: str) -> Callable[[object], tuple[str, ...]]:
    def read(value: object) -> tuple[str, ...]:
        names = (value,) if isinstance(value, str) else value
        if not _is_texts(names) or not all(re.fullmatch(form, name) for name in names):
            raise _MisfitError(f" must be a list of {what}, not {value!r}")
        return tuple(name.lower().rstrip(":") for name in names)

    return read


def _levels(value: object) -> dict[str, Level | None]:
    """Read the levels of codes; YAML reads a bare `off` as false."""
    if not isinstance(value, Mapping):
        raise _MisfitError(f" must map codes to levels, not {value!r}")
    given = {str(code): "off" if level is False else str(level) for code, level in value.items()}
    faults = list(_misgraded(given))
    if faults:
        raise _MisfitError(*faults)
    return {code: _LEVELS[level] for code, level in given.items()}


def _misgraded(given: Mapping[str, str]) -> Iterator[str]:
    for code, level in given.items():
        if code not in PROBLEM_KINDS:
            yield f": no problem has the code {code!r}; {_guess(code, PROBLEM_KINDS)}"
        if level not in _LEVELS:
            yield f": {code}: no level is called {level!r}; {_guess(level, _LEVELS)}"
        elif code == "credential" and level != "error":
            yield ": credential: stays an error; allow single ones with credentials_allowed"


_LEVELS: Mapping[str, Level | None] = MappingProxyType(
    {**{level.value: level for level in Level}, "off": None}
)

_FORMS: Mapping[str, Callable[[object], Any]] = MappingProxyType(
    {
        "vault": _folder,
        "notes": _folders,
        "attachments": _folders,
        "pages": _folder,
        "external_embeds_at_once": _switch,
        "levels": _levels,
        "credentials_allowed": _texts,
        "credentials_allowed_in": _texts,
        "link_schemes": _list_of("schemes such as mailto", r"[A-Za-z][A-Za-z0-9+.-]*:?"),
        "frame_hosts": _list_of(
            "hosts such as player.vimeo.com", r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::\d{1,5})?"
        ),
        "private": _texts,
        "private_tags": _texts,
        "publish_only_marked": _switch,
        "publish_excluded_files": _switch,
        "pagefind_above": _count,
    }
)
"""How the value of each option is read."""


def _guess(name: str, known: Iterable[str]) -> str:
    return did_you_mean(name, known) or "known are " + ", ".join(known)


def _is_texts(value: object) -> TypeGuard[Sequence[str]]:
    return isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value)
