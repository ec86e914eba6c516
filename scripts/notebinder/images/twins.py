"""Tell pictures that show the same: one slide captured twice, a little larger, cut or with another subtitle.

A picture's hash says for each of some cells whether its right neighbour is brighter or darker, and how much
in four steps. Each is compared with each other one, but in one build alone: the next compares those of new
pictures. What can be read in two pictures must be alike as well, since windows of one program differ in
little else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

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


class _Look(NamedTuple):
    """A picture's hash, how many of its bits are set, and the picture's shape."""

    bits: int
    weight: int
    shape: float


@dataclass(frozen=True, slots=True)
class ComparedLooks:
    """Which of some pictures look the same."""

    looks: Mapping[str, _Look] = field(default_factory=dict)
    """By the picture's path."""
    pairs: tuple[tuple[str, str], ...] = ()
    """The paths of two that look the same, in order."""


def compare_looks(images: Mapping[str, ImageResult], before: ComparedLooks) -> ComparedLooks:
    """Compare the looks of pictures; what was found of those that are as they were before still holds."""
    looks = {
        path: _look(image) for path, image in images.items() if isinstance(image, SiteImage) and image.look
    }
    known = {path for path, look in looks.items() if before.looks.get(path) == look}
    kept = (pair for pair in before.pairs if known.issuperset(pair))
    return ComparedLooks(looks, tuple(sorted([*kept, *_new_pairs(looks, known)])))


def find_twins(pairs: Iterable[tuple[str, str]], transcripts: Mapping[str, Transcript]) -> dict[str, str]:
    """Return for each picture that shows what another does the first of them, by path; that one, too.

    Args:
        pairs: the paths of two that look the same, in order.
        transcripts: what can be read in pictures, by path.
    """
    firsts: dict[str, str] = {}
    for one, other in pairs:
        if _say_the_same(transcripts.get(one), transcripts.get(other)):
            first = firsts.setdefault(one, one)
            firsts.setdefault(other, first)
    return firsts


def _look(image: SiteImage) -> _Look:
    bits = int(image.look, 16)
    return _Look(bits, bits.bit_count(), image.width / image.height)


def _new_pairs(looks: Mapping[str, _Look], known: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the paths of two that look the same, unless both are known."""
    compared = {path: looks[path] for path in known}
    for one in looks.keys() - compared.keys():
        bits, weight, shape = looks[one]
        for other, (bits_2, weight_2, shape_2) in compared.items():
            # Of a pair that differs in x bits, (weight + weight_2 + x) / 2 are set in either.
            is_alike = (bits ^ bits_2).bit_count() * (2 - _APART) <= _APART * (weight + weight_2)
            if is_alike and max(shape, shape_2) <= _STRETCHED * min(shape, shape_2):
                yield min(one, other), max(one, other)
        compared[one] = looks[one]


def _say_the_same(one: Transcript | None, other: Transcript | None) -> bool:
    if one is None or other is None:
        return True
    return fuzz.token_sort_ratio(_words(one), _words(other)) >= _ALIKE


def _words(transcript: Transcript) -> str:
    return " ".join((transcript.title, *transcript.paragraphs)).casefold()
