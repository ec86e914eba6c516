"""What a reader sees of a page, for the report: its title, its own text, its headings and figures.

What the site adds to a page bears `data-generated` and is left out.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from urllib.parse import unquote

from msgspec import Struct

from notebinder.base.urls import page_address
from notebinder.vault.syntax.properties import read_properties
from notebinder.vault.syntax.tag_reader import TagReader

# ```sql, ~~~
_FENCE = re.compile(r"\s*(?P<fence>`{3,}|~{3,})")

# `code` or ``co`de``; possessive, so that a line full of backticks takes no longer than another
_CODE_SPAN = re.compile(r"(?<!`)(?P<ticks>`++)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)")

# ## Proxy { #proxy data-generated }
_HEADING = re.compile(r"#{1,6} +(?P<text>.*)")

# [Proxy](./proxy.md#limits) leads within the site: where to is not what the page says.
_INNER_LINK = re.compile(r"!?\[(?P<text>[^\[\]]*)\]\(\.{1,2}/[^()\s]*\)")

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})


class ShownFigure(Struct, frozen=True):
    """A picture on a page, or the placeholder of one."""

    name: str
    """The attachment's name."""
    file: str
    """The published file, from the folder that the pages' paths count from; empty for a placeholder."""


class ShownPage(Struct, frozen=True):
    """A page as its reader sees it."""

    path: str
    title: str
    note: str
    """The note that it was made from; empty for a hand-written page."""
    text: str
    """Its visible lines, without what the site adds and without empty ones."""
    headings: tuple[str, ...]
    """The author's own headings."""
    figures: tuple[ShownFigure, ...]


def shown_pages(files: Mapping[str, bytes]) -> Iterator[ShownPage]:
    """Read all pages among some files, by their paths."""
    for path, data in sorted(files.items()):
        if path.endswith(".md"):
            yield shown_page(path, data.decode(errors="replace"))


def shown_page(path: str, markdown: str) -> ShownPage:
    """Read one page."""
    text = markdown.replace("\r\n", "\n")
    about, body_line, _ = read_properties(text, path)
    reader = _PageReader()
    reader.feed("\n".join(_as_html(text.split("\n")[body_line - 1 :])))
    reader.close()
    lines = (line.strip() for line in "".join(reader.text).split("\n"))
    headings = tuple(filter(None, reader.headings))
    title, note = (value if isinstance(value, str) else "" for value in map(about.get, ("title", "source")))
    return ShownPage(
        path,
        html.unescape(title) or next(iter(headings), PurePosixPath(path).stem),
        note,
        "\n".join(filter(None, lines)),
        headings,
        tuple(ShownFigure(name, _file(src, path)) for name, src in reader.figures),
    )


def _as_html(lines: Iterable[str]) -> Iterator[str]:
    """Write the author's headings as tags, and code so that what looks like a tag in it is none."""
    fence = ""
    for line in lines:
        mark = _FENCE.match(line)
        if fence or mark:
            yield html.escape(line, quote=False)
        else:
            prose = _INNER_LINK.sub(r"\g<text>", line)
            yield _heading(_CODE_SPAN.sub(lambda code: html.escape(code[0], quote=False), prose))
        fence = _fence_after(fence, mark)


def _fence_after(fence: str, mark: re.Match[str] | None) -> str:
    """Return the fence that is open behind a line; a longer fence of the same kind closes it."""
    if mark is None:
        return fence
    if not fence:
        return mark["fence"]
    return "" if mark["fence"].startswith(fence) else fence


def _heading(line: str) -> str:
    found = _HEADING.match(line)
    if not found:
        return line
    text, attributes = found["text"].rstrip(), ""
    if text.endswith("}") and "{" in text:
        text, _, attributes = text.rpartition("{")
    return text if "data-generated" in attributes else f"<h2>{text}</h2>"


class _PageReader(TagReader):
    """Tells a page's own text and its figures from what the site adds to it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.headings: list[str] = []
        self.figures: list[tuple[str, str]] = []
        """Attachment name, and the address of the image or an empty text."""
        self._generated: list[str] = []
        """The open tags, from the outermost generated one on."""
        self._heading = 0
        """Where the text of the last heading begins."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if name := attributes.get("data-source"):
            self.figures.append((name, (attributes.get("src") or "") if tag == "img" else ""))
        if tag not in _VOID and (self._generated or "data-generated" in attributes):
            self._generated.append(tag)
        elif tag in _HEADINGS:
            self._heading = len(self.text)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._generated:
            while self._generated.pop() != tag:
                pass
        elif tag in _HEADINGS:
            self.headings.append("".join(self.text[self._heading :]).strip())
            self._heading = len(self.text)

    def handle_data(self, data: str) -> None:
        if not self._generated:
            self.text.append(data)


def _file(src: str, page: str) -> str:
    """Return the path of a picture by its address, which counts from the built page."""
    return posixpath.normpath(posixpath.join(page_address(page), unquote(src))) if src else ""
