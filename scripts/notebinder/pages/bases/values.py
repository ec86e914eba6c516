"""The values of a base: what they are called, when two are equal, how they are ordered, and as text.

A value is None, a truth value, a number, a text, a list or an object (a dict) of values, or one of the
classes here and in `moments`. Nothing else is ever handed to an expression.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from notebinder.pages.bases.moments import Duration, Milliseconds, Moment, property_moment, read_moment
from notebinder.pages.vault_facts import FileFacts
from notebinder.vault.resolve import canonical
from notebinder.vault.syntax.properties import property_tags
from notebinder.vault.syntax.targets import WIKILINK, read_wikilink
from notebinder.vault.syntax.yaml_text import TypedNumber

Value = Any
"""One of the values above: no type says so, for lists hold them, too."""

_LARGEST_WHOLE = 2**53
_DIGITS = re.compile(r"(\d+)")


class EvaluationError(ValueError):
    """A value that cannot be worked out, and why."""


class UnknownNameError(EvaluationError):
    """A function that there is none of: no row of the column has a value."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a file of the vault, or to an address of another site."""

    target: str
    """The name or path as typed, without the part; or the whole address."""
    path: str = ""
    """The file that it means; empty where there is none."""
    part: str = ""
    display: Value = None
    """What stands in its place: a text or an icon."""
    is_outside: bool = False

    @property
    def shown(self) -> str:
        """Its text."""
        name = self.target if self.is_outside else self.target.rpartition("/")[2].removesuffix(".md")
        return as_string(self.display) if self.display is not None else name


@dataclass(frozen=True, slots=True)
class File:
    """A file of the vault."""

    facts: FileFacts = field(compare=False)
    path: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag, equal to its name with the sign and without."""

    name: str
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression."""

    source: str
    flags: str = ""


@dataclass(frozen=True, slots=True)
class Html:
    """A piece of HTML that a formula has made; it is cleaned before it is shown."""

    source: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A file or an address that is shown as an image."""

    of: Link | File


@dataclass(frozen=True, slots=True)
class Icon:
    """The name of an icon."""

    name: str


_TYPES: Mapping[type, str] = MappingProxyType(
    {
        type(None): "null",
        bool: "boolean",
        int: "number",
        float: "number",
        TypedNumber: "number",
        Milliseconds: "number",
        str: "string",
        list: "list",
        dict: "object",
        Moment: "date",
        Duration: "duration",
        Link: "link",
        File: "file",
        Tag: "tag",
        Pattern: "regexp",
        Html: "html",
        Picture: "image",
        Icon: "icon",
    }
)


def type_name(value: Value) -> str:
    """Return what a value's type is called."""
    return _TYPES[type(value)]


FindPath = Callable[[str], str]
"""Returns the path of the file that a name in a note means; empty for none."""


def property_value(key: str, raw: object, find: FindPath) -> Value:
    """Return what a property of a note is: a link, a date, a list of tags, or as it was read."""
    if key.casefold() in ("tags", "tag"):
        return [Tag(tag) for tag in property_tags({key: raw})]
    return _value(raw, find)


def _value(raw: object, find: FindPath) -> Value:
    if isinstance(raw, list):
        return [_value(item, find) for item in raw]
    if isinstance(raw, dict):
        return {str(name): _value(item, find) for name, item in raw.items()}
    if not isinstance(raw, str):
        return raw
    return read_link(raw, find) or property_moment(raw) or raw


def read_link(text: str, find: FindPath) -> Link | None:
    """Return the link that a text in double brackets is; None for any other text."""
    found = WIKILINK.fullmatch(text.strip()) if "[[" in text else None
    if not found:
        return None
    target = read_wikilink(found["inner"])
    return Link(target.note, find(target.note), target.part, target.text or None)


def is_truthy(value: Value) -> bool:
    """Tell whether a value counts as true: as in JavaScript, but for empty lists and objects."""
    if isinstance(value, float) and math.isnan(value):
        return False
    return bool(value) if isinstance(value, str | bool | int | float | list | dict) else value is not None


def is_empty(value: Value) -> bool:
    """Tell whether there is nothing to show of a value."""
    return value is None or value in ("", [], {})


def as_string(value: Value) -> str:
    """Return a value as text.

    >>> as_string(2.0), as_string([1, True]), as_string(None)
    ('2', '1, true', '')
    """
    return _STRINGS[type(value)](value)


def duration_text(value: Duration) -> str:
    """Return a duration in the units that a formula has it in."""
    parts = ((value.months / 12, "year"), (value.milliseconds / 86_400_000, "day"))
    whole = [f"{number_text(_tidy(count))} {unit}{'s' * (count != 1)}" for count, unit in parts if count]
    return " ".join(whole) or "0 days"


def _tidy(number: float) -> float:
    return int(number) if number.is_integer() else round(number, 3)


def number_text(number: float) -> str:
    """Return a number as JavaScript writes it; one that was typed otherwise, as it was typed.

    >>> number_text(0.5), number_text(3.0), number_text(float("nan"))
    ('0.5', '3', 'NaN')
    """
    if isinstance(number, TypedNumber):
        return number.typed
    if isinstance(number, int):
        return str(number)
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number.is_integer() and abs(number) < 1e21:
        return str(int(number))
    return float.__repr__(float(number))


_STRINGS: Mapping[type, Callable[[Any], str]] = MappingProxyType(
    {
        type(None): lambda _: "",
        str: str,
        bool: lambda value: "true" if value else "false",
        **dict.fromkeys((int, float, TypedNumber, Milliseconds), number_text),
        list: lambda items: ", ".join(map(as_string, items)),
        dict: lambda items: ", ".join(f"{name}: {as_string(item)}" for name, item in items.items()),
        Moment: str,
        Duration: duration_text,
        Link: lambda link: link.shown,
        File: lambda file: file.path,
        Tag: lambda tag: tag.sign + tag.name,
        Pattern: lambda pattern: f"/{pattern.source}/{pattern.flags}",
        Html: lambda html: html.source,
        Picture: lambda picture: as_string(picture.of),
        Icon: lambda icon: icon.name,
    }
)


def as_number(value: Value) -> float | None:
    """Return a value as a number; None for one that is none."""
    if isinstance(value, bool | int):
        return int(value) if abs(value) <= _LARGEST_WHOLE else float(value)
    if isinstance(value, float):
        return value
    if isinstance(value, Moment | Duration):
        return value.milliseconds if isinstance(value, Moment) else value.total
    return _read_number(value) if isinstance(value, str) else None


def _read_number(text: str) -> float | None:
    try:
        number = float(text.replace("_", "x"))
    except ValueError:
        return None
    return int(number) if number.is_integer() and abs(number) <= _LARGEST_WHOLE else number


def is_equal(a: Value, b: Value) -> bool:
    """Tell whether two values are the same: links, files and what they mean; a date and its text."""
    if is_empty(a) or is_empty(b):
        return is_empty(a) and is_empty(b)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(is_equal, a, b))
    return identity(a) == identity(b) or _is_said(a, b) or _is_said(b, a)


def _is_said(value: Value, text: Value) -> bool:
    """Tell whether a text says a value that is none."""
    said = _SAID.get(type(value))
    return said is not None and isinstance(text, str) and said(value, text)


def _is_link_said(link: Link, text: str) -> bool:
    found = WIKILINK.fullmatch(text.strip())
    target = read_wikilink(found["inner"]).note if found else text
    return text == link.shown or canonical(target) in (canonical(link.target), canonical(link.path))


def _is_number_said(number: float, text: str) -> bool:
    return _read_number(text) == number


_SAID: Mapping[type, Callable[[Any, str], bool]] = MappingProxyType(
    {
        Moment: lambda moment, text: identity(read_moment(text)) == identity(moment),
        Link: _is_link_said,
        Tag: lambda tag, text: canonical(text.lstrip("#")) == canonical(tag.name),
        File: lambda file, text: canonical(text) == canonical(file.path),
        **dict.fromkeys((int, float, TypedNumber), _is_number_said),
    }
)
"""Which texts mean the same as a value of each type."""


def identity(value: Value) -> object:
    """Return what two equal values have in common, which can be looked up."""
    own = _IDENTITIES.get(type(value))
    return own(value) if own else (type_name(value), value)


_IDENTITIES: Mapping[type, Callable[[Any], object]] = MappingProxyType(
    {
        File: lambda file: ("file", file.path),
        Link: lambda link: ("file", link.path) if link.path else ("link", canonical(link.target)),
        Picture: lambda picture: ("image", identity(picture.of)),
        Tag: lambda tag: ("tag", canonical(tag.name)),
        Moment: lambda moment: ("date", moment.at),
        Duration: lambda duration: ("duration", duration.total),
        list: lambda items: ("list", *map(identity, items)),
        dict: lambda items: ("object", *((name, identity(item)) for name, item in items.items())),
    }
)


def compare(a: Value, b: Value) -> int | None:
    """Return whether one value lies before (-1), at (0) or behind (1) another; None where nobody can tell."""
    if isinstance(a, Moment) or isinstance(b, Moment):
        a, b = _as_moment(a), _as_moment(b)
        return None if a is None or b is None else (a.at > b.at) - (a.at < b.at)
    if isinstance(a, str) and isinstance(b, str):
        return (a > b) - (a < b)
    if a is None or b is None or isinstance(a, list) or isinstance(b, list):
        return None
    one, other = as_number(a), as_number(b)
    if one is None or other is None:
        one_text, other_text = as_string(a), as_string(b)
        return (one_text > other_text) - (one_text < other_text) if type(a) is type(b) else None
    return None if math.isnan(one) or math.isnan(other) else (one > other) - (one < other)


def _as_moment(value: Value) -> Moment | None:
    return read_moment(value) if isinstance(value, str) else value if isinstance(value, Moment) else None


def order_key(value: Value) -> tuple[object, ...]:
    """Return what values are sorted by: numbers by size, dates by time, all else by letters and numbers."""
    if isinstance(value, list) and len(value) == 1:
        return order_key(value[0])
    key = _ORDERED.get(type(value))
    return key(value) if key else (4, *_natural(as_string(value)))


_ORDERED: Mapping[type, Callable[[Any], tuple[object, ...]]] = MappingProxyType(
    {
        bool: lambda value: (0, int(value)),
        **dict.fromkeys(
            (int, float, TypedNumber, Milliseconds),
            lambda value: (1, -math.inf if math.isnan(value) else value),
        ),
        Duration: lambda value: (2, value.total),
        Moment: lambda value: (3, value.at),
    }
)
"""By what the types are sorted that are no text."""


def _natural(text: str) -> tuple[object, ...]:
    pieces = _DIGITS.split(text.casefold())
    return tuple((int(piece), piece) if place % 2 else piece for place, piece in enumerate(pieces))
