"""The site's own words: a text for each language, days and counts as it writes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest

from notebinder.base.messages import LANGUAGES, MESSAGES, SCRIPTS
from notebinder.base.words import Words

MOMENT = datetime(2024, 12, 11, 17, 59, 33)


@pytest.mark.parametrize("message", [*MESSAGES, *SCRIPTS])
def test_a_message_says_the_same_in_each_language(message: str) -> None:
    """It names the same values, and has a form for each kind of number."""
    texts = {**MESSAGES, **SCRIPTS}[message]
    values = [{*re.findall(r"{(\w+)}", text)} - {"n"} for text in texts]
    assert all(texts)
    assert values == values[:1] * len(LANGUAGES)
    is_counted = "{n}" in texts[0]
    forms = {language: text.count("|") + 1 for language, text in zip(LANGUAGES, texts, strict=True)}
    usual = dict.fromkeys(LANGUAGES, 2) | {"zh": 1, "ja": 1, "ar": 5}
    assert forms == (usual if is_counted else dict.fromkeys(LANGUAGES, 1))


@pytest.mark.parametrize("language", ["pt-BR", "pt_BR", "pt"])
def test_a_region_speaks_its_language(language: str) -> None:
    assert Words(language)("tags") == "Etiquetas"


@pytest.mark.parametrize("language", ["xx", "", "../de", "tlh"])
def test_a_language_that_is_not_known_is_english(language: str) -> None:
    assert Words(language).count("notes", 1_000) == "1,000 notes"
    assert Words(language).period([MOMENT]) == "11 December 2024"


def test_days_are_written_in_languages_that_have_no_words_of_ours() -> None:
    assert Words("it").period([MOMENT]) == "11 dicembre 2024"


@pytest.mark.parametrize(
    ("number", "expected"), [(1, "ملاحظة واحدة"), (2, "ملاحظتان"), (3, "3 ملاحظات"), (11, "11 ملاحظة")]
)
def test_arabic_counts_in_its_own_way(number: int, expected: str) -> None:
    assert Words("ar").count("notes", number) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], ""),
        ([date(2024, 12, 11)], "11 December 2024"),
        ([MOMENT, MOMENT + timedelta(hours=1)], "11 December 2024"),
        ([date(2024, 12, 12), MOMENT], "11–12 December 2024"),
        ([date(2024, 11, 30), date(2024, 12, 2)], "30 November – 2 December 2024"),
        ([date(2025, 1, 1), date(2024, 12, 31)], "31 December 2024 – 1 January 2025"),
    ],
)
def test_a_period_names_each_thing_once(days: Sequence[date], expected: str) -> None:
    assert Words().period(days) == expected
