"""A plan is completed line by line; what the author wrote stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notebinder.planning.proposal import PlanProposal, propose_plan
from notebinder.planning.write import PlanFormError, complete_plan, list_additions
from notebinder.vault.model import Note, Transcript
from notebinder.vault.outline import read_outline, read_parts
from notebinder.vault.plan import read_plan
from notebinder.vault.syntax.blocks import read_blocks

NOTE = """\
1. RDS Prroxy
2. Amazon Aurora

![[1.png]]

![[2.png]]

![[3.png]]

![[4.png]]

![[5.png]]
"""
TITLES = {
    "1.png": "What are databases?",
    "2.png": "Aurora: clusters",
    "3.png": "RDS Proxy",
    "4.png": "Neptune graphs",
    "5.png": "Neptune queries",
}
HEADER = """\
# Which part of "Databases" is shown under which topic.
#
# A part is named by its file name, its heading or its first words.
# What stands behind the colon is the title that the site shows for it.
# A part may stand under several topics; one that is not named here follows the part before it.

"""


def propose(plan: str = "", text: str = NOTE) -> PlanProposal:
    note = Note("notes/Databases.md", text, {}, 1, read_blocks(text))
    outline = read_outline(note)
    transcripts = {name: Transcript(title, ()) for name, title in TITLES.items()}
    existing = read_plan(plan, "notes/Databases.plan.yml")[0] if plan else None
    parts = read_parts(note, outline)
    return propose_plan(note, parts, outline, evidence_about_images=transcripts, existing=existing)


def complete(plan: str = "") -> str:
    """Complete a plan; the comments on doubtful parts are cut off, for they are tested elsewhere."""
    lines = complete_plan(plan, propose(plan)).split("\n")
    return "\n".join(line.partition("  # not sure: ")[0] for line in lines)


def test_new_plan_has_all_parts_in_outline_order() -> None:
    assert complete() == HEADER + (
        "overview:\n"
        "  - 1.png: What are databases?\n"
        "\n"
        "topics:\n"
        "  - title: RDS Proxy\n"
        "    entry: RDS Prroxy\n"
        "    parts:\n"
        "      - 3.png: RDS Proxy\n"
        "\n"
        "  - title: Amazon Aurora\n"
        "    parts:\n"
        "      - 2.png: 'Aurora: clusters'\n"
        "\n"
        "  - title: Neptune\n"
        "    parts:\n"
        "      - 4.png: Neptune graphs\n"
        "      - 5.png: Neptune queries\n"
    )


def test_complete_plan_is_left_byte_for_byte() -> None:
    plan = complete_plan("", propose())
    assert complete_plan(plan, propose(plan)) == plan
    assert list_additions(propose(plan)) == ()


def test_a_plan_of_a_note_without_an_outline_is_completed_too() -> None:
    text = "".join(f"![[{number}.png]]\n\n" for number in (3, 2, 4, 5, 1, 6, 7))
    plan = complete_plan("", propose(text=text))
    assert "proposed: true" in plan
    assert complete_plan(plan, propose(plan, text)) == plan
    agreed = plan.replace("proposed: true\n", "")
    again = complete_plan(agreed, propose(agreed, f"{text}![[8.png]]\n"))
    new = [line for line in again.split("\n") if line not in agreed.split("\n")]
    assert [line.partition("  # not sure: ")[0] for line in new] == ["      - 8.png"]


def test_doubtful_part_carries_a_comment() -> None:
    text = NOTE.replace("![[5.png]]", "![[5.png]]\n\n![[IMG_0009.png]]")
    line = next(line for line in complete_plan("", propose(text=text)).split("\n") if "IMG" in line)
    assert line.startswith("      - IMG_0009.png  # not sure: nobody has said what it shows; ")


def test_new_parts_are_added_and_every_line_of_the_author_stays() -> None:
    plan = (
        "# my own order\n"
        "topics:   # two so far\n"
        "\n"
        '- title: "Aurora"  # shorter\n'
        "  entry: Amazon Aurora\n"
        "  parts:\n"
        "  - 2.png: Clusters   # checked\n"
        "\n"
        "# the rest\n"
        "- title: Proxies\n"
        "  entry: RDS Prroxy\n"
    )
    assert complete(plan) == (
        "# my own order\n"
        "overview:\n"
        "  - 1.png: What are databases?\n"
        "\n"
        "topics:   # two so far\n"
        "\n"
        '- title: "Aurora"  # shorter\n'
        "  entry: Amazon Aurora\n"
        "  parts:\n"
        "  - 2.png: Clusters   # checked\n"
        "\n"
        "# the rest\n"
        "- title: Proxies\n"
        "  entry: RDS Prroxy\n"
        "  parts:\n"
        "    - 3.png: RDS Proxy\n"
        "\n"
        "- title: Neptune\n"
        "  parts:\n"
        "    - 4.png: Neptune graphs\n"
        "    - 5.png: Neptune queries\n"
    )


def test_part_stands_behind_the_one_that_it_follows_in_the_note() -> None:
    """The author's own order stays."""
    plan = "topics:\n  - title: Neptune\n    parts:\n      - 4.png\n      - 1.png\n"
    assert "\n    parts:\n      - 4.png\n      - 5.png: Neptune queries\n      - 1.png\n" in complete(plan)


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (
            "topics:\n  - Neptune # bare\n",
            "  - title: Neptune # bare\n    parts:\n      - 4.png: Neptune graphs\n",
        ),
        (
            "topics:\n  - title: Neptune\n    parts: [] # none yet\n",
            "  - title: Neptune\n    parts: # none yet\n      - 4.png: Neptune graphs\n",
        ),
        (
            "topics:\n  - title: Neptune\n    parts:\n\n      - 5.png: Queries\n",
            "  - title: Neptune\n    parts:\n\n      - 4.png: Neptune graphs\n      - 5.png: Queries\n",
        ),
        (
            "overview: [] # none yet\ntopics: []\n",
            "overview: # none yet\n  - 1.png: What are databases?\ntopics:\n",
        ),
    ],
    ids=["bare title", "empty list", "before the first part", "empty overview"],
)
def test_plan_is_completed_in_the_form_that_it_has(plan: str, expected: str) -> None:
    assert expected in complete(plan)


@pytest.mark.parametrize(
    "plan",
    [
        "topics: [{title: Neptune, parts: [5.png]}]\n",
        "topics:\n  - {title: Neptune, parts: [5.png]}\n",
        "- a list\n",
    ],
)
def test_plan_in_another_form_is_refused_rather_than_spoilt(plan: str) -> None:
    with pytest.raises(PlanFormError, match=r"notes/Databases.plan.yml: cannot be completed"):
        complete_plan(plan, propose(plan))


COMPLETE = complete_plan("", propose()).split("\n")
PART_LINES = [index for index, line in enumerate(COMPLETE) if ".png" in line]


@given(st.sets(st.sampled_from(PART_LINES)), st.sets(st.integers(0, len(COMPLETE))))
def test_whatever_a_plan_lacks_no_line_of_it_is_lost_or_moved(missing: set[int], commented: set[int]) -> None:
    """Take parts away and put comments and blank lines in: all that is left comes back in its order."""
    lines = []
    for index, line in enumerate(COMPLETE):
        lines += ["# a remark", ""] if index in commented else []
        lines += [] if index in missing else [line]
    plan = "\n".join(lines)
    completed = iter(complete_plan(plan, propose(plan)).split("\n"))
    assert all(line in completed for line in lines)


def test_check_says_what_would_be_added_and_why() -> None:
    plan = "topics:\n  - title: All\n    parts: [2.png, 3.png, 4.png, 5.png]\n"
    assert str(list_additions(propose(plan))[0]).startswith(
        "1.png -> on the overview (98%): the title read from the picture names what the whole note is about"
    )


def test_note_without_an_outline_gets_no_plan() -> None:
    assert list_additions(propose(text="# Databases\n\n![[1.png]]\n")) == ()
