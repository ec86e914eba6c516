"""Bind a note: its drafts, with their figures filled in, become finished pages with an account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from notebinder.base.escaping import as_text
from notebinder.base.problems import Problem
from notebinder.base.urls import built_url
from notebinder.base.words import Words
from notebinder.images.figure_slots import FigureSlots, FigureWriter
from notebinder.images.figures import Picture
from notebinder.images.gallery import Shot, gallery_markdown
from notebinder.images.model import ImageResult
from notebinder.images.shown_transcripts import shown_transcripts
from notebinder.pages.backlinks import Backlink
from notebinder.pages.constructs.look_ups import Answers, LookUps, Sources, still_hold
from notebinder.pages.dates import Dates
from notebinder.pages.drafts import Draft, DraftedNote, fill_draft
from notebinder.pages.front_matter import UNLISTED, front_matter
from notebinder.pages.header_footer import Frame, Surroundings, frame_of
from notebinder.pages.layout import NoteLayout, PageKind, is_unlisted
from notebinder.pages.ledger import Account, NoteReport, Placed, balance
from notebinder.pages.model import Page
from notebinder.pages.writing_pages import ShownSection, ShownTopic, note_page, overview_page, topic_page
from notebinder.vault.model import Transcript


class Surrounded(Struct, frozen=True):
    """All that the pages of a note show of the rest of the vault."""

    images: Mapping[str, ImageResult]
    """What became of its images, by their path in the vault."""
    transcripts: Mapping[str, Transcript]
    """What can be read in them, by their path in the vault."""
    backlinks: Mapping[str, Sequence[Backlink]]
    """What links to its pages, by their path."""
    dates: Dates
    """What git knows of it."""
    twins: Mapping[str, str] = {}
    """The first of each image's twins, by their path in the vault."""
    is_served: bool = False
    """Whether its author looks at it, and is told why a picture is not there or what the plan doubts."""


class Bound(Struct, frozen=True):
    """The finished pages of a note and its account, as one process hands them to another."""

    answers: Answers
    """What the frames of the pages asked of the rest of the vault, and what they were told."""
    pages: tuple[tuple[str, bytes], ...]
    """Each page by its path below the folder of generated pages."""
    account: Account
    words: int
    """How many words the pages hold, not counting the gallery."""
    problems: tuple[Problem, ...]


class BoundNote(Struct, frozen=True):
    """A note on its finished pages, and what they were made from."""

    drafted: DraftedNote
    around: Surrounded
    bound: Bound

    @property
    def report(self) -> NoteReport:
        """What became of the note."""
        return NoteReport(self.drafted.layout, self.bound.account, self.bound.words)

    def is_valid(self, drafted: DraftedNote, around: Surrounded, sources: Sources) -> bool:
        """Tell whether binding the note again would give the same."""
        return drafted is self.drafted and around == self.around and still_hold(self.bound.answers, sources)


def bind_note(drafted: DraftedNote, around: Surrounded, sources: Sources) -> Bound:
    """Write all pages of a note and balance its account."""
    layout, drafts, look_ups = drafted.layout, drafted.drafts.pages.value, LookUps(sources)
    reading = look_ups.how_to_read()
    writer = FigureWriter(
        around.images,
        shown_transcripts(around.transcripts),
        reading.attachment_folder if around.is_served else "",
        dark_pictures=reading.dark_pictures,
        say=reading.say,
    )
    shown = [fill_draft(draft, writer) for draft in drafts]
    if around.is_served:
        shown = [[_with_doubt(section, reading.say) for section in sections] for sections in shown]
    surroundings = Surroundings(around.backlinks, around.dates, look_ups)
    frames = [frame_of(layout.note, each.layout, surroundings, each.properties) for each in drafts]
    shots = list(_shots(layout, drafts, writer, around.twins)) if layout.gallery else []
    shots = shots if any(shot.figure.attachment for shot in shots) else []
    if layout.pages[0].kind is PageKind.NOTE:
        pages = [note_page(layout.pages[0], layout.note, shown[0], frames[0])]
    else:
        pages = list(
            _split_pages(layout, shown, frames, _pictures(layout, drafts, writer), bool(shots), reading.say)
        )
    account = balance(layout.note, [Placed(s.section.lines, s.converted) for part in shown for s in part])
    words = sum(len(page.markdown.split()) for page in pages)
    problems = [problem for draft in drafts for problem in draft.problems]
    problems += [problem for part in shown for s in part for problem in s.converted.problems]
    pages += [_gallery(layout, shots, writer)] if shots else []
    written = tuple((page.path, page.markdown.encode()) for page in pages)
    return Bound(look_ups.answers, written, account, words, (*problems, *account.problems))


def _with_doubt(shown: ShownSection, say: Words) -> ShownSection:
    """Mark a part that may belong elsewhere."""
    doubt = shown.section.doubt
    if doubt is None:
        return shown
    told = say("perhaps elsewhere", why=as_text(doubt.why), where=f"<code>{as_text(str(doubt.place))}</code>")
    mark = f'<p class="nb-doubt" data-generated data-search-exclude>{told}</p>'
    return replace(shown, doubt=mark)


def _split_pages(
    layout: NoteLayout,
    shown: Sequence[Sequence[ShownSection]],
    frames: Sequence[Frame],
    pictures: Sequence[Picture | None],
    has_gallery: bool,
    say: Words,
) -> Iterator[Page]:
    overview, *topics = layout.pages
    cards = [ShownTopic(*each) for each in zip(topics, shown[1:], pictures, strict=True)]
    gallery = layout.gallery if has_gallery else ""
    yield overview_page(overview, shown[0], cards, frames[0], say, gallery=gallery)
    for topic, sections, frame in zip(topics, shown[1:], frames[1:], strict=True):
        yield topic_page(topic, overview, sections, frame, say)


def _pictures(layout: NoteLayout, drafts: Sequence[Draft], writer: FigureWriter) -> list[Picture | None]:
    """The small picture of each topic's card: the first that is there."""
    overview = layout.pages[0].path
    return [
        next(filter(None, (writer.small(figure, overview) for figure in draft.figures)), None)
        for draft in drafts[1:]
    ]


def _shots(
    layout: NoteLayout, drafts: Sequence[Draft], writer: FigureWriter, twins: Mapping[str, str]
) -> Iterator[Shot]:
    for draft in drafts:
        for shown, slots in draft.sections:
            anchor = f"#{shown.identifier}" if shown.identifier else ""
            href = built_url(draft.layout.path, layout.gallery) + anchor
            for figure, _ in slots.figures:
                shows = twins.get(figure.source, figure.source)
                named = replace(figure, title=writer.title(figure))
                yield Shot(named, href, draft.layout.title, shows)


def _gallery(layout: NoteLayout, shots: Sequence[Shot], writer: FigureWriter) -> Page:
    slots = FigureSlots(has_transcripts=False)
    text = gallery_markdown(shots, lambda figure: slots(figure, inline=True), writer.say)
    body = writer.fill(text, slots, page=layout.gallery)
    title = writer.say("all screenshots")
    described = f"{layout.note.name}: {title}"
    values = {"title": title, "description": described, "source": layout.note.path}
    head = front_matter({**values, **(UNLISTED if is_unlisted(layout.note) else {})})
    markdown = f"{head}\n# {title} {{ data-generated }}\n\n{body}\n"
    return Page(layout.gallery, title, layout.note.path, markdown)
