"""Drawings of the plugin Excalidraw: the picture exported beside the note, else what is written in it."""

from __future__ import annotations

from collections.abc import Sequence

from notebinder.base.escaping import as_text
from notebinder.pages.constructs.boxes import tell_not_shown
from notebinder.pages.constructs.images import attachment_image
from notebinder.pages.constructs.lines import contained, raw_html
from notebinder.pages.constructs.writing import Writing
from notebinder.pages.model import Hidden
from notebinder.vault.drawings import DATA, exported_names
from notebinder.vault.model import Attachment, Block
from notebinder.vault.syntax.plugin_blocks import PLUGIN_BLOCKS
from notebinder.vault.syntax.targets import LinkTarget

_SCHEMES = ("light", "dark")


def drawing(block: Block, writing: Writing, text: str = "") -> list[str]:
    """Write a drawing; `text` is what an embed of it says behind its bar."""
    pictures = exported(writing)
    writing.spend(Hidden.DRAWING, DATA)
    if not pictures:
        hint = "let the plugin export it as SVG or PNG beside the note"
        tell_not_shown("a drawing without an exported picture", block.lines.start, writing, hint)
        return _texts(block, writing)
    writing.spend(Hidden.DRAWING, _typed(block, writing))
    is_inline = writing.subject.is_card
    shown = [_picture(each, block, writing, text, inline=is_inline) for each in pictures]
    if len(shown) == 1:
        return shown
    pairs = zip(_SCHEMES, shown, strict=True)
    both = [contained(f"div.nb-in-{scheme}", [picture]) for scheme, picture in pairs]
    return [*both[0], "", *both[1]]


def drawing_in_line(block: Block, writing: Writing) -> str:
    """Write a drawing where no block can stand: as on a light page, or what is written in it."""
    pictures = exported(writing)
    return _picture(pictures[0], block, writing, "", inline=True) if pictures else ""


def exported(writing: Writing) -> Sequence[Attachment]:
    """Return the exported picture of the note that is written, or the two for light and dark pages."""
    look_ups = writing.context.look_ups
    names = exported_names(writing.note.path, look_ups.has_attachment)
    return [file for name in names if (file := look_ups.attachment(name))]


def _picture(file: Attachment, block: Block, writing: Writing, text: str, *, inline: bool) -> str:
    target = LinkTarget(file.path, text=text)
    return attachment_image(file, target, block.lines.start, writing, inline=inline)


def _texts(block: Block, writing: Writing) -> list[str]:
    say = writing.context.reading.say
    label = say("only in Obsidian", what=say.translated(PLUGIN_BLOCKS["compressed-json"]))
    head = raw_html([f'<p class="nb-drawing-label" data-generated>{as_text(label)}</p>'], writing)
    return contained("div.nb-drawing", [*head, "", *writing.blocks(block.children)])


def _typed(block: Block, writing: Writing) -> str:
    return "\n".join(writing.subject.parts.lines[block.lines.start - 1 : block.lines.end - 1])
