"""What the notes of a vault hold for others to refer to, looked up once for each note."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from notebinder.model import Block, Note
from notebinder.syntax.blocks import find_block, walk
from notebinder.syntax.headings import find_heading, section
from notebinder.syntax.spans import Definitions


@dataclass(frozen=True, slots=True)
class NoteParts:
    """The definitions of a note, and the parts of it that links have named so far."""

    note: Note
    definitions: Definitions
    footnotes: Mapping[str, Block]
    """By case-folded label."""
    found: dict[str, Block | None] = field(default_factory=dict)

    def part(self, name: str) -> Block | None:
        """Return the heading or the block that `A#B` or `^id` names."""
        if name not in self.found:
            is_block = name.startswith("^")
            blocks = self.note.blocks
            self.found[name] = find_block(blocks, name[1:]) if is_block else find_heading(blocks, name)
        return self.found[name]

    def blocks(self, name: str) -> tuple[Block, ...]:
        """Return the blocks that an embed of a part shows: all, a section, or one block."""
        if not name:
            return self.note.blocks
        part = self.part(name)
        if part is None:
            return ()
        return (part,) if name.startswith("^") else tuple(section(self.note.blocks, part))


def read_parts(note: Note) -> NoteParts:
    """Read the definitions of a note."""
    links: dict[str, tuple[str, str]] = {}
    footnotes: dict[str, Block] = {}
    for block, _ in walk(note.blocks):
        if block.kind == "definition":
            links.setdefault(block.info, (block.text, block.title))
        elif block.kind == "footnote":
            footnotes.setdefault(block.info.casefold(), block)
    return NoteParts(note, Definitions(links, frozenset(footnotes)), footnotes)
