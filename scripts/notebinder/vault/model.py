"""The nouns of notebinder. Frozen values without behaviour of their own; nothing here touches a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from msgspec import Struct, field

from notebinder.base.problems import SourceLocation

PAGE_FILES = (".canvas", ".base", ".excalidraw")
"""What files besides notes end in that have a page of their own."""


class LineRange(Struct, frozen=True, gc=False):
    """Lines of a note: 1-based, `end` is the first line behind it."""

    start: int
    end: int

    def __contains__(self, line: int) -> bool:
        return self.start <= line < self.end


class Block(Struct, frozen=True, gc=False):
    """A block of a note, as Obsidian cuts it."""

    kind: str
    """A name that markdown-it has for it (`heading`, `paragraph`, `bullet_list`, `list_item`, `blockquote`,
    `fence`, `code_block`, `html_block`, `hr`, `table`, `row`, `cell`), or one of `callout`, `comment`,
    `math_block`, `footnote`, `definition` (of a link), `identifier` (of the block above), `too_deep`
    (all that stands deeper than is read), `canvas` and in it `card`, `no_canvas` (one that is none),
    `base` (a view of one), `drawing`."""
    lines: LineRange
    level: int = 0
    """1 to 6 for a heading, else 0."""
    text: str = ""
    """The inline source of a heading, paragraph, cell or callout title; the content of code and the like."""
    children: tuple[Block, ...] = ()
    info: str = ""
    """The language of code, the type of a callout, the label of a footnote, the marker of a list, the
    alignment of a cell."""
    identifier: str = ""
    """The block identifier that its author gave it, without the caret."""
    number: int = 1
    """The first number of an ordered list, or which view of a base it is."""
    task: str = ""
    """What stands between the brackets of a task, else empty."""
    fold: str = ""
    """`+` or `-` for a callout that folds."""
    is_tight: bool = False
    """Whether a list shows its items without space between them."""
    title: str = ""
    """The title of a link's definition; the metadata of a callout."""
    height: int = 0
    """So many lists, quotes and callouts stand within one another in it, itself included."""


class Note(Struct, frozen=True):
    """A Markdown file of the vault."""

    path: str
    """POSIX path relative to the vault, as the file system spells it."""
    text: str
    """The whole file: decoded, `\\n` line ends, no byte order mark."""
    properties: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    body_line: int = 1
    """The first line behind the properties."""
    blocks: Sequence[Block] = ()
    """All top-level blocks of the body, in order."""

    @property
    def name(self) -> str:
        """The file name without its ending: what Obsidian shows as the title."""
        return name_of(self.path)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the read-only view of the properties as what it shows."""
        return _note, (self.path, self.text, dict(self.properties), self.body_line, self.blocks)


def name_of(path: str) -> str:
    """Return what a note, a canvas or a base is called.

    >>> name_of("a/Plan.canvas"), name_of("a/v1.2.md")
    ('Plan', 'v1.2')
    """
    name = path.rpartition("/")[2]
    return next((name.removesuffix(end) for end in (".md", *PAGE_FILES) if name.endswith(end)), name)


def _note(path: str, text: str, properties: dict[str, Any], body_line: int, blocks: Sequence[Block]) -> Note:
    return Note(path, text, MappingProxyType(properties), body_line, blocks)


class Attachment(Struct, frozen=True):
    """A file of the vault that is no note."""

    path: str
    """POSIX path relative to the vault."""
    file: Path
    """Where it lies on disk."""
    text: str | None = None
    """What is published instead of the file, where that names private notes."""

    @property
    def name(self) -> str:
        """The file name with its suffix."""
        return self.path.rpartition("/")[2]


class OutlineEntry(Struct, frozen=True):
    """One line of an outline."""

    text: str
    """The entry's text without its number, as typed."""
    line: int
    number: int | None = None


class Outline(Struct, frozen=True):
    """The list at the head of a note that names its topics."""

    entries: tuple[OutlineEntry, ...]
    lines: LineRange


class Part(Struct, frozen=True):
    """What a topic page is made of: a run of whole top-level blocks of a note."""

    name: str
    """The attachment's file name, the heading's text, or the first words; a repeat ends in `#2`."""
    lines: LineRange
    embed: str = ""
    """The target of the one embed that the part is, else empty."""
    heading_level: int = 0
    """The level of the heading that it begins with, else 0."""


class PlannedPart(Struct, frozen=True):
    """A line of a plan that puts a part under a topic."""

    name: str
    line: int
    title: str = ""
    """The part's title, or empty for the part's own."""
    doubt: str = ""
    """Why it may belong elsewhere, as notebinder's own comment behind it says."""


class Doubt(Struct, frozen=True):
    """Why a part may belong elsewhere, and the line of the plan to change."""

    why: str
    place: SourceLocation


class PlannedTopic(Struct, frozen=True):
    """A topic as a plan lists it."""

    title: str
    line: int
    parts: tuple[PlannedPart, ...] = ()
    entry: str = ""
    """The outline entry that it stands for, where its text is not the title."""


class Plan(Struct, frozen=True):
    """Which part of a note is shown under which topic."""

    path: str
    """POSIX path relative to the vault."""
    topics: tuple[PlannedTopic, ...]
    overview: tuple[PlannedPart, ...] = ()
    """Parts that introduce the whole note."""
    is_proposed: bool = False
    """Whether its author has still to agree to its topics; until then the note is one page."""


class PlacedWord(Struct, frozen=True, gc=False):
    """A word of a picture and the box around it, in pixels of the picture."""

    text: str
    left: int
    top: int
    width: int
    height: int


class Places(Struct, frozen=True):
    """Where the words of a picture stand, as they were read."""

    image_hash: str
    """Tells the image that they were read from."""
    size: tuple[int, int]
    """Width and height of the picture in pixels."""
    lines: tuple[tuple[PlacedWord, ...], ...]
    """In reading order: the title's lines, then those of the paragraphs."""


class Transcript(Struct, frozen=True):
    """The text that can be read in an image."""

    title: str
    """The title that the picture itself bears; empty if it has none."""
    paragraphs: tuple[str, ...]
    """The rest in reading order; a bullet begins with `- `, behind two spaces for each level."""
    image_hash: str = ""
    """Tells the image that it was read from."""
    corrected: bool = False
    """Whether the author has changed what was read."""
    places: Places | None = None
    """Where the words stand, where that is known."""
    is_of_drawing: bool = False
    """Whether it was not read, but written in a drawing."""


class Figure(Struct, frozen=True):
    """An embedded image as a page shows it."""

    source: str
    """The attachment's path in the vault, or the target as typed where no file is found."""
    attachment: Attachment | None
    """The file, or None where it is missing."""
    title: str = ""
    """What it shows; empty where nobody has said so."""
    alt: str = ""
    width: int | None = None
    """CSS pixels that the author asked for."""
    height: int | None = None
    fragment: str = ""
    """What stands behind the `#`: a hook for the author's own styles."""
