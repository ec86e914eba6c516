"""Remember what was made from each file, so that a file is read and worked on again only if it has changed.

A file whose state (times, size, identity) is the one that was seen when it was read is not read again; one
whose bytes are the same is not worked on again. A state is believed only if the file had been at rest for a
while when it was read: a second change within the same tick of the clock would leave no trace in it.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from os import stat_result
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct

from notebinder.base.files import read_plain
from notebinder.base.progress import Progress, ignore_progress
from notebinder.base.workers import spread

AT_REST_NS = 2_000_000_000
"""The coarsest clock of a file system that we know of ticks every two seconds."""

T = TypeVar("T")


class FileState(Struct, frozen=True):
    """What the file system says of a file."""

    modified: int
    changed: int
    size: int
    inode: int


class Remembered(Struct, frozen=True):
    """What was made from a file."""

    state: FileState | None
    """The file's state when it was read; None if the file may have been in motion then."""
    digest: str
    made: Any  # what the caller makes of a file of this kind


@dataclass(slots=True)
class FileMemory:
    """What one build read; the next build starts from it and forgets what it does not ask for itself."""

    before: dict[tuple[str, str], Remembered] = field(default_factory=dict)
    """What the build before read, by kind and by the file's path in the vault."""
    rest: int = AT_REST_NS
    """For how many nanoseconds a file must have been at rest for its state to be believed."""
    root: Path | None = None
    """The vault: what has come to lead out of it since it was found is not read."""
    now: dict[tuple[str, str], Remembered] = field(default_factory=dict)

    def recall(self, kind: str, path: str, file: Path, make: Callable[[bytes], T]) -> T:
        """Return what is made of a file, anew only where it has changed; may raise `OSError`."""
        key = kind, path
        if key in self.now:
            return self.now[key].made  # type: ignore[no-any-return]  # what `make` returned
        self.now[key] = self._remembered(key, file, make)
        return self.now[key].made  # type: ignore[no-any-return]  # what `make` returned

    def recall_large(self, path: str, file: Path, make: Callable[[], T]) -> T:
        """Do the same for a file that is too large to be held; it is made anew whenever its state changes."""
        key = "large", path
        if key not in self.now:
            state, begun = _state(file.stat()), time.time_ns()
            known = self.before.get(key)
            if known is None or known.state != state:
                known = Remembered(self._believed(state, begun), "", make())
            self.now[key] = known
        return self.now[key].made  # type: ignore[no-any-return]  # what `make` returned

    def _remembered(self, key: tuple[str, str], file: Path, make: Callable[[bytes], T]) -> Remembered:
        known = self.before.get(key)
        state = _state(file.stat())
        if known and known.state == state:
            return known
        begun = time.time_ns()
        data = read_plain(file, self.root)
        digest = hashlib.sha256(data).hexdigest()
        made = known.made if known and known.digest == digest else make(data)
        return Remembered(self._believed(state, begun), digest, made)

    def prepare(
        self,
        kind: str,
        files: Iterable[tuple[str, Path]],
        make: Callable[[str, bytes], T],
        progress: Progress = ignore_progress,
    ) -> None:
        """Work on all files that have changed, on all cores; `recall` then finds what was made of them.

        What cannot be read is left to `recall`, which says why.
        """
        changed = [(path, file) for path, file in files if not self._is_current((kind, path), file)]
        made = spread(
            lambda each: self._read((kind, each[0]), each[1], make), changed, _weight, progress=progress
        )
        for (path, _), remembered in zip(changed, made, strict=True):
            if remembered:
                self.now[kind, path] = remembered

    def _is_current(self, key: tuple[str, str], file: Path) -> bool:
        known = self.before.get(key)
        try:
            if known and known.state == _state(file.stat()):
                self.now[key] = known
                return True
        except OSError:
            pass
        return False

    def _read(self, key: tuple[str, str], file: Path, make: Callable[[str, bytes], T]) -> Remembered | None:
        try:
            return self._remembered(key, file, lambda data: make(key[1], data))
        except OSError:
            return None

    def next(self, root: Path | None = None) -> FileMemory:
        """Return the memory that the next build, of this vault, starts with."""
        return FileMemory(self.now, self.rest, root)

    def _believed(self, state: FileState, begun: int) -> FileState | None:
        return state if max(state.modified, state.changed) < begun - self.rest else None


def _weight(each: tuple[str, Path]) -> int:
    try:
        return each[1].stat().st_size
    except OSError:
        return 0


def _state(stat: stat_result) -> FileState:
    return FileState(stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino)
