"""Lines of Markdown within other lines: indented, quoted, or kept from being read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from notebinder.pages.constructs.writing import Writing
from notebinder.vault.syntax.html_rules import ENGINE_BLOCKS

_BLOCK = re.compile(
    r"<(?:address|article|aside|blockquote|center|details|div|dl|fieldset|figure|footer|form|h[1-6]|header|hgroup"
    r"|main|nav|ol|p|pre|section|table|ul)[\s>]",
    re.IGNORECASE,
)
_BLOCK_START = re.compile(rf"(\s*)(?=</?(?:{'|'.join(sorted(ENGINE_BLOCKS))})\b)", re.IGNORECASE)
_SLASHES = re.compile(r"[ >]*(/{3,})")


def indented(lines: Iterable[str]) -> list[str]:
    """Return lines as they stand in a list item."""
    return [f"    {line}" if line else "" for line in lines]


def quoted(lines: Iterable[str]) -> list[str]:
    """Return lines as they stand in a quote."""
    return [f"> {line}" if line else ">" for line in lines]


def contained(selector: str, lines: Sequence[str]) -> list[str]:
    """Return lines of Markdown within an HTML element, which may stand in lists and quotes."""
    found = (_SLASHES.match(line) for line in lines)
    slashes = "/" * max(3, *(len(match[1]) + 1 for match in found if match), 3)
    return [f"{slashes} html | {selector}", "", *lines, "", slashes]


def begins_no_html(line: str) -> str:
    """Return a line of a text that begins no block of HTML, in which the engine would take code for HTML.

    >>> begins_no_html("<video>`<b>`</video>")
    '<wbr><video>`<b>`</video>'
    """
    return _BLOCK_START.sub(r"\1<wbr>", line, count=1) if _BLOCK_START.match(line) else line


def raw_html(lines: Sequence[str], writing: Writing) -> list[str]:
    """Return lines of HTML in a way that the engine leaves them alone.

    At the margin it knows HTML by its first tag; in a list or quote only a container keeps it from reading.
    """
    if not writing.is_nested:
        return ["<div>", *lines, "</div>"] if not _BLOCK.match(lines[0]) else list(lines)
    return ["/// html | div", "    markdown: html", "", *lines, "", "///"]
