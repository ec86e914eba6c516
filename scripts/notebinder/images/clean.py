"""Take the metadata out of an image of any format, with the same pixels where the format allows."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from io import BytesIO
from types import MappingProxyType
from typing import Any

from PIL import Image

from notebinder.images.animation import encode_animation
from notebinder.images.decode import Header, open_image, upright_srgb
from notebinder.images.metadata import stripped_original

_BEST: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "AVIF": {"quality": 90},
        "BMP": {},
        "JPEG": {"quality": 95, "subsampling": 0},
        "PNG": {},
        "WEBP": {"lossless": True},
    }
)
"""How a format is encoded anew, when its metadata cannot be cut out or its colours must be converted."""


def clean_raster(data: bytes) -> tuple[str, bytes]:
    """Return the format of an image of pixels, a key of `FORMATS`, and its bytes without metadata."""
    with warnings.catch_warnings(), open_image(data) as (image, header):
        warnings.simplefilter("ignore")
        if stripped := stripped_original(data, header):
            return header.format, stripped
        if header.frames > 1 or header.format not in _BEST:
            return encode_animation(data, image, header)
        return header.format, _encoded_anew(image, header)


def _encoded_anew(image: Image.Image, header: Header) -> bytes:
    encoded = BytesIO()
    upright_srgb(image).save(encoded, header.format, **_BEST[header.format])
    return encoded.getvalue()
