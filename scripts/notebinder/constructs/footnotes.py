"""Footnotes: numbered in the order of their first reference, at the end of the page."""

from __future__ import annotations

import re
from dataclasses import replace

from notebinder.constructs.lines import indented
from notebinder.constructs.writing import FootnoteUse, Writing
from notebinder.model import Block, LineRange
from notebinder.syntax.spans import Span

_NOT_IN_LABEL = re.compile(r"[^\w-]+")


def footnote_reference(span: Span, writing: Writing) -> str:
    """Write the number of a footnote that is defined elsewhere in the note."""
    block = writing.subject.parts.footnotes[span.text.casefold()]
    return _reference(span.text.casefold(), span.text, block.children, writing)


def inline_footnote(span: Span, writing: Writing) -> str:
    """Write the number of a footnote whose text stands in the sentence."""
    line = writing.at(span).line
    block = Block("paragraph", LineRange(line, line + 1), text=span.text.strip())
    return _reference(f"inline {line} {span.start} {span.text}", "inline", (block,), writing)


def _reference(name: str, label: str, blocks: tuple[Block, ...], writing: Writing) -> str:
    notes = writing.collected.footnotes
    key = (writing.note.path, name)
    if key not in notes:
        wanted = writing.subject.label_prefix + (_NOT_IN_LABEL.sub("-", label).strip("-") or "note")
        labels = writing.collected.labels
        free = wanted
        while labels[free]:
            labels[wanted] += 1
            free = f"{wanted}-{labels[wanted]}"
        labels[free] += 1
        notes[key] = FootnoteUse(
            free, blocks, replace(writing, is_nested=True, is_one_line=False, is_cell=False)
        )
    if writing.is_html:
        return f'<sup><a href="#fn:{notes[key].label}">{notes[key].label}</a></sup>'
    return f"[^{notes[key].label}]"


def footnote_definitions(writing: Writing) -> list[str]:
    """Return the text of each footnote that was referred to, and of those that they refer to in turn."""
    notes = writing.collected.footnotes
    lines: list[str] = []
    while len(notes) > (done := len(lines)):
        for note in list(notes.values())[done:]:
            text = replace(note.writing, in_link=False, is_html=False, depth=1).blocks(note.blocks)
            is_text = bool(text) and note.blocks[0].kind == "paragraph"
            first, rest = (text[0], text[1:]) if is_text else ("<span></span>", ["", *text])
            lines.append("\n".join([f"[^{note.label}]: {first}", *indented(rest)]))
    return lines
