"""The account that every line, word and embed of a note arrived on a page, or why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from notebinder.by_values import pickled_by_values
from notebinder.model import Converted, LineRange, Note
from notebinder.problems import Problem, SourceLocation
from notebinder.syntax.words import count_words

_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Placed:
    """Lines of a note as they stand on one page."""

    lines: LineRange
    converted: Converted


@pickled_by_values
@dataclass(frozen=True, slots=True)
class Account:
    """What went in and what came out, for one note."""

    words_in: int
    words_shown: int
    """Words of the note that stand on its pages."""
    words_spent: int
    """Words that are rightly on none: targets of links, comments, block identifiers, ..."""
    embeds_in: int
    embeds_shown: int
    embeds_missing: int
    figures: int
    """Distinct images, shown or as a placeholder."""
    placings: int
    """Figures on pages; more than `figures` where one stands under two topics."""
    links_resolved: int
    links_missing: int
    problems: tuple[Problem, ...] = ()
    """At most one: the first line that is on no page."""


def balance(note: Note, placed: Sequence[Placed]) -> Account:
    """Compare a note with all its placings; lines that are shown twice count once."""
    once = list({place.lines: place.converted for place in reversed(placed)}.values())
    wanted = count_words(_body(note))
    unseen = wanted - count_words("\n".join(part.markdown for part in once))
    spent = Counter[str]()
    for part in once:
        spent.update(part.spent)
    embeds = [embed for part in once for embed in part.embeds]
    links = [link for part in once for link in part.links]
    figures = [figure for place in placed for figure in place.converted.figures]
    return Account(
        words_in=wanted.total(),
        words_shown=wanted.total() - unseen.total(),
        words_spent=(unseen & spent).total(),
        embeds_in=len(embeds),
        embeds_shown=sum(embed.shown for embed in embeds),
        embeds_missing=sum(not embed.shown for embed in embeds),
        figures=len({figure.source for figure in figures}),
        placings=len(figures),
        links_resolved=sum(link.resolved for link in links),
        links_missing=sum(not link.resolved for link in links),
        problems=_lost(note, [place.lines for place in placed], unseen - spent),
    )


def _lost(note: Note, ranges: Iterable[LineRange], missing: Counter[str]) -> tuple[Problem, ...]:
    """Name the first line that no page shows."""
    covered = {line for lines in ranges for line in range(lines.start, lines.end)}
    for number, line in enumerate(note.text.split("\n"), 1):
        if number < note.body_line:
            continue
        if (line.strip() and number not in covered) or (missing and count_words(line) & missing):
            quote = line.strip()[:_LONGEST_QUOTE]
            message = f'"{quote}" is not wholly on a page'
            return (Problem(SourceLocation(note.path, number), "lost-text", message, "please report it"),)
    return ()


def _body(note: Note) -> str:
    return "\n".join(note.text.split("\n")[note.body_line - 1 :])
