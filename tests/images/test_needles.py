"""Whatever stands in a picture's file and is no picture stays at home: a needle in each segment."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from notebinder.images.model import SiteFile
from notebinder.images.originals import copy_original
from tests.support.laden import laden
from tests.support.planted import Words

WORDS = Words("qzxjvk")
FORMATS = {"PNG": 190, "APNG": 4, "JPEG": 200, "GIF": 120, "WebP": 140, "AVIF": 10, "BMP": 2, "SVG": 55}
"""With how many needles each has at least."""


@pytest.fixture(scope="module")
def planted() -> Mapping[str, bytes]:
    return laden(WORDS("a picture").encode())


@pytest.mark.parametrize(("format_", "most"), FORMATS.items())
def test_no_needle_in_a_picture_is_published(
    format_: str, most: int, planted: Mapping[str, bytes], tmp_path: Path
) -> None:
    suffix = ".svg" if format_ == "SVG" else ".bin"
    files = {place: data for place, data in planted.items() if place.startswith(f"{format_}: ")}
    assert len(files) >= most
    published = {place: copy_original(data, suffix, tmp_path) for place, data in files.items()}
    names = {done.name: place for place, done in published.items() if isinstance(done, SiteFile)}
    assert names, "some are published"
    assert all(done.is_cleaned for done in published.values() if isinstance(done, SiteFile))
    found = WORDS.found_in(tmp_path).get("a picture", [])
    assert [names[name] for name in found] == []
