"""Which nodes of a Mermaid diagram are links in Obsidian: those of the class `internal-link`."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CLASS = re.compile(r"^\s*class\s+(?P<nodes>.+?)\s+internal-link\s*;?\s*$", re.MULTILINE)
# A[Biology], B("a note"), C{{"x"}}, D[/"x"/]
_SHAPE = r"[\[({>]{1,3}[/\\]?\s*\"?(?P<label>[^\"\[\](){}\n]+?)\"?\s*[/\\]?[\])}]"
_NODE = re.compile(rf"(?<![\w-])(?P<node>[\w-]+)\s*{_SHAPE}")
# A[Biology]:::internal-link
_CLASS_BEHIND = re.compile(rf"(?<![\w-])(?P<node>[\w-]+)\s*(?:{_SHAPE}[\])}}]{{0,2}})?\s*:::internal-link\b")


def diagram_links(source: str) -> Iterator[tuple[str, str]]:
    """Yield the name of each such node, and what it links to: its label, or its name where it has none.

    >>> list(diagram_links("A[Biology] --> B\\nclass A,B internal-link"))
    [('A', 'Biology'), ('B', 'B')]
    """
    if "internal-link" not in source:
        return
    labels = {found["node"]: found["label"].strip() for found in _NODE.finditer(source)}
    for found in _CLASS.finditer(source):
        for node in (name.strip().strip('"') for name in found["nodes"].split(",")):
            yield node, labels.get(node, node)
    for found in _CLASS_BEHIND.finditer(source):
        yield found["node"], labels.get(found["node"], found["node"])
