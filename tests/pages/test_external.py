"""What an address of another site is played as."""

import pytest

from notebinder.pages.constructs.external import played

SITE = "https://www.youtube-nocookie.com/embed/"


@pytest.mark.parametrize(
    ("address", "frame"),
    [
        ("https://www.youtube.com/watch?v=aB-1_c", f"{SITE}aB-1_c"),
        ("http://m.youtube.com/watch?list=x&v=aB1&t=2", f"{SITE}aB1"),
        ("https://youtube.com/shorts/aB1?x", f"{SITE}aB1"),
        ("https://youtube.com/live/aB1", f"{SITE}aB1"),
        ("https://youtu.be/aB1?t=3", f"{SITE}aB1"),
        ("https://twitter.com/anna/status/123", "https://platform.twitter.com/embed/Tweet.html?id=123"),
        ("https://x.com/anna/status/123/photo/1", "https://platform.twitter.com/embed/Tweet.html?id=123"),
    ],
)
def test_a_film_or_a_post_is_played_in_a_frame(address: str, frame: str) -> None:
    values = played(address)
    assert values
    assert (values["src"], values["data-source"]) == (frame, address)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.youtube.com/watch?v=",
        "https://youtube.com/shorts/",
        "https://youtu.be/",
        "https://youtu.be/?v=x",
        "https://www.youtube.com/@anna",
        "https://x.com/anna/status/",
        "https://x.com/anna",
    ],
)
def test_any_other_page_of_such_a_site_is_itself(address: str) -> None:
    assert played(address) == {"src": address, "data-source": address}


@pytest.mark.parametrize(
    "address", ["https://vimeo.com/1", "https://notx.com/a/status/1", "ftp://youtu.be/a"]
)
def test_other_sites_play_nothing_here(address: str) -> None:
    assert played(address) is None
