"""Tables."""

from __future__ import annotations

from notebinder.constructs.writing import Writing
from notebinder.model import Block

_RULES = {"left": ":--", "right": "--:", "center": ":-:", "": "---"}


def table(block: Block, writing: Writing) -> list[str]:
    """Write a table with outer bars, each row with as many cells as the head has."""
    head, *rows = block.children
    rule = _row([_RULES.get(cell.info, "---") for cell in head.children])
    return [_row(_cells(head, writing)), rule, *(_row(_cells(row, writing)) for row in rows)]


def _cells(row: Block, writing: Writing) -> list[str]:
    return [writing.text(cell.text, row.lines.start, one_line=True, cell=True) for cell in row.children]


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
