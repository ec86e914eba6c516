"""What is drawn as a note that has a page, links and an account: canvases, bases, drawings of Excalidraw."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from msgspec.structs import replace

from notebinder.vault.bases import BaseError, read_base
from notebinder.vault.canvases import UnreadableCanvasError, read_canvas
from notebinder.vault.drawings import as_drawing, exported_names, is_drawing, text_of_file, written_in
from notebinder.vault.model import PAGE_FILES, Attachment, Block, LineRange, Note, Transcript
from notebinder.vault.packed import pack_blocks
from notebinder.vault.reading import Vault
from notebinder.vault.syntax.blocks import read_blocks

_AT_HAND = 256
"""So many are kept: a build asks for each twice, and so does the next one."""


_SEVERAL = 2
_SIGN = re.compile(r"[!-/:-@\[-`{-~]")


def with_file_notes(vault: Vault, read: Callable[[Attachment], str], paths: Iterable[str]) -> Vault:
    """Return the vault with a note for each canvas and base at these paths, and with drawings as such."""
    files = (vault.attachments[path] for path in paths if path in vault.attachments)
    notes = {file.path: file_note(file.path, read(file)) for file in files}
    written: dict[str, Transcript] = {}
    for path, note in {**vault.notes, **notes}.items():
        if is_drawing(path, note.properties):
            blocks = as_drawing(note)
            notes[path] = replace(note, blocks=pack_blocks(blocks))
            names = exported_names(path, vault.attachments.__contains__)
            written |= dict.fromkeys(names, written_in(blocks[-1]))
    if not notes:
        return vault
    notes = dict(sorted({**vault.notes, **notes}.items()))
    return replace(vault, notes=notes, transcripts={**written, **vault.transcripts})


def is_page_file(path: str) -> bool:
    """Tell whether a path is one of a file that has a page of its own, though it is no note."""
    return path.lower().endswith(PAGE_FILES)


@lru_cache(_AT_HAND)
def file_note(path: str, source: str) -> Note:
    """Return what stands for a canvas, a base or a drawing among the notes."""
    if path.lower().endswith(".base"):
        return _base_note(path, source)
    if path.lower().endswith(".canvas"):
        return _canvas_note(path, source)
    text = text_of_file(source)
    return Note(path, text, blocks=pack_blocks(read_blocks(text)))


def _base_note(path: str, source: str) -> Note:
    """A base says the names of its views, if there are several, and each view is a block below its name."""
    try:
        names = [view.name or str(number) for number, view in enumerate(read_base(source).views, 1)]
    except BaseError:
        names = []
    if len(names) < _SEVERAL:
        return Note(path, "", blocks=(Block("base", LineRange(1, 2)),))
    lines = [line for name in names for line in (f"## {_literally(name)}", "")]
    blocks: list[Block] = []
    for number, heading in enumerate(read_blocks("\n".join(lines)), 1):
        line = heading.lines.end
        blocks += (heading, Block("base", LineRange(line, line + 1), number=number))
    return Note(path, "\n".join(lines), blocks=pack_blocks(blocks))


def _literally(name: str) -> str:
    """Return a name of which nothing means anything in Markdown."""
    return _SIGN.sub(r"\\\g<0>", " ".join(name.split()))


def _canvas_note(path: str, source: str) -> Note:
    """A canvas says what its cards say, and each card is a block with the blocks of its text in it."""
    try:
        texts = [card.markdown for card in read_canvas(source).cards]
    except UnreadableCanvasError:
        return Note(path, "", blocks=(Block("no_canvas", LineRange(1, 2)),))
    text = "\n\n".join(texts)
    whole = Block("canvas", LineRange(1, text.count("\n") + 2), children=tuple(_cards(texts)))
    return Note(path, text, blocks=pack_blocks([whole]))


def _cards(texts: Iterable[str]) -> Iterator[Block]:
    line = 1
    for text in texts:
        height = text.count("\n") + 1
        blocks = read_blocks(text) if text else ()
        yield Block("card", LineRange(line, line + height), children=_lower(blocks, line - 1))
        line += height + 1


def _lower(blocks: Iterable[Block], by: int) -> tuple[Block, ...]:
    """Return blocks as they stand so many lines further down."""
    return tuple(
        replace(
            block,
            lines=LineRange(block.lines.start + by, block.lines.end + by),
            children=_lower(block.children, by),
        )
        for block in blocks
    )
