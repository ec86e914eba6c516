"""A figure that the README or the handbook gives names the benchmark that made it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.repository.test_commands import PAGES
from tests.support.projects import PROJECT

_UNIT = r"(?:s|ms|seconds?|KB|MB|GB|%|times)(?!\w)"
MEASURED = re.compile(rf"(?<![\w.,:])(?:\d[\d.,]*[ \u00a0]?{_UNIT}|0\.\d+(?![\w.]))")
BENCHMARK = re.compile(r"\bbenchmarks/(\w+\.py)")
_HIDDEN = re.compile(r"(?ms)\A---\n.*?^---\n|^ *```.*?^ *```|^\$\$.*?^\$\$|`[^`\n]+`|\$[^$\n]+\$")
_SAID_BEFORE = 3
"""A figure's benchmark stands in its own paragraph, or at most so many before it in the same section."""


def unfounded(text: str) -> Iterator[str]:
    """Each figure that names no benchmark near; the rows of a table that names some name one each."""
    named = [bool(BENCHMARK.search(block)) for block in _blocks(text)]
    for index, block in enumerate(_blocks(text)):
        if block.startswith("#"):
            named[: index + 1] = [False] * (index + 1)
        rows = block.split("\n") if block.startswith("|") and named[index] else [block]
        for row in rows:
            is_founded = bool(BENCHMARK.search(row)) or any(named[max(0, index - _SAID_BEFORE) : index])
            if not is_founded:
                yield from MEASURED.findall(_HIDDEN.sub("", row))


def _blocks(text: str) -> list[str]:
    return re.split(r"\n\n+", re.sub(r"(?ms)\A---\n.*?^---\n|^ *```.*?^ *```\n", "", text).strip())


def test_a_figure_without_a_benchmark_is_found() -> None:
    text = (
        "It takes 0.9 s.\n\n`python benchmarks/a.py` says: 97 % are right.\n\n| a | 2 KB |\n\n"
        "## Next\n\nIn 30 ms, with Python 3.11 or 0.3.2, and a card of 1200 × 630, `0.5 s`.\n\n"
        "| `python benchmarks/b.py` | 5 MB |\n| others | 6 MB |\n"
    )
    assert list(unfounded(text)) == ["0.9 s", "30 ms", "6 MB"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_each_figure_names_its_benchmark(page: Path) -> None:
    assert list(unfounded(page.read_text("utf-8"))) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_each_benchmark_that_a_page_names_is_there(page: Path) -> None:
    for name in BENCHMARK.findall(page.read_text("utf-8")):
        assert (PROJECT / "benchmarks" / name).is_file()
