"""Whatever is done to the bytes of an image, the answer is a picture without metadata, or a reason."""

import warnings
from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notebinder.images.model import UnreadableError
from notebinder.images.originals import clean_original
from notebinder.images.renditions import image_as_it_is, render_image
from tests.support.pictures import SECRET, animation, encoded, exif, screenshot

XMP = b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"
SAMPLES = {
    "PNG": encoded(screenshot(40, 30), exif=exif(6)) + SECRET,
    "palette PNG": encoded(screenshot(40, 30).quantize(9), transparency=0, exif=exif()),
    "JPEG": encoded(screenshot(40, 30), "JPEG", exif=exif(6), comment=SECRET, xmp=XMP) + SECRET,
    "WEBP": encoded(screenshot(40, 30).convert("RGBA"), "WEBP", exif=exif(), xmp=XMP),
    "AVIF": encoded(screenshot(40, 30), "AVIF", exif=exif(), xmp=XMP),
    "BMP": encoded(screenshot(40, 30), "BMP") + SECRET,
    "GIF": animation("GIF", comment=SECRET) + SECRET,
    "animated WEBP": animation("WEBP", exif=exif(), xmp=XMP),
    "APNG": animation("PNG", exif=exif()) + SECRET,
    "SVG": b'<svg xmlns="http://www.w3.org/2000/svg"><!--%b--><metadata>%b</metadata>'
    b'<path d="M0 0h9" fill="url(#a)" onclick="x"/></svg>' % (SECRET, SECRET),
}
PIECES = (SECRET[:14], SECRET[14:27], SECRET[27:])
"""What is left of it when one of its bytes is damaged, too."""
PUBLISHING: tuple[Callable[[bytes], Sequence[bytes]], ...] = (
    lambda data: render_image(data).files,
    lambda data: [clean_original(data)[0]],
    lambda data: rendered.files if (rendered := image_as_it_is(data)) else [],
)


@pytest.mark.parametrize("name", SAMPLES)
@given(
    changes=st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=6),
    end=st.integers(0, 4000),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_damaged_bytes_give_a_picture_without_metadata_or_a_reason(
    name: str, changes: list[tuple[int, int]], end: int
) -> None:
    assert SECRET in SAMPLES[name]
    data = bytearray(SAMPLES[name])
    for place, value in changes:
        data[place % len(data)] = value
    for publish in PUBLISHING:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                published = publish(bytes(data[: end or None]))
            except UnreadableError as err:
                assert str(err)  # noqa: PT017
                continue
        assert not [piece for piece in PIECES for each in published if piece in each]
