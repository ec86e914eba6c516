"""Turn links to private things into words in a piece of Markdown: a text of a note, a property, a card."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from notebinder.public.link_words import own_words
from notebinder.public.private_names import PrivateNames, PrivateThing
from notebinder.public.queries import public_query
from notebinder.public.raw_links import private_target, public_html, public_raw_text, settled
from notebinder.vault.syntax.headings import comparable
from notebinder.vault.syntax.inline import read_inline
from notebinder.vault.syntax.spans import NO_DEFINITIONS, Definitions, Span
from notebinder.vault.syntax.targets import read_image_text, read_wikilink

_MAY_LINK = re.compile(r"[\[<:`](?:(?<=[\[<])|(?<=obsidian:)|(?<=file:)|(?<=`)\s*\$?=)")
"""Without one of these a text holds no link and no query."""
_INLINE_QUERY = re.compile(r"\s*\$?=")
_LINKS = frozenset(("wikilink", "embed", "link", "image"))
_VERBATIM = frozenset(("literal", "math", "display_math", "comment", "escape", "html"))
"""Spans that hold no link; HTML is read with what stands between its tags."""
# ](note.md#Heading "title")
_PART = re.compile(r"#(?P<part>[^\s<>()\"']+)")


@dataclass(frozen=True, slots=True)
class LinkPlace:
    """Where a text stands, and what is private from there."""

    names: PrivateNames
    note: str
    definitions: Definitions = NO_DEFINITIONS


def may_link(text: str) -> bool:
    """Tell at a glance whether a text may hold a link or a query."""
    return _MAY_LINK.search(text) is not None


def public_text(text: str, place: LinkPlace) -> str:
    """Return Markdown without its links to private things; the number of lines stays the same."""
    if not may_link(text):
        return text

    def once(typed: str) -> str:
        return _inline(typed, 0, len(typed), read_inline(typed, place.definitions), place)

    return settled(text, place.names, once)


def public_mapping(values: Mapping[Any, Any], place: LinkPlace) -> dict[Any, Any]:
    """Properties, or a value that holds some."""
    return {public_value(key, place): public_value(value, place) for key, value in values.items()}


def public_value(value: object, place: LinkPlace) -> object:
    """A property's value; YAML reads a bare `[[link]]` as a list in a list."""
    if isinstance(value, str):
        return public_text(value, place)
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], list) and len(value[0]) == 1:
        target = read_wikilink(str(value[0][0]))
        thing = place.names.means(target, place.note)
        if thing:
            return own_words(target.text, thing, "x")
    if isinstance(value, list):
        return [public_value(item, place) for item in value]
    if isinstance(value, dict):
        return public_mapping(value, place)
    return value


def _inline(text: str, start: int, end: int, spans: Sequence[Span], place: LinkPlace) -> str:
    """Write a stretch of a text again, each span that leads to something private as words."""
    pieces: list[str] = []
    for span in spans:
        pieces += [text[start : span.start], _span(text, span, place)]
        start = span.end
    pieces.append(text[start:end])
    return public_html("".join(pieces), place.names, place.note)


def _span(text: str, span: Span, place: LinkPlace) -> str:
    source = text[span.start : span.end]
    if span.kind not in _LINKS and span.children:
        return _inline(text, span.start, span.end, span.children, place)
    if span.kind not in _LINKS:
        return _no_link(span, source, place)
    if thing := _meant(span, place):
        before = text[: span.start].rpartition("\n")[2]
        return own_words(_words(text, span, place), thing, before) + line_ends(source)
    if span.kind in ("link", "image"):
        label = span.start + source.index("[") + 1
        behind = label + len(span.text)
        shown = _inline(text, label, behind, span.children, place)
        return text[span.start : label] + shown + public_destination(text[behind : span.end], place)
    source = _with_public_part(span, source, place)
    return public_raw_text(source, place.names, place.note) if may_link(span.text) else source


def _no_link(span: Span, source: str, place: LinkPlace) -> str:
    """Write a span that is no link and holds none; what it says may still be private."""
    if span.kind == "code":
        is_query = _INLINE_QUERY.match(span.text)
        return public_query(source, place.names, place.note) if is_query else source
    if span.kind in _VERBATIM or not may_link(source):
        return source
    return public_raw_text(source, place.names, place.note)


def _words(text: str, span: Span, place: LinkPlace) -> str:
    """What the author has a link or an embed say."""
    if span.kind == "wikilink":
        return read_wikilink(span.text).text
    if span.kind == "embed":
        return read_image_text(read_wikilink(span.text).text).alt
    if span.kind == "image":
        return read_image_text(span.text).alt
    inner = span.start + text[span.start : span.end].index(span.text)
    return _inline(text, inner, inner + len(span.text), span.children, place)


def _meant(span: Span, place: LinkPlace) -> PrivateThing | None:
    if span.kind in ("wikilink", "embed"):
        return place.names.means(read_wikilink(span.text), place.note)
    return private_target(span.target, place.names, place.note) if span.target else None


def _with_public_part(link: Span, source: str, place: LinkPlace) -> str:
    """Let a link lead to a heading by the words that are left of it, if a private link stands in that."""
    target = read_wikilink(link.text) if place.names.headings and "#" in link.text else None
    part = _public_part(target.part, place) if target else ""
    if target is None or part == target.part:
        return source
    text = place.names.headings.get(comparable(target.text), target.text)
    return source.replace(link.text, f"{target.note}#{part}" + (f"|{text}" if text else ""))


def public_destination(typed: str, place: LinkPlace) -> str:
    """What stands behind the text of a link that leads to something public, its title included."""

    def shown(found: re.Match[str]) -> str:
        part = unquote(found["part"])
        public = _public_part(part, place)
        return found[0] if public == part else f"#{quote(public, safe='#')}"

    typed = _PART.sub(shown, typed) if place.names.headings and "#" in typed else typed
    return public_raw_text(typed, place.names, place.note) if may_link(typed) else typed


def _public_part(part: str, place: LinkPlace) -> str:
    """The headings that a link names, each by what is left of it."""
    return "#".join(place.names.headings.get(comparable(name), name) for name in part.split("#"))


def line_ends(text: str) -> str:
    """Return the line ends of a text alone."""
    return "\n" * text.count("\n")
