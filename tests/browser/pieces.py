"""A site with one of each thing that the theme draws, for the tests that click on it."""

from __future__ import annotations

from itertools import starmap
from pathlib import Path

import yaml
from PIL import Image, ImageDraw, ImageFont

from notebinder.images.figures import Card, Picture, cards_html, image_html, inline_image_html
from notebinder.images.gallery import Shot, gallery_markdown
from notebinder.images.transcript_markup import transcript_html
from notebinder.images.word_layer import word_layer_html
from notebinder.site.whole_site import THEME
from notebinder.vault.model import Attachment, Figure, PlacedWord, Places, Transcript

_TEXT = Path(__file__).parent / "pieces.md"
_SLIDES = ("First slide", "Second slide", "Third slide")
SIZE = (1280, 720)
BULLET = "Messages wait in a queue"
BOX = (896, 360, 1152, 648)
"""What is coloured on each slide, in pixels, ..."""
_NIGHT = "700 500 900 900"
"""... and in thousandths of the slide."""


def write_pieces(folder: Path, address: str) -> Path:
    """Write the site's source into a folder and return its `mkdocs.yml`."""
    docs = folder / "docs"
    docs.mkdir()
    for number, title in enumerate(_SLIDES):
        _draw_slide(title, docs / f"slide-{number}.webp")
    figures = "\n\n".join(_slide_html(number, title) for number, title in enumerate(_SLIDES))
    (docs / "pieces.md").write_text(_TEXT.read_text("utf-8").replace("FIGURES", figures), "utf-8")
    links = (
        "[Pieces](./pieces.md), [size](./pieces.md#größe), [rule](./pieces.md#^rule), [slides](./slides.md)"
    )
    (docs / "index.md").write_text(f"# Pieces\n\n{links}\n", "utf-8")
    (docs / "slides.md").write_text(f"# Slides\n\n{figures}\n", "utf-8")
    (docs / "gallery.md").write_text(f"# All slides\n\n{_gallery()}\n\n{_cards()}\n", "utf-8")
    config = folder / "mkdocs.yml"
    config.write_text(yaml.safe_dump(_configuration(address)), "utf-8")
    return config


def _configuration(address: str) -> dict[str, object]:
    return {
        "INHERIT": str(THEME / "mkdocs.yml"),
        "site_name": "Pieces",
        "site_url": address,
        "repo_url": "https://github.com/reader/notes",
        "theme": {"custom_dir": str(THEME / "material")},
        "plugins": {"search": {}, "notebinder": {"notes": "notes", "pages": "topics"}},
    }


def _gallery() -> str:
    slides = [*starmap(_slide, enumerate(_SLIDES))]
    shots = [Shot(figure, f"../slides/#figure-{number}") for number, (figure, _) in enumerate(slides)]
    pictures = {figure.source: picture for figure, picture in slides}
    return gallery_markdown(shots, lambda figure: inline_image_html(figure, pictures[figure.source]))


def _cards() -> str:
    cards = [
        Card("Slides", "../slides/", "3 screenshots", picture=_slide(0, "")[1]),
        Card("Text", "../pieces/"),
    ]
    return cards_html(cards)


def _slide(number: int, title: str) -> tuple[Figure, Picture]:
    name = f"slide-{number}.webp"
    picture = Picture(f"../{name}", SIZE, zoom=f"../{name}", pixels=SIZE, night=_NIGHT)
    return Figure(name, Attachment(name, Path(name)), title), picture


def _slide_html(number: int, title: str) -> str:
    figure, picture = _slide(number, title)
    places = Places("", SIZE, tuple(_placed(*line) for line in lines_of(title)))
    transcript = Transcript(title, (f"- {BULLET}",), places=places)
    words = word_layer_html(transcript)
    shown = image_html(figure, picture, caption=title, identifier=f"figure-{number}", words=words)
    return f"{shown}\n{transcript_html(transcript)}"


def lines_of(title: str) -> tuple[tuple[str, int, int], ...]:
    """The lines of a slide: text, top and size of the type."""
    return ((title, 80, 64), (BULLET, 220, 28))


def _placed(text: str, top: int, size: int) -> tuple[PlacedWord, ...]:
    font = ImageFont.load_default(size=size)
    words: list[PlacedWord] = []
    left = 80.0
    for word in text.split():
        width = font.getlength(word)
        words.append(PlacedWord(word, round(left), top, round(width), round(size * 1.2)))
        left += width + font.getlength(" ")
    return tuple(words)


def _draw_slide(title: str, file: Path) -> None:
    image = Image.new("RGB", SIZE, "white")
    pen = ImageDraw.Draw(image)
    for text, top, size in lines_of(title):
        pen.text((80, top), text, fill="black", font_size=size)
    pen.rectangle(BOX, fill="#ff9900")
    image.save(file, lossless=True)
