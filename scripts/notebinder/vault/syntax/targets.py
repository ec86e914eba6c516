"""Read what links point at: the inside of `[[...]]`, and the `(...)` behind a Markdown link's text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from markdown_it.common.utils import unescapeAll
from msgspec import Struct

from notebinder.base.limits import LIMITS
from notebinder.vault.syntax.comments import without_comments

WIKILINK = re.compile(r"!?\[\[(?=[\s#|^\\]*[^\s#|^\\\]])(?P<inner>(?:(?!\[\[|\]\])[^\n])+)\]\]")
"""The one pattern of a link or an embed in double brackets that names something; `read_wikilink` reads it."""
_SPACE = re.compile(r"[ \t]*\n?[ \t]*")
_ANGLED = re.compile(r"<(?P<target>(?:[^<>\n\\]|\\.)*)>")
_PLAIN = re.compile(r"(?:[^\s()\\\x00-\x1f]|\\[^\s])+|[()]|\\")
_TITLE = re.compile(r'"(?:[^"\\]|\\.)*"' r"|'(?:[^'\\]|\\.)*'" r"|\((?:[^()\\]|\\.)*\)", re.DOTALL)
_SIZE = re.compile(r"\s*(?P<width>\d+)(?:x(?P<height>\d+))?\s*$")
_SIZE_BEHIND = re.compile(r"(?P<alt>.*\S)\s+(?P<size>\d+x\d+)\s*$")


class LinkTarget(Struct, frozen=True, gc=False):
    """What the inside of a wikilink says: `note#part|text`."""

    note: str
    """The name or path as typed, trimmed; empty for the note itself."""
    part: str = ""
    """The headings or the `^block`, trimmed, without the first `#`."""
    text: str = ""
    """What stands behind the first `|`."""

    @property
    def shown(self) -> str:
        """The text of a link that has none of its own."""
        parts = (self.note, *self.part.split("#"))
        return " > ".join(part.strip() for part in parts if part.strip())


@dataclass(frozen=True, slots=True)
class ImageText:
    """What an author says of an image: `alt|300x200`."""

    alt: str = ""
    width: int | None = None
    height: int | None = None


def read_wikilink(inner: str) -> LinkTarget:
    r"""Split the inside of a wikilink; in a table the bar may still have its backslash.

    >>> read_wikilink("A#B#C | text")
    LinkTarget(note='A', part='B#C', text='text')
    """
    link, _, text = without_comments(inner).partition("|")
    note, _, part = link.removesuffix("\\").partition("#")
    return LinkTarget(note.strip(), part.strip(), text.strip())


def read_reference(target: str) -> LinkTarget:
    """Split the target of a Markdown link within the vault."""
    note, _, part = target.partition("#")
    return LinkTarget(unquote(note).strip(), unquote(part).strip())


def read_app_address(address: str, vault: str) -> LinkTarget | None:
    """Return what an address of the app opens, if that is a note of the vault of this name.

    >>> read_app_address("obsidian://open?vault=Notes&file=a%2FB%23Part", "notes")
    LinkTarget(note='a/B', part='Part', text='')
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:  # obsidian://[
        return None
    if parts.scheme != "obsidian":
        return None
    asked = {key: values[0] for key, values in parse_qs(parts.query.replace("+", "%2B")).items()}
    named, file = asked.get("vault", vault), asked.get("file", "")
    if parts.netloc == "vault":
        named, _, file = unquote(parts.path).strip("/").partition("/")
    elif parts.netloc != "open":
        return None
    if not file or named.casefold() != vault.casefold():
        return None
    note, _, part = file.partition("#")
    return LinkTarget(note.strip(), part.strip())


def read_image_text(text: str) -> ImageText:
    """Split what stands behind an image's first bar into its alternative text and its size.

    >>> read_image_text("A cat|300"), read_image_text("100x200"), read_image_text("A cat 100x200")
    (ImageText(alt='A cat', width=300, height=None), ImageText(alt='', width=100, height=200), \
ImageText(alt='A cat', width=100, height=200))
    """
    text = without_comments(text)
    alt, bar, last = text.rpartition("|")
    size = _SIZE.match(last)
    if not size and (behind := _SIZE_BEHIND.match(text)):
        alt, size = behind["alt"], _SIZE.match(behind["size"])
    elif not size:
        alt = text if bar else last
    if not size:
        return ImageText(alt.strip())
    height = size["height"]
    return ImageText(alt.strip(), _pixels(size["width"]), _pixels(height) if height else None)


def read_destination(source: str, place: int, end: int) -> tuple[int, str, str] | None:
    """Read `(target "title")` from its bracket on: return where it ends, the target and the title."""
    place = _skip_space(source, place + 1, end)
    angled = _ANGLED.match(source, place, end)
    if angled:
        target, behind = angled["target"], angled.end()
    else:
        behind = _plain_end(source, place, end)
        target = source[place:behind]
    place = _skip_space(source, behind, end)
    title = _TITLE.match(source, place, end) if place > behind else None
    if title:
        place = _skip_space(source, title.end(), end)
    if not source.startswith(")", place, end):
        return None
    return place + 1, unescapeAll(target), unescapeAll(title[0][1:-1]) if title else ""


def _plain_end(source: str, place: int, end: int) -> int:
    """Where a target without angle brackets ends: at a space, or a bracket that it did not open."""
    depth = 0
    while piece := _PLAIN.match(source, place, end):
        if piece[0] == "(":
            depth += 1
        elif piece[0] == ")":
            depth -= 1
        if depth < 0 or depth > LIMITS.nesting:
            break
        place = piece.end()
    return place


def _skip_space(source: str, place: int, end: int) -> int:
    found = _SPACE.match(source, place, end)
    return found.end() if found else place


def _pixels(digits: str) -> int:
    return min(int(digits[:6]), 99_999)
