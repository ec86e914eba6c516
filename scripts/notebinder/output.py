"""Write what a build made: only changed bytes, atomically, and never over or off an author's file."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from notebinder.problems import Problem, SourceLocation

RECORD = ".notebinder.json"
"""Lists what notebinder wrote into a folder; MkDocs leaves hidden files alone."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a write changed."""

    changed: tuple[str, ...]
    deleted: tuple[str, ...]
    problems: tuple[Problem, ...]


def write_tree(folder: Path, files: Mapping[str, bytes], *, kept: Collection[str] = ()) -> Written:
    """Make the folder hold these files and none that an earlier build wrote and this one did not.

    `kept` are files of ours that stand there already, such as published images.
    """
    ours = _read_record(folder)
    foreign = {path for path in files if path not in ours and _is_foreign(folder / path, files[path])}
    planned = {path: data for path, data in sorted(files.items()) if path not in foreign}
    _write_record(folder, {*ours, *planned, *kept})
    changed = tuple(path for path, data in planned.items() if write_if_changed(folder / path, data))
    stale = sorted(ours - {*planned, *kept} - foreign)
    deleted = tuple(path for path in stale if _delete(folder, path))
    _write_record(folder, {*planned, *kept})
    return Written(changed, deleted, tuple(_in_the_way(path) for path in sorted(foreign)))


def write_if_changed(file: Path, data: bytes) -> bool:
    """Write the bytes under a temporary name and move them into place; tell whether that was needed."""
    if _has(file, data):
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".notebinder-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        temporary.chmod(0o644)
        temporary.replace(file)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return True


def _has(file: Path, data: bytes) -> bool:
    try:
        return file.stat().st_size == len(data) and file.read_bytes() == data
    except OSError:
        return False


def _is_foreign(file: Path, data: bytes) -> bool:
    """A file that somebody else put where ours should go; one with our very bytes may stay ours."""
    return file.exists() and not _has(file, data)


def _in_the_way(path: str) -> Problem:
    message = "stands where a generated page should go; it was left as it is"
    return Problem(SourceLocation(path), "foreign-file", message, "move or rename it")


def _delete(folder: Path, path: str) -> bool:
    """Remove a file and the folders that it leaves empty."""
    file = folder / path
    if not file.is_file():
        return False
    file.unlink()
    for parent in file.parents:
        if parent == folder or any(parent.iterdir()):
            break
        parent.rmdir()
    return True


def _read_record(folder: Path) -> set[str]:
    try:
        names = json.loads((folder / RECORD).read_text("utf-8"))
    except (OSError, ValueError):
        return set()
    if not isinstance(names, list):
        return set()
    return {name for name in names if isinstance(name, str) and _is_inside(name)}


def _is_inside(name: str) -> bool:
    """A damaged record must not make us delete anything outside the folder."""
    return not name.startswith("/") and ":" not in name and ".." not in name.split("/")


def _write_record(folder: Path, names: Iterable[str]) -> None:
    data = json.dumps(sorted(names), ensure_ascii=False, indent=0).encode()
    write_if_changed(folder / RECORD, data)
