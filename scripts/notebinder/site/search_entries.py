"""What can be found on a page: one entry for the page, each section, and each figure that has an address.

Entries are plain text, block by block, without what the site adds or repeats: a note that is embedded is
found on its own page, so the page that embeds it has its name only.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from notebinder.vault.syntax.tex import readable_formula

_VOID = frozenset(
    [
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source"),
        *("track", "wbr"),
    ]
)
_UNREAD = frozenset(["script", "style", "template", "object"])
_INLINE = frozenset(
    [
        *("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i"),
        *("ins", "kbd", "label", "mark", "q", "ruby", "rb", "rt", "s", "samp", "small", "span", "strike"),
        *("strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    ]
)
_SITES_OWN = frozenset(["headerlink", "linenodiv", "nb-tags"])
"""Classes of what stands around an author's words, or is found by other means."""
_HEADING = re.compile("h[1-6]")


@dataclass(slots=True)
class _Entry:
    """What is found at one address; a figure has an image."""

    identifier: str = ""
    title: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    image: str = ""


def entries_of_page(
    content: str, *, url: str, title: str, path: Sequence[str], meta: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return the entries of a page, its own first; `path` names what it stands below."""
    reader = _Reader()
    reader.feed(content)
    reader.close()
    page, *others = reader.entries
    own = {
        "title": _line(page.title) or title,
        "path": list(path),
        "aliases": _texts(meta.get("aliases")),
        "tags": list(dict.fromkeys([*_texts(meta.get("tags")), *reader.tags])),
    }
    return [
        _entry(url, page, own),
        *(_entry(f"{url}#{entry.identifier}", entry, {"title": _line(entry.title)}) for entry in others),
    ]


def _entry(location: str, entry: _Entry, known: Mapping[str, Any]) -> dict[str, Any]:
    lines = [line for line in _blocks(entry.text).split("\n") if line != known["title"]]
    image = urljoin(f"/{location}", entry.image).removeprefix("/") if entry.image else ""
    values = {"text": "\n".join(lines), "files": list(dict.fromkeys(entry.files)), "image": image}
    given = {key: value for key, value in {**known, **values}.items() if value}
    return {"location": location, "title": "", "text": "", **given}


def _is_unread(tag: str, values: Mapping[str, str]) -> bool:
    """Whether it is not for reading, or the same on many pages."""
    classes = values.get("class", "").split()
    return tag in _UNREAD or "data-search-exclude" in values or not _SITES_OWN.isdisjoint(classes)


def _texts(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [html.unescape(str(each)) for each in values if each and isinstance(each, (str, int, float))]


def _line(parts: Iterable[str]) -> str:
    return " ".join("".join(parts).split())


def _blocks(parts: Iterable[str]) -> str:
    """One line for each block."""
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


@dataclass(slots=True)
class _Element:
    """An element that is open."""

    tag: str
    sink: list[str] | None
    """What its text is added to, if not to that of the section."""
    is_code: bool = False
    is_tag: bool = False
    is_formula: bool = False
    embeds: _Embed | None = None


@dataclass(slots=True)
class _Embed:
    """Where an embedded note begins."""

    section: _Entry
    text: int
    files: int
    entries: int
    has_page: bool = False


class _Reader(HTMLParser):
    """Reads the HTML of a page, which MkDocs has made: each element that is opened is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.entries = [_Entry()]
        self.tags: list[str] = []
        self._section = self.entries[0]
        self._figure: _Entry | None = None
        self._open = [_Element("", None)]
        self._nowhere: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag not in _INLINE:
            self._sink.append("\n")
        if tag in _VOID:
            self._take_picture(values)
            return
        above = self._open[-1]
        element = _Element(tag, above.sink, above.is_code or tag == "pre", is_formula=above.is_formula)
        self._open.append(element)
        if element.sink is self._nowhere or _is_unread(tag, values):
            element.sink = self._nowhere
        else:
            self._begin(element, values)

    def _begin(self, element: _Element, values: Mapping[str, str]) -> None:
        classes = values.get("class", "").split()
        if _HEADING.fullmatch(element.tag) and "id" in values:
            element.sink = self._begin_section(element.tag, values["id"]).title
        elif element.tag == "figure":
            if "nb-placeholder" not in classes:
                self._files(values)
            element.sink = self._begin_figure(values["id"]).title if "id" in values else element.sink
        elif element.tag == "summary" and self._figure and element.sink is self._figure.text:
            element.sink = self._nowhere
        for name in classes:
            self._begin_own(name, element)

    def _begin_own(self, name: str, element: _Element) -> None:
        """Begin what the site's own classes tell."""
        if name == "nb-transcript":
            element.sink = (self._figure or self._section).text
        elif name == "arithmatex":
            element.is_formula = True
        elif name == "nb-tag":
            element.is_tag = True
        elif name == "nb-embed":
            section = self._section
            element.embeds = _Embed(section, len(section.text), len(section.files), len(self.entries))
        elif name == "nb-embed-source":
            element.sink = self._nowhere
            for above in self._open:
                if above.embeds:
                    above.embeds.has_page = True

    def _begin_section(self, tag: str, identifier: str) -> _Entry:
        page = self.entries[0]
        is_title = tag == "h1" and len(self.entries) == 1 and not _line([*page.title, *page.text])
        if not is_title:
            self._section = _Entry(identifier)
            self.entries.append(self._section)
        self._figure = None
        return self._section

    def _begin_figure(self, identifier: str) -> _Entry:
        self._figure = _Entry(identifier)
        self.entries.append(self._figure)
        return self._figure

    def _take_picture(self, values: Mapping[str, str]) -> None:
        if "alt" not in values or self._sink is self._nowhere:
            return
        is_figures = any(element.tag == "figure" for element in self._open) and self._figure
        entry = self._figure if is_figures and self._figure else self._section
        if is_figures:
            entry.image = (values.get("srcset") or values.get("src", "")).split(" ")[0]
        self._files(values, entry)
        entry.text += ["\n", values["alt"], "\n"]

    def _files(self, values: Mapping[str, str], entry: _Entry | None = None) -> None:
        if name := values.get("data-source", "").rpartition("/")[2]:
            (entry or self._section).files.append(name)

    def handle_endtag(self, tag: str) -> None:
        if tag not in [element.tag for element in self._open]:
            return
        while self._open[-1].tag != tag:
            self._open.pop()
        element = self._open.pop()
        if element.embeds and element.embeds.has_page:
            self._leave(element.embeds)
        if tag not in _INLINE:
            self._sink.append("\n")

    def _leave(self, embed: _Embed) -> None:
        """Forget what was embedded, but for its name."""
        self._section = embed.section
        text = embed.section.text
        name = _blocks(text[embed.text :]).partition("\n")[0]
        text[embed.text :] = [f"\n{name}\n"]
        del embed.section.files[embed.files :]
        del self.entries[embed.entries :]

    def handle_data(self, data: str) -> None:
        if self._open[-1].is_formula and (tex := data.strip()):
            self._sink.append(readable_formula(tex[2:-2]))
            return
        self._sink.append(data if self._open[-1].is_code else data.replace("\n", " "))
        if self._open[-1].is_tag:
            self.tags.append(data.strip().removeprefix("#"))

    @property
    def _sink(self) -> list[str]:
        sink = self._open[-1].sink
        return self._section.text if sink is None else sink
