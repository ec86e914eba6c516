"""Bind a note: its drafts, with their figures filled in, become finished pages with an account."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from notebinder.addresses import built_url
from notebinder.drafts import Draft, fill_draft
from notebinder.figure_slots import FigureSlots, FigureWriter
from notebinder.frames import Frame, Surroundings, frame_of
from notebinder.front_matter import front_matter
from notebinder.gallery import Shot, gallery_markdown
from notebinder.layout import NoteLayout, PageKind
from notebinder.ledger import Placed, balance
from notebinder.model import Page
from notebinder.pages import GALLERY, ShownSection, ShownTopic, note_page, overview_page, topic_page
from notebinder.problems import Problem
from notebinder.report import NoteReport


@dataclass(frozen=True, slots=True)
class BoundNote:
    """A note on its finished pages."""

    pages: tuple[Page, ...]
    report: NoteReport
    problems: tuple[Problem, ...]


def bind_note(
    layout: NoteLayout, drafts: Sequence[Draft], writer: FigureWriter, around: Surroundings
) -> BoundNote:
    """Write all pages of a note and balance its account."""
    shown = [fill_draft(draft, writer) for draft in drafts]
    frames = [frame_of(layout.note, page, around) for page in layout.pages]
    shots = list(_shots(layout, drafts)) if layout.gallery else []
    if layout.pages[0].kind is PageKind.NOTE:
        pages = [note_page(layout.pages[0], layout.note, shown[0], frames[0])]
    else:
        pages = list(_split_pages(layout, shown, frames, _pictures(layout, drafts, writer), bool(shots)))
    account = balance(layout.note, [Placed(s.section.lines, s.converted) for part in shown for s in part])
    words = sum(len(page.markdown.split()) for page in pages)
    problems = [problem for part in shown for s in part for problem in s.converted.problems]
    gallery = [_gallery(layout, shots, writer)] if shots else []
    return BoundNote((*pages, *gallery), NoteReport(layout, account, words), (*problems, *account.problems))


def _split_pages(
    layout: NoteLayout,
    shown: Sequence[Sequence[ShownSection]],
    frames: Sequence[Frame],
    pictures: Sequence[str],
    has_gallery: bool,
) -> Iterator[Page]:
    overview, *topics = layout.pages
    cards = [ShownTopic(*each) for each in zip(topics, shown[1:], pictures, strict=True)]
    gallery = layout.gallery if has_gallery else ""
    yield overview_page(overview, shown[0], cards, frames[0], gallery=gallery)
    for topic, sections, frame in zip(topics, shown[1:], frames[1:], strict=True):
        yield topic_page(topic, overview, sections, frame)


def _pictures(layout: NoteLayout, drafts: Sequence[Draft], writer: FigureWriter) -> list[str]:
    """The small picture of each topic's card: the first that is there."""
    overview = layout.pages[0].path
    return [
        next(filter(None, (writer.small(figure, overview) for figure in draft.figures)), "")
        for draft in drafts[1:]
    ]


def _shots(layout: NoteLayout, drafts: Sequence[Draft]) -> Iterator[Shot]:
    for draft in drafts:
        for shown, slots in draft.sections:
            anchor = f"#{shown.identifier}" if shown.identifier else ""
            href = built_url(draft.layout.path, layout.gallery) + anchor
            yield from (Shot(figure, href) for figure, _ in slots.figures)


def _gallery(layout: NoteLayout, shots: Sequence[Shot], writer: FigureWriter) -> Page:
    slots = FigureSlots(has_transcripts=False)
    text = gallery_markdown(shots, lambda figure: slots(figure, inline=True))
    body = writer.fill(text, slots, page=layout.gallery)
    title = f"{GALLERY} of {layout.note.name}"
    head = front_matter({"title": GALLERY, "description": title, "source": layout.note.path})
    markdown = f"{head}\n# {GALLERY} {{ data-generated }}\n\n{body}\n"
    return Page(layout.gallery, GALLERY, layout.note.path, markdown)
