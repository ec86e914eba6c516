"""One thing may be spelt in several ways."""

import pytest

from notebinder.planning.acronyms import read_acronyms
from notebinder.planning.spelling import read_spelling

TITLES = ["Lambda SnapStart", "What is Concurrency in Lambda?", "DynamoDB Accelerator: modes"]


@pytest.mark.parametrize(
    ("entry", "meant", "mended"),
    [
        ("Lamda Concruccy", "lambda concurrency", "Lambda Concruccy"),
        ("LMDA Snapstatr", "lambda snapstart", "LMDA SnapStart"),
        ("DynamoDB accelrator", "dynamodb accelerator", "DynamoDB accelerator"),
        ("Execution model", "execution modes", "Execution model"),
        ("Destination, alias", "destination alias", "Destination, alias"),
    ],
)
def test_misspelt_entry_means_what_the_titles_write(entry: str, meant: str, mended: str) -> None:
    """Much likeness mends what is shown; less is evidence only; a little is nothing."""
    spelling = read_spelling([entry], TITLES, ["always description content"])
    assert spelling.stems(entry) == spelling.stems(meant)
    assert spelling.mend(entry) == mended


@pytest.mark.parametrize(
    ("entry", "title"),
    [
        ("Cloud Watch logs", "CloudWatch Logs"),
        ("CloudWatch logs", "Cloud-Watch Logs"),
        ("ASG policies", "Auto Scaling Group policies"),
        ("Internet Gateway", "IGW and NAT"),
        ("API GW", "API Gateway"),
        ("Clowdwatch", "Cloud Watch"),
    ],
)
def test_entry_and_title_meet_in_whatever_spelling(entry: str, title: str) -> None:
    """As two words or one, as an acronym or spelt out."""
    titles = [title, "CloudWatch and other names"] if entry == "Clowdwatch" else [title]
    spelling = read_spelling([entry], titles, ["An Internet Gateway (IGW) leads out"])
    assert spelling.stems(entry) <= spelling.stems(title)


def test_acronyms_are_explained_by_brackets_or_initials() -> None:
    texts = ["DynamoDB - Time To Live (TTL)", "NACL", "Network Access Control Lists", "Accelerator (DAX)"]
    assert read_acronyms(texts, []) == {
        "ttl": frozenset({"time", "live"}),
        "nacl": frozenset({"network", "access", "control", "list"}),
    }
