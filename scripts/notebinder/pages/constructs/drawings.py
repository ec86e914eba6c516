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
from notebinder.vault.syntax.blocks import walk
from notebinder.vault.syntax.headings import heading_text
from notebinder.vault.syntax.plugin_blocks import PLUGIN_BLOCKS
from notebinder.vault.syntax.targets import LinkTarget, read_image_text

_SCHEMES = ("light", "dark")
_LONGEST = 400
"""Letters of what is written in a drawing that its picture says to who does not see it."""


def drawing(block: Block, writing: Writing, text: str = "") -> list[str]:
    """Write a drawing; `text` is what an embed of it says behind its bar."""
    pictures = exported(writing)
    writing.spend(Hidden.DRAWING, DATA)
    if not pictures:
        hint = "let the plugin export it as SVG or PNG beside the note"
        tell_not_shown("a drawing without an exported picture", block.lines.start, writing, hint)
        return _texts(block, writing)
    writing.spend(Hidden.DRAWING, _typed(block, writing))
    shown = [_picture(each, block, writing, text, inline=False) for each in pictures]
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
    for names in exported_names(writing.note.path):
        found = [file for name in names if (file := look_ups.attachment(name))]
        if len(found) == len(names):
            return found
    return ()


def _picture(file: Attachment, block: Block, writing: Writing, text: str, *, inline: bool) -> str:
    texts = (each.text.replace("<br>", " ") for each, _ in walk(block.children) if each.text)
    said = ", ".join(map(heading_text, texts)).replace("|", "/")
    said = said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"
    if not read_image_text(text).alt:
        text = "|".join(filter(None, (said, text)))
    target = LinkTarget(file.path, text=text)
    return attachment_image(file, target, block.lines.start, writing, inline=inline)


def _texts(block: Block, writing: Writing) -> list[str]:
    say = writing.context.reading.say
    label = say("only in Obsidian", what=say.translated(PLUGIN_BLOCKS["compressed-json"]))
    head = raw_html([f'<p class="nb-drawing-label" data-generated>{as_text(label)}</p>'], writing)
    return contained("div.nb-drawing", [*head, "", *writing.blocks(block.children)])


def _typed(block: Block, writing: Writing) -> str:
    return "\n".join(writing.subject.parts.lines[block.lines.start - 1 : block.lines.end - 1])
