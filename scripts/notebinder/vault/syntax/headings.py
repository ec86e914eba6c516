"""Headings of a note: their text, and the one that a link such as `[[Note#A#B]]` means."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from notebinder.base.limits import LIMITS
from notebinder.base.problems import did_you_mean
from notebinder.vault.model import Block
from notebinder.vault.syntax.comments import without_comments
from notebinder.vault.syntax.targets import WIKILINK

_MARKDOWN_LINK = re.compile(r"!?\[(?P<text>[^\]]*)\]\([^)]*\)")
_NOT_IN_LINK = re.compile(r"[#|^\[\]:%]")
_CALLOUT_TITLE = re.compile(r"(?P<level>#{1,6})(?:[ \t]+(?P<text>.*?))??(?:[ \t]+#+)?[ \t]*")
_NOT_COMPARED = re.compile(r"[\W_]+")


def heading_text(source: str) -> str:
    """Return a heading as it is read: links stand for their text.

    >>> heading_text("Why [[VPC|networks]] and [S3](s3.md)")
    'Why networks and S3'
    """
    text = WIKILINK.sub(_link_text, without_comments(source))
    return _MARKDOWN_LINK.sub(r"\g<text>", text)


def callout_title(block: Block) -> tuple[int, str]:
    """Return the level of a callout's title that looks like a heading, else 0, and it without signs."""
    found = _CALLOUT_TITLE.fullmatch(block.text)
    return (len(found["level"]), found["text"] or "") if found else (0, block.text)


def _link_text(link: re.Match[str]) -> str:
    target, bar, text = link["inner"].partition("|")
    return text if bar else target


def _as_linked(source: str) -> str:
    """Return the text by which a link names a heading, without the signs that mean something in a link."""
    return " ".join(_NOT_IN_LINK.sub(" ", heading_text(source)).split())


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of a note, for one look-up each."""

    blocks: Sequence[Block] = ()
    """All top-level blocks of the note."""
    places: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """Where the headings stand among the blocks, by their text as Obsidian compares it."""
    ends: Mapping[int, int] = field(default_factory=dict)
    """Where the section of each heading ends, by its place."""
    last: int = 0
    """The line of the last heading that stands in the table of contents; 0 if all do."""
    hints: dict[str, str] = field(default_factory=dict)
    """What was meant, by names that were looked for in vain."""

    def find(self, path: str) -> Block | None:
        """Return the heading that a path such as `A#B` means: B in the section that A heads.

        Obsidian compares headings without case, punctuation and space.
        """
        found, end = -1, len(self.blocks)
        for name in filter(None, map(comparable, path.split("#"))):
            places = self.places.get(name, ())
            next_ = bisect_right(places, found)
            if next_ == len(places) or places[next_] >= end:
                return None
            found = places[next_]
            end = self.ends[found]
        return self.blocks[found] if found >= 0 else None

    def suggest(self, name: str) -> str:
        """Return a did-you-mean for a heading that the note does not have."""
        if name not in self.hints:
            if len(self.places) * (1 + len(self.hints)) > LIMITS.headings_guessed:
                return ""
            texts = [_as_linked(self.blocks[place[0]].text) for place in self.places.values()]
            same = [text for text in texts if comparable(text) == comparable(name)]
            last = name.rpartition("#")[2].strip()
            self.hints[name] = f'write "{same[0]}"' if same else did_you_mean(last, texts)
        return self.hints[name]

    def section(self, heading: Block) -> Sequence[Block]:
        """Return a heading and the blocks below it, up to the next one of its level or a higher one."""
        places = self.places[comparable(heading.text)]
        start = next(place for place in places if self.blocks[place] is heading)
        return self.blocks[start : self.ends[start]]


def read_headings(blocks: Sequence[Block]) -> Headings:
    """Read the headings of a note's blocks."""
    places: dict[str, list[int]] = defaultdict(list)
    ends: dict[int, int] = {}
    open_: list[int] = []
    for place, block in enumerate(blocks):
        if block.kind != "heading":
            continue
        places[comparable(block.text)].append(place)
        while open_ and blocks[open_[-1]].level >= block.level:
            ends[open_.pop()] = place
        open_.append(place)
    ends |= dict.fromkeys(open_, len(blocks))
    lines = [block.lines.start for block in blocks if block.kind == "heading"]
    last = lines[LIMITS.headings - 1] if len(lines) > LIMITS.headings else 0
    return Headings(blocks, places, ends, last)


def comparable(text: str) -> str:
    """Return a text as Obsidian compares headings."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _NOT_COMPARED.sub(" ", folded).strip()
