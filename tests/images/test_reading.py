"""The engine reads a picture; it runs where the extra `ocr` is installed."""

from pathlib import Path
from statistics import median
from unittest.mock import Mock

import pytest
from msgspec.structs import replace
from PIL import Image, ImageDraw, ImageFont

from notebinder.images.reading import can_read_images, load_reader, mend_letters, read_image
from notebinder.vault.model import Transcript
from notebinder.vault.places import placed_words

pytestmark = pytest.mark.whole

needs_ocr = pytest.mark.skipif(not can_read_images(), reason="needs the extra ocr")


def draw_slide(mode: str = "RGB") -> Image.Image:
    paper = {"RGB": "#ffff", "RGBA": "#0000"}[mode]
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
def test_slide_is_read_with_title_and_paragraphs(tmp_path: Path, mode: str) -> None:
    """Black letters on nothing are read as on white paper."""
    draw_slide(mode).save(tmp_path / "slide.png")
    read = load_reader()(tmp_path / "slide.png")
    assert replace(read, places=None) == EXPECTED
    assert [[word.text for word in line] for line in placed_words(read)] == [
        text.split() for text in (EXPECTED.title, *EXPECTED.paragraphs)
    ]


@needs_ocr
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(("ink", "paper"), [("black", "white"), ("#e8e8e8", "#101820")])
def test_words_have_their_places(tmp_path: Path, ink: str, paper: str) -> None:
    """Drawn at known places, nearly all have one, within few pixels."""
    slide = Image.new("RGB", (1200, 700), paper)
    pen = ImageDraw.Draw(slide)
    drawn: dict[str, tuple[float, float, float, float]] = {}
    for size, top in ((16, 40), (24, 130), (40, 250), (56, 400)):
        left = 60.0
        for number in range(4):
            word = f"{('alpha', 'bravo', 'river', 'tango')[number]}{size}"
            font = ImageFont.load_default(size=size)
            pen.text((left, top), word, font=font, fill=ink)
            drawn[word] = pen.textbbox((left, top), word, font=font)
            left = drawn[word][2] + size * 0.4
    slide.save(tmp_path / "slide.png")
    read = {w.text: w for line in placed_words(load_reader()(tmp_path / "slide.png")) for w in line}
    assert len(drawn.keys() & read.keys()) >= 15
    errors = [abs(read[word].left - box[0]) for word, box in drawn.items() if word in read]
    assert median(errors) <= 4
    for word, box in drawn.items():
        if word in read:
            place = read[word]
            assert place.left < (box[0] + box[2]) / 2 < place.left + place.width
            assert place.top < (box[1] + box[3]) / 2 < place.top + place.height


@needs_ocr
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_empty_picture_has_an_empty_transcript(tmp_path: Path) -> None:
    Image.new("RGB", (400, 300), "white").save(tmp_path / "blank.png")
    assert load_reader()(tmp_path / "blank.png") == Transcript("", ())


@pytest.mark.parametrize("data", [b"", b"no picture", b"\x89PNG\r\n\x1a\n\x00\x00"])
def test_bad_picture_is_an_os_error(tmp_path: Path, data: bytes) -> None:
    pytest.importorskip("numpy")
    (tmp_path / "bad.png").write_bytes(data)
    with pytest.raises(OSError, match=r"\S"):
        read_image(tmp_path / "bad.png", Mock(side_effect=AssertionError("was read")))


@pytest.mark.parametrize(
    ("read", "meant"),
    [("APl", "API"), ("lAM role", "IAM role"), ("lA", "IA"), ("All", "All"), ("Al", "Al"), ("ELl5", "ELI5")],
)
def test_small_l_among_capitals_is_an_i(read: str, meant: str) -> None:
    assert mend_letters(read) == meant
