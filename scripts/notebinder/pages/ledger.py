"""The account that every line, word and embed of a note arrived on a page, or why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from msgspec import Struct

from notebinder.base.problems import Problem, SourceLocation
from notebinder.pages.layout import NoteLayout
from notebinder.pages.model import Converted, Hidden
from notebinder.vault.model import LineRange, Note
from notebinder.vault.syntax.words import count_words, number_of_words

_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Placed:
    """Lines of a note as they stand on one page."""

    lines: LineRange
    converted: Converted


class Account(Struct, frozen=True):
    """What went in and what came out, for one note."""

    words_in: int
    words_shown: int
    """Words of the note that stand on its pages."""
    words_hidden: Mapping[Hidden, int]
    """Words that are rightly on none, by what hides them."""
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

    @property
    def words_spent(self) -> int:
        """All words that are rightly on no page."""
        return sum(self.words_hidden.values())


def balance(note: Note, placed: Sequence[Placed]) -> Account:
    """Compare a note with all its placings; lines that are shown twice count once."""
    once = list({place.lines: place.converted for place in reversed(placed)}.values())
    words_in, unseen = _unseen(_body(note), "\n".join(part.markdown for part in once))
    unaccounted, hidden = unseen, dict[Hidden, int]()
    for by in Hidden:
        spent = sum((Counter(part.spent.get(by)) for part in once), Counter[str]())
        if count := (unaccounted & spent).total():
            hidden[by] = count
        unaccounted = unaccounted - spent
    embeds = [embed for part in once for embed in part.embeds]
    links = [link for part in once for link in part.links]
    figures = [figure for place in placed for figure in place.converted.figures]
    return Account(
        words_in=words_in,
        words_shown=words_in - unseen.total(),
        words_hidden=hidden,
        embeds_in=len(embeds),
        embeds_shown=sum(embed.shown for embed in embeds),
        embeds_missing=sum(not embed.shown for embed in embeds),
        figures=len({figure.source for figure in figures}),
        placings=len(figures),
        links_resolved=sum(link.resolved for link in links),
        links_missing=sum(not link.resolved for link in links),
        problems=_lost(note, [place.lines for place in placed], unaccounted),
    )


def _unseen(typed: str, shown: str) -> tuple[int, Counter[str]]:
    """Return how many words were typed, and those of them that are not shown; lines in both need no count."""
    lines, others = Counter(typed.split("\n")), Counter(shown.split("\n"))
    alike = lines & others
    unlike = count_words(_text(lines - alike))
    return number_of_words(_text(alike)) + unlike.total(), unlike - count_words(_text(others - alike))


def _text(lines: Counter[str]) -> str:
    return "\n".join(lines.elements())


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


class NoteReport(Struct, frozen=True):
    """What became of one note."""

    layout: NoteLayout
    account: Account
    words_on_pages: int
