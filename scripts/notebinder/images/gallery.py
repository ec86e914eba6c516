"""The page "All screenshots" of a note: thumbnails as they were taken, day by day. Values in, text out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from msgspec.structs import replace

from notebinder.base.escaping import as_text
from notebinder.base.words import ENGLISH, Words
from notebinder.images.capture_time import capture_time
from notebinder.images.figures import overview_facts_html
from notebinder.vault.model import Figure

THUMBNAIL_WIDTH = 240
"""CSS pixels."""

Show = Callable[[Figure], str]
"""Returns the HTML of an image within a line, or what stands for it until it is published."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A figure of a note, and where it is shown."""

    figure: Figure
    href: str
    """Its section, relative to the built gallery page."""
    topic: str = ""
    """The title of the page that shows it."""
    shows: str = ""
    """The same for figures that show the same."""

    @property
    def taken(self) -> datetime | None:
        """When it was captured, as far as its name tells."""
        return capture_time(self.figure.source.rpartition("/")[2])


def gallery_markdown(shots: Iterable[Shot], show: Show, say: Words = ENGLISH) -> str:
    """Return the body of the page; of figures that show the same, the first, with all their places."""
    places: dict[str, list[Shot]] = {}
    for shot in shots:
        places.setdefault(shot.shows or shot.figure.source, []).append(shot)
    once = list(places.values())
    days = [same[0].taken.date() for same in once if same[0].taken]
    period = (min(days), max(days)) if days else None
    facts = overview_facts_html(screenshots=len(once), days=period, say=say)
    groups = (_day_markdown(day, list(of_day), show, say) for day, of_day in groupby(_as_taken(once), _day))
    return "\n\n".join([facts, *groups])


def _as_taken(once: Iterable[Sequence[Shot]]) -> list[Sequence[Shot]]:
    """Sort by time; those of unknown time keep the note's order and come last."""
    return sorted(once, key=lambda same: (same[0].taken is None, same[0].taken or datetime.min))


def _day(same: Sequence[Shot]) -> date | None:
    return same[0].taken.date() if same[0].taken else None


def _day_markdown(day: date | None, once: Iterable[Sequence[Shot]], show: Show, say: Words) -> str:
    title = say.period([day]) if day else say("without date")
    identifier = day.isoformat() if day else "undated"
    items = "\n".join(_thumbnail_html(same, show, say) for same in once)
    return (
        f"## {title} {{ #{identifier} data-generated }}\n\n"
        f'<ul class="nb-gallery" data-generated data-search-exclude>\n{items}\n</ul>'
    )


def _thumbnail_html(same: Sequence[Shot], show: Show, say: Words) -> str:
    shot = same[0]
    image = show(replace(shot.figure, width=THUMBNAIL_WIDTH, height=None))
    frame = f'<span class="nb-gallery-frame">{image}</span>'
    link = f'<a href="{as_text(shot.href)}">{frame}{_title_html(shot)}{_time_html(shot.taken)}</a>'
    return f"<li>{link}{_places_html(same, say)}</li>"


def _places_html(same: Iterable[Shot], say: Words) -> str:
    """Name the places of a figure that has several."""
    places = {shot.href: shot.topic for shot in same}
    if len(places) < 2:
        return ""
    links = (
        f'<a class="nb-gallery-place" href="{as_text(href)}">{as_text(topic)}</a>'
        for href, topic in places.items()
    )
    return f'<span class="nb-gallery-places">{say("in places", places=", ".join(links))}</span>'


def _title_html(shot: Shot) -> str:
    """A screen reader hears the title already as the image's alternative text."""
    title = shot.figure.title
    return f'<span class="nb-gallery-title" aria-hidden="true">{as_text(title)}</span>' if title else ""


def _time_html(taken: datetime | None) -> str:
    if not taken:
        return ""
    return f'<time datetime="{taken.isoformat(timespec="seconds")}">{taken:%H:%M}</time>'
