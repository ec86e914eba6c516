"""Propose topics for a note that has no outline: its parts in order, cut where the subject changes. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from notebinder.planning.lexicon import Lexicon
from notebinder.planning.material import Material
from notebinder.planning.titles import MORE, UNTELLING, telling_stems, words_within
from notebinder.planning.words import stems_of

FEWEST_PICTURES = 6
"""A note with fewer pictures is one page."""
_MUCH_IN_COMMON = 0.2
_FEWEST_TITLED = 0.5


def can_be_grouped(materials: Sequence[Material]) -> bool:
    """Tell whether a note has enough pictures, and enough is known of them."""
    pictures = [material for material in materials if material.part.embed]
    titled = sum(bool(material.title) for material in pictures)
    return len(pictures) >= FEWEST_PICTURES and titled >= _FEWEST_TITLED * len(pictures)


def group_parts(
    note_name: str, materials: Sequence[Material], lexicon: Lexicon
) -> list[tuple[str, list[Material]]]:
    """Cut the parts of a note into topics, in order; each with a title that is taken from its parts.

    Neighbours are of one topic if their titles begin with the same telling word or have much in common; an
    author's text goes on with what stands above it. Topics of one title are one.
    """
    common = lexicon.stems(note_name) | UNTELLING
    is_of_pictures = 2 * sum(bool(each.part.embed) for each in materials) >= len(materials)
    groups: list[list[Material]] = [[materials[0]]]
    for before, after in pairwise(materials):
        if _goes_on(before, after, lexicon, common, is_of_pictures=is_of_pictures):
            groups[-1].append(after)
        else:
            groups.append([after])
    named: dict[str, list[Material]] = {}
    for group in groups:
        named.setdefault(_name(group, lexicon, common), []).extend(group)
    return list(named.items())


def _goes_on(
    before: Material, after: Material, lexicon: Lexicon, common: frozenset[str], *, is_of_pictures: bool
) -> bool:
    if before.opens_a_section:
        return True
    if not after.part.embed and (is_of_pictures or not after.part.heading_level):
        return True
    one, other = (lexicon.stems(each.title) - common for each in (before, after))
    if not one or not other:
        return not one and not other
    least = min(lexicon.mass(one), lexicon.mass(other))
    language = lexicon.spelling.language
    begins, goes_on = (telling_stems(each.title, common, language)[:1] for each in (before, after))
    return begins == goes_on or lexicon.mass(one & other) >= _MUCH_IN_COMMON * least > 0


def _name(group: Sequence[Material], lexicon: Lexicon, common: frozenset[str]) -> str:
    """What all titles of a topic share, as the first one writes it; else the first one."""
    titled = [each for each in group if each.title and each.part.embed] or [
        each for each in group if each.title
    ]
    if not titled:
        return MORE
    language = lexicon.spelling.language
    shared = frozenset.intersection(*(stems_of(each.title, language) for each in titled))
    return words_within(titled[0].title, shared, language) if shared - common else titled[0].title
