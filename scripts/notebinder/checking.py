"""Check a vault without writing a page: its problems and its account, for people and machines."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from notebinder.problems import PROBLEM_KINDS, Level, NotebinderError, Problem, did_you_mean
from notebinder.report import problem_as_dict

_GITHUB_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}
_GITHUB_ESCAPES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_GITHUB_FIELD_ESCAPES = _GITHUB_ESCAPES | str.maketrans({":": "%3A", ",": "%2C"})


class UnknownCodeError(NotebinderError):
    """A code that no problem has."""

    def __init__(self, code: str) -> None:
        hint = did_you_mean(code, PROBLEM_KINDS) or "known are " + ", ".join(sorted(PROBLEM_KINDS))
        super().__init__(f"no problem has the code {code!r}; {hint}")


def as_text(problems: Sequence[Problem]) -> str:
    """One problem a line, as a compiler tells it."""
    return "\n".join(map(str, problems))


def as_json(problems: Sequence[Problem]) -> str:
    """A list of objects."""
    return json.dumps([problem_as_dict(problem) for problem in problems], ensure_ascii=False, indent=2)


def as_github(problems: Sequence[Problem]) -> str:
    """Annotations on the lines of a pull request."""
    return "\n".join(map(_annotation, problems))


FORMATS: Mapping[str, Callable[[Sequence[Problem]], str]] = MappingProxyType(
    {"text": as_text, "json": as_json, "github": as_github}
)
"""How `notebinder check` can tell problems."""


def explain(code: str) -> str:
    """Say what a code means, with an example."""
    kind = PROBLEM_KINDS.get(code)
    if kind is None:
        raise UnknownCodeError(code)
    return f"{kind.level}[{code}]\n\n{kind.meaning}\n\nFor example:\n  {kind.example}"


def _annotation(problem: Problem) -> str:
    place = f"file={problem.location.path.translate(_GITHUB_FIELD_ESCAPES)}"
    line = f",line={problem.location.line}" if problem.location.line else ""
    text = f"{problem.message}; {problem.hint}" if problem.hint else problem.message
    title = f",title={problem.code}"
    return f"::{_GITHUB_LEVELS[problem.level]} {place}{line}{title}::{text.translate(_GITHUB_ESCAPES)}"
