"""What the notes of a vault hold for others to refer to, looked up once for each note."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from notebinder.model import Block, Note
from notebinder.syntax.blocks import named_blocks, walk
from notebinder.syntax.headings import Headings, read_headings
from notebinder.syntax.spans import Definitions


@dataclass(frozen=True, slots=True)
class NoteParts:
    """The definitions of a note, and the parts of it that links may name."""

    note: Note
    definitions: Definitions
    footnotes: Mapping[str, Block]
    """By case-folded label."""
    lines: tuple[str, ...] = ()
    """The note's lines as typed."""
    headings: Headings = field(default_factory=Headings)
    named: Mapping[str, Block] = field(default_factory=dict)
    """The blocks that have an identifier, by it, case-folded."""

    def part(self, name: str) -> Block | None:
        """Return the heading or the block that `A#B` or `^id` names."""
        return self.named.get(name[1:].casefold()) if name.startswith("^") else self.headings.find(name)

    def blocks(self, name: str) -> tuple[Block, ...]:
        """Return the blocks that an embed of a part shows: all, a section, or one block."""
        if not name:
            return self.note.blocks
        part = self.part(name)
        if part is None:
            return ()
        return (part,) if name.startswith("^") else tuple(self.headings.section(part))


def read_parts(note: Note) -> NoteParts:
    """Read the definitions of a note."""
    links: dict[str, tuple[str, str]] = {}
    footnotes: dict[str, Block] = {}
    for block, _ in walk(note.blocks):
        if block.kind == "definition":
            links.setdefault(block.info, (block.text, block.title))
        elif block.kind == "footnote":
            footnotes.setdefault(block.info.casefold(), block)
    return NoteParts(
        note,
        Definitions(links, frozenset(footnotes)),
        footnotes,
        tuple(note.text.split("\n")),
        read_headings(note.blocks),
        named_blocks(note.blocks),
    )
