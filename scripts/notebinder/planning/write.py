"""Complete the text of a plan with what is proposed. Inserts lines; the author's own stay as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from io import StringIO

from ruamel.yaml import YAML

from notebinder.base.problems import NotebinderError
from notebinder.planning.leftovers import topics_of_leftovers
from notebinder.planning.places import Place
from notebinder.planning.proposal import OVERVIEW, PartProposal, PlanProposal
from notebinder.planning.titles import MORE
from notebinder.vault.model import Plan, PlannedPart, PlannedTopic
from notebinder.vault.outline import plain_text
from notebinder.vault.plan import DOUBT, part_key, plan_path, read_plan, shelves_of

_HEADER = """\
# Which part of "{name}" is shown under which topic.
#
# A part is named by its file name, its heading or its first words.
# What stands behind the colon is the title that the site shows for it.
# A part may stand under several topics; one that is not named here follows the part before it.

"""
_GROUPED = """\
# The note has no outline: its topics are proposed, too, in the order of the note.
# It stays one page as long as the next line stands; take it away when the topics are as you like them.
proposed: true

"""
# a key with an empty list: "parts: []  # none yet"
_EMPTY = r"(?P<key>\s*{key}:)\s*(?:\[\s*\]|~|null)?(?P<comment>\s*(?:#.*)?)$"
_TOPICS, _OVERVIEW, _PARTS = (re.compile(_EMPTY.format(key=key)) for key in ("topics", "overview", "parts"))
# - RDS proxy
_BARE_TITLE = re.compile(r"(?P<dash>\s*-\s+)(?!(?:title|entry|parts)\s*:)(?P<title>[^\s{\[#].*)$")


class PlanFormError(NotebinderError):
    """A plan is written in a form that cannot be completed line by line."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f'{path}: cannot be completed; write each topic on a line "- title: ..." and each part on its own'
        )


@dataclass(frozen=True, slots=True)
class Addition:
    """A line that a plan lacks."""

    part: PartProposal
    topic: str
    """The topic's title, or empty for the overview."""
    entry: str = ""
    """The outline entry that a new topic stands for, where its text is not the title."""

    def __str__(self) -> str:
        where = f'under "{self.topic}"' if self.topic else "on the overview"
        return f"{self.part.part.name} -> {where} ({self.part.chance}): {'; '.join(self.part.reasons)}"


def list_additions(proposal: PlanProposal) -> tuple[Addition, ...]:
    """Return what the plan lacks, in the order of the note."""
    leftovers = topics_of_leftovers(proposal)
    titles = {place.name: _title_of(place, proposal) for place in proposal.places}
    return tuple(
        addition
        for part in proposal.parts
        if proposal.places and not part.planned
        for addition in _additions_of(part, titles, leftovers)
    )


def complete_plan(text: str, proposal: PlanProposal) -> str:
    """Return the plan with each part that it did not name; an empty text begins a new plan."""
    path = plan_path(proposal.note)
    name = proposal.note.rpartition("/")[2].removesuffix(".md")
    completed = text or _HEADER.format(name=name) + _GROUPED * proposal.is_grouped + "topics:\n"
    ranks = _ranks(proposal)
    places = {part_key(part.part.name): index for index, part in enumerate(proposal.parts)}
    additions = list_additions(proposal)
    if proposal.is_grouped:  # its head says it for all
        additions = tuple(replace(each, part=replace(each.part, sure=True)) for each in additions)
    for addition in additions:
        plan = read_plan(completed, path)[0]
        completed = _insert(completed, plan or Plan(path, ()), addition, ranks, places)
    _check(text, completed, additions, path)
    return completed


def _additions_of(
    part: PartProposal, titles: Mapping[str, str], leftovers: Mapping[str, str]
) -> Iterator[Addition]:
    for name in part.topics:
        if name == OVERVIEW:
            yield Addition(part, "")
        else:
            is_title = part_key(titles[name]) == part_key(plain_text(name))
            yield Addition(part, titles[name], "" if is_title else plain_text(name))
    if not part.topics:
        yield Addition(part, leftovers[part.part.name])


def _title_of(place: Place, proposal: PlanProposal) -> str:
    """The plan's title, or the entry with its typing errors mended.

    An entry that states something is called by the words that its author made bold.
    """
    if place.topic:
        return place.topic.title
    bold = re.match(r"\*\*(?P<text>[^*]+)\*\*\s+\S", place.name)
    return proposal.lexicon.spelling.mend(plain_text(bold["text"] if bold else place.name).rstrip(".: "))


def _ranks(proposal: PlanProposal) -> dict[str, int]:
    """The order of all topics: those in front of the first entry, the entries', those of leftovers, More."""
    leftovers = dict.fromkeys(topics_of_leftovers(proposal).values())
    first = [title for title in list(leftovers)[:1] if proposal.begins_late and title != MORE]
    last = [title for title in leftovers if title not in first and title != MORE]
    entries = [_title_of(place, proposal) for place in proposal.places]
    return {part_key(title): rank for rank, title in enumerate([*first, *entries, *last, MORE])}


def _insert(
    text: str, plan: Plan, addition: Addition, ranks: Mapping[str, int], places: Mapping[str, int]
) -> str:
    lines = text.removesuffix("\n").split("\n")
    topic = next((t for t in plan.topics if part_key(t.title) == part_key(addition.topic)), None)
    parts = topic.parts if topic else plan.overview if not addition.topic else ()
    if parts:
        _beside(lines, parts, addition.part, places)
    elif topic:
        _first_of_topic(lines, topic, addition.part)
    elif addition.topic:
        _new_topic(lines, plan, addition, ranks)
    else:
        _first_of_overview(lines, addition.part)
    return "\n".join(lines) + "\n"


def _beside(
    lines: list[str], parts: tuple[PlannedPart, ...], part: PartProposal, places: Mapping[str, int]
) -> None:
    """Put a part behind the one that it follows in the note."""
    own = places[part_key(part.part.name)]
    before = [each for each in parts if places.get(part_key(each.name), own) < own]
    anchor = max(before, key=lambda each: places[part_key(each.name)]) if before else parts[0]
    at = end_of_item(lines, anchor.line - 1) if before else anchor.line - 1
    lines.insert(at, part_line(part, indent_of(lines[anchor.line - 1])))


def _first_of_topic(lines: list[str], topic: PlannedTopic, part: PartProposal) -> None:
    start = topic.line - 1
    bare = _BARE_TITLE.match(lines[start])
    if bare:
        lines[start] = f"{bare['dash']}title: {bare['title']}"
    indent = indent_of(lines[start]) + 2
    end = end_of_item(lines, start)
    at = _open_list(lines, _PARTS, start, end)
    if at is None:
        lines.insert(end, " " * indent + "parts:")
        at = end + 1
    lines.insert(at, part_line(part, indent + 2))


def _first_of_overview(lines: list[str], part: PartProposal) -> None:
    at = _open_list(lines, _OVERVIEW, 0, len(lines))
    if at is None:
        start = next((index for index, line in enumerate(lines) if line.startswith("topics:")), len(lines))
        lines[start:start] = ["overview:", ""]
        at = start + 1
    lines.insert(at, part_line(part, 2))


def _open_list(lines: list[str], key: re.Pattern[str], start: int, end: int) -> int | None:
    """Find a key without items, take an empty list off it, and return where its first item goes."""
    for index in range(start, end):
        if match := key.match(lines[index]):
            lines[index] = match["key"] + match["comment"]
            return index + 1
    return None


def _new_topic(lines: list[str], plan: Plan, addition: Addition, ranks: Mapping[str, int]) -> None:
    rank = ranks.get(part_key(addition.topic), len(ranks))
    before = [topic for topic in plan.topics if ranks.get(part_key(topic.title), len(ranks)) < rank]
    indent = indent_of(lines[plan.topics[0].line - 1]) if plan.topics else 2
    block = [" " * indent + "- " + _yaml({"title": addition.topic})]
    if addition.entry:
        block.append(" " * (indent + 2) + _yaml({"entry": addition.entry}))
    block += [" " * (indent + 2) + "parts:", part_line(addition.part, indent + 4)]
    if before:
        end = _end_of_topic(lines, before[-1])
        lines[end:end] = ["", *block]
    elif plan.topics:
        start = plan.topics[0].line - 1
        lines[start:start] = [*block, ""]
    else:
        at = _open_list(lines, _TOPICS, 0, len(lines))
        if at is None:
            lines.append("topics:")
            at = len(lines)
        lines[at:at] = block


def _end_of_topic(lines: list[str], topic: PlannedTopic) -> int:
    return max(end_of_item(lines, line - 1) for line in (topic.line, *(part.line for part in topic.parts)))


def end_of_item(lines: list[str], start: int) -> int:
    """The first line behind a list item that begins at `start`; comments and blank lines do not end it."""
    end = start + 1
    for index in range(start + 1, len(lines)):
        is_remark = not lines[index].strip() or lines[index].lstrip().startswith("#")
        if not is_remark and indent_of(lines[index]) <= indent_of(lines[start]):
            break
        end = end if is_remark else index + 1
    return end


def indent_of(line: str) -> int:
    """Return by how many spaces a line is indented."""
    return len(line) - len(line.lstrip(" "))


def part_line(part: PartProposal, indent: int) -> str:
    """Return the line of a plan that names a part, with what is not sure of its place."""
    name = part.part.name
    item = _yaml({name: part.title}) if part.title else _yaml([name]).removeprefix("- ")
    why = "; ".join(dict.fromkeys((part.reasons[0], part.reasons[-1])))
    doubt = "" if part.sure else f"{DOUBT}{why} [{part.probability:.0%}]"
    return f"{' ' * indent}- {item}{doubt}"


def _yaml(value: dict[str, str] | list[str]) -> str:
    """Write a value on one line, quoted where YAML needs it."""
    yaml = YAML()
    yaml.width = 1_000_000
    stream = StringIO()
    yaml.dump(value, stream)
    return stream.getvalue().strip()


def _check(text: str, completed: str, additions: tuple[Addition, ...], path: str) -> None:
    """Make sure that the plan says all that it said, and what was to be added."""
    (before, faults), (after, new_faults) = read_plan(text, path), read_plan(completed, path)
    said = _placings(before) if before else set()
    wanted = {(part_key(each.topic), part_key(each.part.part.name)) for each in additions}
    if after is None or len(new_faults) > (len(faults) if text else 0) or _placings(after) != said | wanted:
        raise PlanFormError(path)


def _placings(plan: Plan) -> set[tuple[str, str]]:
    return {(part_key(title), part_key(part.name)) for title, shelf in shelves_of(plan) for part in shelf}
