"""The plan of a public note without the names of private things that it places."""

from __future__ import annotations

import re
from collections import Counter

from notebinder.public.private_names import PrivateNames
from notebinder.public.raw_links import public_wikilinks
from notebinder.vault.model import Note
from notebinder.vault.outline import attachment_name, embed_of
from notebinder.vault.syntax.comments import without_comments
from notebinder.vault.syntax.targets import read_reference

_EACH_LINE = re.MULTILINE | re.IGNORECASE


def public_plan(text: str, note: Note, names: PrivateNames) -> str:
    """Return a plan without comments that names parts as the note without its private links has them."""
    text = "\n".join(map(without_comments, text.split("\n")))
    seen: Counter[str] = Counter()
    for block in note.blocks:
        target = embed_of(block)
        thing = names.means(read_reference(target), note.path) if target else None
        if thing is None:
            continue
        seen[thing.label] += 1
        count = f"#{seen[thing.label]}" if seen[thing.label] > 1 else ""
        name = re.escape(attachment_name(target))
        line = rf"^(\s*-\s*)[\"']?{name}[\"']?(?=\s*(?::\s|$|:$|#))"
        text = re.sub(line, rf"\g<1>{thing.label}{count}", text, count=1, flags=_EACH_LINE)
    return public_wikilinks(text, names, note.path)
