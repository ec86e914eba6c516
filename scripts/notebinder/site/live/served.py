"""The project that is being served: converts it, builds it, knows which of its files the author writes."""

from __future__ import annotations

import filecmp
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from notebinder.base.settings import Settings, SettingsError
from notebinder.build.pipeline import Build
from notebinder.images.rendering import Postpone
from notebinder.site.conversion import Conversion
from notebinder.site.live.built import BuildCollector
from notebinder.site.live.rendering import LiveSite
from notebinder.site.live.watching import Watched
from notebinder.site.problem_log import ProblemLog
from notebinder.site.redirects import ADDRESSES


class ServedProject:
    """Owns the folders that a site is served from, and the site."""

    def __init__(
        self,
        conversion: Conversion,
        collector: BuildCollector,
        problem_log: ProblemLog,
        builder: Callable[[], None],
        *,
        tell_new: Callable[[Path], None],
        postpone: Postpone,
    ) -> None:
        """Begin with what MkDocs has just built.

        Args:
            conversion: makes the pages.
            collector: has what MkDocs made of them.
            problem_log: tells what each conversion finds.
            builder: has MkDocs build everything.
            tell_new: hears of each new file of the author's.
            postpone: takes the images whose renditions are to be made later.
        """
        self._conversion, self._collector, self._log = conversion, collector, problem_log
        self._builder, self.tell_new, self._postpone = builder, tell_new, postpone
        self._scratch = _temporary_folder()
        self._folder = Path(collector.built.config.site_dir)
        self._outdated: Path | None = None
        """The folder before: a page may be on its way out of it."""
        self._own: tuple[frozenset[str], ...] = (frozenset(), frozenset())
        self._remember_own()
        self.site = LiveSite(collector.built, self._folder, self._scratch)

    @property
    def folder(self) -> Path:
        """What is served."""
        return self._folder

    @property
    def docs(self) -> Path:
        """The folder that MkDocs reads."""
        return self._conversion.settings.docs

    @property
    def is_understood(self) -> bool:
        """Whether single pages may be built."""
        return self._collector.built.is_understood

    def watched(self, asked: tuple[str, ...]) -> Watched:
        """Which files to look at; `asked` are those that MkDocs and its configuration want to be watched."""
        return watched_files(self._conversion.settings, asked)

    def is_ours(self, path: str) -> bool:
        """Whether notebinder wrote a file among those of the author."""
        return any(path in own for own in self._own)

    def is_by_hand(self, path: str) -> bool:
        """Whether the author wrote a page below `docs`."""
        output = self._conversion.settings.output_address
        is_among_ours = path.startswith(output) and path[len(output) :] in self._conversion.built.files
        return not is_among_ours

    @property
    def errors(self) -> tuple[str, ...]:
        """What the last conversion found that the author must mend."""
        return self._conversion.errors

    def convert(self, changes: frozenset[str] | None = None) -> frozenset[str]:
        """Convert the notes again after some files have changed; return which below `docs` that changes."""
        settings, before = self._conversion.settings, self._conversion.built
        if not settings.vault.is_dir():
            raise SettingsError([f"vault: {settings.vault} is no folder any more; the site waits for it"])
        self._conversion.run(settings, self._postpone, is_served=True, changed=changes)
        after = self._conversion.built
        self._log.tell(after)
        self._remember_own()
        paths = after.changed_since(before) | (after.media ^ before.media)
        changed = frozenset(settings.output_address + path for path in paths)
        return changed | self._pages_with_private_names(before, after)

    def _pages_with_private_names(self, before: Build, after: Build) -> frozenset[str]:
        """A hand-written page names private notes or not, depending on what all others are called."""
        if not before.public.names.keys and not after.public.names.keys:
            return frozenset()
        pages = (file.src_uri for file in self._collector.built.files.documentation_pages())
        return frozenset(filter(self.is_by_hand, pages))

    def build_all(self) -> frozenset[str]:
        """Build into a new folder and serve that; the old site stays until the new one is complete."""
        new = _temporary_folder()
        self._collector.folder = new
        try:
            self._builder()
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
        if self._outdated:
            shutil.rmtree(self._outdated, ignore_errors=True)
        self._outdated, self._folder = self._folder, new
        self._remember_own()
        self.site = LiveSite(self._collector.built, new, self._scratch)
        return frozenset(_differing(self._outdated, new))

    def close(self) -> None:
        """Remove the folders."""
        for folder in filter(None, (self._scratch, self._folder, self._outdated)):
            shutil.rmtree(folder, ignore_errors=True)

    def _remember_own(self) -> None:
        """Those of the conversion before count too: a look may have seen them vanish just now."""
        settings, built = self._conversion.settings, self._conversion.built
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
