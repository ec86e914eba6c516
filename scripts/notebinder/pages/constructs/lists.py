"""Lists and tasks, nested and numbered as Obsidian shows them."""

from __future__ import annotations

from notebinder.pages.constructs.lines import indented
from notebinder.pages.constructs.text import attribute
from notebinder.pages.constructs.writing import Writing
from notebinder.vault.model import Block

_EMPTY = "<span></span>"
"""The text of an item that begins with something else than text."""
_LISTS = ("bullet_list", "ordered_list")


def list_block(block: Block, writing: Writing) -> list[str]:
    """Write a list, with four spaces for each level and no blank line where Obsidian shows none."""
    inside = writing.nested()
    items = [_item(item, block, inside) for item in block.children]
    is_tight = block.is_tight and not any("" in item for item in items)
    lines: list[str] = []
    for item in items:
        lines += item if is_tight or not lines else ["", *item]
    return lines


def _item(item: Block, block: Block, writing: Writing) -> list[str]:
    """Write the marker and the text behind it, then what else the item holds."""
    text, children = _first_text(item, writing)
    anchor = writing.anchor(item)
    lines = [f"{_marker(item, block)} {_task(item)}{anchor}{text[0]}", *indented(text[1:])]
    before = ""
    for child in children:
        found = writing.blocks((child,))
        if not found:
            continue
        is_close = child.kind in _LISTS and block.is_tight and "" not in found and not before
        if child.kind == before and before in _LISTS:
            lines += ["", "    <!-- -->"]
        lines += indented(found) if is_close else ["", *indented(found)]
        before = child.kind
    return lines


def _first_text(item: Block, writing: Writing) -> tuple[list[str], tuple[Block, ...]]:
    """Return the lines that stand behind the marker, and the blocks below them."""
    if item.children and item.children[0].kind == "paragraph":
        text = writing.blocks(item.children[:1])
        if text and not text[0].startswith("///"):
            return text, item.children[1:]
    return [_EMPTY], item.children


def _marker(item: Block, block: Block) -> str:
    """Python-Markdown knows no `1)`."""
    return f"{item.info[:-1]}." if block.kind == "ordered_list" else item.info


def _task(item: Block) -> str:
    """Any character between the brackets of a task means that it is done; which one is kept."""
    if not item.task:
        return ""
    if item.task in " xX":
        return f"[{item.task}] "
    return f'[x] <span class="nb-task" data-task="{attribute(item.task)}"></span>'
