"""The outline of a note, and the parts that the rest of the note falls into. Guesses nothing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from notebinder.vault.model import Block, LineRange, Note, Outline, OutlineEntry, Part
from notebinder.vault.outline_forms import is_label, read_entries
from notebinder.vault.syntax.comments import without_comments
from notebinder.vault.syntax.inline import read_inline
from notebinder.vault.syntax.spans import Span
from notebinder.vault.syntax.targets import read_wikilink

_MARKS = re.compile(r"\*\*|__|==|~~|`|(?<!\w)[*_]|[*_](?!\w)")
# what stands before the text of a list item, quote or table row
_MARKER = re.compile(r"^[\s>|]*(?:(?:[-*+]|\d+[.)])\s+)?")
_WORDS_OF_A_NAME = 6
_BLOCKS_ABOVE_AN_OUTLINE = 2
_MAY_STAND_ABOVE = ("heading", "paragraph", "hr", "comment", "definition")


def read_outline(note: Note) -> Outline | None:
    """Return the outline at the head of the note, in whatever form it is written.

    A heading and a sentence may stand above it, and more where a label such as "Topics:" leads to it; but no
    picture, and no other content. The label belongs to the outline.
    """
    for index, block in enumerate(note.blocks):
        is_labelled = index > 0 and is_label(note.blocks[index - 1])
        if index <= _BLOCKS_ABOVE_AN_OUTLINE or is_labelled:
            entries, count = read_entries(note.blocks[index:], is_labelled=is_labelled)
            if entries:
                return _outline(note, entries, index - is_labelled, index + count)
        if block.kind not in _MAY_STAND_ABOVE or embed_of(block):
            return None
    return None


def _outline(note: Note, entries: tuple[OutlineEntry, ...], first: int, behind: int) -> Outline:
    """The outline in the blocks from the first up to the one behind it, and in the lines between them."""
    start = note.blocks[first].lines.start if first else note.body_line
    end = note.blocks[behind].lines.start if behind < len(note.blocks) else _end(note)
    return Outline(entries, LineRange(start, end))


def _end(note: Note) -> int:
    return note.text.count("\n") + 2


def read_parts(note: Note, outline: Outline | None) -> tuple[Part, ...]:
    """Cut all but the outline into parts, in order.

    A block that is one embed and nothing else is a part. Other blocks group under the nearest heading, up to
    a heading of the same or a higher level, such an embed, or the outline. Lines that are no block (link
    definitions, blank ones) belong to the part above them; so parts and outline hold every line of the body.
    """
    lines = note.text.split("\n")
    groups = list(_groups(note.blocks, outline))
    starts = [note.body_line if group[0] == note.blocks[0] else group[0].lines.start for group in groups]
    ends = sorted([*starts, *([outline.lines.start] if outline else []), _end(note)])
    extents = [LineRange(start, ends[bisect_right(ends, start)]) for start in starts]
    return tuple(
        _named(_part(group[0], extent, lines) for group, extent in zip(groups, extents, strict=True))
    )


def embed_of(block: Block) -> str:
    """Return the target of the embed that the block is, or an empty text if it is anything else."""
    spans = _embed_and_rest(block.text) if block.kind == "paragraph" else ()
    return _target(spans[0]) if len(spans) == 1 else ""


def _embed_and_rest(text: str) -> tuple[Span, ...]:
    """Return the spans of a text that begins with an embed; nothing for any other."""
    text = text.strip()
    spans = read_inline(text) if text.startswith("![") else ()
    return spans if spans and spans[0].kind in ("embed", "image") else ()


def _target(embed: Span) -> str:
    if embed.kind == "image":
        return unquote(embed.target)
    link = read_wikilink(embed.text)
    return f"{link.note}#{link.part}" if link.part else link.note


def plain_text(text: str) -> str:
    """Take the marks and the comments off a heading or a line.

    >>> plain_text("**Key** Features of `RDS`")
    'Key Features of RDS'
    """
    return " ".join(_MARKS.sub("", without_comments(text)).split())


def attachment_name(target: str) -> str:
    """Return the file name that an embed's target ends in, without its fragment.

    >>> attachment_name("assets/plan.pdf#page=2")
    'plan.pdf'
    """
    return target.partition("#")[0].rpartition("/")[2].strip() or target.strip()


def _groups(blocks: Iterable[Block], outline: Outline | None) -> Iterator[list[Block]]:
    group: list[Block] = []
    for block in blocks:
        if outline and block.lines.start in outline.lines:
            if group:
                yield group
            group = []
        elif group and _begins_a_part(block, group):
            yield group
            group = [block]
        else:
            group.append(block)
    if group:
        yield group


def _begins_a_part(block: Block, group: list[Block]) -> bool:
    if embed_of(block) or embed_of(group[0]):
        return True
    first = group[0]
    return block.kind == "heading" and (first.kind != "heading" or block.level <= first.level)


def _part(first: Block, extent: LineRange, lines: list[str]) -> Part:
    target = embed_of(first)
    if target:
        return Part(attachment_name(target), extent, embed=target)
    text = first.text or _MARKER.sub("", lines[first.lines.start - 1])
    spans = _embed_and_rest(text)
    name = attachment_name(_target(spans[0])) if spans and spans[0].kind == "embed" else plain_text(text)
    return Part(name or f"line {first.lines.start}", extent, heading_level=first.level)


def _named(parts: Iterable[Part]) -> Iterator[Part]:
    """Shorten names to their first words and tell repeats apart."""
    seen = Counter[str]()
    for part in parts:
        words = part.name.split()
        is_long = not part.embed and not part.heading_level and len(words) > _WORDS_OF_A_NAME
        name = " ".join(words[:_WORDS_OF_A_NAME]) if is_long else part.name
        seen[name] += 1
        count = f"#{seen[name]}" if seen[name] > 1 else ""
        yield Part(name + count, part.lines, part.embed, part.heading_level)
