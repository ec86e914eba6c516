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
_CODE_INDENT = 3
_DOLLARS = re.compile(r"(?<!\\)\$\$")
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
    """Read a formula that begins a line with `$$`, up to the next `$$`, over blank lines too.

    Text behind that is a block of its own. What ends without a blank line between, with text behind it, is
    part of a paragraph, which reads it itself.
    """
    first = _line(state, start)
    is_lazy = silent and state.sCount[start] < state.blkIndent  # it goes on with the item above
    if not first.startswith("$$") or is_lazy or state.is_code_block(start):
        return False
    last, place = _formula_end(state, start, end)
    if not last:
        return False
    behind = state.src[place : state.eMarks[last - 1]]
    is_torn = any(state.isEmpty(line) for line in range(start, last))
    if behind.strip() and not is_torn:
        return False
    if silent:
        return True
    token = state.push("math_block", "", 0)
    lines = [_line(state, line).rstrip() for line in range(start, last - 1)]
    lines.append(state.src[state.bMarks[last - 1] + state.tShift[last - 1] : place])
    token.content = "\n".join(lines)[2:-2]
    token.map = [start, last]
    state.line = last
    if behind.strip():
        state.line = last - 1
        state.bMarks[last - 1] = place
        state.tShift[last - 1] = len(behind) - len(behind.lstrip())
        state.sCount[last - 1] = state.blkIndent
    return True


def _formula_end(state: StateBlock, start: int, end: int) -> tuple[int, int]:
    """Return the line behind the formula that begins on a line, and the place behind its `$$`; 0 for none."""
    in_vain = state.env.setdefault("formulas_in_vain", {})
    here = (end, state.level, state.blkIndent)
    place = state.bMarks[start] + state.tShift[start] + 2
    if start + 1 < in_vain.get(here, 0) and "$$" not in state.src[place : state.eMarks[start]]:
        return 0, 0
    line = start
    while line < end and (line == start or state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
        place = max(place, state.bMarks[line] + state.tShift[line])
        if found := _DOLLARS.search(state.src, place, state.eMarks[line]):
            is_empty = not state.src[state.bMarks[start] + state.tShift[start] + 2 : found.start()].strip()
            return (0, 0) if is_empty else (line + 1, found.end())
        line += 1
    in_vain[here] = line
    return 0, 0


def text_with_formulas(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a paragraph with a formula that goes over lines: these are text, whatever they begin with."""
    if "has_formulas" not in state.env:  # asked for each paragraph, but looked for once
        state.env["has_formulas"] = "$$" in state.src
    if silent or not state.env["has_formulas"]:
        return False
    old, state.parentType = state.parentType, "paragraph"
    rules = state.md.block.ruler.getRules("paragraph")
    line, closing = start, -1
    while line < end and not state.isEmpty(line):
        is_lazy = state.sCount[line] - state.blkIndent > _CODE_INDENT or state.sCount[line] < 0
        if (
            line not in (start, closing)
            and not is_lazy
            and any(rule(state, line, end, True) for rule in rules)
        ):
            break
        found = len(_DOLLARS.findall(_line(state, line)))
        is_open = found % 2 == (0 if line == closing else 1)
        closing = max(closing, _closing_formula(state, line + 1, end)) if is_open else closing
        line = max(line + 1, closing if is_open else 0)
    state.parentType = old
    if closing < 0:
        return False
    state.line = line
    opening = state.push("paragraph_open", "p", 1)
    opening.map = [start, line]
    inline = state.push("inline", "", 0)
    inline.content = state.getLines(start, line, state.blkIndent, False).strip()
    inline.map, inline.children = [start, line], []
    state.push("paragraph_close", "p", -1)
    return True


def _closing_formula(state: StateBlock, line: int, end: int) -> int:
    """Return the line of the paragraph that holds the next `$$`; -1 where there is none."""
    while line < end and not state.isEmpty(line):
        if _DOLLARS.search(_line(state, line)):
            return line
        line += 1
    return -1


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
