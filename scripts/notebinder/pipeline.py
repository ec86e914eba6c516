"""From a vault to pages, media, problems and accounts: the only orchestrator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from notebinder.addresses import GeneratedHeading, PageContent, read_addresses
from notebinder.constructs import convert_lines
from notebinder.constructs.context import PageContext, ReadingSettings
from notebinder.figure_slots import MEDIA, FigureSlots, FigureWriter
from notebinder.layout import NoteLayout, PageKind, PageLayout, Section, lay_out
from notebinder.ledger import Placed, balance
from notebinder.media import Media
from notebinder.model import Figure, LineRange, Page
from notebinder.nav import folder_titles, nav_files
from notebinder.pages import (
    ShownSection,
    heading_of,
    heading_shift,
    markdown_heading,
    note_page,
    overview_page,
    topic_page,
)
from notebinder.problems import Problem, sorted_problems
from notebinder.report import NoteReport
from notebinder.resolve import read_index
from notebinder.settings import Settings
from notebinder.vault import open_vault


@dataclass(frozen=True, slots=True)
class Build:
    """Everything that a build made."""

    layouts: tuple[NoteLayout, ...]
    files: Mapping[str, bytes]
    """Pages and navigation, by their path below the folder of generated pages."""
    media: frozenset[str]
    """Published images and other files; they stand in that folder already."""
    notes: tuple[NoteReport, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A page whose sections are converted, with slots where its figures go."""

    layout: PageLayout
    sections: tuple[tuple[ShownSection, FigureSlots], ...]

    @property
    def figures(self) -> Iterator[Figure]:
        """All figures of the page, in order."""
        return (figure for _, slots in self.sections for figure, _ in slots.figures)


def build(settings: Settings) -> Build:
    """Read the vault and make all its pages."""
    vault, unreadable = open_vault(settings)
    layouts, misplanned = lay_out(vault, prefix=settings.prefix)
    addresses = read_addresses(map(_content, _pages(layouts)), vault.notes)
    media = Media(settings.output / MEDIA, settings.cache)
    context = PageContext(
        page="",
        vault=vault,
        index=read_index(vault.notes, vault.attachments),
        addresses=addresses,
        figure_html=FigureSlots(),
        reading=ReadingSettings(attachment_folder=settings.attachment_folder),
        attachment_address=media.address,
    )
    drafts = [[_draft(page, layout, context) for page in layout.pages] for layout in layouts]
    media.publish(figure for pages in drafts for draft in pages for figure in draft.figures)
    writer = FigureWriter(media.images, settings.attachment_folder)
    notes: list[NoteReport] = []
    files: dict[str, bytes] = dict(nav_files(layouts, folder_titles(layouts, settings.prefix)))
    problems = [*unreadable, *misplanned]
    for layout, pages in zip(layouts, drafts, strict=True):
        shown = [[_filled(draft, section, writer) for section in draft.sections] for draft in pages]
        written = list(_written(layout, shown))
        files |= {page.path: page.markdown.encode() for page in written}
        notes.append(_report(layout, shown, written))
        problems += [p for sections in shown for section in sections for p in section.converted.problems]
        problems += notes[-1].account.problems
    return Build(layouts, files, media.files, tuple(notes), sorted_problems([*problems, *media.problems]))


def _pages(layouts: Iterable[NoteLayout]) -> Iterator[PageLayout]:
    return (page for layout in layouts for page in layout.pages)


def _content(page: PageLayout) -> PageContent:
    content: list[GeneratedHeading | LineRange] = []
    for section in page.sections:
        title = heading_of(section)
        content += [GeneratedHeading(title)] if title else []
        content.append(section.lines)
    return PageContent(
        page.path,
        page.note,
        tuple(content),
        page.kind is not PageKind.TOPIC,
        page.title if page.kind is PageKind.TOPIC else "",
    )


def _draft(page: PageLayout, layout: NoteLayout, context: PageContext) -> _Draft:
    here = replace(context, page=page.path, heading_shift=heading_shift(layout.note, page))
    identifiers = iter(context.addresses.generated[page.path])
    return _Draft(page, tuple(_section(section, layout, here, identifiers) for section in page.sections))


def _section(
    section: Section, layout: NoteLayout, context: PageContext, identifiers: Iterator[str]
) -> tuple[ShownSection, FigureSlots]:
    title = heading_of(section)
    heading = markdown_heading(title, next(identifiers)) if title else ""
    slots = FigureSlots(title)
    targets = {page.entry.line: page.path for page in layout.pages if page.entry and section.is_outline}
    converted = convert_lines(
        layout.note, section.lines, replace(context, figure_html=slots, entry_links=targets)
    )
    return ShownSection(section, converted, heading), slots


def _filled(draft: _Draft, section: tuple[ShownSection, FigureSlots], writer: FigureWriter) -> ShownSection:
    shown, slots = section
    markdown = writer.fill(shown.converted.markdown, slots, page=draft.layout.path)
    return replace(shown, converted=replace(shown.converted, markdown=markdown))


def _written(layout: NoteLayout, shown: list[list[ShownSection]]) -> Iterator[Page]:
    first, *topics = layout.pages
    if first.kind is PageKind.NOTE:
        yield note_page(first, layout.note, shown[0])
        return
    yield overview_page(first, shown[0], list(zip(topics, shown[1:], strict=True)))
    for topic, sections in zip(topics, shown[1:], strict=True):
        yield topic_page(topic, first, sections)


def _report(layout: NoteLayout, shown: list[list[ShownSection]], pages: list[Page]) -> NoteReport:
    placed = [Placed(s.section.lines, s.converted) for sections in shown for s in sections]
    return NoteReport(layout, balance(layout.note, placed), sum(len(page.markdown.split()) for page in pages))
