"""Films and sounds of other sites within a text: each as one tag, for the box that it is shown as."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from msgspec.structs import replace

from notebinder.vault.syntax.schemes import is_elsewhere
from notebinder.vault.syntax.spans import Span
from notebinder.vault.syntax.tags import CLEAN_TAG, clean_tag, read_values

PLAYER_TAGS = ("video", "audio")


def whole_players(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return the spans of a text, those of such a player as one tag with an address and without an end tag.

    What it holds for browsers that play nothing goes, and so do all its sources but the first.
    """
    kept: list[Span] = []
    start, name = 0, ""
    for span in spans:
        kept.append(span)
        if not name and (name := _opened_player(span)):
            start = len(kept) - 1
        elif name and span.kind == "html" and span.text.lower().startswith(f"</{name}"):
            if source := _source_elsewhere(kept[start:]):
                kept[start:] = [_with_source(kept[start], name, source)]
            name = ""
    return tuple(kept)


def _opened_player(span: Span) -> str:
    is_open = span.kind == "html" and not span.text.endswith("/>")
    return next((n for n in PLAYER_TAGS if is_open and _is_tag(span, n)), "")


def _is_tag(span: Span, name: str) -> bool:
    return span.kind == "html" and span.text.lower().startswith((f"<{name} ", f"<{name}>", f"<{name}\n"))


def _source_elsewhere(player: Iterable[Span]) -> str:
    """Return the first address of a player if all are of other sites."""
    opening, *inner = player
    sources = [own] if (own := _address(opening)) else [_address(s) for s in inner if _is_tag(s, "source")]
    return sources[0] if sources and all(map(is_elsewhere, sources)) else ""


def _address(span: Span) -> str:
    clean = CLEAN_TAG.match(clean_tag(span.text))
    return read_values(clean["values"]).get("src", "") if clean else ""


def _with_source(opening: Span, name: str, source: str) -> Span:
    """The first of two attributes of one name counts."""
    end = len(name) + 1
    return replace(opening, text=f'<{name} src="{escape(source)}"{opening.text[end:-1]} />')
