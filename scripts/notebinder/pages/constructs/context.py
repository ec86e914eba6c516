"""What the constructs must know of the page that they write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from msgspec import Struct, field

from notebinder.pages.constructs.look_ups import LookUps, ReadingSettings
from notebinder.vault.model import Figure


class FigureHtml(Protocol):
    """Decides how an image looks."""

    def __call__(self, figure: Figure, *, inline: bool) -> str:
        """Return one piece of HTML: phrasing content where `inline`, else a block."""


class PageContext(Struct, frozen=True):
    """The page that is being written, and the way to all that links and embeds on it may need."""

    page: str
    """POSIX path of the page below the folder of generated pages."""
    look_ups: LookUps
    """The one way to all that the page must know of the vault."""
    figure_html: FigureHtml
    heading_shift: int = 0
    """By how many levels all headings of the page are lowered."""
    entry_links: Mapping[int, str] = field(default_factory=dict)
    """Pages that the text on a line leads to, by that line: the entries of an outline."""

    @property
    def reading(self) -> ReadingSettings:
        """How Obsidian reads this vault."""
        return self.look_ups.how_to_read()
