"""Notice what the author changes, by looking at all files again and again.

The system's own notices get lost with network drives, folders that vanish and come back, and too many files
at once; a look cannot miss anything, and one at 568 notes takes 3 ms. It need not wait until files are at
rest: what it sees is read when their clock has ticked on, unless that ticks in whole seconds, as on FAT.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from notebinder.base.file_state import FileState, find_state

_NAVIGATION = ".nav.yml"
"""The one hidden file that an author writes by hand."""
_SHORTEST_PAUSE = 0.1
_PAUSE_PER_LOOK = 15
"""A look at ten thousand files takes longer; it may not take more than a part of the time."""
_LONGEST_BURST = 1.0
"""Who changes files without end sees something of it after this many seconds."""


@dataclass(frozen=True, slots=True)
class Watched:
    """Which files are looked at."""

    folders: tuple[str, ...] = ()
    """Folders, and single files, of the author's."""
    ignored: frozenset[str] = frozenset()
    """Folders below them that are not looked into."""
    configuration: tuple[str, ...] = ()
    """Folders and files whose change asks for everything to be built anew."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between two looks, by path."""

    changed: frozenset[str] = frozenset()
    """Files that are new, different or gone."""
    new: frozenset[str] = frozenset()
    is_configuration: bool = False

    def __or__(self, other: Changes) -> Changes:
        return Changes(
            self.changed | other.changed,
            self.new | other.new,
            self.is_configuration or other.is_configuration,
        )

    def __bool__(self) -> bool:
        return bool(self.changed) or self.is_configuration


def look(roots: Iterable[str], ignored: frozenset[str] = frozenset()) -> dict[str, FileState]:
    """Return the states of all files below some folders, without hidden ones; roots may be files."""
    found: dict[str, FileState] = {}
    waiting = []
    for root in roots:
        if os.path.isdir(root):  # noqa: PTH112  # ten times a second, over all files: no Path objects
            waiting.append(root)
        else:
            found.update(_state_of(root))
    while waiting:
        for entry in _entries(waiting.pop()):
            if (entry.name[0] == "." and entry.name != _NAVIGATION) or entry.path in ignored:
                continue
            if _is(entry.is_dir, follow_symlinks=False):
                waiting.append(entry.path)
            elif _is(entry.is_file, follow_symlinks=True):
                found.update(_state_of(entry.path))
    return found


def compare(before: Mapping[str, FileState], after: Mapping[str, FileState]) -> Changes:
    """Return what changed from one look to the next."""
    gone = before.keys() - after.keys()
    new = after.keys() - before.keys()
    other = {path for path, state in after.items() if before.get(path, state) != state}
    return Changes(frozenset({*gone, *new, *other}), frozenset(new))


class Watcher:
    """Looks at files in a thread of its own and hands out what has changed since it was asked last."""

    def __init__(self, is_ours: Callable[[str], bool] = lambda _: False) -> None:
        self._is_ours = is_ours
        self._watched = Watched()
        self._author: dict[str, FileState] = {}
        self._configuration: dict[str, FileState] = {}
        self._news = Changes()
        self._looks = 0
        self._last_news = 0
        self._is_stopped = False
        self._turn = threading.Condition()

    def watch(self, watched: Watched) -> None:
        """Look at these files from now on, after a last look at those before; what was seen is known."""
        with self._turn:
            if watched == self._watched:
                return
            self._notice()
            author, configuration = _look_at(watched)
            self._author = _as_known(author, self._author)
            self._configuration = _as_known(configuration, self._configuration)
            self._watched = watched

    def start(self) -> None:
        """Begin to look; the thread ends with the program."""
        threading.Thread(target=self._run, name="watcher", daemon=True).start()

    def stop(self) -> None:
        """End the thread, and whoever waits."""
        with self._turn:
            self._is_stopped = True
            self._turn.notify_all()

    def notice(self, path: str) -> None:
        """Take it that a file has changed, though it looks the same."""
        with self._turn:
            self._news |= Changes(frozenset([path]))
            self._last_news = self._looks
            self._turn.notify_all()

    @property
    def is_stopped(self) -> bool:
        """Whether nothing will ever be noticed any more."""
        return self._is_stopped

    @property
    def has_news(self) -> bool:
        """Whether something changed since the last `wait`, or the end has come."""
        return bool(self._of_others(self._news)) or self._is_stopped

    def wait(self, seconds: float | None = None) -> Changes:
        """Wait until something has changed and the burst is over; nothing if the time is up before.

        Interrupted now and then, as Windows delivers Ctrl-C only to a thread that is not waiting.
        """
        end = time.monotonic() + (1e9 if seconds is None else seconds)
        with self._turn:
            while not self.has_news and time.monotonic() < end:
                self._turn.wait(min(0.25, max(0.0, end - time.monotonic())))
            first = time.monotonic()
            while self._is_in_burst() and time.monotonic() < first + _LONGEST_BURST:
                self._turn.wait(0.05)
            news, self._news = self._news, Changes()
        return self._of_others(news)

    def _of_others(self, news: Changes) -> Changes:
        """Leave out what notebinder wrote: not before somebody asks, or what it writes just now were not."""
        theirs = frozenset(path for path in news.changed if not self._is_ours(path))
        return Changes(theirs, news.new & theirs, news.is_configuration)

    def _is_in_burst(self) -> bool:
        """A burst is over when one look has found nothing new."""
        return bool(self._news) and not self._is_stopped and self._last_news == self._looks

    def _run(self) -> None:
        while not self._is_stopped:
            worked = time.thread_time()  # while others work a look only waits, which is no reason for a pause
            with self._turn:
                self._notice()
                self._turn.notify_all()
            time.sleep(max(_SHORTEST_PAUSE, _PAUSE_PER_LOOK * (time.thread_time() - worked)))

    def _notice(self) -> None:
        author, configuration = _look_at(self._watched)
        found = compare(self._author, author)
        news = Changes(found.changed, found.new, bool(compare(self._configuration, configuration)))
        self._author, self._configuration = author, configuration
        self._looks += 1
        if news:
            self._news |= news
            self._last_news = self._looks


def _look_at(watched: Watched) -> tuple[dict[str, FileState], dict[str, FileState]]:
    return look(watched.folders, watched.ignored), look(watched.configuration)


def _as_known(found: Mapping[str, FileState], known: Mapping[str, FileState]) -> dict[str, FileState]:
    """What is known already stays so: it may have changed since the last look."""
    return {path: known.get(path, state) for path, state in found.items()}


def _entries(folder: str) -> Iterator[os.DirEntry[str]]:
    """A folder that vanishes meanwhile is empty."""
    try:
        with os.scandir(folder) as found:
            yield from found
    except OSError:
        return


def _is(kind: Callable[..., bool], *, follow_symlinks: bool) -> bool:
    """Links to folders are no part of a vault; a file that vanishes meanwhile is of no kind."""
    try:
        return kind(follow_symlinks=follow_symlinks)
    except OSError:
        return False


def _state_of(path: str) -> dict[str, FileState]:
    state = find_state(path)
    return {path: state} if state else {}
