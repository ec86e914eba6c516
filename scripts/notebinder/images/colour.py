"""Bring pixels of every kind to what the web shows: 8 bits a channel, RGB or RGBA, in sRGB."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageCms

_SMALL = 64, 64
_LIGHT = 0.55
"""From this mean brightness on what is drawn can be seen on a dark page."""


def to_srgb(image: Image.Image, profile: bytes = b"") -> Image.Image:
    """Return the image as RGB, or RGBA if any of it is transparent, with its colour profile applied."""
    if image.mode.startswith("I"):
        return _eight_bits(image).convert("RGB")
    if not image.has_transparency_data:
        return _opaque_srgb(image, profile)
    straight = image.convert("RGBA")
    alpha = straight.getchannel("A")
    picture = _opaque_srgb(straight.convert("RGB"), profile)
    if alpha.getextrema() != (255, 255):
        picture.putalpha(alpha)
    return picture


def is_srgb(profile: bytes) -> bool:
    """Tell whether a colour profile says nothing that browsers do not assume anyway."""
    try:
        return "sRGB" in ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(profile)))
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return False


def on_white(picture: Image.Image) -> Image.Image:
    """Return the picture as it looks on white paper."""
    if picture.mode != "RGBA":
        return picture
    return _on(picture, "white")


def is_dark_on_nothing(picture: Image.Image) -> bool:
    """Tell whether a picture is transparent, and what is drawn on it rather dark than light."""
    if picture.mode != "RGBA":
        return False
    drawn = picture.getchannel("A").resize(_SMALL, Image.Resampling.BOX)
    brightness = _on(picture, "black").convert("L").resize(_SMALL, Image.Resampling.BOX)
    return sum(brightness.tobytes()) < _LIGHT * sum(drawn.tobytes())


def mean_colour(picture: Image.Image) -> str:
    """Return the mean of an RGB picture as `#rrggbb`; a transparent one has none, or it would be tinted."""
    if picture.mode == "RGBA":
        return ""
    return "#" + picture.resize((1, 1), Image.Resampling.BOX).tobytes().hex()


def _on(picture: Image.Image, ground: str) -> Image.Image:
    """Return a transparent picture as it looks on a ground of one colour."""
    return Image.alpha_composite(Image.new("RGBA", picture.size, ground), picture).convert("RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    # Pillow's own conversion cuts 16-bit greys off at 255: nearly everything would be white.
    return image.convert("I").convert("F").point(lambda grey: grey / 257 + 0.5).convert("L")


def _opaque_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    if image.mode not in ("RGB", "CMYK", "L"):
        image = image.convert("RGB")
    if not profile or is_srgb(profile):
        return image.convert("RGB")
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        srgb = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, source, srgb, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        converted = None  # browsers, too, ignore a damaged profile or one of another colour space
    return converted or image.convert("RGB")
