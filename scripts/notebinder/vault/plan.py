"""Read and check the plan of an outline note: which part is shown under which topic."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

from notebinder.base.limits import LIMITS
from notebinder.base.problems import Problem, SourceLocation, did_you_mean
from notebinder.vault.model import Part, Plan, PlannedPart, PlannedTopic
from notebinder.vault.syntax.yaml_text import check_length, check_values

_KEYS = ("topics", "overview")
_TOPIC_KEYS = ("title", "entry", "parts")


def plan_path(note_path: str) -> str:
    """Return where the plan of a note stands.

    >>> plan_path("notes/AWS databases.md")
    'notes/AWS databases.plan.yml'
    """
    return note_path.removesuffix(".md") + ".plan.yml"


def read_plan(text: str, path: str) -> tuple[Plan | None, tuple[Problem, ...]]:
    """Return the plan with all its faults; None where it is no plan at all."""
    reader = _Reader(path)
    try:
        yaml = YAML(typ="rt")
        yaml.composer.warn_double_anchors = False
        check_length(text)
        data = yaml.load(text)  # some comments within a value are NotImplemented
        check_values(data)
    except (YAMLError, ValueError, RecursionError, NotImplementedError) as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error)
        return None, (reader.fault(mark.line + 1 if mark else 1, f"is no valid YAML: {what}"),)
    if not isinstance(data, CommentedMap):
        return None, (reader.fault(1, "has no topics", 'begin with "topics:" and a list of titles'),)
    plan = reader.plan(data)
    return plan, tuple(reader.problems)


@dataclass
class _Reader:
    """Turns YAML into a plan and notes every fault on the way."""

    path: str
    problems: list[Problem] = field(default_factory=list)

    def fault(self, line: int, message: str, hint: str = "") -> Problem:
        return Problem(SourceLocation(self.path, line), "unreadable-plan", message, hint)

    def plan(self, data: CommentedMap) -> Plan:
        self.check_keys(data, _KEYS)
        topics = tuple(self.topics(self.sequence(data, "topics")))
        return Plan(self.path, topics, tuple(self.parts(self.sequence(data, "overview"))))

    def topics(self, items: CommentedSeq) -> Iterator[PlannedTopic]:
        for index, item in enumerate(items):
            line = _line(items, index)
            if isinstance(item, (str, int, float)):
                yield PlannedTopic(str(item), line)
            elif not isinstance(item, CommentedMap):
                self.problems.append(self.fault(line, "a topic must be a title or have a title"))
            else:
                self.check_keys(item, _TOPIC_KEYS)
                title = str(item.get("title") or "").strip()
                if title:
                    parts = tuple(self.parts(self.sequence(item, "parts")))
                    yield PlannedTopic(title, line, parts, str(item.get("entry") or "").strip())
                else:
                    self.problems.append(self.fault(line, "a topic has no title", 'add a line "title: ..."'))

    def parts(self, items: CommentedSeq) -> Iterator[PlannedPart]:
        for index, item in enumerate(items):
            line = _line(items, index)
            if isinstance(item, CommentedMap) and len(item) == 1:
                name, title = next(iter(item.items()))
                yield PlannedPart(str(name).strip(), line, "" if title is None else str(title).strip())
            elif item is None or isinstance(item, (CommentedMap, CommentedSeq)):
                self.problems.append(self.fault(line, "a part must be a name, or a name and its title"))
            else:
                yield PlannedPart(str(item).strip(), line)

    def sequence(self, data: CommentedMap, key: str) -> CommentedSeq:
        value = data.get(key)
        if value is None:
            return CommentedSeq()
        if isinstance(value, CommentedSeq):
            return value
        self.problems.append(self.fault(_line(data, key), f"{key} must be a list"))
        return CommentedSeq()

    def check_keys(self, data: CommentedMap, known: Sequence[str]) -> None:
        for key in data:
            if key not in known:
                hint = did_you_mean(str(key), known) or "known are " + ", ".join(known)
                self.problems.append(self.fault(_line(data, key), f"unknown key {key!r}", hint))


def _line(data: CommentedMap | CommentedSeq, key: object) -> int:
    """The 1-based line of a key or an item."""
    places = data.lc.data or {}
    return int(places[key][0]) + 1 if key in places else int(data.lc.line) + 1


@dataclass(frozen=True, slots=True)
class Placing:
    """A part in its place on a topic's page or the overview."""

    part: Part
    title: str = ""


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
    for planned in (plan.overview, *(topic.parts for topic in plan.topics)):
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
            yield Placing(part, entry.title)


def part_key(name: str) -> str:
    """Return what is equal for two spellings of one part's name."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
