"""What speaks for putting a part under an entry, weighed. Pure.

Weights are log-odds against "no entry fits". They are round numbers: in leave-one-note-out trials any of them
could be changed by half without changing more than two parts in a hundred.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from notebinder.placing.entries import EntryKind, kind_of
from notebinder.placing.material import Material
from notebinder.placing.places import Place
from notebinder.placing.word_lists import INTRODUCING, SUMMING_UP
from notebinder.placing.words import MAKERS_STEMS, Lexicon, stem_list, stems_of


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
    eclipsed: float = 0.5
    """What is left to a broad entry where the title names a narrower one in full."""
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
    wanted: frozenset[str]
    """The stems of the entry."""
    shared: frozenset[str]
    """Those that the title has too."""
    shared_mass: float
    mentions: float
    """Up to 1: how many paragraphs have nearly all words of the entry."""


_IN_FULL = 0.99
_TELLING = 0.5
_NEARLY_ALL = 0.8
_ENOUGH_MENTIONS = 3
_ENOUGH_SHARE = 0.3
_NO_FIT = 0.2
_MOST_RARE_WORDS = 2.0
_INTRODUCING = stem_list(INTRODUCING)
_SUMMING_UP = stem_list(SUMMING_UP)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A part with all that speaks for each of its places."""

    material: Material
    fits: tuple[Fit, ...]
    """For each place."""
    weights: tuple[float, ...]
    """For each place, then for "no entry", then for "introduces the note"."""


def weigh(
    note_name: str, material: Material, places: Sequence[Place], lexicon: Lexicon, weights: Weights
) -> Weighed:
    """Weigh what is known of one part against all places."""
    fits = _eclipsed([fit_of(material, place.title, lexicon, weights) for place in places], weights)
    by_place = [
        weigh_entry(material, each.name, fit, weights) for each, fit in zip(places, fits, strict=True)
    ]
    introduction = weigh_introduction(material, stems_of(note_name), lexicon, weights)
    return Weighed(material, fits, (*by_place, 0.0, introduction))


def _eclipsed(fits: Sequence[Fit], weights: Weights) -> tuple[Fit, ...]:
    """Let a narrow entry that the title names in full take it from a broader one.

    "ElastiCache security" belongs to the entry of that name, not to "Amazon ElastiCache".
    """
    named = [fit.wanted for fit in fits if fit.coverage >= _IN_FULL]
    return tuple(
        replace(fit, title=fit.title * weights.eclipsed)
        if any(fit.wanted - MAKERS_STEMS < narrow for narrow in named)
        else fit
        for fit in fits
    )


def fit_of(material: Material, entry: str, lexicon: Lexicon, weights: Weights) -> Fit:
    """Compare the words of a part with those of an entry."""
    wanted, title = lexicon.stems(entry), lexicon.stems(material.title)
    all_wanted = lexicon.mass(wanted)
    if not all_wanted:
        return Fit(0.0, 0.0, frozenset(), frozenset(), 0.0, 0.0)
    shared_mass = lexicon.mass(wanted & title)
    coverage = shared_mass / all_wanted
    extra = lexicon.mass(title - wanted - _INTRODUCING)
    mentioning = sum(
        lexicon.mass(wanted & lexicon.stems(paragraph)) > _NEARLY_ALL * all_wanted
        for paragraph in material.paragraphs
    )
    enough = max(_ENOUGH_MENTIONS, _ENOUGH_SHARE * len(material.paragraphs))
    title_fit = coverage / (1 + weights.extra_word * extra)
    return Fit(coverage, title_fit, wanted, wanted & title, shared_mass, min(1.0, mentioning / enough))


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
    if title - lexicon.subject - MAKERS_STEMS - _INTRODUCING or not title & lexicon.subject:
        return weights.another_subject
    steps = (bool(title & _INTRODUCING), bool(title & _SUMMING_UP))
    names_the_note = 1.0 if title & name else 0.0
    return weights.introduces + weights.announces * sum(steps) + names_the_note


def second_place(weighed: Weighed, first: int, places: Sequence[Place], lexicon: Lexicon) -> int | None:
    """Return another place that the part's title names in full, as "RDS Proxy and Aurora" may do.

    A place whose words are all among the first one's is only a broader one.
    """
    if first >= len(places) or weighed.fits[first].coverage < _IN_FULL:
        return None
    wanted = lexicon.stems(places[first].title)
    others = [
        index
        for index, fit in enumerate(weighed.fits)
        if fit.coverage >= _IN_FULL and lexicon.mass(fit.shared - wanted) >= _TELLING
    ]
    narrower = [index for index in others if not wanted < weighed.fits[index].shared]
    return max(narrower, key=lambda index: weighed.fits[index].shared_mass, default=None)
