"""What the notes of a vault hold for others to refer to, looked up once for each note."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from notebinder.vault.model import Block, Note
from notebinder.vault.packed import top_headings
from notebinder.vault.syntax.blocks import named_blocks, read_definitions, walk
from notebinder.vault.syntax.headings import Headings, read_headings
from notebinder.vault.syntax.spans import Definitions


@dataclass
class NoteParts:
    """The definitions of a note, and the parts of it that links may name; each is read when asked for."""

    note: Note

    @cached_property
    def definitions(self) -> Definitions:
        """What the note's links and footnotes refer to."""
        return read_definitions(self.note)

    @cached_property
    def footnotes(self) -> Mapping[str, Block]:
        """The footnotes by case-folded label."""
        footnotes: dict[str, Block] = {}
        for block, _ in walk(self.note.blocks) if "]:" in self.note.text else ():
            if block.kind == "footnote":
                footnotes.setdefault(block.info.casefold(), block)
        return footnotes

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The note's lines as typed."""
        return tuple(self.note.text.split("\n"))

    @cached_property
    def headings(self) -> Headings:
        """The headings alone, which is all that a link to one needs."""
        return read_headings(top_headings(self.note.blocks))

    @cached_property
    def sections(self) -> Headings:
        """The headings among all blocks."""
        return read_headings(tuple(self.note.blocks))

    @cached_property
    def named(self) -> Mapping[str, Block]:
        """The blocks that have an identifier, by it, case-folded."""
        return named_blocks(self.note.blocks)

    def part(self, name: str) -> Block | None:
        """Return the heading or the block that `A#B` or `^id` names."""
        return self.named.get(name[1:].casefold()) if name.startswith("^") else self.headings.find(name)

    def blocks(self, name: str) -> tuple[Block, ...]:
        """Return the blocks that an embed of a part shows: all, a section, or one block."""
        if not name:
            return tuple(self.note.blocks)
        if name.startswith("^"):
            part = self.part(name)
            return (part,) if part else ()
        heading = self.sections.find(name)
        return tuple(self.sections.section(heading)) if heading else ()
