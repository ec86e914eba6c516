"""Find the files of a vault: plain ones, and links to plain ones. No link leads out of it."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from notebinder.base.file_state import FileState, find_state
from notebinder.base.files import is_link
from notebinder.base.limits import LIMITS
from notebinder.base.problems import Problem, SourceLocation
from notebinder.base.settings import Settings

_TOOLS = frozenset((".obsidian", ".git", ".svn", ".hg", ".venv", ".cache", ".tox", ".idea", ".vscode"))
"""Hidden folders that hold no notes."""


_EVICTED = re.compile(r"\.(?P<name>.+)\.icloud")


class Folder(NamedTuple):
    """What a folder holds."""

    state: FileState | None = None
    """Its own, if it was at rest: as long as that stays, so do the names in it."""
    entries: tuple[tuple[str, str], ...] = ()
    """Names, each with `file`, `folder`, `link`, or `other` for pipes, sockets and devices."""
    fault: str = ""
    """Why it cannot be read."""


@dataclass(frozen=True, slots=True)
class VaultFiles:
    """All files of a vault, by their paths in it, sorted."""

    among_notes: Mapping[str, Path]
    """Those in the folders for notes, and where they lie on disk."""
    among_attachments: Mapping[str, Path]
    names: tuple[str, ...]
    """Whatever a link may name: files of hidden and of other folders, too."""
    links: Mapping[str, bool]
    """The links of the file system, and whether each leads to a file that stands in these folders as well."""
    problems: tuple[Problem, ...]
    folders: Mapping[str, Folder] = field(repr=False, compare=False)
    """What was read, by where it lies on disk."""

    @property
    def shown_links(self) -> tuple[str, ...]:
        """Those of the files that are links."""
        return tuple(path for path, is_shown in self.links.items() if is_shown)


def find_files(
    settings: Settings, before: VaultFiles | None = None, changed: Collection[str] = ()
) -> VaultFiles:
    """Walk over a vault.

    Args:
        settings: which folders are walked.
        before: the outcome of an earlier walk. It is returned as it is where all folders hold the same names.
        changed: files known to be new, different or gone; their folders are read, whatever their state says.
    """
    walk = _Walk(settings, before.folders if before else {}, frozenset(map(os.path.dirname, changed)))
    if before and walk.is_as(before):
        return replace(before, folders=walk.read)
    notes, attachments = walk.below(settings.notes), walk.below(settings.attachments)
    problems = tuple(dict.fromkeys(walk.problems))
    return VaultFiles(notes, attachments, walk.names(), walk.links, problems, walk.read)


class _Walk:
    """Walks the folders of a vault; it owns what it finds wrong on the way."""

    def __init__(self, settings: Settings, known: Mapping[str, Folder], stale: Collection[str]) -> None:
        self._settings, self._known, self._stale = settings, known, stale
        self._ignored = frozenset(map(str, settings.ignored))
        self._root = os.path.join(settings.vault, "")  # noqa: PTH118
        self.problems: list[Problem] = []
        self.links: dict[str, bool] = {}
        self.read: dict[str, Folder] = {}

    def folder(self, place: str) -> Folder:
        """Read a folder, unless its state says that it holds what it held."""
        if place not in self.read:
            state, known = find_state(place), self._known.get(place)
            is_same = known and known.state and known.state == state and place not in self._stale
            self.read[place] = known if known and is_same else _read_folder(place, state)
        return self.read[place]

    def is_as(self, before: VaultFiles) -> bool:
        """Tell whether there are the same files as in an earlier walk, and all links lead where they led."""
        links = ((self._settings.vault / path, is_shown) for path, is_shown in before.links.items())
        return all(self.folder(place)[1:] == folder[1:] for place, folder in before.folders.items()) and all(
            self.is_shown(link) == is_shown for link, is_shown in links
        )

    def below(self, folders: Iterable[Path]) -> dict[str, Path]:
        """Return each file below the folders."""
        found = {place for folder in folders for place in self._files(str(folder))}
        return {self._path(place): Path(place) for place in sorted(found, key=self._path)}

    def _files(self, folder: str) -> Iterator[str]:
        """Yield the files below a folder; pipes, sockets and devices are none, and reading one never ends."""
        waiting = [folder]
        while waiting:
            here = waiting.pop()
            if self.folder(here).fault:
                self._report(here, "unreadable-file", f"cannot be read: {self.folder(here).fault}")
            for name, kind in self.folder(here).entries:
                place = os.path.join(here, name)  # noqa: PTH118  # there may be very many: no Path objects
                if name.startswith(".") or place in self._ignored:
                    self._tell_evicted(here, name)
                elif not _is_unicode(name):
                    message = "has a name that is no Unicode, so it is left out"
                    self._report(place, "unreadable-file", message, "rename it")
                elif kind == "link":
                    yield from self._linked(place)
                elif kind == "folder" and self._path(place).count("/") >= LIMITS.nesting:
                    message = f"lies in more than {LIMITS.nesting} folders, so it is left out"
                    self._report(place, "unreadable-file", message, "move it up")
                elif kind == "folder":
                    waiting.append(place)
                elif kind == "file":
                    yield place

    def _tell_evicted(self, folder: str, name: str) -> None:
        """Tell a file that a Mac has put away: `.Plan.md.icloud` stands for `Plan.md`."""
        evicted = _EVICTED.fullmatch(name)
        if evicted:
            message = "is in iCloud only and not on this machine, so no page shows it"
            hint = "choose Download Now in the Finder, and build again"
            self._report(f"{folder}{os.sep}{evicted['name']}", "not-downloaded", message, hint)

    def _linked(self, place: str) -> Iterator[str]:
        """Yield a link that leads to a file which the walk comes upon as well."""
        is_shown = self.links[self._path(place)] = self.is_shown(Path(place))
        if is_shown:
            yield place
            return
        message = "is a link to something that is no file of the vault, so it is left out"
        self._report(place, "outside-link", message, "put a copy of the file in its place")

    def is_shown(self, link: Path) -> bool:
        """Tell whether a link leads to a file which the walk comes upon as well."""
        try:
            target = link.resolve()
            return target.is_file() and self._is_walked(target)
        except (OSError, RuntimeError):  # a circle of links
            return False

    def _is_walked(self, target: Path) -> bool:
        settings = self._settings
        if not any(target.is_relative_to(folder) for folder in (*settings.notes, *settings.attachments)):
            return False
        is_hidden = any(part.startswith(".") for part in target.relative_to(settings.vault).parts)
        return not is_hidden and not any(target.is_relative_to(place) for place in settings.ignored)

    def names(self) -> tuple[str, ...]:
        """Return the path of each file that a link may name."""
        found: list[str] = []
        waiting = [str(self._settings.vault)]
        while waiting:
            here = waiting.pop()
            for name, kind in self.folder(here).entries:
                place = os.path.join(here, name)  # noqa: PTH118
                if kind == "folder" and name not in _TOOLS and place not in self._ignored:
                    waiting.append(place)
                elif kind != "folder" and not (kind == "link" and os.path.isdir(place)):  # noqa: PTH112
                    found.append(self._path(place))
        kept = (path for path in found if _is_unicode(path) and _is_nameable(path))
        return tuple(sorted(kept))

    def _path(self, place: str) -> str:
        path = place.removeprefix(self._root)
        return path if os.sep == "/" else path.replace(os.sep, "/")

    def _report(self, place: str, code: str, message: str, hint: str = "") -> None:
        path = self._path(place).encode("utf-8", "replace").decode()
        self.problems.append(Problem(SourceLocation(path), code, message, hint))


def _read_folder(place: str, state: FileState | None) -> Folder:
    believed = state.at_rest() if state else None
    try:
        with os.scandir(place) as entries:
            return Folder(believed, tuple(sorted((entry.name, _kind(entry)) for entry in entries)))
    except FileNotFoundError:
        return Folder()  # removed while the vault was read
    except OSError as error:
        return Folder(fault=str(error.strerror))


def _kind(entry: os.DirEntry[str]) -> str:
    if is_link(entry):
        return "link"
    if entry.is_dir(follow_symlinks=False):
        return "folder"
    return "file" if entry.is_file(follow_symlinks=False) else "other"


def _is_nameable(path: str) -> bool:
    return not _is_hidden(path) or path.startswith(".trash/") or _is_note(path)


def _is_hidden(path: str) -> bool:
    return path.startswith(".") or "/." in path


def _is_note(path: str) -> bool:
    return path.lower().endswith(".md")


def _is_unicode(name: str) -> bool:
    """Linux lets a name be any bytes."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
