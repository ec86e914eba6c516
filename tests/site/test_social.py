"""The cards of pages, and the headers of files."""

import io
from pathlib import Path

import pytest
from PIL import Image

from notebinder.site.headers import headers_file
from notebinder.site.social import SIZE, Card, cached_card, card_of, draw_card, drawable, is_public
from tests.support.pictures import colour_at


def picture(colour: str = "#3366cc", size: tuple[int, int] = (400, 300), form: str = "PNG") -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, colour).save(stream, form)
    return stream.getvalue()


def drawn(card: Card) -> Image.Image:
    image = Image.open(io.BytesIO(draw_card(card)))
    image.load()
    return image


def ink(image: Image.Image) -> tuple[int, int, int, int] | None:
    """The part of the card right of its spine that is not plain cloth."""
    inner = image.crop((120, 0, *SIZE)).convert("L")
    return inner.point(lambda value: 255 if value > 120 else 0).getbbox()


@pytest.mark.parametrize("title", ["RDS", "Größe Ω Привет Việt", "long words and more " * 40, "x" * 500, ""])
def test_card_has_the_size_that_others_ask_for_and_its_text_stays_inside(title: str) -> None:
    image = drawn(Card(title, "Study notes"))
    assert (image.size, image.format) == (SIZE, "JPEG")
    box = ink(image)
    assert box
    left, top, right, bottom = box
    assert left > 20
    assert top > 20
    assert right < SIZE[0] - 120
    assert bottom < SIZE[1] - 10


def test_letters_that_no_font_has_are_left_out() -> None:
    """A title without any other gives the card with the site's name alone."""
    assert drawable("Größe 東京 🚀 Ω") == "Größe Ω"
    assert drawable("東京") == ""
    assert draw_card(Card("東京", "Study notes")) == draw_card(Card("", "Study notes"))
    assert drawable("Cafe\u0301") == "Café"


@pytest.mark.parametrize("form", ["PNG", "WEBP", "GIF", "JPEG"])
def test_picture_is_shown_whole(form: str) -> None:
    red, green, blue = colour_at(drawn(Card("RDS", "Notes", picture(form=form))), (640, 280))
    assert abs(red - 0x33) + abs(green - 0x66) + abs(blue - 0xCC) < 30


def test_picture_that_cannot_be_read_counts_as_none() -> None:
    assert draw_card(Card("RDS", "Notes", b"no picture")) == draw_card(Card("RDS", "Notes"))


def test_card_is_named_after_what_it_shows() -> None:
    """So that it may be kept for ever, and is drawn once."""
    assert len({Card(*texts).path for texts in (("a", "b"), ("ab", ""), ("a", "c"), ("a", "b", b"c"))}) == 4


def test_card_is_drawn_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    card = Card("RDS", "Notes")
    assert cached_card(card, tmp_path) == draw_card(card)
    monkeypatch.setattr("notebinder.site.social.draw_card", lambda _: b"drawn again")
    assert cached_card(card, tmp_path) != b"drawn again"


def test_card_that_was_damaged_in_the_cache_is_drawn_anew(tmp_path: Path) -> None:
    card = Card("RDS", "Notes")
    drawn = cached_card(card, tmp_path)
    (file,) = tmp_path.iterdir()
    for damage in (
        b"",
        b"x",
        file.read_bytes()[:-1],
        bytes([file.read_bytes()[0] ^ 1]) + file.read_bytes()[1:],
    ):
        file.write_bytes(damage)
        assert cached_card(card, tmp_path) == drawn
    cached_card(Card("Another", "Notes"), tmp_path)
    (another,) = set(tmp_path.iterdir()) - {file}
    another.replace(file)
    assert cached_card(card, tmp_path) == drawn
    file.unlink()
    file.mkdir()
    assert cached_card(card, tmp_path) == drawn


def test_first_picture_of_a_page_is_on_its_card(tmp_path: Path) -> None:
    """Placeholders, other sites' pictures and the site's own ornaments are not."""
    file = tmp_path / "1.png"
    file.write_bytes(b"content")
    html = """\
<![x[<img src="../../assets/ornament.png"><figure data-source="0.png"></figure>
<img src="https://example.org/0.png" data-source="0.png"><img data-source="x">
<img src="../../topics/media/a%20b.png" data-source="1.png">"""
    contents = {"topics/media/a b.png": file, "assets/ornament.png": Path("none")}
    card = card_of("R&amp;D", "Notes", html, url="topics/rds/", contents=contents)
    assert card == Card("R&D", "Notes", b"content")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("https://me.github.io/notes/", True),
        ("http://127.0.0.1:8000/", False),
        ("http://localhost:8000/", False),
        ("", False),
        (None, False),
    ],
)
def test_cards_are_for_sites_that_others_can_reach(address: str | None, public: bool) -> None:
    assert is_public(address) == public


def test_files_named_after_their_content_are_kept_for_ever() -> None:
    """A folder of nothing else has one rule; an author's file is never taken for one of these."""
    paths = [
        "index.html",
        "assets/cards/0123456789abcdef.jpg",
        "assets/javascripts/bundle.13a4f30d.min.js",
        "assets/javascripts/lunr/wordcut.js",
        "assets/stylesheets/main.618322db.min.css",
        "assets/notebinder/frame.css",
        "topics/media/0123456789abcdef.webp",
        "topics/media/5add38b75b69d7f1aed6-800.webp",
        "img/20241211175933123.png",
    ]
    policy = (
        "script-src 'self' 'wasm-unsafe-eval'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )
    for_ever = "Cache-Control: public, max-age=31536000, immutable"
    assert (
        headers_file(paths, "pr-preview/")
        == f"""\
/*
  X-Content-Type-Options: nosniff
  Content-Security-Policy: {policy}
/pr-preview/*
  X-Robots-Tag: noindex
/assets/cards/*
  {for_ever}
/assets/javascripts/bundle.13a4f30d.min.js
  {for_ever}
/assets/stylesheets/*
  {for_ever}
/topics/media/*
  {for_ever}
"""
    )
