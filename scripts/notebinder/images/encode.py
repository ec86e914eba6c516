"""Encode a picture as the lightest WebP that still looks the same, by trying and measuring."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial
from io import BytesIO
from math import log2

from PIL import Image

from notebinder.images.similarity import structural_similarity

SHARP = 0.996
"""The similarity at which small text in screenshots cannot be told from the original's; 0.995 is promised,
the rest is for the measure's own error."""

LOWEST, TYPICAL, HIGHEST, STEP = 25, 45, 100, 5
"""The qualities that are tried."""

SEARCHED_PIXELS = 3_000_000
"""Of a larger picture, as phones take them, only stripes are tried and measured."""

_STRIPE = 64

LOSSLESS = 0
"""Stands for a quality where none is lost."""

LINE_ART_COLOURS = 256
"""A picture of so few colours, most of it in `LINE_ART_MAIN` of them, is drawn, not photographed."""
LINE_ART_MAIN = 16
LINE_ART_SHARE = 0.9

LOSSLESS_COLOURS = 4096
"""With more colours lossless was never the smaller one (in three real vaults), but took longest."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """A picture as WebP."""

    data: bytes
    quality: int = LOSSLESS
    similarity: float = 1.0
    """How much it looks like the picture: 1 if the same."""

    @property
    def is_sharp(self) -> bool:
        """Tell whether a reader would see no difference."""
        return self.similarity >= SHARP


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
    if lossy is None and _is_large(picture):
        return Encoding(_webp(picture, quality=HIGHEST, method=4), HIGHEST)
    lossless = lossless_webp(picture)
    return lossy if lossy and len(lossy.data) <= len(lossless.data) else lossless


def lightest_lossy_webp(picture: Image.Image, guess: int = TYPICAL) -> Encoding | None:
    """Return the lossy encoding of the lowest quality that is sharp, or None if none is."""
    sample = _sample(picture)
    found = lowest_sharp(cache(partial(_lossy_colours, sample)), guess)
    if found is None or (sample is picture and picture.mode == "RGB"):
        return found
    # Method 6 takes ten times as long on an alpha channel, for nothing, and too long on a large picture.
    return replace(found, data=_webp(picture, quality=found.quality, method=4))


def lowest_sharp(at: Callable[[int], Encoding], guess: int) -> Encoding | None:
    """Return the encoding of the lowest quality that is sharp, from a guess up or down; None if none is."""
    quality = nearer_guess(at(guess))
    while quality < HIGHEST and not at(quality).is_sharp:
        quality += STEP
    while quality > LOWEST and at(quality - STEP).is_sharp:
        quality -= STEP
    return at(quality) if at(quality).is_sharp else None


def nearer_guess(tried: Encoding) -> int:
    """Guess what quality is just sharp, from how far another is from it: 10 more halve the loss.

    >>> nearer_guess(Encoding(b"", 45, similarity=0.992))
    55
    """
    loss = max(1 - tried.similarity, 1e-6)
    return _bounded(tried.quality + STEP * round(2 * log2(loss / (1 - SHARP))))


def narrower_guess(quality: int, scale: float) -> int:
    """Guess what quality a picture needs when it is scaled down so many times: half the width, 20 more."""
    return _bounded(quality + STEP * round(4 * log2(scale)))


def lossless_webp(picture: Image.Image) -> Encoding:
    """Encode so that every visible pixel stays as it is."""
    return Encoding(
        _webp(picture, lossless=True, quality=90, method=4)
    )  # method 6: 3 % less, 20 times slower


def _lossy_colours(picture: Image.Image, quality: int) -> Encoding:
    """Encode all but the alpha channel, which stays lossless, takes long and has no part in the search."""
    encoded = _webp(picture.convert("RGB"), quality=quality, method=6)
    with Image.open(BytesIO(encoded)) as image:
        seen = image.convert(picture.mode)
    if picture.mode == "RGBA":
        seen.putalpha(picture.getchannel("A"))
    return Encoding(encoded, quality, structural_similarity(picture, seen))


def _is_large(picture: Image.Image) -> bool:
    return picture.width * picture.height > SEARCHED_PIXELS


def _sample(picture: Image.Image) -> Image.Image:
    """Return the picture, or of a large one every nth stripe: the search must not take minutes."""
    if not _is_large(picture):
        return picture
    share = SEARCHED_PIXELS / (picture.width * picture.height)
    tops = range(0, picture.height - _STRIPE, round(_STRIPE / share))
    sample = Image.new(picture.mode, (picture.width, _STRIPE * len(tops)))
    for place, top in enumerate(tops):
        sample.paste(picture.crop((0, top, picture.width, top + _STRIPE)), (0, place * _STRIPE))
    return sample


def _bounded(quality: int) -> int:
    return min(max(quality, LOWEST), HIGHEST)


def _webp(picture: Image.Image, **options: float) -> bytes:
    encoded = BytesIO()
    picture.save(encoded, "WEBP", **options)
    return encoded.getvalue()
