"""HTML: tags within a text, and blocks of it. Obsidian reads no Markdown in a block."""

from __future__ import annotations

import re
from html import unescape

from notebinder.constructs.external import external_box
from notebinder.constructs.lines import raw_html
from notebinder.constructs.links import SCHEME, place_of
from notebinder.constructs.text import attribute
from notebinder.constructs.writing import Writing
from notebinder.model import Block
from notebinder.syntax.spans import Span
from notebinder.syntax.tags import attributes, clean_html, clean_tag
from notebinder.syntax.targets import read_reference

_LOADING = re.compile(r"<(?:iframe|img)\b[^>]*>(?:\s*</iframe>)?", re.IGNORECASE)
# <img src="cat.png">, <a class=x href='Other.md'>
_ADDRESS = re.compile(
    r"""(?<=[\w"'])\s(?P<name>src|href|poster)\s*=\s*(?P<value>"[^"<>]*"|'[^'<>]*'|[^\s"'=<>`]+)(?=[^<>]*>)""",
    re.IGNORECASE,
)
_EXTERNAL = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_FENCE_START = re.compile(r"^([ \t>]*)(`{3}|~{3}|/{3})", re.MULTILINE)


def html_tag(span: Span, writing: Writing) -> str:
    """Write a tag within a text."""
    writing.spend(span.text)
    if span.start in writing.tags.dropped:
        return ""
    tag = _localised(_boxed(clean_tag(span.text), writing), writing.at(span).line, writing)
    return tag.replace("[[", "&#91;[").replace("|", "&#124;").replace("\n", " ")


def html_block(block: Block, writing: Writing) -> list[str]:
    """Write a block of HTML as it is, closed where it ends."""
    writing.spend(block.text)
    html, is_one_element = clean_html(block.text)
    html = _LOADING.sub(lambda found: _boxed(found[0], writing), html)
    html = _localised(html, block.lines.start, writing).replace("[[", "&#91;[")
    html = _FENCE_START.sub(lambda m: f"{m[1]}&#{ord(m[2][0])};{m[2][1:]}", html)
    if writing.is_nested:  # where the engine would end the block at a blank line
        html = _BLANK_LINES.sub("\n", html)
    if html and not is_one_element:
        html = f"<div>{html}</div>"
    return raw_html(html.split("\n"), writing) if html else []


def _localised(html: str, line: int, writing: Writing) -> str:
    """Let addresses of files in the vault lead to where these are published; others of its kind go."""

    def address(found: re.Match[str]) -> str:
        typed = unescape(found["value"].strip("\"'"))
        if not typed or SCHEME.match(typed) or typed.startswith(("//", "#")):
            return found[0]
        place = place_of(read_reference(typed), writing)
        if place is None:
            writing.report_line(line, "missing-attachment", f"no file is named {typed}")
            return f' data-source="{attribute(typed)}"'
        return f' {found["name"]}="{attribute(place)}"'

    return _ADDRESS.sub(address, html)


def _boxed(html: str, writing: Writing) -> str:
    """Put what loads from elsewhere into a box."""
    if not html.lower().startswith(("<iframe", "<img")):
        return html
    values = attributes(html[: html.index(">") + 1])
    if not _EXTERNAL.match(values.get("src", "")):
        return html
    name = "iframe" if html.lower().startswith("<iframe") else "img"
    return external_box(name, values, writing)
