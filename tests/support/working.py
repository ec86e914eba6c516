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
from pathlib import Path

from notebinder.base.problems import NotebinderError
from notebinder.base.workers import Way, spread

MOST = 35
"""Of the 40 values that the tests have."""


class MadeFromTwoError(NotebinderError):
    """An error that cannot be made again from its message alone."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} and {other}")


def double(value: int) -> int:
    return value * 2


def process(_value: int) -> int:
    return os.getpid()


def process_slow_once(done: Path, value: int) -> int:
    """The first value keeps its process from taking more until others have done most of the rest."""
    while value == 0 and len([*done.iterdir()]) < MOST:
        time.sleep(0.01)
    (done / str(value)).touch()
    return os.getpid()


def fail_at_first(value: int) -> int:
    """The first value is never worked on here."""
    if value == 0:
        raise MadeFromTwoError("three", "more")
    return value


def die_at_first(value: int) -> int:
    if value == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return value


def last_long(_value: int) -> None:
    time.sleep(60)


def tell_children() -> bool:
    """Say which processes there are, once all have begun."""
    if len(children := multiprocessing.active_children()) < 2:
        return False
    print(*(child.pid for child in children), flush=True)
    return True


def tell_when_interrupted(*_: object) -> None:
    """Ask again until all have begun."""
    if not tell_children():
        signal.setitimer(signal.ITIMER_REAL, 0.05)


def tell_beside() -> None:
    """Ask from another thread."""
    while not tell_children():
        time.sleep(0.05)


if __name__ == "__main__":
    if sys.argv[1] == "fork":
        signal.signal(signal.SIGALRM, tell_when_interrupted)
        signal.setitimer(signal.ITIMER_REAL, 0.05)
    else:
        threading.Thread(target=tell_beside, daemon=True).start()
    try:
        spread(last_long, range(8), lambda _: 1, jobs=3, way=Way(sys.argv[1], 1))
    except KeyboardInterrupt:
        sys.exit(130)
