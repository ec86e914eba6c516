"""Put the lines of text found in a picture into the order in which people read them. Opens no picture.

A picture's largest line near its top is its title. What is left is cut along the white gaps between columns,
then along those between bands, until a piece has no gap any more; the lines of a piece are joined into
paragraphs.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from statistics import median

from notebinder.vault.model import PlacedWord, Places, Transcript


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text that was found in a picture. Lengths are pixels."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    height: float
    """The letters' line height, which for slanted text is less than `bottom - top`."""
    score: float = 1.0
    """How certain the reading is, up to 1."""
    words: tuple[PlacedWord, ...] = ()
    """Its words from left to right, where the reader tells them apart."""

    @property
    def middle(self) -> float:
        """Half-way between top and bottom."""
        return (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        """The size of the type, from height and width: a box's height alone varies with the letters in it."""
        return math.sqrt(self.height * (self.right - self.left) / max(1, len(self.text)))


_BULLET = re.compile(r"^[•·●○▪■◦‣►➢✓o-]\s+(?=\S)|^[•·●○▪■◦‣►➢]\s*(?=\S)")
_PARTED = re.compile(r"(?<=[^\W\d_])- (?=[^\W\d_])")
_COPYRIGHT = re.compile(r"©|\(c\)\s|all rights reserved|copyright", re.IGNORECASE)
_CJK = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")

_SCORE_OF_NOISE = 0.7
_SCORE_OF_A_CLEAR_LINE = 0.85
_LETTERS_OF_AN_ICON = 3
_SIZE_OF_A_REMNANT = 0.6
"""A line at the picture's edge that is smaller than this share of the usual one has been cut through."""
_TITLE_ZONE = 0.3
"""A title begins in this upper share of the picture."""
_SIZE_OF_A_TITLE = 0.75
"""A title is no smaller than this share of the largest type there, ..."""
_SIZE_OF_A_RIVAL = 0.9
_MANY_RIVALS = 2
"""... and where many lines are as large, as in the head of a table, none of them is a title."""
_TITLE_SIZE = 1.25
"""A title is larger than the usual line by this factor at least."""
_COLUMN_GAP = 0.6
"""Columns stand apart by this share of a line's height at least ..."""
_BAND_GAP = 0.25
"""... and bands by this one."""
_PARAGRAPH_GAP = 0.6
"""Lines of one paragraph stand no farther apart than this share of a line's height."""
_SAME_SIZE = 1.4
_LEVEL_STEP = 0.4
"""A bullet is a level deeper than another where it is indented by this share of a line's height ..."""
_COLUMN_STEP = 0.12
"""... and begins a column of its own from this share of the picture's width on."""
_WORDS_OF_A_CELL = 3.0


def read_lines(lines: Iterable[TextLine], *, width: int, height: int) -> Transcript:
    """Return title and paragraphs of a picture, without the noise of icons and watermarks."""
    legible = _without_noise(list(lines), width, height)
    title = _title_lines(legible, height)
    body = [line for line in legible if line not in title]
    levels = _bullet_levels(body, width)
    groups = [group for piece in _cut(body) for group in _paragraphs(piece)]
    paragraphs = (_marked(_join(group), levels.get(id(group[0]))) for group in groups)
    placed = tuple(words for line in (*title, *chain.from_iterable(groups)) if (words := _said(line)))
    places = Places("", (width, height), placed) if placed else None
    return Transcript(_join(title), tuple(text for text in paragraphs if text), places=places)


def _said(line: TextLine) -> tuple[PlacedWord, ...]:
    """The words of a line without the sign of a bullet before them."""
    is_bullet = bool(line.words) and _BULLET.match(f"{line.words[0].text} x") is not None
    return line.words[1:] if is_bullet and _BULLET.match(line.text) else line.words


def _bullet_levels(lines: Sequence[TextLine], width: int) -> dict[int, int]:
    """Return the level of each bullet by the id of its line: how far its sign is indented in its column."""
    levels: dict[int, int] = {}
    level, before = 0, -math.inf
    for line in sorted((line for line in lines if _BULLET.match(line.text)), key=lambda line: line.left):
        if line.left - before > _COLUMN_STEP * width:
            level = 0
        elif line.left - before > _LEVEL_STEP * line.height:
            level += 1
        before = line.left
        levels[id(line)] = level
    return levels


def _marked(text: str, level: int | None) -> str:
    return text if level is None or not text else f"{'  ' * level}- {text}"


def _without_noise(lines: Sequence[TextLine], width: int, height: int) -> list[TextLine]:
    is_cjk = _is_mostly_cjk("".join(line.text for line in lines))
    size = median(line.height for line in lines) if lines else 0.0
    return [
        line
        for line in lines
        if not _is_icon(line, is_cjk=is_cjk)
        and not (_is_cut_off(line, height) and line.height < _SIZE_OF_A_REMNANT * size)
        and not (_COPYRIGHT.search(line.text) and line.height < size and _is_at_the_rim(line, height))
    ]


def _is_icon(line: TextLine, *, is_cjk: bool) -> bool:
    letters = [letter for letter in line.text if letter.isalnum()]
    if len(letters) <= _LETTERS_OF_AN_ICON and line.score < _SCORE_OF_A_CLEAR_LINE:
        return True
    if not is_cjk and _is_mostly_cjk(line.text) and len(letters) <= _LETTERS_OF_AN_ICON:
        return True
    return not letters or line.score < _SCORE_OF_NOISE


def _is_mostly_cjk(text: str) -> bool:
    return len(_CJK.findall(text)) * 3 > sum(letter.isalnum() for letter in text)


def _is_cut_off(line: TextLine, height: int) -> bool:
    """Whether the picture's upper or lower edge may run through the line."""
    return line.top <= 1 or line.bottom >= height - 1


def _is_at_the_rim(line: TextLine, height: int) -> bool:
    return line.bottom > height * 0.9 or line.top < height * 0.05


def _title_lines(lines: Sequence[TextLine], height: int) -> list[TextLine]:
    """The largest line near the top with what continues it, or nothing if no line stands out."""
    upper = [line for line in lines if line.top < height * _TITLE_ZONE and _may_be_a_title(line)]
    if not upper:
        return []
    largest = max(line.size for line in upper)
    first = max((line for line in upper if line.size >= _SIZE_OF_A_TITLE * largest), key=_area)
    title = [line for line in upper if line is first or _continues_title(line, first)]
    rest = [line.size for line in lines if line not in title]
    rivals = sum(size > _SIZE_OF_A_RIVAL * first.size for size in rest)
    stands_out = not rest or (first.size >= _TITLE_SIZE * median(rest) and rivals < _MANY_RIVALS)
    return _in_rows(title) if stands_out else []


def _area(line: TextLine) -> float:
    """Tells a title from a logo in larger type."""
    return line.height * (line.right - line.left)


def _may_be_a_title(line: TextLine) -> bool:
    return not _BULLET.match(line.text) and sum(letter.isalpha() for letter in line.text) > 1


def _continues_title(line: TextLine, title: TextLine) -> bool:
    if max(line.height, title.height) > _SAME_SIZE * min(line.height, title.height):
        return False
    size = min(line.height, title.height)
    is_beside = abs(line.middle - title.middle) < size / 2 and _gap(line, title) < size
    is_next_line = abs(line.left - title.left) < 2 * size and abs(line.middle - title.middle) < 1.6 * size
    return is_beside or is_next_line


def _gap(one: TextLine, other: TextLine) -> float:
    return max(one.left, other.left) - min(one.right, other.right)


def _in_rows(lines: Iterable[TextLine]) -> list[TextLine]:
    """From top to bottom; lines of about one height from left to right."""
    ordered: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda line: line.middle):
        row = ordered[-1] if ordered else []
        if row and line.middle - row[0].middle < min(line.height, row[0].height) / 2:
            row.append(line)
        else:
            ordered.append([line])
    return [line for row in ordered for line in sorted(row, key=lambda line: line.left)]


def _cut(lines: list[TextLine]) -> Iterator[list[TextLine]]:
    """Cut along the widest gap between columns, else between bands, until there is none."""
    if len(lines) < 2:
        yield lines
        return
    size = median(line.height for line in lines)
    columns = _split([(line.left, line.right, line) for line in lines], _COLUMN_GAP * size)
    if columns and not _is_table(*columns):
        yield from _cut(columns[0])
        yield from _cut(columns[1])
        return
    bands = None if columns else _split([(line.top, line.bottom, line) for line in lines], _BAND_GAP * size)
    if bands:
        yield from _cut(bands[0])
        yield from _cut(bands[1])
        return
    yield _in_rows(lines)


def _split(
    extents: list[tuple[float, float, TextLine]], least: float
) -> tuple[list[TextLine], list[TextLine]] | None:
    """Cut at the widest gap in one direction, if it is wide enough."""
    extents = sorted(extents, key=lambda extent: extent[:2])
    best, place, reach = least, 0, extents[0][1]
    for index, (start, end, _) in enumerate(extents):
        if start - reach > best:
            best, place = start - reach, index
        reach = max(reach, end)
    if not place:
        return None
    return [line for *_, line in extents[:place]], [line for *_, line in extents[place:]]


def _is_table(left: Sequence[TextLine], right: Sequence[TextLine]) -> bool:
    """Whether two columns of short texts stand row by row."""
    fewer, more = sorted((left, right), key=len)
    if len(fewer) < 2 or any(_BULLET.match(line.text) for line in (*left, *right)):
        return False
    words = sum(len(line.text.split()) for line in (*left, *right)) / (len(left) + len(right))
    level = [any(abs(a.middle - b.middle) < a.height / 3 for b in more) for a in fewer]
    return words <= _WORDS_OF_A_CELL and sum(level) >= 0.8 * len(fewer) and len(more) < 4 * len(fewer)


def _paragraphs(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    group: list[TextLine] = []
    for line in lines:
        if group and not _continues(line, group[-1]):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _continues(line: TextLine, before: TextLine) -> bool:
    """Whether a line goes on with the sentence of the line above it."""
    if _BULLET.match(line.text) or max(line.height, before.height) > _SAME_SIZE * min(
        line.height, before.height
    ):
        return False
    size = min(line.height, before.height)
    is_below = line.middle > before.middle and line.top - before.bottom < _PARAGRAPH_GAP * size
    return is_below and _gap(line, before) < 0


def _join(lines: Iterable[TextLine]) -> str:
    """Make one text of lines; a word that is parted at a hyphen stays one."""
    text = " ".join(_BULLET.sub("", " ".join(line.text.split())) for line in lines).strip()
    return _PARTED.sub("-", text)
