"""The pieces of a line of text: prose, and what is protected or means something."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from msgspec import Struct


class Span(Struct, frozen=True, gc=False):
    """A piece of inline text."""

    kind: str
    """`text`, `literal` (a delimiter or bracket that pairs with none), `escape`, `code`, `math`,
    `display_math`, `comment`, `html`, `url`, `link`, `image`, `wikilink`, `embed`, `tag`,
    `footnote_reference`, `inline_footnote`, `mark`, `strong`, `emphasis`, `strike`, `soft_break`,
    `hard_break`."""
    start: int
    end: int
    text: str = ""
    """What it shows or names, without its delimiters. Of a mark, strong, emphasis or strike: the delimiter as
    typed where it is all of its run, else empty."""
    target: str = ""
    title: str = ""
    children: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Definitions:
    """What a note defines for use anywhere in it."""

    links: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Target and title by normalised label."""
    footnotes: frozenset[str] = frozenset()
    """Labels, case-folded."""


NO_DEFINITIONS = Definitions()
