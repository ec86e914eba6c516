"""What of a picture is not turned dark at night: its coloured parts and photographs. Pixels in, values out.

A mostly white screenshot glares out of a dark page. The theme turns it dark by a filter, which keeps hues;
over the places that are found here it shows the picture as it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image, ImageChops, ImageFilter

from notebinder.images.colour import on_white
from notebinder.images.model import Box

_COLUMNS = 192
"""So many cells are looked at across a picture."""
_LIGHT = 225
"""From this brightness on a pixel without colour is paper ..."""
_DARK = 140
"""... and below this one it is dark as it is; what lies between, a grey, may turn."""
_COLOURED = 48
"""So far apart a pixel's strongest and weakest colour are where it is coloured."""
_FILLED = 0.55
"""This share of a cell is other than paper where something fills it; letters fill less."""
_STROKE = 5
"""What is no more than so many cells wide is a letter or a line."""
_BRIGHT_STROKE = 3
"""The same for bright colours, which can be read on a dark ground: what is wider stays."""
_FRAME = 15
"""A hole of so many cells each way is the inside of a frame, and no sign on something filled."""
_WHITE = 0.6
"""A picture of which more than this share is paper is turned dark."""
_MOSTLY_NOTHING = 128
"""Below this mean alpha a picture is mostly transparent."""
_SAMPLE = 4
"""Pixels that are looked at across a cell."""


def kept_at_night(picture: Image.Image) -> tuple[Box, ...] | None:
    """Return what stays as it is when a picture is turned dark; None where the whole picture stays.

    The boxes do not overlap.
    """
    if picture.mode == "RGBA" and _is_mostly_nothing(picture):
        return None  # it is seen as it is, on a light ground if it is dark
    columns = min(_COLUMNS, picture.width)
    rows = max(1, round(columns * picture.height / picture.width))
    small = (
        on_white(picture)
        .convert("RGB")
        .resize((columns * _SAMPLE, rows * _SAMPLE), Image.Resampling.BOX, reducing_gap=1.5)
    )
    brightness, is_coloured = _looked_at(small)
    paper = ImageChops.darker(brightness.point(_at_least(_LIGHT)), ImageChops.invert(is_coloured))
    if paper.histogram()[255] <= _WHITE * paper.width * paper.height:
        return None
    is_bright = brightness.point(_at_least(_DARK))
    strong = ImageChops.lighter(is_coloured, ImageChops.invert(is_bright))
    bright = ImageChops.darker(is_coloured, is_bright)
    cells = (each.resize((columns, rows), Image.Resampling.BOX) for each in (strong, bright))
    return tuple(_boxes(ImageChops.lighter(*map(_filled, cells, (_STROKE, _BRIGHT_STROKE)))))


def _is_mostly_nothing(picture: Image.Image) -> bool:
    return picture.getchannel("A").resize((1, 1), Image.Resampling.BOX).tobytes()[0] < _MOSTLY_NOTHING


def _looked_at(picture: Image.Image) -> tuple[Image.Image, Image.Image]:
    """Return how bright each pixel is, and in white which ones are coloured."""
    red, green, blue = picture.split()
    strongest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    weakest = ImageChops.darker(ImageChops.darker(red, green), blue)
    return strongest, ImageChops.subtract(strongest, weakest).point(_at_least(_COLOURED))


def _at_least(least: int) -> list[int]:
    """The table that turns values from one on white, and others black."""
    return [255 * (value >= least) for value in range(256)]


def _filled(cells: Image.Image, stroke: int) -> Image.Image:
    """Return the cells that are filled, with the signs that stand in them, without strokes beside them."""
    full = cells.point(_at_least(round(255 * _FILLED)))
    return _opened(ImageChops.lighter(full, _small_holes(full)), stroke)


def _small_holes(full: Image.Image) -> Image.Image:
    """Return what is enclosed by filled cells: a letter on a coloured box, but not the inside of a frame."""
    holes = ImageChops.invert(_with_outside(full))
    return ImageChops.subtract(holes, _opened(holes, _FRAME))


def _with_outside(full: Image.Image) -> Image.Image:
    """Fill all cells that can be reached from the border, run by run, as pixel by pixel is slow."""
    width, height = full.size
    cells = bytearray(full.tobytes())
    free = [list(_runs(ImageChops.invert(full).crop((0, y, width, y + 1)).tobytes())) for y in range(height)]
    waiting = [
        (y, run)
        for y in range(height)
        for run in free[y]
        if y in (0, height - 1) or run[0] == 0 or run[1] == width
    ]
    while waiting:
        y, (start, end) = waiting.pop()
        cells[y * width + start : y * width + end] = b"\xff" * (end - start)
        for near in {y - 1, y + 1} & set(range(height)):
            reached = [run for run in free[near] if run[0] < end and start < run[1]]
            free[near] = [run for run in free[near] if run not in reached]
            waiting += [(near, run) for run in reached]
    return Image.frombytes("L", full.size, bytes(cells))


def _opened(cells: Image.Image, size: int) -> Image.Image:
    """Leave out what is narrower than so many cells."""
    return cells.filter(ImageFilter.MinFilter(size)).filter(ImageFilter.MaxFilter(size))


def _boxes(cells: Image.Image) -> Iterator[Box]:
    """Yield boxes that cover the white cells: runs in a row, joined with equal ones below."""
    open_runs: dict[tuple[int, int], int] = {}
    for row in range(cells.height + 1):
        line = cells.crop((0, row, cells.width, row + 1)).tobytes() if row < cells.height else b""
        runs = set(_runs(line))
        for run in [run for run in open_runs if run not in runs]:
            yield _box(run, open_runs.pop(run), row, cells)
        for run in runs:
            open_runs.setdefault(run, row)


def _runs(line: bytes) -> Iterator[tuple[int, int]]:
    start = line.find(b"\xff")
    while start >= 0:
        end = line.find(b"\0", start)
        end = len(line) if end < 0 else end
        yield start, end
        start = line.find(b"\xff", end)


def _box(run: tuple[int, int], top: int, bottom: int, cells: Image.Image) -> Box:
    across, down = 1000 / cells.width, 1000 / cells.height
    return round(run[0] * across), round(top * down), round(run[1] * across), round(bottom * down)
