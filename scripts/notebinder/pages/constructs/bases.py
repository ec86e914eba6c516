"""Bases: a table of notes where the filters are simple, else a labelled box."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import yaml

from notebinder.base.escaping import as_text
from notebinder.base.limits import LIMITS
from notebinder.base.urls import built_url
from notebinder.pages.constructs.boxes import labelled_box
from notebinder.pages.constructs.lines import raw_html
from notebinder.pages.constructs.text import attribute
from notebinder.pages.constructs.writing import Writing
from notebinder.vault.model import Note
from notebinder.vault.resolve import canonical
from notebinder.vault.syntax.yaml_text import load_yaml, without_yaml_comments

Filter = Callable[[Note], bool]

# file.hasTag("a", "b"), !file.inFolder("x")
_CALL = re.compile(r"(?P<no>!?)\s*file\.(?P<name>hasTag|inFolder|hasProperty)\((?P<values>[^()]*)\)$")
# status == "done", file.ext != "md"
_COMPARISON = re.compile(r"(?P<key>[\w.]+)\s*(?P<sign>==|!=)\s*(?P<value>\"[^\"]*\"|'[^']*'|[\w.]+)$")
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")


class NotSimpleError(ValueError):
    """A base that asks for more than can be answered without the app."""


def base(source: str, view: str, name: str, writing: Writing) -> list[str]:
    """Write a view of a base, the first if none is named."""
    try:
        columns, notes = _answer(source, view, writing)
        rows = "".join(_row(note, columns, writing) for note in notes)
    except (NotSimpleError, yaml.YAMLError, ValueError, RecursionError):
        return labelled_box(name, without_yaml_comments(source), writing)
    head = "".join(f"<th>{as_text(_title(column))}</th>" for column in columns)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return raw_html([f'<div class="nb-base" data-generated>{table}</div>'], writing)


def _answer(source: str, view: str, writing: Writing) -> tuple[Sequence[str], Sequence[Note]]:
    data = load_yaml(source) or {}
    if not isinstance(data, dict) or data.get("formulas"):
        raise NotSimpleError
    views = [found for found in _list(data.get("views")) if isinstance(found, dict)]
    shown = next((v for v in views if not view or v.get("name") == view), {})
    if shown.get("type", "table") != "table" or shown.get("groupBy"):
        raise NotSimpleError
    asked = (data.get("filters"), shown.get("filters"))
    there = writing.context.look_ups.notes()
    writing.collected.embedded += _conditions(asked) * len(there) // LIMITS.conditions
    if writing.collected.embedded > LIMITS.embedded:
        raise NotSimpleError
    filters = [_filter(each) for each in asked]
    notes = [note for note in there if all(keep(note) for keep in filters)]
    notes = _sorted(notes, _list(shown.get("sort")))
    limit = shown.get("limit")
    columns = [str(column) for column in _list(shown.get("order")) or ("file.name",)]
    notes = notes[:limit] if isinstance(limit, int) and limit >= 0 else notes
    if len(columns) * (len(notes) + 1) > LIMITS.cells:
        raise NotSimpleError
    return columns, notes


def _list(found: object) -> Sequence[Any]:
    """What must be a list where it is there at all."""
    if found and not isinstance(found, list):
        raise NotSimpleError
    return found if isinstance(found, list) else ()


def _conditions(asked: object) -> int:
    if isinstance(asked, dict | list | tuple):
        return sum(map(_conditions, asked.values() if isinstance(asked, dict) else asked))
    return 1


def _filter(asked: Any) -> Filter:  # noqa: ANN401  what YAML holds
    if not asked:
        return lambda _: True
    if isinstance(asked, str):
        return _condition(asked.strip())
    if isinstance(asked, dict) and len(asked) == 1:
        ((name, inner),) = asked.items()
        parts = [_filter(part) for part in inner] if isinstance(inner, list) else [_filter(inner)]
        if name in ("and", "or", "not"):
            join = all if name == "and" else any
            return lambda note: join(part(note) for part in parts) != (name == "not")
    raise NotSimpleError


def _condition(text: str) -> Filter:
    if call := _CALL.match(text):
        values = [canonical(a or b) for a, b in _QUOTED.findall(call["values"])]
        test = _TESTS[call["name"]]
        return lambda note: test(note, values) != bool(call["no"])
    if comparison := _COMPARISON.match(text):
        wanted = comparison["value"].strip("\"'")
        is_equal = comparison["sign"] == "=="
        return lambda note: (str(_value(note, comparison["key"])).casefold() == wanted.casefold()) == is_equal
    raise NotSimpleError


def _has_tag(note: Note, values: Sequence[str]) -> bool:
    tags = note.properties.get("tags") or ()
    own = [canonical(str(tag).lstrip("#")) for tag in (tags if isinstance(tags, list) else [tags])]
    return any(tag == value or tag.startswith(f"{value}/") for tag in own for value in values)


def _in_folder(note: Note, values: Sequence[str]) -> bool:
    return any(canonical(note.path).startswith(f"{value.strip('/')}/") for value in values)


def _has_property(note: Note, values: Sequence[str]) -> bool:
    return any(canonical(key) in values for key in note.properties)


_TESTS: Mapping[str, Callable[[Note, Sequence[str]], bool]] = {
    "hasTag": _has_tag,
    "inFolder": _in_folder,
    "hasProperty": _has_property,
}


def _sorted(notes: list[Note], keys: Iterable[Any]) -> list[Note]:
    for key in reversed([key for key in keys if isinstance(key, dict)]):
        name, is_down = str(key.get("property", "file.name")), str(key.get("direction", "")).upper() == "DESC"
        notes = sorted(notes, key=lambda note: str(_value(note, name)).casefold(), reverse=is_down)
    return notes


def _value(note: Note, column: str) -> object:
    folder, _, file = note.path.rpartition("/")
    known = {
        "file.name": note.name,
        "file.basename": note.name,
        "file.path": note.path,
        "file.folder": folder,
        "file.ext": file.rpartition(".")[2],
    }
    if column in known:
        return known[column]
    if column.startswith(("file.", "formula.", "this.")):
        raise NotSimpleError
    value = note.properties.get(column.removeprefix("note."), "")
    return ", ".join(map(str, value)) if isinstance(value, list) else value


def _title(column: str) -> str:
    return column.removeprefix("note.").removeprefix("file.")


def _row(note: Note, columns: Iterable[str], writing: Writing) -> str:
    return f"<tr>{''.join(f'<td>{_cell(note, column, writing)}</td>' for column in columns)}</tr>"


def _cell(note: Note, column: str, writing: Writing) -> str:
    text = as_text(str(_value(note, column)))
    place = writing.context.look_ups.note_address(note.path)
    if column in ("file.name", "file.basename") and place:
        return f'<a href="{attribute(built_url(place.page, writing.context.page))}">{text}</a>'
    return text
