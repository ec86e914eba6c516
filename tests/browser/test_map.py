"""The map of links: around a page, and of the whole site."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NotesSite, Reader, Site
from tests.browser.test_access import axe_findings


@pytest.fixture(scope="module")
def linked(notes_site: NotesSite) -> Site:
    """Three notes in a row, and one alone."""
    notes = {"A": "[[B]]" + "\n\nlong" * 100, "B": "[[C]]", "C": "end", "D": "alone"}
    return notes_site("linked", notes)


def test_links_around_a_page_are_drawn_and_listed_when_they_come_into_view(
    reader: Reader, linked: Site
) -> None:
    page = reader.opens()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(f"{linked.address}a/")
    page.wait_for_load_state("networkidle")
    assert not {"map.js", "links.json"} & {*asked}
    around = page.locator(".nb-around")
    around.scroll_into_view_if_needed()
    expect(around.locator("canvas")).to_be_visible()
    expect(around.get_by_role("link")).to_have_text(["B", "C"])
    expect(around.get_by_role("link").last).to_have_attribute("href", f"{linked.address}c/")
    assert axe_findings(page) == []


def test_the_whole_site_is_a_map(reader: Reader, linked: Site) -> None:
    page = reader.opens(f"{linked.address}map/")
    expect(page.locator(".nb-whole-map canvas")).to_be_visible()
    assert axe_findings(page) == []


def test_a_page_without_links_has_no_map(reader: Reader, linked: Site) -> None:
    page = reader.opens(f"{linked.address}d/")
    expect(page.locator("article")).to_be_visible()
    expect(page.locator(".nb-around")).to_have_count(0)
