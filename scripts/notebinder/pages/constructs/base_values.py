"""The values of a base as HTML: links as links, dates, lists, boxes for truth, images."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from notebinder.base.escaping import as_text
from notebinder.pages.bases.moments import Duration, Moment
from notebinder.pages.bases.values import (
    File,
    Html,
    Icon,
    Link,
    Pattern,
    Picture,
    Tag,
    Value,
    as_string,
    duration_text,
    number_text,
)
from notebinder.pages.constructs.external import pictured
from notebinder.pages.constructs.images import EMBEDDED_SUFFIXES, has_image_suffix
from notebinder.pages.constructs.inline_html import inner_html
from notebinder.pages.constructs.links import external_link, link_to, text_with_links
from notebinder.pages.constructs.note_parts import NoteParts
from notebinder.pages.constructs.tags import tag
from notebinder.pages.constructs.text import attribute
from notebinder.pages.constructs.writing import Writing
from notebinder.vault.model import Figure, Note
from notebinder.vault.syntax.schemes import ALWAYS, is_allowed, is_picture, outside_address, scheme_of
from notebinder.vault.syntax.spans import Span
from notebinder.vault.syntax.targets import LinkTarget

_DEEPEST = 10
"""So deep within one another lists are shown."""


def writing_for(path: str, writing: Writing) -> Writing:
    """Return the place to write what a file of the vault says: its links lead where they would there."""
    note = Note(path, "")
    chain = (*writing.chain, (path, ""))
    subject = replace(writing.subject, note=note, parts=NoteParts(note), chain=chain)
    return replace(writing, subject=subject, line=1, source="", is_html=True, is_one_line=True)


def value_html(value: Value, writing: Writing, depth: int = 0) -> str:
    """Return a value as HTML for the inside of a cell."""
    if isinstance(value, list | dict):
        return "…" if depth > _DEEPEST else _several(value, writing, depth)
    return _WRITERS[type(value)](value, writing) if type(value) in _WRITERS else as_text(number_text(value))


def _several(value: list[Value] | dict[str, Value], writing: Writing, depth: int) -> str:
    if isinstance(value, dict):
        items = [f"{as_text(name)}: {value_html(item, writing, depth + 1)}" for name, item in value.items()]
    else:
        items = [value_html(item, writing, depth + 1) for item in value if item is not None]
    if not items:
        return ""
    return f'<ul class="nb-chips">{"".join(f"<li>{item}</li>" for item in items)}</ul>'


def _truth(value: bool, writing: Writing) -> str:
    say = writing.context.reading.say
    checked = " checked" if value else ""
    word = say("yes" if value else "no")
    return f'<label class="nb-truth"><input type="checkbox" disabled{checked}> {word}</label>'


def _moment(value: Moment, writing: Writing) -> str:
    say = writing.context.reading.say
    shown = say.moment(value.at) if value.has_time else say.period([value.at])
    return f'<time datetime="{value}">{as_text(shown)}</time>'


def _duration(value: Duration, writing: Writing) -> str:
    if value.months:
        return as_text(duration_text(value))
    try:
        return as_text(writing.context.reading.say.lasting(timedelta(milliseconds=value.milliseconds)))
    except OverflowError:
        return as_text(duration_text(value))


def _link(value: Link, writing: Writing) -> str:
    text = value_html(value.display, writing) if isinstance(value.display, Icon) else as_text(value.shown)
    if value.is_outside:
        address = outside_address(value.target)
        is_fine = is_allowed(value.target, writing.context.reading.link_schemes) and address
        return external_link(text, address, "", writing) if is_fine and not writing.in_link else text
    return text if writing.in_link else _to(value.path or value.target, value.part, text, writing)


def _to(path: str, part: str, text: str, writing: Writing) -> str:
    return link_to(LinkTarget(path, part), text, Span("wikilink", 0, 0), writing)


def _file(value: File, writing: Writing) -> str:
    name = as_text(value.facts.name)
    return name if writing.in_link else _to(value.path, "", name, writing)


def picture_html(value: Value, writing: Writing) -> str:
    """Return what shows a file or an address as an image; nothing where it is none."""
    of = value.of if isinstance(value, Picture) else value
    if isinstance(of, list):
        return next(filter(None, (picture_html(item, writing) for item in of)), "")
    if isinstance(of, str):
        of = Link(of, is_outside=True) if scheme_of(of) else _named(of, writing)
    if isinstance(of, Link) and of.is_outside:
        address = of.target if is_picture(of.target) else outside_address(of.target)
        if is_picture(of.target):
            return f'<img src="{attribute(address)}" alt="{attribute(of.shown)}">'
        return pictured({"src": address, "alt": ""}, writing) if scheme_of(of.target) in ALWAYS else ""
    attachment = writing.context.look_ups.attachment(of.path) if isinstance(of, Link | File) else None
    if attachment is None or not has_image_suffix(attachment.path):
        return ""
    return writing.context.figure_html(Figure(attachment.path, attachment), inline=True)


def _named(name: str, writing: Writing) -> Link | None:
    """Return the picture that a text names, as some write it without brackets."""
    if not name.lower().endswith(tuple(EMBEDDED_SUFFIXES)):
        return None
    found = writing.context.look_ups.find(name, writing.note.path)
    return Link(name, found.path) if found else None


def _picture(value: Picture, writing: Writing) -> str:
    return picture_html(value, writing) or value_html(value.of, writing)


def _tag(value: Tag, writing: Writing) -> str:
    return tag(Span("tag", 0, 0, value.name), writing)


def _text(value: str, writing: Writing) -> str:
    return as_text(value) if writing.in_link else text_with_links(value, writing)


_WRITERS: Mapping[type, Callable[[Any, Writing], str]] = MappingProxyType(
    {
        type(None): lambda _, __: "",
        bool: _truth,
        str: _text,
        Moment: _moment,
        Duration: _duration,
        Link: _link,
        File: _file,
        Tag: _tag,
        Picture: _picture,
        Html: lambda value, writing: inner_html(value.source, writing),
        Icon: lambda value, _: f'<span class="nb-icon">{as_text(value.name)}</span>',
        Pattern: lambda value, _: as_text(as_string(value)),
    }
)
"""What writes each type; all others are numbers."""
