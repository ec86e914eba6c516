"""A site with one of each thing that the theme draws, for the tests that click on it."""

from __future__ import annotations

from pathlib import Path

import yaml
from PIL import Image, ImageDraw

from notebinder.images.figures import Picture, image_html
from notebinder.site.whole_site import THEME
from notebinder.vault.model import Attachment, Figure

_TEXT = Path(__file__).parent / "pieces.md"
_SLIDES = ("First slide", "Second slide", "Third slide")


def write_pieces(folder: Path, address: str) -> Path:
    """Write the site's source into a folder and return its `mkdocs.yml`."""
    docs = folder / "docs"
    docs.mkdir()
    for number, title in enumerate(_SLIDES):
        _draw_slide(title, docs / f"slide-{number}.webp")
    figures = "\n\n".join(_slide_html(number, title) for number, title in enumerate(_SLIDES))
    (docs / "pieces.md").write_text(_TEXT.read_text("utf-8").replace("FIGURES", figures), "utf-8")
    (docs / "index.md").write_text("# Pieces\n\n[Pieces](./pieces.md) and [slides](./slides.md)\n", "utf-8")
    (docs / "slides.md").write_text(f"# Slides\n\n{figures}\n", "utf-8")
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


def _slide_html(number: int, title: str) -> str:
    name = f"slide-{number}.webp"
    figure = Figure(name, Attachment(name, Path(name)), title)
    return image_html(figure, Picture(f"../{name}", (1280, 720), zoom=f"../{name}"), caption=title)


def _draw_slide(title: str, file: Path) -> None:
    image = Image.new("RGB", (1280, 720), "white")
    ImageDraw.Draw(image).text((80, 80), title, fill="black", font_size=64)
    image.save(file, lossless=True)
