"""Build single pages again with what MkDocs left behind: its files, navigation and template environment.

MkDocs' own `--dirty` forgets titles and empties the search index, as it reads only what has changed.
Here everything that was read stays; what a change does not touch is taken over as it is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from jinja2 import Environment
from mkdocs.commands.build import _build_extra_template, _build_page, _build_theme_template, _populate_page
from mkdocs.structure.files import File, Files, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page

from notebinder.base.file_state import FileState, find_state
from notebinder.site.live.built import BuiltSite, take_over
from notebinder.site.live.faces import faces_of
from notebinder.site.live.replacing import replace_files, withdraw
from notebinder.site.live.searching import SearchEntries
from notebinder.site.search_index import FOLDER

_FIRST_GUESS = 0.015
"""Seconds to build a page, before one has been built."""

Stop = Callable[[], bool]
"""Tells whether there is something more urgent to do."""


class LiveSite:
    """A built site that is kept up to date.

    What is built goes into the scratch folder first, and from there in one step each into the served one.
    """

    def __init__(self, built: BuiltSite, folder: Path, scratch: Path) -> None:
        assert built.environment is not None
        self.folder, self._scratch = folder, scratch
        self._config, self._environment = built.config, built.environment
        self._files, self._navigation, self._contents = built.files, built.navigation, built.contents
        self._theme_files: Files | None = None
        self._served = {file.dest_uri for file in built.files if _is_served(file)}
        self._index = SearchEntries(self._config, built.files, built.entries)
        self._names = self._author_files()
        self._copied = {file.dest_uri: _source(file, built.started) for file in built.files}
        """What each file was made from, as far as that can be told from what it is now."""
        self._withdrawn: set[str] = set()
        self._faces, self._faced = self._look()
        self._globals = _texts_of(self._environment)
        self._unread: set[str] = set()
        self._unbuilt: set[str] = set()
        self._pace = _FIRST_GUESS
        self.faults: dict[str, str] = {}
        """What went wrong with a page, by its path below `docs`."""
        self._config.site_dir = str(scratch)
        for file in built.files:
            file.dest_dir = str(scratch)
            vars(file).pop("abs_dest_path", None)

    @property
    def seconds_to_settle(self) -> float:
        """About how long it takes to build all pages."""
        return len(self._files.documentation_pages()) * self._pace

    def take(self, paths: Iterable[str]) -> None:
        """Take in which files below `docs` are new, different or gone."""
        for path in paths:
            file = self._files.get_file_from_path(path)
            if Path(self._config.docs_dir, path).is_file():
                with suppress(FileNotFoundError):  # it vanished; that is a change of its own
                    self._enter(path, file)
            elif file is not None and file.src_dir == self._config.docs_dir:
                self._leave(file)

    def rebuild(self, is_wanted: Callable[[str], bool], stop: Stop) -> frozenset[str]:
        """Build those pages that changed, with the navigation as it was; return which files differ now."""
        for uri in sorted(self._unread | self._unbuilt):
            file = self._files.src_uris[uri]
            if stop():
                break
            if is_wanted(file.url) and self._read(file):
                self._build(file, self._pages())
                if self._navigation is not self._faced:
                    self._faces.pop(uri, None)
        return self._replace()

    def settle(self, is_by_hand: Callable[[str], bool], stop: Stop) -> tuple[frozenset[str], bool]:
        """Make everything right: navigation, search and all that shows them; tell whether that is done."""
        self._find_files(is_by_hand)
        done = self._read_pages(stop) and self._build_pages(stop)
        if done:
            self._index.write(self._pages(), self._config)
            self._withdraw(_outdated(self._scratch, self.folder, FOLDER))
        return self._replace(), done and not self.faults

    def _enter(self, path: str, file: File | None) -> None:
        if file is None or file.src_dir != self._config.docs_dir:
            file = self._new_file(path)
        if not _is_served(file):
            return
        self._served.add(file.dest_uri)
        if file.is_documentation_page():
            self._unread.add(path)
        else:
            self._copy(file)

    def _leave(self, file: File) -> None:
        self._files.remove(file)
        self._unread.discard(file.src_uri)
        self._unbuilt.discard(file.src_uri)
        self.faults.pop(file.src_uri, None)
        self._faces.pop(file.src_uri, None)
        self._withdraw({file.dest_uri})

    def _new_file(self, path: str) -> File:
        file = File(path, self._config.docs_dir, str(self._scratch), self._config.use_directory_urls)
        set_exclusions([file], self._config)
        old = self._files.get_file_from_path(path)
        if old is not None:
            self._files.remove(old)
        if _is_served(file):
            self._files.append(file)
        return file

    def _find_files(self, is_by_hand: Callable[[str], bool]) -> None:
        """Have MkDocs find all files and arrange them; pages that did not change keep what they were."""
        old, config = self._files, self._config
        files = get_files(config)
        for file in self._files_of_theme():
            if files.get_file_from_path(file.src_uri) is None:
                files.append(file)
        files = config.plugins.on_files(files, config=config)
        set_exclusions(files, config)
        navigation = get_navigation(files, config)
        self._navigation = config.plugins.on_nav(navigation, config=config, files=files)
        self._files = files
        names, self._names = self._names, self._author_files()
        for file in self._pages():
            page = file.page or Page(None, file, config)
            before = old.get_file_from_path(file.src_uri)
            if before is None or before.page is None or before.page.content is None:
                self._unread.add(file.src_uri)
            elif names == self._names or not is_by_hand(file.src_uri):
                take_over(before.page, page, files)
            else:
                self._unread.add(file.src_uri)
        self._unread &= files.src_uris.keys()
        self._unbuilt &= files.src_uris.keys()
        self.faults = {uri: fault for uri, fault in self.faults.items() if uri in files.src_uris}

    def _files_of_theme(self) -> Files:
        """Other plugins take some of them away, so they are found anew, but once: there are thousands."""
        if self._theme_files is None:
            self._theme_files = Files([])
            self._theme_files.add_files_from_theme(self._environment, self._config)
        return self._theme_files

    def _read_pages(self, stop: Stop) -> bool:
        """Read what changed; find out which other pages show of it."""
        for uri in sorted(self._unread):
            if stop():
                return False
            self._read(self._files.src_uris[uri])
        before = self._faces
        self._faces, self._faced = self._look()
        self._unbuilt |= {uri for uri, face in self._faces.items() if face != before.get(uri)}
        return True

    def _look(self) -> tuple[dict[str, int], Navigation]:
        """Return what the pages show of all others, and the navigation for which that holds."""
        return dict(faces_of(self._pages(), self._navigation, self._config)), self._navigation

    def _build_pages(self, stop: Stop) -> bool:
        config, files, navigation = self._config, self._files, self._navigation
        self._environment = config.plugins.on_env(self._environment, config=config, files=files)
        set_exclusions(files, config)
        texts = _texts_of(self._environment)
        if texts != self._globals:
            self._unbuilt |= {file.src_uri for file in self._pages()}
            self._globals = texts
        self._copy_files()
        for template in config.theme.static_templates:
            _build_theme_template(template, self._environment, files, config, navigation)
        for template in config.extra_templates:
            _build_extra_template(template, files, config, navigation)
        pages = self._pages()
        for file in pages:
            if stop():
                return False
            if file.src_uri in self._unbuilt:
                self._build(file, pages)
        for file in pages:
            assert file.page is not None
            file.page.validate_anchor_links(files=files, log_level=config.validation.links.anchors)
        return not self._unbuilt

    def _read(self, file: File) -> bool:
        """Read a page and convert its Markdown; MkDocs itself tells the terminal of a fault."""
        uri = file.src_uri
        if uri not in self._unread:
            return True
        page = file.page or Page(None, file, self._config)
        try:
            _populate_page(page, self._config, self._files)
        except Exception as error:  # noqa: BLE001  # whatever a plugin raises must not end the server
            self.faults[uri] = f"{uri}: {error}"
            return False
        self.faults.pop(uri, None)
        self._unread.discard(uri)
        self._unbuilt.add(uri)
        return True

    def _build(self, file: File, pages: list[File]) -> None:
        """Write a page's HTML and collect what is to be found on it."""
        page, uri, started = file.page, file.src_uri, time.monotonic()
        assert page is not None
        page.content = self._contents[uri]
        try:
            with self._index.collecting(uri):
                _build_page(
                    page,
                    self._config,
                    pages,
                    self._navigation,
                    self._environment,
                    excluded=file.inclusion is InclusionLevel.DRAFT,
                )
        except Exception as error:  # noqa: BLE001  # a fault in a template, say
            self.faults[uri] = f"{uri}: {error}"
            return
        self.faults.pop(uri, None)
        self._unbuilt.discard(uri)
        self._pace += (time.monotonic() - started - self._pace) / 8

    def _pages(self) -> list[File]:
        return list(self._files.documentation_pages(inclusion=InclusionLevel.is_in_serve))

    def _copy_files(self) -> None:
        """Copy what is no page and has changed, and take away what the site does not have any more."""
        wanted = {file.dest_uri: file for file in self._files if _is_served(file)}
        self._withdraw(self._served - wanted.keys())
        self._served = set(wanted)
        for path, file in wanted.items():
            is_there = (self.folder / path).is_file()
            if file.is_documentation_page():
                self._unbuilt |= set() if is_there else {file.src_uri}
            elif not is_there or not self._is_copied(file):
                with suppress(FileNotFoundError):
                    self._copy(file)

    def _is_copied(self, file: File) -> bool:
        before = self._copied.get(file.dest_uri)
        return before is not None and before == _source(file)

    def _copy(self, file: File) -> None:
        source = _source(file)
        file.copy_file()
        self._copied[file.dest_uri] = source

    def _withdraw(self, paths: set[str]) -> None:
        self._served -= paths
        self._withdrawn |= withdraw(paths, self.folder)
        for path in paths:
            self._copied.pop(path, None)

    def _replace(self) -> frozenset[str]:
        """Show what was built; return all that differs on the site."""
        gone, self._withdrawn = self._withdrawn, set()
        return replace_files(self._scratch, self.folder) | gone

    def _author_files(self) -> set[str]:
        return {file.src_uri for file in self._files if file.src_dir == self._config.docs_dir}


def _is_served(file: File) -> bool:
    return bool(file.inclusion.value >= InclusionLevel.DRAFT.value)


def _texts_of(environment: Environment) -> dict[str, str]:
    """What plugins tell all templates, such as where the theme's styles are."""
    return {name: text for name, text in environment.globals.items() if isinstance(text, str)}


def _outdated(new: Path, old: Path, folder: str) -> set[str]:
    """The files of a folder that was written anew as a whole, and that are none of it any more."""
    files = {file.relative_to(old).as_posix() for file in (old / folder).rglob("*") if file.is_file()}
    return {path for path in files if not (new / path).is_file()}


def _source(file: File, moment: int | None = None) -> FileState | int | None:
    """What changes when a file's content does; None where it was not at rest at a moment."""
    if file.abs_src_path is None:
        return hash(file.content_bytes)
    state = find_state(file.abs_src_path)
    return state and state.at_rest(moment)
