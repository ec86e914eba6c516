"""Read a text as its reader does: without escapes, and with a value beside the label above it.

Rules know one line, `label: value`. So what stands in the cell, line, item or code below its label is put
behind it here, and a word that the end of a line broke is put together.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, takewhile

from notebinder.public.credentials.labels import labels_in

_INVISIBLE = "\u00ad\u200b-\u200f\u2060-\u2064\ufeff"
# it begins with the signs themselves, because a lookbehind there would have every place of a text tried
_ESCAPED = re.compile(
    rf"[\\&`<{_INVISIBLE}](?:(?<=\\)(?=[!-/:-@\[-`{{-~])|(?<=&)(?:#\d{{1,7}}|#[xX][0-9a-fA-F]{{1,6}}|[A-Za-z]{{2,31}});|"
    rf"(?<=[{_INVISIBLE}])|(?<=[\w-]`)(?=[\w-])|(?<=<)/?(?:b|code|em|i|kbd|span|strong|wbr)>)"
)
_DELIMITERS = re.compile(r"\n[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*(?=\r?\n|$)")
_CELL_END = re.compile(r"(?<!\\)\|")
_MARKERS = re.compile(r"(?:[ \t>#*+-]|\d{1,3}[.)] |\[[ xX]\] |\[![\w-]{1,30}\][+-]?)*[`*_]*")
_FENCE = re.compile(r"[ \t>]*(?:`{3,}|~{3,})[\w-]*\s*")
_BROKEN = re.compile(r"\n(?<=[A-Za-z0-9_+/=.-]{6}\n)[ \t>|]{0,12}(?P<tail>[A-Za-z0-9_+/=.-]{6,})")
_HEAD = re.compile(r"[A-Za-z0-9_+/=.-]{6,300}$")
_LONGEST_LABEL = 60
_LONGEST_LINE = 400
_NEAR = 3
"""So many lines below its label a value may stand, with an empty one and a fence between."""
_MOST_CELLS = 60
_Lines = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it is read, and where its signs stand in the source."""

    text: str
    starts: tuple[int, ...]
    """Where each piece of it begins."""
    sources: tuple[int, ...]
    """Where each piece begins in the source."""

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return where a part of it stands in the source."""
        return self._place(start), self._place(end - 1) + 1

    def _place(self, place: int) -> int:
        piece = bisect_right(self.starts, place) - 1
        return self.sources[piece] + place - self.starts[piece]


def readings(text: str) -> Iterator[Reading]:
    """Yield the readings of a text that differ from its source; most texts have next to none."""
    unescaped = _joined(_unescaped(text))
    if unescaped.text:
        yield unescaped
    label = labels_in(text)
    labelled = _joined([*(_labelled(text, label) if label else ()), *_broken(text)])
    if labelled.text:
        yield labelled


def _labelled(text: str, label: re.Pattern[str]) -> Iterator[tuple[str, int]]:
    lines = _lines(text)
    labels = sorted({bisect_right(lines, (found.start(), len(text))) - 1 for found in label.finditer(text)})
    yield from _cells(text, lines, labels, label)
    yield from _below(text, lines, labels, label)


def _joined(pieces: Iterable[tuple[str, int]]) -> Reading:
    texts, starts, sources, length = [], [], [], 0
    for piece, source in pieces:
        texts.append(piece)
        starts.append(length)
        sources.append(source)
        length += len(piece)
    return Reading("".join(texts), tuple(starts), tuple(sources))


def _unescaped(text: str) -> Iterator[tuple[str, int]]:
    """Yield the lines that have an escape in them, without it."""
    line_end = -1
    place = 0
    for found in _ESCAPED.finditer(text):
        if found.start() > line_end:
            if line_end >= 0:
                yield text[place:line_end] + "\n", place
            place = text.rfind("\n", 0, found.start()) + 1
            end = text.find("\n", found.start())
            line_end = end if end >= 0 else len(text)
        yield text[place : found.start()], place
        if found[0].startswith("&"):
            yield html.unescape(found[0])[:1], found.start()
        place = found.end()
    if line_end >= 0:
        yield text[place:line_end] + "\n", place


def _lines(text: str) -> _Lines:
    """Return where each line begins and ends."""
    ends = [found.start() for found in re.finditer("\n", text)]
    return list(zip([0, *(end + 1 for end in ends)], [*ends, len(text)], strict=True))


def _line(text: str, label: tuple[int, int], value: tuple[int, int]) -> Iterator[tuple[str, int]]:
    """Yield a label and its value as one line."""
    start, end = value
    if end > start:
        yield text[slice(*label)].rstrip(" \t:：*_`") + ": ", label[0]
        yield text[start:end], start
        yield "\n", end


def _cells(text: str, lines: _Lines, labels: list[int], word: re.Pattern[str]) -> Iterator[tuple[str, int]]:
    """Yield the cells beside and below labels, each with its label."""
    if not any("|" in text[slice(*lines[at])] for at in labels):
        return
    done = 0
    for found in _DELIMITERS.finditer(text):
        at = bisect_right(lines, (found.start() + 1, len(text))) - 1
        if "|" not in found[0] or at < done:
            continue
        head = _row(text, lines[at - 1])
        columns = {column: cell for column, cell in enumerate(head) if _is_label(text, cell, word)}
        yield from _beside(text, head, word)
        done = at + 1
        for line in takewhile(lambda line: "|" in text[slice(*line)], islice(lines, at + 1, None)):
            done, row = done + 1, _row(text, line)
            yield from _beside(text, row, word)
            for column, label in columns.items():
                if column < len(row):
                    yield from _line(text, label, row[column])


def _beside(text: str, row: list[tuple[int, int]], word: re.Pattern[str]) -> Iterator[tuple[str, int]]:
    if len(row) > 1 and _is_label(text, row[0], word):
        yield from _line(text, row[0], row[1])


def _row(text: str, line: tuple[int, int]) -> list[tuple[int, int]]:
    """Return where the cells of a row stand."""
    start, end = line
    bars = [found.start() for found in _CELL_END.finditer(text, start, end)][:_MOST_CELLS]
    if not bars:
        return []
    if not text[start : bars[0]].strip(" \t>"):
        start, bars = bars[0] + 1, bars[1:]
    if bars and not text[bars[-1] + 1 : end].strip():
        end, bars = bars[-1], bars[:-1]
    return [
        _trimmed(text, *cell) for cell in zip([start, *(bar + 1 for bar in bars)], [*bars, end], strict=True)
    ]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())


def _is_label(text: str, place: tuple[int, int], word: re.Pattern[str]) -> bool:
    start, end = place
    return end - start <= _LONGEST_LABEL and bool(word.search(text, start, end))


def _below(text: str, lines: _Lines, labels: list[int], word: re.Pattern[str]) -> Iterator[tuple[str, int]]:
    """Yield the single words below lines that are nothing but a label."""
    for at in labels:
        label = _content(text, *lines[at])
        if not _is_label(text, label, word):
            continue
        values = (
            _content(text, *below) for below in lines[at + 1 : at + 1 + _NEAR] if not _is_fence(text, below)
        )
        value = next((value for value in values if value[0] < value[1]), None)
        if value and " " not in text[slice(*value)]:
            yield from _line(text, label, value)


def _is_fence(text: str, line: tuple[int, int]) -> bool:
    return bool(_FENCE.fullmatch(text, *line))


def _content(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where a line's words stand, without the marks of lists, quotes, headings and code."""
    markers = _MARKERS.match(text, start, end)
    start = markers.end() if markers else start
    return start, start + len(text[start:end].rstrip(" \t\r:：`*_"))


def _broken(text: str) -> Iterator[tuple[str, int]]:
    """Yield the lines that end within a word of random signs, with what the next line has of it."""
    for found in _BROKEN.finditer(text):
        start = max(text.rfind("\n", 0, found.start()) + 1, found.start() - _LONGEST_LINE)
        head = _HEAD.search(text[start : found.start()])
        word = head[0] + found["tail"] if head else ""
        if any(map(str.isdigit, word)) and any(map(str.isalpha, word)):
            yield text[start : found.start()], start
            yield found["tail"], found.start("tail")
            yield "\n", found.end()
