"""How much of anything the tool takes: one table. What goes beyond is shown as it was typed, or told.

A bound stands here where without it a step takes the square of what it reads, gives up on deep nesting, or
holds all of a file at once; all other steps take time in proportion and have none.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds, each with its reason."""

    nesting: int = 50
    """Anything within itself: lists, quotes and callouts, elements of HTML, emphasis, links and footnotes,
    parentheses in a target, values in YAML, tags, folders. The engine, the templates and we give up at some
    hundreds, and each level of a link or a tag is read or written again."""
    brackets: int = 20
    """Open brackets that a text keeps as they are; for each the engine reads up to the end of the text."""
    text_bytes: int = 2_000_000
    """Bytes of a note, a canvas and any other text; a larger one is told and not read."""
    comment_rounds: int = 20
    """How often a note is read again because a comment went from one paragraph to another; then all between
    two signs is taken for one."""
    yaml_bytes: int = 300_000
    """Bytes of a note's properties, a plan or a base: YAML is read slowly."""
    yaml_characters: int = 1_000_000
    """Characters of all values in them, those that an alias repeats included."""
    embedded: int = 1_000_000
    """Characters that embeds bring to a page; then they become links."""
    embedded_block: int = 300
    """Characters that an embed, and each block and empty line of it, counts for: at each the engine looks at
    the whole page."""
    embedded_in_line: int = 30_000
    """Characters of a note that is embedded within a text, which the engine copies for each sign in it."""
    headings: int = 2_000
    """Headings of a note that stand in the table of contents; each costs the search all before it."""
    footnotes: int = 2_000
    """Footnotes of a page; for each the engine looks through all others."""
    references: int = 500
    """References to one footnote; for each the engine goes through all those before."""
    code_blocks: int = 1_000
    """Blocks of code of a page that are coloured; for each the engine copies all others."""
    cells: int = 20_000
    """Cells of a table: its head says how many each row has, typed or not."""
    expression: int = 10_000
    """Characters of an expression of a base."""
    expression_depth: int = 100
    """Parts of an expression within one another, and so many formulas that ask one another; each takes a few
    calls, and at some hundreds Python gives up."""
    base_steps: int = 2_000_000
    """Values that a base may work out, some seconds of work; a regular expression takes more than one."""
    base_value: int = 100_000
    """Characters of a text, and things in a list, that a formula makes."""
    steps: int = 20
    """Values worked out for a base that count like a character of an embed."""
    cards: int = 300
    """Cards of a page's canvases that are shown as Markdown: at each the engine looks at the whole page."""
    engine_steps: int = 1_000_000_000
    """Characters of a text times signs in it that may be Markdown: the engine copies it for each sign."""
    label: int = 999
    """Characters of a label that a link's definition goes by, as CommonMark has it."""
    hints: int = 1_000
    """Guesses at what was meant, in one vault: each looks at all names that there are."""
    headings_guessed: int = 20_000
    """Headings that guesses look at, in one note: each guess looks at all of its headings."""
    embed_depth: int = 5
    """Embeds within one another that are shown; Obsidian stops there, too."""
    whole_bytes: int = 200_000_000
    """Bytes of an image or any other attachment that is read as a whole; a larger one, a film most likely, is
    copied in pieces, and is published only if it is neither an image nor a text."""
    image_pixels: int = 50_000_000
    """A phone's 48 megapixels pass; a panorama of more is scaled down while it is decoded, one at a time, and
    what has more than Pillow's 178 megapixels is refused."""
    animation_pixels: int = 100_000_000
    """All frames together; a longer animation is published as it is, for encoding it would take minutes."""
    svg_bytes: int = 10_000_000
    """Bytes of a drawing in SVG."""


LIMITS = Limits()
