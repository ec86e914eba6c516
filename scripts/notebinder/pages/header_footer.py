"""What stands around a note's own words on its page: language, tags, properties, dates, backlinks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from notebinder.base.escaping import as_text, template_text
from notebinder.base.urls import built_url
from notebinder.base.words import Words
from notebinder.pages.backlinks import Backlink, backlinks_html
from notebinder.pages.constructs.look_ups import LookUps
from notebinder.pages.constructs.tags import tag_anchor
from notebinder.pages.dates import Dates, note_dates
from notebinder.pages.front_matter import UNLISTED
from notebinder.pages.languages import note_language
from notebinder.pages.layout import PageKind, PageLayout, is_unlisted
from notebinder.vault.model import Note
from notebinder.vault.syntax.properties import property_aliases, property_tags
from notebinder.vault.syntax.sanitising import own_classes


@dataclass(frozen=True, slots=True)
class Frame:
    """What a page shows besides its sections."""

    meta: Mapping[str, object] = field(default_factory=dict)
    """Front matter: what the author's properties mean to a reader, translated on purpose."""
    head: str = ""
    """HTML below the title."""
    foot: str = ""
    """HTML at the page's end."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the frames of a note's pages are made from."""

    backlinks: Mapping[str, Sequence[Backlink]]
    """By the page that they lead to."""
    dates: Dates
    """What git knows of the note."""
    look_ups: LookUps


def frame_of(note: Note, page: PageLayout, around: Surroundings, properties: str = "") -> Frame:
    """Return the frame of a page; what is said of the whole note stands on the page that stands for it."""
    dates = note_dates(note, around.dates)
    say = around.look_ups.how_to_read().say
    foot = [_dates_html(dates, say), backlinks_html(around.backlinks.get(page.path, ()), page.path, say)]
    unlisted = dict(UNLISTED) if is_unlisted(note) else {}
    whole = _language(note, say) | unlisted | _comments(note)
    if page.kind is PageKind.TOPIC:
        return Frame(whole, foot="\n\n".join(filter(None, foot)))

    tags = property_tags(note.properties)
    head = [_tags_html(tags, page.path, around.look_ups.page_of_tags()), properties]
    meta = {
        **whole,
        "tags": [template_text(tag) for tag in tags],
        "aliases": [template_text(alias) for alias in property_aliases(note.properties)],
        "classes": " ".join(_classes(note)),
        "description": _described(note),
        **{
            name: day.isoformat()
            for name, day in (("created", dates.created), ("updated", dates.updated))
            if day
        },
    }
    return Frame(meta, "\n\n".join(filter(None, head)), "\n\n".join(filter(None, foot)))


def _language(note: Note, say: Words) -> dict[str, object]:
    """Say in which language a note is, and which way it runs where the site may run the other way."""
    language = note_language(note)
    is_told = language.direction == "rtl" or (say.direction == "rtl" and note.blocks)
    return {"lang": language.code, "dir": language.direction if is_told else ""}


def _comments(note: Note) -> dict[str, object]:
    """Whether the author's template shows comments; the name is the one of Material's documentation."""
    wanted = note.properties.get("comments")
    return {"comments": wanted} if isinstance(wanted, bool) else {}


def _described(note: Note) -> str:
    value = note.properties.get("description")
    return " ".join(value.split()) if isinstance(value, str) else ""


def _classes(note: Note) -> list[str]:
    """The author's CSS classes, in every spelling; nothing but names of classes that are not the theme's."""
    found: list[str] = []
    for key in ("cssclasses", "cssclass"):
        value = note.properties.get(key)
        found += map(str, value) if isinstance(value, list) else str(value or "").replace(",", " ").split()
    return own_classes(found)


def _tags_html(tags: Sequence[str], page: str, tag_page: str) -> str:
    target = as_text(built_url(tag_page, page))
    links = " ".join(
        f'<a class="tag nb-tag" href="{target}#{as_text(tag_anchor(tag))}">#{as_text(tag)}</a>'
        for tag in tags
    )
    return f'<p class="nb-tags" data-generated>{links}</p>' if links else ""


def _dates_html(dates: Dates, say: Words) -> str:
    facts = [_date_html("created", dates.created, say)]
    if dates.updated != dates.created:
        facts.append(_date_html("updated", dates.updated, say))
    text = " · ".join(filter(None, facts))
    return f'<p class="nb-dates" data-generated data-search-exclude>{text}</p>' if text else ""


def _date_html(label: str, day: date | None, say: Words) -> str:
    return f'{say(label)} <time datetime="{day.isoformat()}">{say.period([day])}</time>' if day else ""
