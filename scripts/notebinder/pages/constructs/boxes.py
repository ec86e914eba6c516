"""What only the app can show: a labelled box instead, with what was asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from types import MappingProxyType

from notebinder.base.escaping import as_text
from notebinder.pages.constructs.lines import raw_html
from notebinder.pages.constructs.writing import Writing
from notebinder.pages.model import EmbedUse, Hidden
from notebinder.vault.model import Block
from notebinder.vault.syntax.plugin_blocks import PLUGIN_BLOCKS

_BOX = '<details class="nb-box"'
_SCRIPT_COMMENT = re.compile(r"(?:^|(?<=\s))//.*|/\*[\s\S]*?(?:\*/|\Z)", re.MULTILINE)
_COMMENTS = MappingProxyType(
    {
        "tasks": re.compile(r"^[ \t]*#.*", re.MULTILINE),
        **dict.fromkeys(("dataview", "dataviewjs"), _SCRIPT_COMMENT),
    }
)
"""What in them is a comment or seems one; Obsidian shows neither that nor the code."""


def code_box(block: Block, language: str, writing: Writing) -> list[str]:
    """Write a labelled box with the code in it that makes the result in Obsidian."""
    shown = _COMMENTS[language].sub("", block.text) if language in _COMMENTS else block.text
    writing.spend(Hidden.LANGUAGE, block.info)
    writing.spend(Hidden.COMMENT, block.text, shown)
    say, known = writing.context.reading.say, PLUGIN_BLOCKS.get(language)
    label = say.translated(known) if known else say("of a plugin", name=language)
    tell_not_shown(f"a block of {language}", block.lines.start, writing)
    return labelled_box(label, shown, writing)


def is_box(lines: Iterable[str]) -> bool:
    """Tell whether lines are such a box."""
    return any(line.startswith(_BOX) for line in lines)


def tell_not_shown(what: str, line: int, writing: Writing, hint: str = "") -> None:
    """Tell the author of what only Obsidian shows, and count it as not shown."""
    message = f"{what} is shown in Obsidian only; on the page stands a box that says so"
    writing.report_line(line, "not-shown", message, hint)
    if not writing.chain:
        writing.collected.embeds.append(EmbedUse(what, line, shown=False))


def labelled_box(label: str, source: str, writing: Writing) -> list[str]:
    """Write a box that says what stands here in Obsidian, with the source that asks for it."""
    lines = source.strip("\n").split("\n")
    body = f"<pre><code>{'&#10;'.join(map(as_text, lines))}</code></pre>" if source.strip() else ""
    summary = f"<summary>{as_text(writing.context.reading.say('only in Obsidian', what=label))}</summary>"
    return raw_html([f"{_BOX} data-generated>{summary}{body}</details>"], writing)
