"""What the night makes of the slides of a real vault, computed as a browser does it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from notebinder.images.night import kept_at_night
from tests.support.real_vaults import real_vault

pytestmark = pytest.mark.whole

WIDTH = 480
SLIDES = slice(None, None, 1 if os.environ.get("NOTEBINDER_SOAK") else 8)
"""All of them in `make soak`."""
# `invert(0.92)`, then `hue-rotate(180deg)`: what it adds to is the paper's own night.
_TURNED = ((-0.574, 1.430, 0.144), (0.426, 0.430, 0.144), (0.426, 1.430, -0.856))
_MATRIX = tuple(value for row in _TURNED for value in (*(-0.84 * part for part in row), 0.92 * 255))


def slides() -> tuple[Path, ...]:
    return tuple(sorted(real_vault("aws-notes").glob("*.png"))[SLIDES])


def by_night(picture: Image.Image) -> Image.Image:
    """Show a picture as the theme's filter and the copy over it do."""
    kept = kept_at_night(picture)
    assert kept is not None
    shown = picture.convert("RGB", _MATRIX)
    for box in kept:
        left, top, right, bottom = (
            round(edge * side / 1000) for edge, side in zip(box, picture.size * 2, strict=True)
        )
        shown.paste(picture.crop((left, top, right, bottom)), (left, top))
    return shown


def solid_colours(picture: Image.Image) -> Image.Image:
    """The parts that are filled with a colour, without their edges, in white."""
    red, green, blue = picture.split()
    strongest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    weakest = ImageChops.darker(ImageChops.darker(red, green), blue)
    coloured = ImageChops.subtract(strongest, weakest).point(lambda value: 255 * (value >= 60))
    bright = ImageChops.darker(coloured, strongest.point(lambda value: 255 * (value >= 140)))
    return bright.filter(ImageFilter.MinFilter(9)).filter(ImageFilter.MaxFilter(5))


def test_slides_do_not_glare_and_their_colours_stay() -> None:
    """All of them are mostly white."""
    coloured = changed = 0
    for file in slides():
        with Image.open(file) as opened:
            picture = opened.convert("RGB").reduce(max(1, opened.width // WIDTH))
        shown = by_night(picture)
        assert ImageStat.Stat(shown.convert("L")).mean[0] <= 0.25 * 255, file.name
        solid = solid_colours(picture)
        apart = ImageChops.difference(picture, shown).convert("L").point(lambda value: 255 * (value > 8))
        coloured += solid.histogram()[255]
        changed += ImageChops.darker(solid, apart).histogram()[255]
    assert changed <= 0.01 * coloured
