"""Footnotes: numbered in the order of their first reference, at the end of the page."""

from __future__ import annotations

import re

from msgspec.structs import replace

from notebinder.base.limits import LIMITS
from notebinder.pages.constructs.lines import indented
from notebinder.pages.constructs.writing import FootnoteUse, Writing
from notebinder.vault.model import Block, LineRange
from notebinder.vault.syntax.spans import Span

_NOT_IN_LABEL = re.compile(r"[^\w-]+")


def footnote_reference(span: Span, writing: Writing) -> str:
    """Write the number of a footnote that is defined elsewhere in the note."""
    block = writing.subject.parts.footnotes[span.text.casefold()]
    return _reference(span, span.text.casefold(), span.text, block.children, writing)


def inline_footnote(span: Span, writing: Writing) -> str:
    """Write the number of a footnote whose text stands in the sentence."""
    line = writing.at(span).line
    block = Block("paragraph", LineRange(line, line + 1), text=span.text.strip())
    return _reference(span, f"inline {line} {span.start} {span.text}", "inline", (block,), writing)


def _reference(span: Span, name: str, label: str, blocks: tuple[Block, ...], writing: Writing) -> str:
    notes = writing.collected.footnotes
    key = (writing.note.path, writing.subject.label_prefix + name)
    place = ""
    if key not in notes:
        if len(notes) == LIMITS.footnotes:
            _report_flood(span, f"{LIMITS.footnotes:,} footnotes", writing)
        wanted = writing.subject.label_prefix + (_NOT_IN_LABEL.sub("-", label).strip("-") or "note")
        labels = writing.collected.labels
        free = wanted
        while labels[free]:
            labels[wanted] += 1
            free = f"{wanted}-{labels[wanted]}"
        labels[free] += 1
        inside = replace(writing, is_nested=True, is_one_line=False, is_cell=False)
        is_typed = len(notes) >= LIMITS.footnotes
        notes[key] = FootnoteUse(free, len(notes) + 1, is_typed, blocks, inside)
        place = f' id="fnref:{free}"'  # to which the engine leads back
    note = notes[key]
    references = writing.collected.references
    references[note.label] += 1
    if references[note.label] > LIMITS.references:
        if references[note.label] == LIMITS.references + 1 and not note.is_typed:
            _report_flood(span, f"{LIMITS.references:,} references to one footnote", writing)
        return f"&#91;^{note.label}]"
    if writing.is_html and not note.is_typed:
        return f'<sup{place}><a class="footnote-ref" href="#fn:{note.label}">{note.number}</a></sup>'
    return _label(note)


def _label(note: FootnoteUse) -> str:
    return f"{'&#91;' if note.is_typed else '['}^{note.label}]"


def _report_flood(span: Span, what: str, writing: Writing) -> None:
    message = f"has more than {what}; from here on they are shown as typed"
    writing.report(span, "too-long", message, "split the note")


def footnote_definitions(writing: Writing) -> list[str]:
    """Return the text of each footnote that was referred to, and of those that they refer to in turn."""
    notes = writing.collected.footnotes
    lines: list[str] = []
    while len(notes) > (done := len(lines)):
        for note in list(notes.values())[done:]:
            text = replace(note.writing, in_link=False, is_html=False, depth=1).blocks(note.blocks)
            is_text = bool(text) and note.blocks[0].kind == "paragraph"
            first, rest = (text[0], text[1:]) if is_text else ("<span></span>", ["", *text])
            lines.append(
                "\n".join([f"{_label(note)}: {first}", *(rest if note.is_typed else indented(rest))])
            )
    return lines
