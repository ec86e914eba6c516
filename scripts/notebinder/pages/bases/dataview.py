"""Read simple queries and expressions of the plugin Dataview as what a base would ask for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from notebinder.pages.bases.expressions import ExpressionError, read_expression
from notebinder.vault.bases import Base, BaseError, Order, View

_PIECE = re.compile(
    r"""(?P<string>"(?:[^"\\]|\\.)*")
    |\[\[(?P<link>[^\[\]]*)\]\]
    |(?P<date>\b(?:date|dur)\(\s*(?:[A-Za-z]+|[\d.\-T:Z]+|\d+\s*[A-Za-z]+(?:[\s,]+\d+\s*[A-Za-z]+)*)\s*\))
    |(?P<tag>(?<![\w"])\#[^\s#()\[\],"]+)
    |(?P<word>\b(?:and|or|AND|OR)\b)
    |(?P<name>[^\W\d][\w-]*(?:\.[^\W\d][\w-]*)*)
    |(?P<sign>[!<>=]=|=)""",
    re.VERBOSE,
)
_WORDS = {"and": "&&", "or": "||"}
_DAYS = {"today": "today()", "now": "now()", "tomorrow": 'today() + "1d"', "yesterday": 'today() - "1d"'}
_CLAUSE = re.compile(
    r"(?:^|(?<=\s))(?P<clause>FROM|WHERE|SORT|LIMIT|GROUP BY|FLATTEN)(?=\s|$)", re.IGNORECASE
)
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"|\[\[[^\]]*\]\]')
_HEAD = re.compile(r"\s*(?P<kind>LIST|TABLE)\b(?P<bare>\s+WITHOUT\s+ID\b)?", re.IGNORECASE)
_NAMED = re.compile(
    r'(?P<asked>.+?)\s+AS\s+(?:"(?P<name>[^"]*)"|(?P<word>\S+))\s*$', re.IGNORECASE | re.DOTALL
)
_ORDER = re.compile(
    r"(?P<asked>.+?)(?:\s+(?P<way>ASC(?:ENDING)?|DESC(?:ENDING)?))?\s*$", re.IGNORECASE | re.DOTALL
)
_SOURCE = re.compile(
    r"""\s*(?:"(?P<folder>[^"]*)"|(?P<tag>\#[^\s()\[\]"]+)|\[\[(?P<link>[^\[\]]*)\]\]
    |(?P<word>and|or)\b|(?P<sign>[()!-]))""",
    re.VERBOSE | re.IGNORECASE,
)
_OF_TEXTS = re.compile(r"\bfile\.(?:tasks|lists)\b|=>")
_OUTGOING = re.compile(r"\s*outgoing\(\s*\[\[(?P<link>[^\[\]]*)\]\]\s*\)", re.IGNORECASE)


def bases_expression(source: str) -> str:
    """Return an expression of Dataview in the language of bases.

    >>> bases_expression('rating = 5 and file.name != "x" and due-date > date(today)')
    'rating == 5 && file.name != "x" && note["due-date"] > today()'
    """
    return _PIECE.sub(_written, source)


def _written(found: re.Match[str]) -> str:
    kind = found.lastgroup or ""
    text = found[kind]
    if kind == "link":
        return _link(text)
    if kind == "date":
        return _date(text)
    if kind == "tag":
        return json.dumps(text)
    if kind == "name":
        return _name(text)
    return "==" if text == "=" else _WORDS.get(text.lower(), text)


def _link(inner: str) -> str:
    return f"link({json.dumps(f'[[{inner}]]')})" if inner.strip(" #") else "this.file"


def _date(text: str) -> str:
    call, _, inner = text.rstrip(") ").partition("(")
    inner = inner.strip()
    if call == "dur":
        return f"duration({json.dumps(inner)})"
    if inner in _DAYS:
        return f"({_DAYS[inner]})" if " " in _DAYS[inner] else _DAYS[inner]
    return f"date({json.dumps(inner)})" if inner[:1].isdigit() else f"date({_name(inner)})"


def _name(typed: str) -> str:
    """A name may hold hyphens in Dataview."""
    if "-" not in typed:
        return typed
    first, *rest = typed.split(".")
    written = f'note["{first}"]' if "-" in first else first
    return written + "".join(f'["{part}"]' if "-" in part else f".{part}" for part in rest)


@dataclass(frozen=True, slots=True)
class _Query:
    kind: str
    is_bare: bool
    """Whether it shows no column of files."""
    asked: str
    """What stands between its kind and its first clause."""
    clauses: tuple[tuple[str, str], ...]


def read_query(source: str) -> Base:
    """Return what a query asks for, or raise an error for one that asks for more than a base can show."""
    query = _query(source)
    titles: dict[str, str] = {}
    formulas: dict[str, str] = {}
    columns: list[str] = [] if query.is_bare else ["file.name"]
    for asked in _apart(query.asked):
        named = _NAMED.match(asked)
        number = f"column {len(formulas) + 1}"
        formulas[number] = _checked(named["asked"] if named else asked)
        titles[f"formula.{number}"] = (named["name"] or named["word"] if named else asked).strip()
        columns.append(f"formula.{number}")
    filters = ['file.ext == "md"', *_filters(query.clauses)]
    orders = tuple(_orders(query.clauses, formulas))
    limit = next((int(text) for name, text in query.clauses if name == "limit" and text.isdigit()), 0)
    if not columns:
        raise BaseError("shows no column")
    kind, settings = ("list", {"separator": ": "}) if query.kind == "list" else ("table", {})
    view = View(kind, columns=tuple(columns), sort=orders, limit=limit, settings=settings)
    return Base((view,), {"and": filters}, formulas, {"file.name": "File", **titles})


def _query(source: str) -> _Query:
    if of_texts := _OF_TEXTS.search(source):
        raise BaseError(f"asks for {of_texts[0]}")
    text = " ".join(line.strip() for line in source.splitlines() if not line.strip().startswith("//"))
    head = _HEAD.match(text)
    if not head:
        raise BaseError("is no list and no table")
    rest = text[head.end() :]
    hidden = _STRING.sub(lambda string: "x" * len(string[0]), rest)
    found = list(_CLAUSE.finditer(hidden))
    ends = [*(clause.start() for clause in found[1:]), len(rest)]
    clauses = tuple(
        (" ".join(clause["clause"].lower().split()), rest[clause.end() : end].strip())
        for clause, end in zip(found, ends, strict=False)
    )
    if odd := next((name for name, _ in clauses if name in ("group by", "flatten")), ""):
        raise BaseError(f"has {odd.upper()}")
    asked = rest[: found[0].start()] if found else rest
    return _Query(head["kind"].lower(), bool(head["bare"]), asked.strip(), clauses)


def _checked(source: str) -> str:
    """Return an expression in the language of bases, if it is one."""
    written = bases_expression(source.strip())
    try:
        read_expression(written)
    except ExpressionError as error:
        raise BaseError(f"holds {source.strip()!r}, which cannot be read: {error}") from error
    return written


def _apart(text: str) -> Iterator[str]:
    """Yield what commas part that stand in no brackets and no text."""
    hidden = _STRING.sub(lambda string: "x" * len(string[0]), text)
    depth = start = 0
    for place, char in enumerate(f"{hidden},"):
        depth += (char in "([{") - (char in ")]}")
        if char == "," and depth == 0:
            if text[start:place].strip():
                yield text[start:place].strip()
            start = place + 1


def _filters(clauses: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for name, text in clauses:
        if name == "where":
            yield _checked(text)
        elif name == "from":
            yield _source(text)


def _source(text: str) -> str:
    """Return where a query takes its files from, as a filter."""
    written: list[str] = []
    place = 0
    text = text.strip()
    while place < len(text):
        if outgoing := _OUTGOING.match(text, place):
            written.append(f"list({_link(outgoing['link'])}).filter(value.hasLink(file)).length > 0")
            place = outgoing.end()
            continue
        found = _SOURCE.match(text, place)
        if not found:
            raise BaseError(f"takes its files from {text[place:].strip()[:40]!r}")
        written.append(_SOURCES[found.lastgroup or ""](found[found.lastgroup or ""]))
        place = found.end()
    return " ".join(written) or "true"


def _folder(text: str) -> str:
    """A text names a folder or a note."""
    note = text if text.endswith(".md") else f"{text}.md"
    return f"(file.inFolder({json.dumps(text)}) || file.path == {json.dumps(note)})"


_SOURCES: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "folder": _folder,
        "tag": lambda text: f"file.hasTag({json.dumps(text)})",
        "link": lambda text: f"file.hasLink({_link(text)})",
        "word": lambda text: _WORDS[text.lower()],
        "sign": lambda text: "!" if text == "-" else text,
    }
)


def _orders(clauses: tuple[tuple[str, str], ...], formulas: dict[str, str]) -> Iterator[Order]:
    """Yield by what a query sorts; each becomes a formula."""
    for text in (text for name, text in clauses if name == "sort"):
        for asked in _apart(text):
            found = _ORDER.match(asked)
            if found:
                number = f"order {len(formulas) + 1}"
                formulas[number] = _checked(found["asked"])
                yield Order(f"formula.{number}", (found["way"] or "").upper().startswith("DESC"))
