"""Animations stay animated, whatever they come as, and only get lighter."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageFile

from notebinder.base.limits import Limits
from notebinder.images.model import UnreadableError
from notebinder.images.renditions import render_image
from tests.support.pictures import SECRET, animation, gif_frames, opened, screenshot


def slides() -> list[Image.Image]:
    return [screenshot(300, 200 + step).resize((300, 200)) for step in range(3)]


@pytest.mark.parametrize("frames", [gif_frames(), slides()])
@pytest.mark.parametrize("format_", ["GIF", "PNG", "WEBP"])
def test_an_animation_keeps_frames_durations_and_loop(format_: str, frames: list[Image.Image]) -> None:
    data = animation(format_, frames)
    rendered = render_image(data)
    assert rendered.image.animated
    assert len(rendered.files[0]) <= len(data)
    before, after = Image.open(BytesIO(data)), Image.open(BytesIO(rendered.files[0]))
    assert after.size == before.size
    assert durations(after) == durations(before)
    assert after.info["loop"] == 0


def test_an_animation_leaves_without_metadata() -> None:
    data = animation("GIF", comment=SECRET)
    assert SECRET in data
    assert SECRET not in render_image(data).files[0]


@pytest.mark.parametrize(("loop", "plays"), [({}, 0), ({"loop": 2}, 3), ({"loop": None}, 1)])
def test_an_animation_plays_as_often_as_before(loop: dict[str, Any], plays: int) -> None:
    options = {"loop": 0} | loop
    data = animation("GIF", slides(), **options)
    seen = opened(render_image(data).files[0])
    assert seen.format == "WEBP"
    assert seen.info["loop"] == plays


def test_a_frame_without_duration_is_shown_as_browsers_show_it() -> None:
    seen = Image.open(BytesIO(render_image(animation("GIF", slides(), duration=0)).files[0]))
    assert durations(seen) == [100, 100, 100]


def test_a_long_animation_is_published_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notebinder.images.animation.LIMITS", Limits(animation_pixels=100))
    data = animation("GIF", slides(), comment=SECRET)
    rendered = render_image(data)
    assert rendered.image.best.mime == "image/gif"
    assert SECRET not in rendered.files[0]


def test_an_animation_of_too_large_frames_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notebinder.images.decode.LIMITS", Limits(image_pixels=100))
    with pytest.raises(UnreadableError):
        render_image(animation())


def test_a_cut_animation_is_refused_or_shown_but_does_not_fail() -> None:
    data = animation("GIF", slides())
    reasons = {reason(data[:end]) for end in range(20, len(data), len(data) // 7)}
    assert reasons <= {"", "is damaged or cut short"}


def reason(data: bytes) -> str:
    try:
        render_image(data)
    except UnreadableError as err:
        return err.image.message
    return ""


def durations(image: ImageFile.ImageFile) -> list[float]:
    found = []
    for frame in range(getattr(image, "n_frames", 1)):
        image.seek(frame)
        image.load()
        found.append(image.info["duration"])
    return found
