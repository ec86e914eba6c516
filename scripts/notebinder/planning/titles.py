"""What the titles of several parts tell and share. Pure."""

from __future__ import annotations

from collections.abc import Collection

from notebinder.planning.word_lists import INTRODUCING
from notebinder.planning.words import MAKERS_STEMS, stem_list, stem_of, stems_of, words_of

MORE = "More"
"""The topic of parts that have nothing in common."""
UNTELLING = MAKERS_STEMS | stem_list(INTRODUCING)


def telling_stems(title: str, common: Collection[str], language: str) -> list[str]:
    """Return the stems of a title in order, but for those that go without saying."""
    stems = (stem_of(word, language) for word in words_of(title, language))
    return [stem for stem in stems if stem not in common]


def words_within(title: str, stems: frozenset[str], language: str) -> str:
    """Return those words of a title that have no other stems than these, as it writes them."""
    words = [word.strip(".,:;()") for word in title.split()]
    return " ".join(word for word in words if words_of(word, language) and stems_of(word, language) <= stems)
