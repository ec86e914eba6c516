"""From a vault to pages, media, problems and accounts: the only orchestrator."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from notebinder.addresses import AddressBook
from notebinder.backlinks import read_backlinks
from notebinder.binding import bind_note
from notebinder.constructs import PageContext
from notebinder.constructs.context import ReadingSettings
from notebinder.dates import read_history
from notebinder.drafts import Draft, assign_addresses, draft_pages
from notebinder.figure_slots import MEDIA, FigureSlots, FigureWriter
from notebinder.frames import Surroundings
from notebinder.images import Progress
from notebinder.layout import NoteLayout, PageLayout, lay_out
from notebinder.media import Media
from notebinder.model import LinkUse, Note
from notebinder.nav import nav_files
from notebinder.output import check_output
from notebinder.pages import GALLERY
from notebinder.problems import Problem, sorted_problems
from notebinder.publishing import publish
from notebinder.redirects import page_address, redirect_page
from notebinder.report import NoteReport
from notebinder.resolve import VaultIndex, canonical, read_index, resolve
from notebinder.settings import Settings
from notebinder.syntax.properties import property_tags
from notebinder.tag_page import TITLE as TAGS
from notebinder.tag_page import tag_page, tag_page_path
from notebinder.vault import Vault, open_vault, read_obsidian_settings


@dataclass(frozen=True, slots=True)
class Build:
    """Everything that a build made."""

    vault: Vault
    """What it was made from."""
    layouts: tuple[NoteLayout, ...]
    files: Mapping[str, bytes]
    """Pages and navigation, by their path below the folder of generated pages."""
    media: frozenset[str]
    """Published images and other files; they stand in that folder already."""
    attachments: frozenset[str]
    """The files of the vault that pages use, by their path in it."""
    notes: tuple[NoteReport, ...]
    problems: tuple[Problem, ...]


def build(settings: Settings, *, progress: Progress | None = None) -> Build:
    """Read the vault and make all its pages."""
    check_output(settings.output)
    everything, unreadable = open_vault(settings)
    published = publish(everything, settings)
    vault = published.vault
    app = read_obsidian_settings(settings.vault, "app.json")
    is_relative = app.get("newLinkFormat") == "relative"
    index = read_index(vault.notes, vault.attachments, is_relative=is_relative)
    layouts, misplanned = lay_out(vault, index, prefix=settings.prefix)
    media = Media(settings.output / MEDIA, settings.cache, progress)
    context = _context(vault, index, layouts, media, _reading(app, settings))
    drafts = [draft_pages(layout, context) for layout in layouts]
    media.publish(figure for pages in drafts for draft in pages for figure in draft.figures)
    writer = FigureWriter(media.images, vault.transcripts, context.reading.attachment_folder)
    around = _surroundings(layouts, drafts, context)
    notes = [bind_note(layout, pages, writer, around) for layout, pages in zip(layouts, drafts, strict=True)]
    tags = _tags(layouts, drafts, context.tag_page)
    files = {page.path: page.markdown.encode() for note in notes for page in note.pages}
    extra = {layout.gallery: GALLERY for layout in layouts if layout.gallery in files}
    extra |= dict.fromkeys(tags, TAGS)
    files |= tags | nav_files(layouts, settings.prefix, extra)
    files |= _moved(layouts, settings.output_address, files)
    problems = [
        *unreadable,
        *published.problems,
        *misplanned,
        *media.problems,
        *(p for note in notes for p in note.problems),
    ]
    reports = tuple(note.report for note in notes)
    return Build(vault, layouts, files, media.files, media.used, reports, sorted_problems(problems))


def _context(
    vault: Vault, index: VaultIndex, layouts: Sequence[NoteLayout], media: Media, reading: ReadingSettings
) -> PageContext:
    return PageContext(
        page="",
        vault=vault,
        index=index,
        addresses=assign_addresses(layouts, vault),
        figure_html=FigureSlots(),
        reading=reading,
        attachment_address=media.address,
        tag_page=tag_page_path(layouts),
    )


def _reading(app: Mapping[str, Any], settings: Settings) -> ReadingSettings:
    """What Obsidian's own settings and ours say of how notes are to be read."""
    folder = app.get("attachmentFolderPath")
    is_fixed = isinstance(folder, str) and bool(folder.strip("./"))
    return ReadingSettings(
        strict_line_breaks=app.get("strictLineBreaks") is True,
        attachment_folder=str(folder).strip("/") if is_fixed else settings.attachment_folder,
        external_embeds_at_once=settings.external_embeds_at_once,
        link_schemes=frozenset(settings.link_schemes),
        frame_hosts=frozenset(settings.frame_hosts),
    )


def _surroundings(
    layouts: Sequence[NoteLayout], drafts: Sequence[Sequence[Draft]], context: PageContext
) -> Surroundings:
    addresses, index = context.addresses, context.index

    def find(target: str, source: str) -> str:
        found = resolve(target.partition("#")[0], source, index)
        return addresses.notes.get(found.path, "") if found else _topic(target, addresses)

    backlinks = read_backlinks(_links(layouts, drafts))
    return Surroundings(backlinks, read_history(context.vault.root), context.tag_page, find)


def _topic(title: str, addresses: AddressBook) -> str:
    address = addresses.topics.get(canonical(title))
    return address.page if address else ""


def _links(
    layouts: Iterable[NoteLayout], drafts: Iterable[Sequence[Draft]]
) -> Iterator[tuple[Note, PageLayout, LinkUse]]:
    for layout, pages in zip(layouts, drafts, strict=True):
        for draft in pages:
            for shown, _ in draft.sections:
                yield from ((layout.note, draft.layout, use) for use in shown.converted.links)


def _moved(layouts: Iterable[NoteLayout], output: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return a page that leads on for each address that a note has had, unless another page has it now."""
    return {
        f"{old}/index.html": redirect_page(
            f"{output}{old}/", output + page_address(layout.pages[0].path), layout.pages[0].title
        )
        for layout in layouts
        for old in layout.moved_from
        if not {f"{old}.md", f"{old}/index.md"} & files.keys()
    }


def _tags(layouts: Iterable[NoteLayout], drafts: Iterable[Sequence[Draft]], path: str) -> dict[str, bytes]:
    """Return the page of tags, or nothing for a vault without any."""
    tagged: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for layout, pages in zip(layouts, drafts, strict=True):
        first = layout.pages[0]
        for tag in property_tags(layout.note.properties):
            tagged[tag][first.title, first.path] = None
        for draft in pages:
            for shown, _ in draft.sections:
                for tag in shown.converted.tags:
                    tagged[tag][draft.layout.title, draft.layout.path] = None
    return {path: tag_page({tag: list(notes) for tag, notes in tagged.items()}, path)} if tagged else {}
