"""Find the files of a vault: plain ones, and links to plain ones. No link leads out of it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from notebinder.base.files import is_link
from notebinder.base.limits import LIMITS
from notebinder.base.problems import Problem, SourceLocation
from notebinder.base.settings import Settings

_TOOLS = frozenset((".obsidian", ".git", ".svn", ".hg", ".venv", ".cache", ".tox", ".idea", ".vscode"))
"""Hidden folders that hold no notes."""


_EVICTED = re.compile(r"\.(?P<name>.+)\.icloud")


@dataclass(slots=True)
class VaultFiles:
    """Walks the folders of a vault; it owns what it finds wrong on the way."""

    settings: Settings
    problems: list[Problem] = field(default_factory=list)

    def below(self, folders: Iterable[Path]) -> Iterator[tuple[str, Path]]:
        """Yield each file below the folders once, as its path in the vault and on disk, sorted."""
        found = {path for folder in folders for path in self._walk(folder)}
        for file in sorted(found, key=lambda path: path.as_posix()):
            yield self._path(file), file

    def _walk(self, folder: Path) -> Iterator[Path]:
        """Yield the files below a folder; pipes, sockets and devices are none, and reading one never ends."""
        waiting = [folder]
        while waiting:
            here = waiting.pop()
            for entry in self._entries(here):
                place = here / entry.name
                if entry.name.startswith(".") or place in self.settings.ignored:
                    self._tell_evicted(here, entry.name)
                    continue
                if not _is_unicode(entry.name):
                    message = "has a name that is no Unicode, so it is left out"
                    self._report(place, "unreadable-file", message, "rename it")
                elif is_link(entry):
                    yield from self._linked(place)
                elif entry.is_dir(follow_symlinks=False) and self._depth(place) > LIMITS.nesting:
                    message = f"lies in more than {LIMITS.nesting} folders, so it is left out"
                    self._report(place, "unreadable-file", message, "move it up")
                elif entry.is_dir(follow_symlinks=False):
                    waiting.append(place)
                elif entry.is_file(follow_symlinks=False):
                    yield place

    def _tell_evicted(self, folder: Path, name: str) -> None:
        """Tell a file that a Mac has put away: `.Plan.md.icloud` stands for `Plan.md`."""
        evicted = _EVICTED.fullmatch(name)
        if evicted:
            message = "is in iCloud only and not on this machine, so no page shows it"
            hint = "choose Download Now in the Finder, and build again"
            self._report(folder / evicted["name"], "not-downloaded", message, hint)

    def _entries(self, folder: Path) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                return list(entries)
        except FileNotFoundError:
            return []  # removed while the vault was read
        except OSError as error:
            self._report(folder, "unreadable-file", f"cannot be read: {error.strerror}")
            return []

    def _linked(self, link: Path) -> Iterator[Path]:
        """Yield a link that leads to a file which the walk comes upon as well."""
        try:
            target = link.resolve()
            if target.is_file() and self._is_walked(target):
                yield link
                return
        except (OSError, RuntimeError):  # a circle of links
            pass
        message = "is a link to something that is no file of the vault, so it is left out"
        self._report(link, "outside-link", message, "put a copy of the file in its place")

    def _is_walked(self, target: Path) -> bool:
        settings = self.settings
        if not any(target.is_relative_to(folder) for folder in (*settings.notes, *settings.attachments)):
            return False
        is_hidden = any(part.startswith(".") for part in target.relative_to(settings.vault).parts)
        return not is_hidden and not any(target.is_relative_to(place) for place in settings.ignored)

    def _depth(self, folder: Path) -> int:
        return len(folder.relative_to(self.settings.vault).parts)

    def _path(self, place: Path) -> str:
        return place.relative_to(self.settings.vault).as_posix()

    def _report(self, place: Path, code: str, message: str, hint: str = "") -> None:
        path = self._path(place).encode("utf-8", "replace").decode()
        self.problems.append(Problem(SourceLocation(path), code, message, hint))


def all_names(settings: Settings) -> list[str]:
    """Return the path of each file that a link may name, those of hidden and of other folders too, sorted."""
    found: list[str] = []
    for here, folders, names in os.walk(settings.vault):
        place = Path(here)
        folders[:] = [name for name in folders if name not in _TOOLS and place / name not in settings.ignored]
        inner = "" if place == settings.vault else f"{place.relative_to(settings.vault).as_posix()}/"
        found += (f"{inner}{name}" for name in names if _is_unicode(f"{inner}{name}"))
    found = [path for path in found if not _is_hidden(path) or path.startswith(".trash/") or _is_note(path)]
    return sorted(found)


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
