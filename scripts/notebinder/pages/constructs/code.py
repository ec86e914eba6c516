"""Code: fences and indented lines."""

from __future__ import annotations

import re
from html import escape

from notebinder.base.limits import LIMITS
from notebinder.base.problems import SourceLocation
from notebinder.pages.constructs.bases import BaseSource, base, query
from notebinder.pages.constructs.boxes import code_box, is_box
from notebinder.pages.constructs.diagrams import diagram
from notebinder.pages.constructs.leaflet import leaflet
from notebinder.pages.constructs.lines import raw_html
from notebinder.pages.constructs.writing import Writing
from notebinder.pages.model import EmbedUse, Hidden
from notebinder.vault.model import Block
from notebinder.vault.syntax.comments import without_comments
from notebinder.vault.syntax.plugin_blocks import is_plugin_block

_LANGUAGE = re.compile(r"[\w#.+-]+")
_TICKS = re.compile(r"^[ \t>]*(`{3,})", re.MULTILINE)


def fence(block: Block, writing: Writing) -> list[str]:
    """Write a block of code as a fence that is longer than any in it."""
    found = _LANGUAGE.match(block.info)
    language = found[0] if found else ""
    if language.lower() == "leaflet" and (shown := leaflet(block, writing)):
        return shown
    if language.lower() == "dataview" and (answer := _query(block, writing)):
        return answer
    if is_plugin_block(language, writing.context.reading.plugin_blocks):
        return code_box(block, language.lower(), writing)
    writing.spend(Hidden.LANGUAGE, block.info, language)
    if language == "base":
        return _answered("base", base(_source("Base", block, writing), "", writing), block, writing)
    if language == "mermaid":
        return _fenced("\n".join(diagram(block, writing)), language, writing)
    return _fenced(block.text, language, writing)


def _query(block: Block, writing: Writing) -> list[str] | None:
    """Write what a query of Dataview shows; None for one that only the plugin can answer."""
    lines = query(_source("Dataview", block, writing), writing)
    if lines is not None:
        writing.spend(Hidden.LANGUAGE, block.info)
        _answered("dataview", lines, block, writing)
    return lines


def _source(name: str, block: Block, writing: Writing) -> BaseSource:
    place = SourceLocation(writing.note.path, block.lines.start + 1)
    return BaseSource(block.text, name, place, writing.note.path)


def _answered(name: str, lines: list[str], block: Block, writing: Writing) -> list[str]:
    """Account for what stands in the place of a question."""
    writing.spend(Hidden.QUERY, block.text)
    if not writing.chain:
        writing.collected.embeds.append(EmbedUse(name, block.lines.start, shown=not is_box(lines)))
    writing.collected.embedded += sum(map(len, lines))
    return lines


def indented_code(block: Block, writing: Writing) -> list[str]:
    """Write indented code as a fence: four spaces mean something else below a list."""
    return _fenced(block.text, "", writing)


def as_typed(block: Block, writing: Writing) -> list[str]:
    """Write a block as the lines that it was typed in, but for comments."""
    typed = "\n".join(writing.subject.parts.lines[block.lines.start - 1 : block.lines.end - 1])
    shown = without_comments(typed)
    if shown != typed:
        writing.spend(Hidden.COMMENT, typed, shown)
    return _fenced(shown, "", writing)


def too_deep(block: Block, writing: Writing) -> list[str]:
    """Show what is nested too deep as it was typed."""
    message = f"is nested deeper than {LIMITS.nesting} levels, so it is shown as it was typed"
    writing.report_line(block.lines.start, "too-deep", message, "nest it less deep")
    return as_typed(block, writing)


def too_long(block: Block, writing: Writing) -> list[str]:
    """Show what the engine does not bear as it was typed."""
    what = "cells" if block.kind == "table" else "signs"
    message = f"has more {what} than the engine bears, so it is shown as it was typed"
    writing.report_line(block.lines.start, "too-long", message, "cut it in pieces")
    return as_typed(block, writing)


def _fenced(text: str, language: str, writing: Writing) -> list[str]:
    writing.collected.code_blocks += 1
    if writing.collected.code_blocks > LIMITS.code_blocks:
        writing.spend(Hidden.LANGUAGE, language)
        typed = escape(text).replace("`", "&#96;").replace("\n", "&#10;")
        return raw_html([f"<pre><code>{typed}</code></pre>"], writing)
    ticks = "`" * max(3, *(len(found[1]) + 1 for found in _TICKS.finditer(text)), 3)
    lines = text.removesuffix("\n").split("\n")
    if text and not lines[-1]:
        lines.append("")  # the engine takes the line end before the last blank line for that of the code
    return [ticks + language, *lines, ticks]
