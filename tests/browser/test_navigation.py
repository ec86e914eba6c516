"""Getting about: from the home page to every topic, onwards, and back to the note."""

from __future__ import annotations

import pytest
import yaml

from tests.browser.conftest import Reader, Site, expect_title, point_at
from tests.support.projects import SAMPLE

PLAN = SAMPLE / "notes/AWS databases.plan.yml"


@pytest.fixture
def titles() -> list[str]:
    return [topic["title"] for topic in yaml.safe_load(PLAN.read_text("utf-8"))["topics"]]


def test_each_topic_is_reached_by_clicking_from_the_home_page(
    reader: Reader, site: Site, titles: list[str]
) -> None:
    page = reader.opens(site.address)
    page.locator("article").get_by_role("link", name="AWS databases").click()
    expect_title(page, "AWS databases")
    overview = page.url
    for title in titles:
        page.locator(".nb-card", has=page.get_by_text(title, exact=True)).click()
        expect_title(page, title)
        page.goto(overview)
    assert len(titles) == 14


def test_next_leads_through_the_topics_in_outline_order(
    reader: Reader, site: Site, titles: list[str]
) -> None:
    page = reader.opens(f"{site.address}topics/aws-databases/")
    for title in titles:
        page.locator(".md-footer__link--next").click()
        expect_title(page, title)


def test_a_click_swaps_the_page_without_loading_it_anew(reader: Reader, site: Site) -> None:
    """Instant navigation: what a script left in the window is still there."""
    page = reader.opens(f"{site.address}topics/aws-databases/")
    page.evaluate("window.kept = true")
    point_at(page)
    page.locator(".nb-card-link").nth(1).click()
    expect_title(page, "RDS Proxy")
    assert page.evaluate("window.kept")


def test_the_list_of_all_pages_waits_for_somebody_who_may_follow_a_link(reader: Reader, site: Site) -> None:
    page, asked = reader.opens(), []
    page.on("request", lambda request: asked.append(request.url.removeprefix(site.address)))
    page.goto(f"{site.address}topics/aws-databases/", wait_until="networkidle")
    assert "topics/aws-databases/" in asked
    assert "sitemap.xml" not in asked
    point_at(page)
    assert asked[-1] == "sitemap.xml"


def test_the_pencil_leads_to_the_note(reader: Reader, site: Site) -> None:
    """What a reader edits is the note, not the page that was made from it."""
    page = reader.opens(f"{site.address}topics/aws-databases/amazon-rds/")
    address = page.locator('a[rel="edit"]').get_attribute("href")
    assert address == "https://github.com/reader/notes/edit/main/notes/AWS%20databases.md"


def test_the_contents_name_every_screenshot(reader: Reader, site: Site) -> None:
    page = reader.opens(f"{site.address}topics/aws-databases/rds-backup/")
    contents = page.locator(".md-sidebar--secondary .md-nav__link").all_inner_texts()
    assert contents == ["RDS backups", "Aurora backups", "RDS and Aurora restore options"]


def test_a_missing_screenshot_keeps_its_place(reader: Reader, site: Site) -> None:
    """In a line: that it is one, and when it was taken."""
    page = reader.opens(f"{site.address}topics/aws-databases/rds-custom/")
    place = page.get_by_role("figure").first
    assert place.inner_text().split("\n") == ["Screenshot", "still to come, 12 December 2024, 00:13"]
    assert page.get_by_role("heading", name="RDS Custom").count() == 1
    assert page.locator("article img").count() == 0
