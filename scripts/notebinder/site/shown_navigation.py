"""Cut the navigation to what one page shows of it; the rest is fetched when a reader opens a section.

A page shows the entries of each section around it, and of the other sections only the titles. Of a long
list it shows the entries near its own. So a page costs the same on a site of ten pages and of ten thousand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from notebinder.base.words import ENGLISH, Words

_AT_ONCE = 60
"""A page shows as many entries of a list at most."""

ROOT = "root"
"""The key of the outermost list."""


class Item(Protocol):
    """A page, section or link of MkDocs' navigation, as far as it matters here."""

    @property
    def title(self) -> str | None:
        """What it is called."""

    @property
    def parent(self) -> Item | None:
        """The section that it stands in."""

    @property
    def children(self) -> Sequence[Item] | None:
        """What stands in it, if it is a section."""


@dataclass(frozen=True)
class NavSection:
    """A section as a page shows it, under the names that templates know from MkDocs' own sections."""

    title: str | None
    key: str
    """Names the file that holds all its entries."""
    url: str | None
    """The page that the closed section leads to where no script opens it: its index, else its first page."""
    has_index: bool
    size: int
    """How many entries it has, the index not counted."""
    children: tuple[Entry, ...] = ()
    """Nothing, while it is closed."""
    active: bool = False
    """Whether the page stands in it."""
    is_section: bool = True
    is_page: bool = False
    is_link: bool = False
    meta: None = None


@dataclass(frozen=True)
class More:
    """Stands for the entries of a long list that are not near the page."""

    title: str
    key: str
    """Names the file that holds the whole list."""
    url: str | None
    """The nearest of them, which shows the next part of the list where no script does."""
    is_more: bool = True
    children: None = None
    active: bool = False
    is_section: bool = False
    is_page: bool = False
    is_link: bool = True
    meta: None = None


Entry = Item | NavSection | More


@dataclass(frozen=True)
class _List:
    """The entries of one section, or of the whole site."""

    key: str
    index: Item | None
    items: tuple[Item, ...]
    """MkDocs' own, without the index."""
    entries: tuple[Entry, ...]
    """The same with all sections closed."""
    places: Mapping[int, int]
    """Where an item stands; MkDocs' pages compare by their content and cannot be hashed."""


@dataclass
class WholeNavigation:
    """Owns the lists of all sections, and cuts from them what a page shows."""

    items: Sequence[Item]
    """The outermost entries, as MkDocs has them."""
    say: Words = ENGLISH
    _root: _List = field(init=False)
    _lists: dict[int, _List] = field(default_factory=dict)
    """By the section that they belong to."""
    _keys: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._root = self._list(ROOT, self.items, index=None)

    def around(self, page: Item | None) -> tuple[Entry, ...]:
        """Return what a page shows: its own list, and from there outwards those around it."""
        item, opened = page, None
        while item is not None and item.parent is not None:
            around = self._lists[id(item.parent)]
            opened = _open(item.parent, around, _near(around, item, opened, self.say))
            item = item.parent
        return _near(self._root, item, opened, self.say)

    def lists(self) -> dict[str, tuple[Entry, ...]]:
        """Return all entries of each section by its key; the index is no entry, but where its title leads."""
        return {each.key: each.entries for each in (self._root, *self._lists.values())}

    def _list(self, key: str, children: Sequence[Item], *, index: Item | None) -> _List:
        items = tuple(child for child in children if child is not index)
        places = {id(item): place for place, item in enumerate(items)}
        return _List(key, index, items, tuple(self._entry(item, key) for item in items), places)

    def _entry(self, item: Item, around: str) -> Entry:
        """Close a section, once those in it are; all else stays as it is."""
        if item.children is None:
            return item
        index = next((child for child in item.children if getattr(child, "is_index", False)), None)
        inner = self._list(self._new_key(around, item), item.children, index=index)
        self._lists[id(item)] = inner
        return _closed(item, inner)

    def _new_key(self, around: str, section: Item) -> str:
        """Make a key from the titles on the way to a section; of equal ones the later takes another."""
        text = f"{around}/{section.title}"
        while (key := hashlib.sha256(text.encode()).hexdigest()[:12]) in self._keys:
            text += "/"
        self._keys.add(key)
        return key


def _closed(section: Item, inner: _List) -> NavSection:
    first = inner.index or next(iter(inner.entries), None)
    url = getattr(first, "url", None)
    return NavSection(section.title, inner.key, url, inner.index is not None, len(inner.items))


def _open(section: Item, inner: _List, near: tuple[Entry, ...]) -> NavSection:
    closed = _closed(section, inner)
    children = (inner.index, *near) if inner.index else near
    return NavSection(
        section.title, inner.key, closed.url, closed.has_index, closed.size, children, active=True
    )


def _near(around: _List, item: Item | None, opened: NavSection | None, say: Words) -> tuple[Entry, ...]:
    """Return the entries near an item, which is shown as opened if it is a section."""
    place = around.places.get(id(item))
    first = max(0, min((place or 0) - _AT_ONCE // 2, len(around.items) - _AT_ONCE))
    last = first + _AT_ONCE
    entries = [*around.entries[first:last]]
    if opened and place is not None:
        entries[place - first] = opened
    before, after = first, len(around.items) - last
    above = [_more(say("more before", count=str(before)), around, first - 1)] if before > 0 else []
    below = [_more(say("more after", count=str(after)), around, last)] if after > 0 else []
    return (*above, *entries, *below)


def _more(title: str, around: _List, nearest: int) -> More:
    return More(title, around.key, getattr(around.entries[nearest], "url", None))
