"""Quotes and callouts."""

from __future__ import annotations

import re
from types import MappingProxyType

from notebinder.pages.constructs.lines import quoted
from notebinder.pages.constructs.writing import Writing
from notebinder.pages.model import Hidden
from notebinder.vault.model import Block
from notebinder.vault.syntax.headings import callout_title

CALLOUT_TYPES = MappingProxyType(
    {
        "note": ("note",),
        "abstract": ("abstract", "summary", "tldr"),
        "info": ("info",),
        "todo": ("todo",),
        "tip": ("tip", "hint", "important"),
        "success": ("success", "check", "done"),
        "question": ("question", "help", "faq"),
        "warning": ("warning", "caution", "attention"),
        "failure": ("failure", "fail", "missing"),
        "danger": ("danger", "error"),
        "bug": ("bug",),
        "example": ("example",),
        "quote": ("quote", "cite"),
    }
)
"""Obsidian's types of callouts, and the names that each one has."""
_TYPES = {name: kind for kind, names in CALLOUT_TYPES.items() for name in names}
_NOT_IN_CLASS = re.compile(r"[^\w-]+")


def blockquote(block: Block, writing: Writing) -> list[str]:
    """Write a quote."""
    return quoted(writing.nested().blocks(block.children)) or [">"]


def callout(block: Block, writing: Writing) -> list[str]:
    """Write a callout; a type that Obsidian does not know looks like a note and keeps its name as a class."""
    own = _NOT_IN_CLASS.sub("-", block.info).strip("-")
    known = _TYPES.get(block.info)
    kind = known or "|".join(filter(None, ("note", own)))
    writing.spend(Hidden.CALLOUT, f"{block.info} {block.title}")
    level, said = callout_title(block)
    title = writing.text(said, block.lines.start, one_line=True) if said else ""
    if level and title:
        title = f'<span class="nb-block nb-h{level}">{title}</span>'
    title = title or writing.text(block.info.replace("-", " ").capitalize(), block.lines.start)
    body = writing.nested().blocks(block.children)
    head = f"[!{kind}]{block.fold} {title}"
    return quoted([head, "", *body] if body else [head])
