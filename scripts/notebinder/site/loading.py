"""What a page loads and runs, read from its HTML as it was built."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

# <!-- ... -->, <script src="https://x.y/z.js">: what browsers fetch or run without being asked
_ELEMENT = re.compile(
    r"""
    <!--.*?(?:-->|\Z)
    | <(?P<name>script|style|link|img|iframe|video|audio|source|track|embed|object|form)\b
      (?P<attributes>(?:[^<>"']|"[^"]*"|'[^']*')*)>
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s"'<>/=]+)(?:\s*=\s*(?P<value>"[^"]*"|'[^']*'|[^\s"'=<>`]+))?""", re.DOTALL
)
_DIRECTIVES: Mapping[str, tuple[str, str]] = {
    "script": ("script-src", "src"),
    "link": ("style-src", "href"),
    "img": ("img-src", "src"),
    "iframe": ("frame-src", "src"),
    "video": ("media-src", "src"),
    "audio": ("media-src", "src"),
    "source": ("media-src", "src"),
    "track": ("media-src", "src"),
    "embed": ("object-src", "src"),
    "object": ("object-src", "data"),
    "form": ("form-action", "action"),
}
"""What must allow an element, and which of its attributes has the address."""
_RUN = ("", "module", "text/javascript", "application/javascript")


@dataclass(frozen=True, slots=True)
class Loaded:
    """Something that a page loads from elsewhere, or that stands in it and is run or applied."""

    tag: str
    """As it is written."""
    directive: str
    """What must allow it."""
    address: str = ""
    """Where it comes from; empty for what stands in the page."""
    text: str = ""
    """A script or style that stands in the page."""


def what_loads(page: str) -> Iterator[Loaded]:
    """Yield what a page loads from other places than its own, and the scripts and styles within it."""
    end = 0
    while found := _ELEMENT.search(page, end):
        end = found.end()
        if not found["name"]:
            continue
        name, text = found["name"].lower(), ""
        if name in ("script", "style"):
            close = re.compile(rf"</{name}\b|\Z", re.IGNORECASE).search(page, end)
            assert close is not None
            text, end = page[end : close.start()], close.end()
        yield from _loaded(found[0], name, _attributes(found["attributes"]), text)


def scripts_within(page: str) -> Iterator[str]:
    """Yield the scripts that stand in a page."""
    return (each.text for each in what_loads(page) if each.text and each.directive == "script-src")


def _loaded(tag: str, name: str, attributes: Mapping[str, str], text: str) -> Iterator[Loaded]:
    if name == "style":
        yield Loaded(tag, "style-src", text=text)
        return
    if name == "link" and "stylesheet" not in attributes.get("rel", "").lower().split():
        return
    if name == "script" and attributes.get("type", "").strip().lower() not in _RUN:
        return
    directive, attribute = _DIRECTIVES[name]
    address = attributes.get(attribute, "").strip()
    if urlsplit(address).netloc:
        yield Loaded(tag, directive, address)
    elif name == "script" and attribute not in attributes and text.strip():
        yield Loaded(tag, directive, text=text)


def _attributes(text: str) -> dict[str, str]:
    """Return attributes by their names; of one that is given twice, the first counts."""
    found: dict[str, str] = {}
    for each in _ATTRIBUTE.finditer(text):
        value = (each["value"] or "").strip("\"'")
        found.setdefault(each["name"].lower(), html.unescape(value))
    return found
