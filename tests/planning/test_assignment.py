"""All parts are placed at once."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notebinder.planning.assignment import Pull, place_all
from notebinder.planning.material import Material
from notebinder.vault.model import LineRange, Part

START = datetime(2024, 12, 11, 17, 0)


def image(seconds: float) -> Material:
    part = Part("1.png", LineRange(1, 2), embed="1.png")
    return Material(part, "", "", (), START + timedelta(seconds=seconds))


def best(rows: list[list[float]], materials: list[Material], *, begins_late: bool = False) -> list[int]:
    chances = place_all(rows, materials, begins_late=begins_late, pull=Pull())
    return [max(range(len(row)), key=row.__getitem__) for row in chances]


UNKNOWN = [0.0, 0.0, 0.0, -9.0]
"""A part that may belong to either of two entries or to none."""
FIRST, SECOND = [7.0, 0.0, 0.0, -9.0], [0.0, 7.0, 0.0, -9.0]


@given(
    st.lists(st.lists(st.floats(-50, 50), min_size=4, max_size=4), min_size=1, max_size=8),
    st.lists(st.floats(0, 1e6), min_size=8, max_size=8),
    st.booleans(),
)
def test_chances_of_each_part_add_up_to_one(
    rows: list[list[float]], seconds: list[float], begins_late: bool
) -> None:
    materials = [image(second) for second in seconds[: len(rows)]]
    chances = place_all(rows, materials, begins_late=begins_late, pull=Pull())
    assert [sum(row) for row in chances] == pytest.approx([1.0] * len(rows))


def test_no_parts_need_no_place() -> None:
    assert place_all([], [], begins_late=False, pull=Pull()) == []


def test_part_between_two_of_one_entry_belongs_to_it() -> None:
    assert best([FIRST, UNKNOWN, FIRST], [image(0), image(100), image(200)]) == [0, 0, 0]


def test_pause_decides_between_neighbours() -> None:
    """A part belongs to the neighbour that was captured soon before or after it."""
    rows = [FIRST, UNKNOWN, SECOND]
    assert best(rows, [image(0), image(60), image(3600)]) == [0, 0, 1]
    assert best(rows, [image(0), image(3540), image(3600)]) == [0, 1, 1]


def test_order_does_not_rule() -> None:
    """The 21st screenshot may belong to the second entry."""
    rows = [SECOND, SECOND, FIRST, SECOND]
    assert best(rows, [image(100 * index) for index in range(4)]) == [1, 1, 0, 1]


def test_text_goes_on_with_what_stands_above_it() -> None:
    text = Material(
        Part("In simple terms", LineRange(1, 2), heading_level=3),
        "In simple terms",
        "heading",
        ("It is a log",),
    )
    assert best([FIRST, [-2.0, 0.0, 0.0, -9.0]], [image(0), text]) == [0, 0]


def test_first_part_introduces_the_note_unless_the_first_entry_is_missing() -> None:
    rows = [[0.0, 0.0, 0.0, 1.0]]
    assert best(rows, [image(0)]) == [3]
    assert best(rows, [image(0)], begins_late=True) != [3]
