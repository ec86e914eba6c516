"""Convert lines of a note: which construct writes which kind of block and of inline text, in two tables."""

from __future__ import annotations

from types import MappingProxyType

from notebinder.pages.constructs import (
    bases,
    canvas,
    code,
    drawings,
    embeds,
    footnotes,
    inline_html,
    inline_values,
    links,
    lists,
    maths,
    paragraphs,
    quotes,
    tables,
    tags,
    text,
)
from notebinder.pages.constructs.context import PageContext
from notebinder.pages.constructs.writing import (
    BlockConstruct,
    Collected,
    InlineConstruct,
    Subject,
    Tables,
    Writing,
)
from notebinder.pages.model import Converted, Hidden
from notebinder.vault.model import Block, LineRange, Note
from notebinder.vault.packed import blocks_in


def _rule(_block: Block, _writing: Writing) -> list[str]:
    """Write a rule; three hyphens could be read as the end of something."""
    return ["***"]


def _definition(block: Block, writing: Writing) -> list[str]:
    """Leave out what a link refers to."""
    return _nothing(Hidden.DEFINITION, block, writing)


def _identifier(block: Block, writing: Writing) -> list[str]:
    """Leave out the identifier of the block above."""
    return _nothing(Hidden.IDENTIFIER, block, writing)


def _nothing(by: Hidden, block: Block, writing: Writing) -> list[str]:
    writing.spend(by, "\n".join(writing.subject.parts.lines[block.lines.start - 1 : block.lines.end - 1]))
    return []


def _comment(block: Block, writing: Writing) -> list[str]:
    """Leave a comment out."""
    if not block.text.rstrip().endswith("%%") or block.text.strip() == "%%":
        message = "a comment is opened and never closed, so it hides all that follows"
        writing.report_line(block.lines.start, "open-comment", message, "close it with %%")
    return _nothing(Hidden.COMMENT, block, writing)


def _footnote(block: Block, writing: Writing) -> list[str]:
    """Leave a footnote to the end of the page; one that no reader would meet there is told."""
    parts, label = writing.subject.parts, block.info.casefold()
    if parts.footnotes.get(label) != block:
        message = f"the footnote {block.info} is defined a second time, and this text is on no page"
        writing.report_line(block.lines.start, "unused-footnote", message, "give it another label")
    elif label not in parts.referenced:
        message = f"nothing refers to the footnote {block.info}, so its text is on no page"
        writing.report_line(
            block.lines.start, "unused-footnote", message, f"write [^{block.info}] where it belongs"
        )
    else:
        writing.spend(Hidden.FOOTNOTE, block.info)
        return []
    return _nothing(Hidden.TOLD, block, writing)


BLOCKS: MappingProxyType[str, BlockConstruct] = MappingProxyType(
    {
        "heading": paragraphs.heading,
        "paragraph": paragraphs.paragraph,
        "bullet_list": lists.list_block,
        "ordered_list": lists.list_block,
        "blockquote": quotes.blockquote,
        "callout": quotes.callout,
        "fence": code.fence,
        "code_block": code.indented_code,
        "table": tables.table,
        "math_block": maths.math_block,
        "html_block": inline_html.html_block,
        "hr": _rule,
        "comment": _comment,
        "footnote": _footnote,
        "definition": _definition,
        "identifier": _identifier,
        "base": bases.view_of_page,
        "drawing": drawings.drawing,
        "canvas": canvas.canvas,
        "no_canvas": canvas.no_canvas,
        "too_deep": code.too_deep,
        "too_long": code.too_long,
    }
)
"""What writes each kind of block."""

INLINES: MappingProxyType[str, InlineConstruct] = MappingProxyType(
    {
        "text": text.text,
        "literal": text.literal,
        "escape": text.escape,
        "soft_break": text.soft_break,
        "hard_break": text.hard_break,
        "strong": text.emphasis,
        "emphasis": text.emphasis,
        "strike": text.emphasis,
        "mark": text.emphasis,
        "code": inline_values.code,
        "math": maths.math,
        "display_math": maths.display_math,
        "comment": text.comment,
        "html": inline_html.html_tag,
        "wikilink": links.wikilink,
        "link": links.link,
        "url": links.url,
        "embed": embeds.embed,
        "image": embeds.embed,
        "tag": tags.tag,
        "footnote_reference": footnotes.footnote_reference,
        "inline_footnote": footnotes.inline_footnote,
    }
)
"""What writes each kind of inline text."""

_TABLES = Tables(BLOCKS, INLINES, paragraphs.anchor_html)


def property_text(text: str, line: int, note: Note, context: PageContext, collected: Collected) -> str:
    """Write the text of a property as HTML: its links lead where they would in the note."""
    subject = Subject(note, context, _TABLES, context.look_ups.parts_of(note), collected)
    return links.text_with_links(text, Writing(subject, line, is_html=True))


def convert_lines(note: Note, lines: LineRange, context: PageContext) -> Converted:
    """Write the blocks of a note that begin on these lines as the page shows them."""
    blocks = tuple(blocks_in(note.blocks, lines))
    collected = Collected()
    parts = context.look_ups.parts_of(note)
    prefix = "" if blocks == note.blocks else f"{lines.start}-"
    writing = Writing(Subject(note, context, _TABLES, parts, collected, prefix))
    written = writing.blocks(blocks)
    notes = footnotes.footnote_definitions(writing)
    markdown = "\n".join(written) + "".join(f"\n\n{note}" for note in notes)
    return Converted(
        markdown,
        problems=tuple(collected.problems),
        figures=tuple(collected.figures),
        attachments=tuple(collected.attachments.values()),
        links=tuple(collected.links),
        embeds=tuple(collected.embeds),
        tags=tuple(collected.tags),
        spent=collected.spent,
    )
