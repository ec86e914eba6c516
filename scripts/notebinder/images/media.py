"""Publish what pages show and link: images as renditions, other files as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from notebinder.base.files import opened_plain, read_plain
from notebinder.base.limits import LIMITS
from notebinder.base.problems import Problem, SourceLocation
from notebinder.base.progress import Progress
from notebinder.base.settings import Settings
from notebinder.images.model import ImageResult, SiteFile, SiteImage, UnreadableImage
from notebinder.images.originals import copy_large, copy_original
from notebinder.images.problems import image_problems, unreadable_message
from notebinder.images.rendering import Postpone, render_images
from notebinder.public.credentials.masking import is_text
from notebinder.vault.file_cache import FileCache
from notebinder.vault.model import Attachment, Figure

MEDIA = "media/"
"""Where published images and other attachments lie, below the folder of generated pages."""


_HIDDEN = UnreadableImage("unreadable-image", "shows what looks like a credential, so it is not published")


@dataclass(frozen=True, slots=True)
class WithheldFile:
    """A file that must not be published."""

    problems: tuple[Problem, ...]
    """Why."""


Original = SiteFile | UnreadableImage | WithheldFile
"""What became of a file that was to be published as it is."""
Search = Callable[[str, bytes], tuple[bytes | None, tuple[Problem, ...]]]
"""Says what of a file may be published, if anything, given its path in the vault and its bytes; and why."""


@dataclass
class Originals:
    """Publishes files as they are; a file that has not changed since is not read again."""

    folder: Path | None
    """Where published files go; None where none is."""
    cache: FileCache
    search: Search

    def copy(self, attachment: Attachment) -> Original:
        """Publish a file for a link or a player that asks for it."""
        if attachment.text is not None:
            done = self._whole(attachment, attachment.text.encode())
            return replace(done, is_cleaned=True) if isinstance(done, SiteFile) else done
        try:
            if attachment.file.stat().st_size > LIMITS.whole_bytes:
                make = partial(self._large, attachment)
                done = self.cache.recall_by_state("large", attachment.path, attachment.file, make)
                return make() if self._is_lost(done) else done
            make_of = partial(self._whole, attachment)
            done = self.cache.recall("original", attachment.path, attachment.file, make_of)
            return make_of(read_plain(attachment.file, self.cache.root)) if self._is_lost(done) else done
        except OSError as error:
            return UnreadableImage("unreadable-image", f"cannot be read ({error.strerror or error})")

    def _whole(self, attachment: Attachment, data: bytes) -> Original:
        public, problems = self.search(attachment.path, data)
        if public is None:
            return WithheldFile(problems)
        done = copy_original(public, attachment.file.suffix, self.folder)
        return replace(done, problems=problems) if isinstance(done, SiteFile) else done

    def _large(self, attachment: Attachment) -> Original:
        with opened_plain(attachment.file, self.cache.root) as stream:
            if is_text(stream):
                return _unsearched(attachment)
            stream.seek(0)
            return copy_large(stream, attachment.file.suffix, self.folder)

    def _is_lost(self, done: Original) -> bool:
        return (
            self.folder is not None and isinstance(done, SiteFile) and not (self.folder / done.name).is_file()
        )


def _unsearched(attachment: Attachment) -> WithheldFile:
    most = LIMITS.whole_bytes // 1_000_000
    message = (
        f"is a text of more than {most} MB, which is not searched for credentials, so it is not published"
    )
    return WithheldFile((Problem(SourceLocation(attachment.path), "too-large", message, "cut it in pieces"),))


@dataclass(frozen=True, slots=True)
class Media:
    """The files that a build publishes in the folder `media/` beside its pages."""

    originals: Mapping[str, Original]
    """Files that links and players ask for, by their path in the vault."""
    images: Mapping[str, ImageResult]
    """By their path in the vault."""
    twins: Mapping[str, str] = field(default_factory=dict)
    """The first of the images that show the same, by the path of each."""
    is_served: bool = False
    """Whether their author looks at the site, no reader."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with published files."""
        faults = (
            Problem(SourceLocation(path), original.code, unreadable_message(original), original.hint)
            for path, original in self.originals.items()
            if isinstance(original, UnreadableImage)
        )
        return (*image_problems(self.images), *faults, *file_problems(self.originals))

    @property
    def used(self) -> frozenset[str]:
        """The attachments that pages show or link, by their path in the vault."""
        return frozenset({*self.originals, *self.images})

    @property
    def files(self) -> frozenset[str]:
        """Everything that was published, by its path below the folder of generated pages."""
        return frozenset(f"{MEDIA}{name}" for name in self._names())

    def _names(self) -> Iterator[str]:
        for original in self.originals.values():
            if isinstance(original, SiteFile):
                yield original.name
        for image in self.images.values():
            if isinstance(image, SiteImage):
                yield from (rendition.name for rendition in image.renditions)


def file_problems(originals: Mapping[str, Original]) -> Iterator[Problem]:
    """Say why some of the files must not be published, or not as they are."""
    for original in originals.values():
        if not isinstance(original, UnreadableImage):
            yield from original.problems


def render_figures(
    figures: Iterable[Figure],
    settings: Settings,
    progress: Progress | None,
    postpone: Postpone | None = None,
    *,
    hidden: Iterable[Problem] = (),
) -> Mapping[str, ImageResult]:
    """Publish all images that pages embed; return what became of each by its path.

    Drawings with one of the `hidden` problems are not shown: what is written in them cannot be masked.
    """
    left_out = {problem.location.path: _HIDDEN for problem in hidden}
    files = {figure.attachment.path: figure.attachment.file for figure in figures if figure.attachment}
    folder = settings.output / MEDIA
    shown = {path: file for path, file in files.items() if path not in left_out}
    rendered = render_images(
        shown,
        output=folder,
        cache=settings.cache,
        root=settings.vault,
        progress=progress,
        postpone=postpone,
    )
    return {**rendered, **left_out}
