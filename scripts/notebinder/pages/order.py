"""The order in which notes and folders stand: in the navigation, on pages of folders and on the home page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from math import inf
from typing import NamedTuple, TypeVar

from notebinder.base.ordering import natural_key
from notebinder.vault.model import Note
from notebinder.vault.navigation import Arrangement

_FAR = 1e9

T = TypeVar("T")


class Listed(NamedTuple):
    """What stands in a folder, as Obsidian lists it."""

    name: str
    """The author's name of the file or folder."""
    is_page: bool
    order: float = inf
    """What the note says under `order`; a folder has that of its own page."""


def arranged(listed: Iterable[tuple[Listed, T]], asked: Arrangement) -> list[T]:
    """Sort what stands in a folder, by the first of the author's names that fits, else as Obsidian does."""
    wanted = [name.removesuffix(".md").casefold() for name in asked.names]

    def key(item: tuple[Listed, T]) -> tuple[int, float, bool, object, str]:
        entry = item[0]
        name = entry.name.casefold()
        fitting = (place for place, pattern in enumerate(wanted) if fnmatchcase(name, pattern))
        place = wanted.index(name) if name in wanted else next(fitting, len(wanted))
        return place, entry.order, entry.is_page, natural_key(entry.name), entry.name

    return [what for _, what in sorted(listed, key=key)]


def asked_of(asked: Mapping[str, Arrangement], folder: str) -> Arrangement:
    """Return what an author asks of a folder of the vault."""
    return asked.get(folder.rstrip("/"), Arrangement())


def order_of(note: Note) -> float:
    """Return the number that puts a note before those without one."""
    order = note.properties.get("order")
    if not isinstance(order, int | float) or isinstance(order, bool):
        return inf
    return float(max(-_FAR, min(_FAR, order)))
