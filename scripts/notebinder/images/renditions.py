"""Make the renditions of one image: bytes in, published bytes out. Touches no file."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from PIL import Image

from notebinder.images.animation import encode_animation
from notebinder.images.colour import is_dark_on_nothing, mean_colour
from notebinder.images.decode import Header, open_image, upright_srgb
from notebinder.images.encode import TYPICAL, is_line_art, lossless_webp, scaled_guess, sharp_webp
from notebinder.images.formats import IMAGE_FORMATS, ImageFormat, is_svg
from notebinder.images.metadata import stripped_original
from notebinder.images.model import Rendition, SiteImage
from notebinder.images.night import kept_at_night
from notebinder.images.svg import clean_svg
from notebinder.images.twins import look_of

RECIPE = 5
"""To be raised by whoever changes what is made of an image, so that caches make it again."""

WIDTHS = (480, 720, 960, 1440)
"""A small phone, a page's column and a phone of two pixels a point, one of more, and the column on a HiDPI
screen; the image's own width comes on top."""

NEAR = 1.1
"""A width is skipped when the next is at most so much wider: it would save a reader nothing."""

WEBP_SIDE = 16383
"""WebP stores no longer side."""

_NAME_DIGITS = 20
FILE_NAME = re.compile(r"[0-9a-f]{20}(?:-\d+)?\.\w+$")
"""What `file_name` makes."""


@dataclass(frozen=True, slots=True)
class RenderedImage:
    """A published image with the bytes of its renditions."""

    image: SiteImage
    files: tuple[bytes, ...]
    """In the order of `image.renditions`."""


def render_image(data: bytes) -> RenderedImage:
    """Return everything that is published of an image, or raise `UnreadableError`."""
    if is_svg(data):
        return _drawing(data)
    with open_image(data) as (image, header):
        if header.frames > 1:
            return _animation(data, image, header)
        picture, stripped = upright_srgb(image), _stripped(data, header)
    return _still(picture, header, stripped)


def image_as_it_is(data: bytes, *, is_shown: bool = True) -> RenderedImage | None:
    """Return the image itself without metadata, or None where making its renditions is the only way.

    It takes no time, so an author who has just pasted it sees it at once. Nothing is taken out of one that
    nobody will see.
    """
    if is_svg(data):
        return None
    with warnings.catch_warnings(), open_image(data) as (_, header):
        warnings.simplefilter("ignore")
        stripped = _stripped(data, header)
        stripped = data if stripped is None and not is_shown else stripped
    if stripped is None:
        return None
    size = header.width, header.height
    rendition = _rendition(size, stripped, IMAGE_FORMATS[header.format])
    shown = _display_size(size, header)
    published = SiteImage((rendition,), *shown, "", header.format, animated=header.frames > 1)
    return RenderedImage(published, (stripped,))


def rendition_widths(width: int, height: int) -> tuple[int, ...]:
    """Return the widths in which an image of that size is published, narrowest first.

    >>> rendition_widths(1600, 900)
    (480, 720, 960, 1440, 1600)
    """
    own = max(1, int(width * min(1.0, WEBP_SIDE / width, WEBP_SIDE / height)))
    return (*(rung for rung in WIDTHS if rung * NEAR < own), own)


def file_name(data: bytes, ending: str) -> str:
    """Name published bytes by their hash, so that a name never means two contents."""
    return named_by_digest(sha256(data).hexdigest(), ending)


def named_by_digest(digest: str, ending: str) -> str:
    """Name a published file by the hash of its bytes."""
    return digest[:_NAME_DIGITS] + ending


def is_named_by_content(name: str, data: bytes) -> bool:
    """Tell whether these are the bytes that were given this name."""
    return is_named_by_digest(name, sha256(data).hexdigest())


def is_named_by_digest(name: str, digest: str) -> bool:
    """Tell whether bytes with this hash were given this name."""
    return name == named_by_digest(digest, name[_NAME_DIGITS:])


def _stripped(data: bytes, header: Header) -> bytes | None:
    """Return the file without its metadata, unless that would show it turned, or it has too many pixels."""
    return stripped_original(data, header) if header.is_upright and not header.is_scaled_down else None


def _still(picture: Image.Image, header: Header, stripped: bytes | None) -> RenderedImage:
    made = [(_rendition(size, data, IMAGE_FORMATS["WEBP"]), data) for size, data in _rungs(picture)][::-1]
    if stripped is not None and len(stripped) < len(made[0][1]):  # the author has saved it well
        made[0] = (_rendition(picture.size, stripped, IMAGE_FORMATS[header.format]), stripped)
    made = list(_lighter_than_wider(made))[::-1]
    published = SiteImage(
        tuple(rendition for rendition, _ in made),
        *_display_size(picture.size, header),
        colour=mean_colour(picture),
        format=header.format,
        kept_at_night=kept_at_night(picture),
        look=look_of(picture),
        is_dark_on_nothing=is_dark_on_nothing(picture),
    )
    return RenderedImage(published, tuple(data for _, data in made))


def _rungs(picture: Image.Image) -> Iterator[tuple[tuple[int, int], bytes]]:
    """Yield size and bytes of each WebP rendition, narrowest first: it costs least to be wrong there."""
    line_art = is_line_art(picture)
    narrower, quality = picture.width, TYPICAL
    for width in rendition_widths(*picture.size):
        rung = _scaled(picture, width)
        encoding = (
            lossless_webp(rung) if line_art else sharp_webp(rung, scaled_guess(quality, width / narrower))
        )
        narrower, quality = width, encoding.quality or quality
        yield rung.size, encoding.data


def _lighter_than_wider(made: Iterable[tuple[Rendition, bytes]]) -> Iterator[tuple[Rendition, bytes]]:
    """Leave out a rendition that is as heavy as a wider one: scaling blurs line art, which makes it grow."""
    lightest = None
    for rendition, data in made:
        if lightest is None or len(data) < lightest:
            lightest = len(data)
            yield rendition, data


def _animation(data: bytes, image: Image.Image, header: Header) -> RenderedImage:
    first = upright_srgb(image)
    format_, encoded = encode_animation(data, image, header)
    rendition = _rendition(image.size, encoded, IMAGE_FORMATS[format_])
    size = _display_size(image.size, header)
    published = SiteImage((rendition,), *size, mean_colour(first), header.format, animated=True)
    return RenderedImage(published, (encoded,))


def _drawing(data: bytes) -> RenderedImage:
    drawing = clean_svg(data)
    size = drawing.width, drawing.height
    rendition = Rendition(file_name(drawing.data, ".svg"), *size, IMAGE_FORMATS["SVG"].mime)
    published = SiteImage(
        (rendition,), *size, colour="", format="SVG", is_dark_on_nothing=True, removed=drawing.removed
    )
    return RenderedImage(published, (drawing.data,))


def _scaled(picture: Image.Image, width: int) -> Image.Image:
    if width == picture.width:
        return picture
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _rendition(size: tuple[int, int], data: bytes, format_: ImageFormat) -> Rendition:
    return Rendition(file_name(data, f"-{size[0]}{format_.suffixes[0]}"), *size, format_.mime)


def _display_size(size: tuple[int, int], header: Header) -> tuple[int, int]:
    return (max(1, round(size[0] / 2)), max(1, round(size[1] / 2))) if header.is_hidpi else size
