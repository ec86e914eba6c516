"""Cache what was made from each file, so that a file is read and worked on again only if it has changed.

A file whose state is the one that was seen when it was read is not read again; one whose bytes are the same
is not worked on again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct

from notebinder.base.file_state import FileState, find_state, state_of
from notebinder.base.files import read_plain
from notebinder.base.progress import Progress, ignore_progress
from notebinder.base.workers import spread

T = TypeVar("T")


class Cached(Struct, frozen=True):
    """What was made from a file."""

    state: FileState | None
    """The file's state when it was read; None if the file may have been in motion then."""
    digest: str
    made: Any  # what the caller makes of a file of this kind


@dataclass(slots=True)
class FileCache:
    """What one build read; the next build starts from it and forgets what it does not ask for itself."""

    before: dict[tuple[str, str], Cached] = field(default_factory=dict)
    """What the build before read, by kind and by the file's path in the vault."""
    root: Path | None = None
    """The vault: what has come to lead out of it since it was found is not read."""
    now: dict[tuple[str, str], Cached] = field(default_factory=dict)
    changed: frozenset[str] | None = None
    """Which files have changed since the build before, where somebody watches them all."""

    def knows(self, kind: str, path: str, file: Path) -> bool:
        """Tell without a look at a file that what was made of it holds, and take that over."""
        before = self.before.get((kind, path))
        if before is None or before.state is None or self.changed is None or str(file) in self.changed:
            return False
        self.now[kind, path] = before
        return True

    def recall(self, kind: str, path: str, file: Path, make: Callable[[bytes], T]) -> T:
        """Return what is made of a file, anew only where it has changed; may raise `OSError`."""
        key = kind, path
        if key in self.now:
            return self.now[key].made  # type: ignore[no-any-return]  # what `make` returned
        self.now[key] = self._made(key, file, make)
        return self.now[key].made  # type: ignore[no-any-return]  # what `make` returned

    def recall_by_state(self, kind: str, path: str, file: Path, make: Callable[[], T]) -> T:
        """Do the same for a file that need not be read as a whole: anew whenever its state changes."""
        key = kind, path
        if key not in self.now:
            state = state_of(file.stat())
            before = self.before.get(key)
            is_same = before is not None and before.state == state
            self.now[key] = before if before and is_same else Cached(state.at_rest(), "", make())
        return self.now[key].made  # type: ignore[no-any-return]  # what `make` returned

    def _made(self, key: tuple[str, str], file: Path, make: Callable[[bytes], T]) -> Cached:
        before, state = self.before.get(key), state_of(file.stat())
        if before and before.state == state and str(file) not in (self.changed or ()):
            return before
        believed = state.at_rest()
        data = read_plain(file, self.root)
        digest = hashlib.sha256(data).hexdigest()
        return Cached(believed, digest, before.made if before and before.digest == digest else make(data))

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
        stale = [(path, file) for path, file in files if not self._is_current((kind, path), file)]
        made = spread(partial(self._read, kind, make), stale, _weight, progress=progress)
        for (path, _), cached in zip(stale, made, strict=True):
            if cached:
                self.now[kind, path] = cached

    def _is_current(self, key: tuple[str, str], file: Path) -> bool:
        before = self.before.get(key)
        if before is None or before.state is None or str(file) in (self.changed or ()):
            return False
        if before.state != find_state(file):
            return False
        self.now[key] = before
        return True

    def _read(self, kind: str, make: Callable[[str, bytes], T], each: tuple[str, Path]) -> Cached | None:
        path, file = each
        try:
            return self._made((kind, path), file, partial(make, path))
        except OSError:
            return None

    def next(self, root: Path | None = None, changed: frozenset[str] | None = None) -> FileCache:
        """Return the cache that the next build, of this vault, starts with."""
        return FileCache(self.now, root, changed=changed)


def _weight(each: tuple[str, Path]) -> int:
    try:
        return each[1].stat().st_size
    except OSError:
        return 0
