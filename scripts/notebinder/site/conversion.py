"""The notes of a project as pages in `docs`: settings checked, notes converted, pages written."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace as replace_settings
from datetime import date
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from notebinder.base.files import links_below, only_build
from notebinder.base.problems import Level, NotebinderError, Problem, SourceLocation
from notebinder.base.progress import progress_bar
from notebinder.base.settings import Options, Settings, resolve_settings
from notebinder.build.build_cache import convert
from notebinder.build.last_good import MISREAD
from notebinder.build.output import write_tree
from notebinder.build.pipeline import Build
from notebinder.images.rendering import Postpone
from notebinder.pages.dates import Dates, note_dates
from notebinder.public.credentials.allowing import MASK
from notebinder.public.credentials.masking import (
    CREDENTIAL,
    CredentialsError,
    check_hand_written,
)
from notebinder.site.address_list import check_addresses, redirects_of


class ProjectError(NotebinderError):
    """A project that cannot be read."""


class Conversion:
    """The last conversion of a project, from which the next one starts.

    The events of MkDocs and the live server look at it; nothing of it changes but in `run`.
    """

    built: Build
    notes: Mapping[str, str]
    """The note behind each generated page, by the page's path below `docs`."""
    redirects: Mapping[str, bytes]
    """The files at addresses that lead on, by their path on the site."""
    errors: tuple[str, ...]
    """What it found that makes the site wrong, or keeps it from showing what was written."""

    def __init__(self) -> None:
        self._previous: Build | None = None
        self._changed: frozenset[str] | None = None
        """Files that have changed since, as far as that is known."""
        self._later: tuple[Problem, ...] = ()
        """What was found when the pages of the last conversion had been built."""

    @property
    def settings(self) -> Settings:
        """What it was made with."""
        return self.built.settings

    def run(
        self,
        settings: Settings,
        postpone: Postpone | None = None,
        *,
        is_served: bool = False,
        changed: frozenset[str] | None = None,
    ) -> None:
        """Convert the notes and write their pages; a site that is only served shows credentials masked.

        With `changed`, no other file of the author's has changed since the last time.
        """
        self._changed = None if changed is None or self._changed is None else self._changed | changed
        known = (self._previous, postpone, self._changed)
        try:
            built = convert_project(settings, *known)
        except CredentialsError:
            if not is_served:
                raise
            built = convert_project(replace_settings(settings, credentials=MASK), *known)
        self._previous, self._changed = built, frozenset()
        self.built = built.with_problems(self._later) if self._later else built
        self.notes = {
            settings.output_address + page.path: layout.note.path
            for layout in built.layouts
            for page in layout.pages
        }
        self.redirects = redirects_of(built.layouts, settings)
        self.errors = tuple(str(problem) for problem in built.problems if _is_shown(problem))

    def updated_on(self, path: str) -> date | None:
        """Return the day of a note's last change, where that is known."""
        history = self.built.cache.history
        known = history.dates.get(path, Dates()) if history else Dates()
        dates = note_dates(self.built.vault.notes[path], known)
        return dates.updated or dates.created

    def add(self, found: Iterable[Problem]) -> None:
        """Take in what was found when the pages had been built, in place of what was found the last time."""
        assert self._previous is not None
        self._later = tuple(found)
        self.built = self._previous.with_problems(self._later)


def _is_shown(problem: Problem) -> bool:
    return problem.level is Level.ERROR or problem.code in {*MISREAD, CREDENTIAL}


def convert_project(
    settings: Settings,
    previous: Build | None = None,
    postpone: Postpone | None = None,
    changed: frozenset[str] | None = None,
) -> Build:
    """Convert the notes and write their pages, while nobody else does."""
    with only_build(settings.output, settings.locks):
        built = convert(settings, step=progress_bar, previous=previous, postpone=postpone, changed=changed)
        return write_pages(built)


def write_pages(built: Build) -> Build:
    """Write the pages of a build; return it with what was found meanwhile."""
    settings = built.settings
    _check_private_links(built.public.private, settings)
    by_hand = check_hand_written(settings)
    written = write_tree(settings.output, built.files, kept=built.media, digests=built.digests)
    in_the_way = _from_root(written.problems, settings)
    misplaced = check_addresses(built.layouts, settings, built.public.private)
    return built.with_problems([*by_hand, *in_the_way, *misplaced])


def settings_of(options: Options, config: Mapping[str, Any]) -> Settings:
    """Return the settings from the plugin's options and the MkDocs configuration around them."""
    settings = resolve_settings(
        options,
        root=Path(config["config_file_path"]).parent,
        docs=Path(config["docs_dir"]),
        site=Path(config["site_dir"]),
        language=str(config["theme"].get("language") or "en"),
    )
    _check_links(settings)
    return settings


def _check_links(settings: Settings) -> None:
    """Stop at a link in `docs` that leads out of the project and the vault: MkDocs follows every link."""
    for link in links_below(settings.docs) if settings.docs.is_dir() else ():
        target = Path(os.path.realpath(link))
        homes = [home for home in (settings.root, settings.vault) if target.is_relative_to(home)]
        is_hidden = any(part.startswith(".") for home in homes for part in target.relative_to(home).parts)
        if not homes or is_hidden or link.is_relative_to(target):
            raise ProjectError(f"{link}: leads to {target}, which is no file of this project; remove it")
        if target.is_dir() and _holds_notes(target, settings):
            why = "which holds notes of the vault, and MkDocs would publish all, private or not"
            raise ProjectError(f"{link}: leads to {target}, {why}; remove it")


def _holds_notes(folder: Path, settings: Settings) -> bool:
    notes = (file for file in folder.rglob("*.md") if not file.is_relative_to(settings.docs))
    return any(note.is_relative_to(place) for note in notes for place in settings.notes)


def _check_private_links(private: Container[str], settings: Settings) -> None:
    """Stop at a link in `docs` to a private file: MkDocs would publish what it leads to."""
    for link in links_below(settings.docs) if settings.docs.is_dir() else ():
        target = Path(os.path.realpath(link))
        if target.is_relative_to(settings.vault) and target.relative_to(settings.vault).as_posix() in private:
            raise ProjectError(f"{link}: leads to {target}, which is private; remove it")


def _from_root(problems: Iterable[Problem], settings: Settings) -> Iterator[Problem]:
    """Name generated files as the author knows them, from the project's folder."""
    for problem in problems:
        file = settings.output / problem.location.path
        path = file.relative_to(settings.root).as_posix() if file.is_relative_to(settings.root) else str(file)
        yield replace(problem, location=SourceLocation(path, problem.location.line))
