"""Notice what the author changes, by looking at all files again and again.

The system's own notices get lost with network drives, folders that vanish and come back, and too many files
at once; a look cannot miss anything, and one at 568 notes takes 3 ms. It need not wait until files are at
rest: what it sees is read when their clock has ticked on, unless that ticks in whole seconds, as on FAT.
Where so many files lie that a look takes its time, quick ones come in between, at what authors write in.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from time import sleep, thread_time

from notebinder.base.file_state import FileState, find_state

_NAVIGATION = ".nav.yml"
"""The one hidden file that an author writes by hand."""
_WRITTEN = (".md", ".yml", ".canvas", ".base")
"""How the names of the files end that an author writes in, and waits for."""
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


@dataclass(frozen=True, slots=True)
class Seen:
    """A folder as it was found."""

    state: FileState | None = None
    """Its own, if it was at rest: as long as that stays, so do the names in it."""
    files: Mapping[str, FileState] = field(default_factory=dict)
    """By path."""
    written: tuple[str, ...] = ()
    """Those of them that authors write in."""
    folders: tuple[str, ...] = ()


def look(
    roots: Iterable[str], ignored: frozenset[str] = frozenset(), known: Mapping[str, Seen] | None = None
) -> dict[str, Seen]:
    """Return all folders below some, without hidden ones; a root that is a file is like a folder of its own.

    Args:
        roots: what is looked at.
        ignored: folders that are not looked into.
        known: what was seen before. With it the look is quick: in a folder whose own state is the same, only
            the files that authors write in are looked at, and not those that lie beside them by thousands.
    """
    found: dict[str, Seen] = {}
    waiting = list(roots)
    while waiting:
        place = waiting.pop()
        state, before = find_state(place), known.get(place) if known else None
        if before and before.state and before.state == state:
            found[place] = _seen_again(before)
        else:
            found[place] = _seen(place, state, ignored)
        waiting += found[place].folders
    return found


def _seen(place: str, state: FileState | None, ignored: frozenset[str]) -> Seen:
    if not os.path.isdir(place):  # noqa: PTH112  # ten times a second, over all files: no Path objects
        return Seen(files={place: state} if state else {})
    believed = state.at_rest() if state else None
    files, folders = {}, []
    for entry in _entries(place):
        if (entry.name[0] == "." and entry.name != _NAVIGATION) or entry.path in ignored:
            continue
        if _is(entry.is_dir, follow_symlinks=False):
            folders.append(entry.path)
        elif _is(entry.is_file, follow_symlinks=True):
            files.update(_state_of(entry.path))
    return Seen(believed, files, tuple(filter(_is_written, files)), tuple(folders))


def _seen_again(before: Seen) -> Seen:
    """Look only at what an author is likely to write in."""
    now = {path: state for name in before.written for path, state in _state_of(name).items()}
    if all(now.get(name) == before.files.get(name) for name in before.written):
        return before
    others = {path: state for path, state in before.files.items() if path not in before.written}
    return Seen(before.state, others | now, before.written, before.folders)


def _is_written(path: str) -> bool:
    return path.lower().endswith(_WRITTEN)


def compare(before: Mapping[str, Seen], after: Mapping[str, Seen]) -> Changes:
    """Return what changed from one look to the next."""
    changed, new, nothing = set[str](), set[str](), Seen()
    for place in before.keys() | after.keys():
        old, now = before.get(place, nothing), after.get(place, nothing)
        if old is not now:
            new |= now.files.keys() - old.files.keys()
            changed |= old.files.keys() - now.files.keys()
            changed |= {path for path, state in now.files.items() if old.files.get(path, state) != state}
    return Changes(frozenset(changed | new), frozenset(new))


class Watcher:
    """Looks at files in a thread of its own and hands out what has changed since it was asked last."""

    def __init__(self, is_ours: Callable[[str], bool] = lambda _: False) -> None:
        self._is_ours = is_ours
        self._watched = Watched()
        self._author: dict[str, Seen] = {}
        self._configuration: dict[str, Seen] = {}
        self._thorough_at = 0.0
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
            self._notice(is_thorough=True)
            self._author = _as_known(look(watched.folders, watched.ignored), self._author)
            self._configuration = _as_known(look(watched.configuration), self._configuration)
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
            sleep(self._look())

    def _look(self) -> float:
        """Look, thoroughly if it is time for that, and return after how many seconds to look again."""
        worked = thread_time()  # while others work a look only waits, which is no reason for a pause
        is_thorough = time.monotonic() >= self._thorough_at
        with self._turn:
            self._notice(is_thorough=is_thorough)
            self._turn.notify_all()
        rest = _PAUSE_PER_LOOK * (thread_time() - worked)
        if is_thorough:
            self._thorough_at = time.monotonic() + rest
            return _SHORTEST_PAUSE
        return max(_SHORTEST_PAUSE, rest)

    def _notice(self, *, is_thorough: bool) -> None:
        watched = self._watched
        author = look(watched.folders, watched.ignored, None if is_thorough else self._author)
        configuration = look(watched.configuration)
        found = compare(self._author, author)
        news = Changes(found.changed, found.new, bool(compare(self._configuration, configuration)))
        self._author, self._configuration = author, configuration
        self._looks += 1
        if news:
            self._news |= news
            self._last_news = self._looks


def _as_known(found: Mapping[str, Seen], known: Mapping[str, Seen]) -> dict[str, Seen]:
    """What is known already stays so: it may have changed since the last look."""
    states = {path: state for seen in known.values() for path, state in seen.files.items()}
    return {
        place: replace(seen, files={path: states.get(path, state) for path, state in seen.files.items()})
        for place, seen in found.items()
    }


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
