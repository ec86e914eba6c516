"""Where the words of a picture stand: the file beside its transcript, held against the transcript's words.

The file ends in `.png.places` and is nothing for an author to touch: the transcript says what stands in the
picture, this says only where. A word that the author corrected stands where the one stood that it replaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from msgspec.structs import replace

from notebinder.vault.model import PlacedWord, Places, Transcript
from notebinder.vault.transcripts import bullet_of, has_transcript

PLACES_SUFFIX = ".places"

_HINT = (
    "# Where the words of the picture stand: left, top, width and height in pixels. Written by notebinder."
)
_RULE = "---"
_WORD = re.compile(r"(\d{1,6}) (\d{1,6}) (\d{1,6}) (\d{1,6}) (\S+)")
_SIZE = re.compile(r"([1-9]\d{0,5}) ([1-9]\d{0,5})")
_MOST_WORDS = 5_000
"""A picture with more words is no picture of text; its layer would weigh more than the picture."""


def places_file(image: Path) -> Path:
    """Return where the places of an image's words stand."""
    return image.with_name(image.name + PLACES_SUFFIX)


def is_places(name: str) -> bool:
    """Tell a file of places from other files by its name."""
    return name.endswith(PLACES_SUFFIX) and has_transcript(name.removesuffix(PLACES_SUFFIX))


def format_places(places: Places) -> str:
    """Return the file's text: a word on each line, an empty line between the lines of the picture."""
    head = [_HINT, f"image: {places.image_hash}", f"size: {places.size[0]} {places.size[1]}", _RULE]
    lines = ("\n".join(_format_word(word) for word in line) for line in places.lines)
    return "\n".join([*head, "\n\n".join(lines), ""])


def _format_word(word: PlacedWord) -> str:
    return f"{word.left} {word.top} {word.width} {word.height} {word.text}"


def parse_places(text: str) -> Places | None:
    """Read the file's text; None if anything in it is not what `format_places` writes.

    >>> parse_places("image: 1f\\nsize: 90 40\\n---\\n5 6 30 9 VPC\\n").lines[0][0].text
    'VPC'
    """
    head, rule, body = text.replace("\r\n", "\n").partition(f"\n{_RULE}\n")
    pairs = (line.partition(":") for line in head.split("\n") if not line.startswith("#"))
    fields = {key.strip(): value.strip() for key, _, value in pairs}
    size = _SIZE.fullmatch(fields.get("size", ""))
    rows = [[_WORD.fullmatch(line) for line in block.split("\n") if line] for block in body.split("\n\n")]
    words = [word for row in rows for word in row]
    if not rule or not size or len(words) > _MOST_WORDS or not all(words):
        return None
    lines = tuple(tuple(_read_word(word) for word in row if word) for row in rows if row)
    return Places(fields.get("image", ""), (int(size[1]), int(size[2])), lines)


def _read_word(match: re.Match[str]) -> PlacedWord:
    left, top, width, height = (int(number) for number in match.group(1, 2, 3, 4))
    return PlacedWord(match[5], left, top, width, height)


def read_places(data: bytes) -> Places | None:
    """Read the bytes of a file of places."""
    return parse_places(data.decode("utf-8-sig", "replace"))


def placed_words(transcript: Transcript) -> tuple[tuple[PlacedWord, ...], ...]:
    """Return the transcript's words at their places, line by line; nothing where no place is known.

    Only words of the transcript are shown: what was read once and is not in it any more, because the author
    took it out or because it is private, has no place either.
    """
    if transcript.places is None:
        return ()
    read = [(word, number) for number, line in enumerate(transcript.places.lines) for word in line]
    texts = (transcript.title, *(bullet_of(paragraph)[1] for paragraph in transcript.paragraphs))
    said = [word for text in texts for word in text.split()]
    lines: dict[int, list[PlacedWord]] = {}
    for number, word in _aligned(read, said):
        lines.setdefault(number, []).append(word)
    return tuple(tuple(line) for line in lines.values())


def _aligned(read: Sequence[tuple[PlacedWord, int]], said: Sequence[str]) -> Iterator[tuple[int, PlacedWord]]:
    """Yield each word said with the number of its line, at the place of the read word that it stands for."""
    texts = [word.text for word, _ in read]
    if texts == said:
        yield from ((number, word) for word, number in read)
        return
    for kind, start, end, first, last in SequenceMatcher(None, texts, said, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from ((number, word) for word, number in read[start:end])
        elif first < last:
            around = read[start:end] or read[max(0, start - 1) : start] or read[:1]
            yield from _shared_out(around, said[first:last])


def _shared_out(
    read: Sequence[tuple[PlacedWord, int]], said: Sequence[str]
) -> Iterator[tuple[int, PlacedWord]]:
    """Share the places of some words read out to the words that stand for them."""
    shares: dict[int, list[str]] = {}
    for index, text in enumerate(said):
        shares.setdefault(index * len(read) // len(said), []).append(text)
    for index, texts in shares.items():
        if read:
            word, number = read[index]
            yield from ((number, part) for part in _parts(word, texts))


def _parts(word: PlacedWord, texts: Sequence[str]) -> Iterable[PlacedWord]:
    """Cut the place of one word into places for several, by their letters."""
    letters = sum(len(text) + 1 for text in texts) - 1
    left = 0.0
    for text in texts:
        width = word.width * len(text) / letters
        yield replace(word, text=text, left=word.left + round(left), width=max(1, round(width)))
        left += width + word.width / letters
