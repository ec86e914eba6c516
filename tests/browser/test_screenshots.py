"""What stands only inside a screenshot is found, shown and enlarged."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from notebinder.images.transcribing import hash_image
from notebinder.vault.model import Transcript
from notebinder.vault.transcripts import format_transcript, transcript_file
from tests.browser.conftest import Reader, Site, build_vault_site

SLIDES = {
    "Pasted image 20240105081500.png": Transcript("Kinds of flour", ("Rye, spelt and buckwheat",), ""),
    "Pasted image 20240105081700.png": Transcript("Oven heat", ("Zirconia keeps the warmth",), ""),
    "Pasted image 20240106090000.png": Transcript("Cooling down", ("Half an hour on a grid",), ""),
}
NOTE = "1. Flour\n2. Baking\n\n" + "\n\n".join(f"![[{name}]]" for name in SLIDES)
PLAN = """\
topics:
  - title: Flour
    parts: [Pasted image 20240105081500.png]
  - title: Baking
    parts: [Pasted image 20240105081700.png, Pasted image 20240106090000.png]
"""


@pytest.fixture(scope="session")
def slides(root: Path, origin: str, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of a vault with screenshots drawn here and their transcripts."""
    vault = tmp_path_factory.mktemp("vault")
    (vault / "Bread.md").write_text(NOTE, "utf-8")
    (vault / "Bread.plan.yml").write_text(PLAN, "utf-8")
    for name, transcript in SLIDES.items():
        draw_slide(vault / name, transcript)
    build_vault_site(vault, root / "slides")
    return Site(f"{origin}slides/", root / "slides")


def draw_slide(file: Path, transcript: Transcript) -> None:
    picture = Image.new("RGB", (1280, 720), "white")
    draw = ImageDraw.Draw(picture)
    draw.text((80, 60), transcript.title, fill="black", font_size=60)
    draw.text((80, 200), "\n".join(transcript.paragraphs), fill="black", font_size=40)
    picture.save(file)
    named = Transcript(transcript.title, transcript.paragraphs, hash_image(file.read_bytes()))
    transcript_file(file).write_text(format_transcript(named), "utf-8")


@pytest.mark.parametrize(("word", "section"), [("zirconia", "figure-*"), ("rye", "figure-*")])
def test_a_word_inside_a_screenshot_leads_to_its_figure(
    reader: Reader, slides: Site, word: str, section: str
) -> None:
    page = reader.opens(slides.address)
    expect(page.locator(".md-search-result__meta")).to_contain_text("Type")
    page.keyboard.press("/")
    page.keyboard.type(word)
    expect(page.locator(".md-search-result__meta")).to_contain_text("1 matching document")
    page.locator(".md-search-result__link", has_text="").last.click()
    page.wait_for_url(f"**#{section}")


def test_the_text_of_a_screenshot_opens_below_it(reader: Reader, slides: Site) -> None:
    page = reader.opens(f"{slides.address}bread/baking/")
    box = page.locator("details.nb-transcript").first
    expect(box.get_by_text("Zirconia")).to_be_hidden()
    box.locator("summary").click()
    expect(box.get_by_text("Zirconia keeps the warmth")).to_be_visible()


def test_a_narrow_screen_loads_a_small_picture_and_only_what_is_near(reader: Reader, slides: Site) -> None:
    page = reader.opens(f"{slides.address}bread/baking/", width=400)
    first, last = page.locator("figure.nb-figure img").all()
    narrowest = str(first.get_attribute("srcset") or first.get_attribute("src")).split()[0]
    assert str(first.evaluate("image => image.currentSrc")).endswith(narrowest.lstrip("./"))
    assert (first.get_attribute("loading"), last.get_attribute("loading")) == ("eager", "lazy")


def test_all_screenshots_lead_to_their_sections(reader: Reader, slides: Site) -> None:
    page = reader.opens(f"{slides.address}bread/all-screenshots/")
    assert page.locator("main h2").all_inner_texts() == ["5 January 2024¶", "6 January 2024¶"]
    page.locator(".nb-gallery a").last.click()
    page.wait_for_url("**/bread/baking/#cooling-down")
