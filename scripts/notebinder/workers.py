"""Do the same to many values, on all cores where that pays and the system allows it.

The processes are forked: they see all that the parent knows without a copy, and hand back plain values. Each
takes one stretch of the values, so that neighbours (notes of one folder) are worked on together; the parent
takes the first. A worker whose parent was killed ends when it wants to hand its work back.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

from notebinder.progress import Progress, ignore_progress

_PAYS = 400_000
"""Below this weight (of characters, say) a process costs more time than it saves."""

_YOUNG = 50_000
_NEVER = 1_000_000
_TOGETHER = 64
"""So many results are handed back at a time; what they share is handed back once."""

T = TypeVar("T")
R = TypeVar("R")


def spread(
    work: Callable[[T], R],
    values: Sequence[T],
    weight: Callable[[T], int],
    *,
    progress: Progress = ignore_progress,
    jobs: int | None = None,
) -> list[R]:
    """Return what the work makes of each value, in order.

    Args:
        work: must depend on nothing that it changes; what it returns must be picklable.
        values: what to work on.
        weight: how much work a value is, roughly in characters of text.
        progress: is told how many are done, as far as this process can tell: its own part stands for all.
        jobs: how many processes, at most; all cores without it.
    """
    parts = _parts(values, weight, jobs or _jobs())
    others = [_start(work, part) for part in parts[1:]]
    try:
        done = []
        for count, value in enumerate(parts[0], 1):
            done.append(work(value))
            progress(count * len(values) // len(parts[0]), len(values))
            for other in others:
                other.receive_what_is_there()
        return done + [each for other in others for each in other.finish()]
    except BaseException:
        for other in others:
            other.process.kill()
        raise


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


def _jobs() -> int:
    """Forking is safe where no thread of this process can hold a lock; macOS's own libraries forbid it."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0))


def _parts(values: Sequence[T], weight: Callable[[T], int], jobs: int) -> list[Sequence[T]]:
    """Cut the values into stretches of equal weight."""
    weights = [weight(value) for value in values]
    jobs = min(jobs, sum(weights) // _PAYS + 1)
    parts: list[list[T]] = [[] for _ in range(jobs)]
    total, before = max(1, sum(weights)), 0
    for value, own in zip(values, weights, strict=True):
        parts[min(jobs - 1, before * jobs // total)].append(value)
        before += own
    return list(parts)


@dataclass
class _Worker(Generic[R]):
    """A process that works on a part; what it made is taken from it soon, so that it is not held twice."""

    process: multiprocessing.process.BaseProcess
    receiver: Connection
    count: int
    """How many values it works on."""
    done: list[R] = field(default_factory=list)

    def receive_what_is_there(self) -> None:
        """Take what the process has handed back."""
        while len(self.done) < self.count and self.receiver.poll():
            self._receive()

    def finish(self) -> list[R]:
        """Wait for the rest and return everything, in order."""
        while len(self.done) < self.count:
            self._receive()
        self.process.join()
        return self.done

    def _receive(self) -> None:
        try:
            answer = self.receiver.recv()
        except EOFError as error:
            raise ChildProcessError("a worker ended before its work was done") from error
        if isinstance(answer, Exception):
            raise answer
        self.done += answer


def _start(work: Callable[[T], R], part: Sequence[T]) -> _Worker[R]:
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(work, part, receiver, sender), daemon=True)
    process.start()
    sender.close()
    return _Worker(process, receiver, len(part))


def _work(work: Callable[[T], R], part: Sequence[T], receiver: Connection, sender: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent gets it as well, and ends us
    gc.disable()  # it would touch, and so copy, all that the parent knows
    receiver.close()
    for start in range(0, len(part), _TOGETHER):
        try:
            answer: list[R] | Exception = [work(value) for value in part[start : start + _TOGETHER]]
        except Exception as error:  # noqa: BLE001  the parent raises it
            answer = error
        try:
            sender.send(answer)
        except BrokenPipeError:  # the parent is gone, or has raised an error
            os._exit(1)
        if isinstance(answer, Exception):
            return
