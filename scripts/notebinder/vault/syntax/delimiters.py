"""Pair the delimiters of emphasis as CommonMark does, in one walk."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from notebinder.base.limits import LIMITS
from notebinder.vault.syntax.spans import Span

_NAMES = {"*": "emphasis", "_": "emphasis", "**": "strong", "__": "strong", "~~": "strike"}


@dataclass(slots=True, eq=False)
class DelimiterRun:
    """A run of `*`, `_` or `~` in the text, and what its characters turn out to be."""

    char: str
    start: int
    length: int
    can_open: bool
    can_close: bool
    left: int = 0
    """Characters that are not paired yet."""
    opens: list[Pair] = field(default_factory=list)
    """Pairs that it opens, innermost first."""
    closes: list[Pair] = field(default_factory=list)
    """Pairs that it closes, innermost first."""
    order: int = 0
    """Its place among the runs of its character."""


@dataclass(slots=True, eq=False)
class Pair:
    """An opening and a closing delimiter."""

    opener: DelimiterRun
    closer: DelimiterRun
    size: int

    @property
    def is_whole(self) -> bool:
        """Whether it is two whole runs."""
        return self.opener.length == self.closer.length == self.size


def delimiter_run(source: str, start: int, end: int, limits: tuple[int, int]) -> DelimiterRun:
    """Return the run from `start` to `end`; beyond the limits stands nothing."""
    before = source[start - 1] if start > limits[0] else " "
    after = source[end] if end < limits[1] else " "
    left = not after.isspace() and (not _is_punctuation(after) or before.isspace() or _is_punctuation(before))
    right = not before.isspace() and (
        not _is_punctuation(before) or after.isspace() or _is_punctuation(after)
    )
    char = source[start]
    can_open, can_close = left, right
    if char == "_":
        can_open = left and (not right or _is_punctuation(before))
        can_close = right and (not left or _is_punctuation(after))
    return DelimiterRun(char, start, end - start, can_open, can_close)


def pair_delimiters(items: Sequence[Span | DelimiterRun]) -> tuple[Span, ...]:
    """Return the spans of a text, each paired delimiter as a span around what it marks."""
    runs = [item for item in items if isinstance(item, DelimiterRun)]
    if not runs:
        return tuple(item for item in items if isinstance(item, Span))
    _match(runs)
    return _nest(items)


def _match(runs: Iterable[DelimiterRun]) -> None:
    """Find the opener of each closer; an opener that was tried in vain is not tried again."""
    stacks: dict[str, list[DelimiterRun]] = {"*": [], "_": [], "~": []}
    tried: dict[tuple[str, bool, int], int] = {}
    orders: dict[str, int] = {}
    for run in runs:
        run.order = orders[run.char] = orders.get(run.char, 0) + 1
        run.left = run.length
        while run.can_close and run.left:
            key = (run.char, run.can_open, run.length % 3)
            stack = stacks[run.char]
            place = _opener(stack, run, tried.get(key, 0))
            if place is None:
                tried[key] = run.order
                break
            opener = stack[place]
            size = 2 if min(opener.left, run.left) >= 2 else 1
            pair = Pair(opener, run, size)
            opener.opens.append(pair)
            run.closes.append(pair)
            opener.left -= size
            run.left -= size
            for others in stacks.values():
                while others and others[-1].start > opener.start:
                    others.pop()
            if not _is_usable(opener):
                stack.pop()
        if run.can_open and _is_usable(run):
            stacks[run.char].append(run)


def _opener(stack: Sequence[DelimiterRun], closer: DelimiterRun, tried: int) -> int | None:
    if not _is_usable(closer):
        return None
    for place in range(len(stack) - 1, -1, -1):
        opener = stack[place]
        if opener.order < tried:
            return None
        both = opener.can_close or closer.can_open
        odd = both and (opener.length + closer.length) % 3 == 0 and (opener.length % 3 or closer.length % 3)
        if not odd or closer.char == "~":
            return place
    return None


def _is_usable(run: DelimiterRun) -> bool:
    return run.left >= (2 if run.char == "~" else 1)


def _nest(items: Iterable[Span | DelimiterRun]) -> tuple[Span, ...]:
    frames: list[list[Span]] = [[]]
    starts: list[int] = []
    for item in items:
        if isinstance(item, Span):
            frames[-1].append(item)
            continue
        place = item.start
        for pair in item.closes:
            place += pair.size
            markup = item.char * pair.size
            start = starts.pop()
            if len(starts) >= LIMITS.nesting:
                frames[-1].append(Span("literal", place - pair.size, place, markup))
            else:
                children = tuple(frames.pop())
                shown = markup if pair.is_whole else ""
                frames[-1].append(Span(_NAMES[markup], start, place, shown, children=children))
        if item.left:
            frames[-1].append(Span("literal", place, place + item.left, item.char * item.left))
            place += item.left
        for pair in reversed(item.opens):
            starts.append(place)
            if len(starts) <= LIMITS.nesting:
                frames.append([])
            else:
                markup = item.char * pair.size
                frames[-1].append(Span("literal", place, place + pair.size, markup))
            place += pair.size
    return tuple(frames[0])


def _is_punctuation(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"
