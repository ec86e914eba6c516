"""Rules of the place that a figure keeps on its page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from notebinder.base.words import Words
from notebinder.images.figure_slots import FigureSlots, FigureWriter
from notebinder.images.figures import Card, cards_html
from notebinder.images.model import Rendition, SiteImage, UnreadableImage
from notebinder.vault.model import Attachment, Figure, Transcript

FILE = Attachment("a.png", Path("a.png"))
IMAGE = SiteImage(
    (Rendition("1-480.webp", 480, 270, "image/webp"), Rendition("2-960.webp", 960, 540, "image/webp")),
    960,
    540,
    "#102030",
    "PNG",
)


def test_a_slot_is_filled_with_addresses_as_the_built_page_needs_them() -> None:
    slots = FigureSlots("RDS Proxy")
    text = f"- before {slots(Figure('a.png', FILE), inline=False)} after"
    filled = FigureWriter({"a.png": IMAGE}, {}).fill(text, slots, page="aws/rds.md")
    assert filled == (
        '- before <figure class="nb-figure" id="figure-a"><a class="nb-zoom" href="../../media/2-960.webp"'
        ' data-width="960" data-height="540">'
        '<img src="../../media/2-960.webp" srcset="../../media/1-480.webp 480w, ../../media/2-960.webp 960w"'
        ' sizes="(max-width&#58; 1219px) min(100vw - 32px, 960px), min(690px, 960px)"'
        ' alt="RDS Proxy" width="960" height="540" loading="eager" fetchpriority="high" decoding="async"'
        ' style="background-color&#58;&#35;102030" data-source="a.png"></a></figure> after'
    )


def test_only_the_first_image_of_a_page_loads_at_once() -> None:
    slots = FigureSlots()
    text = "".join(slots(Figure("a.png", FILE), inline=True) for _ in range(3))
    filled = FigureWriter({"a.png": IMAGE}, {}).fill(text, slots, page="p.md")
    assert (filled.count('loading="eager"'), filled.count('loading="lazy"')) == (1, 2)


def test_only_the_author_is_told_where_a_missing_picture_belongs() -> None:
    slots = FigureSlots()
    damaged = Figure("bad.png", Attachment("bad.png", Path("bad.png")))
    text = f"{slots(Figure('gone.png', None), inline=False)} {slots(damaged, inline=False)}"
    images = {
        "bad.png": UnreadableImage("unreadable-image", "is empty (0 bytes)", "save it again", "empty file")
    }
    for_readers = FigureWriter(images, {}).fill(text, slots, page="p.md")
    assert "The file is empty." in for_readers
    assert "assets" not in for_readers
    for_author = FigureWriter(images, {}, "assets").fill(text, slots, page="p.md")
    assert "gone.png appears here once it lies in assets/" in for_author
    in_german = FigureWriter(images, {}, say=Words("de")).fill(text, slots, page="p.md")
    assert "Die Datei ist leer." in in_german


def test_a_missing_image_keeps_its_place_within_a_line() -> None:
    slots = FigureSlots()
    text = f"see {slots(Figure('gone.png', None), inline=True)}!"
    filled = FigureWriter({}, {}).fill(text, slots, page="p.md")
    assert filled.startswith('see <span class="nb-placeholder-inline" data-source="gone.png"')
    assert filled.endswith("</span>!")


def test_a_figure_outside_a_section_of_its_own_has_a_caption_with_its_address() -> None:
    slots = FigureSlots()
    text = slots(Figure("a.png", FILE), inline=False) + slots(Figure("a.png", FILE), inline=False)
    transcript = Transcript("A slide", ("words in it",), "")
    filled = FigureWriter({"a.png": IMAGE}, {"a.png": transcript}).fill(text, slots, page="p.md")
    assert '<figure class="nb-figure" id="figure-a">' in filled
    assert '<figure class="nb-figure" id="figure-a-2">' in filled
    assert "<figcaption data-generated>A slide<a" in filled
    assert 'alt="A slide&#58; words in it"' in filled
    assert filled.count("<p>words in it</p>") == 2


def test_the_viewer_is_told_a_title_that_stands_in_no_attribute() -> None:
    slots = FigureSlots("Buckets")
    text = slots(Figure("a.png", FILE), inline=False)
    read = Transcript("A slide", ("words in it",))
    filled = FigureWriter({"a.png": IMAGE}, {"a.png": read}).fill(text, slots, page="p.md")
    assert 'data-title="Buckets"' in filled
    assert 'alt="Buckets&#58; words in it"' in filled


@pytest.mark.parametrize(("dark", "expected"), [(True, 3), (False, 0)])
def test_a_setting_leaves_all_pictures_white_at_night(dark: bool, expected: int) -> None:
    white = replace(IMAGE, kept_at_night=((0, 0, 250, 100),))
    slots = FigureSlots()
    text = slots(Figure("a.png", FILE), inline=False) + slots(Figure("a.png", FILE), inline=True)
    writer = FigureWriter({"a.png": white}, {}, "assets", dark_pictures=dark)
    card = writer.small(Figure("a.png", FILE), "p.md")
    assert card
    shown = writer.fill(text, slots, page="p.md") + cards_html([Card("A", "a/", picture=card)])
    assert shown.count('data-night="0 0 250 100"') == expected


def test_an_image_in_a_list_has_the_title_that_was_read_from_it() -> None:
    writer = FigureWriter({}, {"a.png": Transcript("", ("1", "- Stores objects"))}, "assets")
    assert writer.title(Figure("a.png", FILE)) == "Stores objects"
    assert writer.title(Figure("a.png", FILE, alt="A bucket")) == "A bucket"
    assert writer.title(Figure("a.png", FILE, title="Planned", alt="A bucket")) == "Planned"
