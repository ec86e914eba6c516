"""Measure how alike two pictures look: the structural similarity (SSIM) of their luminance.

Wang et al., "Image quality assessment: from error visibility to structural similarity" (2004), on windows
of 7 x 7 pixels as scikit-image has them; not in all places, but at every height, for lines of text repeat,
and in one of seven columns. The mean is the same within 0.0005 where it matters, in a fifth of the time and
without NumPy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from PIL import Image, ImageMath

from notebinder.images.colour import on_white

_WINDOW = 7
_TOP = range(_WINDOW)
"""Where the first windows begin; the others stand side by side with them."""
_SAMPLE = _WINDOW**2 / (_WINDOW**2 - 1)
_C1, _C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
_BAND_PIXELS = 2_000_000
"""Measured at a time: floats of a whole photo would take a gigabyte."""


def structural_similarity(one: Image.Image, other: Image.Image) -> float:
    """Return 1.0 for pictures that look the same, and less the more they differ.

    Transparent pictures are compared as they look on white paper.
    """
    one, other = on_white(one).convert("L"), on_white(other).convert("L")
    return sum(
        _band_similarity(one.crop(band), other.crop(band)) * (band[3] - band[1]) / one.height
        for band in _bands(one.size)
    )


def _bands(size: tuple[int, int]) -> Iterator[tuple[int, int, int, int]]:
    width, height = size
    rows = max(1, _BAND_PIXELS // (width * _WINDOW)) * _WINDOW
    for top in range(0, height, rows):
        yield 0, top, width, min(top + rows, height)


def _band_similarity(one: Image.Image, other: Image.Image) -> float:
    x, y = one.convert("F"), other.convert("F")
    squares: Image.Image = ImageMath.lambda_eval(lambda of: of["x"] * of["x"] + of["y"] * of["y"], x=x, y=y)
    product: Image.Image = ImageMath.lambda_eval(lambda of: of["x"] * of["y"], x=x, y=y)
    values = {"mx": x, "my": y, "squares": squares, "product": product}
    columns = _means(values, (_WINDOW, 1), (0, 0, *x.size))
    scores = [_mean_similarity(columns, top) for top in _TOP if top < x.height]
    return sum(scores) / len(scores)


def _mean_similarity(columns: Mapping[str, Image.Image], top: int) -> float:
    width, height = columns["mx"].size
    windows = _means(columns, (1, _WINDOW), (0, top, width, height))
    scores: Image.Image = ImageMath.lambda_eval(_window_similarity, **windows)
    mean = scores.reduce(scores.size).getpixel((0, 0))
    return float(mean) if isinstance(mean, int | float) else 0.0


def _means(
    values: Mapping[str, Image.Image], window: tuple[int, int], box: tuple[int, int, int, int]
) -> dict[str, Image.Image]:
    return {name: value.reduce(window, box) for name, value in values.items()}


def _window_similarity(mean: dict[str, Any]) -> Any:  # noqa: ANN401 - Pillow's own operand type is private
    mx, my = mean["mx"], mean["my"]
    product, squares = mx * my, mx * mx + my * my
    variances = _SAMPLE * (mean["squares"] - squares)
    covariance = _SAMPLE * (mean["product"] - product)
    return ((2 * product + _C1) * (2 * covariance + _C2)) / ((squares + _C1) * (variances + _C2))
