"""Capture times come from names alone, and only where a name really tells one."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notebinder.images.capture_time import capture_time

MOMENT = datetime(2024, 12, 11, 17, 59, 33)


@pytest.mark.parametrize(
    "name",
    [
        "Pasted image 20241211175933.png",
        "Pasted image 20241211175933 1.png",
        "assets/Pasted image 20241211175933.png",
        "Recording 20241211175933.webm",
        "Screenshot 2024-12-11 at 17.59.33.png",
        "Screenshot 2024-12-11 at 17.59.33 (2).png",
        "Screen Shot 2024-12-11 at 5.59.33 PM.png",
        "Screenshot 2024-12-11 at 5.59.33\u202fPM.png",
        "Screenshot 2024-12-11 175933.png",
        "Screenshot from 2024-12-11 17-59-33.png",
        "Screenshot_20241211-175933.png",
        "Screenshot_20241211_175933_Chrome.jpg",
        "Bildschirmfoto 2024-12-11 um 17.59.33.png",
        "Capture d’écran 2024-12-11 à 17.59.33.png",
        "Captura de pantalla 2024-12-11 a las 17.59.33.png",
        "CleanShot 2024-12-11 at 17.59.33@2x.png",
        "WhatsApp Image 2024-12-11 at 17.59.33.jpeg",
        "IMG_20241211_175933.jpg",
        "PXL_20241211_175933123.jpg",
        "signal-2024-12-11-17-59-33-480.jpg",
        "2024-12-11T17:59:33.png",
    ],
)
def test_capture_time_is_read_from_the_names_that_tools_give(name: str) -> None:
    assert capture_time(name) == MOMENT


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Screenshot 2024-12-11 at 12.05.00 AM.png", datetime(2024, 12, 11, 0, 5)),
        ("Screenshot 2024-12-11 at 12.05.00 PM.png", datetime(2024, 12, 11, 12, 5)),
        ("2024-12-11_17-59.png", datetime(2024, 12, 11, 17, 59)),
        ("v20240199000000 20241211175933.png", MOMENT),
    ],
)
def test_capture_time_reads_other_clocks(name: str, expected: datetime) -> None:
    assert capture_time(name) == expected


@pytest.mark.parametrize(
    "name",
    [
        "",
        "diagram.png",
        "2024-12-11 lecture.png",
        "2024-12-11 1920x1080.png",
        "2024-12-11 105.png",
        "Pasted image 20241311175933.png",
        "Pasted image 20241211256099.png",
        "Pasted image 99991211175933.png",
        "sha 120241211175933.png",
        "20241211175933123456789.png",
    ],
)
def test_capture_time_is_none_when_a_name_tells_none(name: str) -> None:
    assert capture_time(name) is None


@given(st.datetimes(datetime(1900, 1, 1), datetime(2099, 12, 31)))
def test_capture_time_reads_back_every_pasted_image(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    assert capture_time(f"Pasted image {moment:%Y%m%d%H%M%S}.png") == moment


@given(st.text())
def test_capture_time_never_fails(name: str) -> None:
    assert capture_time(name) is None or isinstance(capture_time(name), datetime)
