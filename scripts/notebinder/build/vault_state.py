"""The state of every file of a vault that a build can read, as one digest: equal ones, equal builds."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISLNK

from notebinder.base.settings import Settings
from notebinder.pages.dates import current_commit
from notebinder.vault.file_cache import AT_REST_NS
from notebinder.vault.vault_files import VaultFiles, all_names


def read_state(settings: Settings) -> str:
    """Look at all files without opening one; empty where one has just been changed, for it may be again.

    A change within the same tick of the clock would leave no trace in a file's state.
    """
    begun = time.time_ns()
    files = VaultFiles(settings)
    paths = {file for folders in (settings.notes, settings.attachments) for _, file in files.below(folders)}
    seen = hashlib.sha256(repr([files.problems, all_names(settings)]).encode("utf-8", "replace"))
    seen.update(current_commit(settings.vault).encode())
    newest = 0
    for file in sorted([*paths, *_obsidian_settings(settings.vault)]):
        state, changed = _state(file)
        seen.update(f"{file}\0{state}\n".encode("utf-8", "surrogateescape"))
        newest = max(newest, changed)
    return seen.hexdigest() if newest < begun - AT_REST_NS else ""


def _obsidian_settings(vault: Path) -> Iterator[Path]:
    for here, _, names in os.walk(vault / ".obsidian"):
        yield from (Path(here, name) for name in names if name.endswith(".json"))


def _state(file: Path) -> tuple[str, int]:
    """Return what the file system says of a file, and when it was last changed."""
    try:
        state = file.lstat()
        link = f"{file.readlink()} {_state(file.resolve())}" if S_ISLNK(state.st_mode) else ""
    except (OSError, RuntimeError) as error:  # a circle of links
        return str(error), 0
    facts = (state.st_mtime_ns, state.st_ctime_ns, state.st_size, state.st_ino, state.st_mode)
    return f"{facts} {link}", max(state.st_mtime_ns, state.st_ctime_ns)
