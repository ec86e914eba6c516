"""What stays of a link to something private: the author's own words, else what kind of thing it is."""

from __future__ import annotations

import re

from notebinder.public.loose_names import loose_name
from notebinder.public.private_names import PrivateThing
from notebinder.vault.resolve import canonical

# What a line must not begin with, or its words would become a block of another kind.
_BLOCK_START = re.compile(
    r"\d+(?=[.)](?:\s|$))|(?=#{1,6}(?:\s|$)|>|[-+*](?:\s|$)|[-*_=~`]{3}|%%|\$\$|\[[\^!])"
)
_BEFORE_TEXT = re.compile(r"[\s>]*(?:(?:[-*+]|\d+[.)])\s+)*(?:\[.\]\s+)?")
_MARKS = "*_~=` "


def own_words(text: str, thing: PrivateThing, before: str = "") -> str:
    """Return the words of a link, or the label where they only repeat the name of the thing.

    Args:
        text: what the author has the link say; empty for a bare link.
        thing: what the link leads to.
        before: what stands before the link on its line.
    """
    words = " ".join(text.split())
    if not words.strip(_MARKS) or only_names(words, thing):
        return thing.label
    if not _BEFORE_TEXT.fullmatch(before):
        return words
    start = _BLOCK_START.match(words)
    return f"{words[: start.end()]}\\{words[start.end() :]}" if start else words


def only_names(text: str, thing: PrivateThing) -> bool:
    """Tell whether a text says nothing but what a private thing is called."""
    name = canonical(" ".join(text.split()).strip(_MARKS))
    if loose_name(name) in map(loose_name, thing.names):
        return True
    return any(name == known or name.startswith((f"{known} >", f"{known}#")) for known in thing.names)
