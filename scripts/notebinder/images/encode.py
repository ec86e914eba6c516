"""Encode a picture as the lightest WebP that still looks the same, by trying and measuring."""

from __future__ import annotations

from bisect import bisect_left
from io import BytesIO

from PIL import Image

from notebinder.images.similarity import structural_similarity

SHARP = 0.996
"""The similarity at which small text in screenshots cannot be told from the original's; 0.995 is promised,
the rest is for the measure's own error."""

QUALITIES = range(25, 96, 5)
"""What is tried: fifteen, so that four tries find the lowest that is sharp."""

LINE_ART_COLOURS = 256
"""A picture of so few colours, most of it in `LINE_ART_MAIN` of them, is drawn, not photographed."""
LINE_ART_MAIN = 16
LINE_ART_SHARE = 0.9

LOSSLESS_COLOURS = 4096
"""With more colours lossless was never the smaller one (measured on 180 pictures), but took longest."""


def is_line_art(picture: Image.Image) -> bool:
    """Tell whether the picture consists of a few flat colours: diagrams, terminals, pixel art."""
    colours = picture.getcolors(LINE_ART_COLOURS)
    if colours is None:
        return False
    main = sorted((count for count, _ in colours), reverse=True)[:LINE_ART_MAIN]
    return sum(main) >= LINE_ART_SHARE * picture.width * picture.height


def sharp_webp(picture: Image.Image, *, lossless: bool = False) -> bytes:
    """Encode an RGB or RGBA picture: exactly if `lossless`, else in the smallest way that is `SHARP`."""
    if lossless:
        return lossless_webp(picture)
    lossy = lightest_lossy_webp(picture)
    if lossy is not None and picture.getcolors(LOSSLESS_COLOURS) is None:
        return lossy
    return min(filter(None, (lossy, lossless_webp(picture))), key=len)


def lightest_lossy_webp(picture: Image.Image) -> bytes | None:
    """Return the lossy encoding of the lowest quality that is sharp, or None if none is."""
    tried: dict[int, bytes] = {}

    def is_sharp(quality: int) -> bool:
        tried[quality] = _lossy_webp(picture, quality)
        with Image.open(BytesIO(tried[quality])) as seen:
            return structural_similarity(picture, seen.convert(picture.mode)) >= SHARP

    lowest = bisect_left(QUALITIES, True, key=is_sharp)
    return tried[QUALITIES[lowest]] if lowest < len(QUALITIES) else None


def lossless_webp(picture: Image.Image) -> bytes:
    """Encode so that every visible pixel stays as it is."""
    return _webp(picture, lossless=True, quality=90, method=4)  # method 6: 3 % smaller, 20 times slower


def _lossy_webp(picture: Image.Image, quality: int) -> bytes:
    # Method 6 takes ten times as long on an alpha channel, for nothing.
    return _webp(picture, quality=quality, method=4 if picture.mode == "RGBA" else 6)


def _webp(picture: Image.Image, **options: float) -> bytes:
    encoded = BytesIO()
    picture.save(encoded, "WEBP", **options)
    return encoded.getvalue()
