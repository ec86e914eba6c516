"""The zoo of bad images: each gives a reason or a picture, none a crash or a frozen machine."""

import os
import time
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from notebinder.base.limits import Limits
from notebinder.images.model import SiteImage, UnreadableImage
from notebinder.images.problems import image_problems
from notebinder.images.rendering import render_images
from tests.support.pictures import SECRET, encoded, exif, opened, png_chunk, png_header, screenshot

PNG = encoded(screenshot(300, 200))
JPEG = encoded(screenshot(300, 200), "JPEG")


BAD_EXIF = b"Exif\0\0MM\0*" + bytes(9) + SECRET


def deep_greys() -> Image.Image:
    """All greys of 8 bits, in 16."""
    return Image.linear_gradient("L").convert("I").point(lambda grey: grey * 257).convert("I;16")


def zlib_bomb() -> bytes:
    """A PNG text that inflates to a gigabyte."""
    packer = zlib.compressobj(9)
    text = b"".join(packer.compress(bytes(10_000_000)) for _ in range(100)) + packer.flush()
    return PNG[:33] + png_chunk(b"zTXt", b"Comment\0\0" + text) + PNG[33:]


UNREADABLE = {
    "empty.png": (b"", "unreadable-image", "is empty (0 bytes)"),
    "truncated.png": (PNG[: len(PNG) // 2], "unreadable-image", "is damaged or cut short"),
    "truncated.jpg": (JPEG[: len(JPEG) // 2], "unreadable-image", "is damaged or cut short"),
    "header only.png": (PNG[:33], "unreadable-image", "is damaged or cut short"),
    "text.png": (b"Just some words.\n", "unreadable-image", "is text, not an image"),
    "page.png": (b"<!DOCTYPE html><p>404", "unreadable-image", "is a web page, not an image"),
    "pointer.png": (
        b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
        "unreadable-image",
        "is a pointer of Git LFS, not the image",
    ),
    "phone.heic.jpg": (
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
        "unreadable-image",
        "is a HEIC photo, which browsers do not show",
    ),
    "noise.png": (bytes(range(256)) * 9, "unreadable-image", "is no image that browsers show"),
    "huge.png": (
        png_header(60_000, 60_000) + png_chunk(b"IDAT", zlib.compress(bytes(1000))) + png_chunk(b"IEND", b""),
        "image-too-large",
        "is too large to decode (more than 178 megapixels)",
    ),
    "bomb.png": (zlib_bomb(), "unreadable-image", "is damaged or cut short"),
}

WELL = {
    "cmyk.jpg": (encoded(screenshot(300, 200).convert("CMYK"), "JPEG"), "RGB", (300, 200)),
    "deep.png": (encoded(deep_greys()), "RGB", (256, 256)),
    "palette.png": (encoded(screenshot(300, 200).quantize(9), transparency=0), "RGBA", (300, 200)),
    "bitmap.png": (encoded(screenshot(300, 200).convert("1")), "RGB", (300, 200)),
    "grey.png": (encoded(screenshot(300, 200).convert("LA")), "RGB", (300, 200)),
    "rotated.jpg": (encoded(screenshot(300, 200), "JPEG", exif=exif(6)), "RGB", (200, 300)),
    "bad exif.jpg": (encoded(screenshot(300, 200), "JPEG", exif=BAD_EXIF), "RGB", (300, 200)),
    "wrong suffix.png": (JPEG, "RGB", (300, 200)),
    "photo.avif": (encoded(screenshot(300, 200), "AVIF"), "RGB", (300, 200)),
    "paint.bmp": (encoded(screenshot(300, 200), "BMP"), "RGB", (300, 200)),
    "dot.png": (encoded(Image.new("RGB", (1, 1))), "RGB", (1, 1)),
    "thread.png": (encoded(Image.new("RGB", (20_000, 1), "red")), "RGB", (16383, 1)),
}  # fmt: skip

Images = Mapping[str, SiteImage | UnreadableImage]
Publish = Callable[..., Images]


@pytest.fixture
def publish(tmp_path: Path) -> Publish:
    """Publish files that are written from a mapping of names to bytes."""

    def publish(contents: Mapping[str, bytes], **options: Any) -> Images:
        files = {name: tmp_path / "vault" / name for name in contents}
        (tmp_path / "vault").mkdir(exist_ok=True)
        for name, file in files.items():
            file.write_bytes(contents[name])
        return render_images(files, output=tmp_path / "media", cache=tmp_path / "cache", **options)

    return publish


@pytest.mark.parametrize("name", UNREADABLE)
def test_an_unreadable_image_gives_its_reason(publish: Publish, name: str) -> None:
    data, code, message = UNREADABLE[name]
    image = publish({name: data})[name]
    assert isinstance(image, UnreadableImage)
    assert (image.code, image.message) == (code, message)
    assert [problem.code for problem in image_problems({name: image})] == [code]


@pytest.mark.parametrize("name", WELL)
def test_an_unusual_image_is_shown(publish: Publish, tmp_path: Path, name: str) -> None:
    data, mode, size = WELL[name]
    image = publish({name: data})[name]
    assert isinstance(image, SiteImage), image
    seen = opened((tmp_path / "media" / image.best.name).read_bytes())
    assert (seen.convert(mode).mode, seen.size) == (mode, size)
    assert seen.has_transparency_data == (mode == "RGBA")


@pytest.mark.parametrize("name", ["rotated.jpg", "palette.png", "bitmap.png", "deep.png", "photo.avif"])
def test_an_image_of_many_pixels_is_scaled_down(
    publish: Publish, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notebinder.images.decode.LIMITS", Limits(image_pixels=50_000))
    data, _, (width, height) = WELL[name]
    image = publish({name: data})[name]
    assert isinstance(image, SiteImage), image
    assert (image.width, image.height) == (width // 2, height // 2)


def test_what_is_drawn_dark_on_nothing_is_known(publish: Publish) -> None:
    """In the dark it needs a light ground, and what is drawn light on nothing needs none."""
    inks = {"dark.png": (20, 20, 40, 255), "light.png": (240, 240, 250, 255)}
    pictures = {name: Image.new("RGBA", (90, 60)) for name in inks}
    for name, picture in pictures.items():
        picture.paste(inks[name], (20, 20, 40, 30))
    images = publish({name: encoded(picture) for name, picture in pictures.items()} | {"grey.png": PNG})
    known = {n: i.is_dark_on_nothing for n, i in images.items() if isinstance(i, SiteImage)}
    assert known == {"dark.png": True, "light.png": False, "grey.png": False}
    turned = {n for n, i in images.items() if isinstance(i, SiteImage) and i.kept_at_night is not None}
    assert not turned & inks.keys()


def test_sixteen_bits_keep_their_greys(publish: Publish, tmp_path: Path) -> None:
    image = publish({"deep.png": WELL["deep.png"][0]})["deep.png"]
    assert isinstance(image, SiteImage)
    seen = opened((tmp_path / "media" / image.best.name).read_bytes()).convert("L")
    assert [seen.getpixel((9, row)) for row in (0, 100, 200, 255)] == pytest.approx([0, 100, 200, 255], abs=3)


def test_the_whole_zoo_passes_in_one_build_and_in_little_time(publish: Publish) -> None:
    """On any machine: to refuse them all takes less than to show the others, bombs and all."""
    began = time.process_time()
    publish({name: row[0] for name, row in UNREADABLE.items()}, jobs=2)
    refused = time.process_time()
    images = publish({name: row[0] for name, row in (UNREADABLE | WELL).items()}, jobs=2)
    assert {name for name, image in images.items() if isinstance(image, UnreadableImage)} == set(UNREADABLE)
    assert refused - began < time.process_time() - refused


def test_a_wrong_suffix_is_told_and_shown(publish: Publish) -> None:
    problems = image_problems(publish({"wrong suffix.png": JPEG}))
    assert list(map(str, problems)) == [
        "wrong suffix.png: info[image-suffix] the image is JPEG, though its name ends in .png; "
        "rename it to .jpg"
    ]


def test_a_missing_file_and_a_folder_are_unreadable(tmp_path: Path) -> None:
    files = {"gone.png": tmp_path / "gone.png", "folder.png": tmp_path}
    images = render_images(files, output=tmp_path / "media", cache=tmp_path / "cache")
    codes = {name: image.code for name, image in images.items() if isinstance(image, UnreadableImage)}
    assert codes == dict.fromkeys(files, "unreadable-image")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    images = render_images({"p": tmp_path / "pipe.png"}, output=tmp_path / "media", cache=tmp_path / "cache")
    assert isinstance(images["p"], UnreadableImage)
    assert images["p"].code == "unreadable-image"
