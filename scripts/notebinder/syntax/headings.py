"""Headings of a note: their text, and the one that a link such as `[[Note#A#B]]` means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from notebinder.model import Block
from notebinder.syntax.comments import without_comments

_LINK = re.compile(r"!?\[\[(?:[^\]|]*\|)?(?P<text>[^\]]*)\]\]|!?\[(?P<label>[^\]]*)\]\([^)]*\)")
_NOT_COMPARED = re.compile(r"[\W_]+")


def heading_text(source: str) -> str:
    """Return a heading as it is read: links stand for their text.

    >>> heading_text("Why [[VPC|networks]] and [S3](s3.md)")
    'Why networks and S3'
    """
    return _LINK.sub(lambda link: link["text"] or link["label"] or "", without_comments(source))


def find_heading(blocks: Sequence[Block], path: str) -> Block | None:
    """Return the heading that a path such as `A#B` means: B in the section that A heads.

    Obsidian compares headings without case, punctuation and space.
    """
    here: Sequence[Block] = blocks
    found = None
    for name in filter(None, map(comparable, path.split("#"))):
        heads = [block for block in here if block.kind == "heading"]
        found = next((block for block in heads if comparable(block.text) == name), None)
        if found is None:
            return None
        here = section(blocks, found)[1:]
    return found


def section(blocks: Sequence[Block], heading: Block) -> Sequence[Block]:
    """Return a heading and the blocks below it, up to the next heading of its level or a higher one."""
    start = blocks.index(heading)
    for end in range(start + 1, len(blocks)):
        if blocks[end].kind == "heading" and blocks[end].level <= heading.level:
            return blocks[start:end]
    return blocks[start:]


def comparable(text: str) -> str:
    """Return a text as Obsidian compares headings."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _NOT_COMPARED.sub(" ", folded).strip()
