"""Comments that a page would show: those that begin in one paragraph and end in another, and in properties.

Obsidian's editor greys all between two `%%`; its reader looks for the end in the same paragraph only. An
author who writes them means a comment, so they are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from types import MappingProxyType

from notebinder.limits import LIMITS
from notebinder.model import Block, Note
from notebinder.packed import pack_blocks
from notebinder.problems import Problem, SourceLocation
from notebinder.syntax.blocks import read_blocks, walk
from notebinder.syntax.comments import without_comments
from notebinder.syntax.inline import read_inline
from notebinder.syntax.spans import Span

_Place = tuple[int, int]
"""A line, counted from 0, and a column."""

_PERCENTS = re.compile(r"(?<!%)%%(?!%)")
_VERBATIM = ("comment", "fence", "code_block", "math_block", "definition", "html_block")


def without_comments_left(note: Note) -> tuple[Note, tuple[Problem, ...]]:
    """Return a note without such comments, and what was left out of its text."""
    if "%%" not in note.text and "<!--" not in note.text:
        return note, ()
    properties = {key: _without(value) for key, value in note.properties.items()}
    clean = note if properties == note.properties else replace(note, properties=MappingProxyType(properties))
    problems: list[Problem] = []
    for _ in range(_rounds(note.text)):
        lines = clean.text.split("\n")
        wide = list(_wide(clean.blocks, lines))
        if not wide:
            break
        problems += (_left_out(note.path, *between) for between in wide)
        for between in reversed(wide):
            lines = _cut(lines, *between)
        text = "\n".join(lines)
        clean = replace(clean, text=text, blocks=pack_blocks(read_blocks(text, clean.body_line)))
    return clean, tuple(problems)


def _rounds(text: str) -> int:
    """Return how often a text may be read again."""
    most = 1 + LIMITS.comment_characters // len(text)
    return min(LIMITS.comment_rounds, most) if "%%" in text else 0


def _without(value: object) -> object:
    if isinstance(value, str):
        return without_comments(value)
    if isinstance(value, list):
        return [_without(item) for item in value]
    if isinstance(value, dict):
        return {key: _without(item) for key, item in value.items()}
    return value


def _wide(blocks: Sequence[Block], lines: Sequence[str]) -> Iterator[tuple[_Place, _Place]]:
    """Yield where such a comment begins, and where the sign stands that ends it."""
    opened: _Place | None = None
    for block, _ in walk(blocks):
        if opened and block.kind == "comment":
            yield opened, (block.lines.start - 1, lines[block.lines.start - 1].index("%%"))
            return  # what stands behind it is to be read anew
        place = _unpaired(block, lines)
        if opened and place:
            yield opened, place
            opened = None
        else:
            opened = opened or place


def _unpaired(block: Block, lines: Sequence[str]) -> _Place | None:
    """Return where the last `%%` of a block stands if nothing in the block closes it."""
    if "%%" not in block.text or block.kind in _VERBATIM:
        return None
    offset = max(_signs(read_inline(block.text)), default=-1)
    return _place(block, offset, lines) if offset >= 0 else None


def _signs(spans: Sequence[Span]) -> Iterator[int]:
    for span in spans:
        if span.kind == "text":
            yield from (span.start + found.start() for found in _PERCENTS.finditer(span.text))
        yield from _signs(span.children)


def _place(block: Block, offset: int, lines: Sequence[str]) -> _Place | None:
    """Find a place of a block's text in the note's lines."""
    head = block.text[:offset].rpartition("\n")[2]
    number = block.lines.start - 1 + block.text.count("\n", 0, offset)
    line = (head + block.text[offset:].partition("\n")[0]).strip()
    for index in range(number, block.lines.end - 1):
        column = lines[index].find(line)
        if column >= 0:
            return index, column + len(head.lstrip())
    return None


def _cut(lines: Sequence[str], start: _Place, end: _Place) -> list[str]:
    """Leave out what stands between two places; the number of lines stays the same."""
    (first, column), (last, sign) = start, end
    before, rest = lines[first][:column], lines[last][sign + 2 :]
    cut = [before + rest] if first == last else [before, *[""] * (last - first - 1), rest]
    return [*lines[:first], *cut, *lines[last + 1 :]]


def _left_out(path: str, start: _Place, end: _Place) -> Problem:
    message = f"a comment begins in one paragraph and ends in another, in line {end[0] + 1}; it is left out"
    hint = "let %% begin a line of its own"
    return Problem(SourceLocation(path, start[0] + 1), "open-comment", message, hint)
