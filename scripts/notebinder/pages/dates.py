"""When a note was created and updated: by its properties, else by git's history of its file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct

from notebinder.base.git import ask_git
from notebinder.vault.model import Note

_CREATED = ("created", "date created", "date", "creation date", "published")
_UPDATED = ("updated", "modified", "date modified", "last modified", "lastmod", "date updated")
_SECONDS = 30


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
    """The commit that is checked out; empty where git knows nothing."""
    dates: Mapping[str, Dates] = field(default_factory=dict)
    """The first and last commit of each file, by its path in the vault."""


def read_history(vault: Path, known: History | None = None) -> History:
    """Ask git for the history of all files, with one call; `known` is returned while its commit is current.

    Nothing is known of a folder without git or of a shallow clone, whose files all seem to be new.
    """
    commit = current_commit(vault)
    if not commit:
        return History()
    if known and known.commit == commit:
        return known
    found: dict[str, Dates] = {}
    log = ask_git(
        vault, "log", "--format=%x01%aI", "--name-only", "-z", "--relative", "--", ".", seconds=_SECONDS
    )
    for path, day in _commits(log):
        found[path] = Dates(day, found[path].updated if path in found else day)
    return History(commit, found)


def current_commit(vault: Path) -> str:
    """Return the commit that is checked out; empty where its history is not known."""
    answer = ask_git(vault, "rev-parse", "--is-shallow-repository", "HEAD", seconds=_SECONDS).split()
    return answer[1] if len(answer) == 2 and answer[0] == "false" else ""


def _commits(log: str) -> Iterator[tuple[str, date]]:
    """Yield each file of each commit with its day, newest first."""
    for commit in log.split("\x01")[1:]:
        moment, *paths = commit.replace("\n", "\0").split("\0")
        for path in filter(None, paths):
            yield path, datetime.fromisoformat(moment.strip()).date()


def _first(note: Note, names: tuple[str, ...]) -> tuple[str, date | None]:
    given = {key.casefold(): value for key, value in note.properties.items()}
    return next(((name, day) for name in names if (day := _day(given.get(name)))), ("", None))


def _day(value: object) -> date | None:
    """A text that begins like a date is one."""
    try:
        return date.fromisoformat(str(value).strip()[:10])
    except ValueError:
        return None
