"""The pages that link to a page, each with the sentence around the link."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from notebinder.addresses import built_url
from notebinder.escaping import as_text
from notebinder.layout import PageLayout
from notebinder.model import Block, LinkUse, Note
from notebinder.syntax.inline import read_inline
from notebinder.syntax.spans import Span
from notebinder.syntax.targets import read_wikilink

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-z\[])|(?<=[。！？])")
_UNSEEN = frozenset(["comment", "html", "embed", "image", "footnote_reference", "inline_footnote"])
_LONGEST = 240


@dataclass(frozen=True, slots=True)
class Backlink:
    """One place that links to a page."""

    page: str
    """The page that holds the link, below the folder of generated pages."""
    title: str
    sentence: str


def outgoing_links(note: Note, page: PageLayout, uses: Iterable[LinkUse]) -> Iterator[tuple[str, Backlink]]:
    """Yield what a page's links add to the pages that they lead to, with the paths of these."""
    for use in uses:
        if use.page and use.page != page.path:
            yield use.page, Backlink(page.path, page.title, sentence_around(note, use))


def read_backlinks(links: Iterable[tuple[str, Backlink]]) -> Mapping[str, tuple[Backlink, ...]]:
    """Return the backlinks of each page by its path, from the outgoing links of all pages."""
    found: dict[str, dict[Backlink, None]] = defaultdict(dict)
    for page, link in links:
        found[page][link] = None
    return {path: tuple(sorted(links, key=_order)) for path, links in found.items()}


def sentence_around(note: Note, use: LinkUse) -> str:
    """Return the sentence of a note that holds a link, as a reader sees it: no marks, no comments."""
    source = _text_on(note.blocks, use.line)
    pieces = list(_pieces(read_inline(source), use.target))
    text = "".join(piece for piece, _ in pieces)
    place = next((i for i, (_, is_it) in enumerate(pieces) if is_it), 0)
    middle = sum(len(piece) for piece, _ in pieces[:place])
    ends = [found.end() for found in _SENTENCE_END.finditer(text)]
    start = max((end for end in ends if end <= middle), default=0)
    end = min((end for end in ends if end > middle), default=len(text))
    sentence = " ".join(text[start:end].split())
    return sentence if len(sentence) <= _LONGEST else sentence[: _LONGEST - 1].rpartition(" ")[0] + "…"


def _text_on(blocks: Iterable[Block], line: int) -> str:
    """Return the inline source of the innermost block that stands on a line."""
    for block in blocks:
        if line in block.lines:
            return _text_on(block.children, line) or block.text
    return ""


def _pieces(spans: Iterable[Span], target: str) -> Iterator[tuple[str, bool]]:
    """Yield what a reader sees of each span, and whether that is the link to the target."""
    for span in spans:
        if span.kind in _UNSEEN:
            continue
        if span.kind == "wikilink":
            link = read_wikilink(span.text)
            typed = f"{link.note}#{link.part}" if link.part else link.note
            yield "", typed == target
            yield from _pieces(read_inline(link.text or link.shown, in_link=True), target)
        elif span.kind == "link":
            yield "", unquote(span.target) == target
            yield from _pieces(span.children, target)
        elif span.children:
            yield from _pieces(span.children, target)
        else:
            yield span.text or (" " if span.kind.endswith("_break") else ""), False


def backlinks_html(links: Iterable[Backlink], page: str) -> str:
    """List the backlinks of a page; nothing where there is none."""
    items = "".join(
        f'<li><a href="{as_text(built_url(link.page, page))}">{as_text(link.title)}</a>'
        f"<span>{as_text(link.sentence)}</span></li>"
        for link in links
    )
    if not items:
        return ""
    return (
        '<aside class="nb-backlinks" aria-label="Pages that link here" data-generated data-search-exclude>'
        f'<p class="nb-backlinks-title">Linked from</p><ul>{items}</ul></aside>'
    )


def _order(link: Backlink) -> tuple[str, str, str]:
    return link.title.casefold(), link.page, link.sentence
