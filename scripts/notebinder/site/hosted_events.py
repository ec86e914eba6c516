"""Adds what only a hosted site needs: cards, the files of old addresses, and headers."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment
from mkdocs.config.base import LegacyConfig
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files

from notebinder.site.conversion import Conversion
from notebinder.site.headers import HEADERS, PREVIEWS, headers_file
from notebinder.site.redirects import without_files_in_the_way
from notebinder.site.social import cached_card, card_of, is_public


class HostedEvents(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call]  # MkDocs leaves it untyped
    """Adds files to the site once the titles and contents of all pages are known."""

    def __init__(self, conversion: Conversion) -> None:
        super().__init__()
        self._conversion = conversion

    @event_priority(-110)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Add them last: the headers name files that the theme has joined."""
        redirects = self._conversion.redirects
        added = dict(without_files_in_the_way(redirects, (file.dest_uri for file in files)))
        if is_public(config.site_url):
            added |= _add_cards(config, files, self._conversion.settings.project_cache / "cards")
        paths = [*(file.dest_uri for file in files), *added]
        added[HEADERS] = headers_file(paths, PREVIEWS).encode()
        for path, content in sorted(added.items()):
            files.append(File.generated(config, path, content=content))
        return env


def _add_cards(config: MkDocsConfig, files: Files, cache: Path) -> dict[str, bytes]:
    """Give each page its card; return the cards by their paths."""
    contents = {file.dest_uri: Path(file.abs_src_path) for file in files if file.abs_src_path}
    cards = {}
    for page in (file.page for file in files.documentation_pages() if file.page):
        card = card_of(str(page.title), config.site_name, page.content or "", url=page.url, contents=contents)
        page.meta["card"] = card.path
        cards[card.path] = cached_card(card, cache)
    return cards
