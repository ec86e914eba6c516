"""Every page for everybody: no finding of axe-core, all by keyboard, on any screen, on paper."""

from __future__ import annotations

import re
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Reader, Scheme, Site

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
FINDINGS = """async () => (await axe.run()).violations.flatMap(
    rule => rule.nodes.map(node => `${rule.id}: ${node.target} ${node.failureSummary}`))"""
# The button that leads to the top comes and goes with scrolling, so a round of Tab may miss it.
UNREACHED = """() => [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex]')]
    .filter(it => it.checkVisibility({visibilityProperty: true, opacityProperty: true}) && it.tabIndex >= 0
        && it.getClientRects().length && !it.disabled && !it.matches('[data-reached], .md-top'))
    .map(it => it.outerHTML.slice(0, 120))"""
FOCUS = """() => {
    const it = document.activeElement
    if (it === document.body) return {}
    if (it.hasAttribute('data-reached')) return null
    it.setAttribute('data-reached', '')
    const shown = it.matches('.md-option') ? it.nextElementSibling : it
    const style = getComputedStyle(shown)
    const box = shown.getBoundingClientRect()
    return {
        html: it.outerHTML.slice(0, 120),
        ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        isSeen: box.width > 0 && box.height > 0 && box.right > 0 && box.left < innerWidth,
        isInput: it.matches('.nb-search-input'),
    }
}"""
BOTH = pytest.mark.parametrize("which", ["site", "pieces"])


@pytest.fixture
def chosen(which: str, request: pytest.FixtureRequest) -> Site:
    site = request.getfixturevalue(which)
    assert isinstance(site, Site)
    return site


def axe_findings(page: Page) -> list[str]:
    """What axe-core finds wrong with a page as it is shown now."""
    page.evaluate(f"() => {{{AXE}}}")
    return list(page.evaluate(FINDINGS))


@BOTH
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_axe_finds_nothing_and_no_page_scrolls_sideways(
    reader: Reader, chosen: Site, scheme: Scheme, width: int
) -> None:
    page = reader.opens(width=width, scheme=scheme)
    findings, widths = {}, {}
    for address in chosen.pages():
        page.goto(chosen.address + address)
        widths[address] = page.evaluate("document.documentElement.scrollWidth")
        findings[address] = axe_findings(page)
    assert {address: found for address, found in findings.items() if found} == {}
    assert {address: found for address, found in widths.items() if found > width} == {}


@BOTH
@pytest.mark.parametrize("width", [1280, 360])
def test_the_tab_key_reaches_everything_and_shows_where_it_is(
    reader: Reader, chosen: Site, width: int
) -> None:
    page = reader.opens(width=width)
    for address in chosen.kinds():
        page.goto(chosen.address + address)
        for drawn in page.locator(".nb-canvas").all():  # it has its buttons once it came into view
            drawn.scroll_into_view_if_needed()
            expect(drawn).to_have_class(re.compile("nb-live"))
        stops = tab_through(page)
        assert [stop["html"] for stop in stops if not stop["isSeen"]] == []
        assert [stop["html"] for stop in stops if not (stop["ring"] or stop["isInput"])] == []
        assert page.evaluate(UNREACHED) == []


def tab_through(page: Page) -> list[dict[str, object]]:
    """Press Tab until it comes round; what was reached is marked on the page."""
    stops: list[dict[str, object]] = []
    while True:
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop is None:
            return stops
        if stop:  # else it is nowhere: behind the end, or what had it was redrawn by a script
            stops.append(stop)


def test_the_drawer_opens_and_closes_by_keyboard(reader: Reader, site: Site) -> None:
    page = reader.opens(site.address, width=360)
    drawer = page.get_by_role("button", name="Navigation").first
    drawer.focus()
    page.keyboard.press("Enter")
    link = page.locator(".md-sidebar--primary").get_by_role("link", name="AWS databases")
    link.wait_for()
    assert drawer.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    link.wait_for(state="hidden")
    assert drawer.get_attribute("aria-expanded") == "false"


def test_a_heading_counts_as_one_level_below_the_one_above(reader: Reader, site: Site) -> None:
    """Also where its author left a level out; how it looks is his."""

    def leave_out_a_level(route: Route) -> None:
        page = route.fetch()
        route.fulfill(response=page, body=page.text().replace("<h2", "<h3").replace("</h2>", "</h3>"))

    page = reader.opens()
    page.route(site.address, leave_out_a_level)
    page.goto(site.address)
    headings = page.locator("article h3")
    expect(headings.first).to_have_attribute("aria-level", "2")
    assert page.locator("article h3[aria-level='2']").count() == headings.count()


def test_the_first_tab_offers_to_skip_to_the_text(reader: Reader, site: Site) -> None:
    page = reader.opens(site.address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Skip to content"


@BOTH
def test_paper_shows_the_text_and_whole_figures(reader: Reader, chosen: Site) -> None:
    """Nothing that only a screen can use, and nothing wider than the sheet."""
    page = reader.opens(width=794)  # A4
    page.emulate_media(media="print")
    for address in chosen.pages():
        page.goto(chosen.address + address)
        assert page.locator("article h1").is_visible()
        for frame in ("header", ".md-sidebar", "footer", ".nb-search", ".headerlink", ".md-content__button"):
            assert not any(part.is_visible() for part in page.locator(frame).all()), (address, frame)
        assert page.evaluate("document.documentElement.scrollWidth") <= 794
        cuts = page.locator("figure").evaluate_all("all => all.map(it => getComputedStyle(it).breakInside)")
        assert set(cuts) <= {"avoid"}


def test_paper_unfolds_what_is_folded(reader: Reader, pieces: Site) -> None:
    """But for transcripts, whose pictures are on it."""
    page = reader.opens(f"{pieces.address}pieces/")
    page.emulate_media(media="print")
    folded = page.locator("article details:not([open], .nb-transcript)")
    rooms = folded.evaluate_all("all => all.map(it => it.clientHeight - it.firstElementChild.clientHeight)")
    assert len(rooms) > 1
    assert min(rooms) > 10
    assert not page.locator(".nb-transcript").first.is_visible()


def test_paper_is_black_on_white_in_the_dark_too(reader: Reader, site: Site) -> None:
    page = reader.opens(site.address, scheme="dark")
    page.emulate_media(media="print")
    colours = page.locator("body").evaluate(
        "it => [getComputedStyle(it).backgroundColor, getComputedStyle(it).color]"
    )
    assert colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
