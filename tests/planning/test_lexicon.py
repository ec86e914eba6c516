"""What words weigh as evidence."""

from notebinder.planning.lexicon import read_lexicon


def test_rare_word_weighs_more_than_one_in_most_titles() -> None:
    titles = ["S3 Replication", "S3 Security", "S3 Lifecycle", "S3 Analytics"]
    lexicon = read_lexicon("Storage", entries=["S3 - Replication"], titles=titles, bodies=[])
    assert lexicon.mass({"s3"}) < 0.2 < lexicon.mass({"replic"}) < lexicon.mass({"nowhere"}) == 1.0
    assert "s3" in lexicon.subject


def test_makers_name_weighs_little() -> None:
    lexicon = read_lexicon("Notes", entries=["Amazon Aurora", "RDS", "Proxy"], titles=["Cloning"], bodies=[])
    assert lexicon.mass({"amazon"}) < lexicon.mass({"aurora"}) / 3
