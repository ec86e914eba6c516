"""Read a canvas: its cards in reading order, and its arrows. Reads no file and writes nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from msgspec import Struct

from notebinder.vault.syntax.schemes import scheme_of

_FARTHEST = 10_000_000
"""Pixels from the middle of a canvas; browsers draw nothing beyond."""
_COLOUR = re.compile(r"[1-6]|#(?:[0-9a-fA-F]{3}){1,2}")
_SIDES = ("top", "right", "bottom", "left")
_IN_PATH = "/ #^"
_MOST_GROUPS = 100
"""So many groups are looked through for each card; a canvas with more is read row by row."""
_NOT_IN_ADDRESS = re.compile(r"[<>\s]")


class UnreadableCanvasError(ValueError):
    """A file that is no canvas."""


class CanvasCard(Struct, frozen=True):
    """A card of a canvas, or a group of cards."""

    name: str
    kind: str
    """`text`, `file`, `link` or `group`."""
    text: str
    """What it says: of a text card its Markdown, of a group its label, else the file or address it shows."""
    left: float
    top: float
    width: float
    height: float
    part: str = ""
    """The heading or block of the file that it shows, behind a `#`."""
    colour: str = ""
    """A number from 1 to 6, or `#` and its hexadecimal value."""
    background: str = ""
    """The picture behind a group."""

    @property
    def markdown(self) -> str:
        """What a note would say to show the same; nothing for a group."""
        if self.kind == "file":
            return f"![](<{quote(self.text, safe='/ ')}{quote(self.part, safe=_IN_PATH)}>)"
        if self.kind == "link":
            address = _NOT_IN_ADDRESS.sub(lambda found: quote(found[0]), self.text)
            return f"<{address}>" if scheme_of(address) else address
        return self.text if self.kind == "text" else ""

    @property
    def is_group(self) -> bool:
        """Tell whether it is a frame around cards."""
        return self.kind == "group"

    def holds(self, other: CanvasCard) -> bool:
        """Tell whether the middle of another card lies in it."""
        x, y = other.left + other.width / 2, other.top + other.height / 2
        return self.left <= x <= self.left + self.width and self.top <= y <= self.top + self.height


class CanvasArrow(Struct, frozen=True):
    """A line from a card to another."""

    start: str
    """The name of the card where it begins."""
    end: str
    start_side: str = ""
    """`top`, `right`, `bottom`, `left`, or nothing where any will do."""
    end_side: str = ""
    start_has_head: bool = False
    end_has_head: bool = True
    label: str = ""
    colour: str = ""


class Canvas(Struct, frozen=True):
    """What a canvas file holds."""

    cards: tuple[CanvasCard, ...] = ()
    """In reading order: row by row; a group, then what is in it."""
    arrows: tuple[CanvasArrow, ...] = ()
    """Those whose cards are both there."""


def read_canvas(source: str) -> Canvas:
    """Read a canvas file."""
    try:
        data = json.loads(source or "{}")
        cards = tuple(_card(node) for node in data.get("nodes", ()))
        names = {card.name for card in cards}
        arrows = (_arrow(edge) for edge in data.get("edges", ()))
        return Canvas(_ordered(cards), tuple(a for a in arrows if {a.start, a.end} <= names))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError) as error:
        raise UnreadableCanvasError(str(error)) from error


def _card(node: Mapping[str, Any]) -> CanvasCard:
    text = next((str(node[key]) for key in ("text", "file", "url", "label") if node.get(key)), "")
    places = [float(node[key]) for key in ("x", "y", "width", "height")]
    if not all(abs(place) <= _FARTHEST for place in places):
        raise ValueError("a card is nowhere")
    left, top, width, height = places
    part, kind = str(node.get("subpath") or ""), str(node["type"])
    return CanvasCard(
        str(node["id"]),
        kind,
        text,
        left,
        top,
        abs(width),
        abs(height),
        part,
        _colour(node.get("color")),
        str(node.get("background") or ""),
    )


def _arrow(edge: Mapping[str, Any]) -> CanvasArrow:
    sides = (str(edge.get(key) or "") for key in ("fromSide", "toSide"))
    start_side, end_side = (side if side in _SIDES else "" for side in sides)
    return CanvasArrow(
        str(edge["fromNode"]),
        str(edge["toNode"]),
        start_side,
        end_side,
        start_has_head=edge.get("fromEnd", "none") != "none",
        end_has_head=edge.get("toEnd", "arrow") != "none",
        label=" ".join(str(edge.get("label") or "").split()),
        colour=_colour(edge.get("color")),
    )


def _colour(given: object) -> str:
    return str(given) if _COLOUR.fullmatch(str(given)) else ""


def _ordered(cards: Iterable[CanvasCard]) -> tuple[CanvasCard, ...]:
    """Sort cards as they are read; what lies in a group follows it."""
    ordered = list(_rows(cards))
    groups = sorted((card for card in ordered if card.is_group), key=lambda group: group.width * group.height)
    groups = groups if len(groups) <= _MOST_GROUPS else []
    inside: dict[int, list[CanvasCard]] = {}
    outside = []
    for card in ordered:
        around = next((g for g in groups if g is not card and _is_in(card, g)), None)
        inside.setdefault(id(around), []).append(card) if around else outside.append(card)
    found: list[CanvasCard] = []
    waiting = outside[::-1]
    while waiting:
        found.append(card := waiting.pop())
        waiting += inside.get(id(card), [])[::-1]
    return tuple(found)


def _is_in(card: CanvasCard, group: CanvasCard) -> bool:
    return group.holds(card) and (not card.is_group or card.width * card.height < group.width * group.height)


def _rows(cards: Iterable[CanvasCard]) -> Iterator[CanvasCard]:
    """Yield cards row by row, each from left to right; a row is what begins above the middle of its first."""
    row: list[CanvasCard] = []
    for card in sorted(cards, key=lambda card: (card.top, card.left)):
        if row and card.top >= row[0].top + row[0].height / 2:
            yield from sorted(row, key=lambda card: card.left)
            row = []
        row.append(card)
    yield from sorted(row, key=lambda card: card.left)
