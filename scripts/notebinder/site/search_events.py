"""Takes the entries of Material's search plugin after a build; gives them to Pagefind if they are many."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.config.base import LegacyConfig
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority

from notebinder.base.problems import Problem
from notebinder.site.search_index import index_site

NAME = "notebinder/search"
"""Under this name it stands among the plugins of a configuration."""

_MATERIAL = "material/search"


class SearchEvents(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call]  # MkDocs leaves it untyped
    """Adapts the index to MkDocs' events, nothing more."""

    def __init__(self, above: int) -> None:
        self._above = above
        self._entries: list[Any] = []
        self.problems: tuple[Problem, ...] = ()
        """Of the build that ended."""
        self.seconds = 0.0
        """How long Pagefind took then; 0 where it was not needed."""

    @event_priority(100)
    def _index(self, *, config: MkDocsConfig) -> None:
        """Come before Material's plugin, and leave to it what it should write into its own index."""
        search = config.plugins.get(_MATERIAL)
        self.problems, self.seconds = (), 0.0
        if search is None or not search.config.enabled:
            return
        self._entries = search.search_index.entries
        indexed = index_site(self._entries, Path(config.site_dir), above=self._above)
        search.search_index.entries = list(indexed.left)
        self.problems, self.seconds = indexed.problems, indexed.seconds

    @event_priority(-90)
    def _give_back(self, *, config: MkDocsConfig) -> None:
        """While serving, the next index is made of the entries of pages that did not change."""
        search = config.plugins.get(_MATERIAL)
        if search is not None and search.config.enabled:
            search.search_index.entries = self._entries

    on_post_build = CombinedEvent(_index, _give_back)
