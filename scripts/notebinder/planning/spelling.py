"""Different spellings of one thing: typing errors, compounds, acronyms. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from notebinder.planning.acronyms import read_acronyms
from notebinder.planning.words import ENGLISH, WORD, stem_list, stem_of, words_of

_SHORTEST_MISSPELT = 4
_LIKE_A_TITLE = 70
_LIKE_A_BODY = 85
_LIKE_A_SHORT_WORD = 80
_CLEARLY_MEANT = 85
_LONGEST_ABBREVIATION = 3


@dataclass(frozen=True, slots=True)
class Spelling:
    """How one note writes its words."""

    language: str = ENGLISH
    meant: Mapping[str, str] = field(default_factory=dict)
    """By misspelt word of the outline: the word of the note that it stands for."""
    written: Mapping[str, str] = field(default_factory=dict)
    """By word: how the titles write it."""
    compounds: frozenset[str] = frozenset()
    """Words that are also written as two: CloudWatch and Cloud Watch."""
    acronyms: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By the acronym's stem: those of the words that it stands for."""

    def stems(self, text: str) -> frozenset[str]:
        """Return the stems of a text, whatever way its words are spelt."""
        words = _joined(words_of(text, self.language), self.compounds)
        stems = stem_list((self.meant.get(word, word) for word in words), self.language)
        more = {short for short, words in self.acronyms.items() if words and words <= stems}
        return stems.union(more, *(self.acronyms.get(stem, ()) for stem in stems))

    def mend(self, text: str) -> str:
        """Write words that are clearly misspelt as the note itself writes them elsewhere."""
        return WORD.sub(lambda word: self._mended(word[0]), text)

    def _mended(self, word: str) -> str:
        other = self.meant.get(word.casefold())
        if other is None or fuzz.ratio(word.casefold(), other) < _CLEARLY_MEANT:
            return word
        return other if word.islower() else self.written.get(other, other.capitalize())


def read_spelling(
    entries: Sequence[str], titles: Sequence[str], bodies: Sequence[str], language: str = ENGLISH
) -> Spelling:
    """Find out how a note writes its words, and what those of its outline mean."""
    in_entries, in_titles, in_bodies = (_vocabulary(texts, language) for texts in (entries, titles, bodies))
    pairs = {one + other for text in (*entries, *titles) for one, other in pairwise(words_of(text, language))}
    compounds = frozenset(pairs & (in_entries | in_titles | in_bodies))
    unmended = {word for entry in entries for word in _joined(words_of(entry, language), compounds)}
    written = {word.casefold(): word for title in titles for word in WORD.findall(title)}
    acronyms = read_acronyms((*entries, *titles), bodies, language)
    meant = _mend(unmended, in_titles | compounds, in_bodies, language)
    return Spelling(language, meant, written, compounds, acronyms)


def _vocabulary(texts: Iterable[str], language: str) -> set[str]:
    return {word for text in texts for word in words_of(text, language)}


def _joined(words: Sequence[str], compounds: frozenset[str]) -> Iterator[str]:
    """Join each two words that are written as one elsewhere."""
    index = 0
    while index < len(words):
        compound = "".join(words[index : index + 2])
        length = 2 if compound in compounds else 1
        yield "".join(words[index : index + length])
        index += length


def _mend(
    words: Collection[str], in_titles: Collection[str], in_bodies: Collection[str], language: str
) -> dict[str, str]:
    """Find for each word that the note has nowhere else the similar one that it has.

    A title is where a misspelt entry is most likely to stand in its right spelling, so less likeness will do.
    """
    seen = {stem_of(word, language) for word in (*in_titles, *in_bodies)}
    unseen = sorted(word for word in words if stem_of(word, language) not in seen)
    near = {
        word: _most_similar(word, in_titles, _LIKE_A_TITLE)
        or _most_similar(word, in_bodies, _LIKE_A_BODY)
        or _unabbreviated(word, in_titles)
        for word in unseen
    }
    return {word: other for word, other in near.items() if other}


def _most_similar(word: str, others: Collection[str], least: int) -> str:
    """Most misspelt words keep their first and last letter, or have one letter wrong, or two exchanged."""
    if len(word) < _SHORTEST_MISSPELT:
        return ""
    alike = sorted(
        other
        for other in others
        if other[0] == word[0] and (other[-1] == word[-1] or OSA.distance(word, other) == 1)
    )
    least = max(least, _LIKE_A_SHORT_WORD) if len(word) <= _SHORTEST_MISSPELT else least
    near = process.extractOne(word, alike, scorer=fuzz.ratio, score_cutoff=least)
    return near[0] if near else ""


def _unabbreviated(word: str, others: Collection[str]) -> str:
    """Return the one word that a short one may abbreviate, as GW does Gateway."""
    if len(word) > _LONGEST_ABBREVIATION:
        return ""
    possible = sorted(other for other in others if other[0] == word[0] and _has_letters(other, word))
    stems = {stem_of(other) for other in possible}
    return possible[0] if len(stems) == 1 and len(possible[0]) >= 2 * len(word) else ""


def _has_letters(word: str, letters: str) -> bool:
    """Whether a word has all these letters in this order."""
    rest = iter(word)
    return all(letter in rest for letter in letters)
