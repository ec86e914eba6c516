"""What MkDocs leaves behind after a build, as far as it is of use for the next one."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

_KNOWN_PLUGINS = frozenset({"search", "awesome-nav", "roamlinks", "notebinder"})
"""Plugins that were looked at: what they do to a page follows from it, the files and the navigation."""


@dataclass
class BuiltSite:
    """What MkDocs made in a build, collected through its events."""

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


def take_over(before: Page, page: Page, files: Files) -> None:
    """Give a page what an earlier one at the same place was made into."""
    page.markdown, page.content = before.markdown, before.content
    page.meta, page.toc = before.meta, before.toc
    page._title_from_render = before._title_from_render  # what the title follows from
    page.present_anchor_ids, page.edit_url = before.present_anchor_ids, before.edit_url
    links = before.links_to_anchors or {}
    found = {files.get_file_from_path(file.src_uri): anchors for file, anchors in links.items()}
    page.links_to_anchors = {file: anchors for file, anchors in found.items() if file is not None}
