"""Convert the lines that each page shows; figures keep a slot until their images are published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from notebinder.base.problems import Problem
from notebinder.images.figure_slots import FigureSlots, FigureWriter
from notebinder.pages.addresses import AddressBook, GeneratedHeading, PageContent, read_addresses
from notebinder.pages.backlinks import Backlink, outgoing_links
from notebinder.pages.constructs.context import PageContext
from notebinder.pages.constructs.converting import convert_lines, property_text
from notebinder.pages.constructs.look_ups import Answers, LookUps, Sources, still_hold
from notebinder.pages.constructs.writing import Collected
from notebinder.pages.layout import NoteLayout, PageKind, PageLayout, Section
from notebinder.pages.properties_box import properties_html
from notebinder.pages.writing_pages import ShownSection, heading_shift
from notebinder.vault.model import Figure, LineRange
from notebinder.vault.packed import Packed, pack
from notebinder.vault.reading import Vault
from notebinder.vault.syntax.properties import property_lines, property_tags


class Draft(Struct, frozen=True):
    """A page whose sections are converted, with slots where its figures go."""

    layout: PageLayout
    sections: tuple[tuple[ShownSection, FigureSlots], ...]
    properties: str = ""
    """The box of the note's properties, on the page that stands for the note."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with the properties."""

    @property
    def figures(self) -> Iterator[Figure]:
        """All figures of the page, in order."""
        return (figure for _, slots in self.sections for figure, _ in slots.figures)


def assign_addresses(layouts: Iterable[NoteLayout], vault: Vault) -> AddressBook:
    """Give every heading and block of all pages its address."""
    return read_addresses((_content(page) for layout in layouts for page in layout.pages), vault.notes)


class Drafts(Struct, frozen=True):
    """All that the drafts of a note's pages hold, as one process hands it to another."""

    pages: Packed[tuple[Draft, ...]]
    answers: Answers
    """What the drafts asked of the rest of the vault, and what they were told."""
    links: tuple[tuple[str, Backlink], ...]
    """What the pages' links add to the pages that they lead to, by the paths of these."""
    figures: tuple[Figure, ...]
    """All figures of all pages, in order."""
    tags: tuple[tuple[str, str, str], ...]
    """All tags with title and path of the page that has them; those of the properties are the first's."""


class DraftedNote(Struct, frozen=True):
    """The drafts of a note, and the layout that they were made for."""

    layout: NoteLayout
    drafts: Drafts

    def is_valid(self, layout: NoteLayout, sources: Sources) -> bool:
        """Tell whether drafting the note again would give the same."""
        return layout == self.layout and still_hold(self.drafts.answers, sources)


def draft_note(layout: NoteLayout, sources: Sources) -> Drafts:
    """Convert all sections of a note's pages."""
    look_ups = LookUps(sources)
    pages = tuple(_draft(page, layout, look_ups) for page in layout.pages)
    links = (
        link
        for draft in pages
        for shown, _ in draft.sections
        for link in outgoing_links(layout.note, draft.layout, shown.converted.links)
    )
    figures = (figure for draft in pages for figure in draft.figures)
    return Drafts(pack(pages), look_ups.answers, tuple(links), tuple(figures), tuple(_tags(layout, pages)))


def _tags(layout: NoteLayout, pages: Iterable[Draft]) -> Iterator[tuple[str, str, str]]:
    first = layout.pages[0]
    yield from ((tag, first.title, first.path) for tag in property_tags(layout.note.properties))
    for draft in pages:
        for shown, _ in draft.sections:
            for tag in shown.converted.tags:
                yield tag, draft.layout.title, draft.layout.path


def fill_draft(draft: Draft, writer: FigureWriter) -> list[ShownSection]:
    """Return the sections of a page with its figures in their slots."""
    return [_filled(shown, slots, draft.layout.path, writer) for shown, slots in draft.sections]


def _content(page: PageLayout) -> PageContent:
    content: list[GeneratedHeading | LineRange] = []
    for section in page.sections:
        content += [GeneratedHeading(section.title)] if section.title else []
        content.append(section.lines)
    is_topic = page.kind is PageKind.TOPIC
    return PageContent(page.path, page.note, tuple(content), not is_topic, page.title if is_topic else "")


def _draft(page: PageLayout, layout: NoteLayout, look_ups: LookUps) -> Draft:
    here = PageContext(page.path, look_ups, FigureSlots(), heading_shift(layout.note, page))
    identifiers = iter(look_ups.generated_ids(page.path))
    sections = tuple(_section(section, layout, here, identifiers) for section in page.sections)
    if page.kind is PageKind.TOPIC:
        return Draft(page, sections)
    collected = Collected()
    lines = property_lines(layout.note.text, layout.note.body_line)

    def text_html(key: str, text: str) -> str:
        return property_text(text, lines.get(key, 1), layout.note, here, collected)

    box = properties_html(layout.note, text_html, here.reading.properties_hidden, here.reading.say)
    return Draft(page, sections, box, tuple(dict.fromkeys(collected.problems)))


def _section(
    section: Section, layout: NoteLayout, context: PageContext, identifiers: Iterator[str]
) -> tuple[ShownSection, FigureSlots]:
    identifier = next(identifiers) if section.title else ""
    slots = FigureSlots(section.title)
    entries = {page.entry.line: page.path for page in layout.pages if page.entry and section.is_outline}
    here = replace(context, figure_html=slots, entry_links=entries)
    return ShownSection(section, convert_lines(layout.note, section.lines, here), identifier), slots


def _filled(shown: ShownSection, slots: FigureSlots, page: str, writer: FigureWriter) -> ShownSection:
    markdown = writer.fill(shown.converted.markdown, slots, page=page)
    return replace(shown, converted=replace(shown.converted, markdown=markdown))
