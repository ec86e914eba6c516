"""Words and their stems. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from types import MappingProxyType

import snowballstemmer
import stopwordsiso

from notebinder.planning.word_lists import FUNCTION_WORDS, MAKERS

# Python takes the vowel signs of Hindi and its like for no part of a word
_SIGNS = "".join(sign for sign in map(chr, range(0x300, 0x1100)) if unicodedata.category(sign)[0] == "M")
_LETTERS = rf"(?:[^\W_][{_SIGNS}]*)+"
WORD = re.compile(rf"{_LETTERS}(?:['’]{_LETTERS})?")
"""A word as it is written."""
_WITHOUT_SPACES = re.compile(r"([\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]+)")
ENGLISH = "en"
_SNOWBALL = MappingProxyType(
    {
        "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "es": "spanish",
        "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian",
        "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali",
        "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian",
        "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
    }
)  # fmt: skip
"""The library's stemmers by code of language. English has its own, which takes "policies" for "policing"."""

# tried from the longest; what is left must keep four letters
_ENDINGS = ("ations", "ation", "ators", "ator", "ions", "ings", "ion", "ing", "ers", "ies", "ed", "er", "es")
_SHORTEST_STEM = 4


def words_of(text: str, language: str = ENGLISH) -> tuple[str, ...]:
    """Return the words of a text, folded, without function words; of Chinese and the like, each two signs.

    >>> words_of("What is Lamda@Edge?")
    ('lamda', 'edge')
    """
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’s", "").replace("'s", "")
    function_words = _function_words(language)
    return tuple(word for run in WORD.findall(folded) for word in _pieces(run) if word not in function_words)


@cache
def _function_words(language: str) -> frozenset[str]:
    """The words that tell nothing; the library's English ones hold too many that do ("groups", "order")."""
    if language == ENGLISH or not stopwordsiso.has_lang(language):
        return FUNCTION_WORDS
    return frozenset(stopwordsiso.stopwords(language))


def _pieces(run: str) -> Iterator[str]:
    """A word, or the pairs of signs of a script that puts no spaces between words."""
    for piece in filter(None, _WITHOUT_SPACES.split(run)):
        if _WITHOUT_SPACES.match(piece):
            yield from (piece[at : at + 2] for at in range(max(1, len(piece) - 1)))
        else:
            yield piece


@lru_cache(maxsize=65536)
def stem_of(word: str, language: str = ENGLISH) -> str:
    """Take the usual endings off, so that kinds of one word become equal.

    >>> stem_of("invalidations") == stem_of("invalidation"), stem_of("versioning") == stem_of("version")
    (True, True)
    """
    if language in _SNOWBALL:
        return _stemmer(language)(word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return stem_of(word[: -len(ending)])
    is_plural = word.endswith("s") and not word.endswith("ss") and len(word) >= _SHORTEST_STEM
    if is_plural or (word.endswith(("e", "y")) and len(word) > _SHORTEST_STEM):
        return stem_of(word[:-1])
    return word


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    stem: Callable[[str], str] = snowballstemmer.stemmer(_SNOWBALL[language]).stemWord
    return stem


def stem_list(words: Iterable[str], language: str = ENGLISH) -> frozenset[str]:
    """Return the stems of single words."""
    return frozenset(stem_of(word, language) for word in words)


def stems_of(text: str, language: str = ENGLISH) -> frozenset[str]:
    """Return the stems of a text's words."""
    return stem_list(words_of(text, language), language)


MAKERS_STEMS = stem_list(MAKERS)
