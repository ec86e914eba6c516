"""The MkDocs plugin: converts before each build, watches what the author writes, links to the note."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.base import ConfigErrors, ConfigWarnings, LegacyConfig
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from notebinder.base.ending import ending_in_order
from notebinder.base.file_faults import fault_message
from notebinder.base.files import only_build
from notebinder.base.problems import Level, NotebinderError, Problem
from notebinder.base.progress import progress_bar
from notebinder.base.settings import Options, Settings, SettingsError, read_options
from notebinder.build.build_cache import convert
from notebinder.build.console import closing_line, tell_build
from notebinder.build.pipeline import Build
from notebinder.build.report import has_errors, ledger_line
from notebinder.images.publish import Postpone
from notebinder.images.reading import can_read_images, load_reader
from notebinder.public.names import PrivateNames
from notebinder.site import progress_events, search_events, theme_events
from notebinder.site.address_list import redirects_of
from notebinder.site.hand_written import narrowed, page_names, public_properties, without_private
from notebinder.site.headers import HEADERS, PREVIEWS, headers_file
from notebinder.site.live.built import BuiltSite
from notebinder.site.live.picturing import BackgroundPictures
from notebinder.site.live.reading import BackgroundReader
from notebinder.site.live.searching import entries_of
from notebinder.site.live.served import ServedProject, watched_files
from notebinder.site.live.server import LiveServer
from notebinder.site.live.session import Session
from notebinder.site.live.watching import Watcher
from notebinder.site.project import apply_build, settings_of
from notebinder.site.redirects import without_files_in_the_way
from notebinder.site.repository import edit_address, edit_prefix, origin
from notebinder.site.social import cached_card, card_of, is_public

log = logging.getLogger("mkdocs.plugins.notebinder")


class NotebinderPlugin(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call]  # MkDocs leaves it untyped
    """Adapts notebinder to MkDocs' events, nothing more."""

    options: Options
    """What `mkdocs.yml` says."""
    settings: Settings
    conversion: Build | None = None
    """What the last conversion made; the next one starts from it."""
    errors: tuple[str, ...] = ()
    """What it found that makes the site wrong."""
    built: BuiltSite
    """What the last build left behind; while serving, single pages are built with it."""
    site_folder: Path | None = None
    """Where the site goes to while serving, once MkDocs has chosen the first folder."""
    watcher: Watcher | None = None
    """While serving: notices what the author changes, from before the first build on."""
    _project: ServedProject | None = None
    _open: ExitStack
    """What is to be closed at the end of a session."""
    _notes: dict[str, str]
    """The note behind each generated page, by the page's path below `docs`."""
    _untold: Build | None = None
    """What was made and found, until it is told at the end."""
    _told: frozenset[Problem] = frozenset()
    """What the build before has told; while serving only what is new is told again."""
    _search: search_events.SearchEvents
    _progress: progress_events.ProgressEvents
    _shielded: dict[str, str]
    """Generated pages that are kept from other plugins' rewriting."""
    _private: PrivateNames | None = None
    """What hand-written pages must not link to, once the names of all pages are known."""
    _redirects: dict[str, bytes]
    """The files at addresses that lead on, by their path on the site."""

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[ConfigErrors, ConfigWarnings]:
        """Read the options as they are declared; MkDocs would only warn of unknown ones, without a guess."""
        try:
            self.options = read_options(options)
        except SettingsError as error:
            return [("notebinder", error)], []
        return [], []

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Begin a session; MkDocs keeps a plugin from build to build only if it has this event."""
        self._told, self._project, self.site_folder = frozenset(), None, None
        self._open = ExitStack()
        self._open.enter_context(ending_in_order())
        self.watcher = Watcher(self._is_ours) if command == "serve" else None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Convert the notes, so that MkDocs finds their pages in `docs`."""
        theme = config.plugins[theme_events.NAME] = theme_events.ThemeEvents()
        self._progress = config.plugins[progress_events.NAME] = progress_events.ProgressEvents()
        try:
            self.settings = settings_of(self.options, config)
            theme.frame_hosts = self.settings.frame_hosts
            if self.watcher and not self._project:
                asked = (str(Path(path).resolve()) for path in (config.config_file_path, *config.watch))
                self.watcher.watch(watched_files(self.settings, asked))
            self._convert()
        except (NotebinderError, OSError) as error:
            raise PluginError(fault_message(error)) from error
        self._search = search_events.SearchEvents(self.settings.pagefind_above)
        config.plugins[search_events.NAME] = self._search
        _set_edit_links(config)
        if self.site_folder:
            config.site_dir = str(self.site_folder)
        self.built = BuiltSite(config)
        return config

    def _convert(self, postpone: Postpone | None = None) -> None:
        with only_build(self.settings.output, self.settings.locks):
            built = convert(self.settings, step=progress_bar, previous=self.conversion, postpone=postpone)
            built = apply_build(built)
        self.conversion = self._untold = built
        self._notes = _notes_by_page(built, self.settings, self.settings.docs)
        self._shielded, self._private = {}, None
        self._redirects = redirects_of(built.layouts, self.settings)
        self.errors = tuple(str(problem) for problem in built.problems if problem.level is Level.ERROR)

    def convert_again(self, postpone: Postpone) -> None:
        """While serving: convert the notes, and tell of problems at once."""
        self._progress.is_quiet = True
        self._convert(postpone)
        self._tell()

    @event_priority(200)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Stop where something removed pages since they were written; a site without them says nothing."""
        assert self.conversion is not None, "the notes are converted before MkDocs looks for files"
        media = (self.settings.output_address + path for path in self.conversion.media)
        for file in (Path(config.docs_dir, p) for p in (*self._notes, *media) if p not in files.src_uris):
            file.lstat()
        return files

    @event_priority(-100)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Build in reading order: in that order the search lists pages that fit equally well."""
        for page in nav.pages:
            files.remove(page.file)
            files.append(page.file)
        self.built.navigation, self.built.files = nav, files
        return nav

    @event_priority(100)
    def _shield(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Hide generated pages from roamlinks, which would rewrite links in their code."""
        if page.file.src_uri not in self._notes:
            return self._public(markdown, page, files)
        self._shielded[page.file.src_uri] = markdown
        return ""

    def _public(self, markdown: str, page: Page, files: Files) -> str:
        """Take links to private notes out of a hand-written page."""
        if self._private is None:
            assert self.conversion is not None, "the notes are converted before any page is read"
            names = page_names(file.src_uri for file in files.documentation_pages())
            self._private = narrowed(self.conversion.publication.names, names)
        page.meta = public_properties(page.meta, self._private)
        return without_private(markdown, self._private)

    @event_priority(-100)
    def _unshield(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        note = self._notes.get(page.file.src_uri)
        if note is None:
            return markdown
        page.edit_url = self._edit_url(note, config)
        return self._shielded.pop(page.file.src_uri)

    on_page_markdown = CombinedEvent(_shield, _unshield)

    @event_priority(-100)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Keep what a page says before the search index cuts marks of its own from it."""
        self.built.contents[page.file.src_uri] = html
        return html

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Add what only a hosted site needs, once the titles and contents of all pages are known."""
        self.built.environment = env
        added = dict(without_files_in_the_way(self._redirects, (file.dest_uri for file in files)))
        if is_public(config.site_url):
            added |= _add_cards(config, files, self.settings.cache / "cards")
        paths = [*(file.dest_uri for file in files), *added]
        added[HEADERS] = headers_file(paths, PREVIEWS).encode()
        for path, content in sorted(added.items()):
            files.append(File.generated(config, path, content=content))
        return env

    @event_priority(200)
    def _keep_entries(self, *, config: MkDocsConfig) -> None:
        """Keep what is to be found on each page before the index is written."""
        self.built.entries = entries_of(config)

    @event_priority(-100)
    def _tell_last(self, *, config: MkDocsConfig) -> None:
        """Tell the problems where a reader of the log looks: at its end."""
        if self._search.seconds:
            log.info("Pagefind indexed the site in %.1f seconds", self._search.seconds)
        if self._untold is not None:
            self._untold = self._untold.with_problems(self._search.problems)
        self._tell()

    on_post_build = CombinedEvent(_keep_entries, _tell_last)

    @event_priority(-100)
    def on_build_error(self, *, error: Exception) -> None:
        """Tell them of a build that breaks, too: they may be why. A full disk is no fault of the program."""
        self._tell()
        if isinstance(error, OSError):
            raise PluginError(fault_message(error)) from error

    def _tell(self) -> None:
        """Print problems, those of a build before only if they are errors; MkDocs counts one error for all.

        `mkdocs build --strict` stops at warnings, but a missing screenshot must not stop it.
        """
        if self._untold is None:
            return
        built, self._untold = self._untold, None
        heard = self._told if log.isEnabledFor(logging.INFO) else built.problems
        news = [problem for problem in built.problems if problem.level is Level.ERROR or problem not in heard]
        tell_build(news, built.settings, listing="notebinder check", to_log=True)
        self._told = frozenset(built.problems)
        level = logging.ERROR if has_errors(built.problems) else logging.INFO
        log.log(level, "%s", closing_line(built))
        log.info("%s", ledger_line(built.notes))

    def _edit_url(self, note: str, config: MkDocsConfig) -> str | None:
        """The author edits the note, not the page made from it; a vault elsewhere has no address."""
        root = Path(config.config_file_path).parent.resolve()
        file = self.settings.vault / note
        if not config.repo_url or not file.is_relative_to(root):
            return None
        return edit_address(config.repo_url, _branch(config), file.relative_to(root).as_posix())

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Take over from MkDocs: rebuild what a change touches, instead of everything."""
        reader = BackgroundReader(load_reader)
        if can_read_images():
            reader.start()
        pictures = BackgroundPictures(self.settings.cache)
        project = ServedProject(self, builder, Path(server.root), reader.put, pictures.put)
        watcher = self.watcher = self.watcher or Watcher(self._is_ours)
        pictures.start(watcher.notice)
        self.take_over(project)
        live = LiveServer(server, watcher.stop)
        live.run = Session(project, live, watcher).run
        return live

    def take_over(self, project: ServedProject) -> None:
        """Have a project that was built once be kept up to date until the session ends."""
        self._project = project
        self._open.callback(project.close)

    def _is_ours(self, path: str) -> bool:
        return self._project is not None and self._project.is_ours(path)

    def on_shutdown(self) -> None:
        """Leave no folder behind."""
        self._open.close()


def _add_cards(config: MkDocsConfig, files: Files, cache: Path) -> dict[str, bytes]:
    """Give each page its card; return the cards by their paths."""
    contents = {file.dest_uri: Path(file.abs_src_path) for file in files if file.abs_src_path}
    cards = {}
    for page in (file.page for file in files.documentation_pages() if file.page):
        card = card_of(str(page.title), config.site_name, page.content or "", url=page.url, contents=contents)
        page.meta["card"] = card.path
        cards[card.path] = cached_card(card, cache)
    return cards


def _notes_by_page(built: Build, settings: Settings, docs: Path) -> dict[str, str]:
    prefix = settings.output.relative_to(docs.resolve())
    return {
        (prefix / page.path).as_posix(): layout.note.path for layout in built.layouts for page in layout.pages
    }


def _set_edit_links(config: MkDocsConfig) -> None:
    """Complete what the environment leaves open: the repository is git's origin."""
    root = Path(config.config_file_path).parent
    config.repo_url = config.repo_url or origin(root)
    if config.repo_url:
        docs = Path(config.docs_dir).relative_to(root).as_posix()
        config.edit_uri = f"{edit_prefix(config.repo_url, _branch(config))}{docs}/"


def _branch(config: MkDocsConfig) -> str:
    return str(config.extra.get("edit_branch") or "main")
