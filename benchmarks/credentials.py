"""What the search for credentials costs, as a part of the conversion.

    python benchmarks/credentials.py VAULT

Prints the CPU seconds of a conversion with an empty cache, of the search in it, of the search with a full
cache, the two ratios, and how much was found of each kind, never the credentials themselves.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from notebinder.base.settings import Options, resolve_settings
from notebinder.build.pipeline import inspect
from notebinder.public.credentials.masking import CREDENTIAL, without_credentials
from notebinder.public.public_vault import read_public_vault
from notebinder.vault.reading import open_vault


def main(vault: Path) -> None:
    """Measure one vault."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        settings = resolve_settings(
            Options(vault=str(vault)), root=vault, docs=place / "docs", cache=place / "cache"
        )
        public = read_public_vault(open_vault(settings)[0], settings).vault
        cold = seconds(lambda: without_credentials(public, (), settings))
        warm = seconds(lambda: without_credentials(public, (), settings))
        shutil.rmtree(settings.project_cache)
        whole = seconds(lambda: inspect(settings))
        found = [problem for problem in inspect(settings).problems if problem.code == CREDENTIAL]
    print(f"{len(public.notes)} notes: conversion {whole:.2f} s of CPU time")
    print(f"search for credentials: cold {cold:.2f} s, {cold / whole:.3f} of the conversion")
    print(f"                        warm {warm:.2f} s, {warm / whole:.3f} of the conversion")
    print(f"found: {len(found)} {dict(Counter(problem.message for problem in found))}")


def seconds(work: Callable[[], object]) -> float:
    """The CPU time of a piece of work in this process and in those that it starts."""
    begun = sum(time_of_all())
    work()
    return sum(time_of_all()) - begun


def time_of_all() -> tuple[float, float]:
    """The CPU time so far: our own, and that of processes that have ended."""
    used = os.times()
    return time.process_time(), used.children_user + used.children_system


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
