"""The state of every file of a vault that a build can read, as one digest: equal ones, equal builds."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from stat import S_ISLNK

from notebinder.base.file_state import FileState, state_of
from notebinder.base.settings import Settings
from notebinder.pages.dates import current_commit
from notebinder.vault.navigation import FILE
from notebinder.vault.vault_files import find_files


def read_state(settings: Settings) -> str:
    """Look at all files without opening one; empty where one has just been changed, for it may be again."""
    files = find_files(settings)
    paths = {*files.among_notes.values(), *files.among_attachments.values()}
    seen = hashlib.sha256(repr([files.problems, files.names]).encode("utf-8", "replace"))
    seen.update(current_commit(settings.vault).encode())
    are_at_rest = True
    for file in sorted([*paths, *_obsidian_settings(settings.vault), *_arrangements(paths)]):
        states = list(_states(file))
        seen.update(f"{file}\0{states}\n".encode("utf-8", "surrogateescape"))
        are_at_rest &= all(isinstance(state, str) or state.at_rest() for state in states)
    return seen.hexdigest() if are_at_rest else ""


def _arrangements(paths: Iterable[Path]) -> Iterator[Path]:
    """The folders above those of notes belong to the vault, too, and may hold no file themselves."""
    folders = {path.parent for path in paths}
    folders |= {above for folder in folders for above in folder.parents}
    return (folder / FILE for folder in folders if (folder / FILE).is_file())


def _obsidian_settings(vault: Path) -> Iterator[Path]:
    for here, _, names in os.walk(vault / ".obsidian"):
        yield from (Path(here, name) for name in names if name.endswith(".json"))


def _states(file: Path) -> Iterator[FileState | str]:
    """Yield the state of a file; for a link also where it leads, and the state of that; or what is wrong."""
    try:
        found = file.lstat()
        yield state_of(found)
        if S_ISLNK(found.st_mode):
            yield str(file.readlink())
            yield from _states(file.resolve())
    except (OSError, RuntimeError) as error:  # a circle of links
        yield str(error)
