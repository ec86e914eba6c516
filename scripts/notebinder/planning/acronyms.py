"""What the acronyms of a note stand for. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from notebinder.planning.words import ENGLISH, WORD, stem_list, stem_of, words_of

# ... Network Access Control List (NACL)
_DEFINED = re.compile(r"(?P<words>[^().:;|]{1,200})\((?P<short>[A-Z][A-Z0-9]{1,5})s?\)")
_SHORT = re.compile(r"\b[A-Z]{3,6}\b")


def read_acronyms(
    titles: Sequence[str], bodies: Iterable[str], language: str = ENGLISH
) -> dict[str, frozenset[str]]:
    """Return the stems of what each acronym stands for, by its own stem.

    An acronym is explained by the words in front of its brackets, or by words of a title that begin with its
    letters.

    >>> sorted(read_acronyms(["Internet Gateway (IGW)"], [])["igw"])
    ['gatewa', 'internet']
    """
    shorts = _shorts(titles)
    found = {short: words for text in titles for short, words in _spelt_out(text, shorts)}
    found |= {short: words for text in (*titles, *bodies) for short, words in _defined(text)}
    return {
        stem_of(short.casefold(), language): stem_list(words_of(" ".join(words), language), language)
        for short, words in found.items()
    }


def _shorts(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(short for text in texts for short in _SHORT.findall(text))


def _defined(text: str) -> Iterator[tuple[str, list[str]]]:
    for match in _DEFINED.finditer(text):
        words = WORD.findall(match["words"])
        for count in range(2, len(match["short"]) + 1):
            if _stands_for(match["short"], words[-count:]):
                yield match["short"], words[-count:]
                break


def _stands_for(short: str, words: list[str]) -> bool:
    """Whether the letters of an acronym come in order in the words, from the first letter on."""
    letters = iter("".join(words).casefold())
    return bool(words) and words[0][0] == short[0] and all(each in letters for each in short.casefold())


def _spelt_out(text: str, shorts: frozenset[str]) -> Iterator[tuple[str, list[str]]]:
    words = WORD.findall(text)
    initials = "".join(word[0].upper() for word in words)
    for short in shorts:
        at = initials.find(short)
        if at >= 0:
            yield short, words[at : at + len(short)]
