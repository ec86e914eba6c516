"""The HTML of figures, placeholders, cards and facts: plain values in, text out. Reads no file.

Whole figures stand as a block of their own on a page; the `inline_` forms hold nothing but phrasing
content, so they may stand in a sentence, a list item or a table cell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from notebinder.base.escaping import as_text
from notebinder.base.words import ENGLISH, Words
from notebinder.images.capture_time import capture_time
from notebinder.vault.model import Figure
from notebinder.vault.syntax.slugs import slug


@dataclass(frozen=True, slots=True)
class Picture:
    """The files of a published image, as addresses from the built page that shows it."""

    src: str
    size: tuple[int, int] | None = None
    """CSS pixels; None for a drawing without a size of its own."""
    srcset: str = ""
    sizes: str = ""
    colour: str = ""
    """What is painted until the image is there."""
    zoom: str = ""
    """The best quality, which a click leads to."""
    pixels: tuple[int, int] | None = None
    """How large that is."""
    night: str | None = None
    """What stays as it is in the dark, as the theme reads it; None for a picture that is not turned dark."""
    has_ground: bool = False
    """Whether it is drawn dark on nothing, and needs a light ground in the dark."""


@dataclass(frozen=True, slots=True)
class Lack:
    """Why a picture is not there."""

    reason: str = ""
    """What is wrong with its file; empty for one that does not exist."""
    hint: str = ""
    """What its author is told of a missing one."""

    @property
    def said(self) -> str:
        """What stands below its title."""
        return self.reason or self.hint


@dataclass(frozen=True, slots=True)
class Card:
    """What a page says of another, such as an overview of one topic."""

    title: str
    href: str
    """The other page, relative to the built page that shows the card."""
    contents: str = ""
    """What is in it."""
    number: int | None = None
    """The topic's number in the outline."""
    picture: Picture | None = None


def image_html(  # noqa: PLR0913  # a figure has many parts, and each is told apart by its name
    figure: Figure,
    picture: Picture,
    *,
    caption: str = "",
    identifier: str = "",
    loading: str = "lazy",
    words: str = "",
    say: Words = ENGLISH,
) -> str:
    """Show an image as a figure; one with an identifier has an address, and its caption a link to itself.

    The layer of its words lies over the picture.
    """
    image = _bare_image_html(figure, picture, loading)
    if picture.zoom:
        image = f"<a{_attributes(_zoomed(figure, picture, caption, say))}>{image}</a>"
    if words or picture.night is not None:
        image = f'<div class="nb-picture">{image}{words}</div>'
    own = {"id": identifier or None}
    lines = [f'<figure class="nb-figure"{_attributes(own)}>', image]
    if caption:
        lines.append(
            f"<figcaption data-generated>{as_text(caption)}{_self_link(identifier, say)}</figcaption>"
        )
    return "\n".join([*lines, "</figure>"])


def _zoomed(figure: Figure, picture: Picture, caption: str, say: Words) -> Mapping[str, str | int | None]:
    """What the viewer of pictures is told: the best quality, how large it is, and when it was taken.

    Its title as well, where the page tells it neither as a caption nor as the alternative text.
    """
    width, height = picture.pixels or (None, None)
    taken = capture_time(figure.source.rpartition("/")[2])
    return {
        "class": "nb-zoom",
        "href": picture.zoom,
        "data-width": width,
        "data-height": height,
        "data-title": None if caption or figure.title == _alternative(figure) else figure.title or None,
        "data-taken": say.moment(taken) if taken else None,
    }


def inline_image_html(figure: Figure, picture: Picture, *, loading: str = "lazy") -> str:
    """Show an image within a line; one that is turned dark within what can hold its coloured parts."""
    image = _bare_image_html(figure, picture, loading)
    return image if picture.night is None else f'<span class="nb-picture">{image}</span>'


def _bare_image_html(figure: Figure, picture: Picture, loading: str) -> str:
    width, height = _shown_size(figure, picture.size)
    attributes = {
        "class": f"nb-fragment-{slug(figure.fragment)}" if figure.fragment else None,
        "src": picture.src,
        "srcset": picture.srcset or None,
        "sizes": picture.sizes or None,
        "alt": _alternative(figure),
        "width": width,
        "height": height,
        "loading": loading,
        "fetchpriority": "high" if loading == "eager" else None,  # a reader waits for it longest
        "decoding": "async",
        "style": f"background-color:{picture.colour}" if picture.colour else None,
        "data-night": picture.night,
        "data-ground": "" if picture.has_ground else None,
        "data-source": _attachment_name(figure),
    }
    return f"<img{_attributes(attributes)}>"


def _self_link(identifier: str, say: Words) -> str:
    if not identifier:
        return ""
    href = as_text(f"#{identifier}")
    title = as_text(say("link to figure"))
    return f'<a class="headerlink" href="{href}" title="{title}" data-search-exclude>#</a>'


def placeholder_html(
    figure: Figure, lack: Lack, *, say: Words = ENGLISH, taken: datetime | None = None, title: str = ""
) -> str:
    """Say in a line that an image is not there or cannot be shown, when it was taken, and what is wrong."""
    kind = say("cannot be shown" if lack.reason else "to come")
    facts = say.listed([kind, _time(taken, say) if taken else ""])
    hint = f'<span class="nb-placeholder-hint">{as_text(lack.said)}</span>'
    name = _attachment_name(figure)
    return "\n".join(
        [
            f'<figure class="nb-figure nb-placeholder"{_attributes({"data-source": name})}>',
            '<figcaption class="nb-placeholder-plate" data-generated data-search-exclude>',
            f'<span class="nb-placeholder-title">{as_text(title or _alternative(figure) or name)}</span>',
            f'<span class="nb-placeholder-facts">{facts}</span>',
            *([hint] if lack.said else []),
            "</figcaption>",
            "</figure>",
        ]
    )


def inline_placeholder_html(figure: Figure, lack: Lack, *, say: Words = ENGLISH) -> str:
    """Show within a line where an image will appear that is not there or cannot be shown."""
    name = _attachment_name(figure)
    kind = say("cannot be shown" if lack.reason else "to come")
    title = f"{name} {kind}. {lack.said}".strip()
    attributes = {"class": "nb-placeholder-inline", "data-source": name, "title": title}
    label = f"<span data-generated data-search-exclude>{as_text(_alternative(figure))}</span>"
    return f"<span{_attributes(attributes)}>{label}</span>"


def cards_html(cards: Sequence[Card]) -> str:
    """List pages as cards, in the order given."""
    items = "\n".join(_card_html(card) for card in cards)
    return f'<ul class="nb-cards" data-generated data-search-exclude>\n{items}\n</ul>' if items else ""


def overview_facts_html(
    *,
    screenshots: int,
    texts: int = 0,
    days: tuple[date, date] | None = None,
    missing: int = 0,
    say: Words = ENGLISH,
) -> str:
    """Say what a note holds and when its screenshots were taken.

    >>> days = date(2024, 12, 11), date(2024, 12, 12)
    >>> overview_facts_html(screenshots=2, days=days)
    '<p class="nb-facts" data-generated data-search-exclude>2 screenshots, taken 11–12 December 2024</p>'
    """
    counted = say.count("screenshots", screenshots)
    if days and counted:
        counted = say("taken then", a=counted, days=say.period(days))
    text = say.count("texts", texts)
    facts = say("and", a=counted, b=text) if counted and text else counted or text or say("nothing yet")
    if missing:
        facts += f". {say.count('screenshots to come', missing)}"
    return f'<p class="nb-facts" data-generated data-search-exclude>{facts}</p>'


def source_line_html(title: str, href: str, say: Words = ENGLISH) -> str:
    """Say which note a page was made from."""
    link = f'<a href="{as_text(href)}">{as_text(title)}</a>'
    return f'<p class="nb-source" data-generated data-search-exclude>{say("from note", note=link)}</p>'


def contents_phrase(screenshots: int, texts: int, say: Words = ENGLISH) -> str:
    """Count what a topic holds.

    >>> contents_phrase(7, 1)
    '7 screenshots, 1 text'
    """
    counted = [say.count("screenshots", screenshots), say.count("texts", texts)]
    return say.listed(counted) or say("nothing yet")


def _card_html(card: Card) -> str:
    number = "" if card.number is None else f'<span class="nb-card-number">{card.number}</span>'
    return (
        f'<li class="nb-card"><a class="nb-card-link" href="{as_text(card.href)}">'
        f"{_card_picture_html(card.picture) if card.picture else ''}{number}"
        f'<span class="nb-card-title">{as_text(card.title)}</span>'
        f'<span class="nb-card-contents">{as_text(card.contents)}</span>'
        "</a></li>"
    )


def _card_picture_html(picture: Picture) -> str:
    width, height = picture.size or (None, None)
    attributes = {
        "src": picture.src,
        "alt": "",
        "width": width,
        "height": height,
        "loading": "lazy",
        "data-night": picture.night,
        "data-ground": "" if picture.has_ground else None,
    }
    return f'<span class="nb-card-picture"><img{_attributes(attributes)}></span>'


def _attachment_name(figure: Figure) -> str:
    return figure.attachment.name if figure.attachment else figure.source.rpartition("/")[2]


def _alternative(figure: Figure) -> str:
    return figure.alt or figure.title or _attachment_name(figure).rpartition(".")[0] or figure.source


def _shown_size(figure: Figure, natural: tuple[int, int] | None) -> tuple[int | None, int | None]:
    """The size that the author asked for; what he left open follows from the picture's own shape."""
    width, height = figure.width, figure.height
    if natural is None or (width and height):
        return width, height
    if width:
        return width, max(1, round(natural[1] * width / natural[0]))
    if height:
        return max(1, round(natural[0] * height / natural[1])), height
    return natural


def _attributes(values: Mapping[str, str | int | None]) -> str:
    """Attributes in the order given; None stands for one that is left out."""
    return "".join(f' {name}="{as_text(str(value))}"' for name, value in values.items() if value is not None)


def _time(moment: datetime, say: Words) -> str:
    return f'<time datetime="{moment.isoformat(timespec="seconds")}">{say.moment(moment)}</time>'
