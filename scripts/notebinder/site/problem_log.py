"""Tells the problems of one build after the other, beside MkDocs' log."""

from __future__ import annotations

import logging

from notebinder.base.problems import Level, Problem
from notebinder.build.console import closing_line, tell_build
from notebinder.build.last_good import MISREAD
from notebinder.build.pipeline import Build
from notebinder.build.report import account_line, has_errors

log = logging.getLogger("mkdocs.plugins.notebinder")


class ProblemLog:
    """Remembers what it has told: while serving only what is new is told again."""

    def __init__(self) -> None:
        self._told: frozenset[Problem] = frozenset()
        self._closing: tuple[str, ...] = ()

    def tell(self, built: Build) -> None:
        """Print problems, those of a build before only if they are errors; MkDocs counts one error for all.

        `mkdocs build --strict` stops at warnings, but a missing screenshot must not stop it.
        """
        heard = self._told if log.isEnabledFor(logging.INFO) else built.problems
        news = [problem for problem in built.problems if problem.level is Level.ERROR or problem not in heard]
        self._print(news, built)

    def tell_more(self, built: Build) -> None:
        """Print what was found since `tell`, while the pages were built."""
        self._print([problem for problem in built.problems if problem not in self._told], built)

    def _print(self, news: list[Problem], built: Build) -> None:
        news.sort(key=lambda problem: problem.code not in MISREAD)  # what others may follow from
        tell_build(news, built.settings, listing="notebinder check", to_log=True)
        self._told = frozenset(built.problems)
        closing = (closing_line(built), account_line(built.notes))
        if closing != self._closing or news:
            log.log(logging.ERROR if has_errors(built.problems) else logging.INFO, "%s", closing[0])
            log.info("%s", closing[1])
        self._closing = closing
