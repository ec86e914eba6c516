"""Read the text of images, and write it beside them: when a transcript may be written. Knows no reader."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from notebinder.base.files import write_if_changed
from notebinder.base.problems import Problem, SourceLocation
from notebinder.base.progress import Progress, ignore_progress
from notebinder.base.workers import spread
from notebinder.vault.model import Attachment, Transcript
from notebinder.vault.places import format_places, places_file
from notebinder.vault.transcripts import (
    format_transcript,
    has_transcript,
    load_transcript,
    transcript_file,
    transcript_path,
)

ReadImage = Callable[[Path], Transcript]
"""Reads the text of one image; raises OSError if the image cannot be opened."""


_READING = 3_000_000
"""Reading an image takes about as long as converting notes of so many characters."""


@dataclass(frozen=True, slots=True)
class Transcribed:
    """What became of the images that were to be transcribed."""

    written: tuple[str, ...]
    """The paths of the images that were read, relative to the vault."""
    problems: tuple[Problem, ...]


def hash_image(data: bytes) -> str:
    """Return a short name for the image's bytes."""
    return hashlib.sha256(data).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An image that is to be read."""

    image: Attachment
    image_hash: str
    only_places: bool


def transcribe_images(
    images: Iterable[Attachment],
    read: ReadImage,
    *,
    places: bool = False,
    progress: Progress = ignore_progress,
    jobs: int | None = None,
) -> Transcribed:
    """Read each image that is new or was replaced, and write its transcript and its words' places beside it.

    The newest are read first, and each is written as soon as it is read: whatever ends this loses no more
    than the images that were being read.

    Args:
        images: any files of a vault; those that can have no transcript are left alone.
        read: the reader; it can be pickled.
        places: read those, too, whose transcript has no places, and change no word of it.
        progress: is told how many of the images that are to be read have been.
        jobs: how many are read at a time; as many as there are cores without it.
    """
    wanted: list[_Wanted] = []
    problems: list[Problem] = []
    for image in sorted(images, key=_newest_first):
        found = _judge(image, places=places)
        if isinstance(found, Problem):
            problems.append(found)
        elif found:
            wanted.append(found)
    shut = {each.image.file.parent: each.image for each in wanted if not _is_open(each.image.file.parent)}
    problems += map(_unwritable, shut.values())
    wanted = [each for each in wanted if each.image.file.parent not in shut]
    faults = spread(partial(_read_and_write, read), wanted, _weight, progress=progress, jobs=jobs)
    written = tuple(each.image.path for each, fault in zip(wanted, faults, strict=True) if not fault)
    return Transcribed(written, (*problems, *filter(None, faults)))


def _judge(image: Attachment, *, places: bool) -> _Wanted | Problem | None:
    """Tell whether an image is to be read, and if something keeps it from that, what."""
    if not has_transcript(image.name):
        return None
    try:
        image_hash = hash_image(image.file.read_bytes())
    except OSError as error:
        return _unopened(image, error)
    if problem := _reason_to_keep(image, image_hash):
        return problem
    is_current = _is_current(image, image_hash)
    if is_current and not (places and _lacks_places(image, image_hash)):
        return None
    return _Wanted(image, image_hash, only_places=is_current)


def _read_and_write(read: ReadImage, wanted: _Wanted) -> Problem | None:
    try:
        _write(
            wanted.image,
            replace(read(wanted.image.file), image_hash=wanted.image_hash),
            only_places=wanted.only_places,
        )
    except OSError as error:
        return _unopened(wanted.image, error)
    return None


def _is_open(folder: Path) -> bool:
    return os.access(folder, os.W_OK)


def _unwritable(image: Attachment) -> Problem:
    """Told once of a folder, and before anything in it is read for nothing."""
    place = SourceLocation(image.path.rpartition("/")[0] or ".")
    message = "nothing can be written into this folder, so the text of its images is not read"
    return Problem(place, "untranscribed-image", message, "check its permissions")


def _unopened(image: Attachment, error: OSError) -> Problem:
    message = f"cannot be opened: {error.strerror or error}"
    return Problem(SourceLocation(image.path), "untranscribed-image", message)


def _weight(_image: object) -> int:
    return _READING


def _newest_first(image: Attachment) -> tuple[float, str]:
    try:
        return -image.file.stat().st_mtime, image.path
    except OSError:
        return 0.0, image.path


def _write(image: Attachment, read: Transcript, *, only_places: bool) -> None:
    """Write the places first: an image whose transcript is there counts as read."""
    if read.places:
        places = replace(read.places, image_hash=read.image_hash)
        write_if_changed(places_file(image.file), format_places(places).encode())
    if not only_places:
        write_if_changed(transcript_file(image.file), format_transcript(read).encode())


def _lacks_places(image: Attachment, image_hash: str) -> bool:
    """Whether the transcript of just this image stands there without the places of its words."""
    transcript = load_transcript(image.file)
    return bool(transcript and transcript.image_hash == image_hash and not places_file(image.file).exists())


def read_untranscribed(
    images: Iterable[Attachment], read: ReadImage, *, jobs: int | None = None
) -> dict[str, Transcript]:
    """Read each image that has no transcript, by its file name.

    Writes nothing; an image that cannot be opened stays unread.
    """
    new = [image for image in images if has_transcript(image.name) and load_transcript(image.file) is None]
    made = spread(partial(_read, read), new, _weight, jobs=jobs)
    return {image.name: transcript for image, transcript in zip(new, made, strict=True) if transcript}


def _read(read: ReadImage, image: Attachment) -> Transcript | None:
    with suppress(OSError):
        return read(image.file)
    return None


def check_transcripts(images: Iterable[Attachment]) -> Iterator[Problem]:
    """Report the images without a transcript, and files that stand in its place. Reads no image."""
    for image in images:
        if not has_transcript(image.name):
            continue
        if not transcript_file(image.file).exists():
            message, hint = "has no transcript", "run `notebinder transcribe`"
            yield Problem(SourceLocation(image.path), "missing-transcript", message, hint)
        elif load_transcript(image.file) is None:
            yield _unreadable(image)


def _is_current(image: Attachment, image_hash: str) -> bool:
    transcript = load_transcript(image.file)
    return transcript is not None and (transcript.corrected or transcript.image_hash == image_hash)


def _reason_to_keep(image: Attachment, image_hash: str) -> Problem | None:
    """The problem, if any, of a file that must not be overwritten."""
    if not transcript_file(image.file).exists():
        return None
    transcript = load_transcript(image.file)
    if transcript is None:
        return _unreadable(image)
    if transcript.corrected and transcript.image_hash != image_hash:
        place = SourceLocation(transcript_path(image.path))
        message, hint = "was made from an older image", "check or delete it"
        return Problem(place, "outdated-transcript", message, hint)
    return None


def _unreadable(image: Attachment) -> Problem:
    place = SourceLocation(transcript_path(image.path))
    hint = "rename it, or delete it to have the image read"
    return Problem(place, "unreadable-transcript", "does not begin as a transcript does", hint)
