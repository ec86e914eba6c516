"""The HTML that notebinder adds to pages: whole texts, and what must hold for any text."""

from datetime import date, datetime
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import markdown

from notebinder.base.escaping import as_text
from notebinder.images.figures import (
    Card,
    Lack,
    Picture,
    cards_html,
    contents_phrase,
    image_html,
    inline_image_html,
    inline_placeholder_html,
    overview_facts_html,
    placeholder_html,
    source_line_html,
)
from notebinder.vault.model import Attachment, Figure
from tests.support.projects import BuildVault, text_of

SLIDE = Figure(
    "assets/Pasted image 1.png", Attachment("assets/Pasted image 1.png", Path("x")), "RDS & Aurora"
)
DAYS = (date(2024, 12, 11), date(2024, 12, 12))
MISSING = Figure("Pasted image 20241211175933.png", None, "Amazon RDS overview")


class Words(HTMLParser):
    """The words that a reader sees."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def test_image_is_a_figure_with_its_size_and_its_attachment() -> None:
    """The browser knows the size before the picture comes, so nothing jumps."""
    assert image_html(SLIDE, Picture("../../media/1.webp", (1280, 720))) == (
        '<figure class="nb-figure">\n'
        '<img src="../../media/1.webp" alt="RDS &#38; Aurora" width="1280" height="720"'
        ' loading="lazy" decoding="async" data-source="Pasted image 1.png">\n'
        "</figure>"
    )


def test_image_offers_its_renditions_and_paints_its_colour_until_one_is_there() -> None:
    picture = Picture("960.webp", (960, 540), "480.webp 480w, 960.webp 960w", "min(100vw, 960px)", "#123456")
    assert image_html(SLIDE, picture) == (
        '<figure class="nb-figure">\n'
        '<img src="960.webp" srcset="480.webp 480w, 960.webp 960w" sizes="min(100vw, 960px)"'
        ' alt="RDS &#38; Aurora" width="960" height="540" loading="lazy" decoding="async"'
        ' style="background-color&#58;&#35;123456" data-source="Pasted image 1.png">\n'
        "</figure>"
    )


def test_image_has_caption_and_zoom_when_given() -> None:
    assert image_html(SLIDE, Picture("1.webp", zoom="full.webp"), caption="A slide", loading="eager") == (
        '<figure class="nb-figure">\n'
        '<a class="nb-zoom" href="full.webp"><img src="1.webp" alt="RDS &#38; Aurora"'
        ' loading="eager" fetchpriority="high" decoding="async" data-source="Pasted image 1.png"></a>\n'
        "<figcaption data-generated>A slide</figcaption>\n"
        "</figure>"
    )


@pytest.mark.parametrize(
    ("asked", "natural", "shown"),
    [
        ((None, None), None, ""),
        ((None, None), (1280, 720), ' width="1280" height="720"'),
        ((640, None), (1280, 720), ' width="640" height="360"'),
        ((None, 360), (1280, 720), ' width="640" height="360"'),
        ((100, 100), (1280, 720), ' width="100" height="100"'),
        ((300, None), None, ' width="300"'),
        ((1, None), (5000, 2), ' width="1" height="1"'),
    ],
)
def test_image_keeps_its_shape_at_the_size_asked_for(
    asked: tuple[int | None, int | None], natural: tuple[int, int] | None, shown: str
) -> None:
    """Obsidian's `|640` gives a width; the height follows from the picture."""
    figure = Figure("a.png", None, alt="A", width=asked[0], height=asked[1])
    assert inline_image_html(figure, Picture("a.webp", natural)) == (
        f'<img src="a.webp" alt="A"{shown} loading="lazy" decoding="async" data-source="a.png">'
    )


def test_placeholder_says_in_a_line_what_is_missing_and_when_it_was_taken() -> None:
    """And to the author how to bring it."""
    lack = Lack(hint="a.png appears here once it lies in assets/")
    assert placeholder_html(MISSING, lack, taken=datetime(2024, 12, 11, 17, 59, 33)) == (
        '<figure class="nb-figure nb-placeholder" data-source="Pasted image 20241211175933.png">\n'
        '<figcaption class="nb-placeholder-plate" data-generated data-search-exclude>\n'
        '<span class="nb-placeholder-title">Amazon RDS overview</span>\n'
        '<span class="nb-placeholder-facts">still to come, '
        '<time datetime="2024-12-11T17:59:33">11 December 2024, 17:59</time></span>\n'
        '<span class="nb-placeholder-hint">a.png appears here once it lies in assets/</span>\n'
        "</figcaption>\n</figure>"
    )


def test_placeholder_of_unknown_time_tells_none() -> None:
    html = placeholder_html(Figure("photos/cat.jpg", None), Lack())
    assert " ".join(" ".join(Words(html).found).split()) == "cat still to come"


def test_the_place_of_a_damaged_image_says_what_is_the_matter() -> None:
    html = placeholder_html(Figure("photos/cat.jpg", None), Lack("The file is too large."))
    assert " ".join(" ".join(Words(html).found).split()) == ("cat cannot be shown The file is too large.")


def test_inline_placeholder_is_phrasing_content() -> None:
    """It may stand in a sentence, a list item or a table cell."""
    assert inline_placeholder_html(MISSING, Lack()) == (
        '<span class="nb-placeholder-inline" data-source="Pasted image 20241211175933.png"'
        ' title="Pasted image 20241211175933.png still to come.">'
        "<span data-generated data-search-exclude>Amazon RDS overview</span></span>"
    )


def test_cards_keep_their_order() -> None:
    small = Picture("../media/p.webp", (480, 270), night="")
    cards = [
        Card("Amazon RDS", "amazon-rds/", "7 screenshots, 1 text"),
        Card("RDS proxy", "rds-proxy/", "1 screenshot", number=2, picture=small),
    ]
    assert cards_html(cards) == (
        '<ul class="nb-cards" data-generated data-search-exclude>\n'
        '<li class="nb-card"><a class="nb-card-link" href="amazon-rds/">'
        '<span class="nb-card-title">Amazon RDS</span>'
        '<span class="nb-card-contents">7 screenshots, 1 text</span></a></li>\n'
        '<li class="nb-card"><a class="nb-card-link" href="rds-proxy/">'
        '<span class="nb-card-picture"><img src="../media/p.webp" alt="" width="480" height="270"'
        ' loading="lazy" data-night=""></span>'
        '<span class="nb-card-number">2</span><span class="nb-card-title">RDS proxy</span>'
        '<span class="nb-card-contents">1 screenshot</span></a></li>\n'
        "</ul>"
    )


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"screenshots": 28}, "28 screenshots"),
        ({"screenshots": 0, "texts": 3}, "3 texts"),
        ({"screenshots": 0}, "No content yet"),
        ({"screenshots": 1, "texts": 1}, "1 screenshot, and 1 text"),
        ({"screenshots": 28, "days": DAYS}, "28 screenshots, taken 11–12 December 2024"),
        ({"screenshots": 2, "missing": 1}, "2 screenshots. 1 screenshot is still to come."),
        (
            {"screenshots": 28, "texts": 3, "days": DAYS, "missing": 27},
            "28 screenshots, taken 11–12 December 2024, and 3 texts. 27 screenshots are still to come.",
        ),
    ],
)
def test_facts_count_what_is_there_and_what_is_missing(facts: dict[str, Any], words: str) -> None:
    html = overview_facts_html(**facts)
    assert html == f'<p class="nb-facts" data-generated data-search-exclude>{words}</p>'


def test_source_line_links_the_note() -> None:
    assert source_line_html("AWS databases", "../") == (
        '<p class="nb-source" data-generated data-search-exclude>'
        'From the note <a href="../">AWS databases</a></p>'
    )


@pytest.mark.parametrize(
    ("screenshots", "texts", "phrase"),
    [
        (0, 0, "No content yet"),
        (1, 0, "1 screenshot"),
        (0, 1, "1 text"),
        (7, 1, "7 screenshots, 1 text"),
        (2, 3, "2 screenshots, 3 texts"),
    ],
)
def test_contents_are_counted_in_words(screenshots: int, texts: int, phrase: str) -> None:
    assert contents_phrase(screenshots, texts) == phrase


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1).map(str.strip))
def test_escaped_text_is_shown_as_it_is_in_the_middle_of_markdown(text: str) -> None:
    """Neither HTML nor Markdown nor an extension reads anything into it."""
    extensions = ["attr_list", "md_in_html", "tables", "footnotes", "pymdownx.betterem", "pymdownx.tilde"]
    html = markdown(f"before <span>{as_text(text)}</span> after", extensions=extensions)
    assert "".join(Words(html).found) == f"before {text} after"
    assert html.count("<") == 4


@given(st.text(min_size=1))
def test_escaped_text_holds_no_syntax_of_roamlinks(text: str) -> None:
    escaped = as_text(text)
    assert unescape(escaped) == text.replace("\n", " ")
    assert "[" not in escaped


def test_the_fragment_of_an_embed_is_a_class_for_the_author_s_own_styles() -> None:
    figure = Figure("x.svg", None, fragment="icon")
    assert inline_image_html(figure, Picture("x.svg", None)).startswith(
        '<img class="nb-fragment-icon" src="x.svg"'
    )


def test_a_link_to_a_damaged_image_is_marked_as_missing(build_vault: BuildVault) -> None:
    """It has no address; the build goes on and says what is wrong with the file."""
    built = build_vault({"a.md": "[[c.png]] [x](c.png)\n", "c.png": b"no image"})
    assert [problem.code for problem in built.problems] == ["unreadable-image"]
    assert text_of(built, "a.md").count('class="nb-missing"') == 2
