"""Cut the body of a note into a tree of blocks, with markdown-it-py's block rules and Obsidian's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.token import Token
from mdit_py_plugins.footnote.index import footnote_def
from msgspec.structs import replace

from notebinder.base.limits import LIMITS
from notebinder.vault.model import Block, LineRange, Note
from notebinder.vault.syntax.block_rules import (
    any_table,
    callout_head,
    comment_block,
    formula,
    plain_paragraph,
    text_with_formulas,
    too_deep,
)
from notebinder.vault.syntax.spans import NO_DEFINITIONS, Definitions

_IDENTIFIER = re.compile(r"(?:^|(?<=\s))\^(?P<name>[A-Za-z0-9-]+)\s*$")
_ADMONITION = re.compile(r"\s*ad-(?P<type>[\w-]+)")
_ABOUT_ADMONITION = re.compile(r"(?P<key>title|collapse|icon|color|metadata):(?P<value>.*)")
_TASK = re.compile(r"\[(?P<state>.)\](?:\s+|$)")
_KINDS = {
    "blockquote_open": "blockquote",
    "bullet_list_open": "bullet_list",
    "footnote_reference_open": "footnote",
    "heading_open": "heading",
    "list_item_open": "list_item",
    "ordered_list_open": "ordered_list",
    "paragraph_open": "paragraph",
    "table_open": "table",
    "td_open": "cell",
    "th_open": "cell",
    "tr_open": "row",
}
_NESTING = ("blockquote", "bullet_list", "ordered_list", "footnote")
_TRANSPARENT = ("thead_open", "tbody_open")


def read_blocks(text: str, body_line: int = 1) -> tuple[Block, ...]:
    """Return all top-level blocks behind the properties, in order; lines count from the note's first.

    >>> [(b.kind, b.lines.start) for b in read_blocks("# A\\n\\ntext")]
    [('heading', 1), ('paragraph', 3)]
    """
    body = text if body_line == 1 else "\n".join(text.split("\n")[body_line - 1 :])
    tokens = _parser().parse(body)
    return _siblings(_Reader(tokens, body_line).blocks())


def walk(blocks: Sequence[Block]) -> Iterator[tuple[Block, tuple[Block, ...]]]:
    """Yield every block and the blocks around it, outermost first."""
    stack: list[tuple[Block, tuple[Block, ...]]] = [(block, ()) for block in reversed(tuple(blocks))]
    while stack:
        block, around = stack.pop()
        yield block, around
        if block.children:
            within = (*around, block)
            stack += [(child, within) for child in reversed(block.children)]


def cell_source(text: str) -> str:
    """Return the text of a cell as it is typed: a bar has a backslash."""
    return text.replace("|", r"\|")


def named_blocks(blocks: Sequence[Block]) -> dict[str, Block]:
    """Return what each identifier names: a quote as a whole, a list with just the item, or the block itself.

    The keys are case-folded.
    """
    found: dict[str, Block] = {}
    for block, around in walk(blocks):
        if block.identifier and block.identifier.casefold() not in found:
            found[block.identifier.casefold()] = _what_is_named(block, around)
    return found


def _what_is_named(block: Block, around: tuple[Block, ...]) -> Block:
    quote = next((b for b in around if b.kind in ("blockquote", "callout")), None)
    line = (*around, block)
    item = next((i for i in range(len(line) - 1, 0, -1) if line[i].kind == "list_item"), None)
    if quote or item is None:
        return quote or block
    return replace(line[item - 1], children=(line[item],), lines=line[item].lines)


def read_definitions(note: Note) -> Definitions:
    """Return what a note's links and footnotes refer to."""
    if "]:" not in note.text:
        return NO_DEFINITIONS
    links: dict[str, tuple[str, str]] = {}
    footnotes: set[str] = set()
    for block, _ in walk(note.blocks):
        if block.kind == "definition":
            links.setdefault(block.info, (block.text, block.title))
        elif block.kind == "footnote":
            footnotes.add(block.info.casefold())
    return Definitions(links, frozenset(footnotes))


class _Reader:
    """Reads markdown-it's flat list of tokens into nested blocks."""

    def __init__(self, tokens: Sequence[Token], body_line: int, depth: int = 0) -> None:
        self._tokens = tokens
        self._depth = depth
        self._next = 0
        self._line = body_line
        self._lines = LineRange(body_line, body_line)

    def blocks(self) -> list[Block]:
        """Read up to the end of the container that the reader stands in."""
        found: list[Block] = []
        while self._next < len(self._tokens):
            token = self._tokens[self._next]
            self._next += 1
            if token.type in _TRANSPARENT:
                found += self.blocks()
            elif token.nesting < 0:
                break
            elif token.nesting or token.type != "inline":
                found.append(self._block(token))
        return found

    def _block(self, token: Token) -> Block:
        if token.map:
            self._lines = LineRange(token.map[0] + self._line, token.map[1] + self._line)
        lines = self._lines
        is_fence = token.type == "fence" and self._depth < LIMITS.nesting
        if is_fence and (admonition := _ADMONITION.match(token.info)):
            return _admonition(admonition["type"], token.content, lines, self._depth)
        if not token.nesting:
            return _leaf(token, lines)
        kind = _KINDS[token.type]
        if kind in ("paragraph", "heading", "cell"):
            return _text_block(kind, token, self._text(), lines)
        is_tight = kind in ("bullet_list", "ordered_list") and self._is_tight(token.level)
        children = self.blocks()
        height = max((child.height for child in children), default=0) + (kind in _NESTING)
        head = next((block for block in children if block.kind != "comment"), None)
        if kind == "blockquote" and head and head.kind == "callout_head":
            children.remove(head)
            return replace(head, kind="callout", lines=lines, children=_siblings(children), height=height)
        if kind == "list_item":
            return _list_item(token, children, lines, height)
        return Block(
            kind,
            lines,
            children=_siblings(children),
            info=str(token.meta.get("label", "")) if kind == "footnote" else token.markup,
            number=int(token.attrs.get("start", 1)),
            is_tight=is_tight,
            height=height,
        )

    def _text(self) -> str:
        """Read the one inline token of a text block, and its end."""
        self._next += 2
        return self._tokens[self._next - 2].content

    def _is_tight(self, level: int) -> bool:
        """markdown-it hides the paragraphs of tight lists."""
        for place in range(self._next, len(self._tokens)):
            token = self._tokens[place]
            if token.level <= level and token.nesting < 0:
                break
            if token.level == level + 2 and token.type == "paragraph_open":
                return token.hidden
        return True


def _admonition(kind: str, source: str, lines: LineRange, depth: int) -> Block:
    """Read a block of the plugin Admonition as the callout that it is: some lines about it, then its text."""
    said: dict[str, str] = {}
    rest = source.split("\n")
    while rest and (about := _ABOUT_ADMONITION.match(rest[0])):
        said[about["key"]] = about["value"].strip()
        del rest[0]
    line = lines.start + 1 + source.count("\n") + 1 - len(rest)
    children = _siblings(_Reader(_parser().parse("\n".join(rest)), line, depth + 1).blocks())
    title = said.pop("title", "")
    collapse = said.get("collapse", "none")
    return Block(
        "callout",
        lines,
        text=title,
        children=children,
        info=kind.lower(),
        fold="" if collapse == "none" else "+" if collapse == "open" else "-",
        title=" ".join(("ad title", *said, *said.values())),
        height=1 + max((child.height for child in children), default=0),
    )


def _leaf(token: Token, lines: LineRange) -> Block:
    if token.type == "callout_head":
        metadata = token.meta["metadata"]
        return Block(
            token.type, lines, text=token.content, info=token.info, fold=token.markup, title=metadata
        )
    if token.type == "fence":
        return Block("fence", lines, text=token.content, info=token.info.strip())
    if token.type == "definition":
        return Block(
            "definition", lines, text=token.meta["url"], info=token.meta["id"], title=token.meta["title"]
        )
    height = LIMITS.nesting + 1 if token.type == "too_deep" else 0
    return Block(token.type, lines, text=token.content, height=height)


def _text_block(kind: str, token: Token, text: str, lines: LineRange) -> Block:
    if kind == "cell":
        return Block(
            kind, lines, text=text, info=str(token.attrs.get("style", "")).removeprefix("text-align:")
        )
    found = _IDENTIFIER.search(text)
    identifier = found["name"] if found else ""
    text = text[: found.start()].rstrip() if found else text
    if kind == "heading":
        return Block(kind, lines, level=int(token.tag[1]), text=text, identifier=identifier)
    return Block(kind if text else "identifier", lines, text=text, identifier=identifier)


def _list_item(token: Token, children: list[Block], lines: LineRange, height: int) -> Block:
    """A task's state leaves the text of the item's first paragraph."""
    state = ""
    if children and children[0].kind == "paragraph" and (task := _TASK.match(children[0].text)):
        state = task["state"]
        children[0] = replace(children[0], text=children[0].text[task.end() :])
    marker = f"{token.info}{token.markup}"
    named = next((place for place, child in enumerate(children) if child.kind == "identifier"), None)
    identifier = ""
    if named is not None:
        identifier = children[named].identifier
        children[named] = replace(children[named], identifier="")
    return Block(
        "list_item",
        lines,
        children=tuple(children),
        info=marker,
        task=state,
        identifier=identifier,
        height=height,
    )


def _siblings(blocks: list[Block]) -> tuple[Block, ...]:
    """An identifier on a line of its own names the block above it, unless that has one; then it stays."""
    for place in range(1, len(blocks)):
        if blocks[place].kind == "identifier" and not blocks[place - 1].identifier:
            blocks[place - 1] = replace(blocks[place - 1], identifier=blocks[place].identifier)
            blocks[place] = replace(blocks[place], identifier="")
    return tuple(blocks)


@cache
def _parser() -> MarkdownIt:
    parser = (
        MarkdownIt("commonmark", {"inline_definitions": True, "maxNesting": 1_000})
        .enable("table")
        .disable("inline")
    )
    rules = parser.block.ruler
    rules.before("table", "too_deep", too_deep)
    rules.at("table", any_table, {"alt": []})  # a table cannot interrupt a paragraph
    rules.before("table", "plain_paragraph", plain_paragraph)
    rules.before("table", "callout_head", callout_head)
    interrupting: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    rules.before("table", "comment", comment_block, interrupting)
    rules.before("fence", "math_block", formula, interrupting)
    rules.before("lheading", "text_with_formulas", text_with_formulas)
    rules.before("reference", "footnote", footnote_def, {"alt": ["paragraph", "reference"]})
    return parser
