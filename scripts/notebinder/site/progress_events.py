"""Show how far MkDocs is: it reads all pages first, then renders and writes them."""

from __future__ import annotations

from contextlib import ExitStack

from jinja2 import Environment
from mkdocs.config.base import LegacyConfig
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from notebinder.base.progress import Progress, Step, progress_bar

NAME = "notebinder/progress"
"""Under this name it stands among the plugins of a configuration."""


class ProgressEvents(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call]  # MkDocs leaves it untyped
    """Counts MkDocs' events, nothing more."""

    def __init__(self, step: Step = progress_bar) -> None:
        super().__init__()
        self._step = step
        self._is_whole = False
        """Whether all pages are built; single ones take no time."""
        self._open = ExitStack()
        self._progress: Progress | None = None
        self._done = self._total = 0

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """MkDocs begins; whoever builds single pages while serving leaves this out."""
        self._is_whole = True

    @event_priority(-100)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Begin with the first step; all pages are known now."""
        self._total = len(files.documentation_pages())
        self._begin("reading pages")
        return nav

    @event_priority(-100)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Count a page that was read."""
        self._count()
        return html

    @event_priority(100)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Go on to the second step."""
        self._begin("building pages")
        return env

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Count a page that is about to be written."""
        self._count()
        return output

    @event_priority(100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """End before others print what they found."""
        self._end()
        self._is_whole = False

    @event_priority(100)
    def on_build_error(self, *, error: Exception) -> None:
        """End where a page cannot be built."""
        self._end()

    def _begin(self, label: str) -> None:
        self._end()
        if not self._is_whole:
            return
        self._done, self._progress = 0, self._open.enter_context(self._step(label, "page"))

    def _count(self) -> None:
        self._done += 1
        if self._progress:
            self._progress(self._done, max(self._done, self._total))

    def _end(self) -> None:
        self._progress = None
        self._open.close()
