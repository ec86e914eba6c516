"""Move what was built into the folder that is served: only what differs, each file in one step."""

from __future__ import annotations

import filecmp
from collections.abc import Iterable
from pathlib import Path


def replace_files(scratch: Path, folder: Path) -> frozenset[str]:
    """Move the files of one folder over those of another; return the paths of those that differ."""
    changed = set()
    for file in [path for path in scratch.rglob("*") if path.is_file()]:
        path = file.relative_to(scratch)
        if _is_same(file, folder / path):
            file.unlink()
            continue
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        file.replace(folder / path)
        changed.add(path.as_posix())
    return frozenset(changed)


def withdraw(paths: Iterable[str], folder: Path) -> frozenset[str]:
    """Delete files and the folders that they leave empty; return the paths of those that were there."""
    return frozenset(path for path in paths if _delete(folder / path, folder))


def _is_same(file: Path, other: Path) -> bool:
    return other.is_file() and filecmp.cmp(file, other, shallow=False)


def _delete(file: Path, folder: Path) -> bool:
    if not file.is_file():
        return False
    file.unlink()
    for parent in file.parents:
        if parent == folder or any(parent.iterdir()):
            break
        parent.rmdir()
    return True
