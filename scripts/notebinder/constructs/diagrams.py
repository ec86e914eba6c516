"""Mermaid diagrams: a node with the class `internal-link` leads to the note that it names."""

from __future__ import annotations

from collections.abc import Iterator

from notebinder.addresses import built_url
from notebinder.constructs.writing import Writing
from notebinder.model import Block, LinkUse
from notebinder.syntax.comments import without_mermaid_comments
from notebinder.syntax.diagram_links import diagram_links


def diagram(block: Block, writing: Writing) -> list[str]:
    """Return a diagram without its comments, with a link for each node that is one in Obsidian."""
    links = dict.fromkeys(_links(block, writing))
    source = without_mermaid_comments(block.text)
    writing.spend(block.text, source)
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
