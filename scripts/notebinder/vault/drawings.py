"""Notes that the plugin Excalidraw draws in: of its data the texts are kept, as a list below a heading."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from notebinder.vault.model import Block, LineRange, Note, Transcript
from notebinder.vault.syntax.blocks import walk
from notebinder.vault.syntax.headings import heading_text

_PROPERTY = "excalidraw-plugin"
_SUFFIXES = (".excalidraw.md", ".excalidraw")
DATA = "Excalidraw Data"
"""The heading of what the plugin keeps in the note."""
# ==⚠  Switch to EXCALIDRAW VIEW in the MORE OPTIONS menu of this document. ⚠==
_NOTICE = re.compile(r"^==⚠.*⚠==.*(?:\n.*\S.*)*", re.MULTILINE)
_DATA = re.compile(
    r"^(?:%%\s*\n)?(?:#{1,2} (?:Excalidraw Data|Text Elements|Element Links|Embedded [Ff]iles|Drawing)\s*$"
    r"|```(?:compressed-)?json\s*$)",
    re.MULTILINE,
)
_HEADING = re.compile(r"#{1,2} (?P<name>Text Elements|Element Links|Embedded [Ff]iles|Drawing)\s*")
# Pump ^a1b2c3d4
_END = re.compile(r"(?:^|[ \t])\^[\w-]{8}[ \t]*$")
_EXPORTS = (".svg", ".png")


def is_drawing(path: str, properties: Mapping[str, Any]) -> bool:
    """Tell whether a note is one that the plugin shows as a drawing."""
    return path.lower().endswith(_SUFFIXES) or _PROPERTY in properties


def drawn_text(text: str, body_line: int) -> str:
    """Return a note without what only the plugin reads: its notice, places, files and coordinates."""
    lines = text.split("\n")
    head, body = "".join(f"{line}\n" for line in lines[: body_line - 1]), "\n".join(lines[body_line - 1 :])
    data = _DATA.search(body)
    own, rest = (body[: data.start()], body[data.start() :]) if data else (body, "")
    own = _NOTICE.sub(lambda found: "\n" * found[0].count("\n"), own)
    return f"{head}{own.rstrip()}\n\n{_listed(_texts(rest))}"


def text_of_file(source: str) -> str:
    """Return what a note would say that is drawn like a file of the plugin, which is JSON."""
    try:
        elements = json.loads(source)["elements"]
        texts = [
            each["text"].strip() for each in elements if each["type"] == "text" and not each.get("isDeleted")
        ]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        texts = []
    return _listed("<br>".join(text.split("\n")) for text in texts if text)


def _listed(texts: Iterable[str]) -> str:
    items = "".join(f"- {text}\n" for text in texts)
    return f"# {DATA}\n\n{items}"


def _texts(data: str) -> Iterator[str]:
    """Yield what is written in a drawing, each text in one line."""
    is_text, found = False, list[str]()
    for line in data.split("\n"):
        heading = _HEADING.fullmatch(line)
        if heading or line.startswith("%%"):
            is_text = heading is not None and heading["name"] == "Text Elements"
        elif is_text:
            end = _END.search(line)
            found += [line[: end.start()].strip()] if end else [line.strip()]
            if end:
                yield from filter(None, ["<br>".join(filter(None, found))])
                found = []
    yield from filter(None, ["<br>".join(filter(None, found))])


def as_drawing(note: Note) -> tuple[Block, ...]:
    """Return the blocks of such a note with one for the drawing, which holds its texts."""
    blocks = tuple(note.blocks)
    heads = (place for place, block in enumerate(blocks) if block.kind == "heading" and block.text == DATA)
    place = max(heads, default=len(blocks))
    first = blocks[place].lines.start if place < len(blocks) else note.text.count("\n") + 1
    lines = LineRange(first, note.text.count("\n") + 2)
    return (*blocks[:place], Block("drawing", lines, children=blocks[place + 1 :]))


def exported_names(path: str, is_there: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the picture that the plugin has exported of a drawing, or the two for light and dark pages.

    Args:
        path: the drawing.
        is_there: tells whether there is a file at a path.
    """
    stem = path.removesuffix(".md")
    for name in dict.fromkeys((stem, re.sub(r"(?i)\.excalidraw$", "", stem))):
        pairs = [(f"{name}.light{suffix}", f"{name}.dark{suffix}") for suffix in _EXPORTS]
        single = (f"{name}{scheme}{suffix}" for scheme in ("", ".light", ".dark") for suffix in _EXPORTS)
        for names in (*pairs, *((each,) for each in single)):
            if all(map(is_there, names)):
                return names
    return ()


def written_in(drawing: Block) -> Transcript:
    """Return the texts of a drawing as those of a picture."""
    texts = (block.text.replace("<br>", " ") for block, _ in walk(drawing.children) if block.text)
    return Transcript("", tuple(map(heading_text, texts)), corrected=True, is_of_drawing=True)
