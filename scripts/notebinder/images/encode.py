"""Encode a picture as the lightest WebP that still looks the same, by measuring one and predicting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from math import log2

from PIL import Image

from notebinder.images.similarity import structural_similarity

SHARP = 0.996
"""The similarity at which small text in screenshots cannot be told from the original's; 0.995 is promised,
the rest is for the errors of the measure and of a prediction."""

ENOUGH = 0.9956, 0.9968
"""What lies between is as good as `SHARP`: another try would save less than it costs."""

LOWEST, TYPICAL, HIGHEST = 25, 45, 100
"""The qualities that are tried."""

TRIES = 6
"""From any guess two or three find the quality; a picture that more do not suffice for is no usual one."""

SEARCHED_PIXELS = 3_000_000
"""Of a larger picture, as phones take them, only stripes are tried and measured."""

_STRIPE = 64

_HALVES = 0.052
"""A step of effort multiplies the loss by 2 to the power of minus this, whatever the picture."""
_HALF_WIDTH = 16
"""So many more steps of effort does half the width need."""

LOSSLESS = 0
"""Stands for a quality where none is lost."""

LINE_ART_COLOURS = 256
"""A picture of so few colours, most of it in `LINE_ART_MAIN` of them, is drawn, not photographed."""
LINE_ART_MAIN = 16
LINE_ART_SHARE = 0.9

LOSSLESS_COLOURS = 4096
"""With more colours lossless was never the smaller one (in three real vaults), but took longest."""
LOSSLESS_HOPE = 1.5
"""Where stripes, hastily encoded, promise more than so many times the lossy weight, lossless is not tried."""
HASTY_PIXELS = 150_000


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
        return self.similarity >= ENOUGH[0]

    @property
    def is_too_sharp(self) -> bool:
        """Tell whether a lower quality would do."""
        return self.similarity > ENOUGH[1] and self.quality > LOWEST


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
        return Encoding(_lossy(picture, HIGHEST), HIGHEST)
    if lossy and _lossless_weight(picture) > LOSSLESS_HOPE * len(lossy.data):
        return lossy
    lossless = lossless_webp(picture)
    return lossy if lossy and len(lossy.data) <= len(lossless.data) else lossless


def lightest_lossy_webp(picture: Image.Image, guess: int = TYPICAL) -> Encoding | None:
    """Return the lossy encoding of about the lowest quality that is sharp, or None if none is."""
    sample = _sample(picture, SEARCHED_PIXELS)
    found = lowest_sharp(partial(_lossy_colours, sample), guess)
    if found is None or (sample is picture and picture.mode == "RGB"):
        return found
    return replace(found, data=_lossy(picture, found.quality))


def lowest_sharp(at: Callable[[int], Encoding], guess: int) -> Encoding | None:
    """Return the encoding of about the lowest quality that is sharp, from a guess; None if none is."""
    tried: dict[int, Encoding] = {}
    quality = guess
    while quality not in tried and len(tried) < TRIES:
        one = tried[quality] = at(quality)
        if one.is_sharp and not one.is_too_sharp:
            return one
        quality = nearer_guess(one)
    if not any(one.is_sharp for one in tried.values()) and HIGHEST not in tried:
        tried[HIGHEST] = at(HIGHEST)
    return min((one for one in tried.values() if one.is_sharp), key=lambda one: one.quality, default=None)


def nearer_guess(tried: Encoding) -> int:
    """Guess what quality is just sharp, from how far another is from it.

    >>> nearer_guess(Encoding(b"", 45, similarity=0.992))
    74
    """
    loss = max(1 - tried.similarity, 1e-6)
    quality = _moved(tried.quality, log2(loss / (1 - SHARP)) / _HALVES)
    return quality if quality != tried.quality else _bounded(quality + (1 if loss > 1 - SHARP else -1))


def scaled_guess(quality: int, scale: float) -> int:
    """Guess what quality a picture needs when it is scaled by so much: the smaller the more."""
    return _moved(quality, -_HALF_WIDTH * log2(scale))


def lossless_webp(picture: Image.Image) -> Encoding:
    """Encode so that every visible pixel stays as it is."""
    return Encoding(
        _webp(picture, lossless=True, quality=90, method=4)
    )  # method 6: 3 % less, 20 times slower


def _lossy_colours(picture: Image.Image, quality: int) -> Encoding:
    """Encode all but the alpha channel, which stays lossless, takes long and has no part in the search."""
    encoded = _lossy(picture.convert("RGB"), quality)
    with Image.open(BytesIO(encoded)) as image:
        seen = image.convert(picture.mode)
    if picture.mode == "RGBA":
        seen.putalpha(picture.getchannel("A"))
    return Encoding(encoded, quality, structural_similarity(picture, seen))


def _is_large(picture: Image.Image) -> bool:
    return picture.width * picture.height > SEARCHED_PIXELS


def _lossless_weight(picture: Image.Image) -> float:
    """Estimate how many bytes a lossless encoding takes."""
    sample = _sample(picture, HASTY_PIXELS)
    hasty = _webp(sample, lossless=True, quality=20, method=1)
    return len(hasty) * (picture.width * picture.height) / (sample.width * sample.height)


def _sample(picture: Image.Image, pixels: int) -> Image.Image:
    """Return the picture, or of a larger one every nth stripe."""
    share = pixels / (picture.width * picture.height)
    if share >= 1 or picture.height <= 2 * _STRIPE:
        return picture
    tops = range(0, picture.height - _STRIPE, round(_STRIPE / share))
    sample = Image.new(picture.mode, (picture.width, _STRIPE * len(tops)))
    for place, top in enumerate(tops):
        sample.paste(picture.crop((0, top, picture.width, top + _STRIPE)), (0, place * _STRIPE))
    return sample


def _moved(quality: int, steps: float) -> int:
    """Change a quality by steps of effort, as libwebp counts it: from 75 on it takes three times as much."""
    effort = steps + (quality * 2 / 3 if quality < 75 else quality * 2 - 100)
    return _bounded(round(effort * 1.5 if effort < 50 else (effort + 100) / 2))


def _bounded(quality: int) -> int:
    return min(max(quality, LOWEST), HIGHEST)


def _lossy(picture: Image.Image, quality: int) -> bytes:
    """Method 6 takes nearly twice as long, on an alpha channel ten times, to save 2 %."""
    return _webp(picture, quality=quality, method=4)


def _webp(picture: Image.Image, **options: float) -> bytes:
    encoded = BytesIO()
    picture.save(encoded, "WEBP", **options)
    return encoded.getvalue()
