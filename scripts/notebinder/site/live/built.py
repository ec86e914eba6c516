"""What MkDocs leaves behind after a build, as far as it is of use for the next one."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.base import LegacyConfig
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from notebinder.site.live.searching import entries_of

_KNOWN_PLUGINS = frozenset({"search", "awesome-nav", "roamlinks", "notebinder"})
"""Plugins that were looked at: what they do to a page follows from it, the files and the navigation."""


@dataclass
class BuiltSite:
    """What MkDocs made in a build."""

    config: MkDocsConfig
    files: Files = field(default_factory=lambda: Files([]))
    navigation: Navigation = field(default_factory=lambda: Navigation([], []))
    environment: Environment | None = None
    contents: dict[str, str] = field(default_factory=dict)
    """The HTML of each page as it came from its Markdown: later events may cut it."""
    entries: list[Any] = field(default_factory=list)
    """What all pages have added to the search index."""
    started: int = field(default_factory=time.time_ns)

    @property
    def is_understood(self) -> bool:
        """Whether its pages may be built one by one: no plugin and no hook is at work that is not known."""
        names = {name.removeprefix("material/").partition("/")[0] for name in self.config.plugins}
        return names <= _KNOWN_PLUGINS and not self.config.hooks


class BuildCollector(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call]  # MkDocs leaves it untyped
    """Collects what MkDocs makes, through its events, from one build of all to the next."""

    built: BuiltSite
    """What the last build of all left behind."""
    folder: Path | None = None
    """Where the next one goes to, once MkDocs has chosen the first folder."""

    def begin(self, config: MkDocsConfig) -> None:
        """Take part in a build of all."""
        if self.folder:
            config.site_dir = str(self.folder)
        self.built = BuiltSite(config)
        config.plugins["notebinder/built"] = self

    @event_priority(-100)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Take the navigation and the files when all others have done with them."""
        self.built.navigation, self.built.files = nav, files
        return nav

    @event_priority(-100)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Keep what a page says before the search index cuts marks of its own from it."""
        self.built.contents[page.file.src_uri] = html
        return html

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Take the environment of the templates."""
        self.built.environment = env
        return env

    @event_priority(200)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Keep what is to be found on each page before the index is written."""
        self.built.entries = entries_of(config)


def take_over(before: Page, page: Page, files: Files) -> None:
    """Give a page what an earlier one at the same place was made into."""
    page.markdown, page.content = before.markdown, before.content
    page.meta, page.toc = before.meta, before.toc
    page._title_from_render = before._title_from_render  # what the title follows from
    page.present_anchor_ids, page.edit_url = before.present_anchor_ids, before.edit_url
    links = before.links_to_anchors or {}
    found = {files.get_file_from_path(file.src_uri): anchors for file, anchors in links.items()}
    page.links_to_anchors = {file: anchors for file, anchors in found.items() if file is not None}
