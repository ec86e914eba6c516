"""A site of many pages: no page brings the whole navigation, a section is fetched when it is opened."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

import pytest
import yaml
from playwright.sync_api import Page, expect
from selectolax.lexbor import LexborHTMLParser

from tests.browser.conftest import Reader, Site, build_strictly, expect_title, point_at
from tests.browser.test_access import axe_findings
from tests.support.projects import PROJECT

NAV = ".md-sidebar--primary"
FOLDERS = {
    "Animals/Birds": 120,
    "Animals/Fish": 40,
    "Plants/Trees": 80,
    "Plants/Trees/Old": 40,
    "Stones": 120,
}


@pytest.fixture(scope="module")
def site(root: Path, origin: str, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A vault of four hundred notes; the stones alone have a note that is their index."""
    project = tmp_path_factory.mktemp("large")
    (project / "docs").mkdir()
    (project / "docs/index.md").write_text("# Home\n\nText.\n")
    for folder, count in FOLDERS.items():
        inner = project / "notes" / folder
        inner.mkdir(parents=True)
        kind = folder.rpartition("/")[2]
        for number in range(count):
            text = f"# {kind} {number}\n\n## What it is\n\nText.\n\n## Where it is\n\nText.\n"
            (inner / f"{kind} {number}.md").write_text(text)
    (project / "notes/Stones/index.md").write_text("---\ntitle: All stones\n---\n\nText.\n")
    config = {
        "INHERIT": str(PROJECT / "scripts/notebinder/site/theme/mkdocs.yml"),
        "site_name": "Nature",
        "site_url": f"{origin}deep/large/",
        "theme": {"custom_dir": str(PROJECT / "scripts/notebinder/site/theme/material")},
        "plugins": {"search": {}, "awesome-nav": {}, "notebinder": {"notes": "notes", "pages": "."}},
    }
    (project / "mkdocs.yml").write_text(yaml.safe_dump(config))
    address = f"{origin}deep/large/"
    return Site(address, build_strictly(project / "mkdocs.yml", root / "deep/large", address))


def click(page: Page, section: str) -> None:
    """Open or close a section; its title leads to the page of its folder."""
    button = page.get_by_role("button", name=f"Pages of {section}", exact=True)
    page.locator(f"{NAV} label", has=button).click()


def titles(page: Page) -> list[str]:
    """The entries of the navigation that a reader sees."""
    found = page.locator(f"{NAV} .md-nav__item .md-ellipsis").all()
    return [title.inner_text() for title in found if title.is_visible()]


def test_a_page_brings_only_what_is_around_it(reader: Reader, site: Site) -> None:
    page = reader.opens(f"{site.address}animals/fish/fish-3/")
    assert titles(page) == ["Animals", "Birds", "Fish", *(f"Fish {n}" for n in range(40)), "Plants", "Stones"]
    assert page.locator(f"{NAV} a[href*='birds-1/']").count() == 0


def test_a_section_is_fetched_when_it_is_opened(reader: Reader, site: Site) -> None:
    """Once, and nothing before."""
    page = reader.opens(f"{site.address}animals/fish/fish-3/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    click(page, "Plants")
    click(page, "Trees")
    click(page, "Old")
    expect(page.get_by_role("link", name="Old 7", exact=True)).to_be_visible()
    click(page, "Old")
    expect(page.get_by_role("link", name="Old 7", exact=True)).to_be_hidden()
    click(page, "Old")
    expect(page.get_by_role("link", name="Old 7", exact=True)).to_be_visible()
    assert len([url for url in asked if "/assets/navigation/" in url]) == 3


def test_what_was_fetched_leads_to_its_page(reader: Reader, site: Site) -> None:
    """From any depth, also after instant navigation; the page is not loaded anew."""
    page = reader.opens(f"{site.address}animals/fish/fish-3/")
    page.evaluate("window.kept = true")
    point_at(page)
    for _ in range(2):
        click(page, "Plants")
        click(page, "Trees")
        page.get_by_role("link", name="Trees 7", exact=True).click()
        expect_title(page, "Trees 7")
        assert page.url == f"{site.address}plants/trees/trees-7/"
        page.locator(".md-header .md-logo").click()
        expect_title(page, "Home")
    assert page.evaluate("window.kept")


def test_a_section_with_an_index_is_a_link_and_opens_beside_it(reader: Reader, site: Site) -> None:
    page = reader.opens(f"{site.address}animals/fish/fish-3/")
    page.locator("label", has=page.get_by_role("button", name="Pages of Stones")).click()
    expect(page.get_by_role("link", name="Stones 4", exact=True)).to_be_visible()
    page.get_by_role("link", name="Stones", exact=True).click()
    expect_title(page, "All stones")


def test_a_section_opens_by_keyboard(reader: Reader, site: Site) -> None:
    """The button says whether it is open, and the next Tab leads to the first entry."""
    page = reader.opens(f"{site.address}animals/fish/fish-3/")
    button = page.get_by_role("button", name="Birds")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Birds 0", exact=True)).to_be_visible()
    assert button.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Birds 0"
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Birds 0", exact=True)).to_be_hidden()
    assert button.get_attribute("aria-expanded") == "false"


def test_a_long_list_shows_its_rest_on_demand(reader: Reader, site: Site) -> None:
    """In place, the focus on the first of them; what was opened stays open."""
    page = reader.opens(f"{site.address}animals/birds/birds-60/")
    assert titles(page)[1:4] == ["Birds", "30 more before", "Birds 30"]
    page.get_by_role("button", name="30 more before").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Birds 0", exact=True)).to_be_focused()
    assert titles(page) == [
        *("Animals", "Birds", *(f"Birds {n}" for n in range(120))),
        *("Fish", "Plants", "Stones"),
    ]
    assert page.locator(f"{NAV} .md-nav__link--active").all_inner_texts()[-1] == "Birds 60"


def test_the_drawer_of_a_phone_opens_sections(reader: Reader, site: Site) -> None:
    page = reader.opens(site.address, width=390)
    page.locator(".md-header label[for=__drawer]").click()
    click(page, "Animals")
    click(page, "Fish")
    page.get_by_role("link", name="Fish 5", exact=True).click()
    expect_title(page, "Fish 5")
    expect(page.locator(NAV)).not_to_be_in_viewport()


def test_the_drawer_of_a_phone_shows_the_contents_of_the_page(reader: Reader, site: Site) -> None:
    page = reader.opens(f"{site.address}animals/fish/fish-3/", width=390)
    page.locator(".md-header label[for=__drawer]").click()
    page.locator("label[for=__toc]").first.click()
    contents = page.locator(f"{NAV} .md-nav--secondary").get_by_role("link")
    assert contents.all_inner_texts() == ["What it is", "Where it is"]
    contents.last.click()
    page.wait_for_url("**/fish-3/#where-it-is")


def test_every_page_is_reached_without_scripts(site: Site) -> None:
    """A closed section and the rest of a long list are links then."""
    waiting, found = [site.address], set()
    while waiting:
        address = waiting.pop()
        if address not in found:
            found.add(address)
            waiting += links(site, address)
    assert found == {site.address + page for page in site.pages() if page != "404.html"}


def links(site: Site, address: str) -> list[str]:
    """Where the navigation of a page leads as it stands in the file."""
    page = LexborHTMLParser(
        (site.folder / address.removeprefix(site.address) / "index.html").read_text("utf-8")
    )
    found = page.css(".md-sidebar--primary .md-nav__list a[href]")
    return [urljoin(address, link.attributes["href"]) for link in found]


def test_the_page_for_wrong_addresses_opens_sections(reader: Reader, site: Site) -> None:
    page = reader.opens(f"{site.address}404.html")
    click(page, "Animals")
    click(page, "Birds")
    page.get_by_role("link", name="Birds 9", exact=True).click()
    expect_title(page, "Birds 9")


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_in_what_was_opened(reader: Reader, site: Site, width: int) -> None:
    page = reader.opens(f"{site.address}animals/birds/birds-60/", width=width)
    if width == 390:
        page.locator(".md-header label[for=__drawer]").click()
    page.evaluate(
        "document.querySelectorAll('.md-nav__toggle:not(#__toc):not(:checked)').forEach(it => it.click())"
    )
    expect(page.locator(f"{NAV} a", has_text="Trees 79")).to_have_count(0)
    expect(page.locator(f"{NAV} a", has_text="Stones 119")).to_have_count(1)
    assert axe_findings(page) == []
