"""Words as evidence."""

import pytest

from notebinder.planning.words import stem_of, words_of


def test_function_words_say_nothing() -> None:
    assert words_of("What is the Customization at the Edge, and why?") == ("customization", "edge")


def test_scripts_without_spaces_are_read_as_pairs_of_signs() -> None:
    assert words_of("S3存储类型x 加") == ("s3", "存储", "储类", "类型", "x", "加")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("streams", "stream"),
        ("invalidations", "invalidation"),
        ("versioning", "version"),
        ("requester", "requests"),
        ("pays", "pay"),
        ("policies", "policy"),
        ("increase", "increased"),
        ("metrics", "metric"),
    ],
)
def test_kinds_of_one_word_have_one_stem(one: str, other: str) -> None:
    assert stem_of(one) == stem_of(other)


@pytest.mark.parametrize(
    ("one", "other"), [("log", "login"), ("access", "accelerator"), ("s3", "s"), ("edge", "ed")]
)
def test_other_words_keep_other_stems(one: str, other: str) -> None:
    assert stem_of(one) != stem_of(other)
