"""What is known of each file of a vault besides its text: what a base can ask for."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from msgspec import Struct

from notebinder.vault.model import Note
from notebinder.vault.reading import Vault
from notebinder.vault.resolve import VaultIndex, canonical, resolve
from notebinder.vault.syntax.blocks import read_definitions, walk
from notebinder.vault.syntax.inline import read_inline
from notebinder.vault.syntax.properties import property_tags
from notebinder.vault.syntax.schemes import scheme_of
from notebinder.vault.syntax.spans import Span
from notebinder.vault.syntax.targets import WIKILINK, read_reference, read_wikilink

_TEXTS = ("paragraph", "heading", "cell", "callout")
_SIGNS = ("#", "[[", "](", "][")
"""A text without any of these has no tag and no link."""
_AT_HAND = 20_000
"""So many notes are kept as read: while serving, few change from build to build."""


class LinkFacts(Struct, frozen=True, gc=False):
    """A link or an embed of a note."""

    target: str
    """The name or path as typed."""
    path: str = ""
    """What it means; empty where there is none."""
    part: str = ""
    text: str = ""
    is_embed: bool = False


class FileFacts(Struct, frozen=True):
    """A note, or another file that a note links or embeds."""

    path: str
    properties: Mapping[str, Any] = {}
    tags: tuple[str, ...] = ()
    """Of its properties and its text, as typed, without the sign."""
    links: tuple[LinkFacts, ...] = ()
    """In its properties and its text."""

    @property
    def file_name(self) -> str:
        """The last part of its path."""
        return posixpath.basename(self.path)

    @property
    def is_note(self) -> bool:
        """Whether it is one of Obsidian's notes."""
        return self.path.lower().endswith(".md")

    @property
    def name(self) -> str:
        """The name that Obsidian shows: a note's is without its suffix."""
        return self.file_name[: -len(".md")] if self.is_note else self.file_name

    @property
    def folder(self) -> str:
        """The path of its folder; a slash at the top of the vault."""
        return posixpath.dirname(self.path) or "/"


@dataclass(frozen=True)
class VaultFacts:
    """All files that a base may show."""

    files: Mapping[str, FileFacts]
    """By path: the notes, then the others that notes use, both sorted."""

    @cached_property
    def backlinks(self) -> Mapping[str, tuple[str, ...]]:
        """The paths of the files that link to each file."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for path, facts in self.files.items():
            for link in facts.links:
                if link.path and link.path != path:
                    found[link.path][path] = None
        return {path: tuple(sources) for path, sources in found.items()}


def read_facts(vault: Vault, index: VaultIndex, hidden: Iterable[str] = ()) -> VaultFacts:
    """Read the facts of all notes, without properties that no page shows, and of the files that they use."""
    unseen = {name.casefold() for name in hidden}
    files = {path: _note_facts(note, index, unseen) for path, note in vault.notes.items()}
    used = {link.path for facts in files.values() for link in facts.links}
    others = (path for path in vault.attachments if path in used and path not in files)
    return VaultFacts({**files, **{path: FileFacts(path) for path in others}})


def _note_facts(note: Note, index: VaultIndex, unseen: set[str]) -> FileFacts:
    shown = {key: value for key, value in note.properties.items() if key.casefold() not in unseen}
    tags, typed = _said(_Text(note))
    links = (
        *_property_links(shown, note.path, index),
        *(_found(link, note.path, index) for link in typed),
    )
    tags = tuple(dict.fromkeys((*property_tags(shown), *tags)))
    return FileFacts(note.path, shown, tags, tuple(dict.fromkeys(links)))


class _Text:
    """The text of a note, as which it is known again in the next build of a session."""

    __slots__ = ("note",)

    def __init__(self, note: Note) -> None:
        self.note = note

    def __hash__(self) -> int:
        return hash(self.note.text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Text) and self.note.text == other.note.text


@lru_cache(_AT_HAND)
def _said(text: _Text) -> tuple[tuple[str, ...], tuple[LinkFacts, ...]]:
    """Return the tags and links in the text of a note; what these mean, other files decide."""
    tags: dict[str, None] = {}
    links: list[LinkFacts] = []
    for span in _spans(text.note):
        if span.kind == "tag":
            tags[span.text] = None
        elif link := _link(span):
            links.append(link)
    return tuple(tags), tuple(links)


def _spans(note: Note) -> Iterator[Span]:
    if not any(sign in note.text for sign in _SIGNS):
        return
    definitions = read_definitions(note)
    for block, _ in walk(note.blocks):
        if block.kind in _TEXTS and any(sign in block.text for sign in _SIGNS):
            yield from _every(read_inline(block.text, definitions))


def _every(spans: Iterable[Span]) -> Iterator[Span]:
    for span in spans:
        yield span
        yield from _every(span.children)


def _link(span: Span) -> LinkFacts | None:
    if span.kind in ("wikilink", "embed"):
        inner = read_wikilink(span.text)
        return LinkFacts(inner.note, "", inner.part, inner.text, span.kind == "embed") if inner.note else None
    if span.kind in ("link", "image") and span.target and not scheme_of(span.target):
        target = read_reference(span.target)
        return LinkFacts(target.note, "", target.part, "", span.kind == "image") if target.note else None
    return None


def _property_links(value: object, source: str, index: VaultIndex) -> Iterator[LinkFacts]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _property_links(item, source, index)
    elif isinstance(value, list):
        for item in value:
            yield from _property_links(item, source, index)
    elif isinstance(value, str) and "[[" in value:
        for found in WIKILINK.finditer(value):
            inner = read_wikilink(found["inner"])
            yield _found(LinkFacts(inner.note, "", inner.part, inner.text), source, index)


def _found(link: LinkFacts, source: str, index: VaultIndex) -> LinkFacts:
    found = resolve(link.target, source, index)
    path = found.path if found else ""
    return LinkFacts(link.target, path, link.part, link.text, link.is_embed)


def in_folder(path: str, folder: str) -> bool:
    """Tell whether a file lies in a folder or below it; a slash is the whole vault."""
    wanted = canonical(folder.strip("/"))
    return not wanted or canonical(path).startswith(f"{wanted}/")
