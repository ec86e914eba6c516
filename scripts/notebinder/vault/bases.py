"""Read the YAML of a base: its filters, formulas, names of columns, and views. It works nothing out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import yaml

from notebinder.vault.syntax.yaml_text import load_yaml

_AT_HAND = 64
"""So many are kept as read: each embed and each view asks for its base again."""
_KINDS = ("note", "file", "formula")


class BaseError(ValueError):
    """A source that is no base, and why."""


@dataclass(frozen=True, slots=True)
class Order:
    """By which property rows are sorted or grouped."""

    property: str
    is_down: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """One way to show the files of a base."""

    kind: str = "table"
    name: str = ""
    filters: Any = None
    columns: tuple[str, ...] = ("file.name",)
    """The ids of the properties that it shows."""
    sort: tuple[Order, ...] = ()
    group: Order | None = None
    limit: int = 0
    """The most rows; 0 for all."""
    summaries: Mapping[str, str] = field(default_factory=dict)
    """The name of the summary of each column that has one, by its id."""
    image: str = ""
    """The id of the property that is the picture of a card."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """All that it says, for what is of its kind only."""


@dataclass(frozen=True, slots=True)
class Base:
    """What a base asks for."""

    views: tuple[View, ...]
    filters: Any = None
    formulas: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    """What its author calls properties, by their ids."""
    summaries: Mapping[str, str] = field(default_factory=dict)
    """The formulas of the summaries that its author has made, by name."""

    def view(self, name: str) -> View | None:
        """Return the view of a name, the first for none; None where there is no such view."""
        if not name:
            return self.views[0]
        alike = (view for view in self.views if view.name.strip().casefold() == name.strip().casefold())
        return next((view for view in self.views if view.name == name), None) or next(alike, None)


@lru_cache(_AT_HAND)
def read_base(source: str) -> Base:
    """Return what a source asks for, or raise an error that says why it is no base."""
    try:
        data = load_yaml(source)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        what = getattr(error, "problem", None) or str(error).split("\n")[0]
        raise BaseError(f"is no valid YAML: {what}") from error
    if data is not None and not isinstance(data, dict):
        raise BaseError("holds no filters and no views")
    data = data or {}
    views = tuple(_view(asked) for asked in _list(data, "views") if isinstance(asked, dict))
    return Base(
        views or (View(),),
        data.get("filters"),
        {str(name): _text(formula) for name, formula in _mapping(data, "formulas").items()},
        dict(_titles(_mapping(data, "properties"))),
        {str(name): _text(formula) for name, formula in _mapping(data, "summaries").items()},
    )


def property_id(typed: object) -> str:
    """Return the id of a property; one without a prefix is a note's.

    >>> property_id("rating"), property_id("file.name")
    ('note.rating', 'file.name')
    """
    text = str(typed).strip()
    return text if text.partition(".")[0] in _KINDS and "." in text else f"note.{text}"


def _view(asked: Mapping[str, Any]) -> View:
    limit = asked.get("limit")
    grouped = _orders([asked.get("groupBy")]) if asked.get("groupBy") else ()
    return View(
        kind=_text(asked.get("type") or "table").strip().casefold(),
        name=_text(asked.get("name")),
        filters=asked.get("filters"),
        columns=tuple(dict.fromkeys(map(property_id, _list(asked, "order")))) or ("file.name",),
        sort=_orders(_list(asked, "sort")),
        group=grouped[0] if grouped else None,
        limit=limit if isinstance(limit, int) and limit > 0 else 0,
        summaries={property_id(key): _text(name) for key, name in _mapping(asked, "summaries").items()},
        image=property_id(asked["image"]) if asked.get("image") else "",
        settings=asked,
    )


def _orders(asked: Sequence[Any]) -> tuple[Order, ...]:
    found: list[Order] = []
    for each in asked:
        if isinstance(each, str):
            found.append(Order(property_id(each)))
        elif isinstance(each, dict) and (name := each.get("property") or each.get("column")):
            found.append(Order(property_id(name), _text(each.get("direction")).strip().upper() == "DESC"))
    return tuple(found)


def _titles(asked: Mapping[str, Any]) -> Any:  # noqa: ANN401  pairs
    for key, settings in asked.items():
        if isinstance(settings, dict) and settings.get("displayName"):
            yield property_id(key), _text(settings["displayName"])


def _text(value: object) -> str:
    return "" if value is None else "true" if value is True else "false" if value is False else str(value)


def _list(data: Mapping[str, Any], key: str) -> list[Any]:
    """What must be a list where it is there at all."""
    found = data.get(key)
    if found and not isinstance(found, list):
        raise BaseError(f"has {key} that are no list")
    return found or []


def _mapping(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = data.get(key)
    if found and not isinstance(found, dict):
        raise BaseError(f"has {key} that are no mapping")
    return found or {}
