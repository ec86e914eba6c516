"""The project that is being served: converts it, builds it, knows which of its files the author writes."""

from __future__ import annotations

import filecmp
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Protocol

from notebinder.base.settings import Settings, SettingsError
from notebinder.build.pipeline import Build
from notebinder.images.publish import Postpone
from notebinder.site.live.built import BuiltSite
from notebinder.site.live.rendering import LiveSite
from notebinder.site.live.watching import Watched
from notebinder.site.redirects import ADDRESSES


class Adapter(Protocol):
    """What MkDocs' plugin knows of a project."""

    settings: Settings
    built: BuiltSite
    """What the last build of all left behind."""
    site_folder: Path | None
    """Where the next build of all goes to, instead of where MkDocs wants it."""

    @property
    def conversion(self) -> Build | None:
        """What the last conversion made."""

    @property
    def errors(self) -> tuple[str, ...]:
        """What it found that makes the site wrong."""

    def convert_again(self, postpone: Postpone) -> None:
        """Convert the notes and write their pages; new images are shown as they are, and postponed."""


class ServedProject:
    """Owns the folders that a site is served from, and the site."""

    def __init__(
        self,
        adapter: Adapter,
        builder: Callable[[], None],
        folder: Path,
        tell_new: Callable[[Path], None],
        postpone: Postpone,
    ) -> None:
        self._adapter, self._builder, self.tell_new, self._postpone = adapter, builder, tell_new, postpone
        self._scratch = _temporary_folder()
        self._folder = folder
        self._outdated: Path | None = None
        """The folder before: a page may be on its way out of it."""
        self._own: tuple[frozenset[str], ...] = (frozenset(), frozenset())
        self._remember_own()
        self.site = LiveSite(adapter.built, folder, self._scratch)

    @property
    def folder(self) -> Path:
        """What is served."""
        return self._folder

    @property
    def docs(self) -> Path:
        """The folder that MkDocs reads."""
        return self._adapter.settings.docs

    @property
    def is_understood(self) -> bool:
        """Whether single pages may be built."""
        return self._adapter.built.is_understood

    def watched(self, asked: tuple[str, ...]) -> Watched:
        """Which files to look at; `asked` are those that MkDocs and its configuration want to be watched."""
        return watched_files(self._adapter.settings, asked)

    def is_ours(self, path: str) -> bool:
        """Whether notebinder wrote a file among those of the author."""
        return any(path in own for own in self._own)

    def is_by_hand(self, path: str) -> bool:
        """Whether the author wrote a page below `docs`."""
        settings = self._adapter.settings
        return path.removeprefix(settings.output_address) not in self._conversion.files

    @property
    def errors(self) -> tuple[str, ...]:
        """What the last conversion found that the author must mend."""
        return self._adapter.errors

    def convert(self) -> frozenset[str]:
        """Convert the notes again; return which files below `docs` that changed."""
        settings, before = self._adapter.settings, self._conversion
        if not settings.vault.is_dir():
            raise SettingsError([f"vault: {settings.vault} is no folder any more; the site waits for it"])
        self._adapter.convert_again(self._postpone)
        self._remember_own()
        after = self._conversion
        paths = after.changed_since(before) | (after.media ^ before.media)
        changed = frozenset(settings.output_address + path for path in paths)
        return changed | self._pages_with_private_names(before, after)

    def _pages_with_private_names(self, before: Build, after: Build) -> frozenset[str]:
        """A hand-written page names private notes or not, depending on what all others are called."""
        if not before.publication.names.keys and not after.publication.names.keys:
            return frozenset()
        pages = (file.src_uri for file in self._adapter.built.files.documentation_pages())
        return frozenset(filter(self.is_by_hand, pages))

    def build_all(self) -> frozenset[str]:
        """Build into a new folder and serve that; the old site stays until the new one is complete."""
        new = _temporary_folder()
        self._adapter.site_folder = new
        try:
            self._builder()
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
        if self._outdated:
            shutil.rmtree(self._outdated, ignore_errors=True)
        self._outdated, self._folder = self._folder, new
        self._remember_own()
        self.site = LiveSite(self._adapter.built, new, self._scratch)
        return frozenset(_differing(self._outdated, new))

    def close(self) -> None:
        """Remove the folders."""
        for folder in filter(None, (self._scratch, self._folder, self._outdated)):
            shutil.rmtree(folder, ignore_errors=True)

    @property
    def _conversion(self) -> Build:
        assert self._adapter.conversion is not None
        return self._adapter.conversion

    def _remember_own(self) -> None:
        """Those of the conversion before count too: a look may have seen them vanish just now."""
        settings, built = self._adapter.settings, self._conversion
        own = frozenset(str(settings.output / path) for path in (*built.files, *built.media))
        self._own = (self._own[-1], own)


def watched_files(settings: Settings, asked: Iterable[str]) -> Watched:
    """Return which files to look at: the author's, and those that MkDocs asks for."""
    folders = [settings.docs, *settings.notes, *settings.attachments]
    files = [settings.vault / ".obsidian/app.json", settings.root / ADDRESSES]
    own = {settings.output} - {settings.docs}
    configuration = [path for path in asked if not any(Path(path).is_relative_to(it) for it in folders)]
    return Watched(
        tuple(sorted({str(path) for path in (*folders, *files)})),
        frozenset(str(path) for path in (*settings.ignored, *own)),
        tuple(sorted(configuration)),
    )


def _differing(old: Path, new: Path) -> Iterator[str]:
    files = {
        file.relative_to(folder) for folder in (old, new) for file in folder.rglob("*") if file.is_file()
    }
    for path in files:
        is_in_both = (old / path).is_file() and (new / path).is_file()
        if not is_in_both or not filecmp.cmp(old / path, new / path, shallow=False):
            yield path.as_posix()


def _temporary_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="mkdocs_"))
