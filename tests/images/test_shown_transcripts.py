"""Rules of what is shown of a note's transcripts."""

from __future__ import annotations

from msgspec.structs import replace

from notebinder.images.shown_transcripts import shown_transcripts
from notebinder.vault.model import Transcript

SLIDES = {
    f"{number}.png": Transcript(f"Slide {number}", (f"- Point {number}", "Cloud School"))
    for number in range(4)
}


def test_a_logo_on_most_pictures_is_not_shown() -> None:
    assert [each.paragraphs for each in shown_transcripts(SLIDES).values()] == [
        (f"- Point {number}",) for number in range(4)
    ]


def test_what_few_pictures_share_is_no_logo() -> None:
    three = dict(list(SLIDES.items())[:3])
    assert shown_transcripts(three) == three


def test_a_letter_that_was_an_icon_and_the_title_said_again_go() -> None:
    slide = Transcript("Queues", ("queues", "Q", "- B", "- Messages wait"))
    assert shown_transcripts({"a.png": slide})["a.png"].paragraphs == ("- Messages wait",)


def test_what_an_author_corrected_stays() -> None:
    corrected = {path: replace(each, corrected=True) for path, each in SLIDES.items()}
    assert shown_transcripts(corrected) == corrected
