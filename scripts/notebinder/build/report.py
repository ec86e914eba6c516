"""Say what a build did: the report for machines and the summary for people. Prints nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import to_builtins

from notebinder.base.problems import Level, Problem
from notebinder.build.shown_text import shown_pages
from notebinder.pages.layout import NoteLayout
from notebinder.pages.ledger import NoteReport
from notebinder.vault.model import Part


def report_as_json(
    notes: Sequence[NoteReport], problems: Sequence[Problem], files: Mapping[str, bytes]
) -> str:
    """Return the report of a build: what became of each note, what its pages among some files show."""
    data = {
        "notes": {report.layout.note.path: _note(report) for report in notes},
        "pages": [to_builtins(page) for page in shown_pages(files)],
        "problems": [problem_as_dict(problem) for problem in problems],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def problem_as_dict(problem: Problem) -> dict[str, object]:
    """Return a problem as JSON holds it."""
    return {
        "path": problem.location.path,
        "line": problem.location.line,
        "code": problem.code,
        "severity": str(problem.level),
        "message": problem.message,
        "hint": problem.hint,
    }


def summary(problems: Iterable[Problem], *, notes: int, pages: int, private: int = 0) -> str:
    """Return the closing line of a build.

    >>> summary([], notes=2, pages=16), summary([], notes=1, pages=1, private=3)
    ('2 notes, 16 pages, no problems', '1 note, 1 page, 3 private notes left out, no problems')
    """
    counts = Counter(problem.level for problem in problems)
    found = ", ".join(count_of(counts[level], level.value) for level in Level if counts[level])
    left_out = f"{count_of(private, 'private note')} left out, " if private else ""
    return f"{count_of(notes, 'note')}, {count_of(pages, 'page')}, {left_out}{found or 'no problems'}"


def account_line(notes: Sequence[NoteReport]) -> str:
    """Return the account of all notes together, in one line."""
    accounts = [report.account for report in notes]
    parts = sum(len(report.layout.parts) for report in notes)
    placed = sum(len(_placed_parts(report.layout)) for report in notes)
    embeds, shown = sum(a.embeds_in for a in accounts), sum(a.embeds_shown for a in accounts)
    lost = sum(bool(account.problems) for account in accounts)
    told = [
        *([f"{placed:,} of {count_of(parts, 'part')} placed"] if parts else []),
        *([f"{shown:,} of {count_of(embeds, 'embed')} shown"] if embeds else []),
        f"words of {count_of(lost, 'note')} LOST" if lost else "every word accounted for",
    ]
    return ", ".join(told)


def has_errors(problems: Iterable[Problem]) -> bool:
    """Tell whether a build must be called a failure."""
    return any(problem.level is Level.ERROR for problem in problems)


def page_count(layouts: Iterable[NoteLayout]) -> int:
    """Return how many pages the notes became."""
    return sum(len(layout.pages) for layout in layouts)


def count_of(number: int, noun: str) -> str:
    """Write a number of things.

    >>> count_of(1, "note"), count_of(1200, "note")
    ('1 note', '1,200 notes')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _placed_parts(layout: NoteLayout) -> set[Part]:
    return {section.part for page in layout.pages for section in page.sections if section.part}


def _note(report: NoteReport) -> Mapping[str, object]:
    account = report.account
    return {
        "pages": [page.path for page in report.layout.pages],
        "parts": [
            {
                "name": part.name,
                "line": part.lines.start,
                "pages": [
                    page.path
                    for page in report.layout.pages
                    if any(section.part == part for section in page.sections)
                ],
            }
            for part in report.layout.parts
        ],
        "embeds": {
            "found": account.embeds_in,
            "shown": account.embeds_shown,
            "missing": account.embeds_missing,
        },
        "figures": {"distinct": account.figures, "placings": account.placings},
        "links": {"resolved": account.links_resolved, "missing": account.links_missing},
        "words": {
            "note": account.words_in,
            "shown": account.words_shown,
            "hidden": dict(account.words_hidden),
            "pages": report.words_on_pages,
        },
        "balanced": not account.problems,
    }
