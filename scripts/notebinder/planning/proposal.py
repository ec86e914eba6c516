"""Propose for each part of an outline note the topics that it belongs to, how sure that is, and why. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypedDict

from notebinder.pages.languages import guess_language, note_language
from notebinder.planning.assignment import Pull, place_all
from notebinder.planning.entries import OutlineJudgement, class_in, judge_outline
from notebinder.planning.evidence import Weighed, Weights, second_place, weigh_all
from notebinder.planning.grouping import can_be_grouped, group_parts
from notebinder.planning.lexicon import Lexicon, read_lexicon
from notebinder.planning.material import Material, describe_parts
from notebinder.planning.places import Place, list_places, planned_places
from notebinder.planning.reasons import reasons_for
from notebinder.planning.words import ENGLISH
from notebinder.vault.model import Note, Outline, Part, Plan, PlannedTopic, Transcript
from notebinder.vault.plan import part_key

OVERVIEW = "overview"
"""What stands for a topic where a part introduces the whole note."""
_SURE = 0.9
_SURE_OF_NONE = 0.98
"""That no entry fits is said too soon by words alone: an entry may mean what it does not name."""
_IMPOSSIBLE = -1e6
_RIGHTLY_GROUPED = 0.79
"""The share of neighbours that are rightly together or apart, in `benchmarks/placing.py`."""


@dataclass(frozen=True, slots=True)
class Odds:
    """How much each kind of evidence counts."""

    weights: Weights = field(default_factory=Weights)
    pull: Pull = field(default_factory=Pull)


@dataclass(frozen=True, slots=True)
class PartProposal:
    """Where a part belongs, and why."""

    part: Part
    topics: tuple[str, ...]
    """Entries as typed, titles of the plan's own topics, or `overview`; nothing where no entry fits."""
    sure: bool
    probability: float
    """How likely the first topic is the right one, 0 to 1."""
    reasons: tuple[str, ...]
    title: str = ""
    """The title that the part's picture bears."""
    planned: bool = False
    """Whether the plan places it already."""

    @property
    def chance(self) -> str:
        """How likely it is right, and whether that counts as sure."""
        share = f"{self.probability:.0%}" + ("" if self.topics else " that no entry fits")
        return share if self.sure else f"not sure, {share}"


@dataclass(frozen=True, slots=True)
class PlanProposal:
    """A place for each part of a note."""

    note: str
    judgement: OutlineJudgement
    parts: tuple[PartProposal, ...]
    places: tuple[Place, ...] = ()
    """All topics that there are, in outline order."""
    lexicon: Lexicon = field(default_factory=Lexicon)
    """What the words of the note weigh and mean."""
    begins_late: bool = False
    """Whether the outline's first entries are missing, by their numbers."""
    is_grouped: bool = False
    """Whether the note has no outline, so that its topics are proposed as well."""

    @property
    def summary(self) -> str:
        """How many of the parts that the plan does not place yet have a sure place."""
        new = [part for part in self.parts if not part.planned]
        sure = sum(part.sure for part in new)
        counted = "1 new part" if len(new) == 1 else f"{len(new)} new parts"
        return f"{counted}: {sure} sure, {len(new) - sure} not sure"


class PartAsJson(TypedDict):
    """A part as `notebinder plan --format json` prints it."""

    name: str
    line: int
    topics: list[str]
    sure: bool
    probability: float
    reasons: list[str]


_USUAL_ODDS = Odds()


def propose_plan(
    note: Note,
    parts: Sequence[Part],
    outline: Outline | None,
    *,
    evidence_about_images: Mapping[str, Transcript],
    existing: Plan | None = None,
    odds: Odds = _USUAL_ODDS,
) -> PlanProposal:
    """Place each part of a note under its outline's entries; what the existing plan says stands.

    Transcripts are named by their image's file name. A note without an outline gets no places at all.
    """
    materials = describe_parts(note, parts, evidence_about_images, existing)
    entries = [entry.text for entry in outline.entries] if outline else []
    titles = [material.title for material in materials if material.title]
    bodies = ["\n".join(material.paragraphs) for material in materials]
    language = note_language(note).code or guess_language("\n".join([*entries, *titles, *bodies]))
    lexicon = read_lexicon(
        note.name,
        entries=entries,
        titles=titles,
        bodies=bodies,
        language=language.partition("-")[0].lower() or ENGLISH,
    )
    judgement = judge_outline(outline, materials, lexicon)
    if not (judgement.is_outline or existing):
        return _without_outline(note, materials, judgement, lexicon)
    begins_late = outline is not None and (outline.entries[0].number or 1) > 1
    places = list_places(outline, existing)
    planned = planned_places(existing, places)
    fixed = [planned.get(part_key(material.part.name), ()) for material in materials]
    weighed = weigh_all(note.name, materials, places, lexicon, odds.weights)
    rows = [_row(each, numbers) for each, numbers in zip(weighed, fixed, strict=True)]
    classes = frozenset(index for index, place in enumerate(places) if class_in(place.name))
    chances = place_all(rows, materials, classes=classes, begins_late=begins_late, pull=odds.pull)
    reasons = reasons_for(weighed, places, chances, lexicon)
    proposals = tuple(
        _planned(each.material, places, numbers) if numbers else _propose(each, places, row, lexicon, why)
        for each, numbers, row, why in zip(weighed, fixed, chances, reasons, strict=True)
    )
    return PlanProposal(note.path, judgement, proposals, places, lexicon, begins_late)


def proposal_as_json(proposal: PlanProposal) -> dict[str, list[PartAsJson]]:
    """Return what `notebinder plan --format json` prints."""
    return {
        "parts": [
            PartAsJson(
                name=each.part.name,
                line=each.part.lines.start,
                topics=list(each.topics),
                sure=each.sure,
                probability=round(each.probability, 2),
                reasons=list(each.reasons),
            )
            for each in proposal.parts
        ]
    }


def _without_outline(
    note: Note, materials: Sequence[Material], judgement: OutlineJudgement, lexicon: Lexicon
) -> PlanProposal:
    """Propose topics too, where there are enough pictures; else no part has a place."""
    if not can_be_grouped(materials):
        unplaced = (PartProposal(each.part, (), False, 0.0, (judgement.reason,)) for each in materials)
        return PlanProposal(note.path, judgement, tuple(unplaced))
    groups = group_parts(note.name, materials, lexicon)
    why = ("its title and those of its neighbours say so",)
    parts = {
        each.part.name: PartProposal(each.part, (title,), False, _RIGHTLY_GROUPED, why, _own_title(each))
        for title, group in groups
        for each in group
    }
    places = tuple(Place(topic=PlannedTopic(title, 0)) for title, _ in groups)
    in_order = tuple(parts[each.part.name] for each in materials)
    return PlanProposal(note.path, judgement, in_order, places, lexicon, is_grouped=True)


def _own_title(material: Material) -> str:
    return material.title if material.titled_by == "picture" else ""


def _row(weighed: Weighed, planned: Sequence[int]) -> list[float]:
    """The weights of a part, or certainty where the plan places it."""
    if not planned:
        return list(weighed.weights)
    return [0.0 if index == planned[0] else _IMPOSSIBLE for index in range(len(weighed.weights))]


def _propose(
    weighed: Weighed,
    places: Sequence[Place],
    chances: Sequence[float],
    lexicon: Lexicon,
    reasons: Sequence[str],
) -> PartProposal:
    first = max(range(len(chances)), key=chances.__getitem__)
    second = second_place(weighed, first, lexicon)
    names = [*(place.name for place in places), "", OVERVIEW]
    topics = tuple(names[each] for each in (first, second) if each is not None and names[each])
    material = weighed.material
    # neighbours alone never make sure of what nobody has looked at
    sure = bool(material.title) and chances[first] >= (_SURE if topics else _SURE_OF_NONE)
    return PartProposal(material.part, topics, sure, chances[first], tuple(reasons), _own_title(material))


def _planned(material: Material, places: Sequence[Place], planned: Sequence[int]) -> PartProposal:
    names = [*(place.name for place in places), "", OVERVIEW]
    topics = tuple(names[each] for each in planned)
    return PartProposal(material.part, topics, True, 1.0, ("the plan says so",), planned=True)
