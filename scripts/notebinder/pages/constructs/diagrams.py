"""Mermaid diagrams: a node with the class `internal-link` leads to the note that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notebinder.base.urls import built_url
from notebinder.pages.constructs.writing import Writing
from notebinder.pages.model import Hidden, LinkUse
from notebinder.vault.model import Block
from notebinder.vault.syntax.comments import without_mermaid_comments
from notebinder.vault.syntax.diagram_links import diagram_links

# A@{ img: "https://a.b/c.png", label: "a" }
_PICTURE = re.compile(
    r"""\bimg\s{0,9}:\s{0,9}(?:"[^"\n]*//[^"\n]*"|'[^'\n]*//[^'\n]*'|(?:https?:)?//[^,}\s]+)\s{0,9},?""",
    re.IGNORECASE,
)


def diagram(block: Block, writing: Writing) -> list[str]:
    """Return a diagram without comments and pictures of other sites, with a link where Obsidian has one."""
    links = dict.fromkeys(_links(block, writing))
    source = without_mermaid_comments(block.text)
    if "@{" in source and _PICTURE.search(source):
        source = _PICTURE.sub("", source)
        told = "a picture in a diagram, from another site, is left out"
        writing.report_line(block.lines.start, "removed-html", told)
    writing.spend(Hidden.COMMENT, block.text, source)
    return [*source.removesuffix("\n").split("\n"), *links]


def _links(block: Block, writing: Writing) -> Iterator[str]:
    look_ups = writing.context.look_ups
    for node, target in diagram_links(block.text):
        there = look_ups.find(target, writing.note.path)
        place = there and look_ups.note_address(there.path)
        if place:
            if not writing.chain:
                writing.collected.links.append(LinkUse(target, block.lines.start, True, place.page))
            yield f'click {node} "{built_url(place.page, writing.context.page)}"'
