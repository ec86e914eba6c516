"""What the notes of a vault hold for others to refer to, looked up once for each note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from notebinder.vault.model import Block, Note
from notebinder.vault.packed import top_headings
from notebinder.vault.syntax.blocks import named_blocks, read_definitions, walk
from notebinder.vault.syntax.headings import Headings, read_headings
from notebinder.vault.syntax.inline import read_inline
from notebinder.vault.syntax.spans import Definitions, Span

_TEXTS = ("paragraph", "heading", "cell", "callout")


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
    def referenced(self) -> frozenset[str]:
        """The footnotes that a reader meets: the text refers to them, or one of them does."""
        found: set[str] = set()
        waiting = list(self._labels(tuple(self.note.blocks)))
        while waiting:
            label = waiting.pop()
            if label not in found:
                found.add(label)
                waiting += self._labels(self.footnotes[label].children)
        return frozenset(found)

    def _labels(self, blocks: tuple[Block, ...]) -> Iterator[str]:
        """Yield the labels of the footnotes that blocks refer to, but not in footnotes."""
        for block in blocks:
            if block.kind != "footnote":
                if block.kind in _TEXTS and "[^" in block.text:
                    yield from _labels_in(read_inline(block.text, self.definitions))
                yield from self._labels(block.children)

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

    @cached_property
    def identified(self) -> Mapping[str, int]:
        """The line of the first block that has an identifier, by it, case-folded."""
        found: dict[str, int] = {}
        for block, _ in walk(self.note.blocks):
            if block.identifier:
                found.setdefault(block.identifier.casefold(), block.lines.start)
        return found

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


def _labels_in(spans: Iterable[Span]) -> Iterator[str]:
    for span in spans:
        if span.kind == "footnote_reference":
            yield span.text.casefold()
        yield from _labels_in(span.children)
