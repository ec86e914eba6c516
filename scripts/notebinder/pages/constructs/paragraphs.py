"""Paragraphs and headings."""

from __future__ import annotations

from collections.abc import Iterator

from notebinder.base.limits import LIMITS
from notebinder.pages.addresses import Address, block_anchor, page_link
from notebinder.pages.constructs.embeds import embedded_blocks, figure_blocks, is_block_embed
from notebinder.pages.constructs.lines import begins_no_html, raw_html
from notebinder.pages.constructs.text import attribute
from notebinder.pages.constructs.writing import Writing
from notebinder.pages.model import Hidden
from notebinder.vault.model import Block
from notebinder.vault.syntax.spans import Span

_LOWEST_LEVEL = 6


def paragraph(block: Block, writing: Writing) -> list[str]:
    """Write a paragraph; images that are all of it, and notes in it, stand as blocks of their own."""
    spans, here = writing.read(block.text, block.lines.start)
    anchor = anchor_html(block, writing)
    figures = figure_blocks(spans, here)
    if figures is not None:
        return [anchor, "", *figures] if anchor else figures
    lines: list[str] = []
    for group in _groups(spans, here):
        if len(group) == 1 and is_block_embed(group[0], here):
            found = embedded_blocks(group[0], here)
        else:
            found = _text_lines(group, block, here)
        lines += ["", *found] if lines and found else found
    if not lines:
        return [anchor] if anchor else []
    lines[-1] += here.tags.closing
    is_text = not lines[0].startswith(("/", "<div"))
    if anchor:
        lines = [anchor + lines[0], *lines[1:]] if is_text else [anchor, "", *lines]
    return lines


def _groups(spans: tuple[Span, ...], writing: Writing) -> Iterator[tuple[Span, ...]]:
    """Yield each embedded note alone, and what stands between them."""
    begin = 0
    for place, span in enumerate(spans):
        if is_block_embed(span, writing):
            yield spans[begin:place]
            yield (span,)
            begin = place + 1
    yield spans[begin:]


def _text_lines(spans: tuple[Span, ...], block: Block, writing: Writing) -> list[str]:
    text = writing.inlines(spans).strip()
    page = "" if writing.chain else writing.context.entry_links.get(block.lines.start, "")
    if page and text and not any(span.kind in ("link", "wikilink", "url") for span in spans):
        text = f"[{text}]({page_link(Address(page), writing.context.page)})"
    lines = text.split("\n") if text else []
    return [begins_no_html(line) if line.strip() else "<br>" for line in lines]


def anchor_html(block: Block, writing: Writing) -> str:
    """Return what a link to a block jumps to; the original's, so not where the block is embedded."""
    if not block.identifier:
        return ""
    writing.spend(Hidden.IDENTIFIER, block.identifier)
    if writing.chain:
        return ""
    if writing.subject.parts.identified[block.identifier.casefold()] != block.lines.start:
        message = f"the identifier ^{block.identifier} is given twice, and links lead to the first block"
        writing.report_line(block.lines.start, "repeated-identifier", message, "give it another one")
        return ""
    return f'<span class="nb-anchor" id="{attribute(block_anchor(block.identifier))}"></span>'


def heading(block: Block, writing: Writing) -> list[str]:
    """Write a heading; one within a list, a quote or an embed has no place in the table of contents."""
    shift = writing.context.heading_shift
    # a page raises its own headings; those of another note, or in a quote, may be higher
    level = min(max(block.level + (max(shift, 0) if writing.chain else shift), 1), _LOWEST_LEVEL)
    last = writing.subject.parts.headings.last
    is_beyond = bool(last) and block.lines.start > last
    is_apart = writing.is_nested or bool(writing.chain) or writing.subject.is_card or is_beyond
    anchor = anchor_html(block, writing)
    text = writing.text(block.text, block.lines.start, one_line=True, html=is_apart)
    if not text:
        return [anchor] if anchor else []
    if is_apart:
        if is_beyond and not (writing.is_nested or writing.chain or writing.subject.is_card):
            anchor += _anchor_of_heading(block, writing, last)
        return raw_html([f'<h{level} class="nb-heading">{anchor}{text}</h{level}>'], writing)
    if text.endswith("#"):
        text = f"{text[:-1]}\\#"
    place = writing.context.look_ups.heading_address(
        writing.note.path, block.lines.start, writing.context.page
    )
    identifier = f" {{ #{place.anchor} }}" if place and place.anchor else ""
    return [f"{'#' * level} {anchor}{text}{identifier}"]


def _anchor_of_heading(block: Block, writing: Writing, last: int) -> str:
    """Return what links to a heading jump to that stands in no table of contents."""
    message = f"has more than {LIMITS.headings:,} headings; those below stay out of the table of contents"
    writing.report_line(last, "too-long", message, "split the note")
    page = writing.context.page
    place = writing.context.look_ups.heading_address(writing.note.path, block.lines.start, page)
    return f'<span class="nb-anchor" id="{attribute(place.anchor)}"></span>' if place else ""
