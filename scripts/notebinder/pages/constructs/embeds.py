"""Embeds: notes and parts of them, and which construct shows any other file."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from html import unescape

from msgspec.structs import replace

from notebinder.base.escaping import as_text
from notebinder.base.limits import LIMITS
from notebinder.base.problems import Problem, SourceLocation
from notebinder.base.urls import built_url
from notebinder.pages.addresses import page_link
from notebinder.pages.constructs.bases import BaseSource, base
from notebinder.pages.constructs.boxes import is_box
from notebinder.pages.constructs.drawings import drawing, drawing_in_line, exported
from notebinder.pages.constructs.external import framed, played
from notebinder.pages.constructs.images import (
    EMBEDDED_SUFFIXES,
    attachment_image,
    external_image,
    has_image_suffix,
    missing_embed,
)
from notebinder.pages.constructs.lines import contained
from notebinder.pages.constructs.links import find, link_to
from notebinder.pages.constructs.maths import display_math
from notebinder.pages.constructs.media import PLAYERS
from notebinder.pages.constructs.text import as_prose, attribute
from notebinder.pages.constructs.writing import Writing
from notebinder.pages.model import EmbedUse, Hidden
from notebinder.vault.drawings import is_drawing
from notebinder.vault.model import PAGE_FILES, Attachment, Block, Note
from notebinder.vault.resolve import Found
from notebinder.vault.syntax.blocks import walk
from notebinder.vault.syntax.comments import without_comments
from notebinder.vault.syntax.schemes import scheme_of
from notebinder.vault.syntax.spans import Span
from notebinder.vault.syntax.targets import LinkTarget, read_reference, read_wikilink

_FILE_SUFFIXES = EMBEDDED_SUFFIXES | PLAYERS.keys() | {*PAGE_FILES}
_TAG = re.compile(r"<[^<>]*>")
_NOT_IN_SELECTOR = re.compile(r'["\\\[\]]')


def embed_target(span: Span) -> LinkTarget | None:
    """Return what a span embeds of the vault; None for what it loads from elsewhere."""
    if span.kind == "embed":
        return read_wikilink(span.text)
    if span.kind == "image" and span.target and not scheme_of(span.target):
        target = read_reference(span.target)
        return LinkTarget(target.note, target.part, span.text)
    return None


def is_block_embed(span: Span, writing: Writing) -> bool:
    """Tell whether a span shows blocks, which stand below one another: of a note, a canvas, a base."""
    target = embed_target(span)
    if target is None or writing.is_one_line:
        return False
    if not target.note:
        return True
    found = writing.context.look_ups.find(target.note, writing.note.path)
    return found is not None and writing.context.look_ups.has_note(found.path)


def embedded_blocks(span: Span, writing: Writing) -> list[str]:
    """Write the blocks of a note, a canvas or a base, with a link to it."""
    target = embed_target(span) or LinkTarget("")
    found = find(target.note, span, writing)
    if found is None or not found.path.lower().endswith(".base"):
        return _note_blocks(target, span, writing)
    writing.spend(Hidden.EMBED, writing.source[span.start : span.end])
    if writing.collected.embedded > LIMITS.embedded:
        _report_flood(writing)
        lines = [as_prose(posixpath.basename(found.path), writing)]
    else:
        text, place = writing.context.look_ups.text_of(found.path), SourceLocation(found.path, 1)
        source = BaseSource(text, posixpath.basename(found.path), place, writing.note.path)
        lines = base(source, target.part, writing)
    if not writing.chain:
        line = writing.at(span).line
        writing.collected.embeds.append(EmbedUse(found.path, line, shown=not is_box(lines)))
    writing.collected.embedded += sum(map(len, lines))
    return lines


def _note_blocks(target: LinkTarget, span: Span, writing: Writing) -> list[str]:
    note, found, problem = _embedded(target, span, writing)
    writing.spend(Hidden.EMBED, writing.source[span.start : span.end])
    if not found:
        return [_not_shown(note, target, problem, writing)]
    inner = _inside(note, target.part, writing)
    if found[0].kind == "drawing":
        return drawing(found[0], inner, target.text)
    name = note.name
    title = as_prose(name, writing)
    page = writing.context.look_ups.note_address(note.path)
    link = ""
    if page and target.part:
        link = f"[{title}]({page_link(page, writing.context.page)}){{ .nb-embed-source data-generated }}"
    elif page:  # the name stands beside it
        href, label = attribute(built_url(page.page, writing.context.page)), attribute(name)
        link = f'<a class="nb-embed-source" data-generated href="{href}" aria-label="{label}">↗</a>'
    head = f"{title} {link}" if not target.part else link
    lines = [head.strip(), "", *inner.blocks(found)]
    return contained(f'div.nb-embed[data-source="{_in_selector(note.path)}"]', lines)


def figure_blocks(spans: Iterable[Span], writing: Writing) -> list[str] | None:
    """Write the images of a paragraph that is nothing but images as blocks; None for any other."""
    shown = [span for span in spans if span.kind not in ("soft_break", "hard_break") and span.text.strip()]
    if writing.is_nested or not shown or not all(_is_figure(span, writing) for span in shown):
        return None
    lines: list[str] = []
    for span in shown:
        lines += ["", embed(span, writing, inline=False)] if lines else [embed(span, writing, inline=False)]
    return lines


def _is_figure(span: Span, writing: Writing) -> bool:
    target = embed_target(span)
    if target is None or has_image_suffix(target.note):
        return target is not None
    suffix = posixpath.splitext(target.note)[1].lower()
    return suffix in _FILE_SUFFIXES and not writing.context.look_ups.find(target.note, writing.note.path)


def embed(span: Span, writing: Writing, *, inline: bool = True) -> str:
    """Write an embed within a text: a file as itself, a note by its words."""
    target = embed_target(span)
    if target is None:
        return _from_elsewhere(span, writing)
    writing.vanish(Hidden.EMBED, span)
    found = find(target.note, span, writing)
    attachment = writing.context.look_ups.attachment(found.path) if found else None
    is_drawn = found is not None and is_drawing(found.path, {})
    if attachment and not is_drawn:
        return _attachment(attachment, target, span, writing, inline=inline)
    if found:
        return _words_of_note(target, span, writing)
    if posixpath.splitext(target.note)[1].lower() in _FILE_SUFFIXES:
        return missing_embed(target, span, writing, inline=inline)
    return link_to(target, as_prose(target.shown, writing), span, writing)


def _attachment(
    attachment: Attachment, target: LinkTarget, span: Span, writing: Writing, *, inline: bool
) -> str:
    suffix = posixpath.splitext(attachment.path)[1].lower()
    line = writing.at(span).line
    if suffix in EMBEDDED_SUFFIXES:
        return attachment_image(attachment, target, line, writing, inline=inline)
    if suffix not in PLAYERS:
        return link_to(target, as_prose(target.text or attachment.name, writing), span, writing)
    reason = writing.context.look_ups.why_not_published(attachment.path)
    if not writing.chain:
        writing.collected.embeds.append(EmbedUse(attachment.path, line, shown=not reason))
    writing.collected.attachments[attachment.path] = attachment
    if reason:
        said = as_prose(f"{attachment.name}: {reason}", writing)
        return f'<span class="nb-missing" data-generated>{said}</span>'
    return PLAYERS[suffix](attachment, target, writing)


def _from_elsewhere(span: Span, writing: Writing) -> str:
    writing.spend(Hidden.EMBED, writing.source[span.start : span.end])
    if not span.target:
        return as_prose(span.text, writing)
    if frame := played(span.target):
        return framed(frame, writing.at(span).line, writing)
    return external_image(span, writing)


def _embedded(target: LinkTarget, span: Span, writing: Writing) -> tuple[Note, tuple[Block, ...], str]:
    """Return the note, the blocks of it that are shown, and why none are."""
    found = find(target.note, span, writing) or Found(writing.note.path)
    note = writing.context.look_ups.note(found.path)
    shown = writing.chain or ((writing.note.path, ""),)
    blocks: tuple[Block, ...] = ()
    problem = ""
    if (note.path, target.part) in shown or len(writing.chain) >= LIMITS.embed_depth:
        problem = "embed-cycle"
        path = " -> ".join(posixpath.basename(p).removesuffix(".md") for p, _ in (*shown, (note.path, "")))
        writing.report(span, problem, path, "link to it instead of embedding it")
    elif writing.collected.embedded > LIMITS.embedded:
        problem = "embed-flood"
        _report_flood(writing)
    else:
        drawn = tuple(block for block in note.blocks if block.kind == "drawing")
        blocks = drawn or writing.parts_of(note).blocks(target.part)
        writing.collected.embedded += _cost(blocks, writing.parts_of(note).lines)
        problem = "" if blocks else "empty-embed"
        if writing.collected.embedded > LIMITS.embedded:
            blocks, problem = (), "embed-flood"
            _report_flood(writing)
        elif target.part and not blocks:
            problem = "missing-block" if target.part.startswith("^") else "missing-heading"
            writing.report(span, problem, f"{note.path} has no {target.part}")
        elif problem:
            writing.report(span, problem, f"{note.path} says nothing yet, so its embed is a link")
    if not writing.chain:
        typed = writing.source[span.start : span.end]
        is_lacking = not blocks or blocks[0].kind == "no_canvas"
        if not is_lacking and blocks[0].kind == "drawing":
            is_lacking = not exported(_inside(note, "", writing))
        writing.collected.embeds.append(EmbedUse(typed, writing.at(span).line, shown=not is_lacking))
    return note, blocks, problem


def _length(blocks: Iterable[Block], lines: Sequence[str]) -> int:
    return sum(len(line) for b in blocks for line in lines[b.lines.start - 1 : b.lines.end - 1])


def _cost(blocks: Sequence[Block], lines: Sequence[str]) -> int:
    """How much of what a page may embed these blocks take."""
    empty = sum(not line.strip() for b in blocks for line in lines[b.lines.start - 1 : b.lines.end - 1])
    return _length(blocks, lines) + LIMITS.embedded_block * (1 + len(blocks) + empty)


def _report_flood(writing: Writing) -> None:
    """Tell once, wherever on the page the last embed of too many stands."""
    place = SourceLocation(writing.chain[0][0] if writing.chain else writing.note.path)
    message = "embeds so much that the last embeds are links"
    hint = "link to notes instead of embedding them"
    found = Problem(place, "embed-flood", message, hint)
    if found not in writing.collected.problems[-1:]:
        writing.collected.problems.append(found)


def _not_shown(note: Note, target: LinkTarget, problem: str, writing: Writing) -> str:
    """Write a link in the place of what cannot be shown: a part that the note does not have, or a circle."""
    name = as_prose(note.name, writing)
    place = writing.context.look_ups.note_address(note.path)
    if writing.is_html or writing.in_link or place is None:
        return f'<span class="nb-missing">{name}</span>'
    link = f"[{name}]({page_link(place, writing.context.page)})"
    if problem in ("embed-cycle", "embed-flood", "empty-embed"):
        return link
    title = attribute(writing.context.reading.say("no part", name=note.name, part=target.part))
    return f'<span class="nb-missing-part" title="{title}" data-generated>{link}</span>'


def _inside(note: Note, part: str, writing: Writing) -> Writing:
    chain = writing.chain or ((writing.note.path, ""),)
    subject = replace(
        writing.subject, note=note, parts=writing.parts_of(note), chain=(*chain, (note.path, part))
    )
    return replace(writing, subject=subject, depth=writing.depth + 1)


def _words_of_note(target: LinkTarget, span: Span, writing: Writing) -> str:
    """Write the texts of a note one behind the other, where no block can stand."""
    note, found, problem = _embedded(target, span, writing)
    if not found:
        return _not_shown(note, target, problem, writing)
    if _length(found, writing.parts_of(note).lines) > LIMITS.embedded_in_line:
        _report_flood(writing)
        return _not_shown(note, target, "embed-flood", writing)
    inner = _inside(note, target.part, writing)
    if found[0].kind == "drawing" and (picture := drawing_in_line(found[0], inner)):
        return picture
    texts = [text for block, _ in walk(found) if (text := _in_line(block, inner))]
    return "<br>".join(texts) + _link_beside(note, writing)


def _in_line(block: Block, writing: Writing) -> str:
    """Write what a block says where no block can stand, without the blocks in it."""
    if block.kind in ("paragraph", "heading", "cell", "callout"):
        return writing.text(block.text, block.lines.start, one_line=True)
    if block.kind == "math_block":
        return display_math(Span("display_math", 0, 0, block.text), replace(writing, line=block.lines.start))
    if block.kind == "html_block":
        return as_prose(" ".join(unescape(_TAG.sub(" ", without_comments(block.text))).split()), writing)
    if block.kind in ("fence", "code_block"):
        return f"<code>{'<br>'.join(map(as_text, block.text.strip(chr(10)).split(chr(10))))}</code>"
    return ""


def _link_beside(note: Note, writing: Writing) -> str:
    """Write the link to a note behind its words."""
    place = writing.context.look_ups.note_address(note.path)
    if place is None or writing.in_link:
        return ""
    address = attribute(built_url(place.page, writing.context.page))
    title = as_text(note.name)
    return f' <a class="nb-embed-source" href="{address}" data-generated>{title}</a>'


def _in_selector(text: str) -> str:
    return _NOT_IN_SELECTOR.sub("", text)
