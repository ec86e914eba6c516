"""Obsidian's constructs, and how stock Markdown shows each. One construct per file, one table."""

from __future__ import annotations

import re

from notebinder.constructs.context import PageContext
from notebinder.model import Converted, EmbedUse, Figure, LineRange, Note

_EMBED = re.compile(r"!\[\[([^\]|]+)\]\]")


def convert_lines(note: Note, lines: LineRange, context: PageContext) -> Converted:
    """Show images that stand on a line of their own; leave all else as typed."""
    by_name = {attachment.name: attachment for attachment in context.vault.attachments.values()}
    shown: list[str] = []
    figures: list[Figure] = []
    for line in note.text.split("\n")[lines.start - 1 : lines.end - 1]:
        match = _EMBED.fullmatch(line.strip())
        if match:
            figures.append(Figure(match[1], by_name.get(match[1])))
            shown += ["", context.figure_html(figures[-1], inline=False), ""]
        else:
            shown.append(line)
    embeds = tuple(EmbedUse(f.source, lines.start, f.attachment is not None) for f in figures)
    return Converted("\n".join(shown), figures=tuple(figures), embeds=embeds)
