"""The arrows of a canvas as a drawing: curves from a side of one card to a side of another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import hypot
from types import MappingProxyType
from typing import NamedTuple

from notebinder.vault.canvases import Canvas, CanvasArrow, CanvasCard

_MARGIN = 40
"""Pixels around all cards; the label of a group stands above it."""
_HEAD = 14
_REACH = (40, 220)
"""How far a curve runs straight from a card, at least and at most."""
_OUTWARDS = MappingProxyType({"top": (0, -1), "right": (1, 0), "bottom": (0, 1), "left": (-1, 0)})


class Point(NamedTuple):
    """A place on a canvas."""

    x: float
    y: float

    def towards(self, way: tuple[float, float], far: float) -> Point:
        """Return the place so far away."""
        return Point(self.x + way[0] * far, self.y + way[1] * far)


class Frame(NamedTuple):
    """What of a canvas is shown."""

    left: float
    top: float
    width: float
    height: float


class _Curve(NamedTuple):
    """A curve of Bézier, and the ways out of its cards."""

    points: tuple[Point, Point, Point, Point]
    ways: tuple[tuple[float, float], tuple[float, float]]


def frame_around(cards: Sequence[CanvasCard]) -> Frame:
    """Return the frame around all cards."""
    left = min((card.left for card in cards), default=0.0) - _MARGIN
    top = min((card.top for card in cards), default=0.0) - _MARGIN
    right = max((card.left + card.width for card in cards), default=0.0) + _MARGIN
    bottom = max((card.top + card.height for card in cards), default=0.0) + _MARGIN
    return Frame(left, top, right - left, bottom - top)


def arrows_svg(drawn: Canvas, frame: Frame) -> str:
    """Draw the arrows; their labels are texts of the page."""
    cards = {card.name: card for card in drawn.cards}
    lines = "".join(_arrow(arrow, cards[arrow.start], cards[arrow.end]) for arrow in drawn.arrows)
    view = " ".join(f"{round(number)}" for number in frame)
    return f'<div class="nb-canvas-arrows" aria-hidden="true"><svg viewBox="{view}">{lines}</svg></div>'


def middle_of(arrow: CanvasArrow, start: CanvasCard, end: CanvasCard) -> Point:
    """Return the place of an arrow's label."""
    a, b, c, d = _curve(arrow, start, end).points
    return Point((a.x + 3 * b.x + 3 * c.x + d.x) / 8, (a.y + 3 * b.y + 3 * c.y + d.y) / 8)


def _arrow(arrow: CanvasArrow, start: CanvasCard, end: CanvasCard) -> str:
    curve = _curve(arrow, start, end)
    first, second, third, last = curve.points
    heads = ""
    if arrow.start_has_head:
        heads += _head(first, curve.ways[0])
        first = first.towards(curve.ways[0], _HEAD)
    if arrow.end_has_head:
        heads += _head(last, curve.ways[1])
        last = last.towards(curve.ways[1], _HEAD)
    path = f"M{_at(first)}C{_at(second)} {_at(third)} {_at(last)}"
    colour = f' class="nb-canvas-colour-{arrow.colour}"' if arrow.colour.isdigit() else ""
    colour = f' style="--nb-card:{arrow.colour}"' if arrow.colour.startswith("#") else colour
    return f'<g{colour}><path d="{path}"/>{heads}</g>'


def _curve(arrow: CanvasArrow, start: CanvasCard, end: CanvasCard) -> _Curve:
    start_side = arrow.start_side or _side_towards(start, end)
    end_side = arrow.end_side or _side_towards(end, start)
    first, last = _middle(start, start_side), _middle(end, end_side)
    low, high = _REACH
    reach = min(high, max(low, hypot(last.x - first.x, last.y - first.y) / 2))
    ways = _OUTWARDS[start_side], _OUTWARDS[end_side]
    return _Curve((first, first.towards(ways[0], reach), last.towards(ways[1], reach), last), ways)


def _side_towards(card: CanvasCard, other: CanvasCard) -> str:
    right = other.left + other.width / 2 - card.left - card.width / 2
    down = other.top + other.height / 2 - card.top - card.height / 2
    if abs(right) * (card.height + 1) > abs(down) * (card.width + 1):
        return "right" if right > 0 else "left"
    return "bottom" if down > 0 else "top"


def _middle(card: CanvasCard, side: str) -> Point:
    right, down = _OUTWARDS[side]
    return Point(card.left + card.width * (1 + right) / 2, card.top + card.height * (1 + down) / 2)


def _head(tip: Point, way: tuple[float, float]) -> str:
    """Draw the head of an arrow that comes from outside."""
    behind = tip.towards(way, _HEAD)
    across = (way[1], way[0])
    corners: Iterable[Point] = (tip, behind.towards(across, _HEAD / 2), behind.towards(across, -_HEAD / 2))
    return f'<polygon points="{" ".join(map(_at, corners))}"/>'


def _at(point: Point) -> str:
    return f"{round(point.x)},{round(point.y)}"
