"""Takes what is found on each page while a site is built; gives it to Pagefind if it is much."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from material.plugins.search.plugin import SearchIndex  # type: ignore[import-untyped]  # Material has no types
from mkdocs.config.base import LegacyConfig
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.pages import Page

from notebinder.base.problems import Problem
from notebinder.site.search_entries import entries_of_page
from notebinder.site.search_index import index_site

NAME = "notebinder/search"
"""Under this name it stands among the plugins of a configuration."""

_MATERIAL = "material/search"


class CleanIndex(SearchIndex):  # type: ignore[misc]  # Material has no types
    """Stands in Material's search plugin in place of its own index, which glues words together."""

    shown: str = ""
    """What the browser loads."""

    def add_entry_from_context(self, page: Page) -> None:
        """Take in a page once its content is complete."""
        asked = page.meta.get("search") or {}
        if asked.get("exclude"):
            return
        path = [str(above.title) for above in [*page.ancestors][::-1]]
        entries = entries_of_page(
            page.content or "", url=page.url, title=str(page.title), path=path, meta=page.meta
        )
        boost = {"boost": asked["boost"]} if "boost" in asked else {}
        self.entries += [{**entry, **boost} for entry in entries]

    def generate_search_index(self, prev: object) -> str:
        """Return what the browser loads."""
        return self.shown


class SearchEvents(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call]  # MkDocs leaves it untyped
    """Adapts the index to MkDocs' events, nothing more."""

    def __init__(self, above: int) -> None:
        self._above = above
        self.problems: tuple[Problem, ...] = ()
        """Of the build that ended."""
        self.seconds = 0.0
        """How long Pagefind took then; 0 where it was not needed."""

    def on_env(self, env: Any, *, config: MkDocsConfig, files: object) -> Any:  # noqa: ANN401  # not used
        """Take the place of Material's index before any page is complete."""
        search = config.plugins.get(_MATERIAL)
        if search is not None and search.config.enabled:
            search.search_index = CleanIndex(**search.config)
        return env

    @event_priority(100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Come before Material's plugin, which writes what the browser loads."""
        search = config.plugins.get(_MATERIAL)
        self.problems, self.seconds = (), 0.0
        if search is None or not search.config.enabled:
            return
        indexed = index_site(search.search_index.entries, Path(config.site_dir), above=self._above)
        search.search_index.shown = json.dumps(indexed.shown, ensure_ascii=False, separators=(",", ":"))
        self.problems, self.seconds = indexed.problems, indexed.seconds
