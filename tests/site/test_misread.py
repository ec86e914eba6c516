"""Rules of mending what was read wrongly in pictures."""

from __future__ import annotations

import pytest

from notebinder.site.misread import mended

OWN = {"location": "a/", "title": "Storage", "text": "get the object of a TB in your VPC, S3, EC2; PutObject"}


def picture(text: str, location: str = "a/#figure-b") -> dict[str, object]:
    return {"location": location, "title": "", "text": text, "image": "media/b.webp"}


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Get0bject", "GetObject"),
        ("Put0bject now", "PutObject now"),
        ("ofTB", "of TB"),
        ("yourVPC", "your VPC"),
        ("0bject", "Object"),
        ("S3 EC2", "S3 EC2"),
        ("x0y ofXY t0t4l 2024", "x0y ofXY t0t4l 2024"),
    ],
)
def test_a_word_is_mended_where_the_sites_words_know_better(read: str, meant: str) -> None:
    assert [entry["text"] for entry in mended([OWN, picture(read)])] == [OWN["text"], meant]


def test_what_an_author_wrote_stays() -> None:
    note = {**OWN, "location": "b/", "text": "Get0bject"}
    assert mended([OWN, note]) == [OWN, note]


def test_words_that_many_pictures_have_are_known() -> None:
    others = [picture("Replica", f"a/#figure-{place}") for place in "cd"]
    assert mended([*others, picture("Rep1ica")])[-1]["text"] == "Replica"
