"""The properties of a note as its page shows them; those that steer a page are not repeated."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

from notebinder.base.escaping import as_text
from notebinder.vault.model import Note
from notebinder.vault.syntax.schemes import outside_address
from notebinder.vault.syntax.targets import WIKILINK

_STEERING = frozenset(
    [
        *("title", "tags", "tag", "aliases", "alias", "cssclasses", "cssclass", "publish", "draft"),
        *("permalink", "description", "image", "cover", "lang", "language", "dir", "position"),
        *("created", "updated", "date", "modified", "icon", "template", "hide", "search", "status"),
    ]
)
"""They are shown in a way of their own, or say something to Obsidian or to notebinder, not to a reader."""

_ADDRESS = re.compile(r"https?://\S+")

LinkTo = Callable[[str], str]
"""Returns the address of what a link's target means, or an empty text for nothing."""


def properties_html(note: Note, link_to: LinkTo) -> str:
    """Return a box with the properties of a note, or an empty text where there is none to show."""
    rows = "".join(
        f"<dt>{as_text(key)}</dt><dd>{_value_html(value, link_to)}</dd>"
        for key, value in note.properties.items()
        if key.casefold() not in _STEERING and value not in (None, "", [], {})
    )
    return f'<dl class="nb-properties" data-generated>{rows}</dl>' if rows else ""


def _value_html(value: object, link_to: LinkTo) -> str:
    if isinstance(value, list):
        return ", ".join(_value_html(item, link_to) for item in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return _text_html(str(value), link_to)


def _text_html(text: str, link_to: LinkTo) -> str:
    """A text with its internal links; a text that is an address is a link."""
    if _ADDRESS.fullmatch(text) and (address := outside_address(text)):
        return f'<a href="{as_text(address)}">{as_text(text)}</a>'
    shown, end = "", 0
    for found in WIKILINK.finditer(text):
        typed, _, own = found["inner"].partition("|")
        name = as_text(own or typed)
        target = link_to(typed)
        link = (
            f'<a href="{as_text(target)}">{name}</a>' if target else f'<span class="nb-missing">{name}</span>'
        )
        shown += as_text(text[end : found.start()]) + link
        end = found.end()
    return shown + as_text(text[end:])
