"""What moves: pictures, diagrams, embeds of other sites."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Reader, Scheme, Site

Medium = Literal["screen", "print"]


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


def test_a_canvas_is_moved_and_scaled_by_mouse_wheel_and_keys(reader: Reader, pieces: Site) -> None:
    page = reader.opens(f"{pieces.address}pieces/", width=390)
    box, stage = page.locator(".nb-canvas"), page.locator(".nb-canvas-stage")
    box.scroll_into_view_if_needed()
    expect(page.locator(".nb-canvas.nb-live")).to_be_visible()

    def view() -> list[float]:
        said = str(stage.evaluate("stage => stage.style.getPropertyValue('--view')"))
        return [round(float(number), 3) for number in re.findall(r"-?[\d.]+", said)]

    whole = view()
    page.get_by_role("button", name="Zoom in").click()
    left, top, scale = view()
    assert round(scale / whole[2], 2) == 1.25
    box.focus()
    page.keyboard.press("ArrowRight")
    assert view() == [left - 60, top, scale]
    place = box.bounding_box()
    assert place
    page.mouse.move(place["x"] + 30, place["y"] + 30)
    page.mouse.down()
    page.mouse.move(place["x"] + 80, place["y"] + 50)
    page.mouse.up()
    assert view() == pytest.approx([left - 10, top + 20, scale], abs=0.01)
    page.keyboard.press("0")
    assert view() == whole
    page.get_by_role("button", name="As a list").click()
    first, second = (card.bounding_box() for card in page.locator(".nb-canvas-card").all())
    assert first
    assert second
    assert second["y"] > first["y"] + first["height"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_canvas_is_drawn_in_the_colours_of_the_page_and_in_its_width(
    reader: Reader, pieces: Site, scheme: Scheme
) -> None:
    page = reader.opens(f"{pieces.address}pieces/", scheme=scheme)
    drawing = page.locator(".nb-canvas")
    plain, coloured = (
        card.evaluate("card => [getComputedStyle(card)].map((s) => [s.backgroundColor, s.borderTopColor])[0]")
        for card in drawing.locator(".nb-canvas-card").all()
    )
    line = drawing.locator("path").evaluate("line => getComputedStyle(line).stroke")
    assert len({*plain, *coloured, line}) == 5
    paragraph, box = page.locator("article > p").first.bounding_box(), drawing.bounding_box()
    assert paragraph
    assert box
    assert abs(paragraph["width"] - box["width"]) < 2


@pytest.mark.parametrize(("width", "medium"), [(390, "screen"), (1280, "screen"), (794, "print")])
def test_what_stands_among_the_lines_shares_their_edges(page: Page, width: int, medium: Medium) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(media=medium)
    expect(page.locator(".katex-display")).to_have_count(1)
    kinds = (".highlight", ".admonition", ".nb-embed", ".md-typeset__scrollwrap")
    blocks = page.locator(", ".join(f"article > {kind}" for kind in kinds))
    lines = page.locator("article > p, article > .arithmatex")
    assert edges(blocks, "left") == edges(lines, "left")
    assert len(edges(blocks, "right")) == 1


def edges(found: Locator, side: str) -> set[int]:
    boxes = found.evaluate_all("(all, side) => all.map(it => it.getBoundingClientRect()[side])", side)
    return set(map(round, boxes))


def test_a_box_of_what_is_not_shown_is_as_quiet_in_the_dark(page: Page) -> None:
    """It has no colour of its own, which callouts have."""
    box = page.locator(".nb-box")
    for scheme in ("default", "slate"):
        page.evaluate("scheme => document.body.dataset.mdColorScheme = scheme", scheme)
        faint, shown = box.evaluate(
            "it => ['--nb-ink-faint', '--nb-callout'].map(x => getComputedStyle(it).getPropertyValue(x))"
        )
        assert faint == shown != ""


def test_a_heading_in_a_footnote_is_hardly_larger_than_its_text(page: Page) -> None:
    sizes = page.locator(".footnote :is(li, h2)").evaluate_all(
        "all => all.map(it => parseFloat(getComputedStyle(it).fontSize))"
    )
    assert sizes[0] < sizes[1] < 1.2 * sizes[0]
