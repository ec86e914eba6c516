"""Place anew what a plan still calls not sure, where more is known now; all other lines stay."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from notebinder.pages.layout import match_entries
from notebinder.planning.proposal import PlanProposal
from notebinder.planning.write import end_of_item, indent_of, list_additions, part_line
from notebinder.vault.model import Outline, Plan, PlannedPart
from notebinder.vault.plan import part_key, read_plan, shelves_of


@dataclass(frozen=True, slots=True)
class Move:
    """A part that belongs elsewhere by what is known now."""

    part: PlannedPart
    before: str
    """The topic's title, or empty for the overview."""
    now: tuple[str, ...]

    def __str__(self) -> str:
        places = [f'"{title}"' if title else "the overview" for title in (self.before, *self.now)]
        return f"{self.part.name} moves from {places[0]} to {' and '.join(places[1:])}"


def place_anew(
    text: str, path: str, outline: Outline | None, propose: Callable[[Plan | None], PlanProposal]
) -> tuple[str, tuple[Move, ...]]:
    """Take out of a plan the lines that it is not sure of and that would stand elsewhere now.

    `propose` proposes for what a plan does not name. A line whose comment its author has taken away or
    rewritten is his; a topic of his own making or with remarks stays, even if it is empty then.
    """
    plan, _ = read_plan(text, path)
    doubtful = [] if plan is None else list(_doubtful(plan))
    if plan is None or not doubtful:
        return text, ()
    released = _without(text, [part.line for _, part in doubtful])
    additions = list_additions(propose(read_plan(released, path)[0]))
    lines = text.split("\n")
    moves = []
    for title, part in doubtful:
        now = [each for each in additions if part_key(each.part.part.name) == part_key(part.name)]
        if not now or part.title not in ("", now[0].part.title):
            continue  # a title that the picture does not bear is its author's
        if part_key(title) in {part_key(each.topic) for each in now}:
            lines[part.line - 1] = part_line(now[0].part, indent_of(lines[part.line - 1]))
        else:
            moves.append(Move(part, title, tuple(each.topic for each in now)))
    moved = _without("\n".join(lines), [move.part.line for move in moves])
    return _without_emptied(moved, path, {part_key(move.before) for move in moves}, outline), tuple(moves)


def _doubtful(plan: Plan) -> Iterator[tuple[str, PlannedPart]]:
    """The parts on lines with a comment of ours, each with its topic's title; one that stands once."""
    shelves = shelves_of(plan)
    names = [part_key(part.name) for _, parts in shelves for part in parts]
    for title, parts in shelves:
        for part in parts:
            if part.doubt and names.count(part_key(part.name)) == 1:
                yield title, part


def _without(text: str, numbers: list[int]) -> str:
    return "\n".join(line for number, line in enumerate(text.split("\n"), 1) if number not in numbers)


def _without_emptied(text: str, path: str, emptied: set[str], outline: Outline | None) -> str:
    """Take out topics that no entry of the outline asks for, once nothing is left under them."""
    plan, _ = read_plan(text, path)
    matched = match_entries(plan, outline)[0] if plan else {}
    lines = text.split("\n")
    for number, topic in reversed(list(enumerate(plan.topics if plan else ()))):
        if number not in matched and part_key(topic.title) in emptied and not topic.parts:
            start, end = topic.line - 1, end_of_item(lines, topic.line - 1)
            if not any("#" in line for line in lines[start:end]):
                del lines[start : end + (end < len(lines) and not lines[end].strip())]
    return "\n".join(lines)
