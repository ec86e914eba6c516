"""Prints what was found: in colour on a terminal, plain in a pipe. Only commands and the plugin use it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import click
from msgspec.structs import replace

from notebinder.base.problems import Problem
from notebinder.base.settings import Settings
from notebinder.build.checking import FORMATS, as_excerpt, as_line, problems_as_text
from notebinder.build.pipeline import Build
from notebinder.build.report import account_line, page_count, summary

_NOT_MEANT = ("hidden", "outside", "template")
"""Why notes are left out that nobody expects on the site."""
_MOST = 10
"""So many problems of one kind a build lists; `notebinder check` lists them all."""


def tell(problems: Iterable[Problem]) -> None:
    """Print problems, one a line."""
    for problem in problems:
        _print(as_line(problem))


def tell_check(built: Build, form: str, *, verbose: bool = True) -> None:
    """Print all that a check found in a form, a key of `FORMATS`; for people the account, too."""
    if form == "json":
        _print(FORMATS[form](built.problems))
    elif form == "text" and built.problems:
        _print(problems_as_text(seen_from_here(built.problems, built.settings), verbose=verbose))
    elif built.problems:
        _print(FORMATS[form](seen_from_here(built.problems, built.settings)))
    if form == "text":
        _print(f"{closing_line(built)}\n{account_line(built.notes)}")


def tell_build(problems: Iterable[Problem], settings: Settings, *, listing: str, to_log: bool) -> None:
    """Print what a build found, each kind at most some times, and where the rest is listed.

    Args:
        problems: sorted, at the levels of the settings.
        settings: where their files lie.
        listing: the command that lists all of them.
        to_log: print beside a program's log instead of on its output.
    """
    for line in as_excerpt(seen_from_here(problems, settings), most=_MOST, listing=listing):
        _print(line, to_log=to_log)


def closing_line(built: Build) -> str:
    """Count notes, pages and problems."""
    verdicts = built.public.verdicts.items()
    private = [path for path, verdict in verdicts if not verdict.is_public and verdict.rule not in _NOT_MEANT]
    return summary(
        built.problems,
        notes=len(built.notes),
        pages=page_count(built.layouts),
        private=sum(path.lower().endswith(".md") for path in private),
    )


def seen_from_here(problems: Iterable[Problem], settings: Settings) -> list[Problem]:
    """Name files as they are named from the working folder, so that a click or GitHub finds them."""
    here, among = Path.cwd(), (settings.vault, settings.root)
    return [_seen_from(here, problem, among) for problem in problems]


def _seen_from(here: Path, problem: Problem, folders: Iterable[Path]) -> Problem:
    path = problem.location.path
    file = next((folder / path for folder in folders if (folder / path).exists()), None)
    if file is None or not file.is_relative_to(here):
        return problem
    return replace(problem, location=replace(problem.location, path=file.relative_to(here).as_posix()))


def _print(text: str, *, to_log: bool = False) -> None:
    click.echo(text, err=to_log, color=_wants_colour())


def _wants_colour() -> bool | None:
    """What the environment asks for; where it asks for nothing, click looks whether this is a terminal.

    See https://no-color.org and https://force-color.org: any value but an empty one counts.
    """
    if os.environ.get("NO_COLOR"):
        return False
    return True if os.environ.get("FORCE_COLOR") else None
