"""What moves: pictures, diagrams, embeds of other sites."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Reader, Site, point_at


@pytest.fixture
def page(reader: Reader, pieces: Site) -> Page:
    return reader.opens(f"{pieces.address}pieces/")


def test_a_picture_opens_and_the_keyboard_leads_on(page: Page) -> None:
    page.locator(".nb-zoom").first.focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("dialog", name="Picture")
    expect(box.get_by_role("img")).to_have_attribute("alt", "First slide")
    expect(box.locator(".nb-lightbox-caption")).to_have_text("First slide")
    expect(box.get_by_role("button", name="Previous picture")).to_be_hidden()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(box.get_by_role("img")).to_have_attribute("alt", "Third slide")
    expect(box.get_by_role("button", name="Next picture")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(page.locator(".nb-zoom", has=page.get_by_alt_text("Third slide"))).to_be_focused()


def test_a_swipe_leads_on(page: Page) -> None:
    page.locator(".nb-zoom").first.click()
    stage = page.locator(".nb-lightbox-stage")
    for event, x in (("pointerdown", 300), ("pointerup", 100)):
        stage.dispatch_event(event, {"pointerType": "touch", "clientX": x})
    expect(stage.get_by_role("img")).to_have_attribute("alt", "Second slide")


def test_a_picture_opens_after_instant_navigation(reader: Reader, pieces: Site) -> None:
    page = reader.opens(pieces.address)
    point_at(page)
    page.locator("article").get_by_role("link", name="slides").click()
    page.locator(".nb-zoom").nth(1).click()
    expect(page.locator(".nb-lightbox img")).to_have_attribute("alt", "Second slide")
    page.locator(".nb-lightbox-close").click()
    expect(page.locator(".nb-lightbox")).to_be_hidden()


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
