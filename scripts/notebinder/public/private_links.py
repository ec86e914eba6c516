"""Turn links to private things into plain text, before anything else reads the note that holds them.

So whatever is made of a public note (its page, its headings' addresses, backlinks, descriptions, search)
never sees such a link. The number of lines stays the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote

from msgspec.structs import replace

from notebinder.public.html_links import (
    app_addresses,
    private_target,
    without_private_addresses,
    without_private_app_addresses,
)
from notebinder.public.names import PrivateNames, PrivateThing
from notebinder.public.sources import (
    QUERIES,
    names_private_things,
    without_private_nodes,
    without_private_sources,
    without_private_wikilinks,
)
from notebinder.public.words import own_words
from notebinder.vault.model import Block, Note
from notebinder.vault.packed import pack_blocks
from notebinder.vault.syntax.blocks import read_blocks, walk
from notebinder.vault.syntax.inline import read_inline
from notebinder.vault.syntax.spans import Definitions, Span
from notebinder.vault.syntax.targets import read_destination, read_image_text, read_wikilink

# Whatever could be the target of a link: [[a]], ](b), [c]: d, href="e"; each looked for by itself, since one
# may lie in what looks like another.
_WIKILINK = re.compile(r"\[\[((?:(?!\[\[|\]\])[^\n])+)\]\]")
_DEFINITION = re.compile(r"\]:(?=\s{0,9}<?([^>\n]{0,2000}))")
_EQUALS = re.compile("=")
_ATTRIBUTES = ("src", "href", "poster", "data")
_BEFORE_EQUALS = 16
"""Characters before an `=` that hold the name of an attribute and the space behind it."""
_VALUE = re.compile(r"\s{0,9}[\"']?([^\"'>\n]{0,2000})")
_LINK_START = re.compile(r"\]\(\s{0,9}")
_LONGEST_LINK = 2000
_SOURCES = re.compile(
    rf"[`~](?:[`~]{{2,}}\s*(?:mermaid|{'|'.join(sorted(QUERIES))})\b|(?<=`)\s*\$?=)", re.IGNORECASE
)
_APP_SCHEMES = ("obsidian:", "file:")
_MARKDOWN_LINK = re.compile(rf"!?\[(?P<text>[^\[\]\n]*)\]\((?P<inner>[^)\n]{{0,{_LONGEST_LINK}}})\)")
_LINK_END = re.compile(rf"\]\((?P<inner>[^)]{{0,{_LONGEST_LINK}}})\)")
_TARGET_IN_LINK = re.compile(r"\s*(?:<(?P<angled>[^>]*)>|(?P<plain>\S+))")
_INLINE_QUERY = re.compile(r"\s*\$?=")


class _MisplacedError(Exception):
    """The text of a block that its lines do not hold as it is."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a text stands, and what is private from there."""

    names: PrivateNames
    note: str
    definitions: Definitions


def targets(text: str) -> Iterator[str]:
    """Yield whatever in a text could be the target of a link, cheaply; some are none."""
    if "[[" in text:
        yield from (read_wikilink(inner).note for inner in _WIKILINK.findall(text))
    for start in _LINK_START.finditer(text):
        end = start.end() + _LONGEST_LINK
        read = read_destination(text, start.start() + 1, min(end, len(text)))
        yield from _forms(read[1] if read else re.split(r"[)\n]", text[start.end() : end], maxsplit=1)[0])
    for target in (*_DEFINITION.findall(text), *_attributes(text)):
        yield from _forms(unescape(target))


def _attributes(text: str) -> Iterator[str]:
    """Yield what may be an address in HTML; an `=` is found faster than any name."""
    for sign in _EQUALS.finditer(text) if "<" in text else ():
        before = text[max(0, sign.start() - _BEFORE_EQUALS) : sign.start()]
        value = _VALUE.match(text, sign.end()) if before.rstrip().lower().endswith(_ATTRIBUTES) else None
        if value:
            yield value[1]


def _forms(target: str) -> Iterator[str]:
    """A target as it is, and the part of it before a space, where its title may begin."""
    whole = target.strip().lstrip("<")
    for form in dict.fromkeys((whole, whole.partition(" ")[0])):
        yield unquote(form.partition("#")[0]).strip()


def without_private_links(note: Note, names: PrivateNames) -> Note | None:
    """Return a note whose links to private things are plain text; None if one cannot be taken out."""
    if not names.keys:
        return note
    properties = public_mapping(note.properties, names, note.path)
    clean = note if properties == note.properties else replace(note, properties=MappingProxyType(properties))
    if not _may_name(note.text, names, note.path):
        return clean
    for rewrite in _REWRITES:
        text = rewrite(clean, names)
        if text != clean.text:
            clean = replace(clean, text=text, blocks=pack_blocks(read_blocks(text, clean.body_line)))
        if not any(_private_spans(clean, names)):
            return clean
    return None


def public_text(text: str, names: PrivateNames, source: str) -> str:
    """Return a piece of Markdown, such as a property or a card, without its links to private things."""
    place = _Place(names, source, Definitions())
    return _inline(text, 0, len(text), read_inline(text), place)


def _may_name(text: str, names: PrivateNames, source: str) -> bool:
    if any(names.named(target, source) for target in _all_targets(text)):
        return True
    return _may_hold_sources(text) and _may_name_in_sources(text, names, source)


def _may_hold_sources(text: str) -> bool:
    folded = text.casefold()
    return any(scheme in folded for scheme in _APP_SCHEMES) or bool(_SOURCES.search(text))


def _may_name_in_sources(text: str, names: PrivateNames, source: str) -> bool:
    if names_private_things(text, names, source):
        return True
    return any(names.addressed(url, source) for url in app_addresses(text))


def _all_targets(text: str) -> Iterator[str]:
    """Each target, and what stands behind a `#` in it."""
    yield from targets(text)
    yield from (f"{t.note}#{t.part}" for t in map(read_wikilink, _WIKILINK.findall(text)) if t.part)


def public_mapping(values: Mapping[Any, Any], names: PrivateNames, source: str) -> dict[Any, Any]:
    """Properties, or a value that holds some."""
    return {
        public_value(key, names, source): public_value(value, names, source) for key, value in values.items()
    }


def public_value(value: object, names: PrivateNames, source: str) -> object:
    """A property's value; YAML reads a bare `[[link]]` as a list in a list."""
    if isinstance(value, str):
        return public_text(value, names, source) if "[" in value or ":" in value else value
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], list) and len(value[0]) == 1:
        target = read_wikilink(str(value[0][0]))
        thing = names.means(target, source)
        if thing:
            return own_words(target.text, thing, "x")
    if isinstance(value, list):
        return [public_value(item, names, source) for item in value]
    if isinstance(value, dict):
        return public_mapping(value, names, source)
    return value


def _by_blocks(note: Note, names: PrivateNames) -> str:
    """Rewrite the text of each block as it is read; code stays as it is."""
    place = _Place(names, note.path, _definitions(note.blocks))
    lines = note.text.split("\n")
    for number in range(note.body_line - 1):
        lines[number] = without_private_wikilinks(lines[number], names, note.path)
    for block, _ in walk(note.blocks):
        shown = _public_block(block, place)
        if shown == block.text:
            continue
        try:
            _put(lines, block, shown)
        except _MisplacedError:
            span = slice(block.lines.start - 1, block.lines.end - 1)
            lines[span] = without_private_patterns("\n".join(lines[span]), names, note.path).split("\n")
    return "\n".join(lines)


def _public_block(block: Block, place: _Place) -> str:
    """The text of a block without links to private things, with as many lines."""
    names, note = place.names, place.note
    language = block.info.split(" ")[0].lower() if block.kind == "fence" else ""
    if language == "mermaid":
        return without_private_nodes(block.text, names, note)
    if language in QUERIES:
        return without_private_sources(block.text, names, note)
    if block.kind == "html_block":
        return without_private_wikilinks(without_private_addresses(block.text, names, note), names, note)
    if block.kind == "definition" and private_target(block.text, names, note):
        return ""
    if block.kind in ("fence", "code_block", "math_block", "definition", "comment") or not block.text:
        return block.text
    return _inline(block.text, 0, len(block.text), read_inline(block.text, place.definitions), place)


def _put(lines: list[str], block: Block, shown: str) -> None:
    """Put the new text of a block where its lines hold the old one."""
    if block.kind == "definition":
        lines[block.lines.start - 1 : block.lines.end - 1] = [""] * (block.lines.end - block.lines.start)
        return
    number = block.lines.start - 1
    if shown.count("\n") != block.text.count("\n"):
        raise _MisplacedError
    for old, new in zip(block.text.split("\n"), shown.split("\n"), strict=True):
        old_text, new_text = old.strip(), new.strip()
        while number < block.lines.end - 1 and old_text not in lines[number]:
            number += 1
        if number == block.lines.end - 1:
            raise _MisplacedError
        lines[number] = lines[number].replace(old_text, new_text, 1) if old_text else lines[number]
        number += block.kind != "cell"


def _inline(text: str, start: int, end: int, spans: Sequence[Span], place: _Place) -> str:
    """Write a stretch of a text again, each span that leads to something private as words."""
    pieces: list[str] = []
    for span in spans:
        pieces.append(text[start : span.start])
        pieces.append(_span(text, span, place))
        start = span.end
    pieces.append(text[start:end])
    shown = "".join(pieces)
    return without_private_addresses(shown, place.names, place.note) if "<" in shown else shown


def _span(text: str, span: Span, place: _Place) -> str:
    thing = _meant(span, place)
    source = text[span.start : span.end]
    if thing is None:
        if span.children:
            return _inline(text, span.start, span.end, span.children, place)
        return _unlinked(span, source, place)
    before = text[: span.start].rpartition("\n")[2]
    if span.kind in ("wikilink", "embed"):
        words = read_wikilink(span.text).text
        words = words if span.kind == "wikilink" else read_image_text(words).alt
    elif span.kind == "image":
        words = read_image_text(span.text).alt
    else:
        inner = span.start + source.index(span.text) if span.text else span.start
        words = _inline(text, inner, inner + len(span.text), span.children, place)
    return own_words(words, thing, before) + _line_ends(source)


def _unlinked(span: Span, source: str, place: _Place) -> str:
    """What is no link itself, but may hold the name of something private all the same."""
    if span.kind == "code" and _INLINE_QUERY.match(span.text):
        return without_private_sources(source, place.names, place.note)
    if span.kind in ("wikilink", "embed") and "](" in source:
        return without_private_patterns(source, place.names, place.note)
    if span.kind in ("text", "url", "literal") and ":" in source:
        return without_private_app_addresses(source, place.names, place.note)
    return source


def _meant(span: Span, place: _Place) -> PrivateThing | None:
    if span.kind in ("wikilink", "embed"):
        return place.names.means(read_wikilink(span.text), place.note)
    if span.kind in ("link", "image") and span.target:
        return private_target(span.target, place.names, place.note)
    return None


def _private_spans(note: Note, names: PrivateNames) -> Iterator[Span]:
    """Yield each link to something private that is left in a note."""
    place = _Place(names, note.path, _definitions(note.blocks))
    for block, _ in walk(note.blocks):
        if block.text and block.kind not in ("fence", "code_block", "math_block", "definition", "html_block"):
            yield from _meaning(read_inline(block.text, place.definitions), place)


def _meaning(spans: Sequence[Span], place: _Place) -> Iterator[Span]:
    for span in spans:
        if _meant(span, place):
            yield span
        yield from _meaning(span.children, place)


def _by_patterns(note: Note, names: PrivateNames) -> str:
    return without_private_patterns(note.text, names, note.path)


def without_private_patterns(text: str, names: PrivateNames, source: str) -> str:
    """Rewrite whatever looks like a link, in code, too."""

    def meant(inner: str) -> PrivateThing | None:
        target = _TARGET_IN_LINK.match(inner)
        return private_target(target["angled"] or target["plain"] or "", names, source) if target else None

    def words(found: re.Match[str]) -> str:
        thing = meant(found["inner"])
        return own_words(found["text"], thing, "x") if thing else found[0]

    def nowhere(found: re.Match[str]) -> str:
        return f"](){_line_ends(found[0])}" if meant(found["inner"]) else found[0]

    text = _MARKDOWN_LINK.sub(words, without_private_wikilinks(text, names, source))
    text = without_private_addresses(_LINK_END.sub(nowhere, text), names, source)
    return without_private_app_addresses(text, names, source)


def _line_ends(text: str) -> str:
    return "\n" * text.count("\n")


_REWRITES = (*[_by_blocks] * 4, *[_by_patterns] * 4)
"""Again and again: where a link was, what is left may be read as another one. Once is the rule."""


def _definitions(blocks: Sequence[Block]) -> Definitions:
    links: dict[str, tuple[str, str]] = {}
    footnotes: set[str] = set()
    for block, _ in walk(blocks):
        if block.kind == "definition":
            links.setdefault(block.info, (block.text, block.title))
        elif block.kind == "footnote":
            footnotes.add(block.info.casefold())
    return Definitions(links, frozenset(footnotes))
