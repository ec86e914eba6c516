"""Work for processes: what a new Python can find by its name, and what costs it little to load.

Run it as `python -m tests.support.working METHOD`: it prints the processes that it has begun, and works on.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time

from notebinder.base.problems import NotebinderError
from notebinder.base.workers import Way, spread


class MadeFromTwoError(NotebinderError):
    """An error that cannot be made again from its message alone."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} and {other}")


def double(value: int) -> int:
    return value * 2


def process(_value: int) -> int:
    return os.getpid()


def process_slow_once(value: int) -> int:
    """The first value keeps its process from taking more."""
    time.sleep(0.3 if value == 0 else 0.0)
    return os.getpid()


def fail_at_three(value: int) -> int:
    if value == 3:
        raise MadeFromTwoError("three", "more")
    return value


def die_at_three(value: int) -> int:
    if value == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return value


def last_long(_value: int) -> None:
    time.sleep(60)


def tell_children() -> None:
    """Say which processes there are, once all have begun."""
    while len(children := multiprocessing.active_children()) < 2:
        time.sleep(0.01)
    print(*(child.pid for child in children), flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "fork":
        signal.signal(signal.SIGALRM, lambda *_: tell_children())
        signal.setitimer(signal.ITIMER_REAL, 0.2)
    else:
        threading.Thread(target=tell_children, daemon=True).start()
    try:
        spread(last_long, range(8), lambda _: 1, jobs=2, way=Way(sys.argv[1], 1))
    except KeyboardInterrupt:
        sys.exit(130)
