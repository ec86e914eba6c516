"""Read and check the plan of an outline note: which part is shown under which topic."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import yaml

from notebinder.base.limits import LIMITS
from notebinder.base.problems import Problem, SourceLocation, did_you_mean
from notebinder.vault.model import Doubt, Part, Plan, PlannedPart, PlannedTopic
from notebinder.vault.syntax.yaml_text import compose_yaml, values_of

_KEYS = ("proposed", "topics", "overview")
_TOPIC_KEYS = ("title", "entry", "parts")
DOUBT = "  # not sure: "
"""Begins the comment on a part that may stand elsewhere."""
_DOUBT = re.compile(rf"[ \t]*{DOUBT}(?P<why>[^\r\n]*)")


def plan_path(note_path: str) -> str:
    """Return where the plan of a note stands.

    >>> plan_path("notes/AWS databases.md")
    'notes/AWS databases.plan.yml'
    """
    return note_path.removesuffix(".md") + ".plan.yml"


def read_plan(text: str, path: str) -> tuple[Plan | None, tuple[Problem, ...]]:
    """Return the plan with all its faults; None where it is no plan at all."""
    reader = _Reader(path, text)
    try:
        root = compose_yaml(text)
        values = values_of(root)  # which raises where the nodes stand for too much
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error)
        line = min(mark.line + 1, len(text.splitlines())) if mark else 1
        return None, (reader.fault(line, f"is no valid YAML: {what}"),)
    if not isinstance(root, yaml.MappingNode):
        return None, (reader.fault(1, "has no topics", 'begin with "topics:" and a list of titles'),)
    plan = reader.plan(root, is_proposed=str(values.get("proposed")).casefold() == "true")
    return plan, tuple(reader.problems)


@dataclass
class _Reader:
    """Turns YAML into a plan and notes every fault on the way."""

    path: str
    text: str
    problems: list[Problem] = field(default_factory=list)

    def fault(self, line: int, message: str, hint: str = "") -> Problem:
        return Problem(SourceLocation(self.path, line), "unreadable-plan", message, hint)

    def plan(self, data: yaml.MappingNode, *, is_proposed: bool) -> Plan:
        found = self.values(data, _KEYS)
        topics = tuple(self.topics(self.items(found, "topics")))
        overview = tuple(self.parts(self.items(found, "overview")))
        return Plan(self.path, topics, overview, is_proposed)

    def topics(self, items: Iterable[yaml.Node]) -> Iterator[PlannedTopic]:
        for item in items:
            line = _line(item)
            if isinstance(item, yaml.ScalarNode) and item.value.strip():
                yield PlannedTopic(item.value.strip(), line)
            elif not isinstance(item, yaml.MappingNode):
                self.problems.append(self.fault(line, "a topic must be a title or have a title"))
            else:
                found = self.values(item, _TOPIC_KEYS)
                title = _typed(found.get("title"))
                if title:
                    parts = tuple(self.parts(self.items(found, "parts")))
                    yield PlannedTopic(title, line, parts, _typed(found.get("entry")))
                else:
                    self.problems.append(self.fault(line, "a topic has no title", 'add a line "title: ..."'))

    def parts(self, items: Iterable[yaml.Node]) -> Iterator[PlannedPart]:
        for item in items:
            line = _line(item)
            if isinstance(item, yaml.MappingNode) and len(item.value) == 1:
                name, title = item.value[0]
                yield PlannedPart(_typed(name), line, _typed(title), self.doubt_behind(title))
            elif not _typed(item):
                self.problems.append(self.fault(line, "a part must be a name, or a name and its title"))
            else:
                yield PlannedPart(_typed(item), line, doubt=self.doubt_behind(item))

    def doubt_behind(self, node: yaml.Node) -> str:
        found = _DOUBT.match(self.text, node.end_mark.index)
        return found["why"].strip() if found else ""

    def items(self, found: Mapping[str, yaml.Node], key: str) -> Sequence[yaml.Node]:
        node = found.get(key)
        if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
            return ()
        if isinstance(node, yaml.SequenceNode):
            return node.value  # type: ignore[no-any-return]  # the stubs do not say of what
        self.problems.append(self.fault(_line(node), f"{key} must be a list"))
        return ()

    def values(self, data: yaml.MappingNode, known: Sequence[str]) -> dict[str, yaml.Node]:
        found: dict[str, yaml.Node] = {}
        for node, value in data.value:
            key = _typed(node)
            if key in known:
                found[key] = value
            else:
                hint = did_you_mean(key, known) or "known are " + ", ".join(known)
                self.problems.append(self.fault(_line(node), f"unknown key {key!r}", hint))
        return found


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _typed(node: yaml.Node | None) -> str:
    """Return a value as typed, without quotes; nothing for what is more than one value."""
    return node.value.strip() if isinstance(node, yaml.ScalarNode) else ""


def shelves_of(plan: Plan) -> list[tuple[str, tuple[PlannedPart, ...]]]:
    """Return the parts of the overview, under an empty title, and of each topic."""
    return [("", plan.overview), *((topic.title, topic.parts) for topic in plan.topics)]


@dataclass(frozen=True, slots=True)
class Placing:
    """A part in its place on a topic's page or the overview."""

    part: Part
    title: str = ""
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Placings:
    """All parts of a note in their places."""

    topics: tuple[tuple[Placing, ...], ...]
    """For each topic of the plan its parts, in plan order."""
    overview: tuple[Placing, ...]


def place_parts(plan: Plan, parts: Sequence[Part]) -> tuple[Placings, tuple[Problem, ...]]:
    """Put each part in its places.

    A part that the plan does not name follows its predecessor's first placing, or stands on the overview if
    it has none. So every part has at least one place.
    """
    by_name = {part_key(part.name): part for part in parts}
    problems: list[Problem] = []
    shelves: list[list[Placing]] = []
    for _, planned in shelves_of(plan):
        shelves.append(list(_named_parts(planned, by_name, plan.path, problems)))
    named = {placing.part.name for shelf in shelves for placing in shelf}
    followers: dict[str, list[Placing]] = defaultdict(list)
    before = ""
    for part in parts:
        if part.name in named:
            before = part.name
        else:
            followers[before].append(Placing(part))
    filled = [[each for p in shelf for each in (p, *followers.pop(p.part.name, ()))] for shelf in shelves]
    filled[0] = [*followers.pop("", ()), *filled[0]]
    return Placings(tuple(map(tuple, filled[1:])), tuple(filled[0])), tuple(problems)


def _named_parts(
    planned: Iterable[PlannedPart], by_name: Mapping[str, Part], path: str, problems: list[Problem]
) -> Iterator[Placing]:
    shown: set[str] = set()
    for entry in planned:
        place = SourceLocation(path, entry.line)
        part = by_name.get(part_key(entry.name))
        if part is None:
            names = [p.name for p in by_name.values()] if len(by_name) <= LIMITS.hints else []
            hint = did_you_mean(entry.name, names)
            message = f'no part of the note is named "{entry.name}"'
            problems.append(Problem(place, "unknown-part", message, hint or "see `notebinder plan`"))
        elif part.name in shown:
            message = f'"{entry.name}" stands twice under one topic'
            problems.append(Problem(place, "repeated-part", message, "remove one of the two lines"))
        else:
            shown.add(part.name)
            yield Placing(part, entry.title, Doubt(entry.doubt, place) if entry.doubt else None)


def part_key(name: str) -> str:
    """Return what is equal for two spellings of one part's name."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
