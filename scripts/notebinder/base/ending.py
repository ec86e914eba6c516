"""End in order when the system asks for it: what is open is closed, and what was made so far is kept."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

_REQUESTS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""An editor or a container asks with the first, a terminal that closes with the second."""


class Ended(SystemExit):
    """Raised in the main thread when the system asks this process to end; its code is the one of shells."""


@contextmanager
def ending_in_order() -> Iterator[None]:
    """Have such a request raise `Ended`, as Ctrl-C raises `KeyboardInterrupt`."""
    owner = os.getpid()
    in_main = threading.current_thread() is threading.main_thread()
    # Under `nohup` a request is ignored, and a host may have a way of its own.
    free = [each for each in _REQUESTS if in_main and signal.getsignal(each) is signal.SIG_DFL]

    def end(request: int, _frame: FrameType | None) -> NoReturn:
        if os.getpid() != owner:  # forked; the parent is asked, too, and does what is to be done
            os._exit(128 + request)
        for each in free:  # a terminal that closes asks twice, which must not disturb what is done at the end
            signal.signal(each, signal.SIG_IGN)
        raise Ended(128 + request)

    for each in free:
        signal.signal(each, end)
    try:
        yield
    finally:
        for each in free:
            if signal.getsignal(each) is end:
                signal.signal(each, signal.SIG_DFL)
