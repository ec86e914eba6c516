"""What becomes of a note's lines, and the finished page. Frozen values; nothing here touches a file."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from msgspec import Struct, field

from notebinder.base.problems import Problem
from notebinder.vault.model import Attachment, Figure


class Hidden(StrEnum):
    """Why words of a note are rightly on no page: Obsidian hides them itself, or the author is told."""

    CALLOUT = "type of a callout"
    COMMENT = "comment"
    DEFINITION = "definition of a link"
    DRAWING = "what is written in a drawing that is shown"
    EMBED = "embed"
    FOOTNOTE = "label of a footnote"
    FORMULA = "command of a formula that shows nothing"
    HTML = "HTML"
    IDENTIFIER = "identifier of a block"
    LANGUAGE = "language of code"
    LINK = "target of a link"
    QUERY = "query"
    TOLD = "told as a problem"


class LinkUse(Struct, frozen=True, gc=False):
    """A link of a note, and what became of it."""

    target: str
    line: int
    resolved: bool
    page: str = ""
    """The page that it leads to, below the folder of generated pages; empty where it leads to none."""


class EmbedUse(Struct, frozen=True, gc=False):
    """An embed of a note, and what became of it."""

    target: str
    line: int
    shown: bool


class Converted(Struct, frozen=True):
    """Lines of a note as Markdown that any Python-Markdown engine shows as Obsidian does."""

    markdown: str
    problems: tuple[Problem, ...] = ()
    figures: tuple[Figure, ...] = ()
    """The images that it embeds, in order."""
    attachments: tuple[Attachment, ...] = ()
    """Other files that it links or embeds, which must be published with it."""
    links: tuple[LinkUse, ...] = ()
    embeds: tuple[EmbedUse, ...] = ()
    tags: tuple[str, ...] = ()
    """Tags in its text as typed, without the sign, in order."""
    spent: Mapping[Hidden, Mapping[str, int]] = field(default_factory=lambda: MappingProxyType({}))
    """Words of the source that are rightly not on the page, counted, by what hides them."""


class Page(Struct, frozen=True):
    """One Markdown file for MkDocs."""

    path: str
    """POSIX path relative to the folder of generated pages."""
    title: str
    note: str
    """The path of the note that it shows; empty for a page that notebinder adds."""
    markdown: str
    """The whole file, front matter included."""
