"""When a note was created and updated: by its properties, else by git's history of its file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct

from notebinder.base.git import ask_git
from notebinder.base.problems import Problem, SourceLocation
from notebinder.vault.model import Note

_CREATED = ("created", "date created", "date", "creation date", "published")
_UPDATED = ("updated", "modified", "date modified", "last modified", "lastmod", "date updated")
_SECONDS = 30
_LOG = ("log", "--format=%x01%aI", "--name-status", "--find-renames", "-z", "--relative")
_MOVED = "R100"
"""The status of a file of which nothing but its name was changed."""
_SUBMODULE = "160000 "


class Dates(Struct, frozen=True):
    """The days of a note; None where nobody knows."""

    created: date | None = None
    updated: date | None = None


def note_dates(note: Note, known: Dates) -> Dates:
    """Return a note's dates; what its author wrote beats what git knows."""
    _, created = _first(note, _CREATED)
    _, updated = _first(note, _UPDATED)
    return Dates(created or known.created, updated or known.updated)


def dating_properties(note: Note) -> frozenset[str]:
    """Return the properties, in small letters, that give the dates of a note."""
    return frozenset((_first(note, _CREATED)[0], _first(note, _UPDATED)[0]))


@dataclass(frozen=True, slots=True)
class History:
    """What git knows of a vault's files at one commit."""

    commit: str = ""
    """The commits that are checked out, submodules' too; empty where git knows nothing."""
    dates: Mapping[str, Dates] = field(default_factory=dict)
    """The first and last commit of each file, by its path in the vault."""
    problems: tuple[Problem, ...] = ()
    """Why nothing is known of some files."""


@dataclass(frozen=True, slots=True)
class _Clone:
    """A repository, or a submodule of one, that holds notes."""

    folder: str = ""
    """Its path in the vault, with a slash at its end."""
    commit: str = ""
    is_shallow: bool = False
    is_empty: bool = False
    """Whether it is a submodule that was never fetched."""


def read_history(vault: Path, known: History | None = None) -> History:
    """Ask git for the history of all files, with one call for each repository; renames are followed.

    `known` is returned while its commits are current. Nothing is known of a folder without git, nor of a
    shallow clone, whose files all seem to be new.
    """
    clones = list(_clones(vault))
    commit = _commits_of(clones)
    if known and known.commit == commit:
        return known
    found: dict[str, Dates] = {}
    for clone in clones:
        if not (clone.is_shallow or clone.is_empty):
            dates = _dates(vault / clone.folder)
            found |= {f"{clone.folder}{path}": each for path, each in dates.items()}
    return History(commit, found, tuple(filter(None, map(_told, clones))))


def current_commit(vault: Path) -> str:
    """Return what changes whenever a history does; empty where there is none."""
    return _commits_of(_clones(vault))


def _commits_of(clones: Iterable[_Clone]) -> str:
    return " ".join(f"{clone.folder}{clone.commit}{'!' * clone.is_shallow}" for clone in clones)


def _clones(vault: Path, folder: str = "") -> Iterator[_Clone]:
    """Yield the repository of a folder, and the submodules in it."""
    answer = ask_git(
        vault / folder, "rev-parse", "--is-shallow-repository", "HEAD", "--show-toplevel", seconds=_SECONDS
    )
    is_shallow, commit, top = (answer.splitlines() + [""] * 3)[:3]
    if not commit:
        return
    yield _Clone(folder, commit, is_shallow == "true")
    if not Path(top, ".gitmodules").is_file():
        return
    staged = ask_git(vault / folder, "ls-files", "--stage", "-z", seconds=_SECONDS)
    for line in staged.split("\0"):
        if line.startswith(_SUBMODULE):
            inner = f"{folder}{line.partition(chr(9))[2]}/"
            if (vault / inner / ".git").exists():
                yield from _clones(vault, inner)
            else:
                yield _Clone(inner, is_empty=True)


def _told(clone: _Clone) -> Problem | None:
    """Say what of a clone keeps notes from having dates, or from being there."""
    place = SourceLocation(clone.folder or ".git")
    if clone.is_shallow:
        why = "holds only the newest commits, so its notes have no dates"
        return Problem(place, "shallow-history", why, "run `git fetch --unshallow` there")
    if clone.is_empty:
        how = "run `git submodule update --init --recursive`"
        return Problem(place, "empty-submodule", "is a submodule that was never fetched", how)
    return None


def _dates(folder: Path) -> dict[str, Dates]:
    """Return the first and last day of each file; one that was renamed has that of its first name."""
    log = ask_git(folder, *_LOG, "--", ".", seconds=_SECONDS)
    found: dict[str, Dates] = {}
    today: dict[str, str] = {}
    for day, status, old, path in _changes(log):
        name = today.get(path, path)
        if status != _MOVED:
            found[name] = Dates(day, found[name].updated if name in found else day)
        if old:
            today.pop(path, None)  # what had this name before was another file
            today[old] = name
    return found


def _changes(log: str) -> Iterator[tuple[date, str, str, str]]:
    """Yield each file of each commit, newest first: day, status, the name before if there was one, name."""
    for commit in log.split("\x01")[1:]:
        moment, *fields = commit.replace("\n", "\0").split("\0")
        day = datetime.fromisoformat(moment.strip()).date()
        rest = iter(text for text in fields if text)
        for status in rest:
            old = next(rest) if status[0] == "R" else ""
            yield day, status, old, next(rest)


def _first(note: Note, names: tuple[str, ...]) -> tuple[str, date | None]:
    given = {key.casefold(): value for key, value in note.properties.items()}
    return next(((name, day) for name in names if (day := read_day(given.get(name)))), ("", None))


def read_day(value: object) -> date | None:
    """Return the day that a property says: a text that begins like a date is one."""
    try:
        return date.fromisoformat(str(value).strip()[:10])
    except ValueError:
        return None
