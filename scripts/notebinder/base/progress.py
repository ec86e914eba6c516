"""Show how far a long step is: a bar on a terminal after a second, a line each ten seconds in a log.

Whatever may take long is handed a `Step` and opens one with what it does and what it counts. Only those who
talk to people hand out `progress_bar`; all others get `no_progress`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from time import monotonic

from tqdm import tqdm

Progress = Callable[[int, int], None]
"""Is told how many are done, of how many."""
Step = Callable[[str, str], AbstractContextManager[Progress]]
"""Begins a step: what it does, and what one of the things is that are counted."""

LINE_SECONDS = 10.0
"""Between two lines in a log."""
_DELAY = 1.0
"""Seconds before a bar appears: a short step must not flicker."""
_FORMAT = "{desc}: {percentage:3.0f}% |{bar}| {n_fmt}/{total_fmt} {unit}s, {remaining} left"


class _Bar(tqdm):  # type: ignore[type-arg]  # counts without being handed the items
    """A bar without tqdm's thread that watches over slow bars: with a second thread nothing may fork."""

    monitor_interval = 0


@contextmanager
def progress_bar(label: str, unit: str) -> Iterator[Progress]:
    """Show a bar while the step runs; lines where nobody would see it move."""
    if not _is_watched():
        yield _in_this_process(progress_lines(label, unit, partial(print, file=sys.stderr, flush=True)))
        return
    with _Bar(
        desc=label,
        unit=unit,
        delay=_DELAY,
        leave=False,
        dynamic_ncols=True,
        bar_format=_FORMAT,
    ) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield _in_this_process(show)


def progress_lines(label: str, unit: str, tell: Callable[[str], None]) -> Progress:
    """Return what tells a line of a step now and then, from now on."""
    began = told = monotonic()

    def show(done: int, total: int) -> None:
        nonlocal told
        now = monotonic()
        if done and now - told >= LINE_SECONDS:
            told = now
            left = _Bar.format_interval((now - began) / done * (total - done))
            tell(f"{label}: {done} of {total} {unit}s, {left} left")

    return show


def _in_this_process(show: Progress) -> Progress:
    """Keep quiet in a forked process that works on a part: two that tell the same would garble it."""
    owner = os.getpid()

    def show_here(done: int, total: int) -> None:
        if os.getpid() == owner:
            show(done, total)

    return show_here


@contextmanager
def no_progress(_label: str, _unit: str) -> Iterator[Progress]:
    """Show nothing."""
    yield ignore_progress


def ignore_progress(_done: int, _total: int) -> None:
    """Tell nobody."""


def _is_watched() -> bool:
    """Whether somebody sees the bar: no log does, even where it looks like a terminal."""
    return sys.stderr.isatty() and not os.environ.get("CI") and os.environ.get("TERM") != "dumb"
