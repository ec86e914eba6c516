"""Rules of an end that the system asks for: what is open is closed, and the exit code says who asked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

import pytest

from notebinder.base.ending import ending_in_order

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there are no such signals to send")

WAITING = """\
import os, signal, sys, time
from notebinder.base.ending import ending_in_order

signal.signal(signal.SIGHUP, signal.{usual})
with ending_in_order():
    {before}
    try:
        print(os.getpid(), flush=True)
        for _ in range(600):
            time.sleep(0.1)
    finally:
        {at_the_end}
        print("closed", flush=True)
"""


def ended(
    *sent: signal.Signals, before: str = "pass", at_the_end: str = "pass", usual: str = "SIG_DFL"
) -> tuple[int, str]:
    """Send signals to a process that waits; return its exit code and what it printed at its end."""
    script = WAITING.format(before=before, at_the_end=at_the_end, usual=usual)
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        waiting = int(process.stdout.readline())
        for each in sent:
            os.kill(waiting, each)
        return process.wait(timeout=60), process.stdout.read()


@pytest.mark.parametrize("request_", [signal.SIGTERM, signal.SIGHUP])
def test_a_process_closes_what_is_open_and_ends_with_the_code_that_shells_give(
    request_: signal.Signals,
) -> None:
    assert ended(request_) == (128 + request_, "closed\n")


def test_a_second_request_does_not_disturb_what_is_done_at_the_end() -> None:
    """A terminal that closes sends one, and so does the shell in it."""
    again = "os.kill(os.getpid(), signal.SIGHUP); os.kill(os.getpid(), signal.SIGTERM)"
    assert ended(signal.SIGHUP, at_the_end=again) == (129, "closed\n")


def test_what_is_ignored_under_nohup_stays_ignored() -> None:
    assert ended(signal.SIGHUP, signal.SIGTERM, usual="SIG_IGN") == (143, "closed\n")


def test_a_forked_process_ends_at_once_and_leaves_the_end_to_its_parent() -> None:
    fork = "child = os.fork()\n    if child: sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))"
    assert ended(signal.SIGTERM, before=fork) == (143, "")


def test_after_the_block_and_in_another_thread_all_is_as_it_was() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with ending_in_order():
        assert signal.getsignal(signal.SIGTERM) != before
    assert signal.getsignal(signal.SIGTERM) == before
    seen = []

    def look() -> None:
        with ending_in_order():
            seen.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [before]
