"""Words and their stems. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from notebinder.planning.word_lists import FUNCTION_WORDS, MAKERS

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
"""A word as it is written."""

# tried from the longest; what is left must keep four letters
_ENDINGS = ("ations", "ation", "ators", "ator", "ions", "ings", "ion", "ing", "ers", "ies", "ed", "er", "es")
_SHORTEST_STEM = 4


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded, without function words.

    >>> words_of("What is Lamda@Edge?")
    ('lamda', 'edge')
    """
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’s", "").replace("'s", "")
    return tuple(word for word in WORD.findall(folded) if word not in FUNCTION_WORDS)


@lru_cache(maxsize=65536)
def stem_of(word: str) -> str:
    """Take the usual English endings off, so that kinds of one word become equal.

    >>> stem_of("invalidations") == stem_of("invalidation"), stem_of("versioning") == stem_of("version")
    (True, True)
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return stem_of(word[: -len(ending)])
    is_plural = word.endswith("s") and not word.endswith("ss") and len(word) >= _SHORTEST_STEM
    if is_plural or (word.endswith(("e", "y")) and len(word) > _SHORTEST_STEM):
        return stem_of(word[:-1])
    return word


def stem_list(words: Iterable[str]) -> frozenset[str]:
    """Return the stems of single words."""
    return frozenset(map(stem_of, words))


def stems_of(text: str) -> frozenset[str]:
    """Return the stems of a text's words."""
    return stem_list(words_of(text))


MAKERS_STEMS = stem_list(MAKERS)
