"""Mend what was read wrongly in pictures, where the words of the site's own texts know better."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import partial
from itertools import product
from typing import Any

_WORD = re.compile(r"[^\W_]+")
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_ALIKE = {"0": "Oo", "1": "lI", "5": "Ss", "8": "B"}
"""Digits that are taken for letters."""
_MOST_DIGITS = 3
_OFTEN = 2
"""So often a word of letters alone must be read in pictures to count as known."""


def mended(entries: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the entries, those of pictures with their words mended."""
    own, read = Counter[str](), Counter[str]()
    for entry in entries:
        (read if "image" in entry else own).update(_words(f"{entry['title']}\n{entry['text']}"))
    known = {word.lower() for word in own}
    known |= {word.lower() for word, count in read.items() if count >= _OFTEN and _PART.fullmatch(word)}
    mend = partial(_WORD.sub, lambda found: _mended_word(found[0], known))
    return [
        {**entry, "title": mend(entry["title"]), "text": mend(entry["text"])}
        if "image" in entry
        else dict(entry)
        for entry in entries
    ]


def _words(text: str) -> Iterable[str]:
    """The words of a text, also those within names such as GetObject."""
    for word in _WORD.findall(text):
        yield word
        parts = _PART.findall(word)
        if len(parts) > 1:
            yield from parts


def _mended_word(word: str, known: Container[str]) -> str:
    if word.lower() in known or not word.isascii() or not any(map(str.isalpha, word)):
        return word
    return _with_letters(word, known) or _apart(word, known) or word


def _with_letters(word: str, known: Container[str]) -> str:
    """Put letters in place of digits: `Get0bject`."""
    places = [_ALIKE.get(sign, "") if sign.isdigit() else sign for sign in word]
    digits = sum(map(str.isdigit, word))
    if not 0 < digits <= _MOST_DIGITS or not all(places):
        return ""
    for signs in product(*places):
        guess = "".join(signs)
        if guess.lower() in known or _is_made_of(_PART.findall(guess), known):
            return guess
    return ""


def _is_made_of(parts: Sequence[str], known: Container[str]) -> bool:
    return len(parts) > 1 and all(len(part) > 1 and part.lower() in known for part in parts)


def _apart(word: str, known: Container[str]) -> str:
    """Put a space between two words: `ofTB`, `yourVPC`."""
    parts = _PART.findall(word)
    is_two = len(parts) == 2 and parts[0].islower() and parts[1].isupper()
    return " ".join(parts) if is_two and _is_made_of(parts, known) else ""
