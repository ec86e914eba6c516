"""Read an exported folder: what its report says of the pages, and the files of their pictures.

Both may be a stranger's. So the report is read up to a size and in its form alone, and it names nothing
that is not a file of the folder.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from msgspec import Struct
from msgspec.json import decode

from notebinder.base.urls import page_address
from notebinder.site.headers import REPORT

_LARGEST_REPORT = 64_000_000
"""Bytes; a hundred times those of six hundred notes."""
_LONGEST_TEXT = 400_000
"""Characters of a page that are compared; a stranger's page must not keep the deployment busy for hours."""
_LONGEST_TITLE = 500

_WORD = re.compile(r"\w+")


class _Figure(Struct):
    name: str
    file: str


class _Page(Struct):
    path: str
    title: str
    note: str
    text: str
    headings: tuple[str, ...]
    figures: tuple[_Figure, ...]


class _Problem(Struct):
    path: str
    code: str
    severity: str
    message: str


class _Report(Struct):
    """What is read of a report; whatever else it holds is passed over."""

    pages: tuple[_Page, ...]
    problems: tuple[_Problem, ...]


@dataclass(frozen=True, slots=True)
class ExportedFigure:
    """A picture on a page, or the placeholder of one."""

    name: str
    """The attachment's name."""
    file: Path | None
    """The published file; None for a placeholder."""
    digest: str = ""
    """Stands for the file's bytes."""


@dataclass(frozen=True, slots=True)
class ExportedPage:
    """A page as its reader sees it."""

    address: str
    """Relative to the site's root: `rds/proxy/`, empty for the home page."""
    title: str
    note: str = ""
    """The note that it was made from; empty for a hand-written page."""
    lines: tuple[str, ...] = ()
    """Its visible text, without what the site adds and without empty lines."""
    headings: tuple[str, ...] = ()
    """The author's own headings."""
    figures: tuple[ExportedFigure, ...] = ()

    @property
    def words(self) -> int:
        """How many words it shows."""
        return len(_WORD.findall("\n".join(self.lines)))


@dataclass(frozen=True, slots=True)
class Export:
    """An exported folder."""

    pages: Mapping[str, ExportedPage]
    """By address."""
    redirects: frozenset[str] = frozenset()
    """Addresses that lead on to another one."""
    problems: frozenset[str] = frozenset()
    """What the author should know of, each in one line, without line numbers: they move too easily."""


def read_export(folder: Path) -> Export | None:
    """Read an exported folder; None where its report is missing or none."""
    report = _read_report(folder / REPORT)
    if report is None:
        return None
    files = {
        file.relative_to(folder).as_posix(): file for file in sorted(folder.rglob("*")) if file.is_file()
    }
    digest = cache(lambda path: _digest(files[path]) if path in files else "")  # a report may repeat itself
    there = (page for page in report.pages if page.path.endswith(".md") and page.path in files)
    by_address = {page_address(page.path): _exported(page, files, digest) for page in there}
    redirects = {page_address(path) for path in files if path.endswith("/index.html")}
    problems = frozenset(f"{it.path}: {it.severity}[{it.code}] {it.message}" for it in report.problems)
    return Export(by_address, frozenset(redirects - by_address.keys()), problems)


def _read_report(file: Path) -> _Report | None:
    try:
        if file.stat().st_size > _LARGEST_REPORT:
            return None
        return decode(file.read_bytes(), type=_Report)
    except (OSError, ValueError, RecursionError):
        return None


def _exported(page: _Page, files: Mapping[str, Path], digest: Callable[[str], str]) -> ExportedPage:
    return ExportedPage(
        page_address(page.path),
        page.title[:_LONGEST_TITLE],
        page.note,
        tuple(filter(None, page.text[:_LONGEST_TEXT].split("\n"))),
        page.headings,
        tuple(ExportedFigure(each.name, files.get(each.file), digest(each.file)) for each in page.figures),
    )


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()[:16]
