"""Looks at each page that MkDocs has built for what the content policy keeps from loading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment
from mkdocs.config.base import LegacyConfig
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from notebinder.base.problems import Problem, SourceLocation
from notebinder.site.blocked import Blocked, blocked_handlers, blocked_in_file, blocked_on, read_policy
from notebinder.site.content_policy import content_policy
from notebinder.site.conversion import Conversion
from notebinder.site.theme_events import guests_of
from notebinder.site.theme_place import own_templates

BLOCKED = "blocked-by-policy"
_CONFIGURATION = "mkdocs.yml"


class BlockedEvents(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call]  # MkDocs leaves it untyped
    """Gathers what was found, page by page, from one build to the next."""

    def __init__(self, conversion: Conversion) -> None:
        super().__init__()
        self._conversion = conversion
        self._found: dict[str, list[Problem]] = {}
        self._templates: dict[str, str] = {}
        """The author's own, by their path from the project's folder."""

    @property
    def problems(self) -> list[Problem]:
        """What was found, each once."""
        return list(dict.fromkeys(problem for found in self._found.values() for problem in found))

    @event_priority(-110)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Look at the author's scripts and styles, and forget pages that are gone."""
        self._templates = {
            self._from_root(file): file.read_text("utf-8", "replace") for file in own_templates(config)
        }
        policy = read_policy(content_policy(guests=guests_of(config)))
        self._found = {uri: found for uri, found in self._found.items() if uri in files.src_uris}
        for path in map(str, (*config.extra_javascript, *config.extra_css)):
            file = files.get_file_from_path(path)
            if file is not None:
                found = blocked_in_file(file.content_string, policy, _host(config))
                self._found[path] = list(_told(found, self._written_at(config, path), file.content_string))
        return env

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Look at a page when all others have done with it."""
        content, uri = page.content or "", page.file.src_uri
        by_hand = uri not in self._conversion.notes
        found = [*blocked_on(output, _host(config)), *(blocked_handlers(content) if by_hand else ())]
        on_page = [each for each in found if each.marks[0] in content]
        self._found[uri] = [self._of_frame(each) for each in found if each not in on_page]
        if on_page:
            path = self._written_at(config, uri) if by_hand else self._conversion.notes[uri]
            self._found[uri] += _told(on_page, path, page.file.content_string if by_hand else "")
        return output

    def _of_frame(self, blocked: Blocked) -> Problem:
        """Name the template of the author's that writes it, else the configuration."""
        written = (path for path, text in self._templates.items() if _place(blocked, text))
        path = next(written, _CONFIGURATION)
        return next(_told([blocked], path, self._templates.get(path, "")))

    def _written_at(self, config: MkDocsConfig, uri: str) -> str:
        return self._from_root(Path(config.docs_dir, uri))

    def _from_root(self, file: Path) -> str:
        root = self._conversion.settings.root
        return file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)


def _told(found: Iterable[Blocked], path: str, text: str) -> Iterator[Problem]:
    for each in found:
        yield Problem(SourceLocation(path, _place(each, text)), BLOCKED, each.message, each.hint)


def _place(blocked: Blocked, text: str) -> int:
    """Return the line in which something is written; 0 where it is not there."""
    places = (text.find(mark) for mark in blocked.marks)
    return next((text.count("\n", 0, place) + 1 for place in places if place >= 0), 0)


def _host(config: MkDocsConfig) -> str:
    return urlsplit(config.site_url or "").netloc.lower()
