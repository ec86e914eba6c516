"""The pages that link to a page, each with the sentence around the link."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from notebinder.addresses import built_url
from notebinder.figures import as_text
from notebinder.layout import PageLayout
from notebinder.model import LinkUse, Note
from notebinder.syntax.headings import heading_text

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-z\[])|(?<=[。！？])")
_MARKER = re.compile(r"^[\s>|]*(?:(?:[-*+]|\d+[.)]|#{1,6})\s+(?:\[.\]\s+)?)?")
_CELL_BORDER = re.compile(r"\s*(?<!\\)\|\s*")
_LONGEST = 240


@dataclass(frozen=True, slots=True)
class Backlink:
    """One place that links to a page."""

    page: str
    """The page that holds the link, below the folder of generated pages."""
    title: str
    sentence: str


def read_backlinks(uses: Iterable[tuple[Note, PageLayout, LinkUse]]) -> Mapping[str, tuple[Backlink, ...]]:
    """Return the backlinks of each page by its path.

    Args:
        uses: each link of the vault with the note and the page that it stands on.
    """
    found: dict[str, dict[Backlink, None]] = defaultdict(dict)
    for note, page, use in uses:
        if use.page and use.page != page.path:
            found[use.page][Backlink(page.path, page.title, sentence_around(note, use))] = None
    return {path: tuple(sorted(links, key=_order)) for path, links in found.items()}


def sentence_around(note: Note, use: LinkUse) -> str:
    """Return the sentence of a note that holds a link, as text without marks."""
    line = _CELL_BORDER.sub(" · ", _MARKER.sub("", note.text.split("\n")[use.line - 1])).strip(" ·")
    target = use.target.partition("#")[0] or use.target
    sentences = _SENTENCE_END.split(line)
    sentence = next((s for s in sentences if target in s), line)
    text = heading_text(sentence.strip())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rpartition(" ")[0] + "…"


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
