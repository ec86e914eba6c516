"""Publish a file as it is, because a link asks for it; without metadata if it is an image."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import BinaryIO

from notebinder.base.files import copy_atomically, is_lfs_pointer, write_atomically
from notebinder.images.clean import clean_raster
from notebinder.images.formats import IMAGE_FORMATS, IMAGE_SUFFIXES, is_svg
from notebinder.images.model import SiteFile, UnreadableError, UnreadableImage, too_large
from notebinder.images.renditions import file_name, named_by_digest
from notebinder.images.svg import clean_svg

_RUN_BY_BROWSERS = frozenset(
    [
        *(".html", ".htm", ".xhtml", ".xht", ".shtml", ".xml", ".xsl", ".xslt", ".rdf", ".mht", ".mhtml"),
        *(
            ".js",
            ".mjs",
            ".cjs",
            ".css",
            ".wasm",
            ".svgz",
            ".swf",
            ".htc",
            ".hta",
            ".appcache",
            ".webmanifest",
            ".markdown",
            ".mdown",
            ".mkdn",
            ".mkd",
        ),
    ]
)
"""Files that a browser would run, or MkDocs would make pages of; they are published as text."""

_IMAGE = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n|GIF8[79]a|RIFF....WEBP|....ftypavi[fs]|BM.{4}\0{4}.{4}[\x0c-\x80]\0{3}",
    re.DOTALL,
)
"""How an image begins, whatever its name."""
_PHOTO = re.compile(rb"II[*+]\0|MM\0[*+]|....ftyp(?:hei[cfxms]|hev[cx]|mif1|msf1|crx )", re.DOTALL)
"""How TIFF, camera and HEIC photos begin, which say where and when they were taken."""
_HEAD = 64
"""Bytes at a file's beginning that tell whether it is a picture."""
_POINTER = UnreadableImage(
    "lfs-pointer", "is a pointer of Git LFS, not the file itself", "run `git lfs pull`"
)
_KEPT_BACK = UnreadableImage(
    "unreadable-image",
    "is a TIFF, camera or HEIC photo, whose metadata cannot be taken out, so it is not published",
    "export it as JPEG or PNG",
)


def copy_original(data: bytes, suffix: str, output: Path | None) -> SiteFile | UnreadableImage:
    """Write a file of the vault to the output folder, named by its content, an image without its metadata.

    Without a folder, only say what would become of it.
    """
    suffix, is_cleaned = suffix.lower(), False
    if is_lfs_pointer(data):
        return _POINTER
    if _PHOTO.match(data):
        return _KEPT_BACK
    if suffix in IMAGE_SUFFIXES or _IMAGE.match(data):
        try:
            data, suffix, is_cleaned = *clean_original(data), True
        except UnreadableError as err:
            return err.image
    name = file_name(data, _ending(suffix))
    if output and not (output / name).is_file():
        write_atomically(output / name, data)
    return SiteFile(name, is_cleaned)


def copy_large(file: BinaryIO, suffix: str, output: Path | None) -> SiteFile | UnreadableImage:
    """Do the same with an open file that is too large to be held; an image is not published then."""
    head = file.read(_HEAD)
    file.seek(0)
    if _PHOTO.match(head):
        return _KEPT_BACK
    if suffix.lower() in IMAGE_SUFFIXES or _IMAGE.match(head):
        return too_large(os.fstat(file.fileno()).st_size)
    ending = _ending(suffix.lower())
    if output is None:
        return SiteFile(f"large{ending}", False)
    return SiteFile(copy_atomically(file, output, lambda digest: named_by_digest(digest, ending)), False)


def _ending(suffix: str) -> str:
    return f"{suffix}.txt" if suffix in _RUN_BY_BROWSERS else suffix


def clean_original(data: bytes) -> tuple[bytes, str]:
    """Return an image without metadata, pixel for pixel where its format allows, and its suffix."""
    if is_svg(data):
        return clean_svg(data).data, ".svg"
    format_, cleaned = clean_raster(data)
    return cleaned, IMAGE_FORMATS[format_].suffixes[0]
