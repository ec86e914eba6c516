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
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from notebinder.progress import Progress, ignore_progress

_PAYS = 400_000
"""Below this weight (of characters, say) a process costs more time than it saves."""

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
        for receiver, process in others:
            done += _received(receiver)
            process.join()
    except BaseException:
        for _, process in others:
            process.kill()
        raise
    return done


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


def _start(
    work: Callable[[T], R], part: Sequence[T]
) -> tuple[Connection, multiprocessing.process.BaseProcess]:
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(work, part, receiver, sender), daemon=True)
    process.start()
    sender.close()
    return receiver, process


def _work(work: Callable[[T], R], part: Sequence[T], receiver: Connection, sender: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent gets it as well, and ends us
    gc.disable()  # it would touch, and so copy, all that the parent knows
    receiver.close()
    try:
        answer: list[R] | Exception = [work(value) for value in part]
    except Exception as error:  # noqa: BLE001  the parent raises it
        answer = error
    try:
        sender.send(answer)
    except BrokenPipeError:  # the parent is gone
        os._exit(1)


def _received(receiver: Connection) -> list[Any]:
    try:
        answer = receiver.recv()
    except EOFError as error:
        raise ChildProcessError("a worker ended before its work was done") from error
    if isinstance(answer, Exception):
        raise answer
    return answer  # type: ignore[no-any-return]  # what `_work` sends
