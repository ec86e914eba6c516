"""Set two texts side by side, with the words marked that differ. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

_CONTEXT = 2
"""Unchanged lines shown around a change."""
_MOST_LINES = 3_000
_MOST_WORDS = 400
_ALIKE = 0.4
"""How alike two lines must be for their words to be compared."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a line."""

    text: str
    is_changed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line on the left and the line on the right that it became; None where there is none."""

    left: tuple[Piece, ...] | None
    right: tuple[Piece, ...] | None
    is_changed: bool = True


GAP = Row(None, None, is_changed=False)
"""Stands for unchanged lines that are left out."""


def side_by_side(old: Sequence[str], new: Sequence[str]) -> tuple[Row, ...]:
    """Return the rows that differ, with some unchanged ones around them.

    >>> side_by_side(["one line"], ["one word"])[0].right
    (Piece(text='one ', is_changed=False), Piece(text='word', is_changed=True))
    """
    matcher = SequenceMatcher(None, old[:_MOST_LINES], new[:_MOST_LINES])
    rows: list[Row] = []
    for group in matcher.get_grouped_opcodes(_CONTEXT):
        rows += [GAP] if rows or group[0][1] else []
        for tag, start, end, new_start, new_end in group:
            lines = zip_longest(old[start:end], new[new_start:new_end])
            rows += [_same(left) if tag == "equal" else _changed(left, right) for left, right in lines]
    return tuple(rows)


def _same(line: str) -> Row:
    return Row((Piece(line),), (Piece(line),), is_changed=False)


def _changed(left: str | None, right: str | None) -> Row:
    if left is None or right is None:
        return Row(_whole(left), _whole(right))
    ours, theirs = _words(left), _words(right)
    if len(ours) + len(theirs) > _MOST_WORDS:
        return Row(_whole(left), _whole(right))
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return Row(_whole(left), _whole(right))
    steps = matcher.get_opcodes()
    return Row(
        tuple(_pieces((ours[start:end], tag) for tag, start, end, _, _ in steps)),
        tuple(_pieces((theirs[start:end], tag) for tag, _, _, start, end in steps)),
    )


def _whole(line: str | None) -> tuple[Piece, ...] | None:
    return None if line is None else (Piece(line, is_changed=True),)


def _pieces(runs: Iterator[tuple[list[str], str]]) -> Iterator[Piece]:
    return (Piece("".join(words), tag != "equal") for words, tag in runs if words)


def _words(line: str) -> list[str]:
    return re.findall(r"\w+|\s+|[^\w\s]", line)
