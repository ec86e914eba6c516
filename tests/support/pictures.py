"""Pictures that tests make for themselves, and the bytes of files that hold them."""

from __future__ import annotations

import random
import struct
import zlib
from functools import cache
from io import BytesIO

from PIL import Image, ImageCms, ImageDraw

from notebinder.images.renditions import RenderedImage, render_image

SECRET = b"GPS 48.137N 11.575E by Ada on a Phone 12"
"""Stands in every metadata field that a test writes; must never be published."""


@cache
def screenshot(width: int = 1600, height: int = 900) -> Image.Image:
    """A slide of a video as people paste it: scaled by the player, text and a shape on a soft ground."""
    return _slide(width * 5 // 4, height * 5 // 4).resize((width, height), Image.Resampling.LANCZOS)


def _slide(width: int, height: int) -> Image.Image:
    words = random.Random(width * height)
    picture = _glow((width, height))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, width, height // 9), fill="#232f3e")
    for row in range(height // 7, height - 60, 80):
        text = " ".join(
            words.choice(["Amazon", "CloudFront", "origin", "edge", "cache", "TTL"]) for _ in range(6)
        )
        draw.text((width // 20, row), text, fill="#111", font_size=40)
    draw.ellipse((width * 0.7, height * 0.3, width * 0.9, height * 0.6), fill="#ff9900")
    return picture


def _glow(size: tuple[int, int]) -> Image.Image:
    """A ground of thousands of colours, light enough for text."""
    down = Image.linear_gradient("L").point(lambda value: 180 + value * 3 // 10).resize(size)
    across = (
        Image.linear_gradient("L").transpose(Image.Transpose.ROTATE_90).point(lambda value: 255 - value // 4)
    )
    return Image.merge("RGB", (down, across.resize(size), Image.new("L", size, 255)))


@cache
def line_art(width: int = 1200, height: int = 800) -> Image.Image:
    """A diagram of a few flat colours."""
    picture = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(picture)
    for step in range(0, width, 97):
        draw.line((step, 0, width - step, height), fill="navy", width=2)
        draw.rectangle((step, step // 3, step + 60, step // 3 + 30), outline="black", fill="#ffe")
    return picture


def gif_frames(count: int = 6, size: tuple[int, int] = (120, 80)) -> list[Image.Image]:
    """A ball that moves over a flat ground."""
    frames = []
    for place in range(count):
        frame = Image.new("RGB", size, "white")
        ImageDraw.Draw(frame).ellipse((place * 15, 20, place * 15 + 30, 50), fill="red")
        frames.append(frame)
    return frames


def encoded(picture: Image.Image, format_: str = "PNG", **options: object) -> bytes:
    file = BytesIO()
    picture.save(file, format_, **options)
    return file.getvalue()


def animation(format_: str = "GIF", frames: list[Image.Image] | None = None, **options: object) -> bytes:
    first, *others = frames or gif_frames()
    timing = {"duration": [100, 200, 100, 100, 100, 300][: len(others) + 1], "loop": 0}
    return encoded(first, format_, save_all=True, append_images=others, **(timing | options))


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_header(width: int, height: int, depth: int = 8, colour: int = 2) -> bytes:
    """The beginning of a PNG that claims a size, as a decompression bomb does."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header)


def exif(orientation: int = 1) -> Image.Exif:
    """EXIF as a phone writes it."""
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010F] = SECRET.decode()
    tags.get_ifd(0x8825)[1] = "N"
    return tags


@cache
def rendered_once(data: bytes) -> RenderedImage:
    """The renditions of an image, for tests that look at them and not at how they are made."""
    return render_image(data)


def colour_at(picture: Image.Image, place: tuple[int, int]) -> tuple[int, ...]:
    colour = picture.getpixel(place)
    assert isinstance(colour, tuple)
    return colour


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def swapped_profile() -> bytes:
    """sRGB with the tags of its red and green swapped, so that the effect cannot be missed."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    profile = profile.replace(b"rXYZ", b"swap").replace(b"gXYZ", b"rXYZ").replace(b"swap", b"gXYZ")
    return profile.replace("sRGB".encode("utf-16-be"), "swap".encode("utf-16-be"))
