"""Keeps other plugins off the generated pages, and what is private out of the author's own."""

from __future__ import annotations

import re
from html import escape

from mkdocs.config.base import LegacyConfig
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from notebinder.build.pipeline import Build
from notebinder.public.credentials.masking import masked_page
from notebinder.public.private_names import PrivateNames
from notebinder.site.conversion import Conversion
from notebinder.site.drawn_links import with_quiet_drawings
from notebinder.site.footnotes import below_the_text
from notebinder.site.hand_written import (
    narrowed,
    page_names,
    public_properties,
    with_found_links,
    without_private,
)
from notebinder.site.repository import note_edit_address

_HTML = re.compile(r'<html lang="(?P<own>[\w-]+)"(?P<rest>.*?)<body\b', re.DOTALL)


class PageEvents(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call]  # MkDocs leaves it untyped
    """Tells generated pages from hand-written ones at MkDocs' events."""

    def __init__(self, conversion: Conversion) -> None:
        super().__init__()
        self._conversion = conversion
        self._shielded: dict[str, str] = {}
        """Generated pages while other plugins rewrite what is there."""
        self._private: tuple[Build, PrivateNames] | None = None
        """What hand-written pages must not link to, and the build for which that holds."""

    @event_priority(100)
    def _shield(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Hide generated pages from roamlinks, which would rewrite links in their code."""
        if page.file.src_uri not in self._conversion.notes:
            private = self._private_names(files)
            page.meta = public_properties(page.meta, private)
            markdown = masked_page(page.file.src_uri, markdown, self._conversion.settings)
            return with_found_links(without_private(markdown, private), page.file.src_uri, _page_names(files))
        self._shielded[page.file.src_uri] = markdown
        return ""

    def _private_names(self, files: Files) -> PrivateNames:
        """Find them once the names of all pages are known."""
        built = self._conversion.built
        if self._private is None or self._private[0] is not built:
            self._private = built, narrowed(built.public.names, _page_names(files))
        return self._private[1]

    @event_priority(-100)
    def _unshield(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        note = self._conversion.notes.get(page.file.src_uri)
        if note is None:
            return markdown
        updated = self._conversion.updated_on(note)
        page.update_date = updated.isoformat() if updated else page.update_date
        page.edit_url = note_edit_address(self._conversion.settings.vault / note, config)
        return self._shielded.pop(page.file.src_uri)

    @event_priority(-100)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put footnotes below the text, and write links in drawings so that scripts leave them alone."""
        return with_quiet_drawings(below_the_text(html))

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Let a title be in the language of its note, and what surrounds the note in that of the site."""
        language = page.meta.get("lang")
        if not isinstance(language, str):
            return output
        return _HTML.sub(rf'<html lang="{escape(language)}"\g<rest><body lang="\g<own>"', output, count=1)

    on_page_markdown = CombinedEvent(_shield, _unshield)


def _page_names(files: Files) -> dict[str, str]:
    return page_names(file.src_uri for file in files.documentation_pages())
