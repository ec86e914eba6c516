"""Cut the body of a note into its top-level blocks, with markdown-it-py's block map."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from notebinder.model import Block, LineRange


def read_blocks(text: str, body_line: int = 1) -> tuple[Block, ...]:
    """Return all top-level blocks behind the properties, in order; lines count from the note's first.

    >>> [(b.kind, b.lines.start) for b in read_blocks("# A\\n\\ntext")]
    [('heading', 1), ('paragraph', 3)]
    """
    body = "\n".join(text.split("\n")[body_line - 1 :])
    tokens = _parser().parse(body)
    opening = [(i, t) for i, t in enumerate(tokens) if t.level == 0 and t.map and t.nesting >= 0]
    return tuple(_block(token, tokens[i + 1] if token.nesting else None, body_line) for i, token in opening)


@dataclass(frozen=True, slots=True)
class ListItem:
    """A top-level item of a list."""

    text: str
    """Its first line, without the marker."""
    line: int
    number: int | None


def read_list_items(text: str, lines: LineRange) -> tuple[ListItem, ...]:
    """Return the top-level items of the list that stands on these lines."""
    tokens = _parser().parse("\n".join(text.split("\n")[lines.start - 1 : lines.end - 1]))
    items = []
    for i, token in enumerate(tokens):
        if token.type == "list_item_open" and token.level == 1:
            first = next((t for t in tokens[i + 1 : i + 3] if t.type == "inline"), None)
            content = first.content.split("\n")[0].strip() if first else ""
            number = int(token.info) if token.info.isdigit() else None
            items.append(ListItem(content, lines.start + (token.map or [0])[0], number))
    return tuple(items)


def _block(token: Token, inline: Token | None, body_line: int) -> Block:
    start, end = token.map or (0, 0)
    kind = token.type.removesuffix("_open")
    has_text = kind in ("heading", "paragraph") and inline is not None
    return Block(
        kind,
        LineRange(start + body_line, end + body_line),
        level=int(token.tag[1]) if kind == "heading" else 0,
        text=inline.content if has_text and inline else "",
    )


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table"]).disable("inline")
