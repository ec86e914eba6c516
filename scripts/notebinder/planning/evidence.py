"""What speaks for putting a part under an entry, weighed. Pure.

Weights are log-odds against "no entry fits". They are round numbers, chosen for reasons: with any one of them
changed by half, nine of ten parts of the notes in `benchmarks/placing.py` are still placed right.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from notebinder.planning.entries import EntryKind, class_in, kind_of
from notebinder.planning.lexicon import Lexicon
from notebinder.planning.material import Material
from notebinder.planning.places import Place
from notebinder.planning.word_lists import INTRODUCING, SUMMING_UP
from notebinder.planning.words import MAKERS_STEMS, stem_list


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
    member: float = 2.5
    """A title that names one of the things whose kinds an entry names ..."""
    unnamed_member: float = -1.2
    """... and one that says nothing of them: Glacier is a storage class, and its slide need not say so."""
    question: float = -0.8
    """An entry that asks or states something is less often taken up than one that names a topic."""
    introduces: float = 2.0
    """A title that names the note's subject and nothing else ..."""
    announces: float = 2.0
    """... the more if it says so: overview, introduction, benefits, summary ..."""
    another_subject: float = -1.0
    """... and a title that names something else, ..."""
    late_subject: float = -2.5
    """... the more behind the first part that clearly belongs to an entry."""
    clear: float = 3.0
    """From here on a part clearly belongs to an entry."""


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


_AND = re.compile(
    r"(?<!\s)\s+(?:and|or|vs?\.?|versus|und|oder|et|ou|y|o|e|och|og|eller|и|или|और|या)\s+|[&,/+;、与和及]",
    re.IGNORECASE,
)
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


def weigh_all(
    note_name: str,
    materials: Sequence[Material],
    places: Sequence[Place],
    lexicon: Lexicon,
    weights: Weights,
) -> list[Weighed]:
    """Weigh what is known of each part against all places."""
    rows = [weigh(note_name, material, places, lexicon, weights) for material in materials]
    clear = (index for index, row in enumerate(rows) if max(row.weights[:-2], default=0.0) >= weights.clear)
    first = next(clear, len(rows))
    return [
        replace(row, weights=(*row.weights[:-1], weights.late_subject))
        if index > first and row.weights[-1] == weights.another_subject
        else row
        for index, row in enumerate(rows)
    ]


def weigh(
    note_name: str, material: Material, places: Sequence[Place], lexicon: Lexicon, weights: Weights
) -> Weighed:
    """Weigh what is known of one part against all places."""
    title, paragraphs = lexicon.stems(material.title), [lexicon.stems(text) for text in material.paragraphs]
    fits = [
        max(
            (
                fit_of(title, paragraphs, wanted, lexicon, weights)
                for wanted in _readings(place.title, lexicon)
            ),
            key=lambda fit: fit.title,
        )
        for place in places
    ]
    fits = _eclipsed(fits, weights)
    is_named = any(fit.coverage >= _IN_FULL for fit in fits)
    by_place = [
        max(
            weigh_entry(material, each.name, fit, weights),
            -math.inf if is_named else weigh_member(title, each.name, lexicon, weights),
        )
        for each, fit in zip(places, fits, strict=True)
    ]
    introduction = weigh_introduction(title, lexicon.stems(note_name), lexicon, weights)
    return Weighed(material, tuple(fits), (*by_place, 0.0, introduction))


def _readings(entry: str, lexicon: Lexicon) -> list[frozenset[str]]:
    """The stems of an entry, and of each telling thing that it lists: "Storage classes & lifecycle"."""
    listed = [lexicon.stems(text) for text in _AND.split(entry)]
    telling = [stems for stems in listed if lexicon.mass(stems - lexicon.subject) >= _TELLING]
    return [lexicon.stems(entry), *(telling if len(listed) > 1 else ())]


def _eclipsed(fits: Sequence[Fit], weights: Weights) -> list[Fit]:
    """Let a narrow entry that the title names in full take it from a broader one.

    "ElastiCache security" belongs to the entry of that name, not to "Amazon ElastiCache".
    """
    named = [fit.wanted for fit in fits if fit.coverage >= _IN_FULL]
    return [
        replace(fit, title=fit.title * weights.eclipsed)
        if any(fit.wanted - MAKERS_STEMS < narrow for narrow in named)
        else fit
        for fit in fits
    ]


def fit_of(
    title: frozenset[str],
    paragraphs: Sequence[frozenset[str]],
    wanted: frozenset[str],
    lexicon: Lexicon,
    weights: Weights,
) -> Fit:
    """Compare the words of a part with those of an entry."""
    all_wanted = lexicon.mass(wanted)
    if not all_wanted:
        return Fit(0.0, 0.0, wanted, frozenset(), 0.0, 0.0)
    shared = lexicon.mass(wanted & title)
    extra = lexicon.mass(title - wanted - _INTRODUCING)
    title_fit = shared / all_wanted / (1 + weights.extra_word * extra)
    mentions = sum(lexicon.mass(wanted & each) > _NEARLY_ALL * all_wanted for each in paragraphs)
    enough = max(_ENOUGH_MENTIONS, _ENOUGH_SHARE * len(paragraphs))
    return Fit(shared / all_wanted, title_fit, wanted, wanted & title, shared, min(1.0, mentions / enough))


def weigh_entry(material: Material, entry: str, fit: Fit, weights: Weights) -> float:
    """Return the log-odds that the part belongs to the entry rather than to none."""
    weight = weights.body * fit.mentions * (1 - fit.title)
    if material.title:
        by_title = weights.title * (fit.title - weights.neutral_fit)
        by_title += weights.rare_words * min(_MOST_RARE_WORDS, fit.shared_mass) * fit.title
        weight += by_title * (_weight_of_silence(material, weights) if fit.title < _NO_FIT else 1.0)
    return weight + (0.0 if kind_of(entry) is EntryKind.TOPIC else weights.question)


def weigh_member(title: frozenset[str], entry: str, lexicon: Lexicon, weights: Weights) -> float:
    """Return the log-odds that a title names a member of the class that the entry names, if it names one."""
    things = lexicon.stems(class_in(entry))
    if not things or not title:
        return -math.inf
    more = title - things - lexicon.subject - MAKERS_STEMS - _INTRODUCING
    return weights.member if things <= title and more else weights.unnamed_member


def _weight_of_silence(material: Material, weights: Weights) -> float:
    """How much it says that a title shares nothing with an entry."""
    by_source = {"heading": weights.silent_text, "words": weights.silent_text, "name": 0.0}
    return by_source.get(material.titled_by, 1.0)


def weigh_introduction(
    title: frozenset[str], name: frozenset[str], lexicon: Lexicon, weights: Weights
) -> float:
    """Return the log-odds that the part introduces the whole note rather than belongs to no entry."""
    if title - lexicon.subject - MAKERS_STEMS - _INTRODUCING or not title & lexicon.subject:
        return weights.another_subject
    steps = (bool(title & _INTRODUCING), bool(title & _SUMMING_UP))
    names_the_note = 1.0 if title & name else 0.0
    return weights.introduces + weights.announces * sum(steps) + names_the_note


def second_place(weighed: Weighed, first: int, lexicon: Lexicon) -> int | None:
    """Return another place that the part's title names in full, as "RDS Proxy and Aurora" may do.

    A place whose words are all among the first one's is only a broader one.
    """
    if first >= len(weighed.fits) or weighed.fits[first].coverage < _IN_FULL:
        return None
    wanted = weighed.fits[first].wanted
    others = [
        index
        for index, fit in enumerate(weighed.fits)
        if fit.coverage >= _IN_FULL and lexicon.mass(fit.shared - wanted) >= _TELLING
    ]
    narrower = [index for index in others if not wanted < weighed.fits[index].shared]
    return max(narrower, key=lambda index: weighed.fits[index].shared_mass, default=None)
