"""Rules of the plan file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notebinder.vault.model import LineRange, Part, Plan, PlannedPart, PlannedTopic
from notebinder.vault.plan import place_parts, read_plan

PARTS = tuple(Part(name, LineRange(i, i + 1)) for i, name in enumerate("abcdef", 1))


def test_a_plan_lists_topics_with_their_parts() -> None:
    plan, problems = read_plan(
        "# comment\ntopics:\n  - title: RDS\n    parts:\n      - a.png: Overview\n      - Cloning\n"
        "  - Aurora\noverview:\n  - intro\n",
        "n.plan.yml",
    )
    topics = (
        PlannedTopic("RDS", 3, (PlannedPart("a.png", 5, "Overview"), PlannedPart("Cloning", 6))),
        PlannedTopic("Aurora", 7),
    )
    assert plan == Plan("n.plan.yml", topics, (PlannedPart("intro", 9),))
    assert problems == ()


def test_a_part_keeps_the_doubt_that_stands_behind_it_in_a_comment_of_ours() -> None:
    lines = ["é b  # not sure: why [41%]", "c.png: Ä  # not sure: x", '"d  # not sure: e"', "f # mine", "g"]
    plan, _ = read_plan("topics:\n- title: A\n  parts:\n" + "".join(f"  - {line}\n" for line in lines), "p")
    assert plan is not None
    assert [part.doubt for part in plan.topics[0].parts] == ["why [41%]", "x", "", "", ""]


@pytest.mark.parametrize(
    ("line", "is_proposed"),
    [("true", True), ("True", True), ("false", False), ('"true"', True), ("", False)],
)
def test_a_plan_says_by_a_true_that_it_is_proposed(line: str, is_proposed: bool) -> None:
    plan, problems = read_plan(f"proposed: {line}\ntopics: []\n", "n.plan.yml")
    assert plan is not None
    assert (plan.is_proposed, problems) == (is_proposed, ())


def test_all_faults_of_a_plan_are_told_at_once() -> None:
    _, problems = read_plan(
        "topic: x\ntopics:\n  - titel: RDS\n  - title: A\n    parts: b\n"
        "  - title: B\n    parts:\n      - [x]\n",
        "n.plan.yml",
    )
    assert [str(problem) for problem in problems] == [
        "n.plan.yml:1: error[unreadable-plan] unknown key 'topic'; did you mean \"topics\"?",
        "n.plan.yml:3: error[unreadable-plan] unknown key 'titel'; did you mean \"title\"?",
        'n.plan.yml:3: error[unreadable-plan] a topic has no title; add a line "title: ..."',
        "n.plan.yml:5: error[unreadable-plan] parts must be a list",
        "n.plan.yml:8: error[unreadable-plan] a part must be a name, or a name and its title",
    ]


@pytest.mark.parametrize(("text", "line"), [("topics: [", 1), ("topics: # a\n  b\n\n# c\n\n!d: e\n", 6)])
def test_text_that_is_no_yaml_is_one_problem(text: str, line: int) -> None:
    plan, problems = read_plan(text, "n.plan.yml")
    assert plan is None
    assert [(p.location.line, p.code) for p in problems] == [(line, "unreadable-plan")]


def test_a_name_that_the_note_lacks_is_a_problem_with_a_guess() -> None:
    plan = Plan("n.plan.yml", (PlannedTopic("T", 1, (PlannedPart("Cloneing", 3),)),))
    _, problems = place_parts(plan, (Part("Cloning", LineRange(1, 2)),))
    assert [str(problem) for problem in problems] == [
        'n.plan.yml:3: warning[unknown-part] no part of the note is named "Cloneing"; did you mean "Cloning"?'
    ]


def test_an_unnamed_part_follows_its_predecessors_first_place() -> None:
    plan = Plan(
        "n.plan.yml",
        (
            PlannedTopic("S", 1, (PlannedPart("d", 2), PlannedPart("b", 3))),
            PlannedTopic("T", 4, (PlannedPart("b", 5),)),
        ),
    )
    placings, _ = place_parts(plan, PARTS)
    assert [[p.part.name for p in shelf] for shelf in placings.topics] == [["d", "e", "f", "b", "c"], ["b"]]
    assert [p.part.name for p in placings.overview] == ["a"]


NAMES = st.sampled_from([*"abcdef", "unknown", "A ", "b"])
TOPICS = st.lists(st.lists(NAMES, max_size=5), max_size=4)


@given(TOPICS, st.lists(NAMES, max_size=3))
def test_every_part_has_a_place_and_one_per_page_whatever_the_plan(
    topics: list[list[str]], overview: list[str]
) -> None:
    planned = tuple(
        PlannedTopic(f"T{i}", i, tuple(PlannedPart(name, i) for name in names))
        for i, names in enumerate(topics)
    )
    plan = Plan("n.plan.yml", planned, tuple(PlannedPart(name, 99) for name in overview))
    placings, _ = place_parts(plan, PARTS)
    shelves = [[p.part.name for p in shelf] for shelf in (placings.overview, *placings.topics)]
    assert {name for shelf in shelves for name in shelf} == {part.name for part in PARTS}
    assert all(len(shelf) == len(set(shelf)) for shelf in shelves)


@pytest.mark.filterwarnings("error")
def test_an_anchor_that_is_given_twice_is_no_fault() -> None:
    plan, faults = read_plan("topics: &a [A]\noverview: &a [x]\n", "Note.plan.yml")
    assert plan is not None
    assert faults == ()
