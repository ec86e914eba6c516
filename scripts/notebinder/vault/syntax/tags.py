"""HTML of authors, as Obsidian limits it: every tag closed where its block ends, and only then cleaned."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from notebinder.base.limits import LIMITS
from notebinder.vault.syntax.html_rules import ALLOWED, HIDDEN, SVG_ELEMENTS, VOID, known_elements
from notebinder.vault.syntax.sanitising import sanitised
from notebinder.vault.syntax.spans import Span
from notebinder.vault.syntax.tag_reader import TagReader

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<rest>.*?)(?P<end>/?)>$", re.DOTALL)
_OPENED = re.compile(r"<(?P<name>[A-Za-z][A-Za-z0-9-]*)")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
# What `sanitised` writes: <img src="a.png" alt="">, with references for all signs that could end a value.
CLEAN_TAG = re.compile(
    r'<(?P<name>[A-Za-z][A-Za-z0-9]*)(?P<values>(?: [\w:-]+="[^"]*")*)>(?P<end></(?:iframe|audio|video)>)?'
)
_BLOCK_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>address|article|aside|blockquote|caption|center|col|colgroup|d[dlt]|details|div"
    r"|fig(?:caption|ure)|footer|h[1-6]|header|hgroup|hr|legend|li|main|nav|ol|p|pre|section|summary|table"
    r"|tbody|t[dhr]|tfoot|thead|ul)(?P<rest>(?: [^>]*)?)>"
)
_VALUE = re.compile(r' (?P<name>[\w:-]+)="(?P<value>[^"]*)"')
_ANY_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)[^>]*>|[^<\s]")
_DEEPEST = 100
"""How far up a closing tag looks for the one that it closes."""
_HOLDING_TEXT = (HIDDEN - VOID) | {"iframe"}
_AROUND = {
    **dict.fromkeys(("caption", "colgroup", "thead", "tbody", "tfoot"), "<table>"),
    "col": "<table><colgroup>",
    "tr": "<table><tbody>",
    **dict.fromkeys(("td", "th"), "<table><tbody><tr>"),
    **dict.fromkeys(SVG_ELEMENTS - {"svg"}, "<svg>"),
}
"""Where an element must stand, or a browser leaves out its tag."""


@dataclass(frozen=True, slots=True)
class TagBalance:
    """What must change so that every tag of a text has its counterpart."""

    dropped: frozenset[int] = frozenset()
    """Where the tags begin that close nothing."""
    closing: str = ""
    """The tags that close what is left open."""
    closed_before: Mapping[int, str] = field(default_factory=dict)
    """The tags that close what is left open within an element, by where its end tag begins."""
    known: frozenset[str] = frozenset()
    """The names of its tags; whatever else stands in angle brackets is text, as in `List<Note>`."""
    opened: Mapping[str, int] = field(default_factory=dict)
    """Where each name stands first behind an angle bracket, known or not."""

    def is_tag(self, text: str) -> bool:
        """Tell whether what stands in angle brackets is a tag."""
        found = _TAG.match(text)
        return found is not None and found["name"].lower() in self.known

    def closes_nothing(self, span: Span) -> bool:
        """Tell whether what is no known tag is the end tag of nothing that stands before it."""
        tag = _TAG.match(span.text)
        return (
            tag is not None
            and bool(tag["close"])
            and self.opened.get(tag["name"].lower(), span.start) >= span.start
        )


BALANCED = TagBalance()


def balance_tags(spans: Iterable[Span], source: str) -> TagBalance:
    """Match the tags among the spans of a text."""
    known = known_elements(source)
    dropped: set[int] = set()
    before: dict[int, str] = {}
    open_tags: list[str] = []
    for span in _tags(spans):
        tag = _TAG.match(span.text)
        name = tag["name"].lower() if tag else ""
        is_left = name in ALLOWED and name in known and name not in VOID and name != "iframe"
        if not tag or not is_left or tag["end"]:
            continue
        if not tag["close"] and len(open_tags) >= LIMITS.nesting:
            dropped.add(span.start)
        elif not tag["close"]:
            open_tags.append(name)
        elif name in open_tags[-_DEEPEST:]:
            while (inner := open_tags.pop()) != name:
                before[span.start] = f"{before.get(span.start, '')}</{inner}>"
        else:
            dropped.add(span.start)
    closing = "".join(f"</{name}>" for name in reversed(open_tags))
    opened: dict[str, int] = {}
    for begun in _OPENED.finditer(source):
        opened.setdefault(begun["name"].lower(), begun.start())
    return TagBalance(frozenset(dropped), closing, before, known, opened)


def _tags(spans: Iterable[Span]) -> Iterator[Span]:
    for span in spans:
        if span.kind == "html":
            yield span
        elif span.children:
            yield from _tags(span.children)


def hidden_element(span: Span) -> str:
    """Return the name of the element that a span begins if it goes with all that it holds; else nothing."""
    tag = _TAG.match(span.text) if span.kind == "html" else None
    return tag["name"].lower() if tag and not tag["close"] and tag["name"].lower() in HIDDEN else ""


def without_hidden(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return the spans of a text without scripts and the like, content included."""
    kept: list[Span] = []
    hidden = ""
    closed = {span.text.lower().rstrip("> ") for span in spans if span.text.startswith("</")}
    for span in spans:
        tag = _TAG.match(span.text) if span.kind == "html" else None
        name = tag["name"].lower() if tag else ""
        if hidden:
            hidden = "" if tag and tag["close"] and name == hidden else hidden
            continue
        if tag and not tag["close"] and name in _HOLDING_TEXT and f"</{name}" in closed:
            hidden = name
        if name not in HIDDEN:
            kept.append(span)
    return tuple(kept)


@lru_cache(maxsize=4096)
def clean_tag(tag: str, schemes: frozenset[str] = frozenset()) -> str:
    """Return a tag without what may not be; empty if that is the tag itself.

    >>> clean_tag('<b onclick="x()" title=y>'), clean_tag("<script>")
    ('<b title="y">', '')
    """
    found = _TAG.match(tag)
    name = found["name"].lower() if found else ""
    if not found or name not in ALLOWED:
        return ""
    if found["close"]:
        return "" if name in VOID or name == "iframe" else f"</{name}>"
    end = "" if name in VOID else f"</{name}>"
    around = _AROUND.get(name, "")
    fragment = f"{around}<{name}{found['rest']}>{end}"
    clean = CLEAN_TAG.match(sanitised(fragment, schemes), len(around)) if found["rest"].strip() else None
    if name == "input" and not clean:
        return ""  # nothing but a box to tick
    written = clean[0] if clean else f"<{name}>{end}"
    written = written if name == "iframe" else written.removesuffix(end) if end else written
    return written + end if found["end"] and name != "iframe" else written


def in_line(tags: str) -> str:
    """Return tags as they may stand in a title, where a browser would end the title at those of blocks.

    >>> in_line('<h2 id="a">'), in_line("</b></h2>"), in_line("<hr>")
    ('<span class="nb-block nb-h2" id="a">', '</b></span>', '<br>')
    """
    return _BLOCK_TAG.sub(_span_tag, tags)


def _span_tag(tag: re.Match[str]) -> str:
    if tag["close"]:
        return "</span>"
    if tag["name"] == "hr":
        return "<br>"
    names = f"nb-block nb-{tag['name']}"
    rest, has_class = re.subn(' class="', f' class="{names} ', tag["rest"], count=1)
    return f"<span{rest}>" if has_class else f'<span class="{names}"{rest}>'


def read_values(values: str) -> dict[str, str]:
    """Return the attributes of a clean tag; the links of a drawing (`xlink:href`) go.

    >>> read_values(' src="https://a.b?c&amp;d" allowfullscreen=""')
    {'src': 'https://a.b?c&d', 'allowfullscreen': ''}
    """
    return {
        found["name"]: html.unescape(found["value"])
        for found in _VALUE.finditer(values)
        if ":" not in found["name"]
    }


class _Balancer(TagReader):
    """Writes a block of HTML again, tag by tag: what is open is closed, and what is no tag is text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.pieces: list[str] = []
        self.open_tags: list[str] = []
        self.hidden = ""
        """The element that is being left out with its content."""
        self.known: frozenset[str] = frozenset()
        self.shown: dict[str, str] = {}
        """The names, as typed, of what is no element and stands open as text."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        typed = self.get_starttag_text() or ""
        if self.hidden:
            return
        if tag not in self.known or len(self.open_tags) >= LIMITS.nesting:
            self.shown[tag] = typed[1 : 1 + len(tag)]
            self.handle_data(typed)
        elif tag in HIDDEN:
            self.hidden = "" if tag in VOID else tag
        elif tag in ALLOWED:
            if tag == "a":
                self.handle_endtag(tag)  # as in browsers: a link ends where the next one begins
            self.pieces.append(typed)
            self._open(tag, typed)

    def _open(self, tag: str, typed: str) -> None:
        if tag == "iframe":
            self.pieces.append("</iframe>")
            self.hidden = tag
        elif tag not in VOID and not typed.endswith("/>"):
            self.open_tags.append(tag)
        elif typed.endswith("/>") and tag not in VOID:
            self.pieces.append(f"</{tag}>")

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag: str) -> None:
        if self.hidden:
            self.hidden = "" if tag == self.hidden else self.hidden
        elif tag not in self.known:
            self.handle_data(f"</{self.shown[tag]}>" if tag in self.shown else "")
        elif tag in self.open_tags[-_DEEPEST:]:
            while (name := self.open_tags.pop()) != tag:
                self.pieces.append(f"</{name}>")
            self.pieces.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.pieces.append(data.replace("<", "&lt;").replace(">", "&gt;"))

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")


def balanced(source: str) -> str:
    """Return a block of HTML with every tag closed, and as text what is no tag.

    >>> balanced("<div><b>x <Note><!-- y --><script>z</script>")
    '<div><b>x &lt;Note&gt;</b></div>'
    """
    balancer = _Balancer()
    balancer.known = known_elements(source)
    balancer.feed(_COMMENT.sub("", source))
    balancer.close()
    closing = "".join(f"</{name}>" for name in reversed(balancer.open_tags))
    return "".join(balancer.pieces).strip() + closing


def clean_html(source: str, schemes: frozenset[str] = frozenset()) -> str:
    """Return a block of HTML, balanced and cleaned.

    >>> clean_html("<div onclick=x><b>x")
    '<div><b>x</b></div>'
    """
    return sanitised(balanced(source), schemes)


def is_one_element(clean: str) -> bool:
    """Tell whether clean HTML is one element with all its text inside."""
    depth = roots = 0
    for found in _ANY_TAG.finditer(clean):
        name = (found["name"] or "").lower()
        roots += not depth and not found["close"]
        depth += 0 if not name or name in VOID else -1 if found["close"] else 1
        if roots > 1:
            return False
    return roots == 1
