"""How many words of a picture have a place, and how well it is met: drawn words, and those of real slides.

It runs where the extra `ocr` is installed, on a few pictures; on all of them in `make soak`.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median

import pytest
from PIL import Image, ImageDraw, ImageFont

from notebinder.images.reading import can_read_images, load_reader
from notebinder.site.whole_site import THEME
from notebinder.vault.model import PlacedWord
from notebinder.vault.places import placed_words
from notebinder.vault.transcripts import bullet_of
from tests.support.real_vaults import real_vault

pytestmark = [
    pytest.mark.whole,
    pytest.mark.skipif(not can_read_images(), reason="needs the extra ocr"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]

DRAWN, REAL = (60, None) if os.environ.get("NOTEBINDER_SOAK") else (8, 2)
"""So many pictures are looked at."""
_ASSETS = THEME / "material/assets/notebinder"
_FONTS = (
    None,  # Pillow's own
    _ASSETS / "fonts/literata-latin-normal.woff2",
    _ASSETS / "fonts/instrument-sans-latin.woff2",
    _ASSETS / "vendor/katex/fonts/KaTeX_Typewriter-Regular.woff2",
)
_SIZES = (12, 20, 34)
_COLOURS = (("black", "white"), ("#e8ece8", "#101820"))
_TEXT = (
    "Amazon bucket stores objects with unique names across all regions Every object has a key and value "
    "The largest holds 5000 gigabytes Versions keep what was there before Queue messages wait until they "
    "are read IAM policies allow or deny access VPC endpoints Lambda functions run code without servers "
    "Alarms watch 99 metrics Backups protect data against mistakes Replication copies between accounts"
)


@dataclass(frozen=True)
class Drawn:
    """A word that a picture was drawn with, and its edges."""

    text: str
    box: tuple[float, float, float, float]


@cache
def font_of(number: int, size: int) -> ImageFont.FreeTypeFont:
    file = _FONTS[number]
    font = ImageFont.truetype(file, size) if file else ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)
    return font


def draw(number: int) -> tuple[Image.Image, list[Drawn]]:
    """Draw one of 24 kinds of pictures, and after those the same kinds with other words."""
    ink, paper = _COLOURS[number % 2]
    font = font_of(number // 2 % 4, _SIZES[number // 8 % 3])
    size = int(font.size)
    picture = Image.new("RGB", (1280, 720), paper)
    return picture, [*_draw_lines(ImageDraw.Draw(picture), font, ink, size, random.Random(number))]


def _draw_lines(
    pen: ImageDraw.ImageDraw, font: ImageFont.FreeTypeFont, ink: str, size: int, chance: random.Random
) -> Iterator[Drawn]:
    for row in range(min(8, 560 // (2 * size))):
        left, top = 70.0, 60 + row * max(2 * size, 60)
        for text in chance.sample(_TEXT.split(), chance.randrange(3, 8)):
            if left + font.getlength(text) > 1200:
                break
            pen.text((left, top), text, font=font, fill=ink)
            yield Drawn(text, pen.textbbox((left, top), text, font=font))
            left += font.getlength(text + " ")


def edges_of(word: Drawn, places: Iterable[PlacedWord]) -> tuple[float, float, float, float] | None:
    """Return the edges of the places where a drawn word's letters stand, in one word or in several."""
    left, top, right, bottom = word.box
    here = [
        place
        for place in places
        if place.top <= (top + bottom) / 2 <= place.top + place.height
        and place.left < right
        and place.left + place.width > left
    ]
    if word.text not in "".join(place.text for place in here):
        return None
    rights, bottoms = zip(*((each.left + each.width, each.top + each.height) for each in here), strict=True)
    return min(each.left for each in here), min(each.top for each in here), max(rights), max(bottoms)


def test_drawn_words_have_a_place_within_few_pixels(tmp_path: Path) -> None:
    """Light and dark, in four fonts and three sizes."""
    read = load_reader()
    errors: list[float] = []
    lost: list[tuple[int, str]] = []
    count = 0
    for number in range(0, DRAWN * 3, 3) if DRAWN < 24 else range(DRAWN):
        picture, words = draw(number)
        picture.save(tmp_path / "picture.png")
        places = [word for line in placed_words(read(tmp_path / "picture.png")) for word in line]
        count += len(words)
        for word in words:
            if edges := edges_of(word, places):
                errors += (abs(edge - met) for edge, met in zip(word.box, edges, strict=True))
            else:
                lost.append((number, word.text))
    assert len(lost) <= 0.02 * count, lost
    assert median(errors) <= 4


def test_nearly_all_words_read_in_real_slides_have_a_place() -> None:
    read = load_reader()
    said: list[str] = []
    placed: list[str] = []
    for file in sorted(real_vault("aws-notes").glob("*.png"))[:REAL]:
        transcript = read(file)
        said += (word for text in transcript.paragraphs for word in bullet_of(text)[1].split())
        said += transcript.title.split()
        placed += (word.text for line in placed_words(transcript) for word in line)
    assert sum((Counter(said) & Counter(placed)).values()) >= 0.98 * len(said)
