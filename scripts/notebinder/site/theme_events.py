"""What MkDocs does for the theme of every site: gives each page its navigation, and lean files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import cast

from jinja2 import Environment
from jinja2.ext import Extension
from markupsafe import Markup
from mkdocs.commands.build import get_context
from mkdocs.config.base import LegacyConfig
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from notebinder.base.settings import Choices
from notebinder.base.words import Words
from notebinder.site.built_pages import listed_pages
from notebinder.site.content_policy import NO_GUESTS, Guests, content_policy
from notebinder.site.guests import find_guests
from notebinder.site.page_links import LinkedPage, links_file, page_links
from notebinder.site.shown_navigation import Item, WholeNavigation
from notebinder.site.theme_bundle import (
    bundled_head_scripts,
    bundled_scripts,
    bundled_styles,
    lean_script,
    single_scripts,
)

NAME = "notebinder/theme"
"""Under this name it stands among the plugins of a configuration."""

_LISTS = "assets/navigation"

_INDENTATION = re.compile(r"^[ \t]+|[ \t]+$|\n(?=\s*\n)", re.MULTILINE)
# What `figures` writes of a page's first image.
_FIRST_PICTURE = re.compile(
    r'<img src="(?P<href>[^"]*)"(?: srcset="(?P<imagesrcset>[^"]*)" sizes="(?P<imagesizes>[^"]*)")?'
    r'[^>]* fetchpriority="high"'
)
# "{% if page %}\n", which would leave an empty line
_LINE_OF_TAGS = re.compile(r"^((?:\{%(?:(?!%\}).)*%\})+)\n", re.MULTILINE)


class ThemeEvents(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call]  # MkDocs leaves it untyped
    """Adapts the theme to MkDocs' events, nothing more."""

    navigation: WholeNavigation
    """Of the build that runs."""
    guests: Guests = NO_GUESTS
    """Of the site, once its templates are known."""

    def __init__(self, choices: Choices, say: Words) -> None:
        super().__init__()
        self._choices = choices
        self._say = say

    @event_priority(-100)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Take the navigation when all others have done with it."""
        self.navigation = WholeNavigation(cast("list[Item]", nav.items), self._say)
        return nav

    @event_priority(-100)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Have the templates read leanly, and add the lists that a reader opens."""
        env.add_extension(LeanTemplates)
        config.site_name = _as_html(config.site_name)
        _bundle(files, env, config)
        _make_lean(files)
        self.guests = find_guests(self._choices.guests, env, config, files)
        env.globals["content_policy"] = self._policy_of
        env.filters["first_picture"] = first_picture
        env.filters["in_language"] = self._say.translated
        env.globals["words"] = self._say
        linked, links = page_links(_pages_of_notes(files))
        env.globals["linked"] = {page.url for page in linked}
        files.append(File.generated(config, f"{_LISTS}/links.json", content=links_file(linked, links)))
        for path, content in _list_files(self.navigation, files, env, config).items():
            files.append(File.generated(config, path, content=content))
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Hand a page the navigation that it shows."""
        return self._with_navigation(context, cast("Item", page))

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Hand the page for wrong addresses the outermost level."""
        return self._with_navigation(context, None)

    def _policy_of(self, content: str) -> str:
        return content_policy(content, self._choices.frame_hosts, self.guests)

    def _with_navigation(self, context: TemplateContext, page: Item | None) -> TemplateContext:
        shown = Navigation([*self.navigation.around(page)], [])
        shown.homepage = context["nav"].homepage
        context["nav"] = shown
        return context


def _pages_of_notes(files: Files) -> Iterator[LinkedPage]:
    for page in listed_pages(files):
        if page.meta.get("source"):
            yield LinkedPage(page.url, str(page.title), page.content or "", str(page.meta["source"]))


def speak(config: MkDocsConfig, say: Words) -> None:
    """Have the extensions of Markdown say what they say in the site's language."""
    extensions = config.mdx_configs
    if "toc" in extensions:
        title = str(extensions["toc"].get("permalink_title", ""))
        extensions["toc"]["permalink_title"] = say.translated(title)
    if "footnotes" in config.markdown_extensions:
        extensions.setdefault("footnotes", {}).setdefault("BACKLINK_TITLE", say("back from footnote"))


def _as_html(name: str) -> str:
    """Return a site's name as templates may write it, which do so in places of all kinds."""
    return Markup.escape(unescape(name))


def guests_of(config: MkDocsConfig) -> Guests:
    """Return the guests of a site that is built with the theme; none where it is not."""
    theme = config.plugins.get(NAME)
    return theme.guests if isinstance(theme, ThemeEvents) else NO_GUESTS


def first_picture(content: str) -> dict[str, str]:
    """Return the addresses, as HTML, of the picture that a reader waits for; none where a page has none.

    Browsers look for pictures only behind the policy and the scripts of the head; told there, they begin
    with it.
    """
    found = _FIRST_PICTURE.search(content)
    return {name: value for name, value in found.groupdict().items() if value} if found else {}


class LeanTemplates(Extension):
    """Reads templates without their indentation, which was a third of each page; no text is touched."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Remove what stands before the first sign of each line, and lines that show nothing."""
        return _LINE_OF_TAGS.sub(r"\1", _INDENTATION.sub("", source))


def _bundle(files: Files, env: Environment, config: MkDocsConfig) -> None:
    """Put the joined styles and scripts in place of the single ones, and tell templates where they are."""
    paths = files.src_uris.keys()
    joined = {
        "styles": bundled_styles,
        "head_scripts": bundled_head_scripts,
        "scripts": bundled_scripts,
    }
    for name, join in joined.items():
        bundle = join(paths, lambda path: files.src_uris[path].content_string)
        for path in bundle.replaces:
            files.remove(files.src_uris[path])
        files.append(File.generated(config, bundle.path, content=bundle.content))
        env.globals[f"theme_{name}"] = bundle.path


def _make_lean(files: Files) -> None:
    """Leave out of the scripts that stay apart what only authors read."""
    for path in single_scripts(files.src_uris):
        file = files.src_uris[path]
        file.content_string = lean_script(file.content_string)


def _list_files(
    navigation: WholeNavigation, files: Files, env: Environment, config: MkDocsConfig
) -> dict[str, str]:
    """Render the entries of each section, and list all pages, with addresses that count from the root."""
    template = env.get_template("partials/nav-list.html")
    context = get_context(Navigation([], []), [], config)
    every = [[page.url, page.title] for page in listed_pages(files)]
    lists = {
        f"{_LISTS}/{key}.json": json.dumps(template.render(context, items=items), ensure_ascii=False)
        for key, items in sorted(navigation.lists().items())
    }
    return lists | {f"{_LISTS}/pages.json": json.dumps(every, ensure_ascii=False)}
