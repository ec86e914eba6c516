"""Adds what only a hosted site needs: cards, the files of old addresses, and headers."""

from __future__ import annotations

from html import unescape
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.base import LegacyConfig
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from notebinder.base.words import Words
from notebinder.pages.dates import read_day
from notebinder.pages.redirect_page import redirect_page
from notebinder.site.built_pages import every_page, listed_pages
from notebinder.site.conversion import Conversion
from notebinder.site.feeds import Channel, Item, feed_files, plain
from notebinder.site.headers import HEADERS, PREVIEWS, headers_file
from notebinder.site.redirects import without_files_in_the_way
from notebinder.site.social import cached_card, card_of, is_public
from notebinder.site.theme_events import guests_of

_HOME = "index.html"


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
        feeds = _feeds(config, files, self._conversion.settings.language)
        there = {file.dest_uri for file in files}
        added |= {path: feed for path, feed in feeds.items() if path not in there}
        added |= self._home(config) if _HOME not in there else {}
        env.globals["feeds"] = sorted(feeds)
        if is_public(config.site_url):
            added |= _add_cards(config, files, self._conversion.settings.project_cache / "cards")
        paths = [*(file.dest_uri for file in files), *added]
        added[HEADERS] = headers_file(paths, PREVIEWS, guests_of(config)).encode()
        for path, content in sorted(added.items()):
            files.append(File.generated(config, path, content=content))
        return env

    def _home(self, config: MkDocsConfig) -> dict[str, bytes]:
        """Have a site without a page at its root open with the list of its notes."""
        settings = self._conversion.settings
        notes, say = settings.output_address, Words(settings.language)
        return {_HOME: redirect_page("", notes, config.site_name, say)} if notes else {}


def _feeds(config: MkDocsConfig, files: Files, language: str) -> dict[str, bytes]:
    """Return the feeds of a site whose address is known: their links are whole ones."""
    if not config.site_url:
        return {}
    items = [item for page in listed_pages(files) if (item := _item(page))]
    return feed_files(Channel(unescape(config.site_name), config.site_url, language), items)


def _item(page: Page) -> Item | None:
    created, updated = (read_day(page.meta.get(key)) for key in ("created", "updated"))
    changed = updated or created
    if changed is None or not page.canonical_url:
        return None
    return Item(plain(page.title), page.canonical_url, changed, created, plain(page.meta.get("description")))


def _add_cards(config: MkDocsConfig, files: Files, cache: Path) -> dict[str, bytes]:
    """Give each page its card; return the cards by their paths."""
    contents = {file.dest_uri: Path(file.abs_src_path) for file in files if file.abs_src_path}
    cards, name = {}, unescape(config.site_name)
    for page in every_page(files):
        card = card_of(str(page.title), name, page.content or "", url=page.url, contents=contents)
        page.meta["card"] = card.path
        cards[card.path] = cached_card(card, cache)
    return cards
