"""Write files whole or not at all, one build at a time, and never through a link. Knows nothing of notes."""

from __future__ import annotations

import errno
import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from stat import S_IMODE, S_ISDIR, S_ISREG
from typing import BinaryIO
from uuid import uuid4

from filelock import FileLock, Timeout

from notebinder.base.problems import NotebinderError

_TEMPORARY = ".notebinder-"
_USUAL_MODE = 0o644
_NOT_IN_NAMES = "/\\:\0" if os.name == "nt" else "/\0"
_PIECE = 1_000_000
_LONGEST_POINTER = 1024
_READING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_LEFT_SECONDS = 60.0
"""A temporary file beside an author's is written in an instant; an older one was left by a killed process."""


class BusyFolderError(NotebinderError):
    """A folder that another build is writing."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder}: another notebinder is writing here; wait until it has ended, or end it")


def write_atomically(file: Path, data: bytes, *, lasting: bool = False) -> None:
    """Write the file whole or not at all, making its folder if need be; `lasting` survives a power cut."""
    try:
        with written_atomically(file, _mode(file), lasting=lasting) as stream:
            stream.write(data)
    except PermissionError:
        # Windows refuses while another build reads the old file; the same bytes need no replacing.
        if not has_content(file, data):
            raise


@contextmanager
def written_atomically(file: Path, mode: int = _USUAL_MODE, *, lasting: bool = False) -> Iterator[BinaryIO]:
    """Do the same in pieces: what was written takes the place of the file once the block has ended well."""
    with _temporary_in(file.parent) as temporary:
        with temporary.open("xb") as stream:
            temporary.chmod(mode)
            yield stream
            if lasting:
                stream.flush()
                os.fsync(stream.fileno())
        temporary.replace(file)


def copy_atomically(source: BinaryIO, folder: Path, name: Callable[[str], str]) -> str:
    """Copy an open file of any size, in pieces, under a name made from its SHA-256; return the name."""
    digest = hashlib.sha256()
    with _temporary_in(folder) as temporary:
        with temporary.open("xb") as copy:
            while piece := source.read(_PIECE):
                digest.update(piece)
                copy.write(piece)
        temporary.chmod(_USUAL_MODE)
        named = name(digest.hexdigest())
        if not (folder / named).is_file():
            temporary.replace(folder / named)
    return named


@contextmanager
def _temporary_in(folder: Path) -> Iterator[Path]:
    """Think of a file in a folder, which is made if need be; what is left of it at the end is removed."""
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f"{_TEMPORARY}{uuid4().hex}"
    try:
        yield temporary
    except OSError as error:
        error.filename = error.filename or str(temporary)  # the system names no file when a write fails
        raise
    finally:
        temporary.unlink(missing_ok=True)


def is_temporary(file: Path) -> bool:
    """Tell by its name whether a file is there only until it takes another's place."""
    return file.name.startswith(_TEMPORARY)


def read_plain(file: Path, root: Path | None = None) -> bytes:
    """Read a plain file whole, as `opened_plain` finds it."""
    with opened_plain(file, root) as stream:
        return stream.read()


@contextmanager
def opened_plain(file: Path, root: Path | None = None) -> Iterator[BinaryIO]:
    """Open a plain file; `root` is a folder that it must lie in, where a walk has found it.

    Meanwhile somebody may have put a link in its place, or a pipe, which would be waited for.
    """
    handle = os.open(file, _READING)
    with os.fdopen(handle, "rb") as stream:
        opened = os.fstat(handle)
        if not S_ISREG(opened.st_mode) or not (root is None or _is_in(file, opened, root)):
            raise OSError(errno.ESTALE, "it is no plain file here any more", str(file))
        yield stream


def _is_in(file: Path, opened: os.stat_result, root: Path) -> bool:
    """Tell whether what was opened is what lies below the folder, whatever links lead there."""
    real = Path(os.path.realpath(file))
    return real.is_relative_to(root) and os.path.samestat(opened, real.stat())


def is_lfs_pointer(data: bytes) -> bool:
    """Tell whether bytes are no file but what Git LFS leaves in the place of one that was not fetched."""
    return data.startswith(b"version https://git-lfs.github.com/spec/") and len(data) < _LONGEST_POINTER


def write_if_changed(file: Path, data: bytes) -> bool:
    """Write a file that people keep and edit; tell whether that was needed."""
    if has_content(file, data):
        return False
    if file.parent.is_dir():
        drop_temporary(file.parent, older_than=_LEFT_SECONDS)
    write_atomically(file, data, lasting=True)
    return True


def write_checked(file: Path, data: bytes) -> None:
    """Write a file of a cache, headed by what tells whether it still is this file, and whole."""
    write_atomically(file, _check(file, data) + data)


def read_checked(file: Path) -> bytes | None:
    """Return what `write_checked` wrote, or None if that is missing or damaged."""
    try:
        head, _, data = file.read_bytes().partition(b"\n")
    except OSError:
        return None
    return data if head + b"\n" == _check(file, data) else None


def _check(file: Path, data: bytes) -> bytes:
    return hashlib.sha256(file.name.encode() + data).hexdigest().encode() + b"\n"


def has_content(file: Path, data: bytes) -> bool:
    """Tell whether these bytes stand in the file."""
    try:
        state = file.lstat()
        return S_ISREG(state.st_mode) and state.st_size == len(data) and file.read_bytes() == data
    except OSError:
        return False


def drop_temporary(folder: Path, *, older_than: float = 0.0) -> None:
    """Remove the temporary files that a killed process left in a folder, but not those in folders below."""
    newest = time.time() - older_than
    with os.scandir(folder) as entries:
        left = [file for file in map(Path, entries) if is_temporary(file)]
    for file in left:
        state = file.lstat()
        if S_ISREG(state.st_mode) and state.st_mtime <= newest:
            file.unlink(missing_ok=True)


@contextmanager
def only_build(folder: Path, locks: Path, *, patience: float = 60.0) -> Iterator[None]:
    """Keep other builds from writing a folder meanwhile; a killed process gives it free."""
    locks.mkdir(parents=True, exist_ok=True)
    lock = FileLock(locks / f"{hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:20]}.lock")
    try:
        lock.acquire(timeout=patience)
    except Timeout as err:
        raise BusyFolderError(folder) from err
    try:
        yield
    finally:
        lock.release()


class Inside:
    """Tells which paths below a folder can be reached without a link; asks the disk once for each folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, bool] = {"": True}

    def has(self, path: str) -> bool:
        """Tell whether a POSIX path stays below the folder, whatever links and files stand on the way."""
        parts = path.split("/")
        if not all(map(_is_name, parts)):
            return False
        return self._is_open("/".join(parts[:-1]))

    def _is_open(self, folder: str) -> bool:
        if folder not in self._known:
            outer = folder.rpartition("/")[0]
            self._known[folder] = self._is_open(outer) and _is_free_for_folder(self._folder / folder)
        return self._known[folder]


def _is_name(part: str) -> bool:
    """A part of a path that is a name, and no way up or to another drive."""
    return part not in ("", ".", "..") and not any(sign in part for sign in _NOT_IN_NAMES)


def _is_free_for_folder(place: Path) -> bool:
    try:
        state = place.lstat()
    except OSError:
        return True
    return S_ISDIR(state.st_mode) and not is_junction(state)


def links_below(folder: Path) -> Iterator[Path]:
    """Yield each link below a folder, following none."""
    waiting = [folder]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if is_link(entry):
                    yield Path(entry)
                elif entry.is_dir(follow_symlinks=False):
                    waiting.append(Path(entry))


def is_link(entry: os.DirEntry[str]) -> bool:
    """Tell whether an entry of a folder is a symbolic link or a junction."""
    return entry.is_symlink() or (os.name == "nt" and is_junction(entry.stat(follow_symlinks=False)))


def is_junction(state: os.stat_result) -> bool:
    """Tell whether what `lstat` said is a junction: a link between folders of Windows."""
    return getattr(state, "st_reparse_tag", 0) == 0xA0000003


def _mode(file: Path) -> int:
    """What an author set on a file stays."""
    try:
        return S_IMODE(file.lstat().st_mode) if S_ISREG(file.lstat().st_mode) else _USUAL_MODE
    except OSError:
        return _USUAL_MODE
