"""Maps of the plugin Leaflet: the picture that one is drawn on, and its markers as links."""

from __future__ import annotations

import re

from notebinder.pages.constructs.embeds import figure_blocks
from notebinder.pages.constructs.lines import contained
from notebinder.pages.constructs.writing import Writing
from notebinder.pages.model import Hidden
from notebinder.vault.model import Block
from notebinder.vault.syntax.targets import WIKILINK

_LINE = re.compile(r"\s*(?:(?P<key>\w+)\s*:|-)\s*(?P<value>.*)")
# default, 39.98, -86.15, [[Note]], a description, 0, 12
_MARKER = re.compile(r"[^,]*,[^,]*,[^,]*(?:,\s*(?P<link>\[\[.*?\]\]|[^,]*))?(?:,(?P<rest>.*))?")
_ZOOM = re.compile(r"(?:,?\s*-?\d+(?:\.\d+)?\s*)+$")
_MARKERS = ("marker", "linksto")


def leaflet(block: Block, writing: Writing) -> list[str]:
    """Write a map; nothing for one that is drawn on no picture of the vault."""
    pictures: list[str] = []
    markers: list[str] = []
    key = ""
    for number, line in enumerate(block.text.split("\n"), block.lines.start + 1):
        found = _LINE.fullmatch(line)
        key = ((found and found["key"]) or key).lower()
        value = found["value"] if found else ""
        for picture in WIKILINK.finditer(value) if key == "image" else ():
            spans, here = writing.read(f"!{picture[0].removeprefix('!')}", number)
            pictures += ["", *(figure_blocks(spans, here) or [here.inlines(spans)])]
        if key in _MARKERS and value:
            markers.append(_marker(value, number, writing))
    if not pictures:
        return []
    writing.spend(Hidden.EMBED, f"{block.info}\n{block.text}")
    places = ["", *(f"- {marker}" for marker in markers if marker)]
    return contained("div.nb-map", [*pictures[1:], *places])


def _marker(value: str, line: int, writing: Writing) -> str:
    """Write where a marker leads, and what it says."""
    found = _MARKER.fullmatch(value)
    said = _ZOOM.sub("", found["rest"] or "") if found else ""
    link = (found["link"] or "").strip() if found else value
    return writing.text(" ".join(filter(None, (link, said.strip()))), line)
