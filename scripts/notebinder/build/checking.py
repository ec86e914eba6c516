"""How problems are told to people, programs and GitHub. Prints nothing."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

import click

from notebinder.base.problems import Level, Problem
from notebinder.build.report import count_of, problem_as_dict

_COLOURS = {Level.ERROR: "red", Level.WARNING: "yellow", Level.INFO: "cyan"}
_GITHUB_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}
_GITHUB_ESCAPES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_GITHUB_FIELD_ESCAPES = _GITHUB_ESCAPES | str.maketrans({":": "%3A", ",": "%2C"})
_WORST_FIRST = list(Level)
_MANY_IN_FILE = 3
"""Of more problems of one kind in one file a build tells the first, and how many there are."""
_PLACES = 5
"""So many places a line names that stands for all information of a kind."""
_MANY = 20
"""With more problems than this a table says how many there are of each kind."""


def as_line(problem: Problem) -> str:
    """One problem as a compiler tells it, in colours that printing leaves out where there are none."""
    place = click.style(str(problem.location), bold=True)
    level = click.style(problem.level, fg=_COLOURS[problem.level], bold=True)
    hint = f"; {click.style(problem.hint, fg='green')}" if problem.hint else ""
    return f"{place}: {level}[{problem.code}] {problem.message}{hint}"


def problems_as_text(problems: Sequence[Problem], *, verbose: bool = True) -> str:
    """One problem a line, errors first; of very many a table at the end.

    Args:
        problems: sorted by their places.
        verbose: whether every piece of information has a line, or each kind of it.
    """
    by_level = sorted(problems, key=lambda problem: _WORST_FIRST.index(problem.level))
    infos = [problem for problem in by_level if problem.level is Level.INFO and not verbose]
    lines = [as_line(problem) for problem in by_level if verbose or problem.level is not Level.INFO]
    table = [f"\n{count_table(problems)}\n"] if len(problems) > _MANY else []
    return "\n".join([*lines, *_one_for_each_kind(infos), *table])


def _one_for_each_kind(problems: Iterable[Problem]) -> Iterator[str]:
    kinds: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        kinds[problem.code].append(problem)
    for code, found in kinds.items():
        if len(found) == 1:
            yield as_line(found[0])
            continue
        places = ", ".join(str(problem.location) for problem in found[:_PLACES])
        more = f" and {len(found) - _PLACES:,} more; --verbose lists them" if len(found) > _PLACES else ""
        level = click.style(Level.INFO, fg=_COLOURS[Level.INFO], bold=True)
        yield f"{level}[{code}] {len(found):,} times: {places}{more}"


def problems_as_json(problems: Sequence[Problem]) -> str:
    """A list of objects."""
    return json.dumps([problem_as_dict(problem) for problem in problems], ensure_ascii=False, indent=2)


def as_github(problems: Sequence[Problem]) -> str:
    """Annotations on the lines of a pull request, worst first: GitHub shows ten of each level."""
    by_level = sorted(problems, key=lambda problem: _WORST_FIRST.index(problem.level))
    return "\n".join(map(_annotation, by_level))


FORMATS: Mapping[str, Callable[[Sequence[Problem]], str]] = MappingProxyType(
    {"text": problems_as_text, "json": problems_as_json, "github": as_github}
)
"""How `notebinder check` can tell problems."""


def as_excerpt(problems: Iterable[Problem], *, most: int, listing: str) -> Iterator[str]:
    """At most so many lines of each kind, and one that says where the rest is listed.

    Information is only counted, and of many problems of a kind in one file the first stands for all.
    """
    found = list(problems)
    alike: defaultdict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in found:
        alike[problem.location.path, problem.code].append(problem)
    told: Counter[str] = Counter()
    rest: list[Problem] = []
    for problem in found:
        group = alike[problem.location.path, problem.code]
        stands_for = group if len(group) > _MANY_IN_FILE else [problem]
        if problem is not stands_for[0]:
            continue
        told[problem.code] += 1
        if problem.level is Level.INFO or told[problem.code] > most:
            rest += stands_for
        elif len(stands_for) > 1:
            yield f"{as_line(problem)} ({len(group) - 1:,} more in this file; `{listing}` lists them)"
        else:
            yield as_line(problem)
    if rest:
        yield f"{count_table(rest)}\nnot listed above; `{listing}` lists them"


def count_table(problems: Iterable[Problem]) -> str:
    """How many problems there are of each kind, and in how many files, worst and most first."""
    places: defaultdict[tuple[Level, str], list[str]] = defaultdict(list)
    for problem in problems:
        places[problem.level, problem.code].append(problem.location.path)
    rows = sorted(places, key=lambda row: (_WORST_FIRST.index(row[0]), -len(places[row]), row[1]))
    return "\n".join(
        f"{len(places[row]):>7,} {row[0]}[{row[1]}] in {count_of(len(set(places[row])), 'file')}"
        for row in rows
    )


def _annotation(problem: Problem) -> str:
    place = f"file={problem.location.path.translate(_GITHUB_FIELD_ESCAPES)}"
    line = f",line={problem.location.line}" if problem.location.line else ""
    text = f"{problem.message}; {problem.hint}" if problem.hint else problem.message
    title = f",title={problem.code}"
    return f"::{_GITHUB_LEVELS[problem.level]} {place}{line}{title}::{text.translate(_GITHUB_ESCAPES)}"
