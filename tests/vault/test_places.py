"""Where words stand: the file, and how it fits what the author corrected."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from notebinder.vault.model import PlacedWord, Places, Transcript
from notebinder.vault.places import format_places, is_places, parse_places, placed_words

NUMBERS = st.integers(0, 99_999)
WORDS = st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1, max_size=8).filter(
    lambda text: len(text.split()) == 1
)
PLACED = st.builds(PlacedWord, WORDS, NUMBERS, NUMBERS, NUMBERS, NUMBERS)
LINES = st.lists(st.lists(PLACED, min_size=1, max_size=5).map(tuple), min_size=1, max_size=5).map(tuple)


def line(text: str, top: int) -> tuple[PlacedWord, ...]:
    return tuple(PlacedWord(word, 100 * number, top, 90, 20) for number, word in enumerate(text.split()))


READ = Transcript(
    "Amazon S3",
    ("- Stores objects", "- Get0bject reads one"),
    places=Places(
        "1f", (900, 500), (line("Amazon S3", 10), line("Stores objects", 50), line("Get0bject reads one", 90))
    ),
)


def texts(transcript: Transcript) -> list[str]:
    return [" ".join(word.text for word in placed) for placed in placed_words(transcript)]


@given(LINES)
def test_what_is_written_is_read(lines: tuple[tuple[PlacedWord, ...], ...]) -> None:
    places = Places("1f", (1600, 900), lines)
    assert parse_places(format_places(places)) == places


@given(st.text())
def test_any_other_text_is_no_file_of_places_or_one_that_can_be_shown(text: str) -> None:
    places = parse_places(text)
    if places:
        placed_words(Transcript("", ("a b",), places=places))


def test_what_was_read_stands_where_it_was_read() -> None:
    assert READ.places
    assert placed_words(READ) == READ.places.lines


def test_a_corrected_word_has_the_place_of_the_one_that_it_replaces() -> None:
    corrected = replace(READ, paragraphs=(READ.paragraphs[0], "- GetObject reads one"))
    assert READ.places
    assert placed_words(corrected)[2][0] == replace(READ.places.lines[2][0], text="GetObject")


def test_a_word_that_was_cut_in_two_shares_its_place() -> None:
    corrected = replace(READ, paragraphs=(READ.paragraphs[0], "- Get Object reads one"))
    first, second, *_ = placed_words(corrected)[2]
    assert (first.text, second.text) == ("Get", "Object")
    assert first.left + first.width <= second.left
    assert second.left + second.width <= 91


def test_a_word_that_was_taken_out_is_nowhere() -> None:
    """So a word that must not be shown has no place either."""
    assert texts(replace(READ, paragraphs=("- objects", "- reads one"))) == [
        "Amazon S3",
        "objects",
        "reads one",
    ]


@given(st.lists(WORDS, max_size=12))
def test_every_word_of_the_transcript_has_a_place_and_no_other_has(said: list[str]) -> None:
    shown = placed_words(replace(READ, title="", paragraphs=(" ".join(said),)))
    assert sorted(word.text for placed in shown for word in placed) == sorted(said)


def test_no_places_no_words() -> None:
    assert placed_words(replace(READ, places=None)) == ()


def test_places_stand_beside_images_alone() -> None:
    assert [is_places(name) for name in ("a.png.places", "a.places", "a.md.places")] == [True, False, False]
