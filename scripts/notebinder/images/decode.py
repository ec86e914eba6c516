"""Decode the bytes of an image into pixels as they are meant to be seen. Never trusts them.

Sizes are checked from the header, before anything is decoded, so that no file can freeze the machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from threading import Lock

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from notebinder.base.limits import LIMITS
from notebinder.images.colour import is_srgb, to_srgb
from notebinder.images.formats import DAMAGED, PILLOW_FORMATS, not_an_image
from notebinder.images.model import UnreadableError

_ONE_AT_A_TIME = Lock()
"""Held while an image is decoded that takes hundreds of megabytes."""

HIDPI = 144
"""Dots per inch from which a screenshot was taken at twice the size at which it was seen."""

_PNG_TURN = re.compile(rb"eXIf|Raw profile type|XML:com\.adobe\.xmp")
"""What tells in a PNG that it is to be turned stands in one of these."""


@dataclass(frozen=True, slots=True)
class Header:
    """What an image says of itself before it is decoded."""

    format: str
    """A key of `FORMATS`."""
    width: int
    height: int
    frames: int
    is_hidpi: bool = False
    is_upright: bool = True
    """It is shown as it is stored; EXIF does not turn it."""
    is_srgb: bool = True
    """Its numbers mean the colours that browsers assume."""

    @property
    def is_scaled_down(self) -> bool:
        """Whether it has so many pixels that it is decoded at a smaller size."""
        return self.width * self.height > LIMITS.image_pixels


@contextmanager
def open_image(data: bytes) -> Iterator[tuple[Image.Image, Header]]:
    """Open the bytes of an image of bounded size, or raise `UnreadableError`, also for what fails inside."""
    try:
        with Image.open(BytesIO(data), formats=PILLOW_FORMATS) as image:
            header = _header(image, data)
            _check_size(header)
            yield image, header
    except UnreadableError:
        raise
    except UnidentifiedImageError as err:
        raise not_an_image(data) from err
    except Image.DecompressionBombError as err:
        raise _too_large("more than 178") from err
    except OSError as err:
        if err.errno is not None:  # the machine failed, not the file: nothing to be remembered of the file
            raise
        raise UnreadableError(*DAMAGED) from err
    except Exception as err:  # on damaged files Pillow's readers raise nearly anything
        raise UnreadableError(*DAMAGED) from err


def upright_srgb(image: Image.Image) -> Image.Image:
    """Return the current frame as RGB or RGBA, turned as its EXIF says, in sRGB, without any metadata."""
    if image.width * image.height <= LIMITS.image_pixels:
        return _upright_srgb(image)
    with _ONE_AT_A_TIME:
        return _upright_srgb(_scaled_down(image))


def _scaled_down(image: Image.Image) -> Image.Image:
    """Return an image in half its size, or less; a JPEG is decoded at no other."""
    pixels, factor = image.width * image.height, 2
    while pixels > LIMITS.image_pixels * factor**2:
        factor *= 2
    image.draft(None, (image.width // factor, image.height // factor))
    if image.width * image.height <= LIMITS.image_pixels:
        return image
    if image.mode in ("1", "P", "PA"):
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    if image.mode in ("L", "LA", "RGB", "RGBA", "CMYK", "YCbCr"):
        return image.reduce(factor)
    return image.resize((image.width // factor, image.height // factor), Image.Resampling.NEAREST)


def _upright_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    image.load()
    turned = image if _orientation(image) == 1 else ImageOps.exif_transpose(image)
    picture = to_srgb(turned, profile if isinstance(profile, bytes) else b"")
    picture.info = {}
    return picture


def _header(image: Image.Image, data: bytes) -> Header:
    format_ = "JPEG" if image.format == "MPO" else str(image.format)
    # A JPEG's further pictures (MPO) are the same scene for 3D screens or with another exposure.
    frames = 1 if format_ == "JPEG" else getattr(image, "n_frames", 1)
    profile = image.info.get("icc_profile")
    return Header(
        format_,
        image.width,
        image.height,
        frames,
        is_hidpi=_is_hidpi(image.info.get("dpi")),
        is_upright=not _may_be_turned(format_, data) or _orientation(image) == 1,
        is_srgb=image.mode != "CMYK" and (not profile or is_srgb(profile)),
    )


def _may_be_turned(format_: str, data: bytes) -> bool:
    """Tell what saves Pillow from decoding a whole PNG to look behind its picture for EXIF."""
    return format_ != "PNG" or bool(_PNG_TURN.search(data))


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # noqa: BLE001 - damaged EXIF raises nearly anything, and the picture is fine
        return 1


def _is_hidpi(dpi: object) -> bool:
    # PNG stores pixels per metre: 144 dpi comes back as 143.99.
    return isinstance(dpi, tuple) and bool(dpi) and round(float(dpi[0])) >= HIDPI


def _check_size(header: Header) -> None:
    pixels = header.width * header.height
    if header.is_scaled_down and header.frames > 1:
        raise _too_large(f"{header.width:,} x {header.height:,} = {pixels // 1_000_000:,}")


def _too_large(megapixels: str) -> UnreadableError:
    return UnreadableError(
        f"is too large to decode ({megapixels} megapixels)",
        f"save it with at most {LIMITS.image_pixels // 1_000_000} megapixels",
        code="image-too-large",
    )
