"""Do the same to many values, on all cores where that pays.

On Linux processes are forked: they see all that their parent knows. On macOS and Windows, and beside other
threads, each is a new Python that is handed it as a pickle; that takes a second or two, so there must be more
to do before it pays.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import Any, TypeVar

from notebinder.base.problems import NotebinderError
from notebinder.base.progress import Progress, ignore_progress


@dataclass(frozen=True, slots=True)
class Way:
    """How processes begin."""

    method: str
    """As `multiprocessing` calls it."""
    pays: int
    """With less work than this for each process, it costs more time than it saves."""


FORK, SPAWN = Way("fork", 200_000), Way("spawn", 8_000_000)

_STRETCHES = 16
"""Into so many stretches the values are cut for each process, or they would not end together."""
_TOGETHER = 64
"""Of more values a stretch has about so many: they are handed back at a time, what they share but once."""
_IN_RESERVE = 2
"""So many stretches each other process has been handed, while this one works on a stretch, too."""
_HEAVY = 1_000_000
"""Values that are so much work are handed out one by one, the first ones first."""
_MOST_PROCESSES = 61
"""Windows waits for no more at a time."""

_YOUNG = 50_000
_NEVER = 1_000_000

T = TypeVar("T")
R = TypeVar("R")


class EndedWorkerError(NotebinderError):
    """A process that something else ended."""

    def __init__(self) -> None:
        super().__init__("a process of notebinder was ended from outside, as when memory runs out; try again")


def spread(
    work: Callable[[T], R],
    values: Sequence[T],
    weight: Callable[[T], int],
    *,
    progress: Progress = ignore_progress,
    jobs: int | None = None,
    way: Way | None = None,
) -> list[R]:
    """Return what the work makes of each value, in order.

    Args:
        work: must depend on nothing that it changes. It can be pickled, as can the values and what it makes.
        values: what to work on, neighbours (notes of one folder) beside one another.
        weight: how much work a value is, in characters of notes that are converted in that time.
        progress: is told how many are done.
        jobs: how many processes, this one counted, at most; all cores without it.
        way: how they begin; as the system allows it without it.
    """
    way = way or _way()
    weights = [weight(value) for value in values]
    jobs = min(jobs or _cores(), _MOST_PROCESSES, len(values), sum(weights) // way.pays + 1)
    if jobs < 2:
        return list(_worked_on_here(work, values, progress))
    is_each_heavy = sum(weights) >= len(values) * _HEAVY
    count = len(values) if is_each_heavy else max(jobs * _STRETCHES, len(values) // _TOGETHER)
    waiting = deque(_stretches(weights, count))
    given: dict[Future[list[R]], int] = {}
    made: dict[int, list[R]] = {}
    with _pool(jobs - 1, way, (work, values)) as pool:
        while waiting or given:
            with _deaf_to_ctrl_c():
                while waiting and len(given) < _IN_RESERVE * (jobs - 1):
                    first = waiting[0][0]
                    given[pool.submit(_work_on, waiting.popleft())] = first
            if waiting:
                own = waiting.popleft() if is_each_heavy else waiting.pop()
                made[own[0]] = [work(values[place]) for place in own]
            for future in wait(given, timeout=0 if waiting else None, return_when=FIRST_COMPLETED).done:
                made[given.pop(future)] = future.result()
            progress(sum(map(len, made.values())), len(values))
    return [each for first in sorted(made) for each in made[first]]


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Let processes begin deaf to it: one that is still loading Python would tell of it with a traceback.

    For this process it only comes a moment later.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _worked_on_here(work: Callable[[T], R], values: Sequence[T], progress: Progress) -> Iterator[R]:
    for done, value in enumerate(values, start=1):
        yield work(value)
        progress(done, len(values))


@contextmanager
def sparing_collection() -> Iterator[None]:
    """Let the collector of cycles look at new values alone; it would look at a million again and again.

    Nothing that a build keeps is in a cycle, so what it finds is young.
    """
    usual = gc.get_threshold()
    gc.set_threshold(_YOUNG, _NEVER, _NEVER)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _way() -> Way:
    """Forking is safe where no thread of this process can hold a lock; macOS's own libraries forbid it."""
    return FORK if sys.platform == "linux" and threading.active_count() == 1 else SPAWN


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _stretches(weights: Sequence[int], count: int) -> list[list[int]]:
    """Cut the places of values into about so many stretches of about equal weight."""
    total = max(1, sum(weights))
    numbers = [before * count // total for before in accumulate(weights[:-1], initial=0)]
    return [list(places) for _, places in groupby(range(len(weights)), numbers.__getitem__)]


_Shared = tuple[Callable[[Any], Any], Sequence[Any]]
"""What all processes know: the work, and all values."""


@contextmanager
def _pool(jobs: int, way: Way, shared: _Shared) -> Iterator[ProcessPoolExecutor]:
    """Provide processes; however this ends, none is left."""
    context = multiprocessing.get_context(way.method)
    given = shared if way.method == "fork" else pickle.dumps(shared, pickle.HIGHEST_PROTOCOL)
    others = set(multiprocessing.active_children())
    with ProcessPoolExecutor(jobs, context, _begin, (given,)) as pool:
        try:
            yield pool
        except BaseException as error:
            for process in set(multiprocessing.active_children()) - others:
                process.kill()
            if isinstance(error, BrokenProcessPool):
                raise EndedWorkerError from error
            raise


_shared: _Shared
"""In a process of a pool, what it was given at its beginning."""


def _begin(given: _Shared | bytes) -> None:
    """Prepare a process of a pool."""
    global _shared  # noqa: PLW0603  # a task is handed nothing but its arguments, which would be sent each time
    gc.disable()  # it would touch, and so copy, all that the parent knows
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent gets it as well, and ends us
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _shared = pickle.loads(given) if isinstance(given, bytes) else given  # noqa: S301  what `_pool` pickled


def _end_with_parent() -> None:
    """End when the parent has: one that is killed tells nobody, and we would wait for work for ever."""
    parent = multiprocessing.parent_process()
    assert parent is not None, "this runs in the processes of a pool"
    parent.join()
    os._exit(1)


def _work_on(stretch: Sequence[int]) -> list[Any]:
    work, values = _shared
    return [work(values[place]) for place in stretch]
