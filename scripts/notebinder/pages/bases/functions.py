"""The functions and fields of a base's values: one table for each type, read top to bottom."""

from __future__ import annotations

import html
import math
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from notebinder.base.limits import LIMITS
from notebinder.base.problems import did_you_mean
from notebinder.pages.bases import patterns, summaries
from notebinder.pages.bases.expressions import Call
from notebinder.pages.bases.moments import (
    Duration,
    Milliseconds,
    Moment,
    formatted,
    read_duration,
    read_moment,
)
from notebinder.pages.bases.values import (
    EvaluationError,
    File,
    Html,
    Icon,
    Link,
    Pattern,
    Picture,
    Tag,
    UnknownNameError,
    Value,
    as_number,
    as_string,
    identity,
    is_empty,
    is_equal,
    is_truthy,
    number_text,
    order_key,
    read_link,
    type_name,
)
from notebinder.pages.vault_facts import in_folder
from notebinder.vault.resolve import canonical
from notebinder.vault.syntax.schemes import scheme_of

if TYPE_CHECKING:
    from notebinder.pages.bases.evaluating import Evaluator, Scope

Given = Sequence[Value]
Method = Callable[["Evaluator", Any, Given], Value]
"""Takes the value that it is called on, and what stands in its brackets."""
Names = Mapping[str, Value]

_DIGITS = 100
"""The most digits behind the point that JavaScript writes."""
_SLOW = 4
"""So many searches that take too long end a base."""
T = TypeVar("T")
_EXACT = Context(prec=200)


def call(ev: Evaluator, tree: Call, scope: Scope, names: Names) -> Value:
    """Call one of the functions that belong to no value."""
    if tree.name == "if":
        return _if(ev, tree, scope, names)
    if tree.name == "random":
        return ev.chance(scope)
    function = ev.globals.get(tree.name)
    if function is None:
        hint = did_you_mean(tree.name, (*ev.globals, "if", "random"))
        raise UnknownNameError(f"there is no function {tree.name}()" + (f"; {hint}" if hint else ""))
    given = [ev.value(each, scope, names) for each in tree.given]
    return function(ev, scope.facts.path, given)


def _if(ev: Evaluator, tree: Call, scope: Scope, names: Names) -> Value:
    if len(tree.given) < 2:
        raise EvaluationError("if() lacks what it should return")
    is_true = is_truthy(ev.value(tree.given[0], scope, names))
    chosen = tree.given[1:2] if is_true else tree.given[2:3]
    return ev.value(chosen[0], scope, names) if chosen else None


def call_method(ev: Evaluator, of: Value, tree: Call, scope: Scope, names: Names) -> Value:
    """Call a function of a value; of nothing, one that there is gives nothing."""
    if tree.name in _EACH and isinstance(of, list):
        return _EACH[tree.name](ev, of, tree, scope, names)
    kind = type_name(of)
    for table in (METHODS.get(kind, {}), _FALLBACKS.get(kind, {}), ANY):
        if tree.name in table:
            return table[tree.name](ev, of, [ev.value(each, scope, names) for each in tree.given])
    if tree.name not in _EVERY:
        hint = did_you_mean(tree.name, _EVERY)
        raise UnknownNameError(f"there is no function {tree.name}()" + (f"; {hint}" if hint else ""))
    if of is None:
        return None
    raise EvaluationError(f"{kind} has no function {tree.name}()")


def field_of(ev: Evaluator, of: Value, name: str) -> Value:
    """Return a field of a value; nothing where it has none of that name."""
    if isinstance(of, dict):
        return of.get(name)
    if isinstance(of, Link) and name != "length":
        file = ev.file(of.path)
        return field_of(ev, file, name) if file else None
    if isinstance(of, int | float) and not isinstance(of, Milliseconds):
        return None
    if isinstance(of, File) and name in ev.file_fields:
        return ev.file_fields[name](ev, of)
    field = FIELDS.get(type_name(of), {}).get(name)
    return field(ev, of) if field else None


def _argument(given: Given, place: int, what: str = "a value") -> Value:
    if place >= len(given):
        raise EvaluationError(f"{what} is missing in the brackets")
    return given[place]


def _text(given: Given, place: int = 0) -> str:
    return as_string(_argument(given, place, "a text"))


def _number(given: Given, place: int, default: float | None = None) -> float:
    if place >= len(given) and default is not None:
        return default
    number = as_number(_argument(given, place, "a number"))
    if number is None or math.isnan(number):
        raise EvaluationError("a number is missing in the brackets")
    return number


def _range(given: Given, length: int) -> slice:
    """Return what `slice(start, end)` cuts out; below nothing counts from the end."""
    start, end = _number(given, 0, 0), _number(given, 1, length)
    start, end = (max(-length, min(length, number)) for number in (start, end))
    first, last = (int(number) + length if number < 0 else int(number) for number in (start, end))
    return slice(first, max(first, last))


def _moment(value: Value) -> Moment:
    found = value if isinstance(value, Moment) else read_moment(as_string(value))
    if found is None:
        raise EvaluationError(f"{as_string(value)[:40]!r} is no date")
    return found


# What belongs to no value


def _date(ev: Evaluator, _: str, given: Given) -> Value:
    value = _argument(given, 0, "a date")
    return None if is_empty(value) else _moment(value)


def _duration(ev: Evaluator, _: str, given: Given) -> Value:
    value = _argument(given, 0, "a duration")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Duration(0, value)
    found = value if isinstance(value, Duration) else read_duration(as_string(value))
    if found is None:
        raise EvaluationError(f"{as_string(value)[:40]!r} is no duration")
    return found


def _file(ev: Evaluator, source: str, given: Given) -> Value:
    value = _argument(given, 0, "a path")
    return value if isinstance(value, File) else ev.file(_path_of(ev, value, source))


def _path_of(ev: Evaluator, value: Value, source: str = "") -> str:
    """Return the path of the file that a value means; empty for none."""
    if isinstance(value, File | Link):
        return value.path
    text = as_string(value)
    link = read_link(text, lambda to: ev.questions.path_of(to, source))
    return link.path if link else ev.questions.path_of(text, source) if text else ""


def _link(ev: Evaluator, source: str, given: Given) -> Value:
    value = _argument(given, 0, "a path")
    display = given[1] if len(given) > 1 and not is_empty(given[1]) else None
    if is_empty(value):
        return None
    if isinstance(value, File):
        return Link(value.path, value.path, display=display)
    if isinstance(value, Link):
        return Link(value.target, value.path, value.part, display or value.display, value.is_outside)
    text = as_string(value)
    if scheme_of(text):
        return Link(text, display=display, is_outside=True)
    found = read_link(text, lambda to: ev.questions.path_of(to, source))
    if found:
        return Link(found.target, found.path, found.part, display or found.display)
    target, _, part = text.partition("#")
    return Link(target, ev.questions.path_of(target, source), part, display)


def _picture(ev: Evaluator, source: str, given: Given) -> Value:
    value = _argument(given, 0, "an image")
    if isinstance(value, Picture) or is_empty(value):
        return value or None
    return Picture(value if isinstance(value, File) else _link(ev, source, [value]))


def _as_number(value: Value) -> float:
    number = as_number(value)
    if number is None:
        raise EvaluationError(f"{as_string(value)[:40]!r} is no number")
    return number


def _extreme(choose: Callable[[Sequence[Any]], Any]) -> Method:
    def function(ev: Evaluator, _: str, given: Given) -> Value:
        values = [each for value in given for each in as_list(value) if each is not None]
        if not all(isinstance(value, Moment) for value in values):
            values = [_as_number(value) for value in values]
        return choose(sorted(values, key=order_key)) if values else None

    return function


def _today(ev: Evaluator, _: str, _given: Given) -> Value:
    return Moment(datetime.combine(ev.questions.moment().at, time()), has_time=False)


GLOBALS: Mapping[str, Method] = MappingProxyType(
    {
        "date": _date,
        "duration": _duration,
        "escapeHTML": lambda ev, _, given: html.escape(_text(given)),
        "file": _file,
        "html": lambda ev, _, given: Html(_text(given)),
        "icon": lambda ev, _, given: Icon(_text(given)),
        "image": _picture,
        "link": _link,
        "list": lambda ev, _, given: as_list(_argument(given, 0)),
        "max": _extreme(lambda values: values[-1]),
        "min": _extreme(lambda values: values[0]),
        "now": lambda ev, _, given: ev.questions.moment(),
        "number": lambda ev, _, given: _as_number(_argument(given, 0)),
        "today": _today,
    }
)
"""The functions that belong to no value, besides `if` and `random`; each is told the path of the file."""


def as_list(value: Value) -> list[Value]:
    """Return a value as a list: one that is none alone, nothing as an empty one."""
    return value if isinstance(value, list) else [] if value is None else [value]


# Any value

ANY: Mapping[str, Method] = MappingProxyType(
    {
        "isTruthy": lambda ev, of, given: is_truthy(of),
        "isType": lambda ev, of, given: _is_type(of, _text(given)),
        "isEmpty": lambda ev, of, given: is_empty(of),
        "toString": lambda ev, of, given: as_string(of),
    }
)


def _is_type(of: Value, name: str) -> bool:
    kind = type_name(of)
    return name.casefold() in (kind, {"tag": "string", "list": "array"}.get(kind, kind))


# Dates and durations


def _relative(ev: Evaluator, of: Moment, _: Given) -> str:
    now = ev.questions.moment()
    apart = of.at - now.at
    if of.at.date() == now.at.date():
        return ev.say("today")
    days = (of.at.date() - now.at.date()).days
    return ev.say.lasting(apart if abs(days) > 1 else timedelta(days=days), is_distance=True)


DATE: Mapping[str, Method] = MappingProxyType(
    {
        "date": lambda ev, of, _: Moment(datetime.combine(of.at, time()), has_time=False),
        "format": lambda ev, of, given: formatted(of, _text(given), ev.say),
        "relative": _relative,
        "time": lambda ev, of, _: f"{of.at:%H:%M:%S}",
        "isEmpty": lambda ev, of, _: False,
    }
)


# Texts


def _some(of: str, given: Given, choose: Callable[[Any], bool]) -> bool:
    sought = [text for value in given for text in (value if isinstance(value, list) else [value])]
    return choose(as_string(text) in of for text in sought)


def _replace(ev: Evaluator, of: str, given: Given) -> str:
    sought, new = _argument(given, 0, "a pattern"), _text(given, 1)
    if isinstance(sought, Pattern):
        return _searched(ev, of, lambda: patterns.replaced(sought, of, new, LIMITS.base_value))
    old = as_string(sought)
    _bound(of.count(old) * len(new) + len(of))
    return of.replace(old, new)


def _searched(ev: Evaluator, text: str, search: Callable[[], T]) -> T:
    """Search a text for a pattern; a slow one costs so much that a base bears few of them."""
    ev.spend(len(text))
    try:
        return search()
    except patterns.SlowPatternError:
        ev.spend(LIMITS.base_steps // _SLOW)
        raise


def _repeat(_: Evaluator, of: str, given: Given) -> str:
    count = max(0, _number(given, 0))
    _bound(len(of) * count)
    return of * int(count)


def _bound(length: float) -> None:
    if length > LIMITS.base_value:
        raise EvaluationError("it makes a text or a list that is too long")


def _split(ev: Evaluator, of: str, given: Given) -> list[str]:
    by = _argument(given, 0, "a separator")
    if isinstance(by, Pattern):
        pieces = _searched(ev, of, lambda: patterns.split(by, of))
    else:
        pieces = of.split(as_string(by)) if as_string(by) else list(of)
    return pieces[: int(max(0, _number(given, 1, len(pieces))))]


def _titled(of: str) -> str:
    return "".join(
        char.upper() if not place or of[place - 1].isspace() else char for place, char in enumerate(of)
    )


STRING: Mapping[str, Method] = MappingProxyType(
    {
        "contains": lambda ev, of, given: _text(given) in of,
        "containsAll": lambda ev, of, given: _some(of, given, all),
        "containsAny": lambda ev, of, given: _some(of, given, any),
        "endsWith": lambda ev, of, given: of.endswith(_text(given)),
        "isEmpty": lambda ev, of, given: not of,
        "lower": lambda ev, of, given: of.lower(),
        "upper": lambda ev, of, given: of.upper(),
        "replace": _replace,
        "repeat": _repeat,
        "reverse": lambda ev, of, given: of[::-1],
        "slice": lambda ev, of, given: of[_range(given, len(of))],
        "split": _split,
        "startsWith": lambda ev, of, given: of.startswith(_text(given)),
        "title": lambda ev, of, given: _titled(of),
        "trim": lambda ev, of, given: of.strip(),
    }
)


# Numbers


def _rounded(number: float, digits: float) -> float:
    """Round as JavaScript does: a half goes up."""
    if not math.isfinite(number):
        return number
    scale = 10.0 ** max(-_DIGITS, min(_DIGITS, int(digits)))
    scaled = number * scale
    if not math.isfinite(scaled):
        return number
    result = math.floor(scaled + 0.5) / scale
    return int(result) if result.is_integer() and abs(result) <= 2**53 else result


def _fixed(number: float, digits: float) -> str:
    if not math.isfinite(number) or abs(number) >= 1e21:
        return number_text(number)
    if not 0 <= digits <= _DIGITS:
        raise EvaluationError(f"toFixed() takes 0 to {_DIGITS} digits")
    exact = Decimal(number).quantize(Decimal(1).scaleb(-int(digits)), ROUND_HALF_UP, _EXACT)
    return f"{exact:f}"


def _whole(round_number: Callable[[float], int]) -> Method:
    return lambda ev, of, given: round_number(of) if math.isfinite(of) else of


NUMBER: Mapping[str, Method] = MappingProxyType(
    {
        "abs": lambda ev, of, given: abs(of),
        "ceil": _whole(math.ceil),
        "floor": _whole(math.floor),
        "isEmpty": lambda ev, of, given: False,
        "round": lambda ev, of, given: _rounded(of, _number(given, 0, 0)),
        "toFixed": lambda ev, of, given: _fixed(of, _number(given, 0, 0)),
    }
)


# Lists


def _has(of: list[Value], value: Value) -> bool:
    return any(is_equal(item, value) for item in of)


def _flat(ev: Evaluator, of: list[Value], _: Given) -> list[Value]:
    """Take all lists within a list apart, however deep."""
    found: list[Value] = []
    waiting = of[::-1]
    while waiting:
        item = waiting.pop()
        ev.spend(1)
        if isinstance(item, list):
            waiting += item[::-1]
        else:
            found.append(item)
    return found


def _joined(_: Evaluator, of: list[Value], given: Given) -> str:
    by = _text(given) if given else ","
    texts = [as_string(item) for item in of]
    _bound(sum(map(len, texts)) + len(by) * len(texts))
    return by.join(texts)


def _unique(ev: Evaluator, of: list[Value], _: Given) -> list[Value]:
    ev.spend(len(of))
    return list({identity(item): item for item in reversed(of)}.values())[::-1]


def _contains(ev: Evaluator, of: list[Value], given: Given) -> bool:
    ev.spend(len(of))
    return _has(of, _argument(given, 0))


def _many(choose: Callable[[Any], bool]) -> Method:
    def method(ev: Evaluator, of: list[Value], given: Given) -> bool:
        sought = given[0] if len(given) == 1 and isinstance(given[0], list) else given
        ev.spend(len(of) * len(sought))
        return choose(_has(of, value) for value in sought)

    return method


def _summarising(summary: summaries.Summary) -> Method:
    return lambda ev, of, given: summary(of)


LIST: Mapping[str, Method] = MappingProxyType(
    {
        "contains": _contains,
        "containsAll": _many(all),
        "containsAny": _many(any),
        "flat": _flat,
        "isEmpty": lambda ev, of, given: not of,
        "join": _joined,
        "reverse": lambda ev, of, given: of[::-1],
        "slice": lambda ev, of, given: of[_range(given, len(of))],
        "sort": lambda ev, of, given: sorted(of, key=order_key),
        "unique": _unique,
        **{name: _summarising(summary) for name, summary in summaries.OF_NUMBERS.items()},
    }
)


def _filter(ev: Evaluator, of: list[Value], tree: Call, scope: Scope, names: Names) -> list[Value]:
    return [item for item, kept in _each(ev, of, tree, scope, names) if is_truthy(kept)]


def _map(ev: Evaluator, of: list[Value], tree: Call, scope: Scope, names: Names) -> list[Value]:
    return [made for _, made in _each(ev, of, tree, scope, names)]


def _each(
    ev: Evaluator, of: list[Value], tree: Call, scope: Scope, names: Names
) -> list[tuple[Value, Value]]:
    if not tree.given:
        raise EvaluationError(f"{tree.name}() lacks an expression")
    return [
        (item, ev.value(tree.given[0], scope, {**names, "value": item, "index": place}))
        for place, item in enumerate(of)
    ]


def _reduce(ev: Evaluator, of: list[Value], tree: Call, scope: Scope, names: Names) -> Value:
    if not tree.given:
        raise EvaluationError("reduce() lacks an expression")
    acc = ev.value(tree.given[1], scope, names) if len(tree.given) > 1 else None
    for place, item in enumerate(of):
        acc = ev.value(tree.given[0], scope, {**names, "value": item, "index": place, "acc": acc})
    return acc


_EACH = {"filter": _filter, "map": _map, "reduce": _reduce}
"""What works an expression out for each thing in a list."""


# Links and files


def _links_to(ev: Evaluator, of: Link, given: Given) -> bool:
    file = ev.file(of.path)
    return file is not None and _has_link(ev, file, given)


LINK: Mapping[str, Method] = MappingProxyType(
    {"asFile": lambda ev, of, given: ev.file(of.path), "linksTo": _links_to}
)


def _has_link(ev: Evaluator, of: File, given: Given) -> bool:
    other = _argument(given, 0, "a file")
    path = _path_of(ev, other, of.path)
    if path:
        return path in ev.links_of(of.facts)
    name = canonical(other.target if isinstance(other, Link) else as_string(other))
    return bool(name) and any(not link.path and canonical(link.target) == name for link in of.facts.links)


def _has_tag(_: Evaluator, of: File, given: Given) -> bool:
    asked = [canonical(as_string(tag).lstrip("#")) for value in given for tag in as_list(value)]
    own = [canonical(tag) for tag in of.facts.tags]
    return any(tag == name or tag.startswith(f"{name}/") for tag in own for name in asked)


def _has_property(_: Evaluator, of: File, given: Given) -> bool:
    name = _text(given).casefold()
    return any(key.casefold() == name for key in of.facts.properties)


def _as_link(_: Evaluator, of: File, given: Given) -> Link:
    display = given[0] if given and not is_empty(given[0]) else None
    return Link(of.path, of.path, display=display)


FILE: Mapping[str, Method] = MappingProxyType(
    {
        "asLink": _as_link,
        "hasLink": _has_link,
        "hasProperty": _has_property,
        "hasTag": _has_tag,
        "inFolder": lambda ev, of, given: in_folder(of.path, _text(given)),
    }
)


# Objects and patterns

OBJECT: Mapping[str, Method] = MappingProxyType(
    {
        "isEmpty": lambda ev, of, given: not of,
        "keys": lambda ev, of, given: list(of),
        "values": lambda ev, of, given: list(of.values()),
    }
)


def _matches(ev: Evaluator, of: Pattern, given: Given) -> bool:
    text = _text(given)
    return _searched(ev, text, lambda: patterns.matches(of, text))


METHODS: Mapping[str, Mapping[str, Method]] = MappingProxyType(
    {
        "date": DATE,
        "string": STRING,
        "number": NUMBER,
        "list": LIST,
        "link": LINK,
        "file": FILE,
        "object": OBJECT,
        "regexp": {"matches": _matches},
    }
)
"""The functions of each type."""


def _of_text(method: Method) -> Method:
    return lambda ev, of, given: method(ev, of.target if isinstance(of, Link) else as_string(of), given)


def _of_file(method: Method) -> Method:
    def call_on_file(ev: Evaluator, of: Link, given: Given) -> Value:
        file = ev.file(of.path)
        return method(ev, file, given) if file else None

    return call_on_file


_TEXTS = {name: _of_text(method) for name, method in STRING.items() if name != "isEmpty"}
_FALLBACKS: Mapping[str, Mapping[str, Method]] = MappingProxyType(
    {
        "link": {**_TEXTS, **{name: _of_file(method) for name, method in FILE.items()}},
        "file": _TEXTS,
        "tag": _TEXTS,
        "html": _TEXTS,
    }
)
"""What a value can besides, as the text or the file that it stands for."""
_EVERY = frozenset((*(name for table in METHODS.values() for name in table), *_EACH, *ANY))


# Fields


def _links(ev: Evaluator, of: File, *, embeds: bool) -> list[Link]:
    links = [
        Link(link.target, link.path, link.part, link.text or None)
        for link in of.facts.links
        if not embeds or link.is_embed
    ]
    ev.spend(len(links))
    return links


def _backlinks(ev: Evaluator, of: File) -> list[Link]:
    sources = ev.vault.backlinks.get(of.path, ())
    ev.spend(len(sources))
    return [Link(path, path) for path in sources]


def _properties(ev: Evaluator, of: File) -> dict[str, Value]:
    scope = ev.scope(of.facts)
    return {name: ev.property(name, scope) for name in of.facts.properties}


Field = Callable[["Evaluator", Any], Value]


def _lasting(unit: float) -> Field:
    return lambda ev, of: _quotient(of.total if isinstance(of, Duration) else float(of), unit)


def _quotient(number: float, unit: float) -> float:
    result = number / unit
    return int(result) if result.is_integer() else result


_LENGTHS: Mapping[str, Field] = {
    "years": _lasting(31_556_952_000),
    "months": _lasting(2_629_746_000),
    "weeks": _lasting(604_800_000),
    "days": _lasting(86_400_000),
    "hours": _lasting(3_600_000),
    "minutes": _lasting(60_000),
    "seconds": _lasting(1_000),
    "milliseconds": _lasting(1),
}


def _part_of_date(name: str) -> Field:
    return lambda ev, of: getattr(of.at, name)


FIELDS: Mapping[str, Mapping[str, Field]] = MappingProxyType(
    {
        "date": {
            **{name: _part_of_date(name) for name in ("year", "month", "day", "hour", "minute", "second")},
            "millisecond": lambda ev, of: of.at.microsecond // 1000,
        },
        "duration": _LENGTHS,
        "number": _LENGTHS,
        "string": {"length": lambda ev, of: len(of)},
        "tag": {"length": lambda ev, of: len(as_string(of))},
        "link": {"length": lambda ev, of: len(of.target)},
        "list": {"length": lambda ev, of: len(of)},
        "file": {
            "name": lambda ev, of: of.facts.name,
            "basename": lambda ev, of: of.facts.file_name.rpartition(".")[0] or of.facts.file_name,
            "path": lambda ev, of: of.path,
            "folder": lambda ev, of: of.facts.folder,
            "ext": lambda ev, of: of.facts.file_name.rpartition(".")[2].lower(),
            "size": lambda ev, of: ev.questions.size_of(of.path),
            "properties": _properties,
            "tags": lambda ev, of: [Tag(tag, "#") for tag in of.facts.tags],
            "links": lambda ev, of: _links(ev, of, embeds=False),
            "embeds": lambda ev, of: _links(ev, of, embeds=True),
            "backlinks": _backlinks,
            "ctime": lambda ev, of: ev.questions.times_of(of.path)[0],
            "mtime": lambda ev, of: ev.questions.times_of(of.path)[1],
            "file": lambda ev, of: of,
        },
    }
)
"""The fields of each type."""
