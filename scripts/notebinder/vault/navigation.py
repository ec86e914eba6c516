"""Read the `.nav.yml` files of a vault, in which an author arranges a folder. Knows no pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from notebinder.base.files import read_plain
from notebinder.base.problems import Problem, SourceLocation
from notebinder.vault.reading import decoded
from notebinder.vault.syntax.yaml_text import load_yaml

FILE = ".nav.yml"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How an author wants a folder to be shown."""

    title: str = ""
    names: tuple[str, ...] = ()
    """Notes and folders in their order, as patterns; what fits none comes last."""


@dataclass(frozen=True, slots=True)
class Arrangements:
    """What the author says of all folders."""

    folders: Mapping[str, Arrangement] = field(default_factory=dict)
    """By the folder's path in the vault, empty for the vault itself."""
    problems: tuple[Problem, ...] = ()


def read_arrangements(vault: Path, notes: Iterable[str]) -> Arrangements:
    """Read the files in all folders that hold some notes, or folders with notes."""
    folders: dict[str, Arrangement] = {}
    problems: list[Problem] = []
    for folder in sorted(folders_of(notes)):
        path = f"{folder}/{FILE}" if folder else FILE
        if not (vault / path).is_file():
            continue
        try:
            text, found = decoded(read_plain(vault / path, vault), path)
            problems += found
            folders[folder] = _arrangement(load_yaml(text))
        except (OSError, ValueError, yaml.YAMLError, RecursionError) as error:
            mark = getattr(error, "problem_mark", None)
            place = SourceLocation(path, mark.line + 1 if mark else 0)
            message = "cannot be read as a list `nav:` of notes and folders, so it is ignored"
            problems.append(Problem(place, "unreadable-navigation", message))
    return Arrangements(folders, tuple(problems))


def folders_of(notes: Iterable[str]) -> set[str]:
    """Return all folders on the way to some notes.

    >>> sorted(folders_of(["a/b/c.md"]))
    ['', 'a', 'a/b']
    """
    folders = {""}
    for note in notes:
        folder = note.rpartition("/")[0]
        while folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


def _arrangement(found: object) -> Arrangement:
    if found is None:
        return Arrangement()
    if not isinstance(found, dict):
        raise ValueError("no mapping")
    names = found.get("nav") or []
    if not isinstance(names, list) or not all(isinstance(name, str | int | float) for name in names):
        raise ValueError("no list of names")
    return Arrangement(str(found.get("title") or ""), tuple(str(name).rstrip("/") for name in names))
