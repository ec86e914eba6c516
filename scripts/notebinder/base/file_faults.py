"""Say what is wrong with a file or a disk as a problem is said: the place, what is wrong, the next step."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from notebinder.base.files import is_temporary

_RIGHTS = "give yourself the right to read and write there"
_ROOM = "make room, and build again"

_FAULTS: Mapping[int, tuple[str, str]] = MappingProxyType(
    {
        errno.EACCES: ("permission denied", _RIGHTS),
        errno.EPERM: ("permission denied", _RIGHTS),
        errno.EROFS: ("the disk is read-only", "make it writable, or build elsewhere"),
        errno.ENOSPC: ("the disk is full", _ROOM),
        errno.EDQUOT: ("your share of the disk is full", _ROOM),
        errno.EFBIG: ("a file would be larger than may be written here", "raise that limit (ulimit -f)"),
        errno.EISDIR: ("is a folder where a file should stand", "move or remove it"),
        errno.ENOTDIR: ("lies below a file where a folder should stand", "move or remove that file"),
        errno.EEXIST: ("is a file where a folder should stand", "move or remove it"),
        errno.ELOOP: ("is a link where a file should stand", "remove it"),
        errno.ENOENT: ("is gone; something removed it meanwhile", "build again"),
    }
)
"""By the number of the system's error: what is wrong, and the next step."""


def fault_message(error: Exception) -> str:
    """Return what to tell the author; an error of our own says it itself.

    >>> fault_message(IsADirectoryError(errno.EISDIR, "Is a directory", "cache/x.lock"))
    'cache/x.lock: is a folder where a file should stand; move or remove it'
    """
    if not isinstance(error, OSError):
        return str(error)
    wrong, step = _FAULTS.get(error.errno or 0, (error.strerror or str(error), ""))
    place = _place(error)
    return "; ".join(filter(None, (f"{place}: {wrong}" if place else wrong, step)))


def _place(error: OSError) -> str:
    """The author knows nothing of files that are there for an instant; the folder around them will do."""
    name = error.filename2 or error.filename
    if not name or isinstance(name, int):  # the number of an open file
        return ""
    file = Path(os.fsdecode(name))
    return str(file.parent if is_temporary(file) else file)
