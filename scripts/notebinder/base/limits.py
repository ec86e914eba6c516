"""How much of anything the tool takes: one table. What goes beyond is shown as it was typed, or told.

Within these bounds every step takes time and memory in proportion to what it reads. The engine behind the
pages does not: it takes the square of some things, and it gives up on deep nesting.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds, each with its reason."""

    nesting: int = 50
    """Lists, quotes and callouts within one another on a page, and elements of HTML within one another; the
    engine gives up at some hundreds."""
    folders: int = 50
    """Folders within one another; the navigation nests like them, and templates give up at some hundred."""
    brackets: int = 20
    """Open brackets that a text keeps as they are; for each the engine reads up to the end of the text."""
    brackets_within: int = 30
    """Links, images and footnotes within one another; nobody reads deeper, and each level is read again."""
    text_bytes: int = 2_000_000
    """Bytes of a note, a canvas and any other text; a larger one is told and not read."""
    comment_rounds: int = 20
    """How often a note is read again because a comment went from one paragraph to another; then all between
    two signs is taken for one."""
    comment_characters: int = 1_000_000
    """Characters of a note that are read in these rounds together, more or less."""
    yaml_bytes: int = 300_000
    """Bytes of a note's properties, a plan or a base: YAML is read slowly."""
    yaml_values: int = 20_000
    """Values in them, those that an alias repeats included."""
    yaml_characters: int = 1_000_000
    """Characters in them, counted alike."""
    embedded: int = 1_000_000
    """Characters that embeds bring to a page; then they become links."""
    embed_weight: int = 1_000
    """Characters that an embed counts for besides those of its note."""
    embedded_block: int = 300
    """Characters that each block and empty line of an embed counts for: at each the engine looks at the whole
    page."""
    embedded_in_line: int = 30_000
    """Characters of a note that is embedded within a text."""
    headings: int = 2_000
    """Headings of a note that stand in the table of contents; each costs the search all before it."""
    footnotes: int = 2_000
    """Footnotes of a page; for each the engine looks through all others."""
    cells: int = 20_000
    """Cells of a table."""
    conditions: int = 4
    """Conditions of a base, each asked of one note, that count like a character of an embed."""
    cards: int = 2_000
    """Cards and arrows of a canvas."""
    engine_steps: int = 1_000_000_000
    """Characters of a text times signs in it that may be Markdown: the engine copies it for each sign."""
    label: int = 999
    """Characters of a label that a link's definition goes by, as CommonMark has it."""
    tag_levels: int = 20
    """Tags that a nested tag stands below on the page of all tags; each is written with those above it."""
    hints: int = 1_000
    """Guesses at what was meant, in one vault and in one note: each looks at all names that there are."""
    candidates: int = 5
    """Files that a message about an ambiguous link names."""
    embed_depth: int = 5
    """Embeds within one another that are shown; Obsidian stops there, too."""
    emphasis: int = 30
    """Marks of emphasis within one another; deeper ones are shown as typed."""
    parentheses: int = 32
    """Parentheses within one another in a link's target, as CommonMark has it."""
    whole_bytes: int = 200_000_000
    """Bytes of an image or any other attachment that is read as a whole; a larger one, a film most likely, is
    copied in pieces, and is published only if it is neither an image nor a text."""
    image_pixels: int = 50_000_000
    """A phone's 48 megapixels pass; decoding more takes gigabytes when all cores do it at once."""
    animation_pixels: int = 100_000_000
    """All frames together; a longer animation is published as it is, for encoding it would take minutes."""
    transcribed_pixels: int = 100_000_000
    """Pixels of an image whose text is read."""
    svg_bytes: int = 10_000_000
    """Bytes of a drawing in SVG."""


LIMITS = Limits()
