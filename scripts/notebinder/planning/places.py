"""Where the parts of a note can be placed: the entries of its outline and the topics of its plan. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from notebinder.pages.layout import match_entries
from notebinder.vault.model import Outline, OutlineEntry, Plan, PlannedTopic
from notebinder.vault.plan import part_key


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the outline, a topic of the plan, or both."""

    entry: OutlineEntry | None = None
    topic: PlannedTopic | None = None

    @property
    def name(self) -> str:
        """The entry as typed, or the title of the author's own topic."""
        return self.entry.text if self.entry else self.title

    @property
    def title(self) -> str:
        """What the topic is called; the plan's title has its typing errors mended."""
        return self.topic.title if self.topic else self.entry.text if self.entry else ""


def list_places(outline: Outline | None, plan: Plan | None) -> tuple[Place, ...]:
    """Return the entries in order, each with the topic that stands for it; then the plan's own topics."""
    matched = match_entries(plan, outline)[0] if plan else {}
    planned = plan.topics if plan else ()
    topics = {index: planned[number] for number, index in matched.items()}
    entries = outline.entries if outline else ()
    by_entry = [Place(entry, topics.get(index)) for index, entry in enumerate(entries)]
    own = [Place(topic=topic) for number, topic in enumerate(planned) if number not in matched]
    return (*by_entry, *own)


def planned_places(plan: Plan | None, places: Sequence[Place]) -> dict[str, tuple[int, ...]]:
    """Return for each part that the plan names its places by number.

    Behind the last place stand the numbers for "no entry" and "introduces the note".
    """
    planned: dict[str, tuple[int, ...]] = {}
    shelves = [place.topic.parts if place.topic else () for place in places]
    for index, shelf in enumerate([*shelves, (), plan.overview if plan else ()]):
        for part in shelf:
            planned[part_key(part.name)] = (*planned.get(part_key(part.name), ()), index)
    return planned
