"""An address without a page: what it may have meant, and the search open."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Reader, Site
from tests.browser.test_access import axe_findings


def opened(reader: Reader, site: Site, address: str) -> Page:
    """Open an address as hosts answer it, but for the status."""
    page = reader.opens()
    body = (site.folder / "404.html").read_text("utf-8")
    page.route(site.address + address, lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto(site.address + address)
    return page


def test_a_mistyped_address_names_the_page_and_opens_the_search(reader: Reader, pieces: Site) -> None:
    page = opened(reader, pieces, "topics/Slidse/")
    near = page.locator("dialog.nb-search[open] .nb-near").get_by_role("link")
    expect(near.first).to_have_text("Slides")
    expect(near.first).to_have_attribute("href", f"{pieces.address}slides/")
    expect(page.locator(".nb-search-input")).to_have_value("Slidse")
    page.keyboard.press("Escape")
    expect(page.locator("article .nb-near a").first).to_be_visible()
    assert axe_findings(page) == []


def test_nothing_is_named_that_is_not_like_it(reader: Reader, pieces: Site) -> None:
    page = opened(reader, pieces, "qqqq/xyxyxy/")
    expect(page.locator("dialog.nb-search[open]")).to_be_visible()
    expect(page.locator(".nb-near a")).to_have_count(0)
