"""Obsidian's own blocks as rules for markdown-it, and the rules that keep it safe and fast."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock, paragraph, table

from notebinder.base.limits import LIMITS

_CALLOUT = re.compile(
    r"\[!(?P<type>[^\]|]+)(?:\|(?P<metadata>[^\]]*))?\](?P<fold>[+-]?)(?:\s+(?P<title>.*))?$"
)
_LEVELS_OF_A_LIST = 2
"""As markdown-it counts: the list, and the item in it."""
_PERCENTS = re.compile(r"(?<!%)%%(?!%)")


def too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take what stands deeper than anything that is shown as one piece; else markdown-it would drop it."""
    if silent or state.level <= _LEVELS_OF_A_LIST * LIMITS.nesting:
        return False
    token = state.push("too_deep", "", 0)
    token.map = [start, end]
    state.line = end
    return True


def plain_paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take what can be nothing but a paragraph: each of its lines begins with a letter.

    All other rules would be asked first, in vain.
    """
    if state.is_code_block(start):
        return False
    line = start
    while line < state.lineMax and not state.isEmpty(line):
        if not state.src[state.bMarks[line] + state.tShift[line]].isalpha():
            return False
        line += 1
    return paragraph(state, start, end, silent)


def callout_head(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read the first line of a quote as the head of a callout; the other lines stay a quote's."""
    head = None if silent else _CALLOUT.match(_line(state, start).rstrip())
    if not head:
        return False
    before = next((token.type for token in reversed(state.tokens) if token.type != "comment"), "")
    if before != "blockquote_open":
        return False
    token = state.push("callout_head", "", 0)
    token.info, token.markup = head["type"].strip().lower(), head["fold"]
    token.content = (head["title"] or "").strip()
    token.meta = {"metadata": head["metadata"] or ""}
    token.map = [start, start + 1]
    for line in range(start + 1, end):  # a line without `>` behind the head still belongs to the callout
        state.sCount[line] = max(state.sCount[line], state.blkIndent)
    state.line = start + 1
    return True


def any_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a table; a head of bars alone has as many cells as the line below it."""
    head = _line(state, start)
    rule = _line(state, start + 1) if start + 1 < end else ""
    if "|" not in head or head.strip(" \t|") or "|" not in rule:
        return table(state, start, end, silent)
    source, place = state.src, (state.bMarks[start], state.tShift[start], state.eMarks[start])
    columns = len(rule.strip(" \t|").split("|"))
    state.src += f"|{' |' * columns}"
    state.bMarks[start], state.tShift[start], state.eMarks[start] = len(source), 0, len(state.src)
    found = table(state, start, end, silent)
    state.bMarks[start], state.tShift[start], state.eMarks[start] = place
    state.src = source
    return found


def comment_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a comment that begins a line: up to the line of the next `%%`, over blank lines too.

    A comment with text behind it on the same line belongs to a paragraph.
    """
    first = _line(state, start)
    if not first.startswith("%%") or first.startswith("%%%") or state.is_code_block(start):
        return False
    closing = _PERCENTS.search(first, 2)
    if closing and first[closing.end() :].strip():
        return False
    if silent:
        return True
    last = start if closing else _closing_line(state, start + 1, end)
    token = state.push("comment", "", 0)
    token.content = "\n".join(_line(state, line) for line in range(start, last + 1))
    token.map = [start, last + 1]
    state.line = last + 1
    return True


def _closing_line(state: StateBlock, start: int, end: int) -> int:
    """The line of the next `%%`, or the last one: Obsidian hides all that follows an open comment."""
    lines = (line for line in range(start, end) if _PERCENTS.search(_line(state, line)))
    return next(lines, end - 1)


def formula(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a formula that begins a line with `$$` and ends one with `$$`, without a blank line in it."""
    first = _line(state, start).rstrip()
    if not first.startswith("$$") or state.is_code_block(start):
        return False
    is_one_line = len(first) > 3 and first.endswith("$$")
    last = start if is_one_line else _formula_end(state, first, start + 1, end)
    if last is None or silent:
        return last is not None
    token = state.push("math_block", "", 0)
    lines = [_line(state, line).rstrip() for line in range(start, last + 1)]
    token.content = "\n".join(lines)[2:-2]
    token.map = [start, last + 1]
    state.line = last + 1
    return True


def _formula_end(state: StateBlock, first: str, start: int, end: int) -> int | None:
    """The line that ends a formula; text behind a `$$` on the first line makes it none."""
    if "$$" in first[2:]:
        return None
    in_vain = state.env.setdefault("formulas_in_vain", {})
    here = (end, state.level, state.blkIndent)
    if start < in_vain.get(here, 0):
        return None
    for line in range(start, end):
        text = _line(state, line).rstrip()
        if text.endswith("$$"):
            return line
        if not text:
            break
    in_vain[here] = line if start < end else start
    return None


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
