"""Publish the images of a vault: each content once, from the cache or, if it is new, on all cores.

Threads, not processes: Pillow works outside the interpreter's lock, so that two threads take half the time of
one, without a start-up per process, and in any host (MkDocs, a notebook) on any system.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from notebinder.base.file_state import state_of
from notebinder.base.files import read_plain, write_atomically
from notebinder.base.limits import LIMITS
from notebinder.base.progress import Progress
from notebinder.images.cache import ReadFile, RenditionCache, open_cache
from notebinder.images.model import ImageResult, SiteImage, UnreadableError, UnreadableImage, too_large
from notebinder.images.renditions import image_as_it_is, render_image


@dataclass(frozen=True, slots=True)
class Postpone:
    """Has renditions made later; until then images are published as they are."""

    put: Callable[[Path], None]
    """Is given each such image, and has `cache_renditions` called for it."""
    shown: dict[str, SiteImage] = field(default_factory=dict)
    """Those that were published so, by digest."""
    writes: bool = True
    """Whether anything is published at all; a check looks at images, and that is all."""


def render_images(  # noqa: PLR0913  # each is told by its name
    files: Mapping[str, Path],
    *,
    output: Path,
    cache: Path,
    root: Path | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
    postpone: Postpone | None = None,
) -> dict[str, ImageResult]:
    """Write the renditions of all files to the output folder; return what became of each, by the same keys.

    Args:
        files: the images by any key, usually their path in the vault.
        output: where published files go. Nothing in it is deleted.
        cache: a folder that may be kept from build to build and from machine to machine.
        root: the vault; what has come to lead out of it since it was found is not read.
        jobs: how many images are worked on at a time; all cores without it.
        progress: called in this thread whenever an image is done; never if none is new.
        postpone: with it new images are published as they are, and handed to it in the order of `files`.
    """
    renditions, writes = open_cache(cache), postpone is None or postpone.writes
    digests = {path: _digest(path.absolute(), renditions, root) for path in dict.fromkeys(files.values())}
    paths = {digest: path for path, digest in digests.items() if isinstance(digest, str)}
    try:
        new = {digest: path for digest, path in paths.items() if digest not in renditions.images}
        passing = dict(_show_as_they_are(new, output, postpone)) if postpone else {}
        failed = _render({d: path for d, path in new.items() if d not in passing}, renditions, jobs, progress)
        published = (*paths.keys() - failed.keys() - passing.keys(),)
        lost = set(_write(published if writes else (), renditions, output))
        failed |= _render({digest: paths[digest] for digest in lost}, renditions, jobs, progress)
        for name in _write(lost - failed.keys(), renditions, output):
            raise OSError(f"{renditions.folder} does not keep what is written to it ({name})")
    finally:
        renditions.save()

    def result(path: Path) -> ImageResult:
        digest = digests[path]
        if isinstance(digest, UnreadableImage):
            return digest
        return passing.get(digest) or failed.get(digest) or renditions.images[digest]

    return {key: result(path) for key, path in files.items()}


def cache_renditions(file: Path, cache: Path) -> bool:
    """Make the renditions of an image, so that the next `render_images` has them; may raise `OSError`.

    Tell whether that was needed.
    """
    renditions = open_cache(cache)
    digest = _digest(file.absolute(), renditions)
    if isinstance(digest, UnreadableImage) or digest in renditions.images:
        return False
    try:
        for failed in _render({digest: file}, renditions, 1, None).values():
            raise OSError(failed.message)
    finally:
        renditions.save()
    return True


def _show_as_they_are(
    paths: Mapping[str, Path], output: Path, postpone: Postpone
) -> Iterator[tuple[str, SiteImage]]:
    """Publish images without their renditions, where that can be done; yield what was published by digest."""
    for digest, path in paths.items():
        image = postpone.shown.get(digest)
        if image is None or not (output / image.best.name).is_file():
            image = _publish_as_it_is(path, digest, output if postpone.writes else None)
        if image:
            postpone.shown[digest] = image
            postpone.put(path)
            yield digest, image


def _publish_as_it_is(path: Path, digest: str, output: Path | None) -> SiteImage | None:
    try:
        data = path.read_bytes()
        rendered = (
            image_as_it_is(data, is_shown=output is not None) if sha256(data).hexdigest() == digest else None
        )
    except (OSError, UnreadableError):
        return None
    if not rendered:
        return None
    if output:
        write_atomically(output / rendered.image.best.name, rendered.files[0])
    return rendered.image


def _digest(path: Path, cache: RenditionCache, root: Path | None = None) -> str | UnreadableImage:
    """Return the digest of the file's content, reading it only if it has changed."""
    try:
        state = state_of(path.stat())
        if digest := cache.digest(path, state):
            return digest
        if state.size > LIMITS.whole_bytes:
            return too_large(state.size)
        believed = state.at_rest()
        read = ReadFile(sha256(read_plain(path, root)).hexdigest(), believed)
    except OSError as err:
        return _unreadable(err)
    cache.note_file(path, read)
    return read.digest


def _render(
    paths: Mapping[str, Path], cache: RenditionCache, jobs: int | None, progress: Progress | None
) -> dict[str, UnreadableImage]:
    """Make the renditions of files by digest; return those that could not be read this time."""
    failed: dict[str, UnreadableImage] = {}
    with _threads(jobs or os.cpu_count() or 1) as threads:
        work = {threads.submit(_render_file, path, digest, cache): digest for digest, path in paths.items()}
        for done, future in enumerate(as_completed(work), start=1):
            if error := future.result():
                failed[work[future]] = _unreadable(error)
            if progress:
                progress(done, len(work))
    return failed


def _render_file(path: Path, digest: str, cache: RenditionCache) -> OSError | None:
    """Make what is published of a file, and note it at once: who waits for it may be asked to end."""
    try:
        data = path.read_bytes()
        if sha256(data).hexdigest() != digest:
            return OSError("it changed while it was read")
        rendered = render_image(data)
    except OSError as err:
        return err
    except UnreadableError as err:
        cache.note_image(path, digest, err.image)
        return None
    cache.write_renditions(rendered)
    cache.note_image(path, digest, rendered.image)
    return None


def _write(digests: Iterable[str], cache: RenditionCache, output: Path) -> Iterator[str]:
    """Copy what the output folder lacks from the cache; yield the digests of what the cache lacks as well."""
    present = {file.name for file in output.iterdir()} if output.is_dir() else set()
    for digest in sorted(digests):
        image = cache.images[digest]
        if not isinstance(image, SiteImage):
            continue
        missing = [rendition.name for rendition in image.renditions if rendition.name not in present]
        files = {name: cache.read_rendition(name) for name in missing}
        if None in files.values():
            yield digest
        for name, data in files.items():
            if data is not None:
                write_atomically(output / name, data)


@contextmanager
def _threads(jobs: int) -> Iterator[ThreadPoolExecutor]:
    """Provide threads that stop at the first failure or Ctrl+C, and in which Pillow does not warn."""
    threads = ThreadPoolExecutor(jobs)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield threads
        finally:
            threads.shutdown(cancel_futures=True)


def _unreadable(err: OSError) -> UnreadableImage:
    return UnreadableImage("unreadable-image", f"cannot be read ({err.strerror or err})")
