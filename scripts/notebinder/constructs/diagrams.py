"""Mermaid diagrams: a node with the class `internal-link` leads to the note that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notebinder.addresses import built_url
from notebinder.constructs.writing import Writing
from notebinder.model import Block, LinkUse
from notebinder.resolve import resolve

_CLASS = re.compile(r"^\s*class\s+(?P<nodes>.+?)\s+internal-link\s*;?\s*$", re.MULTILINE)
# A[Biology], B("a note"), C{{"x"}}
_NODE = re.compile(r"(?<![\w-])(?P<node>[\w-]+)\s*[\[({>]{1,3}\s*\"?(?P<label>[^\"\[\](){}\n]+?)\"?\s*[\])}]")


def diagram(block: Block, writing: Writing) -> list[str]:
    """Return the source of a diagram with a link for each node that is one in Obsidian."""
    links = dict.fromkeys(_links(block, writing))
    return [*block.text.removesuffix("\n").split("\n"), *links]


def _links(block: Block, writing: Writing) -> Iterator[str]:
    labels = {found["node"]: found["label"].strip() for found in _NODE.finditer(block.text)}
    for found in _CLASS.finditer(block.text):
        for node in (name.strip().strip('"') for name in found["nodes"].split(",")):
            target = labels.get(node, node)
            there = resolve(target, writing.note.path, writing.context.index)
            place = there and writing.context.addresses.note(there.path)
            if place:
                if not writing.chain:
                    writing.collected.links.append(LinkUse(target, block.lines.start, True, place.page))
                yield f'click {node} "{built_url(place.page, writing.context.page)}"'
