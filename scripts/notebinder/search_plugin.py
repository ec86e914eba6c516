"""Takes the entries of Material's search plugin after a build; gives them to Pagefind if they are many."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority

from notebinder.problems import Problem
from notebinder.search_index import Indexed, index_site

_MATERIAL = "material/search"


def index_built_site(config: MkDocsConfig, *, above: int) -> Indexed:
    """Index a site that was just built, and leave to Material's own index only what it needs."""
    search = config.plugins.get(_MATERIAL)
    if search is None or not search.config.enabled:
        return Indexed(())
    indexed = index_site(search.search_index.entries, Path(config.site_dir), above=above)
    search.search_index.entries = list(indexed.left)
    return indexed


class _NoOptions(Config):  # type: ignore[no-untyped-call]
    """It has none of its own."""


class SearchIndexing(BasePlugin[_NoOptions]):  # type: ignore[no-untyped-call]  # MkDocs leaves it untyped
    """The same as a plugin, for a site without notebinder's own."""

    def __init__(self, above: int) -> None:
        self._above = above
        self.problems: tuple[Problem, ...] = ()

    @event_priority(100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Come before Material writes its index."""
        self.problems = index_built_site(config, above=self._above).problems
