"""Take the metadata out of image files without touching a pixel. Bytes in, bytes out.

Each format is cut into its pieces, and only pieces that a picture needs are kept: what is not known
goes. So do colour profiles, which name the screen that a picture was taken from, and whatever stands behind
the picture's end (thumbnails, a phone's video, what a crop was to remove). A file with a piece that is not
made as it must be is refused, though decoders forgive it: it may have swallowed what stood behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from types import MappingProxyType

from PIL import Image

from notebinder.images.decode import Header
from notebinder.images.gif_pieces import strip_gif
from notebinder.images.jpeg_pieces import strip_jpeg
from notebinder.images.model import UnreadableError
from notebinder.images.png_pieces import strip_png
from notebinder.images.webp_pieces import strip_webp, webp_shortened

STRIPPERS: MappingProxyType[str, Callable[[bytes], bytes]] = MappingProxyType(
    {"GIF": strip_gif, "JPEG": strip_jpeg, "PNG": strip_png, "WEBP": strip_webp}
)
"""By format; the others are encoded anew."""

_TAIL = 8
"""Bytes that the pixels of a photo never spare at their end."""


def stripped_original(data: bytes, header: Header) -> bytes | None:
    """Return an image without metadata and with the same pixels, or None where it would look different."""
    strip = STRIPPERS.get(header.format)
    if not strip or not header.is_srgb or not (header.is_upright or header.format == "JPEG"):
        return None
    try:
        stripped = strip(data)
    except UnreadableError:  # decoders forgive more than this module, which must not
        return None
    return None if _goes_on_behind_its_pixels(stripped, header) else stripped


def _goes_on_behind_its_pixels(stripped: bytes, header: Header) -> bool:
    """Tell whether a photo looks the same without the last bytes of its pixels, which are no pixels then."""
    if header.is_scaled_down:
        return False
    pairs: Iterator[tuple[bytes, bytes]] = iter(())
    if header.format == "JPEG":
        pairs = iter([(stripped, stripped[: -2 - _TAIL] + stripped[-2:])])
    elif header.format == "WEBP":
        pairs = webp_shortened(stripped, _TAIL)
    return any(_pixels(whole) == _pixels(shorter) for whole, shorter in pairs)


def _pixels(data: bytes) -> bytes | None:
    try:
        with Image.open(BytesIO(data), formats=["JPEG", "WEBP"]) as image:
            return image.tobytes()
    except Exception:  # noqa: BLE001 - on damaged files Pillow's readers raise nearly anything
        return None
