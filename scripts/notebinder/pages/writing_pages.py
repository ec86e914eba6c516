"""Put a page together from its converted sections: front matter, headings, cards, source line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import Struct
from msgspec.structs import replace

from notebinder.base.escaping import as_text, markdown_text, template_text
from notebinder.base.urls import built_url
from notebinder.base.words import ENGLISH, Words
from notebinder.images.capture_time import capture_time
from notebinder.images.figures import (
    Card,
    Picture,
    cards_html,
    contents_phrase,
    overview_facts_html,
    source_line_html,
)
from notebinder.pages.front_matter import describe, front_matter
from notebinder.pages.header_footer import Frame
from notebinder.pages.layout import PageKind, PageLayout, Section
from notebinder.pages.model import Converted, Page
from notebinder.vault.model import Note
from notebinder.vault.outline import plain_text
from notebinder.vault.packed import blocks_in, top_headings
from notebinder.vault.syntax.headings import comparable


class ShownSection(Struct, frozen=True):
    """A section of a page, converted."""

    section: Section
    converted: Converted
    identifier: str = ""
    """The id of the heading that the site puts above it; empty where there is none."""
    is_headed: bool = True
    """Whether the heading is shown; where the page's title says the same, its place is marked alone."""
    doubt: str = ""
    """What its author is told below the heading, as HTML; empty for readers."""

    @property
    def heading(self) -> str:
        """That heading as Markdown."""
        title, identifier = self.section.title, self.identifier
        if identifier and not self.is_headed:
            return f'<span class="nb-anchor" id="{as_text(identifier)}"></span>'
        return f"## {markdown_text(title)} {{ #{identifier} data-generated }}" if identifier else ""


def heading_shift(note: Note, layout: PageLayout) -> int:
    """Return by how many levels the author's headings move so that they stand below the page's title."""
    if layout.kind is PageKind.NOTE and has_own_title(note, layout.title) and _title_is_highest(note):
        return 0
    levels = [
        heading.level
        for section in layout.sections
        for heading in blocks_in(top_headings(note.blocks), section.lines)
    ]
    if layout.kind is PageKind.TOPIC:
        return 2 - min(levels, default=2)
    return 1 if 1 in levels else 0


def has_own_title(note: Note, title: str) -> bool:
    """Tell whether the note opens with a heading that repeats its title, which is then shown once."""
    first = next((block for block in note.blocks if block.kind != "comment"), None)
    if first is None or first.kind != "heading":
        return False
    return comparable(plain_text(first.text)) == comparable(title) != ""


def _title_is_highest(note: Note) -> bool:
    """Tell whether no heading but the first is of level 1."""
    return all(heading.level > 1 for heading in top_headings(note.blocks)[1:])


@dataclass(frozen=True, slots=True)
class ShownTopic:
    """A topic of a split note as its overview tells of it."""

    layout: PageLayout
    sections: Sequence[ShownSection]
    picture: Picture | None = None
    """Its first picture, as the built overview shows it."""


def topic_page(
    layout: PageLayout,
    overview: PageLayout,
    sections: Sequence[ShownSection],
    frame: Frame,
    say: Words = ENGLISH,
) -> Page:
    """Write the page of one topic."""
    origin = source_line_html(overview.title, built_url(overview.path, layout.path), say)
    empty = f'<p class="nb-empty" data-generated>{say("empty topic")}</p>'
    if len(sections) == 1 and _alike(sections[0].section.title, layout.title):
        sections = [replace(sections[0], is_headed=False)]
    return _page(layout, sections, [_joined(sections) or empty, origin], frame)


def overview_page(
    layout: PageLayout,
    sections: Sequence[ShownSection],
    topics: Sequence[ShownTopic],
    frame: Frame,
    say: Words = ENGLISH,
    *,
    gallery: str = "",
) -> Page:
    """Write the overview of a split note: facts, a card for each topic, its outline as typed behind them."""
    outline = next((i for i, shown in enumerate(sections) if shown.section.is_outline), 0)
    behind = outline + 1 if sections and sections[outline].section.is_outline else outline
    everything = [*sections, *(shown for topic in topics for shown in topic.sections)]
    blocks = [
        _facts(everything, say),
        _joined(sections[:outline]),
        cards_html([_card(layout, topic, say) for topic in topics]),
        _gallery_link(gallery, layout.path, say),
        _outline(_joined(sections[outline:behind]), say),
        _joined(sections[behind:]),
    ]
    description = f"{layout.title}: " + ", ".join(topic.layout.title for topic in topics)
    return _page(layout, sections, blocks, frame, description=describe(markdown_text(description)))


def note_page(layout: PageLayout, note: Note, sections: Sequence[ShownSection], frame: Frame) -> Page:
    """Write the page of a note that is not split."""
    text = _joined(sections)
    title, _, rest = text.partition("\n")
    if not has_own_title(note, layout.title) or not title.startswith("#"):
        return _page(layout, sections, [text], frame)
    return _page(layout, sections, [rest.strip("\n")], frame, title=f"# {title.lstrip('#').lstrip()}")


def _page(
    layout: PageLayout,
    sections: Sequence[ShownSection],
    blocks: Sequence[str],
    frame: Frame,
    *,
    description: str = "",
    title: str = "",
) -> Page:
    values = {
        "title": template_text(layout.title),
        "description": description
        or describe(_joined(sections), [shown.section.title for shown in sections]),
        "source": layout.note,
    } | {key: value for key, value in frame.meta.items() if value}
    title = title or f"# {markdown_text(layout.title)} {{ data-generated }}"
    body = "\n\n".join(block for block in (title, frame.head, *blocks, frame.foot) if block)
    return Page(layout.path, layout.title, layout.note, f"{front_matter(values)}\n{body}\n")


def _joined(sections: Sequence[ShownSection]) -> str:
    texts = (
        text
        for shown in sections
        for text in (shown.heading, shown.doubt, shown.converted.markdown.strip("\n"))
    )
    return "\n\n".join(text for text in texts if text)


def _alike(one: str, other: str) -> bool:
    return plain_text(one).casefold() == plain_text(other).casefold()


def _outline(typed: str, say: Words) -> str:
    """Keep the outline as it was typed at hand; the cards show the same topics."""
    if not typed:
        return ""
    summary = f"<summary data-generated data-search-exclude>{say('outline')}</summary>"
    return f'<details class="nb-outline" markdown>\n{summary}\n\n{typed}\n\n</details>'


def _facts(sections: Sequence[ShownSection], say: Words) -> str:
    once = {shown.section.lines: shown for shown in sections}.values()
    figures = {figure.source: figure for shown in once for figure in shown.converted.figures}
    if not figures:
        return ""
    times = [time.date() for time in map(capture_time, figures) if time]
    return overview_facts_html(
        screenshots=len(figures),
        texts=sum(map(_is_text, once)),
        days=(min(times), max(times)) if times else None,
        missing=sum(figure.attachment is None for figure in figures.values()),
        say=say,
    )


def _card(overview: PageLayout, topic: ShownTopic, say: Words) -> Card:
    return Card(
        topic.layout.title,
        built_url(topic.layout.path, overview.path),
        contents_phrase(
            sum(len(shown.converted.figures) for shown in topic.sections),
            sum(map(_is_text, topic.sections)),
            say,
        ),
        number=topic.layout.entry.number if topic.layout.entry else None,
        picture=topic.picture,
    )


def _gallery_link(gallery: str, page: str, say: Words) -> str:
    if not gallery:
        return ""
    link = f'<a href="{built_url(gallery, page)}">{say("as taken")}</a>'
    return f'<p class="nb-gallery-link" data-generated data-search-exclude>{link}</p>'


def _is_text(shown: ShownSection) -> bool:
    return shown.section.part is not None and not shown.section.part.embed
