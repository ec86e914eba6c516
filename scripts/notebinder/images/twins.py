"""Tell pictures that show the same: one slide captured twice, a little larger, cut or with another subtitle.

A picture's hash says for each of some cells whether its right neighbour is brighter or darker, and how much
in four steps. That of all pictures is compared, and it costs as good as nothing; what can be read in two
pictures must be alike as well, since windows of one program differ in little else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise

from PIL import Image
from rapidfuzz import fuzz

from notebinder.images.colour import on_white
from notebinder.images.model import ImageResult, SiteImage
from notebinder.vault.model import Transcript

_CELLS = 14
"""Across a picture, and down."""
_STEPS = (3, 8, 20, 50)
"""From so much on a cell is darker or brighter, of 255."""
_SMALLEST = 100
"""A picture with a shorter side, in pixels, is an icon."""
_PLAINEST = 40
"""A picture with fewer bits set is as good as blank."""
_APART = 0.27
"""Of the bits that are set in either of two pictures, no more than this share is set in one alone."""
_STRETCHED = 1.15
"""Two pictures' shapes differ by no more than this factor."""
_ALIKE = 80
"""How alike the words in two pictures are at least, in percent."""


def look_of(picture: Image.Image) -> str:
    """Return the difference hash of a picture, in hexadecimal; empty for one that is small or blank."""
    if min(picture.size) < _SMALLEST:
        return ""
    small = picture.resize((_CELLS + 1, _CELLS), Image.Resampling.BILINEAR, reducing_gap=8)
    grey = on_white(small).convert("L").tobytes()
    rows = [grey[start : start + _CELLS + 1] for start in range(0, len(grey), _CELLS + 1)]
    steps = [right - left for row in rows for left, right in pairwise(row)]
    bits = "".join("01"[step * sign > least] for sign in (1, -1) for least in _STEPS for step in steps)
    look = int(bits, 2)
    return f"{look:x}" if look.bit_count() >= _PLAINEST else ""


def find_twins(images: Mapping[str, ImageResult], transcripts: Mapping[str, Transcript]) -> dict[str, str]:
    """Return for each picture that shows what another does the first of them, by path; that one, too."""
    firsts: dict[str, str] = {}
    for one, other in _pairs(images):
        if _say_the_same(transcripts.get(one), transcripts.get(other)):
            first = firsts.setdefault(one, one)
            firsts.setdefault(other, first)
    return firsts


def _pairs(images: Mapping[str, ImageResult]) -> Iterator[tuple[str, str]]:
    """Yield the paths of pictures that look the same, in order."""
    looks = [
        (path, int(image.look, 16), image.width / image.height)
        for path, image in sorted(images.items())
        if isinstance(image, SiteImage) and image.look
    ]
    counted = [(path, look, look.bit_count(), shape) for path, look, shape in looks]
    for (one, look, count, shape), (other, look_2, count_2, shape_2) in combinations(counted, 2):
        # Of a pair that differs in x bits, (count + count_2 + x) / 2 are set in either.
        is_alike = (look ^ look_2).bit_count() * (2 - _APART) <= _APART * (count + count_2)
        if is_alike and max(shape, shape_2) <= _STRETCHED * min(shape, shape_2):
            yield one, other


def _say_the_same(one: Transcript | None, other: Transcript | None) -> bool:
    if one is None or other is None:
        return True
    return fuzz.token_sort_ratio(_words(one), _words(other)) >= _ALIKE


def _words(transcript: Transcript) -> str:
    return " ".join((transcript.title, *transcript.paragraphs)).casefold()
