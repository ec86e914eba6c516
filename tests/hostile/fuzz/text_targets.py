"""Targets that read texts: blocks, spans, links, HTML, plans and transcripts."""

from __future__ import annotations

from notebinder.vault.outline import read_outline, read_parts
from notebinder.vault.plan import place_parts, read_plan
from notebinder.vault.resolve import read_index, resolve
from notebinder.vault.syntax.blocks import read_blocks, walk
from notebinder.vault.syntax.inline import read_inline
from notebinder.vault.syntax.properties import read_properties
from notebinder.vault.syntax.slugs import slug
from notebinder.vault.syntax.spans import Definitions, Span
from notebinder.vault.syntax.tags import clean_html
from notebinder.vault.syntax.targets import read_destination, read_image_text, read_reference, read_wikilink
from notebinder.vault.transcripts import format_transcript, parse_transcript
from tests.hostile.fuzz.made_of import FILES, OTHERS, text_of
from tests.support.notes import read_note

_DEFINITIONS = Definitions({"R": ("http://a.b", "title")}, frozenset(["1", "note"]))


def reader(data: bytes) -> None:
    """The blocks of a note lie within it, in order."""
    text = text_of(data)
    _, body_line, _ = read_properties(text, "Note.md")
    last = text.count("\n") + 2
    blocks = read_blocks(text, body_line)
    assert all(body_line <= block.lines.start <= block.lines.end <= last for block, _ in walk(blocks))
    assert [block.lines.start for block in blocks] == sorted(block.lines.start for block in blocks)


def inline(data: bytes) -> None:
    """The spans of a text cover it in order and without a gap."""
    text = text_of(data)
    for definitions in (_DEFINITIONS, Definitions()):
        _check_cover(read_inline(text, definitions), 0, len(text))


def _check_cover(spans: tuple[Span, ...], start: int, end: int) -> None:
    place = start
    for span in spans:
        assert span.start == place < span.end
        place = span.end
        inner = [child.start for child in span.children] + [child.end for child in span.children]
        assert not inner or (span.start <= min(inner) and max(inner) <= span.end)
    assert place == end


def links(data: bytes) -> None:
    """Whatever stands in a link means a file of the vault or nothing, and its slug is a plain name."""
    text = text_of(data)
    notes = {path: read_note(path, source) for path, source in OTHERS.items()}
    index = read_index(notes, FILES)
    for target in (read_wikilink(text), read_reference(text)):
        found = resolve(target.note, "folder/Note.md", index)
        assert found is None or found.path in {*notes, *FILES}
    read_image_text(text)
    read_destination(f"({text}", 0, len(text) + 1)
    name = slug(text)
    assert name
    assert not set(name) & set("/\\:.\0\n")
    assert len(name.encode()) <= 250


def html(data: bytes) -> None:
    """Cleaning what is clean changes nothing but space."""
    once = clean_html(text_of(data))
    assert clean_html(once).split() == once.split()
    assert "<script" not in once.lower()


def plan(data: bytes) -> None:
    """Whatever the plan says, each part of the note has its place."""
    plan_text, _, note_text = text_of(data).partition("\n===\n")
    note = read_note("Note.md", note_text or "1. A\n2. B\n\n# A\n\n![[a.png]]\n\n# B\n\ntext\n")
    outline = read_outline(note)
    parts = read_parts(note, outline)
    found, _ = read_plan(plan_text, "Note.plan.yml")
    if found:
        placings, _ = place_parts(found, parts)
        placed = {p.part.name for shelf in (*placings.topics, placings.overview) for p in shelf}
        assert placed == {part.name for part in parts}


def transcript(data: bytes) -> None:
    """A transcript that is written is read back as it was."""
    found = parse_transcript(text_of(data))
    if found:
        again = parse_transcript(format_transcript(found))
        assert again
        assert parse_transcript(format_transcript(again)) == again
