"""Read the text of an image with RapidOCR, which brings its models in its package. Needs the extra `ocr`."""

from __future__ import annotations

import math
import re
import shlex
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.metadata import requires
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from PIL import Image, ImageOps

from notebinder.base.limits import LIMITS
from notebinder.base.problems import NotebinderError
from notebinder.images.reading_order import TextLine, read_lines
from notebinder.images.transcribing import ReadImage
from notebinder.vault.model import PlacedWord, Transcript

# The classifier for upside-down text turned one line in eighty of upright slides; screenshots stand upright.
# Lines are recognised one by one, so that a line's reading does not depend on its neighbours.
# Several threads on one image take half as much time of all cores again as one thread on each image.
_PARAMETERS = {
    "Global.log_level": "critical",
    "Global.use_cls": False,
    "Rec.rec_batch_num": 1,
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
}
_CAPITALS = re.compile(r"\b(?:l(?=[A-Z])|[A-Z]{2})[A-Zl]*(?![a-z])")
_OF_EXTRA = re.compile(r"extra\s*==\s*['\"]ocr")
_WHITE = (255, 255, 255)


class MissingReaderError(NotebinderError):
    """The extra that reads text from images is not installed."""

    def __init__(self) -> None:
        needed = [each for each in requires("notebinder") or () if _OF_EXTRA.search(each)]
        names = " ".join(shlex.quote(each.partition(";")[0].strip()) for each in needed)
        how = f"{shlex.quote(sys.executable)} -m pip install {names}"
        super().__init__(f"to read text from images, run `{how}`")


_Corners = Sequence[Sequence[float]]


class _Found(Protocol):
    boxes: Iterable[_Corners] | None
    txts: Iterable[str]
    scores: Iterable[float]
    word_results: Iterable[Iterable[tuple[str, float, _Corners]]]


class _Engine(Protocol):
    def __call__(self, image: object, *, return_word_box: bool) -> _Found: ...


def can_read_images() -> bool:
    """Tell whether the extra `ocr` is installed. Loads nothing."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


def load_reader() -> ReadImage:
    """Return the function that reads one image; it loads the models when it is first called."""
    if not can_read_images():
        raise MissingReaderError
    return _read


def _read(file: Path) -> Transcript:
    return read_image(file, _engine())


@cache
def _engine() -> _Engine:
    from rapidocr import RapidOCR

    engine: _Engine = RapidOCR(params=_PARAMETERS)
    return engine


def read_image(file: Path, engine: _Engine) -> Transcript:
    """Return title and paragraphs of one image; raise OSError if it cannot be opened."""
    import numpy as np

    picture = _open(file)
    red_green_blue = np.asarray(picture)
    found = engine(red_green_blue[:, :, ::-1], return_word_box=True)  # the engine's order is blue, green, red
    return read_lines(_text_lines(found), width=picture.width, height=picture.height)


def mend_letters(text: str) -> str:
    """Turn a small L among capitals into the capital I that it was.

    >>> mend_letters("APl calls by lAM; All of Al")
    'API calls by IAM; All of Al'
    """
    return _CAPITALS.sub(lambda word: word[0].replace("l", "I"), text)


def _text_lines(found: _Found) -> Iterator[TextLine]:
    if found.boxes is None:
        return
    each = zip(found.boxes, found.txts, found.scores, found.word_results, strict=True)
    for corners, text, score, words in each:
        left, top, right, bottom = _box(corners)
        height = min(math.dist(corners[0], corners[3]), math.dist(corners[0], corners[1]))
        placed = tuple(part for word, _, place in words for part in _placed(mend_letters(word), _box(place)))
        yield TextLine(mend_letters(text), left, top, right, bottom, height, float(score), placed)


def _box(corners: _Corners) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of the upright box around four corners."""
    across = [float(corner[0]) for corner in corners]
    down = [float(corner[1]) for corner in corners]
    return min(across), min(down), max(across), max(down)


def _placed(word: str, box: tuple[float, float, float, float]) -> Iterator[PlacedWord]:
    """Yield a word at its place, which may begin outside of the picture where a letter is cut off."""
    left, top, right, bottom = (max(0, round(edge)) for edge in box)
    if text := "".join(word.split()):
        yield PlacedWord(text, left, top, max(1, right - left), max(1, bottom - top))


def _open(file: Path) -> Image.Image:
    """Open an image as it is seen: turned upright, on white where it is transparent."""
    try:
        with Image.open(file) as image:
            if image.width * image.height > LIMITS.image_pixels:
                raise OSError(f"{image.width} x {image.height} pixels are too many")
            upright = ImageOps.exif_transpose(image).convert("RGBA")
    except (Image.DecompressionBombError, SyntaxError, ValueError) as error:
        raise OSError(str(error)) from error
    flat = Image.new("RGB", upright.size, _WHITE)
    flat.paste(upright, mask=upright.getchannel("A"))
    return flat
