"""HTML of authors, as Obsidian limits it: no scripts, no handlers, every tag closed where its block ends."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from notebinder.syntax.spans import Span
from notebinder.syntax.tag_reader import TagReader

VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
FORBIDDEN = frozenset(
    [
        "script",
        "style",
        "object",
        "embed",
        "applet",
        "base",
        "frame",
        "frameset",
        "link",
        "meta",
        "noscript",
        "template",
    ]
)
_ATTRIBUTE = re.compile(
    r"""\s+(?P<name>[^\s"'<>/=]+)(?:\s*=\s*(?P<value>"[^"]*"|'[^']*'|[^\s"'=<>`]+))?""", re.DOTALL
)
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<rest>.*?)(?P<end>/?)>$", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_UNSAFE_URL = re.compile(r"\s*(?:javascript|vbscript|data:(?!image/))", re.IGNORECASE)
_DROPPED_ATTRIBUTES = frozenset(("markdown", "srcdoc", "formaction"))
_DEEPEST = 100
"""How far up a closing tag looks for the one that it closes."""


@dataclass(frozen=True, slots=True)
class TagBalance:
    """What must change so that every tag of a text has its counterpart."""

    dropped: frozenset[int] = frozenset()
    """Where the tags begin that close nothing."""
    closing: str = ""
    """The tags that close what is left open."""


BALANCED = TagBalance()


def balance(spans: Iterable[Span]) -> TagBalance:
    """Match the tags among the spans of a text."""
    dropped: set[int] = set()
    open_tags: list[str] = []
    for span in _tags(spans):
        tag = _TAG.match(span.text)
        name = tag["name"].lower() if tag else ""
        if not tag or name in VOID or name in FORBIDDEN or tag["end"]:
            continue
        if not tag["close"]:
            open_tags.append(name)
        elif name in open_tags[-_DEEPEST:]:
            while open_tags.pop() != name:
                pass
        else:
            dropped.add(span.start)
    return TagBalance(frozenset(dropped), "".join(f"</{name}>" for name in reversed(open_tags)))


def _tags(spans: Iterable[Span]) -> Iterator[Span]:
    for span in spans:
        if span.kind == "html":
            yield span
        elif span.children:
            yield from _tags(span.children)


def without_hidden(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return the spans of a text without scripts and the like, content included."""
    kept: list[Span] = []
    hidden = ""
    for span in spans:
        tag = _TAG.match(span.text) if span.kind == "html" else None
        name = tag["name"].lower() if tag else ""
        if hidden:
            hidden = "" if name == hidden else hidden
        elif name in FORBIDDEN and name not in VOID and tag and not tag["close"]:
            hidden = name
        else:
            kept.append(span)
    return tuple(kept)


def clean_tag(tag: str) -> str:
    """Return a tag without what Obsidian removes; empty if that is the tag itself.

    >>> clean_tag('<b onclick="x()" class=y>'), clean_tag("<script>")
    ('<b class=y>', '')
    """
    found = _TAG.match(tag)
    if not found or found["name"].lower() in FORBIDDEN:
        return ""
    if found["close"]:
        return f"</{found['name']}>"
    kept = "".join(m[0] for m in _ATTRIBUTE.finditer(found["rest"]) if _is_safe(m))
    return tag if kept == found["rest"].rstrip() else f"<{found['name']}{kept}{found['end'] and ' /'}>"


def _is_safe(attribute: re.Match[str]) -> bool:
    name = attribute["name"].lower()
    value = html.unescape((attribute["value"] or "").strip("\"'"))
    return not (name.startswith("on") or name in _DROPPED_ATTRIBUTES or _UNSAFE_URL.match(value))


def attributes(tag: str) -> dict[str, str]:
    """Return the attributes of a tag.

    >>> attributes('<iframe src="https://a.b" allowfullscreen>')
    {'src': 'https://a.b', 'allowfullscreen': ''}
    """
    found = _TAG.match(tag)
    pairs = _ATTRIBUTE.finditer(found["rest"]) if found else ()
    return {m["name"].lower(): html.unescape((m["value"] or "").strip("\"'")) for m in pairs}


class _Cleaner(TagReader):
    """Writes a block of HTML again, tag by tag."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.pieces: list[str] = []
        self.open_tags: list[str] = []
        self.roots = 0
        """How many elements and texts stand in no other element."""
        self.hidden = ""
        """The forbidden element that is being left out with its content."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in FORBIDDEN and tag not in VOID and not self.hidden:
            self.hidden = tag
        if self.hidden:
            return
        self.roots += not self.open_tags
        self.pieces.append(clean_tag(self.get_starttag_text() or ""))
        if tag not in VOID and not (self.get_starttag_text() or "").endswith("/>"):
            self.open_tags.append(tag)

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag: str) -> None:
        if self.hidden:
            self.hidden = "" if tag == self.hidden else self.hidden
        elif tag in self.open_tags[-_DEEPEST:]:
            while (name := self.open_tags.pop()) != tag:
                self.pieces.append(f"</{name}>")
            self.pieces.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.roots += bool(data.strip()) and not self.open_tags
            self.pieces.append(data.replace("<", "&lt;").replace("[[", "&#91;["))

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")


def clean_html(source: str) -> tuple[str, bool]:
    """Return a block of HTML with every tag closed and without what Obsidian removes; is it one element?

    >>> clean_html("<div><b>x<!-- y --><script>z</script>")
    ('<div><b>x</b></div>', True)
    """
    cleaner = _Cleaner()
    cleaner.feed(_COMMENT.sub("", source))
    cleaner.close()
    closing = "".join(f"</{name}>" for name in reversed(cleaner.open_tags))
    return "".join(cleaner.pieces).strip() + closing, cleaner.roots == 1
