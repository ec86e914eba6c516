"""Words as evidence: their stems, their rarity in a note, and what a misspelt one means. Pure."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from notebinder.placing.word_lists import FUNCTION_WORDS, MAKERS

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
# tried from the longest; what is left must keep four letters
_ENDINGS = ("ations", "ation", "ators", "ator", "ions", "ings", "ion", "ing", "ers", "ies", "ed", "er", "es")
_SHORTEST_STEM = 4
_SHORTEST_MISSPELT = 4
_LIKE_A_TITLE = 70
_LIKE_A_BODY = 85
_LIKE_A_SHORT_WORD = 80
_MAKERS_WEIGHT = 0.1
_NAMES_WEIGHT = 0.3
_COMMON = math.log(3)


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded, without function words.

    >>> words_of("What is Lamda@Edge?")
    ('lamda', 'edge')
    """
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’s", "").replace("'s", "")
    return tuple(word for word in _WORD.findall(folded) if word not in FUNCTION_WORDS)


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


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the words of one note weigh, and what its misspelt words mean."""

    rarity: Mapping[str, float] = field(default_factory=dict)
    """By stem: nearly 0 for a word that stands in most titles, high for one that stands in few."""
    unseen: float = 1.0
    """The rarity of a word that stands nowhere else."""
    meant: Mapping[str, str] = field(default_factory=dict)
    """By misspelt word of the outline: the word of the note that it stands for."""
    written: Mapping[str, str] = field(default_factory=dict)
    """By word: how the titles write it."""
    subject: frozenset[str] = frozenset()
    """The stems that name what the whole note is about: in its name, or in a third of its titles."""

    def stems(self, text: str) -> frozenset[str]:
        """Return the stems of a text, its misspelt words mended."""
        return frozenset(stem_of(self.meant.get(word, word)) for word in words_of(text))

    def mend(self, text: str) -> str:
        """Spell misspelt words as the note itself spells them elsewhere."""
        return _WORD.sub(lambda word: self._mended(word[0]), text)

    def _mended(self, word: str) -> str:
        other = self.meant.get(word.casefold())
        if other is None:
            return word
        return other if word.islower() else self.written.get(other, other.capitalize())

    def mass(self, stems: Iterable[str]) -> float:
        """Return what the words weigh together; a word that stands nowhere else weighs 1."""
        return sum(self.rarity.get(stem, self.unseen) for stem in stems) / self.unseen


def read_lexicon(
    name: str, *, entries: Sequence[str], titles: Sequence[str], bodies: Sequence[str]
) -> Lexicon:
    """Weigh the words of a note: each entry of its outline and each title of a part counts once."""
    in_titles = {word for title in titles for word in words_of(title)}
    in_bodies = {word for body in bodies for word in words_of(body)}
    meant = _mend({word for entry in entries for word in words_of(entry)}, in_titles, in_bodies)
    texts = [frozenset(stem_of(meant.get(word, word)) for word in words_of(text)) for text in entries]
    texts += [stems_of(title) for title in sorted(set(titles))]
    count = Counter(stem for text in texts for stem in text)
    named = stems_of(name) | stems_of(name.replace(" ", ""))
    rarity = {stem: math.log((len(texts) + 1) / (number + 0.5)) for stem, number in count.items()}
    common = {stem for stem, value in rarity.items() if value <= _COMMON and stem not in MAKERS_STEMS}
    weighed = {stem: value * _share(stem, named) for stem, value in rarity.items()}
    written = {word.casefold(): word for title in titles for word in _WORD.findall(title)}
    return Lexicon(weighed, math.log((len(texts) + 1) / 1.5), meant, written, named | common)


def _share(stem: str, named: Collection[str]) -> float:
    """Words that go without saying weigh less."""
    if stem in MAKERS_STEMS:
        return _MAKERS_WEIGHT
    return _NAMES_WEIGHT if stem in named else 1.0


def _mend(words: Collection[str], in_titles: Collection[str], in_bodies: Collection[str]) -> dict[str, str]:
    """Find for each word that the note has nowhere else the similar one that it has.

    A title is where a misspelt entry is most likely to stand in its right spelling, so less likeness will do.
    """
    seen = {stem_of(word) for word in (*in_titles, *in_bodies)}
    unseen = sorted(word for word in words if len(word) >= _SHORTEST_MISSPELT and stem_of(word) not in seen)
    near = {
        word: _most_similar(word, in_titles, _LIKE_A_TITLE) or _most_similar(word, in_bodies, _LIKE_A_BODY)
        for word in unseen
    }
    return {word: other for word, other in near.items() if other}


def _most_similar(word: str, others: Collection[str], least: int) -> str:
    """Most misspelt words keep their first and last letter, or have one letter wrong, or two exchanged."""
    alike = sorted(
        other
        for other in others
        if other[0] == word[0] and (other[-1] == word[-1] or OSA.distance(word, other) == 1)
    )
    least = max(least, _LIKE_A_SHORT_WORD) if len(word) <= _SHORTEST_MISSPELT else least
    near = process.extractOne(word, alike, scorer=fuzz.ratio, score_cutoff=least)
    return near[0] if near else ""
