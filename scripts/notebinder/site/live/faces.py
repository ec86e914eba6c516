"""What a page shows of all others: its navigation, its path, and the pages before and behind it.

A page whose own text is the same need not be built again as long as this is the same, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation

from notebinder.site.shown_navigation import Item
from notebinder.site.theme_events import NAME, ThemeEvents

_SHOWN = ("title", "url", "key", "size", "has_index", "is_index", "is_section", "active")
"""What a theme reads of a page, a section, a link, or the rest of a long list."""
_SHOWN_PROPERTIES = ("icon", "status", "subtitle")


def faces_of(pages: Iterable[File], navigation: Navigation, config: MkDocsConfig) -> Mapping[str, int]:
    """Return for each page (by its path below `docs`) a number that changes when what it shows does."""
    faces = _Faces()
    theme = config.plugins.get(NAME)
    whole = faces.of_all(navigation.items)
    found = {}
    for file in pages:
        page = file.page
        assert page is not None
        around = whole
        if isinstance(theme, ThemeEvents):
            around = faces.of_all(theme.navigation.around(cast("Item", page)))
        beside = faces.of_all((navigation.homepage, page.previous_page, page.next_page))
        path = str([(section.title, _first_url(section)) for section in page.ancestors])
        found[file.src_uri] = hash((around, beside, path))
    return found


class _Faces:
    """Takes each entry down once, however many pages show it."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Any, int]] = {}

    def of_all(self, items: Iterable[Any]) -> int:
        return hash(tuple(map(self._of, items)))

    def _of(self, item: Any) -> int:  # noqa: ANN401  # MkDocs' items and those of the cut navigation
        """The item is kept, too, or another could take its place in memory."""
        if id(item) not in self._known:
            properties = getattr(item, "meta", None) or {}
            shown = [getattr(item, name, None) for name in _SHOWN]
            shown += [properties.get(name) for name in _SHOWN_PROPERTIES]
            children = self.of_all(getattr(item, "children", None) or ())
            self._known[id(item)] = item, hash((type(item), str(shown), children))
        return self._known[id(item)][1]


def _first_url(item: Any) -> str:  # noqa: ANN401
    """Where a section in a page's path leads to."""
    while item.children:
        item = item.children[0]
    return str(getattr(item, "url", ""))
