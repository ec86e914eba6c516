"""The page "All screenshots" of a note: thumbnails as they were taken, day by day. Values in, text out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from msgspec.structs import replace

from notebinder.base.escaping import as_text
from notebinder.images.capture_time import capture_time, format_period
from notebinder.images.figures import overview_facts_html
from notebinder.vault.model import Figure

GALLERY = "All screenshots"
"""The title of the page that lists them."""
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

    @property
    def taken(self) -> datetime | None:
        """When it was captured, as far as its name tells."""
        return capture_time(self.figure.source.rpartition("/")[2])


def gallery_markdown(shots: Sequence[Shot], show: Show) -> str:
    """Return the body of the page; a figure that is shown twice leads to its first place."""
    once = list({shot.figure.source: shot for shot in reversed(shots)}.values())[::-1]
    days = [shot.taken.date() for shot in once if shot.taken]
    facts = overview_facts_html(screenshots=len(once), days=(min(days), max(days)) if days else None)
    groups = (_day_markdown(day, list(of_day), show) for day, of_day in groupby(_as_taken(once), _day))
    return "\n\n".join([facts, *groups])


def _as_taken(shots: Iterable[Shot]) -> list[Shot]:
    """Sort by time; those of unknown time keep the note's order and come last."""
    return sorted(shots, key=lambda shot: (shot.taken is None, shot.taken or datetime.min))


def _day(shot: Shot) -> date | None:
    return shot.taken.date() if shot.taken else None


def _day_markdown(day: date | None, shots: Sequence[Shot], show: Show) -> str:
    title = format_period([day]) if day else "Without a date"
    identifier = day.isoformat() if day else "undated"
    items = "\n".join(_thumbnail_html(shot, show) for shot in shots)
    return (
        f"## {title} {{ #{identifier} data-generated }}\n\n"
        f'<ul class="nb-gallery" data-generated data-search-exclude>\n{items}\n</ul>'
    )


def _thumbnail_html(shot: Shot, show: Show) -> str:
    image = show(replace(shot.figure, width=THUMBNAIL_WIDTH, height=None))
    frame = f'<span class="nb-gallery-frame">{image}</span>'
    return f'<li><a href="{as_text(shot.href)}">{frame}{_title_html(shot)}{_time_html(shot.taken)}</a></li>'


def _title_html(shot: Shot) -> str:
    """A screen reader hears the title already as the image's alternative text."""
    title = shot.figure.title
    return f'<span class="nb-gallery-title" aria-hidden="true">{as_text(title)}</span>' if title else ""


def _time_html(taken: datetime | None) -> str:
    if not taken:
        return ""
    return f'<time datetime="{taken.isoformat(timespec="seconds")}">{taken:%H:%M}</time>'
