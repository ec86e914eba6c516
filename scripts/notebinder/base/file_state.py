"""Tell whether a file has changed since it was looked at, without opening it: the one way that all ask.

Size and time of writing prove nothing: a copy that keeps times, an unpacked archive and whoever sets a time
back leave both as they were. A file that took another's place is another inode, and a write moves the time of
change, which no program can set.
"""

from __future__ import annotations

import os
from pathlib import Path
from time import time_ns
from typing import NamedTuple

AT_REST_NS = 2_000_000_000
"""The coarsest clock of a file system that we know of ticks every two seconds."""


class FileState(NamedTuple):
    """What the file system says of a file: equal states, equal bytes, if the file was at rest."""

    device: int
    inode: int
    size: int
    modified: int
    changed: int
    """When anything of it was changed; on Windows, when it was created."""

    def at_rest(self, moment: int | None = None) -> FileState | None:
        """Return the state if a later change must differ from it; to be asked before the file is read.

        A second change within one tick of the clock leaves no trace, so a file that was changed in the two
        seconds before the moment (now, without one) has no state to go by.
        """
        before = (time_ns() if moment is None else moment) - AT_REST_NS
        return self if max(self.modified, self.changed) < before else None


def state_of(found: os.stat_result) -> FileState:
    """Return the state that `stat` or `lstat` found."""
    return FileState(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def find_state(file: str | Path) -> FileState | None:
    """Return the state of a file, or of what a link leads to; None where nothing is."""
    try:
        return state_of(os.stat(file))  # noqa: PTH116  # the watcher asks ten times a second of all files
    except OSError:
        return None
