"""Take links to private things out of a note, before anything else reads it.

So whatever is made of a public note (its page, its headings' addresses, backlinks, descriptions, search)
never sees such a link, whoever makes it. The number of lines stays the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from msgspec.structs import replace

from notebinder.public.private_links import (
    LinkPlace,
    line_ends,
    may_link,
    public_destination,
    public_mapping,
    public_text,
)
from notebinder.public.private_names import PrivateNames
from notebinder.public.queries import QUERIES, public_diagram, public_query
from notebinder.public.raw_links import html_addresses, private_target, public_raw_text, public_wikilinks
from notebinder.vault.model import Block, Note
from notebinder.vault.packed import pack_blocks, top_headings
from notebinder.vault.syntax.blocks import cell_source, read_blocks, read_definitions, walk
from notebinder.vault.syntax.headings import comparable, heading_text
from notebinder.vault.syntax.inline import read_inline
from notebinder.vault.syntax.plugin_blocks import is_plugin_block
from notebinder.vault.syntax.spans import NO_DEFINITIONS, Span
from notebinder.vault.syntax.targets import WIKILINK, read_reference, read_wikilink

_NO_PROSE = ("fence", "code_block", "math_block", "comment", "definition", "too_deep")
_NOT_IN_A_PART = re.compile(r"[\[\]|#^\s]+")
_READINGS = 8
"""So often a note is read anew: what is left of a link may make another one. Once is the rule."""


def public_note(note: Note, names: PrivateNames) -> Note | None:
    """Return a note whose links to private things are words; None if one cannot be taken out."""
    if not names.keys:
        return note
    properties = public_mapping(note.properties, LinkPlace(names, note.path))
    clean = note if properties == note.properties else replace(note, properties=MappingProxyType(properties))
    for _ in range(_READINGS):
        text = _public_lines(clean, names)
        if text is None:
            return clean
        clean = replace(clean, text=text, blocks=pack_blocks(read_blocks(text, clean.body_line)))
    return None


def public_headings(notes: Iterable[Note], names: PrivateNames) -> dict[str, str]:
    """Return what links call the headings that hold a private link, by what they called them before."""
    found: dict[str, str] = {}
    for note in notes if names.keys else ():
        headings = [heading for heading in top_headings(note.blocks) if may_link(heading.text)]
        place = LinkPlace(names, note.path, read_definitions(note) if headings else NO_DEFINITIONS)
        for heading in headings:
            public = public_text(heading.text, place)
            if public != heading.text:
                text = _NOT_IN_A_PART.sub(" ", heading_text(public)).strip()
                found[comparable(heading.text)] = found[comparable(heading_text(heading.text))] = text
    return found


def link_targets(note: Note) -> Iterator[str]:
    """Yield the names and paths that a note's links and embeds have for other files, queries aside."""
    head = "\n".join(note.text.split("\n")[: note.body_line - 1])
    yield from (read_wikilink(found["inner"]).note for found in WIKILINK.finditer(head))
    definitions = read_definitions(note)
    addresses = [target for target, _ in definitions.links.values()]
    for block, _ in walk(note.blocks):
        if block.kind in _NO_PROSE or not may_link(block.text):
            continue
        addresses += html_addresses(block.text)
        for span in _every(read_inline(block.text, definitions)):
            if span.kind in ("wikilink", "embed"):
                yield read_wikilink(span.text).note
            elif span.kind in ("link", "image"):
                addresses.append(span.target)
    yield from (read_reference(address).note for address in addresses)


def _every(spans: Sequence[Span]) -> Iterator[Span]:
    for span in spans:
        yield span
        yield from _every(span.children)


def _public_lines(note: Note, names: PrivateNames) -> str | None:
    """Return the text of a note in which each private link has become words; None for one without any."""
    lines = note.text.split("\n")
    place = LinkPlace(names, note.path, read_definitions(note))
    head = [public_wikilinks(line, names, note.path) for line in lines[: note.body_line - 1]]
    is_public = head == lines[: len(head)]
    lines[: len(head)] = head
    for block, _ in walk(note.blocks):
        where = slice(block.lines.start - 1, block.lines.end - 1)
        if block.kind in _AS_TYPED:
            shown = _AS_TYPED[block.kind](block, "\n".join(lines[where]), place).split("\n")
            is_public = is_public and shown == lines[where]
            lines[where] = shown
        elif block.text and (text := _public_block(block, place)) != block.text:
            is_public = False
            if not _put(lines, block, text):
                lines[where] = public_raw_text("\n".join(lines[where]), names, note.path).split("\n")
    return None if is_public else "\n".join(lines)


def _public_definition(block: Block, typed: str, place: LinkPlace) -> str:
    """The lines that define where links lead."""
    is_private = private_target(block.text, place.names, place.note)
    return line_ends(typed) if is_private else public_destination(typed, place)


def _public_row(row: Block, typed: str, place: LinkPlace) -> str:
    """The line of a row; what stands behind its last cell is no block, but the author is told of it."""
    behind = 0
    for cell in row.children:
        for text in (cell.text, cell_source(cell.text)):
            if (place_of_cell := typed.find(text, behind)) >= 0:
                behind = place_of_cell + len(text)
                break
    return typed[:behind] + public_destination(typed[behind:], place)


def _public_as_typed(_block: Block, typed: str, place: LinkPlace) -> str:
    """Lines that are nested too deep to be read."""
    return public_raw_text(typed, place.names, place.note)


_AS_TYPED: Mapping[str, Callable[[Block, str, LinkPlace], str]] = MappingProxyType(
    {"definition": _public_definition, "row": _public_row, "too_deep": _public_as_typed}
)
"""What makes the lines of a block public that has no text of its own."""


def _public_block(block: Block, place: LinkPlace) -> str:
    """The text of a block without links to private things, with as many lines."""
    names, note = place.names, place.note
    language = block.info.split(" ")[0].lower() if block.kind == "fence" else ""
    if language == "mermaid":
        return public_diagram(block.text, names, note)
    if language in QUERIES:
        return public_query(block.text, names, note)
    if block.kind == "html_block" or is_plugin_block(language):
        return public_raw_text(block.text, names, note)
    return block.text if block.kind in _NO_PROSE else public_text(block.text, place)


def _put(lines: list[str], block: Block, shown: str) -> bool:
    """Put the new text of a block where its lines hold the old one, and tell whether they do."""
    number, end = block.lines.start - 1, block.lines.end - 1
    for old, new in zip(block.text.split("\n"), shown.split("\n"), strict=True):
        typed, put = old.strip(), new.strip()
        if block.kind == "cell" and typed not in lines[number]:
            typed, put = cell_source(typed), cell_source(put)
        number = next((at for at in range(number, end) if typed in lines[at]), end)
        if number == end:
            return False
        lines[number] = lines[number].replace(typed, put, 1) if typed else lines[number]
        number += block.kind != "cell"
    return True
