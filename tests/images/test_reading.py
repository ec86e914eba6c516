"""The engine reads a picture; it runs where the extra `ocr` is installed."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from notebinder.images.reading import can_read_images, load_reader, mend_letters, read_image
from notebinder.vault.model import Transcript

needs_ocr = pytest.mark.skipif(not can_read_images(), reason="needs the extra ocr")


def draw_slide(mode: str = "RGB") -> Image.Image:
    paper = {"RGB": "white", "RGBA": (0, 0, 0, 0)}[mode]
    slide = Image.new(mode, (1200, 600), paper)
    pen = ImageDraw.Draw(slide)
    pen.text((60, 40), "Read Replicas", font=ImageFont.load_default(size=72), fill="black")
    for number, text in enumerate(("Copies are asynchronous", "They scale reading", "Up to fifteen of them")):
        pen.text((60, 200 + 90 * number), text, font=ImageFont.load_default(size=40), fill="black")
    return slide


EXPECTED = Transcript(
    "Read Replicas", ("Copies are asynchronous", "They scale reading", "Up to fifteen of them")
)


@needs_ocr
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_slide_is_read_with_title_and_paragraphs(tmp_path: Path, mode: str):
    """Black letters on nothing are read as on white paper."""
    draw_slide(mode).save(tmp_path / "slide.png")
    assert load_reader()(tmp_path / "slide.png") == EXPECTED


@needs_ocr
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_empty_picture_has_an_empty_transcript(tmp_path: Path):
    Image.new("RGB", (400, 300), "white").save(tmp_path / "blank.png")
    assert load_reader()(tmp_path / "blank.png") == Transcript("", ())


@pytest.mark.parametrize("data", [b"", b"no picture", b"\x89PNG\r\n\x1a\n\x00\x00"])
def test_bad_picture_is_an_os_error(tmp_path: Path, data: bytes):
    pytest.importorskip("numpy")
    (tmp_path / "bad.png").write_bytes(data)
    with pytest.raises(OSError, match=r"\S"):
        read_image(tmp_path / "bad.png", lambda image: pytest.fail("was read"))


@pytest.mark.parametrize(
    ("read", "meant"),
    [("APl", "API"), ("lAM role", "IAM role"), ("lA", "IA"), ("All", "All"), ("Al", "Al"), ("ELl5", "ELI5")],
)
def test_small_l_among_capitals_is_an_i(read: str, meant: str):
    assert mend_letters(read) == meant
