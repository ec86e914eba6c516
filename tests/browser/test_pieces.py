"""What moves: pictures, diagrams, embeds of other sites."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Reader, Scheme, Site


@pytest.fixture
def page(reader: Reader, pieces: Site) -> Page:
    return reader.opens(f"{pieces.address}pieces/")


def test_a_diagram_is_drawn_by_the_sites_own_mermaid(page: Page) -> None:
    """The reader's fixture fails the test at any request to another origin."""
    page.locator("#diagram").scroll_into_view_if_needed()
    drawing = page.locator("div.mermaid")
    drawing.wait_for()
    box = drawing.bounding_box()
    assert box is not None
    assert box["height"] > 100


def test_libraries_are_loaded_only_where_they_are_needed(reader: Reader, pieces: Site) -> None:
    page = reader.opens()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(f"{pieces.address}slides/")
    page.wait_for_load_state("networkidle")
    assert not {"mermaid.min.js", "katex.min.js"} & {*asked}


def test_formulas_are_drawn_by_the_sites_own_katex(page: Page) -> None:
    """Also chemistry; what is no formula stays readable."""
    formulas = page.locator("p .arithmatex")
    expect(formulas.locator(".katex-html")).to_have_count(2)
    expect(formulas.last).to_have_text(r"\frac{x")
    expect(page.locator(".katex-display")).to_have_count(1)


def test_another_site_is_loaded_only_when_the_reader_asks(page: Page) -> None:
    frame = page.locator(".nb-external > iframe")
    expect(frame).to_be_hidden()
    assert frame.get_attribute("src") is None
    page.locator(".nb-external-iframe").get_by_role("button", name="Load it here").click()
    expect(frame).to_have_attribute("src", "../slides/")
    expect(frame).to_be_visible()
    assert page.locator(".nb-external-iframe").get_by_role("button").count() == 0


def test_code_can_be_copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    code = page.locator("pre", has_text="SELECT region")
    code.scroll_into_view_if_needed()
    code.get_by_role("button").click()
    assert str(page.evaluate("navigator.clipboard.readText()")).startswith("SELECT region, count(*)")


def test_wide_tables_and_formulas_scroll_in_their_own_box(reader: Reader, pieces: Site) -> None:
    page = reader.opens(f"{pieces.address}pieces/", width=360)
    table = page.locator(".md-typeset__scrollwrap").last
    for box in (table, page.locator("math[display=block]").last, page.locator(".katex-display")):
        expect(box).to_have_attribute("tabindex", "0")
        assert box.evaluate("it => it.scrollWidth > it.clientWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_canvas_is_drawn_in_the_colours_of_the_page_and_in_its_width(
    reader: Reader, pieces: Site, scheme: Scheme
) -> None:
    page = reader.opens(f"{pieces.address}pieces/", scheme=scheme)
    drawing = page.locator(".nb-canvas svg")
    card, label, line = (
        drawing.locator(f".nb-canvas-{part}").first.evaluate(
            "part => [getComputedStyle(part)].map((s) => [s.fill, s.stroke])[0]"
        )
        for part in ("card", "label", "arrow")
    )
    assert card[0] != label[0]
    assert "none" not in (card[1], line[1])
    paragraph, box = page.locator("article > p").first.bounding_box(), drawing.bounding_box()
    assert paragraph
    assert box
    assert abs(paragraph["width"] - box["width"]) < 2
