"""What a note says of whether it is to be published. On doubt it says no."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from notebinder.public.loose_names import INVISIBLE
from notebinder.vault.model import Block, Note
from notebinder.vault.syntax.blocks import walk
from notebinder.vault.syntax.inline import read_inline
from notebinder.vault.syntax.properties import property_aliases
from notebinder.vault.syntax.spans import Span

_YES = frozenset(("true", "yes", "on", "y", "t", "1"))
_NO = frozenset(("false", "no", "off", "n", "f", "0"))
_CODE = ("fence", "code_block")

# What was meant as properties, be it closed, valid and at the very top or not: --- or +++, then lines.
_HEAD = re.compile(
    r"[\s\ufeff]*^(?P<fence>---|\+\+\+)[ \t]*\n(?P<body>.*?)(?:^(?P=fence)[ \t]*$|\Z)",
    re.DOTALL | re.MULTILINE,
)
_LEAD = re.compile(rf"(?:[{INVISIBLE}]+\s*|%%.*?%%\s*|<!--.*?-->\s*)+", re.DOTALL)
"""What keeps Obsidian from seeing the properties below it: invisible signs, a comment."""
# publish: false, "draft" = true
_LINE = re.compile(
    r"^(?P<indent>[ \t{,]*)[\"']?(?P<key>publish|draft)[\"']?[ \t]*[:=\uff1a](?P<value>.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_KEY = re.compile(r"^[^\s#:=][^:=\n]*[:=]", re.MULTILINE)
_ALIASES = re.compile(r"^alias(?:es)?[ \t]*:(?P<names>.*(?:\n[ \t]*-.*)*)", re.IGNORECASE | re.MULTILINE)
_COMMENT = re.compile(r"\s#.*$")
_WORD = re.compile(r"[^\s,\[\]{}\"'#]+")
_TAG = re.compile(r"(?<![\w&/#.:=\\-])#(?P<name>[^\s#,;.!?()\[\]{}<>\"'`%*=~]+)")


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that a note says."""

    key: str
    """`publish`, `draft`, or `tag`."""
    text: str
    """As typed, or the tag."""
    says: bool | None = None
    """Yes, no, or None for what is neither."""


def is_true(value: object) -> bool | None:
    """Return what a value of YAML means, in every spelling; None for what is neither true nor false.

    >>> is_true("Yes"), is_true(0), is_true("off"), is_true(None), is_true("later")
    (True, False, False, None, None)
    """
    if isinstance(value, bool):
        return value
    text = str(value).strip().casefold()
    return True if text in _YES else False if text in _NO else None


def publish_marks(note: Note) -> Iterator[Mark]:
    """Yield each `publish` and `draft` of a note's properties, and of what was meant as such."""
    for key, value in note.properties.items():
        if key.strip().casefold() in ("publish", "draft"):
            yield Mark(key.strip().casefold(), f"{key}: {_shown(value)}", is_true(value))
    for line in _LINE.finditer(_head(note)):
        if not line["indent"] or not note.properties:  # or it is a value within another one
            value = _COMMENT.sub("", line["value"]).strip(" \t\"',}")
            if value or not note.properties:
                yield Mark(line["key"].casefold(), line[0].strip(), is_true(value))


def unread_marks(note: Note) -> Iterator[Mark]:
    """Yield what was meant to say whether a note is published, and is no property that says so.

    The name of a property with full-width or invisible signs, one in a block that Obsidian does not see, and
    `private: true` or `public: false`, which say it to other programs.
    """
    for key, value in note.properties.items():
        typed, name = key.strip().casefold(), _plain(key).strip().casefold()
        says = is_true(_plain(str(value)))
        if name in ("publish", "draft") and typed != name:
            yield Mark(name, f"{key}: {_shown(value)}", says)
        elif (name, says) in (("private", True), ("public", False)):
            yield Mark("publish", f"{key}: {_shown(value)}", False)
    if _lead(note):
        yield from publish_marks(note)


def _plain(text: str) -> str:
    """Return a text as it looks, in usual letters."""
    return text if text.isascii() else unicodedata.normalize("NFKC", re.sub(f"[{INVISIBLE}]", "", text))


def aliases_meant(note: Note) -> Iterator[str]:
    """Yield the other names of a note, those in properties that cannot be read, too."""
    yield from property_aliases(note.properties)
    for found in _ALIASES.finditer(_head(note)) if has_unread_properties(note) else ():
        names = (name.strip(" \t-[]\"'") for name in re.split(r"[,\n]", found["names"]))
        yield from (name for name in names if name)


def has_unread_properties(note: Note) -> bool:
    """Tell whether a note begins with what was meant as properties and is none for Obsidian."""
    return not note.properties and bool(_KEY.search(_head(note)))


def _head(note: Note) -> str:
    """What stands between the two lines that enclose properties, or that were meant to."""
    found = _HEAD.match(note.text.removeprefix(_lead(note)))
    return _plain(found["body"]) if found else ""


def _lead(note: Note) -> str:
    """What stands above what was meant as properties, and hides it."""
    lead = _LEAD.match(note.text)
    return lead[0] if lead and _HEAD.match(note.text[lead.end() :]) else ""


def private_tags(note: Note, wanted: Collection[str]) -> Iterator[str]:
    """Yield the tags of a note that are one of the wanted, or stand below one: `private/diary`.

    Args:
        note: the note; its properties, its text and its comments may hold tags.
        wanted: tags without case and sign.
    """
    yield from (tag for tag in _property_tags(note) if _is_one_of(tag, wanted))
    yield from _private_text_tags(note, wanted)
    unread = _head(note) if has_unread_properties(note) else ""
    yield from (word for word in _WORD.findall(unread) if _is_one_of(word, wanted))


def private_word(note: Note, wanted: Collection[str]) -> tuple[str, int] | None:
    """Return the tag in the text that alone makes a note private, and its line."""
    if any(_is_one_of(tag, wanted) for tag in _property_tags(note)):
        return None
    tag = next(_private_text_tags(note, wanted), "")
    lines = enumerate(note.text.split("\n"), 1)
    sign = _folded(f"#{tag}")
    line = next((number for number, line in lines if number >= note.body_line and sign in _folded(line)), 1)
    return (tag, line) if tag else None


def _private_text_tags(note: Note, wanted: Collection[str]) -> Iterator[str]:
    """Yield those that stand in its text."""
    if "#" in note.text and any(f"#{tag}" in _folded(note.text) for tag in wanted):
        yield from (tag for tag in _text_tags(note.blocks) if _is_one_of(tag, wanted))


def _folded(text: str) -> str:
    return _plain(text).casefold()


def _is_one_of(tag: str, wanted: Collection[str]) -> bool:
    names = _folded(tag).strip("/").split("/")
    return any("/".join(names[:end]) in wanted for end in range(1, len(names) + 1))


def _property_tags(note: Note) -> Iterator[str]:
    for key, value in note.properties.items():
        if key.strip().casefold() in ("tags", "tag"):
            yield from _words(value)


def _words(value: object) -> Iterator[str]:
    if isinstance(value, (list, tuple, set)):
        for item in value:
            yield from _words(item)
    elif isinstance(value, dict):
        yield from _words([*value.keys(), *value.values()])
    elif value is not None:
        yield from _WORD.findall(str(value))


def _text_tags(blocks: Sequence[Block]) -> Iterator[str]:
    """Tags as Obsidian reads them, and those in comments and HTML; what stands in code is none."""
    for block, _ in walk(blocks):
        if block.kind in ("comment", "html_block"):
            yield from _TAG.findall(_plain(block.text))
        elif block.kind not in _CODE and "#" in block.text:
            yield from _span_tags(read_inline(_plain(block.text)))


def _span_tags(spans: Sequence[Span]) -> Iterator[str]:
    """Tags, and what a reader takes for one: within a link, behind a bracket."""
    for span in spans:
        if span.kind == "tag":
            yield span.text
        elif span.kind in ("comment", "html", "text"):
            yield from _TAG.findall(span.text)
        elif span.kind in ("wikilink", "embed"):
            yield from _TAG.findall(span.text.partition("|")[2])
        yield from _span_tags(span.children)


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)
