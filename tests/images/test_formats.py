"""What lies in vaults under the names of images, and is none: each is called by what it is."""

import pytest

from notebinder.base.words import Words
from notebinder.images.formats import IMAGE_FORMATS, not_an_image

DAMAGED = "is damaged or cut short"
HEIC = "is a HEIC photo, which browsers do not show"
TIFF = "is a TIFF image, which browsers do not show"
PAGE = "is a web page, not an image"


@pytest.mark.parametrize(
    ("data", "message", "hint"),
    [
        (b"", "is empty (0 bytes)", "save it again"),
        (b"version https://git-lfs", "is a pointer of Git LFS, not the image", "run `git lfs pull`"),
        (b"....ftypheic\0", HEIC, "export it as JPEG or PNG"),
        (b"....ftypheix\0", HEIC, "export it as JPEG or PNG"),
        (b"....ftypmif1\0", HEIC, "export it as JPEG or PNG"),
        (b"%PDF-1.7\n", "is a PDF, not an image", "rename it to .pdf"),
        (b"II*\0\x08", TIFF, "export it as PNG"),
        (b"MM\0*\x08", TIFF, "export it as PNG"),
        (b"<!DOCTYPE html><p>404", PAGE, "download the image itself"),
        (b"<HTML><p>404", PAGE, "download the image itself"),
        (b"\x89PNG\r\n", DAMAGED, "save it again"),
        (b"\xff\xd8\xff\xe0", DAMAGED, "save it again"),
        (b"GIF87a", DAMAGED, "save it again"),
        (b"GIF89a", DAMAGED, "save it again"),
        (b"RIFF....WEBPVP8", DAMAGED, "save it again"),
        (b"....ftypavif", DAMAGED, "save it again"),
        (b"....ftypavis", DAMAGED, "save it again"),
        (b"a word of ftypheic or %PDF- within", "is text, not an image", "save the image again"),
        (b"\0\1\2", "is no image that browsers show", "export it as PNG"),
    ],
)
def test_what_is_no_image_is_called_by_its_name(data: bytes, message: str, hint: str) -> None:
    found = not_an_image(data).image
    assert (found.message, found.hint) == (message, hint)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"version https://git-lfs", "Git LFS"),
        (b"....ftypheic\0", "HEIC"),
        (b"II*\0\x08", "kind of image"),
        (b"<html>", "no image"),
        (b"\x89PNG\r\n", "damaged"),
    ],
)
def test_a_page_says_what_is_wrong_with_a_file(data: bytes, said: str) -> None:
    assert said in not_an_image(data).image.reason(Words())


def test_the_formats_are_those_that_obsidian_shows() -> None:
    """Each with the suffix that published files have, and the type that hosts send."""
    assert {(name, row.suffixes, row.mime) for name, row in IMAGE_FORMATS.items()} == {
        ("AVIF", (".avif",), "image/avif"),
        ("BMP", (".bmp",), "image/bmp"),
        ("GIF", (".gif",), "image/gif"),
        ("JPEG", (".jpg", ".jpeg", ".jfif"), "image/jpeg"),
        ("PNG", (".png", ".apng"), "image/png"),
        ("SVG", (".svg",), "image/svg+xml"),
        ("WEBP", (".webp",), "image/webp"),
    }
