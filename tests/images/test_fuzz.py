"""Whatever is done to the bytes of an image, the answer is a picture or a reason."""

import warnings

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notebinder.images.model import UnreadableError
from notebinder.images.originals import clean_original
from notebinder.images.renditions import render_image
from tests.support.pictures import animation, encoded, exif, screenshot

SAMPLES = {
    "PNG": encoded(screenshot(40, 30), exif=exif(6)),
    "palette PNG": encoded(screenshot(40, 30).quantize(9), transparency=0),
    "JPEG": encoded(screenshot(40, 30), "JPEG", exif=exif(6)),
    "WEBP": encoded(screenshot(40, 30).convert("RGBA"), "WEBP"),
    "AVIF": encoded(screenshot(40, 30), "AVIF"),
    "BMP": encoded(screenshot(40, 30), "BMP"),
    "GIF": animation("GIF"),
    "animated WEBP": animation("WEBP"),
    "APNG": animation("PNG"),
    "SVG": b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9" fill="url(#a)" onclick="x"/></svg>',
}


@pytest.mark.parametrize("name", SAMPLES)
@given(
    changes=st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=6),
    end=st.integers(0, 4000),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_damaged_bytes_give_a_picture_or_a_reason(name, changes, end):
    data = bytearray(SAMPLES[name])
    for place, value in changes:
        data[place % len(data)] = value
    for publish in (render_image, clean_original):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                publish(bytes(data[: end or None]))
            except UnreadableError as err:
                assert str(err)  # noqa: PT017
