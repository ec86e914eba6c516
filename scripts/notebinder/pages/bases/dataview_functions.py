"""The functions of Dataview that bases do not have, and the fields of its files."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from notebinder.pages.bases.functions import FIELDS, GLOBALS, LIST, NUMBER, STRING, Field, Method, as_list
from notebinder.pages.bases.moments import Moment, formatted, read_moment
from notebinder.pages.bases.values import (
    EvaluationError,
    File,
    Link,
    Value,
    as_string,
    is_empty,
    is_equal,
    is_truthy,
    type_name,
)

if TYPE_CHECKING:
    from notebinder.pages.bases.evaluating import Evaluator

Given = Sequence[Value]

_LUXON = re.compile(r"'(?P<literal>[^']*)'|(?P<token>y+|d+|E+|c+|L+|[^'ydEcL]+)")
_TOKENS = MappingProxyType(
    {"d": "D", "dd": "DD", "yyyy": "YYYY", "yy": "YY", "y": "YYYY"}
    | dict.fromkeys(("EEEE", "cccc"), "dddd")
    | dict.fromkeys(("EEE", "ccc"), "ddd")
    | {"E": "E", "c": "E", "LLLL": "MMMM", "LLL": "MMM", "LL": "MM", "L": "M"}
)
"""What Luxon's tokens are in Moment.js, where they differ."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _of(method: Method) -> Method:
    """Let a function take what a method is called on as its first value."""

    def function(ev: Evaluator, _: str, given: Given) -> Value:
        if not given:
            raise EvaluationError("a value is missing in the brackets")
        return None if given[0] is None else method(ev, given[0], given[1:])

    return function


def _of_text(name: str) -> Method:
    return _of(lambda ev, of, given: STRING[name](ev, as_string(of), given))


def _of_list(name: str) -> Method:
    return _of(lambda ev, of, given: LIST[name](ev, as_list(of), given))


def _contains(ev: Evaluator, of: Value, given: Given) -> bool:
    if isinstance(of, list):
        ev.spend(len(of))
        return any(is_equal(item, given[0]) for item in of) if given else False
    return bool(given) and as_string(given[0]) in as_string(of)


def _contains_alike(ev: Evaluator, of: Value, given: Given) -> bool:
    sought = as_string(given[0]).casefold() if given else ""
    items = as_list(of)
    ev.spend(len(items))
    return any(sought in as_string(item).casefold() for item in items)


def _date_format(ev: Evaluator, of: Value, given: Given) -> Value:
    moment = of if isinstance(of, Moment) else read_moment(as_string(of))
    if moment is None or not given:
        return None
    return formatted(moment, _LUXON.sub(_token, as_string(given[0])), ev.say)


def _token(found: re.Match[str]) -> str:
    literal = found["literal"]
    return f"[{literal}]" if literal is not None else _TOKENS.get(found["token"], found["token"])


def _default(_: Evaluator, __: str, given: Given) -> Value:
    return next((value for value in given if value is not None), None)


def _choice(_: Evaluator, __: str, given: Given) -> Value:
    yes, no = (*given[1:3], None, None)[:2]
    return yes if given and is_truthy(given[0]) else no


FUNCTIONS: Mapping[str, Method] = MappingProxyType(
    {
        **GLOBALS,
        "average": _of_list("mean"),
        "choice": _choice,
        "contains": _of(_contains),
        "icontains": _of(_contains_alike),
        "dateformat": _of(_date_format),
        "default": _default,
        "endswith": _of_text("endsWith"),
        "flat": _of_list("flat"),
        "join": _of(lambda ev, of, given: LIST["join"](ev, as_list(of), given or [", "])),
        "length": _of(lambda ev, of, given: len(of) if isinstance(of, list | dict | str) else 1),
        "lower": _of_text("lower"),
        "nonnull": _of(lambda ev, of, given: [item for item in as_list(of) if not is_empty(item)]),
        "replace": _of_text("replace"),
        "reverse": _of_list("reverse"),
        "round": _of(
            lambda ev, of, given: NUMBER["round"](ev, of, given) if type_name(of) == "number" else None
        ),
        "sort": _of_list("sort"),
        "split": _of_text("split"),
        "startswith": _of_text("startsWith"),
        "string": lambda ev, _, given: as_string(given[0]) if given else "",
        "sum": _of_list("sum"),
        "typeof": lambda ev, _, given: type_name(given[0]) if given else "null",
        "unique": _of_list("unique"),
        "upper": _of_text("upper"),
    }
)
"""All functions of an expression of Dataview that belong to no value."""


def _own(name: str) -> Field:
    return FIELDS["file"][name]


def _day_of(field: Callable[[Any, Any], Value]) -> Field:
    return lambda ev, of: Moment(field(ev, of).at.replace(hour=0, minute=0, second=0), has_time=False)


def _day_in_name(_: Evaluator, of: File) -> Value:
    found = _DAY.search(of.facts.name)
    return read_moment(found[0]) if found else None


FILE_FIELDS: Mapping[str, Field] = MappingProxyType(
    {
        "aliases": lambda ev, of: ev.property("aliases", ev.scope(of.facts)),
        "cday": _day_of(_own("ctime")),
        "day": _day_in_name,
        "etags": _own("tags"),
        "frontmatter": _own("properties"),
        "inlinks": _own("backlinks"),
        "link": lambda ev, of: Link(of.path, of.path),
        "mday": _day_of(_own("mtime")),
        "outlinks": _own("links"),
    }
)
"""The fields of a file besides those that it has in a base."""
