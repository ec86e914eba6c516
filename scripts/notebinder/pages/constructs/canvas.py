"""Canvases: a picture of their cards and arrows, and below it the cards' texts and links."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from notebinder.base.escaping import as_text
from notebinder.base.urls import built_url
from notebinder.pages.constructs.boxes import labelled_box
from notebinder.pages.constructs.lines import raw_html
from notebinder.pages.constructs.text import attribute
from notebinder.pages.constructs.writing import Writing
from notebinder.vault.model import Attachment
from notebinder.vault.syntax.schemes import ALWAYS, outside_address, scheme_of

_LETTERS_OF_A_LABEL = 32
_MARGIN = 20


@dataclass(frozen=True, slots=True)
class CanvasCard:
    """A card of a canvas, or a group of cards."""

    name: str
    kind: str
    """`text`, `file`, `link` or `group`."""
    text: str
    """What it says, or the file or address that it shows."""
    x: float
    y: float
    width: float
    height: float

    @property
    def centre(self) -> tuple[float, float]:
        """The point that arrows begin and end at."""
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Canvas:
    """What a canvas file holds."""

    cards: tuple[CanvasCard, ...]
    arrows: tuple[tuple[str, str, str], ...]
    """From which card to which, and what is written on it."""


def canvas(attachment: Attachment, writing: Writing) -> list[str]:
    """Write an embedded canvas."""
    try:
        found = read_canvas(writing.context.look_ups.text_of(attachment.path))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        return labelled_box(writing.context.reading.say("canvas", name=attachment.name), "", writing)
    name = attribute(attachment.name)
    return raw_html(
        [
            f'<figure class="nb-canvas" data-source="{name}" data-generated>',
            _picture(found, name),
            f'<figcaption><ul class="nb-canvas-cards">{_texts(found.cards, writing)}</ul></figcaption>',
            "</figure>",
        ],
        writing,
    )


def read_canvas(source: str) -> Canvas:
    """Read a canvas file; raise an error if it is none."""
    data = json.loads(source or "{}")
    cards = tuple(_card(node) for node in data.get("nodes", ()))
    arrows = tuple(
        (str(edge["fromNode"]), str(edge["toNode"]), str(edge.get("label", "")))
        for edge in data.get("edges", ())
    )
    return Canvas(cards, arrows)


def _card(node: Mapping[str, Any]) -> CanvasCard:
    text = next((str(node[key]) for key in ("text", "file", "url", "label") if node.get(key)), "")
    x, y, width, height = places = [float(node[key]) for key in ("x", "y", "width", "height")]
    if not all(map(isfinite, places)):
        raise ValueError("a card is nowhere")
    return CanvasCard(str(node["id"]), str(node["type"]), text, x, y, width, height)


def _picture(found: Canvas, name: str) -> str:
    cards = found.cards
    left = min((card.x for card in cards), default=0.0) - _MARGIN
    top = min((card.y for card in cards), default=0.0) - _MARGIN
    width = max((card.x + card.width for card in cards), default=0.0) + _MARGIN - left
    height = max((card.y + card.height for card in cards), default=0.0) + _MARGIN - top
    places = {card.name: card.centre for card in cards}
    arrows = "".join(
        _arrow(places[a], places[b], label) for a, b, label in found.arrows if a in places and b in places
    )
    boxes = "".join(map(_box, sorted(cards, key=lambda card: card.kind != "group")))
    view = f"{left:g} {top:g} {width:g} {height:g}"
    return f'<svg role="img" aria-label="{name}" viewBox="{view}">{arrows}{boxes}</svg>'


def _arrow(start: tuple[float, float], end: tuple[float, float], label: str) -> str:
    (x1, y1), (x2, y2) = start, end
    line = f'<line class="nb-canvas-arrow" x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}"/>'
    return line + (_label(label, (x1 + x2) / 2, (y1 + y2) / 2) if label else "")


def _box(card: CanvasCard) -> str:
    kind = f"nb-canvas-card nb-canvas-{attribute(card.kind)}"
    size = f'width="{card.width:g}" height="{card.height:g}"'
    rect = f'<rect class="{kind}" x="{card.x:g}" y="{card.y:g}" {size}/>'
    label = " ".join(card.text.split())
    short = label if len(label) <= _LETTERS_OF_A_LABEL else f"{label[: _LETTERS_OF_A_LABEL - 1]}…"
    x, y = card.centre
    return rect + _label(short, x, card.y + _MARGIN if card.kind == "group" else y)


def _label(text: str, x: float, y: float) -> str:
    return f'<text class="nb-canvas-label" x="{x:g}" y="{y:g}" text-anchor="middle">{as_text(text)}</text>'


def _texts(cards: Iterable[CanvasCard], writing: Writing) -> str:
    ordered = sorted(cards, key=lambda card: (card.y, card.x))
    return "".join(f"<li>{_text(card, writing)}</li>" for card in ordered if card.text)


def _text(card: CanvasCard, writing: Writing) -> str:
    text = as_text(card.text)
    address = outside_address(card.text) if card.kind == "link" and scheme_of(card.text) in ALWAYS else ""
    if address:
        return f'<a href="{attribute(address)}">{text}</a>'
    look_ups = writing.context.look_ups
    found = look_ups.find(card.text, writing.note.path) if card.kind == "file" else None
    place = found and look_ups.note_address(found.path)
    if place:
        return f'<a href="{attribute(built_url(place.page, writing.context.page))}">{text}</a>'
    return text
