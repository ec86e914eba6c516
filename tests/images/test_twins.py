"""Which pictures show the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from PIL import Image, ImageDraw

from notebinder.images.model import SiteImage
from notebinder.images.twins import ComparedLooks, compare_looks, find_twins, look_of
from notebinder.vault.model import Transcript
from tests.support.pictures import line_art, screenshot

LINES = ("Stores objects in buckets", "Names are unique", "Up to 5 TB in one object", "Versions can be kept")


def slide(title: str, lines: tuple[str, ...] = LINES) -> Image.Image:
    picture = Image.new("RGB", (1600, 900), "white")
    pen = ImageDraw.Draw(picture)
    pen.text((100, 60), title, fill="black", font_size=80)
    for row, line in enumerate(lines):
        pen.text((140, 240 + 110 * row), line, fill="#333", font_size=48)
    return picture


def subtitled(picture: Image.Image) -> Image.Image:
    shown = picture.copy()
    ImageDraw.Draw(shown).text((500, 830), "and this is how it works", fill="#222", font_size=44)
    return shown


def published(picture: Image.Image) -> SiteImage:
    return SiteImage((), *picture.size, "", "PNG", look=look_of(picture))


def twins(images: Mapping[str, SiteImage], said: Mapping[str, Transcript] | None = None) -> dict[str, str]:
    return find_twins(compare_looks(images, ComparedLooks()).pairs, said or {})


@pytest.mark.parametrize(
    "picture", [slide("Amazon S3"), screenshot(), line_art()], ids=["slide", "video", "art"]
)
@pytest.mark.parametrize(
    "captured_again",
    [
        lambda picture: picture.resize((picture.width * 2 // 3, picture.height * 2 // 3)),
        lambda picture: picture.crop((12, 9, picture.width - 5, picture.height)),
        subtitled,
        lambda picture: picture.convert("RGBA"),
    ],
    ids=["smaller", "cut", "subtitle", "with alpha"],
)
def test_a_picture_that_is_captured_again_is_found(
    picture: Image.Image, captured_again: Callable[[Image.Image], Image.Image]
) -> None:
    images = {"b.png": published(captured_again(picture)), "a.png": published(picture)}
    assert twins(images) == {"a.png": "a.png", "b.png": "a.png"}


def test_slides_of_one_talk_are_no_twins() -> None:
    slides = [
        slide("Amazon S3"),
        slide("Amazon S3", LINES[::-1]),
        slide("Amazon S3", LINES[:2]),
        screenshot(),
    ]
    assert twins({f"{number}.png": published(each) for number, each in enumerate(slides)}) == {}


def test_pictures_that_say_something_else_are_no_twins() -> None:
    images = {name: published(slide("Amazon S3")) for name in ("a.png", "b.png", "c.png")}
    said = {
        "a.png": Transcript("Amazon S3", LINES),
        "b.png": Transcript("Amazon S3", (*LINES, "this is how")),
        "c.png": Transcript("Login", ("Enter the code that you were sent",)),
    }
    assert twins(images, said) == {"a.png": "a.png", "b.png": "a.png"}


def test_comparing_what_is_new_finds_what_comparing_all_does() -> None:
    one, other = published(slide("Amazon S3")), published(screenshot())
    again = published(subtitled(slide("Amazon S3")))
    before = {"a.png": one, "b.png": again, "c.png": other, "d.png": other}
    for now in (
        before,
        {**before, "0.png": other, "e.png": again},
        {**before, "b.png": other},
        {path: image for path, image in before.items() if path != "a.png"},
        {},
    ):
        known = compare_looks(before, ComparedLooks())
        assert compare_looks(now, known) == compare_looks(now, ComparedLooks())


def test_blank_pictures_and_icons_are_like_no_other() -> None:
    assert look_of(Image.new("RGB", (1600, 900), "white")) == ""
    assert look_of(slide("Amazon S3").resize((90, 50))) == ""
