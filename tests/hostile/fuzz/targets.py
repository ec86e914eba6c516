"""What the fuzzers run: each target takes any bytes, and must end in time, in balance, in no exception."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib import import_module

PAGE_TARGETS = ("constructs", "pipeline")
TEXT_TARGETS = ("reader", "inline", "links", "html", "plan", "transcript")

SECONDS_PER_KILOBYTE = 2.0
"""A hang is what takes longer than this for each kilobyte; the usual is a hundredth of it."""


def target(name: str) -> Callable[[bytes], None]:
    """Import a target: those of texts need a fifth of the package, and the guided fuzzer counts all of it."""
    module = "page_targets" if name in PAGE_TARGETS else "text_targets"
    found: Callable[[bytes], None] = getattr(import_module(f"tests.hostile.fuzz.{module}"), name)
    return found


def run(name: str, data: bytes) -> None:
    """Run a target and see that it ends in time."""
    work = target(name)
    begin = time.thread_time()
    work(data)
    spent = time.thread_time() - begin
    assert spent < SECONDS_PER_KILOBYTE * (1 + len(data) / 1000), f"{spent:.1f} s for {len(data)} bytes"
