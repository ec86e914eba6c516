"""The internal links of hand-written pages: resolved for an export, and none to what is private."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from notebinder.base.escaping import markdown_text
from notebinder.pages.addresses import Address, page_link
from notebinder.public.private_links import LinkPlace, public_value
from notebinder.public.private_names import PrivateNames
from notebinder.public.public_notes import public_note
from notebinder.public.raw_links import public_raw_text
from notebinder.vault.model import Note
from notebinder.vault.syntax.blocks import read_blocks
from notebinder.vault.syntax.inline import read_inline
from notebinder.vault.syntax.properties import read_properties
from notebinder.vault.syntax.slugs import slug
from notebinder.vault.syntax.spans import Span
from notebinder.vault.syntax.targets import LinkTarget, read_wikilink

_CODE = ("fence", "code_block", "math_block", "comment")
_LOOSE = re.compile(r"[\s_-]+")


def page_names(paths: Iterable[str]) -> dict[str, str]:
    """Return each page by the names that hand-written links use: its path or its last part, loosely spelled.

    Of pages named alike the one with the shortest path wins.
    """
    names: dict[str, str] = {}
    for path in sorted(paths, key=lambda path: (path.count("/"), path)):
        for name in (path.removesuffix(".md"), path.rpartition("/")[2].removesuffix(".md")):
            names.setdefault(_loosely(name), path)
    return names


def narrowed(private: PrivateNames, names: Mapping[str, str]) -> PrivateNames:
    """Return the private names that no page bears: a link to such a page stays."""
    return replace(private, keys={key: it for key, it in private.keys.items() if _loosely(key) not in names})


def without_private(text: str, private: PrivateNames) -> str:
    """Return a page's text whose links to private notes are plain text."""
    if not private.keys:
        return text
    _, body_line, _ = read_properties(text, "")
    note = Note("", text, body_line=body_line, blocks=read_blocks(text, body_line))
    public = public_note(note, private)
    return public.text if public else public_raw_text(text, private, "")


def public_properties(properties: Mapping[str, Any], private: PrivateNames) -> dict[str, Any]:
    """Return the properties of a page without links to private notes."""
    return {key: public_value(value, LinkPlace(private, "")) for key, value in properties.items()}


def with_found_links(text: str, page: str, names: Mapping[str, str]) -> str:
    """Return a page's text with each `[[link]]` to a page as a Markdown link; roamlinks tells of the others.

    It would take any of several pages named alike, and any other file.
    """
    return _linked(text, page, names, lambda span, _: span) if "[[" in text else text


def resolve_wikilinks(text: str, page: str, names: Mapping[str, str]) -> str:
    """Return a page's text with each `[[link]]` outside code as a Markdown link, or else as text."""
    return _linked(text, page, names, lambda _, target: markdown_text(target.text or target.shown))


def _linked(text: str, page: str, names: Mapping[str, str], without: Callable[[str, LinkTarget], str]) -> str:
    lines = text.split("\n")
    for block in read_blocks(text):
        if block.kind in _CODE:
            continue
        start, end = block.lines.start - 1, block.lines.end - 1
        source = "\n".join(lines[start:end])
        lines[start:end] = _resolved(source, page, names, without).split("\n")
    return "\n".join(lines)


def _resolved(
    source: str, page: str, names: Mapping[str, str], without: Callable[[str, LinkTarget], str]
) -> str:
    shown, end = "", 0
    for span in _wikilinks(read_inline(source)):
        target = read_wikilink(span.text)
        path = names.get(_loosely(target.note.removesuffix(".md")))
        link = _link(target, path, page) if path else without(source[span.start : span.end], target)
        shown += source[end : span.start] + link
        end = span.end
    return shown + source[end:]


def _wikilinks(spans: Iterable[Span]) -> Iterator[Span]:
    for span in spans:
        if span.kind == "wikilink":
            yield span
        yield from _wikilinks(span.children)


def _link(target: LinkTarget, path: str, page: str) -> str:
    anchor = slug(target.part.rpartition("#")[2]) if target.part else ""
    text = target.text or markdown_text(target.shown)
    return f"[{text}]({page_link(Address(path, anchor), page)})"


def _loosely(name: str) -> str:
    return _LOOSE.sub("", name.casefold())
