"""What the words of one note weigh as evidence. Pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from notebinder.planning.spelling import Spelling, read_spelling
from notebinder.planning.words import ENGLISH, MAKERS_STEMS

_MAKERS_WEIGHT = 0.1
_NAMES_WEIGHT = 0.3
_COMMON = 1 / 3
_OFTEN = 3


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one note: how they are spelt, and how rare they are."""

    spelling: Spelling = field(default_factory=Spelling)
    rarity: Mapping[str, float] = field(default_factory=dict)
    """By stem: nearly 0 for a word that stands in most titles, high for one that stands in few."""
    unseen: float = 1.0
    """The rarity of a word that stands nowhere else."""
    subject: frozenset[str] = frozenset()
    """The stems that name what the whole note is about: in its name, or in a third of its titles."""

    def stems(self, text: str) -> frozenset[str]:
        """Return the stems of a text, whatever way its words are spelt."""
        return self.spelling.stems(text)

    def mass(self, stems: Iterable[str]) -> float:
        """Return what the words weigh together; a word that stands nowhere else weighs 1."""
        return sum(self.rarity.get(stem, self.unseen) for stem in stems) / self.unseen


def read_lexicon(
    name: str,
    *,
    entries: Sequence[str],
    titles: Sequence[str],
    bodies: Sequence[str],
    language: str = ENGLISH,
) -> Lexicon:
    """Weigh the words of a note: each entry of its outline and each title of a part counts once."""
    spelling = read_spelling(entries, (*titles, name), bodies, language)
    texts = [spelling.stems(text) for text in (*entries, *sorted(set(titles)))]
    count = Counter(stem for text in texts for stem in text)
    named = spelling.stems(name)
    rarity = {stem: math.log((len(texts) + 1) / (number + 0.5)) for stem, number in count.items()}
    common = {stem for stem, number in count.items() if number >= max(_OFTEN, len(texts) * _COMMON)}
    weighed = {stem: value * _share(stem, named) for stem, value in rarity.items()}
    return Lexicon(spelling, weighed, math.log((len(texts) + 1) / 1.5), named | (common - MAKERS_STEMS))


def _share(stem: str, named: Collection[str]) -> float:
    """Words that go without saying weigh less."""
    if stem in MAKERS_STEMS:
        return _MAKERS_WEIGHT
    return _NAMES_WEIGHT if stem in named else 1.0
