"""Searching as a reader does: with the keyboard, while typing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Reader, Site
from tests.browser.engines import ENGINES, give_to_pagefind


@pytest.fixture(scope="module")
def given(repository_site: Site, root: Path, origin: str) -> Site:
    return Site(f"{origin}found/", give_to_pagefind(repository_site.folder, root / "found"))


@pytest.fixture(params=ENGINES)
def site(request: pytest.FixtureRequest, repository_site: Site, given: Site) -> Site:
    """The site of this repository as MiniSearch searches it, and as Pagefind does."""
    return {"minisearch": repository_site, "pagefind": given}[request.param]


@pytest.fixture
def page(reader: Reader, site: Site) -> Page:
    return opens_search(reader, site.address)


def opens_search(reader: Reader, address: str, **screen: Any) -> Page:
    """Open a page and wait until its search is ready."""
    page = reader.opens(address, **screen)
    expect(page.locator(".md-search-result__meta")).to_contain_text("Type")
    return page


def hits(page: Page, query: str) -> list[str]:
    """The addresses of the hits, best first, without what marks the words on them."""
    page.keyboard.press("/")
    page.keyboard.type(query)
    expect(page.locator(".md-search-result__list")).to_have_attribute("data-query", query)
    expect(page.locator(".md-search-result__meta")).to_contain_text("matching document")
    links = page.locator(".md-search-result__link").evaluate_all("all => all.map(link => link.href)")
    return [link.partition("?")[0] for link in links]


def test_words_of_a_text_lead_to_its_page(page: Page, site: Site) -> None:
    first = hits(page, "asynchronous replication")[0]
    assert first == f"{site.address}topics/aws-databases/amazon-rds/"


def test_a_hit_leads_to_its_section_and_marks_the_words(page: Page) -> None:
    hits(page, "asynchronous replication")
    page.locator(".md-search-result__link", has_text="Key Features of RDS Read Replicas").click()
    page.wait_for_url("**/amazon-rds/?h=*#key-features-of-rds-read-replicas")
    marked = page.locator("article mark[data-md-highlight]")
    expect(marked.filter(has_text="asynchronous")).to_have_text(["asynchronous replication"])


def test_enter_leads_to_a_section_of_the_same_page(reader: Reader, site: Site) -> None:
    """It is not loaded again."""
    page = opens_search(reader, f"{site.address}topics/aws-databases/amazon-rds/")
    page.evaluate("window.isKept = true")
    hits(page, "asynchronous replication")
    page.keyboard.press("Enter")
    page.wait_for_url("**/amazon-rds/?h=*#*")
    section = page.locator(f"[id='{page.url.partition('#')[2]}']")
    expect(section).to_be_in_viewport()
    assert page.evaluate("scrollY") > 0
    expect(page.locator("article mark[data-md-highlight]").first).to_be_attached()
    assert page.evaluate("window.isKept")


def test_equal_hits_follow_the_outline(page: Page, site: Site) -> None:
    """RDS Proxy is the second topic, RDS Custom the third; each has one picture that is still to come."""
    pages = [address.partition("#")[0] for address in hits(page, "rds")]
    equal = [f"{site.address}topics/aws-databases/{name}/" for name in ("rds-proxy", "rds-custom")]
    shown = [address for address in dict.fromkeys(pages) if address in equal]
    assert shown == equal[: max(1, len(shown))]


def test_a_screenshot_is_found_by_its_title(page: Page, site: Site) -> None:
    assert hits(page, "disaster recovery")[0] == f"{site.address}topics/aws-databases/amazon-rds/"


def test_the_search_suggests_how_a_word_goes_on(page: Page) -> None:
    hits(page, "serverl")
    expect(page.locator(".nb-search-suggest")).to_have_text("serverless")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("textbox", name="Search")).to_have_value("serverless")


def test_a_search_can_be_shared(page: Page, site: Site, reader: Reader) -> None:
    """The link opens the site with the same search."""
    hits(page, "cloning")
    link = page.get_by_role("link", name="Share")
    expect(link).to_have_attribute("href", f"{site.address}?q=cloning")
    shared = reader.opens(f"{site.address}?q=cloning")
    expect(shared.get_by_role("textbox", name="Search")).to_have_value("cloning")
    expect(shared.locator(".md-search-result__meta")).to_contain_text("matching document")


def test_arrow_keys_lead_to_a_hit(page: Page, site: Site) -> None:
    hits(page, "cloning")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.address}topics/aws-databases/aurora-database-cloning/?h=cloning*")


def test_tab_leads_through_the_search(page: Page) -> None:
    """To its link, its buttons, its filter and its hits; the page behind it waits until Escape closes it."""
    hits(page, "cloning")
    names = []
    for _ in range(5):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.ariaLabel ?? document.activeElement.className"))
    firsts = [name.split()[0] for name in names]
    assert firsts == ["Share", "Clear", "Close", "Where", "md-search-result__link"]
    page.keyboard.press("Escape")
    expect(page.locator(".nb-search")).to_be_hidden()


def test_what_the_site_adds_is_not_found(page: Page) -> None:
    """Placeholders say the same on every page; no search should end there."""
    page.keyboard.press("/")
    page.keyboard.type("20241211175933")
    expect(page.locator(".md-search-result__meta")).to_contain_text("No matching documents")
