"""Rules of bombs and floods: whatever a note holds, a page or a problem comes of it in bounded time."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import pytest

from notebinder.ledger import Placed, balance
from notebinder.limits import LIMITS

from .bombs import BOMBS
from .converting import convert, read_note, rendered, whole

_SMALL, _TIMES = 8_000, 4
_MOST = 2.2 * _TIMES
"""What takes the square of its input takes 16 times as long for four times as much."""
_TOO_FAST_TO_TELL = 0.1


def convert_and_balance(text: str) -> None:
    note = read_note("Note.md", text)
    assert balance(note, [Placed(whole(note), convert(text))]).problems == ()


def seconds(work: Callable[[str], None], text: str) -> float:
    """How long this thread works, whatever else the machine does."""
    gc.collect()
    gc.disable()
    try:
        begin = time.thread_time()
        work(text)
        return time.thread_time() - begin
    finally:
        gc.enable()


def growth(work: Callable[[str], None], bomb: Callable[[int], str]) -> float:
    """How many times as long four times the input takes; the best of three, for a machine has its moods."""
    found = []
    for _ in range(3):
        long = seconds(work, bomb(_SMALL * _TIMES))
        if long < _TOO_FAST_TO_TELL:
            return 0.0
        found.append(long / max(seconds(work, bomb(_SMALL)), _TOO_FAST_TO_TELL / _TIMES**2))
        if found[-1] < _MOST:
            break
    return min(found)


@pytest.mark.parametrize("name", BOMBS)
def test_every_scanner_is_linear(name: str) -> None:
    """Reading, converting and balancing take time in proportion to the note, and lose no word of it."""
    convert_and_balance(BOMBS[name](1_000))
    assert growth(convert_and_balance, BOMBS[name]) < _MOST


NESTED = {
    "list": lambda levels: "".join(f"{'  ' * level}- w{level}\n" for level in range(levels)),
    "numbered list": lambda levels: "".join(f"{'   ' * level}1. w{level}\n" for level in range(levels)),
    "quote": lambda levels: "".join(f"{'> ' * (level + 1)}w{level}\n>\n" for level in range(levels)),
    "callout": lambda levels: "".join(f"{'> ' * (level + 1)}[!note] w{level}\n" for level in range(levels)),
    "list and quote": lambda levels: "- > " * (levels // 2) + f"w{levels - 1}",
}


@pytest.mark.parametrize("name", NESTED)
def test_what_is_nested_up_to_the_limit_is_shown_as_in_obsidian(name: str) -> None:
    found = convert(NESTED[name](LIMITS.nesting))
    assert found.problems == ()
    page = rendered(found.markdown)
    assert f"w{LIMITS.nesting - 1}" in page
    assert "<pre>" not in page


@pytest.mark.parametrize("name", NESTED)
@pytest.mark.parametrize("levels", [LIMITS.nesting + 2, 3 * LIMITS.nesting, 1_000])
def test_what_is_nested_deeper_is_shown_as_typed_and_told(name: str, levels: int) -> None:
    text = NESTED[name](levels)
    found = convert(text)
    assert [problem.code for problem in found.problems] == ["too-deep"]
    assert found.markdown == f"```\n{text.rstrip()}\n```"


def test_embeds_in_one_another_are_no_way_to_nest_deeper() -> None:
    """Five notes of 40 levels in one another would be 200 levels on the page."""
    others = {
        f"{n}.md": "".join(f"{'  ' * level}- w\n" for level in range(40)) + "  " * 40 + f"![[{n + 1}]]\n"
        for n in range(6)
    }
    found = convert("![[0]]", others=others)
    deepest = max(len(line) - len(line.lstrip(" ")) for line in found.markdown.split("\n"))
    assert deepest < 8 * LIMITS.nesting
    assert "```" in found.markdown
    assert rendered(found.markdown)
