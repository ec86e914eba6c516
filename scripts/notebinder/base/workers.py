"""Do the same to many values, on all cores where that pays and the system allows it.

The processes are forked: they see all that the parent knows without a copy, and hand back plain values. The
values are cut into stretches, so that neighbours (notes of one folder) are worked on together. Each process,
the parent too, has its share of them, one behind the other; when it is done with that it takes what others
have not begun, so that all end together. A worker whose parent was killed ends when it wants to hand its work
back.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

from notebinder.base.progress import Progress, ignore_progress

_PAYS = 400_000
"""Below this weight (of characters, say) a process costs more time than it saves."""

_YOUNG = 50_000
_NEVER = 1_000_000
_STRETCHES = 16
"""Into so many stretches the values are cut for each process, or they would not end together."""
_TOGETHER = 64
"""Of more values a stretch has about so many: they are handed back at a time, what they share but once."""
_TICKET = 4
"""Bytes that stand for a stretch."""
_MOST = 10_000
"""So many stretches at most: the tickets of all must go into a pipe before anybody draws one."""

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
        progress: is told how many are done.
        jobs: how many processes, at most; all cores without it.
    """
    weights = [weight(value) for value in values]
    jobs = min(jobs or _jobs(), sum(weights) // _PAYS + 1)
    stretches = _stretches(values, weights, jobs)
    shares = _shares(len(stretches), jobs)
    tickets = [_tickets(share[1:]) for share in shares]
    workers = [
        _start(work, stretches, _taken(own, shares, tickets)) for own, share in enumerate(shares) if own
    ]
    made = _Made[R](len(values), progress)
    try:
        for number in _taken(0, shares, tickets):
            for value in stretches[number]:
                made.add(number, [work(value)])
                for worker in workers:
                    worker.receive_what_is_there(made)
        for worker in workers:
            worker.finish(made)
    except BaseException:
        for worker in workers:
            worker.process.kill()
        raise
    finally:
        for each in tickets:
            os.close(each)
    return made.in_order()


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


def _stretches(values: Sequence[T], weights: Sequence[int], jobs: int) -> list[list[T]]:
    """Cut the values into stretches of about equal weight, for one process into one."""
    most = min(_MOST, max(jobs * _STRETCHES, len(values) // _TOGETHER)) if jobs > 1 else 1
    total, before = max(1, sum(weights)), 0
    stretches: list[list[T]] = [[] for _ in range(most)]
    for value, own in zip(values, weights, strict=True):
        stretches[min(most - 1, before * most // total)].append(value)
        before += own
    return [stretch for stretch in stretches if stretch]


def _shares(stretches: int, jobs: int) -> list[range]:
    """Give each process about as many stretches, one behind the other."""
    jobs = max(1, min(jobs, stretches))
    return [range(each * stretches // jobs, (each + 1) * stretches // jobs) for each in range(jobs)]


def _tickets(numbers: Iterable[int]) -> int:
    """Return the end of a pipe from which processes draw the number of the next stretch of a share."""
    drawn, written = os.pipe()
    os.write(written, b"".join(number.to_bytes(_TICKET) for number in numbers))
    os.close(written)
    return drawn


def _taken(own: int, shares: Sequence[range], tickets: Sequence[int]) -> Iterator[int]:
    """Yield the stretches of a process: its share, and what others have not begun; its first is its alone."""
    yield from shares[own][:1]
    for share in (*tickets[own:], *tickets[:own]):
        while ticket := os.read(share, _TICKET):
            yield int.from_bytes(ticket)


@dataclass(slots=True)
class _Made(Generic[R]):
    """What has been made so far, by the number of its stretch."""

    total: int
    progress: Progress
    count: int = 0
    stretches: dict[int, list[R]] = field(default_factory=lambda: defaultdict(list))

    def add(self, number: int, made: list[R]) -> None:
        """Take the next values of a stretch."""
        self.stretches[number] += made
        self.count += len(made)
        self.progress(self.count, self.total)

    def in_order(self) -> list[R]:
        """Return everything, in the order of what it was made from."""
        if self.count < self.total:
            raise ChildProcessError("a worker ended before its work was done")
        return [each for number in sorted(self.stretches) for each in self.stretches[number]]


@dataclass(frozen=True, slots=True)
class _Worker(Generic[R]):
    """A process that works on stretches; what it made is taken from it soon, so that it is not held twice."""

    process: multiprocessing.process.BaseProcess
    receiver: Connection

    def receive_what_is_there(self, made: _Made[R]) -> None:
        """Take what the process has handed back."""
        while not self.receiver.closed and self.receiver.poll():
            self._receive(made)

    def finish(self, made: _Made[R]) -> None:
        """Wait for the rest."""
        while not self.receiver.closed:
            self._receive(made)
        self.process.join()

    def _receive(self, made: _Made[R]) -> None:
        try:
            number, answer = self.receiver.recv()
        except EOFError:
            self.receiver.close()
            return
        if isinstance(answer, Exception):
            raise answer
        made.add(number, answer)


def _start(work: Callable[[T], R], stretches: Sequence[Sequence[T]], numbers: Iterator[int]) -> _Worker[R]:
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    arguments = (work, stretches, numbers, receiver, sender)
    process = context.Process(target=_work, args=arguments, daemon=True)
    process.start()
    sender.close()
    return _Worker(process, receiver)


def _work(
    work: Callable[[T], R],
    stretches: Sequence[Sequence[T]],
    numbers: Iterable[int],
    receiver: Connection,
    sender: Connection,
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent gets it as well, and ends us
    gc.disable()  # it would touch, and so copy, all that the parent knows
    receiver.close()
    for number in numbers:
        try:
            answer: list[R] | Exception = [work(value) for value in stretches[number]]
        except Exception as error:  # noqa: BLE001  the parent raises it
            answer = error
        try:
            sender.send((number, answer))
        except BrokenPipeError:  # the parent is gone, or has raised an error
            os._exit(1)
        if isinstance(answer, Exception):
            return
