"""The card beside a link: what it shows of the page behind, and how it comes and goes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Reader, Site
from tests.browser.test_access import axe_findings

CARD = ".nb-preview"


@pytest.fixture
def home(reader: Reader, pieces: Site) -> Page:
    page = reader.opens(pieces.address)
    page.mouse.move(5, 5)
    return page


def link(page: Page, name: str) -> None:
    page.locator("article").get_by_role("link", name=name, exact=True).hover()


def test_a_link_shows_how_its_page_begins(home: Page) -> None:
    link(home, "slides")
    expect(home.locator(f"{CARD} h1")).to_have_text("Slides")
    expect(home.locator(f"{CARD} img").first).to_be_visible()


def test_a_heading_is_shown_with_what_stands_below_it(home: Page) -> None:
    """Also one that is not written in ASCII, and no more than up to the next."""
    link(home, "size")
    expect(home.locator(f"{CARD} h2")).to_have_text(["Größe"])
    expect(home.locator(CARD)).to_contain_text("How large it is")


def test_a_block_is_shown_alone(home: Page) -> None:
    link(home, "rule")
    expect(home.locator(CARD)).to_have_text("One rule, not the next.")


def test_a_card_can_be_pointed_at_and_closed(home: Page) -> None:
    link(home, "rule")
    home.locator(CARD).hover()
    home.keyboard.press("Escape")
    expect(home.locator(CARD)).to_have_count(0)


def test_the_keyboard_opens_a_card_and_leaves_it(home: Page) -> None:
    home.locator("article a").last.focus()
    home.keyboard.press("Shift+Tab")
    expect(home.locator(CARD)).to_have_text("One rule, not the next.")
    home.keyboard.press("Shift+Tab")
    expect(home.locator(f"{CARD} h2")).to_have_text("Größe")


@pytest.mark.parametrize("name", ["slides", "size"])
def test_axe_finds_nothing_in_a_card(home: Page, name: str) -> None:
    link(home, name)
    expect(home.locator(CARD)).to_be_visible()
    assert axe_findings(home) == []
