"""Renditions of one image: sizes, sharpness, colours, and nothing but the picture."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from notebinder.images.model import UnreadableError
from notebinder.images.renditions import (
    WIDTHS,
    file_name,
    is_named_by_content,
    render_image,
    rendition_widths,
)
from notebinder.images.similarity import structural_similarity
from tests.support.pictures import (
    SECRET,
    colour_at,
    encoded,
    exif,
    line_art,
    opened,
    rendered_once,
    screenshot,
    swapped_profile,
)


@pytest.mark.parametrize(
    ("size", "widths"),
    [
        ((1600, 900), (480, 720, 960, 1440, 1600)),
        ((1469, 774), (480, 720, 960, 1469)),
        ((1000, 10), (480, 720, 1000)),
        ((480, 300), (480,)),
        ((1, 1), (1,)),
        ((40000, 1000), (480, 720, 960, 1440, 16383)),
        ((1000, 40000), (409,)),
    ],
)
def test_rendition_widths_are_those_that_a_page_can_show(
    size: tuple[int, int], widths: tuple[int, ...]
) -> None:
    assert rendition_widths(*size) == widths


@given(st.integers(1, 60_000), st.integers(1, 60_000))
def test_rendition_widths_never_enlarge_and_always_grow(width: int, height: int) -> None:
    widths = rendition_widths(width, height)
    assert list(widths) == sorted(set(widths))
    assert widths[-1] <= width
    assert set(widths[:-1]) <= set(WIDTHS)


def test_a_screenshot_is_published_as_webp_in_its_sizes() -> None:
    rendered = rendered_once(encoded(screenshot()))
    assert [(r.width, r.height, r.mime) for r in rendered.image.renditions] == [
        (480, 270, "image/webp"),
        (720, 405, "image/webp"),
        (960, 540, "image/webp"),
        (1440, 810, "image/webp"),
        (1600, 900, "image/webp"),
    ]
    for rendition, data in zip(rendered.image.renditions, rendered.files, strict=True):
        picture = opened(data)
        assert (picture.format, picture.mode, picture.size) == (
            "WEBP",
            "RGB",
            (rendition.width, rendition.height),
        )
        assert rendition.name.endswith(f"-{rendition.width}.webp")
        assert is_named_by_content(rendition.name, data)


def test_a_wider_rendition_is_heavier_or_the_narrower_is_not_published() -> None:
    for picture in (screenshot(), line_art(), line_art(2200, 900)):
        sizes = [len(data) for data in rendered_once(encoded(picture)).files]
        assert sizes == sorted(set(sizes))


def test_line_art_stays_as_it_is_to_the_pixel() -> None:
    rendered = rendered_once(encoded(line_art()))
    assert opened(rendered.files[-1]).tobytes() == line_art().tobytes()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_orientation_is_applied_before_anything_else(format_: str, orientation: int) -> None:
    picture = screenshot(150, 100)
    data = encoded(picture, format_, exif=exif(orientation))
    rendered = render_image(data)
    expected = ImageOps.exif_transpose(opened(data))
    assert (rendered.image.width, rendered.image.height) == expected.size
    assert mean_difference(opened(rendered.files[-1]), expected) < 3


@pytest.mark.parametrize("format_", ["PNG", "JPEG", "WEBP", "AVIF"])
def test_no_metadata_leaves_in_a_rendition(format_: str) -> None:
    secrets = {"exif": exif(6), "xmp": b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"}
    if format_ == "JPEG":
        secrets["comment"] = SECRET
    data = encoded(screenshot(600, 400), format_, **secrets)
    assert SECRET in data
    for published in render_image(data).files:
        assert SECRET not in published
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(opened(published).info)


def test_a_colour_profile_is_applied_and_left_out() -> None:
    data = encoded(Image.new("RGB", (64, 64), (200, 40, 40)), icc_profile=swapped_profile())
    seen = opened(render_image(data).files[-1])
    assert "icc_profile" not in seen.info
    red, green, _ = colour_at(seen.convert("RGB"), (32, 32))
    assert green > red, "the profile's red is green"


def test_a_damaged_colour_profile_is_ignored() -> None:
    data = encoded(screenshot(200, 100), icc_profile=b"no profile")
    assert mean_difference(opened(render_image(data).files[-1]), screenshot(200, 100)) < 3


@pytest.mark.parametrize(("dpi", "shown"), [(72, 120), (96, 120), (143, 120), (144, 60), (220, 60)])
@pytest.mark.parametrize("format_", ["PNG", "JPEG"])
def test_a_hidpi_screenshot_is_shown_at_half_its_pixels(format_: str, dpi: int, shown: int) -> None:
    image = render_image(encoded(screenshot(120, 80), format_, dpi=(dpi, dpi))).image
    assert (image.width, image.best.width) == (shown, 120)


def test_colour_is_the_mean_and_none_for_a_transparent_picture() -> None:
    assert render_image(encoded(Image.new("RGB", (9, 9), "#102030"))).image.colour == "#102030"
    assert render_image(encoded(Image.new("RGBA", (9, 9), (16, 32, 48, 100)))).image.colour == ""


def test_transparency_stays() -> None:
    picture = screenshot(300, 200).convert("RGBA")
    picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    seen = opened(render_image(encoded(picture)).files[-1])
    assert seen.getchannel("A").tobytes() == picture.getchannel("A").tobytes()


def test_an_opaque_alpha_channel_goes() -> None:
    assert opened(render_image(encoded(screenshot(300, 200).convert("RGBA"))).files[-1]).mode == "RGB"


def test_a_file_that_is_lighter_as_it_is_stays_as_it_is() -> None:
    """A small JPEG of low quality would grow when its flaws are encoded faithfully."""
    data = encoded(screenshot(300, 200), "JPEG", quality=20, comment=SECRET)
    rendered = render_image(data)
    assert rendered.image.best.mime == "image/jpeg"
    assert len(rendered.files[-1]) < len(data)
    assert opened(rendered.files[-1]).tobytes() == opened(data).tobytes()


def test_identical_content_gives_identical_bytes() -> None:
    data = encoded(screenshot(700, 400))
    assert render_image(data) == render_image(data)


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_large_picture_is_searched_by_stripes_and_published_whole(
    monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    picture = screenshot(900, 700).convert(mode)
    if mode == "RGBA":
        picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    monkeypatch.setattr("notebinder.images.encode.SEARCHED_PIXELS", 200_000)
    seen = opened(render_image(encoded(picture)).files[-1])
    assert (seen.size, seen.mode) == (picture.size, mode)
    assert structural_similarity(picture, seen) > 0.99


def test_file_name_is_of_the_bytes() -> None:
    assert file_name(b"a", "-480.webp") == "ca978112ca1bbdcafac2-480.webp"
    assert not is_named_by_content("ca978112ca1bbdcafac2-480.webp", b"b")


@given(st.binary(max_size=200))
def test_bytes_that_are_no_image_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        render_image(data)


def mean_difference(one: Image.Image, other: Image.Image) -> float:
    small = [
        picture.convert("RGB").resize((8, 8), Image.Resampling.BOX).tobytes() for picture in (one, other)
    ]
    return sum(abs(a - b) for a, b in zip(small[0], small[1], strict=True)) / len(small[0])
