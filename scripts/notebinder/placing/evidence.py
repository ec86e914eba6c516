"""What speaks for putting a part under an entry, weighed. Pure.

Weights are log-odds against "no entry fits". They are round numbers: in leave-one-note-out trials any of them
could be changed by half without changing more than two parts in a hundred.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from notebinder.placing.entries import EntryKind, kind_of
from notebinder.placing.material import Material
from notebinder.placing.words import MAKERS, Lexicon, stem_of


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each kind of evidence counts."""

    title: float = 10.0
    """From a title with no word of the entry to one with all of them ..."""
    neutral_fit: float = 0.42
    """... of which this share says nothing either way."""
    rare_words: float = 1.5
    """Each rare word that title and entry share: a narrow entry beats a broad one."""
    extra_word: float = 0.12
    """What each rare word that only the title has takes from its fit."""
    silent_text: float = 0.5
    """A text of the author need not name its topic, so its silence counts less."""
    body: float = 2.0
    """An entry whose words stand together again and again below the title."""
    question: float = -0.8
    """An entry that asks or states something is less often taken up than one that names a topic."""
    introduces: float = 2.0
    """A title that names the note's subject and nothing else ..."""
    announces: float = 2.0
    """... the more if it says so: overview, introduction, benefits, summary ..."""
    another_subject: float = -1.0
    """... and a title that names something else."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How the words of a part fit those of an entry."""

    coverage: float
    """The share of the entry's words, by weight, that the title has."""
    title: float
    """The same, less for each rare word that only the title has."""
    shared: frozenset[str]
    """The stems that both have."""
    shared_mass: float
    mentions: float
    """Up to 1: how many paragraphs have nearly all words of the entry."""


_NEARLY_ALL = 0.8
_ENOUGH_MENTIONS = 3
_ENOUGH_SHARE = 0.3
_NO_FIT = 0.2
_MOST_RARE_WORDS = 2.0
_INTRODUCING = frozenset(
    map(
        stem_of,
        """advantages basics benefits concepts conclusion definition features fundamentals general intro
        introducing introduction overview recap summary""".split(),
    )
)
_SUMMING_UP = frozenset(map(stem_of, ("conclusion", "overview", "recap", "summary")))


def fit_of(material: Material, entry: str, lexicon: Lexicon, weights: Weights) -> Fit:
    """Compare the words of a part with those of an entry."""
    wanted, title = lexicon.stems(entry), lexicon.stems(material.title)
    all_wanted = lexicon.mass(wanted)
    if not all_wanted:
        return Fit(0.0, 0.0, frozenset(), 0.0, 0.0)
    shared_mass = lexicon.mass(wanted & title)
    coverage = shared_mass / all_wanted
    extra = lexicon.mass(title - wanted - _INTRODUCING)
    mentioning = sum(
        lexicon.mass(wanted & lexicon.stems(paragraph)) > _NEARLY_ALL * all_wanted
        for paragraph in material.paragraphs
    )
    enough = max(_ENOUGH_MENTIONS, _ENOUGH_SHARE * len(material.paragraphs))
    title_fit = coverage / (1 + weights.extra_word * extra)
    return Fit(coverage, title_fit, wanted & title, shared_mass, min(1.0, mentioning / enough))


def weigh_entry(material: Material, entry: str, fit: Fit, weights: Weights) -> float:
    """Return the log-odds that the part belongs to the entry rather than to none."""
    weight = weights.body * fit.mentions * (1 - fit.title)
    if material.title:
        by_title = weights.title * (fit.title - weights.neutral_fit)
        by_title += weights.rare_words * min(_MOST_RARE_WORDS, fit.shared_mass) * fit.title
        is_silent = material.titled_by in ("heading", "words") and fit.title < _NO_FIT
        weight += by_title * (weights.silent_text if is_silent else 1.0)
    return weight + (0.0 if kind_of(entry) is EntryKind.TOPIC else weights.question)


def weigh_introduction(material: Material, name: frozenset[str], lexicon: Lexicon, weights: Weights) -> float:
    """Return the log-odds that the part introduces the whole note rather than belongs to no entry."""
    if not material.title:
        return weights.another_subject
    title = lexicon.stems(material.title)
    if title - lexicon.subject - MAKERS - _INTRODUCING or not title & lexicon.subject:
        return weights.another_subject
    steps = (bool(title & _INTRODUCING), bool(title & _SUMMING_UP))
    names_the_note = 1.0 if title & name else 0.0
    return weights.introduces + weights.announces * sum(steps) + names_the_note


def shared_words(material: Material, fit: Fit, lexicon: Lexicon) -> Sequence[str]:
    """Return the words of the title that the entry has too, rarest first, as they are written."""
    words = dict.fromkeys(material.title.replace("/", " ").split())
    shared = [word for word in words if lexicon.stems(word) & fit.shared]
    return sorted(shared, key=lambda word: -lexicon.mass(lexicon.stems(word)))
