"""Canvases: cards where their author put them, each with its Markdown, and the arrows between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from notebinder.base.escaping import as_text
from notebinder.base.limits import LIMITS
from notebinder.pages.constructs.boxes import labelled_box, tell_not_shown
from notebinder.pages.constructs.canvas_arrows import Frame, arrows_svg, frame_around, middle_of
from notebinder.pages.constructs.lines import contained, raw_html
from notebinder.pages.constructs.note_parts import NoteParts
from notebinder.pages.constructs.text import attribute
from notebinder.pages.constructs.writing import Writing
from notebinder.vault.canvases import Canvas, CanvasCard, read_canvas
from notebinder.vault.model import Block, name_of
from notebinder.vault.outline import plain_text
from notebinder.vault.syntax.blocks import walk
from notebinder.vault.syntax.headings import heading_text

_KINDS = ("file", "link", "group")
_LETTERS_OF_A_NAME = 40
_TAG = re.compile(r"<[^<>]*>")


def canvas(block: Block, writing: Writing) -> list[str]:
    """Write the cards in reading order; styles put each in its place, and paper shows one below the other."""
    drawn = read_canvas(writing.context.look_ups.text_of(writing.note.path))
    if not drawn.cards:
        return []
    if any(card.background for card in drawn.cards):
        writing.report_line(0, "not-shown", "the picture behind a group is not shown")
    frame = frame_around(drawn.cards)
    plain = [arrows_svg(drawn, frame)]
    lines: list[str] = []
    for number, (card, inside) in enumerate(zip(drawn.cards, block.children, strict=True)):
        if card.is_group or not _has_room(writing):
            plain.append(_plain_card(card, frame))
            continue
        lines += [*_plain(plain, writing), *_card(number, card, inside, frame, writing), ""]
        plain = []
    lines += _plain([*plain, *_labels(drawn, block, frame)], writing)
    size = f"--w:{round(frame.width)};--h:{round(frame.height)}"
    return contained(f'div.nb-canvas[style="{size}"]', contained("div.nb-canvas-stage", lines[:-1]))


def _has_room(writing: Writing) -> bool:
    """Tell whether the page bears one more card of Markdown; where it does not, that is told once."""
    writing.collected.cards += 1
    if writing.collected.cards == LIMITS.cards + 1:
        message = f"has more than {LIMITS.cards} cards; the last ones are shown as they were typed"
        writing.report_line(0, "too-long", message, "make two canvases of it")
    return writing.collected.cards <= LIMITS.cards


def _plain(pieces: Sequence[str], writing: Writing) -> list[str]:
    """Write HTML as one block, since the engine looks at the whole page for each."""
    return [*raw_html([f"<div>{''.join(pieces)}</div>"], writing), ""] if pieces else []


def no_canvas(_block: Block, writing: Writing) -> list[str]:
    """Write a box in place of a canvas that cannot be read."""
    name = writing.note.path.rpartition("/")[2]
    tell_not_shown("a file that is no canvas", 0, writing)
    return labelled_box(writing.context.reading.say("canvas", name=name), "", writing)


def _plain_card(card: CanvasCard, frame: Frame) -> str:
    """Write a group, or a card as it was typed."""
    said = f"<p>{'<br>'.join(map(as_text, card.text.split(chr(10))))}</p>" if card.text else ""
    return f'<div class="{" ".join(_names(card))}" style="{_style(card, frame)}">{said}</div>'


def _card(number: int, card: CanvasCard, inside: Block, frame: Frame, writing: Writing) -> list[str]:
    """Write a card, which knows no footnotes and definitions but its own."""
    note = replace(writing.note, blocks=inside.children)
    prefix = f"{writing.subject.label_prefix}card-{number}-"
    subject = replace(writing.subject, note=note, parts=NoteParts(note), is_card=True, label_prefix=prefix)
    on_card = replace(writing, subject=subject, depth=writing.depth + 1)
    selector = f'div.{".".join(_names(card))}[style="{_style(card, frame)}"]'
    return contained(selector, on_card.blocks(inside.children))


def _names(card: CanvasCard) -> Iterator[str]:
    yield "nb-canvas-card"
    yield f"nb-canvas-{card.kind if card.kind in _KINDS else 'text'}"
    if card.colour.isdigit():
        yield f"nb-canvas-colour-{card.colour}"


def _style(card: CanvasCard, frame: Frame) -> str:
    own = f";--nb-card:{card.colour}" if card.colour.startswith("#") else ""
    place = f"--x:{round(card.left - frame.left)};--y:{round(card.top - frame.top)}"
    return f"{place};--w:{round(card.width)};--h:{round(card.height)}{own}"


def _labels(drawn: Canvas, block: Block, frame: Frame) -> Iterator[str]:
    """Yield what is written on arrows; who sees none is told which cards they join."""
    cards = {card.name: card for card in drawn.cards}
    inside = dict(zip(cards, block.children, strict=False))
    for arrow in drawn.arrows:
        if arrow.label:
            start, end = cards[arrow.start], cards[arrow.end]
            x, y = middle_of(arrow, start, end)
            joined = as_text(" → ".join(_called(card, inside[card.name]) for card in (start, end)) + ": ")
            place = f"--x:{round(x - frame.left)};--y:{round(y - frame.top)}"
            said = f'<span class="nb-canvas-joined" data-generated>{joined}</span>{as_text(arrow.label)}'
            yield f'<p class="nb-canvas-label" style="{attribute(place)}">{said}</p>'


def _called(card: CanvasCard, inside: Block) -> str:
    said = (plain_text(heading_text(_TAG.sub(" ", block.text))) for block, _ in walk(inside.children))
    name = next(filter(None, said), "") if card.kind == "text" else name_of(card.text)
    return name if len(name) <= _LETTERS_OF_A_NAME else f"{name[: _LETTERS_OF_A_NAME - 1]}…"
