"""The pages that link to a page, each with the sentence around the link."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from msgspec import Struct

from notebinder.base.escaping import as_text
from notebinder.base.urls import built_url
from notebinder.base.words import ENGLISH, Words
from notebinder.pages.bases.inline_values import read_inline_value
from notebinder.pages.layout import PageLayout
from notebinder.pages.model import LinkUse
from notebinder.vault.model import Block, Note
from notebinder.vault.syntax.blocks import read_definitions
from notebinder.vault.syntax.headings import callout_title
from notebinder.vault.syntax.inline import read_inline
from notebinder.vault.syntax.spans import Definitions, Span
from notebinder.vault.syntax.targets import read_wikilink
from notebinder.vault.syntax.tex import readable_formula

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-z\[])|(?<=[。！？])")
_UNSEEN = frozenset(["comment", "html", "embed", "image", "footnote_reference", "inline_footnote"])
_LONGEST = 240


class Backlink(Struct, frozen=True):
    """One place that links to a page."""

    page: str
    """The page that holds the link, below the folder of generated pages."""
    title: str
    sentence: str


def outgoing_links(note: Note, page: PageLayout, uses: Iterable[LinkUse]) -> Iterator[tuple[str, Backlink]]:
    """Yield what a page's links add to the pages that they lead to, with the paths of these."""
    sentences = Sentences(note)
    for use in uses:
        if use.page and use.page != page.path:
            yield use.page, Backlink(page.path, page.title, sentences.around(use))


def read_backlinks(links: Iterable[tuple[str, Backlink]]) -> Mapping[str, tuple[Backlink, ...]]:
    """Return the backlinks of each page by its path, from the outgoing links of all pages."""
    found: dict[str, dict[Backlink, None]] = defaultdict(dict)
    for page, link in links:
        found[page][link] = None
    return {path: tuple(sorted(links, key=_order)) for path, links in found.items()}


class Sentences:
    """Finds the sentences of a note that hold its links; each text of the note is read once."""

    def __init__(self, note: Note) -> None:
        self._texts: dict[int, list[str]] = defaultdict(list)
        self._note = note
        self._shown: dict[str, _Shown] = {}

    def around(self, use: LinkUse) -> str:
        """Return the sentence that holds a link, as a reader sees it: no marks, no comments."""
        if not self._texts:
            self._enter(self._note.blocks)
        shown = [self._read(source) for source in self._texts.get(use.line, ())]
        holder = next((each for each in shown if use.target in each.places), shown[0] if shown else None)
        return holder.sentence(use.target) if holder else ""

    @cached_property
    def _definitions(self) -> Definitions:
        return read_definitions(self._note)

    def _enter(self, blocks: Iterable[Block]) -> None:
        """Note which texts stand on each line, the innermost first."""
        for block in blocks:
            self._enter(block.children)
            for line in range(block.lines.start, block.lines.end) if block.text else ():
                self._texts[line].append(callout_title(block)[1] if block.kind == "callout" else block.text)

    def _read(self, source: str) -> _Shown:
        if source not in self._shown:
            self._shown[source] = _read(read_inline(source, self._definitions))
        return self._shown[source]


@dataclass(frozen=True, slots=True)
class _Shown:
    """A text as a reader sees it."""

    text: str
    places: Mapping[str, int]
    """Where the first link to each target stands in it."""
    ends: Sequence[int]
    """Where its sentences end."""

    def sentence(self, target: str) -> str:
        """Return the sentence that holds the first link to a target."""
        middle = self.places.get(target, 0)
        behind = bisect_right(self.ends, middle)
        start = self.ends[behind - 1] if behind else 0
        end = self.ends[behind] if behind < len(self.ends) else len(self.text)
        sentence = " ".join(self.text[start:end].split())
        return sentence if len(sentence) <= _LONGEST else sentence[: _LONGEST - 1].rpartition(" ")[0] + "…"


def _read(spans: Iterable[Span]) -> _Shown:
    pieces: list[str] = []
    places: dict[str, int] = {}
    length = 0
    for piece, target in _pieces(spans):
        if target:
            places.setdefault(target, length)
        pieces.append(piece)
        length += len(piece)
    text = "".join(pieces)
    return _Shown(text, places, [found.end() for found in _SENTENCE_END.finditer(text)])


def _pieces(spans: Iterable[Span]) -> Iterator[tuple[str, str]]:
    """Yield what a reader sees of each span, and the target of a link before its text."""
    for span in spans:
        if span.kind in _UNSEEN:
            continue
        if span.kind == "wikilink":
            link = read_wikilink(span.text)
            yield "", f"{link.note}#{link.part}" if link.part else link.note
            yield from _pieces(read_inline(link.text or link.shown, in_link=True))
        elif span.kind == "link":
            yield "", unquote(span.target)
            yield from _pieces(span.children)
        elif span.children:
            yield from _pieces(span.children)
        elif span.kind == "code" and read_inline_value(span.text):
            yield "…", ""
        elif span.kind in ("math", "display_math"):
            yield readable_formula(span.text), ""
        else:
            yield span.text or (" " if span.kind.endswith("_break") else ""), ""


def backlinks_html(links: Iterable[Backlink], page: str, say: Words = ENGLISH) -> str:
    """List the backlinks of a page; nothing where there is none."""
    items = "".join(
        f'<li><a href="{as_text(built_url(link.page, page))}">{as_text(link.title)}</a>'
        f"<span>{as_text(link.sentence)}</span></li>"
        for link in links
    )
    if not items:
        return ""
    return (
        f'<aside class="nb-backlinks" aria-label="{say("links here")}" data-generated data-search-exclude>'
        f'<p class="nb-backlinks-title">{say("linked from")}</p><ul>{items}</ul></aside>'
    )


def _order(link: Backlink) -> tuple[str, str, str]:
    return link.title.casefold(), link.page, link.sentence
