"""Tell what an author should know of the vault's images."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from notebinder.base.problems import Problem, SourceLocation, sorted_problems
from notebinder.images.formats import IMAGE_FORMATS
from notebinder.images.model import ImageResult, SiteImage, UnreadableImage


def image_problems(images: Mapping[str, ImageResult]) -> tuple[Problem, ...]:
    """Return the problems of images by their paths in the vault."""
    return sorted_problems(
        problem for path, image in images.items() for problem in _problems(SourceLocation(path), image)
    )


def unreadable_message(image: UnreadableImage) -> str:
    """Say what is wrong with a file; a pointer may stand for one of any kind."""
    return image.message if image.code == "lfs-pointer" else f"the image {image.message}"


def _problems(place: SourceLocation, image: ImageResult) -> Iterator[Problem]:
    if isinstance(image, UnreadableImage):
        yield Problem(place, image.code, unreadable_message(image), image.hint)
        return
    yield from _suffix_problem(place, image)
    if image.removed:
        yield Problem(place, "cleaned-svg", f"published without its {', '.join(image.removed)}")


def _suffix_problem(place: SourceLocation, image: SiteImage) -> Iterator[Problem]:
    suffixes = IMAGE_FORMATS[image.format].suffixes
    suffix = PurePosixPath(place.path).suffix
    if suffix.lower() not in suffixes:
        message = f"the image is {image.format}, though its name ends in {suffix or 'no suffix'}"
        yield Problem(place, "image-suffix", message, f"rename it to {suffixes[0]}")
