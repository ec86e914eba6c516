"""Words as evidence."""

import pytest

from notebinder.placing.words import read_lexicon, stem_of, words_of


def test_function_words_say_nothing():
    assert words_of("What is the Customization at the Edge, and why?") == ("customization", "edge")


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
def test_kinds_of_one_word_have_one_stem(one, other):
    assert stem_of(one) == stem_of(other)


@pytest.mark.parametrize(
    ("one", "other"), [("log", "login"), ("access", "accelerator"), ("s3", "s"), ("edge", "ed")]
)
def test_other_words_keep_other_stems(one, other):
    assert stem_of(one) != stem_of(other)


@pytest.mark.parametrize(
    ("entry", "meant"),
    [
        ("Lamda Concruccy", "Lambda Concurrency"),
        ("Lmda Snapstatr", "Lambda SnapStart"),
        ("DynamoDB Accelrator", "DynamoDB Accelerator"),
        ("Destination, alias, components", "Destination, alias, components"),
    ],
)
def test_misspelt_entry_means_what_the_titles_write(entry, meant):
    """A word that only looks a little alike is left alone."""
    titles = ["Lambda SnapStart", "What is Concurrency in Lambda?", "DynamoDB Accelerator"]
    lexicon = read_lexicon(
        "Serverless", entries=[entry], titles=titles, bodies=["always description content"]
    )
    assert lexicon.mend(entry) == meant


def test_rare_word_weighs_more_than_one_in_most_titles():
    titles = ["S3 Replication", "S3 Security", "S3 Lifecycle", "S3 Analytics"]
    lexicon = read_lexicon("Storage", entries=["S3 - Replication"], titles=titles, bodies=[])
    assert lexicon.mass({"s3"}) < 0.2 < lexicon.mass({"replic"}) < lexicon.mass({"nowhere"}) == 1.0
    assert "s3" in lexicon.subject


def test_makers_name_weighs_little():
    lexicon = read_lexicon("Notes", entries=["Amazon Aurora", "RDS", "Proxy"], titles=["Cloning"], bodies=[])
    assert lexicon.mass({"amazon"}) < lexicon.mass({"aurora"}) / 3
