"""The image formats that are read, one row each, and what lies in vaults under their names instead."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from notebinder.images.model import UnreadableError


@dataclass(frozen=True, slots=True)
class ImageFormat:
    """What is to be known of a format."""

    suffixes: tuple[str, ...]
    """The first one is given to published files."""
    mime: str


IMAGE_FORMATS = MappingProxyType(
    {
        "AVIF": ImageFormat((".avif",), "image/avif"),
        "BMP": ImageFormat((".bmp",), "image/bmp"),
        "GIF": ImageFormat((".gif",), "image/gif"),
        "JPEG": ImageFormat((".jpg", ".jpeg", ".jfif"), "image/jpeg"),
        "PNG": ImageFormat((".png", ".apng"), "image/png"),
        "SVG": ImageFormat((".svg",), "image/svg+xml"),
        "WEBP": ImageFormat((".webp",), "image/webp"),
    }
)
"""What Obsidian shows as an image, under Pillow's names; a file is known by its content, not its suffix."""

PILLOW_FORMATS = tuple(name for name in IMAGE_FORMATS if name != "SVG")

IMAGE_SUFFIXES = frozenset(suffix for row in IMAGE_FORMATS.values() for suffix in row.suffixes)
"""Names that end so are images."""

DAMAGED = ("is damaged or cut short", "save it again")
_HEIC = ("is a HEIC photo, which browsers do not show", "export it as JPEG or PNG", "photo of a phone")
_TIFF = ("is a TIFF image, which browsers do not show", "export it as PNG", "foreign image")
_WEB_PAGE = ("is a web page, not an image", "download the image itself", "no image")

# What a file that is no image begins with, from which byte on: what it is, the next step, what a page says.
_IMPOSTORS = (
    (
        0,
        b"version https://git-lfs",
        "is a pointer of Git LFS, not the image",
        "run `git lfs pull`",
        "pointer file",
    ),
    (4, b"ftyphei", *_HEIC),
    (4, b"ftypmif1", *_HEIC),
    (0, b"%PDF-", "is a PDF, not an image", "rename it to .pdf", "no image"),
    (0, b"II*\0", *_TIFF),
    (0, b"MM\0*", *_TIFF),
    (0, b"<!doctype html", *_WEB_PAGE),
    (0, b"<html", *_WEB_PAGE),
    (0, b"\x89PNG", *DAMAGED),
    (0, b"\xff\xd8\xff", *DAMAGED),
    (0, b"GIF8", *DAMAGED),
    (8, b"WEBP", *DAMAGED),
    (4, b"ftypavi", *DAMAGED),
)


def is_svg(data: bytes) -> bool:
    """Tell whether the bytes are an SVG drawing: text with an `svg` tag near its beginning."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") and b"<svg" in head


def not_an_image(data: bytes) -> UnreadableError:
    """Say as exactly as possible what the bytes are instead of an image."""
    if not data:
        return UnreadableError("is empty (0 bytes)", "save it again", "empty file")
    for offset, beginning, *said in _IMPOSTORS:
        if data[offset : offset + len(beginning)].lower() == beginning.lower():
            return UnreadableError(*said)
    if b"\0" not in data[:1024]:
        return UnreadableError("is text, not an image", "save the image again", "no image")
    return UnreadableError("is no image that browsers show", "export it as PNG", "foreign image")
