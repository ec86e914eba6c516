"""Encode a picture as the lightest WebP that still looks the same, by trying and measuring."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from math import log2

from PIL import Image

from notebinder.images.similarity import structural_similarity

SHARP = 0.996
"""The similarity at which small text in screenshots cannot be told from the original's; 0.995 is promised,
the rest is for the measure's own error."""

LOWEST, TYPICAL, HIGHEST, STEP = 25, 45, 95, 5
"""The qualities that are tried."""

LINE_ART_COLOURS = 256
"""A picture of so few colours, most of it in `LINE_ART_MAIN` of them, is drawn, not photographed."""
LINE_ART_MAIN = 16
LINE_ART_SHARE = 0.9

LOSSLESS_COLOURS = 4096
"""With more colours lossless was never the smaller one (measured on 180 pictures), but took longest."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """A picture as WebP."""

    data: bytes
    quality: int | None = None
    """None if it is lossless."""


def is_line_art(picture: Image.Image) -> bool:
    """Tell whether the picture consists of a few flat colours: diagrams, terminals, pixel art."""
    colours = picture.getcolors(LINE_ART_COLOURS)
    if colours is None:
        return False
    main = sorted((count for count, _ in colours), reverse=True)[:LINE_ART_MAIN]
    return sum(main) >= LINE_ART_SHARE * picture.width * picture.height


def sharp_webp(picture: Image.Image, guess: int = TYPICAL) -> Encoding:
    """Encode an RGB or RGBA picture in the smallest way that is `SHARP`; a near guess saves time."""
    lossy = lightest_lossy_webp(picture, guess)
    if lossy and picture.getcolors(LOSSLESS_COLOURS) is None:
        return lossy
    lossless = lossless_webp(picture)
    return lossy if lossy and len(lossy.data) <= len(lossless.data) else lossless


def lightest_lossy_webp(picture: Image.Image, guess: int = TYPICAL) -> Encoding | None:
    """Return the lossy encoding of the lowest quality that is sharp, or None if none is."""
    lightest = _sharp_at(picture, guess)
    if lightest is None:
        higher = range(guess + STEP, HIGHEST + 1, STEP)
        return next(filter(None, (_sharp_at(picture, quality) for quality in higher)), None)
    for quality in range(guess - STEP, LOWEST - 1, -STEP):
        lighter = _sharp_at(picture, quality)
        if lighter is None:
            break
        lightest = lighter
    return lightest


def narrower_guess(quality: int, scale: float) -> int:
    """Guess what quality a picture needs when it is scaled down so many times: half the width, 20 more."""
    return min(HIGHEST, quality + STEP * round(4 * log2(scale)))


def lossless_webp(picture: Image.Image) -> Encoding:
    """Encode so that every visible pixel stays as it is."""
    return Encoding(
        _webp(picture, lossless=True, quality=90, method=4)
    )  # method 6: 3 % less, 20 times slower


def _sharp_at(picture: Image.Image, quality: int) -> Encoding | None:
    # Method 6 takes ten times as long on an alpha channel, for nothing.
    encoded = _webp(picture, quality=quality, method=4 if picture.mode == "RGBA" else 6)
    with Image.open(BytesIO(encoded)) as seen:
        similarity = structural_similarity(picture, seen.convert(picture.mode))
    return Encoding(encoded, quality) if similarity >= SHARP else None


def _webp(picture: Image.Image, **options: float) -> bytes:
    encoded = BytesIO()
    picture.save(encoded, "WEBP", **options)
    return encoded.getvalue()
