"""What no built page may hold, whatever its notes say: read from the HTML, without a browser."""

# ruff: noqa: E501  lists and pages are long

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

_ADDRESSES = (
    "href",
    "src",
    "action",
    "formaction",
    "data",
    "xlink:href",
    "poster",
    "srcset",
    "background",
    "data-src",
)
_SAFE = re.compile(r"(?:https?:|mailto:|obsidian:|tel:|#|\?|$|[^:]*$|[^:]*/|data:image/)", re.IGNORECASE)
_IGNORED = re.compile(r"[\x00-\x20]")
_LYING_OVER = re.compile(r"position|z-index|inset|transform|url\(|expression|--", re.IGNORECASE)
# --x:40;--y:40;--w:90;--h:40: where a card of a canvas stands within its frame, and its colour
_PLACED = re.compile(r"(?:--(?:[xywh]:-?[\d.]+|nb-card:#[0-9a-f]{3,8})(?:;|\Z))+", re.IGNORECASE)
_NO_CONTENT = ("script", "style", "object", "embed", "base", "link", "meta", "form", "frame", "applet", "math",
               "template", "noscript", "textarea", "select", "use", "foreignobject", "animate", "set", "image")  # fmt: skip


def faults(file: Path) -> Iterator[str]:
    """Yield what is wrong with a page, or with a list of the navigation."""
    text = file.read_text("utf-8")
    html = json.loads(text) if file.suffix == ".json" else text
    if not isinstance(html, str):
        return  # names and numbers, which scripts set as text
    tree = LexborHTMLParser(html)
    for node in tree.css("*"):
        yield from _attribute_faults(node)
    for node in tree.css("script"):
        if not (node.attributes.get("src") or node.attributes.get("type") == "application/json"):
            yield f"a script within the page: {node.html}"
    for node in tree.css("article *"):
        if not _is_outside(node):
            yield from _content_faults(node)


def faults_in_article(html: str) -> list[str]:
    """Return what is wrong with what the engine made of a note."""
    nodes = LexborHTMLParser(f"<article>{html}</article>").css("article *")
    return [fault for node in nodes for each in (_attribute_faults, _content_faults) for fault in each(node)]


def _is_outside(node: LexborNode) -> bool:
    """Whether an element is the theme's: a stray end tag must not have moved it into the article."""
    return node.tag in ("script", "button") or bool(
        node.css_matches("footer, footer *, .md-dialog, .md-progress")
    )


def _attribute_faults(node: LexborNode) -> Iterator[str]:
    for name, value in node.attributes.items():
        if name.lower().startswith("on"):
            yield f"a handler: {_start(node)}"
        if name in _ADDRESSES and not _SAFE.match(_IGNORED.sub("", value or "")):
            yield f"an address: {_start(node)}"
        if name == "srcdoc":
            yield f"a page in a frame: {_start(node)}"


def _content_faults(node: LexborNode) -> Iterator[str]:
    identifier = (node.attributes.get("id") or "") + " " + (node.attributes.get("name") or "")
    if node.tag in _NO_CONTENT:
        yield f"an element: {_start(node)}"
    if re.search(r"(?:^| )__(?!codelineno|span)", identifier):
        yield f"an id of the theme: {_start(node)}"
    if any(name.startswith("data-md-") for name in node.attributes):
        yield f"an attribute of the theme: {_start(node)}"
    style = node.attributes.get("style") or ""
    is_placed = (node.attributes.get("class") or "").startswith("nb-canvas") and _PLACED.fullmatch(style)
    if _LYING_OVER.search(style) and not is_placed:
        yield f"a style: {_start(node)}"
    if re.search(r"(?:^| )md-(?!annotation|icon|nav|tag|button)", node.attributes.get("class") or ""):
        yield f"a class of the theme: {_start(node)}"
    is_own = (node.attributes.get("src") or "").split("#")[0].endswith(".pdf")
    if node.tag == "iframe" and not is_own and "sandbox" not in node.attributes:
        yield f"a frame: {_start(node)}"


def _start(node: LexborNode) -> str:
    return (node.html or "")[:200]
