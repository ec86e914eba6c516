"""What a page says about an image."""

import pytest

from notebinder.images.transcript_markup import figure_alt, figure_title, transcript_html
from notebinder.vault.model import PlacedWord, Places, Transcript

SLIDE = Transcript("S3 <Policies>", ("JSON & more", "[[x]] and [a](#b.md)"))


def test_box_has_each_paragraph_on_a_line_of_its_own() -> None:
    """Nothing in it is a link or a tag."""
    assert transcript_html(SLIDE) == (
        '<details class="nb-transcript" data-generated>\n'
        "<summary>Text in this screenshot</summary>\n"
        "<p>S3 &lt;Policies&gt;</p>\n"
        "<p>JSON &amp; more</p>\n"
        "<p>&#91;&#91;x&#93;&#93; and &#91;a&#93;(#b.md)</p>\n"
        "</details>"
    )


def test_bullets_are_lists_within_one_another() -> None:
    """A level that is skipped hangs on the one above it."""
    slide = Transcript("", ("Uses:", "- reading", "    - fast", "  - slow", "- writing", "All of it"))
    assert "".join(transcript_html(slide).split("\n")[2:-1]) == (
        "<p>Uses:</p>"
        "<ul><li>reading<ul><li>fast</li><li>slow</li></ul></li><li>writing</li></ul>"
        "<p>All of it</p>"
    )


def test_alternative_text_is_short_where_the_words_lie_over_the_picture() -> None:
    """A screen reader reads them there, and once."""
    places = Places("", (100, 50), ((PlacedWord("Stores", 1, 2, 30, 9),),))
    assert figure_alt("", "S3", Transcript("S3", ("Stores",), places=places)) == "S3"


def test_nothing_to_read_makes_no_box() -> None:
    assert transcript_html(Transcript("", ())) == ""


@pytest.mark.parametrize(
    ("planned", "transcript", "expected"),
    [("Policies", SLIDE, "Policies"), ("", SLIDE, "S3 <Policies>"), (" ", None, "")],
)
def test_plan_names_a_figure_before_the_picture_does(
    planned: str, transcript: Transcript | None, expected: str
) -> None:
    assert figure_title(planned, transcript) == expected


def test_alternative_text_says_title_and_in_short_content() -> None:
    long = Transcript("S3", ("Stores objects:", "word " * 60))
    assert figure_alt("", "S3", long) == "S3: Stores objects; " + " ".join(["word"] * 28) + " …"
    assert figure_alt("A bucket", "S3", long) == "A bucket"
    assert figure_alt("", "S3", None) == "S3"
    assert figure_alt("", "", None) == ""
