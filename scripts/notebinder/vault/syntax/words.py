"""Count the words of a text, so that what is shown can be held against what was written."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_WORD = re.compile(r"[^\W_]+")


def count_words(text: str) -> Counter[str]:
    """Return how often each word occurs, without case.

    >>> dict(count_words("A_b, a"))
    {'a': 2, 'b': 1}
    """
    return Counter(_words(text))


def number_of_words(text: str) -> int:
    """Return how many words `count_words` counts."""
    return len(_words(text))


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


def words_beside(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the words, or their ends, that touch a part of a text; marks above a letter are of its word.

    >>> words_beside("so, t</div>\u0301em x", 5, 11)
    ('t', '\u0301em')
    """
    first, last = start, end
    while first > 0 and _is_of_word(text[first - 1]):
        first -= 1
    while last < len(text) and _is_of_word(text[last]):
        last += 1
    return text[first:start], text[end:last]


def _is_of_word(sign: str) -> bool:
    return sign.isalnum() or unicodedata.combining(sign) > 0
