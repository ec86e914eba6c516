"""Read a note in memory."""

from __future__ import annotations

from notebinder.vault.drawings import drawn_text, is_drawing
from notebinder.vault.model import LineRange, Note
from notebinder.vault.syntax.blocks import read_blocks
from notebinder.vault.syntax.properties import read_properties


def read_note(path: str, text: str) -> Note:
    properties, body_line, _ = read_properties(text, path)
    text = drawn_text(text, body_line) if is_drawing(path, properties) else text
    return Note(path, text, properties, body_line, read_blocks(text, body_line))


def whole(note: Note) -> LineRange:
    return LineRange(note.body_line, note.text.count("\n") + 2)
