"""What the constructs must know of the page that they write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from notebinder.addresses import AddressBook
from notebinder.constructs.note_parts import NoteParts
from notebinder.model import Attachment, Figure
from notebinder.resolve import VaultIndex
from notebinder.settings import FRAME_HOSTS, LINK_SCHEMES
from notebinder.vault import Vault, read_attachment


class FigureHtml(Protocol):
    """Decides how an image looks."""

    def __call__(self, figure: Figure, *, inline: bool) -> str:
        """Return one piece of HTML: phrasing content where `inline`, else a block."""


def attachment_address(attachment: Attachment) -> str:
    """Return where a published file lies below the folder of generated pages."""
    return f"media/{attachment.path}"


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """How Obsidian reads this vault."""

    strict_line_breaks: bool = False
    """Whether a single line end is a space instead of a line break."""
    attachment_folder: str = ""
    """Where the author drops new attachments, for hints."""
    external_embeds_at_once: bool = False
    """Whether what a note embeds from other sites loads at once instead of on a click."""
    link_schemes: frozenset[str] = frozenset(LINK_SCHEMES)
    """The schemes of links besides http and https."""
    frame_hosts: frozenset[str] = frozenset(FRAME_HOSTS)
    """The hosts whose pages may stand in a frame."""


@dataclass(frozen=True, slots=True)
class PageContext:
    """The page that is being written, and all that links and embeds on it may need."""

    page: str
    """POSIX path of the page below the folder of generated pages."""
    vault: Vault
    index: VaultIndex
    addresses: AddressBook
    figure_html: FigureHtml
    reading: ReadingSettings = field(default_factory=ReadingSettings)
    heading_shift: int = 0
    """By how many levels all headings of the page are lowered."""
    read_text: Callable[[Attachment], str] = read_attachment
    """Reads a file that is text: a canvas, a base."""
    attachment_address: Callable[[Attachment], str] = attachment_address
    """Where a file is published, below the folder of generated pages."""
    entry_links: Mapping[int, str] = field(default_factory=dict)
    """Pages that the text on a line leads to, by that line: the entries of an outline."""
    parts: dict[str, NoteParts] = field(default_factory=dict)
    """What the notes hold that others refer to; filled on the way, the same for all pages."""
    tag_page: str = ""
    """The page that lists all tags, whose ids are `tag_anchor`; empty where there is none."""
