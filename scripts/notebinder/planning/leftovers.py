"""Find topics for the parts that no entry of the outline fits. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from notebinder.planning.proposal import PartProposal, PlanProposal
from notebinder.planning.titles import MORE, UNTELLING, telling_stems, words_within
from notebinder.planning.words import MAKERS_STEMS

_FEWEST_PARTS = 2


def topics_of_leftovers(proposal: PlanProposal) -> dict[str, str]:
    """Return a topic's title for each part that no entry fits, by the part's name.

    Neighbours whose titles begin with the same word make a topic of their own, named by what they share.
    """
    titles: dict[frozenset[str], str] = {}
    found: dict[str, str] = {}
    language = proposal.lexicon.spelling.language
    for index, (is_leftover, run) in enumerate(groupby(proposal.parts, key=lambda part: not part.topics)):
        if not is_leftover:
            continue
        # what stands in front of all others, where the first entries are missing, is about the note's subject
        common = frozenset[str]() if proposal.begins_late and index == 0 else proposal.lexicon.subject
        for group in _groups(list(run), common, language):
            shared = _shared(group, common, language)
            title = _title(group, shared | proposal.lexicon.subject, language) if shared else MORE
            found |= {part.part.name: titles.setdefault(shared, title) for part in group}
    return found


def _groups(
    run: Sequence[PartProposal], common: frozenset[str], language: str
) -> Iterator[list[PartProposal]]:
    group: list[PartProposal] = []
    for part in run:
        if group and part.title and not _shared([*group, part], common, language, fewest=1):
            yield group
            group = []
        group.append(part)
    yield group


def _shared(
    group: Sequence[PartProposal], common: frozenset[str], language: str, *, fewest: int = _FEWEST_PARTS
) -> frozenset[str]:
    """The telling stems that all titles share, if each title begins with one of them."""
    titles = [telling_stems(part.title, common | UNTELLING, language) for part in group if part.title]
    if len(titles) < fewest or not all(titles):
        return frozenset()
    shared = frozenset.intersection(*map(frozenset, titles))
    return shared if all(title[0] in shared for title in titles) else frozenset()


def _title(group: Sequence[PartProposal], named: frozenset[str], language: str) -> str:
    """What the titles share, as the first of them writes it."""
    first = next(part.title for part in group if part.title)
    return words_within(first, named | MAKERS_STEMS, language)
