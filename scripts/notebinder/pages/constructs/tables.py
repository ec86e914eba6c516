"""Tables."""

from __future__ import annotations

from collections import Counter
from string import punctuation

from notebinder.base.limits import LIMITS
from notebinder.pages.constructs.code import too_long
from notebinder.pages.constructs.lines import raw_html
from notebinder.pages.constructs.writing import Writing
from notebinder.pages.model import Hidden
from notebinder.vault.model import Block
from notebinder.vault.syntax.words import count_words

_ALIGNED = ' style="text-align: {};"'
_RULES = {"left": ":--", "right": "--:", "center": ":-:", "": "---"}


def table(block: Block, writing: Writing) -> list[str]:
    """Write a table with outer bars, each row with as many cells as the head has."""
    head, *rows = block.children
    if len(block.children) * len(head.children) > LIMITS.cells:
        return too_long(block, writing)
    if not rows:
        return _head_alone(head, writing)
    _report_surplus(rows, writing)
    rule = _row([_RULES.get(cell.info, "---") for cell in head.children])
    return [_row(_cells(head, writing)), rule, *(_row(_cells(row, writing)) for row in rows)]


def _head_alone(head: Block, writing: Writing) -> list[str]:
    """Write a table without rows as HTML: the engine would add an empty one."""
    line = head.lines.start
    cells = [(cell.info, writing.text(cell.text, line, one_line=True, html=True)) for cell in head.children]
    row = [f"<th{_ALIGNED.format(side) if side else ''}>{text}</th>" for side, text in cells]
    return raw_html(["<table>", "<thead>", "<tr>", *row, "</tr>", "</thead>", "</table>"], writing)


def _report_surplus(rows: list[Block], writing: Writing) -> None:
    """Tell which rows have more cells than the head: Obsidian shows none of the surplus."""
    source = writing.subject.parts.lines
    for row in rows:
        typed = source[row.lines.start - 1]
        shown = " ".join(cell.text for cell in row.children)
        surplus = count_words(typed) - count_words(shown)
        if surplus:
            left_out = ", ".join(_apart(typed) - _apart(shown))
            message = f"the row has more cells than the head, so Obsidian does not show: {left_out}"
            writing.report_line(row.lines.start, "surplus-cell", message, r"within a cell write \| for |")
            writing.spend(Hidden.TOLD, " ".join(surplus.elements()))


def _apart(text: str) -> Counter[str]:
    """Return what stands between spaces and bars: words as they are written, with all marks."""
    bare = (word.strip(punctuation) for word in text.replace("|", " ").split())
    return Counter(word for word in bare if word)


def _cells(row: Block, writing: Writing) -> list[str]:
    return [writing.text(cell.text, row.lines.start, one_line=True, cell=True) for cell in row.children]


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
