"""Where notes, headings and blocks are shown: the page, and the anchor on it. Reads no file."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from msgspec import Struct

from notebinder.base.urls import free_id, quoted_path, relative_path
from notebinder.vault.model import Block, LineRange, Note
from notebinder.vault.packed import blocks_in, top_headings
from notebinder.vault.resolve import canonical
from notebinder.vault.syntax.headings import heading_text
from notebinder.vault.syntax.slugs import slug

_HEADINGS = 100_000
"""So many headings' slugs are kept for the next build."""


@dataclass(frozen=True, slots=True)
class GeneratedHeading:
    """A heading that the site adds to a page."""

    text: str


@dataclass(frozen=True, slots=True)
class PageContent:
    """What a page shows, from top to bottom."""

    path: str
    """POSIX path of the page below the folder of generated pages, ending in `.md`."""
    note: str
    """The path of the note that it shows."""
    content: tuple[GeneratedHeading | LineRange, ...]
    stands_for_note: bool = True
    """Whether links to the note lead here: its one page, or its overview."""
    topic: str = ""
    """The title that links may name the page by, for a page that is only a part of its note."""


class Address(Struct, frozen=True, gc=False):
    """A place on the site."""

    page: str
    """POSIX path below the folder of generated pages."""
    anchor: str = ""
    """The id on that page; empty for its top."""


@dataclass(frozen=True, slots=True)
class AddressBook:
    """Finds the places that links lead to."""

    notes: Mapping[str, str]
    """The page that stands for each note."""
    shown: Mapping[str, tuple[tuple[LineRange, str], ...]]
    """For each note: which of its lines stand on which page, in the order of the pages."""
    headings: Mapping[tuple[str, str, int], str]
    """The id of a heading by page, note, and line."""
    generated: Mapping[str, tuple[str, ...]]
    """For each page: the ids of its generated headings, in order."""
    topics: Mapping[str, Address] = field(default_factory=dict)
    """The pages that are only parts of a note, by their title as links are compared."""

    def note(self, path: str) -> Address | None:
        """Return where a note begins, or None if the site does not show it."""
        page = self.notes.get(path)
        return Address(page) if page else None

    def line(self, note: str, line: int, *, seen_from: str = "") -> Address | None:
        """Return the page that shows a line of a note: `seen_from` itself if it does, else the first."""
        pages = [page for lines, page in self.shown.get(note, ()) if line in lines]
        if not pages:
            return self.note(note)
        return Address(seen_from if seen_from in pages else pages[0])

    def heading(self, note: str, line: int, *, seen_from: str = "") -> Address | None:
        """Return the place of the heading on that line."""
        place = self.line(note, line, seen_from=seen_from)
        return place and Address(place.page, self.headings.get((place.page, note, line), ""))

    def block(self, note: str, line: int, identifier: str, *, seen_from: str = "") -> Address | None:
        """Return the place of the block that has an identifier and begins on that line."""
        place = self.line(note, line, seen_from=seen_from)
        return place and Address(place.page, block_anchor(identifier))


def block_anchor(identifier: str) -> str:
    """Return the id of a block; the caret keeps it apart from the ids of headings.

    >>> block_anchor("Key-Facts")
    '^key-facts'
    """
    return f"^{identifier.casefold()}"


def read_addresses(pages: Iterable[PageContent], notes: Mapping[str, Note]) -> AddressBook:
    """Give each heading of each page an id, and note which page shows which lines."""
    stands_for: dict[str, str] = {}
    shown: dict[str, tuple[tuple[LineRange, str], ...]] = {}
    headings: dict[tuple[str, str, int], str] = {}
    generated: dict[str, tuple[str, ...]] = {}
    topics: dict[str, Address] = {}
    for page in pages:
        if page.stands_for_note:
            stands_for.setdefault(page.note, page.path)
        if page.topic:
            topics.setdefault(canonical(page.topic), Address(page.path))
        ranges = tuple((item, page.path) for item in page.content if isinstance(item, LineRange))
        shown[page.note] = (*shown.get(page.note, ()), *ranges)
        own: list[str] = []
        for line, identifier in _assign_ids(page.content, top_headings(notes[page.note].blocks)):
            if line:
                headings.setdefault((page.path, page.note, line), identifier)
            else:
                own.append(identifier)
        generated[page.path] = tuple(own)
    return AddressBook(stands_for, shown, headings, generated, topics)


def _assign_ids(
    content: Iterable[GeneratedHeading | LineRange], headings: Sequence[Block]
) -> Iterator[tuple[int, str]]:
    """Yield the line (0 for a generated one) and the id of each heading of a page, in order."""
    taken: set[str] = set()
    counts: dict[str, int] = {}
    for item in content:
        if isinstance(item, GeneratedHeading):
            yield 0, free_id(slug(item.text), taken, counts)
            continue
        for block in blocks_in(headings, item):
            yield block.lines.start, free_id(_heading_slug(block.text), taken, counts)


@lru_cache(_HEADINGS)
def _heading_slug(text: str) -> str:
    return slug(heading_text(text))


def page_link(address: Address, seen_from: str) -> str:
    """Return the target of a Markdown link from one page to an address.

    roamlinks rewrites targets without a slash, so a page beside this one is `./page.md`.

    >>> page_link(Address("aws/s3.md", "limits"), "aws/rds.md")
    './s3.md#limits'
    """
    anchor = f"#{address.anchor}" if address.anchor else ""
    if address.page == seen_from and anchor:
        return anchor
    path = relative_path(address.page, posixpath.dirname(seen_from))
    return quoted_path(path if path.startswith("../") else f"./{path}") + anchor
