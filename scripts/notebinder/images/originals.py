"""Publish a file as it is, because a link asks for it; without metadata if it is an image."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any

from PIL import Image

from notebinder.images.animation import encode_animation
from notebinder.images.decode import Header, open_image, upright_srgb
from notebinder.images.files import write_atomically
from notebinder.images.formats import FORMATS, IMAGE_SUFFIXES, is_svg
from notebinder.images.metadata import stripped_original
from notebinder.images.model import PublishedFile, UnreadableError, UnreadableImage
from notebinder.images.renditions import file_name
from notebinder.images.svg import clean_svg

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


def publish_original(path: Path, output: Path) -> PublishedFile | UnreadableImage:
    """Write a file of the vault to the output folder, named by its content, an image without its metadata."""
    try:
        data, suffix, is_cleaned = path.read_bytes(), path.suffix.lower(), False
        if suffix in IMAGE_SUFFIXES:
            data, suffix, is_cleaned = *clean_original(data), True
    except OSError as err:
        return UnreadableImage("unreadable-image", f"cannot be read ({err.strerror or err})")
    except UnreadableError as err:
        return err.image
    name = file_name(data, suffix)
    if not (output / name).is_file():
        write_atomically(output / name, data)
    return PublishedFile(name, is_cleaned)


def clean_original(data: bytes) -> tuple[bytes, str]:
    """Return an image without metadata, pixel for pixel where its format allows, and its suffix."""
    if is_svg(data):
        return clean_svg(data).data, ".svg"
    with warnings.catch_warnings(), open_image(data) as (image, header):
        warnings.simplefilter("ignore")
        suffix = FORMATS[header.format].suffixes[0]
        if stripped := stripped_original(data, header):
            return stripped, suffix
        if header.frames > 1:
            format_, encoded = encode_animation(data, image, header)
            return encoded, FORMATS[format_].suffixes[0]
        return _encoded_anew(image, header), suffix


def _encoded_anew(image: Image.Image, header: Header) -> bytes:
    encoded = BytesIO()
    upright_srgb(image).save(encoded, header.format, **_BEST[header.format])
    return encoded.getvalue()
