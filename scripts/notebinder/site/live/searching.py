"""Keep what each page adds to the search index of Material, so that it can be written again at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files


class SearchIndex(Protocol):
    """What Material's plugin collects entries in."""

    entries: list[Any]


def entries_of(config: MkDocsConfig) -> list[Any]:
    """Return the entries of all pages, at the end of a build."""
    plugin = _plugin(config)
    return list(plugin.search_index.entries) if plugin else []


class SearchEntries:
    """The entries of all pages, by the page's path below `docs`."""

    def __init__(self, config: MkDocsConfig, files: Files, entries: Iterable[Any]) -> None:
        self._plugin = _plugin(config)
        self._entries: dict[str, list[Any]] = defaultdict(list)
        pages = {file.page.url: file.src_uri for file in files.documentation_pages() if file.page}
        for entry in entries:
            self._entries[pages[entry["location"].partition("#")[0]]].append(entry)

    @contextmanager
    def collecting(self, uri: str) -> Iterator[None]:
        """Take what is entered meanwhile as the entries of one page."""
        if self._plugin is None:
            yield
            return
        self._index.entries = []
        yield
        self._entries[uri] = self._index.entries

    def write(self, pages: Iterable[File], config: MkDocsConfig) -> None:
        """Have all plugins end the build, the one that writes the index with the entries of all pages."""
        if self._plugin is not None:
            self._index.entries = [entry for file in pages for entry in self._entries[file.src_uri]]
        config.plugins.on_post_build(config=config)

    @property
    def _index(self) -> SearchIndex:
        """MkDocs' configuration makes a new one for each build."""
        index: SearchIndex = self._plugin.search_index
        return index


def _plugin(config: MkDocsConfig) -> Any:  # noqa: ANN401  # Material's plugins have no types
    found = config.plugins.get("material/search") or config.plugins.get("search")
    return found if hasattr(found, "search_index") else None
