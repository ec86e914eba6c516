"""The state of a conversion: where the constructs write, and what they hand back besides text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from notebinder.base.limits import LIMITS
from notebinder.base.problems import Problem, SourceLocation
from notebinder.pages.constructs.context import PageContext
from notebinder.pages.constructs.note_parts import NoteParts
from notebinder.pages.model import EmbedUse, Hidden, LinkUse
from notebinder.vault.file_notes import is_page_file
from notebinder.vault.model import Attachment, Block, Figure, Note
from notebinder.vault.syntax.inline import read_inline
from notebinder.vault.syntax.players import whole_players
from notebinder.vault.syntax.spans import Span
from notebinder.vault.syntax.tags import (
    BALANCED,
    TagBalance,
    balance_tags,
    hidden_element,
    in_line,
    without_hidden,
)
from notebinder.vault.syntax.words import count_words, words_beside

_TEXTS = ("paragraph", "heading", "callout")
_LINE_END = re.compile(r"\n")
_SIGN = re.compile(r"[^\w\s.,]|\n")
_LINK_ENDS = ("](", "][", "]:")

BlockConstruct = Callable[[Block, "Writing"], list[str]]
"""Writes a block as lines of Markdown, without the indentation of what it stands in."""
InlineConstruct = Callable[[Span, "Writing"], str]
"""Writes a piece of inline text."""


@dataclass(slots=True)
class Collected:
    """What a conversion finds on its way."""

    problems: list[Problem] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    attachments: dict[str, Attachment] = field(default_factory=dict)
    links: list[LinkUse] = field(default_factory=list)
    embeds: list[EmbedUse] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    spent: dict[Hidden, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    footnotes: dict[tuple[str, str], FootnoteUse] = field(default_factory=dict)
    """Footnotes in the order of their first reference, by note and label."""
    embedded: int = 0
    """How many characters embeds have brought so far."""
    cards: int = 0
    """How many cards of canvases are written so far."""
    macros: set[str] = field(default_factory=set)
    """Commands that the formulas so far have defined."""
    labels: Counter[str] = field(default_factory=Counter)
    """How many footnotes wanted each label."""
    references: Counter[str] = field(default_factory=Counter)
    """How many references each footnote has, by its label."""
    code_blocks: int = 0
    """How many blocks of code are written so far."""


class FootnoteUse(Struct, frozen=True):
    """A footnote that must stand at the end of what is written."""

    label: str
    """Its label on the page."""
    number: int
    """Its number among those of what is written."""
    is_typed: bool
    """Whether it is shown as typed, because the page has too many."""
    blocks: tuple[Block, ...]
    writing: Writing


@dataclass(frozen=True, slots=True)
class Tables:
    """The constructs by the kind of block or span that they write."""

    blocks: Mapping[str, BlockConstruct]
    inlines: Mapping[str, InlineConstruct]
    anchor: Callable[[Block, Writing], str]
    """Writes what a link to a block jumps to."""


class Subject(Struct, frozen=True):
    """What is written, and where to: the same for all texts of a note."""

    note: Note
    context: PageContext
    tables: Tables
    parts: NoteParts
    """What the note defines for use in it."""
    collected: Collected
    label_prefix: str = ""
    """What keeps the footnotes of this part of a page apart from those of the others."""
    chain: tuple[tuple[str, str], ...] = ()
    """The notes and parts that are being embedded, outermost first."""
    is_card: bool = False
    """Whether it stands on a card of a canvas, where no heading is one of the page."""


@lru_cache(maxsize=8)
def _line_ends(text: str) -> list[int]:
    return [found.start() for found in _LINE_END.finditer(text)]


class Writing(Struct, frozen=True):
    """A place on a page that is being written. Frozen but for what its subject collects."""

    subject: Subject
    line: int = 0
    """The line of the note where the text that is being written begins."""
    source: str = ""
    """That text as typed."""
    tags: TagBalance = BALANCED
    """Which HTML tags of that text are stray or left open."""
    has_link_ends: bool = False
    """Whether that text holds what could make its brackets a link, or so many that the engine tires."""
    depth: int = 0
    """In how many lists, quotes, callouts and embeds it stands."""
    is_nested: bool = False
    """Whether it stands in a list, a quote or a callout."""
    is_one_line: bool = False
    """Whether line ends must be written as `<br>`: in headings, titles and cells."""
    is_html: bool = False
    """Whether HTML is written instead of Markdown."""
    is_cell: bool = False
    """Whether bars must be escaped."""
    in_link: bool = False
    """Whether it is the text of a link, which may hold no other."""

    @property
    def is_title(self) -> bool:
        """Whether it is a heading or a title, which may hold no blocks."""
        return self.is_one_line and not self.is_cell

    @property
    def note(self) -> Note:
        """The note that is being written."""
        return self.subject.note

    @property
    def context(self) -> PageContext:
        """The page that it is written on."""
        return self.subject.context

    @property
    def collected(self) -> Collected:
        """What is handed back besides text."""
        return self.subject.collected

    @property
    def chain(self) -> tuple[tuple[str, str], ...]:
        """The notes and parts that are being embedded, outermost first."""
        return self.subject.chain

    def at(self, span: Span) -> SourceLocation:
        """Return the place of a span in the vault."""
        return SourceLocation(self.note.path, self.line + bisect_left(_line_ends(self.source), span.start))

    def report(self, span: Span, code: str, message: str, hint: str = "") -> None:
        """Collect a problem with a span of the page's own note."""
        self.report_line(self.at(span).line, code, message, hint)

    def report_line(self, line: int, code: str, message: str, hint: str = "") -> None:
        """Collect a problem with a line of the page's own note."""
        if not self.chain:
            line = 0 if is_page_file(self.note.path) else line  # its file has other lines than its text
            self.collected.problems.append(Problem(SourceLocation(self.note.path, line), code, message, hint))

    def spend(self, by: Hidden, text: str, shown: str = "") -> None:
        """Count words of the page's own note that are rightly not shown."""
        if text and not self.chain:
            words = count_words(text) - count_words(shown) if shown else count_words(text)
            self.collected.spent[by].update(words)

    def parts_of(self, note: Note) -> NoteParts:
        """Return what a note of the vault holds that others refer to."""
        return self.context.look_ups.parts_of(note)

    def vanish(self, by: Hidden, span: Span) -> None:
        """Count the words of a span that is not shown as typed, and those that it may be joined to."""
        beside = words_beside(self.source, span.start, span.end)
        self.spend(by, " ".join((self.source[span.start : span.end], *beside)))

    def nested(self) -> Writing:
        """Return the same place within a list or quote."""
        return replace(self, is_nested=True, depth=self.depth + 1)

    def anchor(self, block: Block) -> str:
        """Write what a link to a block jumps to."""
        return self.subject.tables.anchor(block, self)

    def blocks(self, blocks: tuple[Block, ...]) -> list[str]:
        """Write blocks one below the other."""
        table = self.subject.tables.blocks
        lines: list[str] = []
        before = ""
        for block in blocks:
            found = table[self._kind(block)](block, self)
            if block.identifier and block.kind not in ("paragraph", "heading"):
                anchor = self.anchor(block)
                found = [anchor, "", *found] if anchor else found
            if not found:
                continue
            if block.kind == before and before in ("bullet_list", "ordered_list"):
                lines += ["", "<!-- -->"]  # or the engine makes one list of the two
            lines += [""] if lines else []
            lines += found
            before = block.kind
        return lines

    def _kind(self, block: Block) -> str:
        """The kind that a block is written as: what is beyond the engine is shown as it was typed."""
        if self.depth + block.height > LIMITS.nesting:
            return "too_deep"
        text = block.text if block.kind in _TEXTS else ""
        if len(text) ** 2 > LIMITS.engine_steps and len(text) * _signs(text) > LIMITS.engine_steps:
            return "too_long"
        return block.kind

    def read(
        self, source: str, line: int, *, one_line: bool = False, html: bool = False, cell: bool = False
    ) -> tuple[tuple[Span, ...], Writing]:
        """Return the spans of a text that begins on a line of the note, and the place to write them."""
        spans = read_inline(source, self.subject.parts.definitions, in_link=self.in_link)
        has_tags = "<" in source
        everything = spans
        if has_tags:
            spans = whole_players(without_hidden(spans))
        here = Writing(
            self.subject,
            line,
            source,
            balance_tags(spans, source) if has_tags else BALANCED,
            _may_link(source),
            depth=self.depth,
            is_nested=self.is_nested or cell,
            is_one_line=self.is_one_line or one_line,
            is_html=self.is_html or html,
            is_cell=self.is_cell or cell,
            in_link=self.in_link,
        )
        if len(spans) < len(everything):
            shown = {span.start for span in spans}
            for span in everything:
                if span.start not in shown:
                    here.vanish(Hidden.HTML, span)
                    if name := hidden_element(span):
                        here.report(span, "removed-html", f"<{name}> is left out")
        return spans, here

    def text(
        self, source: str, line: int, *, one_line: bool = False, html: bool = False, cell: bool = False
    ) -> str:
        """Write a text that begins on a line of the note."""
        spans, here = self.read(source, line, one_line=one_line, html=html, cell=cell)
        closing = in_line(here.tags.closing) if here.is_title else here.tags.closing
        return here.inlines(spans) + closing

    def inlines(self, spans: tuple[Span, ...]) -> str:
        """Write the spans of a text."""
        table = self.subject.tables.inlines
        return "".join([table[span.kind](span, self) for span in spans])


def _may_link(text: str) -> bool:
    return "[" in text and (any(end in text for end in _LINK_ENDS) or text.count("[") > LIMITS.brackets)


def _signs(text: str) -> int:
    """How many signs of a text may be Markdown."""
    return sum(1 for _ in _SIGN.finditer(text))
