"""The MkDocs plugin: converts before each build, tells what was found, and takes over while serving."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from mkdocs.config.base import ConfigErrors, ConfigWarnings, LegacyConfig
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from notebinder.base.ending import ending_in_order
from notebinder.base.file_faults import fault_message
from notebinder.base.ports import TakenPortError, is_free
from notebinder.base.problems import NotebinderError, Problem
from notebinder.base.settings import Options, SettingsError, read_options
from notebinder.base.words import Words
from notebinder.images.reading import can_read_images, load_reader
from notebinder.images.rendering import Postpone
from notebinder.site import progress_events, search_events, theme_events
from notebinder.site.blocked_events import BlockedEvents
from notebinder.site.build_date import drop_unreadable_date
from notebinder.site.built_pages import lost_pages
from notebinder.site.conversion import Conversion, settings_of
from notebinder.site.hosted_events import HostedEvents
from notebinder.site.live.built import BuildCollector
from notebinder.site.live.picturing import BackgroundPictures
from notebinder.site.live.reading import BackgroundReader
from notebinder.site.live.served import ServedProject, watched_files
from notebinder.site.live.server import LiveServer
from notebinder.site.live.session import Session
from notebinder.site.live.watching import Watcher
from notebinder.site.page_events import PageEvents
from notebinder.site.problem_log import ProblemLog
from notebinder.site.repository import set_edit_links
from notebinder.site.theme_place import put_theme_behind

log = logging.getLogger("mkdocs.plugins.notebinder")


class NotebinderPlugin(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call]  # MkDocs leaves it untyped
    """Adapts notebinder to MkDocs' events, nothing more."""

    options: Options
    """What `mkdocs.yml` says."""
    conversion: Conversion
    is_for_command: bool
    """Whether a command of ours has MkDocs build: it tells problems and errors itself."""
    collector: BuildCollector
    """Keeps what single pages are built from while serving."""
    watcher: Watcher | None
    """While serving, it notices what the author changes, from before the first build on."""
    pictures: BackgroundPictures | None
    """While serving, it makes the renditions of images, which no page waits for."""
    _log: ProblemLog
    _lost: tuple[Problem, ...]
    """Pages that MkDocs does not build."""
    _is_told: bool
    _search: search_events.SearchEvents
    _blocked: BlockedEvents
    _project: ServedProject | None
    _open: ExitStack
    """What is to be closed at the end of a session."""

    def __init__(self) -> None:
        super().__init__()
        self._begin()  # whoever calls MkDocs' functions may leave `on_startup` out

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
        self._begin()
        self._open.enter_context(ending_in_order())
        self.watcher = Watcher(self._is_ours) if command == "serve" else None

    def _begin(self) -> None:
        self.conversion, self.collector, self._log = Conversion(), BuildCollector(), ProblemLog()
        self.watcher, self._project, self._open = None, None, ExitStack()
        self.pictures = None
        self._is_told, self.is_for_command = True, False
        self._lost = ()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Convert the notes, so that MkDocs finds their pages in `docs`."""
        put_theme_behind(config)
        try:
            settings = settings_of(self.options, config)
            settings = replace(settings, problems=(*settings.problems, *drop_unreadable_date()))
            if self.watcher and not self._project:
                _demand_port(config)
                asked = (str(Path(path).resolve()) for path in (config.config_file_path, *config.watch))
                self.watcher.watch(watched_files(settings, asked))
                self.pictures = BackgroundPictures(settings.cache)
            postpone = self.pictures.postpone if self.pictures else None
            self.conversion.run(settings, postpone, is_served=bool(self.watcher))
        except (NotebinderError, OSError) as error:
            if self.is_for_command:
                raise
            raise PluginError(fault_message(error)) from error
        self._is_told = self.is_for_command
        say = Words(settings.language)
        theme_events.speak(config, say)
        self._search = search_events.SearchEvents(settings.pagefind_above)
        config.plugins["notebinder/pages"] = PageEvents(self.conversion)
        config.plugins["notebinder/hosted"] = HostedEvents(self.conversion)
        config.plugins[theme_events.NAME] = theme_events.ThemeEvents(settings, say)
        self._blocked = BlockedEvents(self.conversion)
        config.plugins["notebinder/blocked"] = self._blocked
        config.plugins[progress_events.NAME] = progress_events.ProgressEvents()
        config.plugins[search_events.NAME] = self._search
        set_edit_links(config)
        self.collector.begin(config)
        return config

    @event_priority(200)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Stop where something removed pages since they were written; a site without them says nothing."""
        output = self.conversion.settings.output_address
        media = (output + path for path in self.conversion.built.media)
        gone = (path for path in (*self.conversion.notes, *media) if path not in files.src_uris)
        for path in gone:
            Path(config.docs_dir, path).lstat()
        return files

    @event_priority(-100)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Build in reading order: in that order the search lists pages that fit equally well."""
        self._lost = tuple(lost_pages(self.conversion.notes, files))
        for page in nav.pages:
            files.remove(page.file)
            files.append(page.file)
        return nav

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Tell the problems where a reader of the log looks: at its end."""
        if self._search.seconds:
            log.info("Pagefind indexed the site in %.1f seconds", self._search.seconds)
        self.conversion.add([*self._search.problems, *self._lost, *self._blocked.problems])
        self._tell()

    @event_priority(-100)
    def on_build_error(self, *, error: Exception) -> None:
        """Tell them of a build that breaks, too: they may be why. A full disk is no fault of the program."""
        self._tell()
        if isinstance(error, OSError) and not self.is_for_command:
            raise PluginError(fault_message(error)) from error

    def _tell(self) -> None:
        if not self._is_told:
            self._log.tell(self.conversion.built)
        elif self._project:
            self._log.tell_more(self.conversion.built)
        self._is_told = True

    def take_over(
        self, builder: Callable[[], None], tell_new: Callable[[Path], None], postpone: Postpone
    ) -> ServedProject:
        """Return what was built as a project that is kept up to date until the session ends."""
        project = self._project = ServedProject(
            self.conversion, self.collector, self._log, builder, tell_new=tell_new, postpone=postpone
        )
        self._open.callback(project.close)
        return project

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Take over from MkDocs: rebuild what a change touches, instead of everything."""
        reader = BackgroundReader(load_reader)
        if can_read_images():
            reader.start()
        pictures = self.pictures or BackgroundPictures(self.conversion.settings.cache)
        project = self.take_over(builder, reader.put, pictures.postpone)
        watcher = self.watcher = self.watcher or Watcher(self._is_ours)  # `serve --clean` begins as a build
        pictures.start(watcher.notice)
        live = LiveServer(server, watcher.stop)
        live.run = Session(project, live, watcher).run
        return live

    def _is_ours(self, path: str) -> bool:
        return self._project is not None and self._project.is_ours(path)

    def on_shutdown(self) -> None:
        """Leave no folder behind, and nothing of this session to the next one in this process."""
        self.is_for_command = False
        self._open.close()


def _demand_port(config: MkDocsConfig) -> None:
    """Say before all the work that another program has the port, which MkDocs would find out behind it."""
    host, port = config.dev_addr
    if not is_free(str(host), int(port)):
        hint = (
            f"name another with `mkdocs serve -a {host}:{int(port) + 1}`, or let `notebinder serve` find one"
        )
        raise TakenPortError(int(port), hint)
