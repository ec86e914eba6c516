"""Read an exported folder as a reader of the site would: titles, visible text, pictures. Resolves nothing."""

from __future__ import annotations

import hashlib
import html
import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import yaml

from notebinder.base.urls import page_address
from notebinder.vault.syntax.tag_reader import TagReader

_LARGEST_PAGE = 400_000
"""Bytes of a page that are compared; a stranger's page must not keep the publisher busy for hours."""
_LARGEST_FRONT_MATTER = 20_000
_LONGEST_LINE = 2_000
"""Characters of a line in which a heading is looked for."""

_FRONT_MATTER = re.compile(r"\A---\n(?P<yaml>.*?)^---\n", re.DOTALL | re.MULTILINE)

# ```sql, ~~~
_FENCE = re.compile(r"\s*(?P<fence>`{3,}|~{3,})")

# `code` or ``co`de``; possessive, so that a line full of backticks takes no longer than another
_CODE_SPAN = re.compile(r"(?<!`)(?P<ticks>`++)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)")

# ## Proxy { #proxy data-generated }
_HEADING = re.compile(r"^#{1,6} +(?P<text>.*?)(?: *\{(?P<attributes>[^{}]*)\})? *$")

# [Proxy](./proxy.md#limits) leads within the site: where to is not what the page says.
_INNER_LINK = re.compile(r"!?\[(?P<text>[^\[\]]*)\]\(\.{1,2}/[^()\s]*\)")

_VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})


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
        return sum(len(re.findall(r"\w+", line)) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Export:
    """An exported folder."""

    pages: Mapping[str, ExportedPage]
    """By address."""
    redirects: frozenset[str] = frozenset()
    """Addresses that lead on to another one."""
    problems: frozenset[str] = frozenset()
    """What the author should know of, each in one line, without line numbers: they move too easily."""


def read_export(folder: Path, report: Path | None = None) -> Export:
    """Read all pages of a folder, and the problems of the report that was written with them."""
    files = {
        file.relative_to(folder).as_posix(): file for file in sorted(folder.rglob("*")) if file.is_file()
    }
    pages = [_read_page(path, files) for path in files if path.endswith(".md")]
    by_address = {page.address: page for page in pages}
    redirects = {page_address(path) for path in files if path.endswith("/index.html")}
    problems = _read_problems(report) if report and report.is_file() else frozenset()
    return Export(by_address, frozenset(redirects - by_address.keys()), problems)


def _read_page(path: str, files: Mapping[str, Path]) -> ExportedPage:
    text = _read_text(files[path])
    about = _front_matter(text)
    reader = _PageReader()
    reader.feed(_with_code_as_text(_FRONT_MATTER.sub("", text)))
    reader.close()
    lines, headings = _visible("".join(reader.text))
    address = page_address(path)
    return ExportedPage(
        address=address,
        title=html.unescape(about.get("title", "")) or next(iter(headings), PurePosixPath(path).stem),
        note=about.get("source", ""),
        lines=lines,
        headings=headings,
        figures=tuple(_figure(files, address, name, src) for name, src in reader.figures),
    )


def _read_text(file: Path) -> str:
    with file.open("rb") as opened:
        return opened.read(_LARGEST_PAGE).decode(errors="replace").replace("\r\n", "\n")


def _front_matter(text: str) -> dict[str, str]:
    """Read the front matter's texts; what cannot be read counts as not there."""
    found = _FRONT_MATTER.match(text)
    if not found or len(found["yaml"]) > _LARGEST_FRONT_MATTER:
        return {}
    try:
        values = yaml.safe_load(found["yaml"])
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    known = values.items() if isinstance(values, dict) else ()
    return {key: value for key, value in known if isinstance(key, str) and isinstance(value, str)}


def _with_code_as_text(body: str) -> str:
    """Escape code, so that what looks like a tag in it is none."""
    fence = ""
    lines = []
    for line in body.split("\n"):
        mark = _FENCE.match(line)
        if fence or mark:
            lines.append(html.escape(line, quote=False))
        else:
            lines.append(_CODE_SPAN.sub(lambda code: html.escape(code[0], quote=False), line))
        fence = _fence_after(fence, mark)
    return "\n".join(lines)


def _fence_after(fence: str, mark: re.Match[str] | None) -> str:
    """Return the fence that is open behind a line; a longer fence of the same kind closes it."""
    if mark is None:
        return fence
    if not fence:
        return mark["fence"]
    return "" if mark["fence"].startswith(fence) else fence


class _PageReader(TagReader):
    """Tells a page's own text and its figures from what the site adds to it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.figures: list[tuple[str, str]] = []
        """Attachment name, and the address of the image or an empty text."""
        self._generated: list[str] = []
        """The open elements from the outermost generated one on."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if name := attributes.get("data-source"):
            self.figures.append((name, (attributes.get("src") or "") if tag == "img" else ""))
        if tag not in _VOID and (self._generated or "data-generated" in attributes):
            self._generated.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._generated:
            while self._generated.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self._generated:
            self.text.append(data)


def _visible(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the lines that are seen, and those of them that are the author's headings."""
    lines, headings = [], []
    fence = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        heading = None if fence or mark else _HEADING.match(line[:_LONGEST_LINE])
        fence = _fence_after(fence, mark)
        shown = _INNER_LINK.sub(r"\g<text>", heading["text"] if heading else line).strip()
        if not shown:
            continue
        lines.append(shown)
        if heading and "data-generated" not in (heading["attributes"] or ""):
            headings.append(shown)
    return tuple(lines), tuple(headings)


def _figure(files: Mapping[str, Path], address: str, name: str, src: str) -> ExportedFigure:
    """Find a picture by its address, which counts from the built page."""
    file = files.get(posixpath.normpath(posixpath.join(address, unquote(src))))
    if file is None:
        return ExportedFigure(name, None)
    with file.open("rb") as opened:
        return ExportedFigure(name, file, hashlib.file_digest(opened, "sha256").hexdigest()[:16])


def _read_problems(report: Path) -> frozenset[str]:
    try:
        return frozenset(_problem_lines(json.loads(report.read_text(encoding="utf-8"))))
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return frozenset()


def _problem_lines(report: Mapping[str, list[Mapping[str, object]]]) -> Iterator[str]:
    for problem in report["problems"]:
        yield f"{problem['path']}: {problem['severity']}[{problem['code']}] {problem['message']}"
