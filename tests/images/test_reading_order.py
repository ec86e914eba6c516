"""Lines found in a picture come out as people read them."""

from hypothesis import given
from hypothesis import strategies as st

from notebinder.images.reading_order import TextLine, read_lines
from notebinder.vault.model import Transcript


def line(text: str, left: float, top: float, *, height: float = 40, score: float = 1.0) -> TextLine:
    """A line in a type whose letters are half as wide as the line is high."""
    return TextLine(text, left, top, left + len(text) * height / 2, top + height, height, score)


def read(*lines: TextLine) -> Transcript:
    return read_lines(lines, width=1600, height=900)


def test_largest_line_at_the_top_is_the_title() -> None:
    assert read(
        line("S3 Bucket", 1300, 200),
        line("Amazon S3 - Buckets", 60, 50, height=80),
        line("• Stores objects", 60, 250),
    ) == Transcript("Amazon S3 - Buckets", ("- Stores objects", "S3 Bucket"))


def test_title_may_go_on_beside_or_below() -> None:
    title = read(
        line("Advanced: Cross-Account -", 60, 20, height=80),
        line("Use", 60, 110, height=84),
        line("Policy", 210, 112, height=80),
        line("a user of the other account", 60, 400),
    ).title
    assert title == "Advanced: Cross-Account - Use Policy"


def test_picture_in_one_size_has_no_title() -> None:
    assert read(line("first line", 60, 50), line("second line", 60, 200)) == Transcript(
        "", ("first line", "second line")
    )


def test_large_line_far_below_the_top_is_no_title() -> None:
    assert read(line("A label", 60, 50), line("Huge", 60, 600, height=120)).title == ""


def test_logo_in_larger_type_is_no_title() -> None:
    found = read(
        line("Acme", 1400, 20, height=80),
        line("Storage classes compared", 60, 40, height=70),
        line("• cheap", 60, 300),
        line("• fast", 60, 400),
    )
    assert found.title == "Storage classes compared"


def test_heads_of_columns_are_no_title() -> None:
    """Several lines as large as the largest are all labels."""
    heads = [
        line(name, 60 + 500 * index, 60, height=60) for index, name in enumerate(("IaaS", "PaaS", "SaaS"))
    ]
    assert read(*heads, line("some text", 60, 300), line("more text", 560, 300)).title == ""


def test_word_parted_at_a_hyphen_stays_one() -> None:
    assert read(line("• no pre-", 60, 300), line("initialized state", 90, 345)).paragraphs == (
        "- no pre-initialized state",
    )


def test_picture_with_nothing_but_a_title_has_one() -> None:
    assert read(line("Customization At The Edge", 60, 50, height=80)).title == "Customization At The Edge"


def test_columns_are_not_mixed() -> None:
    assert read(
        line("• Multi-Part upload:", 60, 200),
        line("• Transfer Acceleration", 800, 205),
        line("• recommended for files", 100, 270),
        line("• Increases speed", 840, 275),
        line("• must use above 5 GB", 100, 340),
    ).paragraphs == (
        "- Multi-Part upload:",
        "  - recommended for files",
        "  - must use above 5 GB",
        "- Transfer Acceleration",
        "  - Increases speed",
    )


def test_line_across_stands_above_and_below_the_columns() -> None:
    assert read(
        line("• an ordered stream of changes to a table, in the order in which they came", 60, 200),
        line("• 24 hours", 60, 400),
        line("• one year", 900, 400),
        line("• few readers", 60, 470),
        line("• many readers", 900, 470),
        line("both are encrypted at rest and in transit, and cost the same in all regions", 60, 700),
    ).paragraphs == (
        "- an ordered stream of changes to a table, in the order in which they came",
        "- 24 hours",
        "- few readers",
        "- one year",
        "- many readers",
        "both are encrypted at rest and in transit, and cost the same in all regions",
    )


def test_table_is_read_row_by_row() -> None:
    rows = [("Date", "Class", "Age"), ("8/22", "STANDARD", "14"), ("8/25", "GLACIER", "44")]
    lines = [
        line(cell, 100 + 400 * x, 300 + 60 * y) for y, row in enumerate(rows) for x, cell in enumerate(row)
    ]
    assert read(*lines).paragraphs == tuple(cell for row in rows for cell in row)


def test_wrapped_line_belongs_to_its_bullet() -> None:
    assert read(
        line("• Principal: the account or user to apply", 60, 200),
        line("the policy to", 90, 245),
        line("• Effect", 60, 290),
    ).paragraphs == ("- Principal: the account or user to apply the policy to", "- Effect")


def test_icons_watermarks_and_remnants_are_dropped() -> None:
    assert read(
        line("S3 Buckets", 60, 50, height=80),
        line("• Stores objects", 60, 250),
        line("• Must have names", 60, 320),
        line("目", 1200, 300, score=0.99),
        line("0o", 1300, 300, score=0.6),
        line("Everns s e re n ert hing", 60, 390, score=0.6),
        line("→", 700, 300),
        line("© Somebody", 20, 860, height=20),
        line("half a footer", 700, 885, height=15),
    ) == Transcript("S3 Buckets", ("- Stores objects", "- Must have names"))


def test_chinese_text_is_no_icon() -> None:
    assert read(line("云", 60, 300), line("存储桶", 60, 500)).paragraphs == ("云", "存储桶")


numbers = st.floats(min_value=0, max_value=900, allow_nan=False)
lines = st.builds(
    lambda text, left, top, height: line(text, left, top, height=height + 1),
    st.text(alphabet="abcdefg", min_size=4, max_size=12),
    numbers,
    numbers,
    st.floats(min_value=20, max_value=60),
)


@given(st.lists(lines, max_size=20))
def test_no_clear_line_is_lost_or_doubled(found: list[TextLine]) -> None:
    """Wherever lines stand, each comes out once, unless the picture's edge has cut it."""
    inside = [each for each in found if each.top > 2 and each.bottom < 898]
    transcript = read(*inside)
    words = " ".join([transcript.title, *transcript.paragraphs]).split()
    assert sorted(words) == sorted(word for each in inside for word in each.text.split())
