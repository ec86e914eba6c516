"""HTML: tags within a text, and blocks of it. Obsidian reads no Markdown in a block."""

from __future__ import annotations

import re

from notebinder.constructs.external import external_box
from notebinder.constructs.lines import raw_html
from notebinder.constructs.writing import Writing
from notebinder.model import Block
from notebinder.syntax.spans import Span
from notebinder.syntax.tags import attributes, clean_html, clean_tag

_LOADING = re.compile(r"<(?:iframe|img)\b[^>]*>(?:\s*</iframe>)?", re.IGNORECASE)
_EXTERNAL = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_FENCE_START = re.compile(r"^([ \t>]*)(`{3}|~{3}|/{3})", re.MULTILINE)


def html_tag(span: Span, writing: Writing) -> str:
    """Write a tag within a text."""
    writing.spend(span.text)
    if span.start in writing.tags.dropped:
        return ""
    tag = _boxed(clean_tag(span.text), writing)
    return tag.replace("[[", "&#91;[").replace("|", "&#124;").replace("\n", " ")


def html_block(block: Block, writing: Writing) -> list[str]:
    """Write a block of HTML as it is, closed where it ends."""
    writing.spend(block.text)
    html, is_one_element = clean_html(block.text)
    html = _LOADING.sub(lambda found: _boxed(found[0], writing), html).replace("[[", "&#91;[")
    html = _FENCE_START.sub(lambda m: f"{m[1]}&#{ord(m[2][0])};{m[2][1:]}", html)
    if writing.is_nested:  # where the engine would end the block at a blank line
        html = _BLANK_LINES.sub("\n", html)
    if html and not is_one_element:
        html = f"<div>{html}</div>"
    return raw_html(html.split("\n"), writing) if html else []


def _boxed(html: str, writing: Writing) -> str:
    """Put what loads from elsewhere into a box."""
    if not html.lower().startswith(("<iframe", "<img")):
        return html
    values = attributes(html[: html.index(">") + 1])
    if not _EXTERNAL.match(values.get("src", "")):
        return html
    name = "iframe" if html.lower().startswith("<iframe") else "img"
    return external_box(name, values, writing)
