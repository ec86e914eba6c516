"""The properties of a note as its page shows them, but for those that are shown in a way of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from functools import partial

from notebinder.base.escaping import as_text
from notebinder.base.words import ENGLISH, Words
from notebinder.pages.dates import dating_properties
from notebinder.pages.languages import is_language
from notebinder.vault.model import Note

_STEERING: Mapping[str, Callable[[object], bool]] = {
    **dict.fromkeys(("tags", "tag", "cssclasses", "cssclass", "publish", "draft"), lambda _: True),
    **dict.fromkeys(("title", "permalink", "description"), lambda value: isinstance(value, str)),
    **dict.fromkeys(("lang", "language"), is_language),
    "dir": lambda value: str(value).strip().lower() in ("ltr", "rtl"),
}
"""What a page does with a property itself, and with which of its values."""
_MOMENT = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)T(?P<time>\d\d:\d\d(?::\d\d)?)")

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_OPEN = 3
"""So many properties stand open."""

TextHtml = Callable[[str, str], str]
"""Writes the text of a property with its links."""


def properties_html(
    note: Note, text_html: TextHtml, hidden: Collection[str] = (), say: Words = ENGLISH
) -> str:
    """Return a box with the properties of a note, or an empty text where there is none to show.

    What has many is closed: a reader comes for the text.
    """
    unshown = {name.casefold() for name in hidden} | dating_properties(note)
    rows = [
        f"<dt>{as_text(key)}</dt><dd>{_value_html(value, partial(text_html, key), say)}</dd>"
        for key, value in note.properties.items()
        if key.casefold() not in unshown and value not in (None, "", [], {}) and not _is_steering(key, value)
    ]
    box = f'<dl class="nb-properties" data-generated>{"".join(rows)}</dl>' if rows else ""
    if len(rows) <= _OPEN:
        return box
    summary = f"<summary data-search-exclude>{say('properties')}</summary>"
    return f'<details class="nb-properties-box" data-generated>{summary}{box}</details>'


def _is_steering(key: str, value: object) -> bool:
    means = _STEERING.get(key.casefold())
    return key.startswith("excalidraw-") or (means is not None and means(value))


def _value_html(value: object, text_html: Callable[[str], str], say: Words) -> str:
    if isinstance(value, list) and not any(isinstance(item, list | dict) for item in value):
        return ", ".join(_value_html(item, text_html, say) for item in value if item is not None)
    if isinstance(value, list | dict):
        items = "".join(f"<li>{item}</li>" for item in _items_html(value, text_html, say))
        return f"<ul>{items}</ul>"
    if isinstance(value, bool):
        return say("yes" if value else "no")
    text = "" if value is None else str(value)
    if day := _day(text):
        return f'<time datetime="{text}">{say.period([day])}</time>'
    return text_html(_MOMENT.sub(r"\g<day> \g<time>", text) if _MOMENT.fullmatch(text) else text)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _items_html(
    value: list[object] | dict[str, object], text_html: Callable[[str], str], say: Words
) -> Iterator[str]:
    if isinstance(value, list):
        yield from (_value_html(item, text_html, say) for item in value)
    else:
        for key, item in value.items():
            yield f"{as_text(key)}: {_value_html(item, text_html, say)}"
