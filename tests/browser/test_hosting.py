"""The site as a host serves it: under a path, from the pages branch, beside the preview of a pull request."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from urllib.parse import urljoin

import pytest
import yaml
from playwright.sync_api import Page, expect

from notebinder.hosting.changes.compare import compare_exports
from notebinder.hosting.changes.export import read_export
from notebinder.hosting.changes.page import write_changes_page
from notebinder.hosting.preview.branch import PagesBranch
from notebinder.hosting.preview.deploy import Preview, deploy_preview, deploy_site
from tests.browser.conftest import Reader, Site, build_strictly
from tests.support.exports import write_export
from tests.support.projects import PROJECT, sample_project

PREVIEW = "pr-preview/pr-3/"


@pytest.fixture(scope="module")
def pages(root: Path, origin: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Site]:
    """The live site and a preview: built, published on a branch, checked out, and served under a path."""
    work = tmp_path_factory.mktemp("hosting")
    address = f"{origin}notes/"
    config = sample_project(work / "project")
    live = build_strictly(config, work / "live", address)
    preview = build_strictly(config, work / "preview", address, PREVIEW_PR="3")
    for name, text in (("old", "As it was."), ("new", "As it is.")):
        write_export(work / name, {"index.md": f"---\ntitle: Home\n---\n\n{text}\n"})
    old, new = read_export(work / "old"), read_export(work / "new")
    assert old
    assert new
    write_changes_page(compare_exports(old, new), preview)
    remote, clone = work / "remote.git", work / "clone"
    subprocess.run(["git", "init", "--quiet", "--bare", remote], check=True)
    subprocess.run(["git", "clone", "--quiet", remote, clone], check=True, capture_output=True)
    deploy_site(PagesBranch(clone), live)
    deploy_preview(PagesBranch(clone), Preview(3), preview)
    served = root / "notes"
    clone_pages: list[str | Path] = ["git", "clone", "--quiet", "--branch", "gh-pages", remote, served]
    subprocess.run(clone_pages, check=True, capture_output=True)
    elsewhere = root / "some" / "other" / "place"
    shutil.copytree(live, elsewhere)
    return {
        "live": Site(address, served),
        "preview": Site(f"{address}{PREVIEW}", served / PREVIEW),
        "elsewhere": Site(f"{origin}some/other/place/", elsewhere),
    }


@pytest.fixture(params=["live", "preview", "elsewhere"])
def site(request: pytest.FixtureRequest, pages: dict[str, Site]) -> Site:
    return pages[request.param]


def own_pages(site: Site) -> list[str]:
    """All pages but previews and the error page, which must know the address that it is built for."""
    return [page for page in site.pages() if not page.startswith("pr-preview/") and page != "404.html"]


def addresses(page: Page) -> set[str]:
    """What a page links and loads, without the part behind `#`; what names the live page is left out."""
    selector = (
        "a[href]:not(.md-banner a), link[href]:not([rel=canonical]), script[src], img[src], source[srcset]"
    )
    found = page.eval_on_selector_all(
        selector, "all => all.map(e => e.href || e.src || e.srcset.split(' ')[0])"
    )
    return {urljoin(page.url, address).partition("#")[0] for address in found}


def test_every_link_and_file_is_there(reader: Reader, site: Site, origin: str) -> None:
    """On every page, whatever folder the site is served from."""
    page = reader.opens()
    wanted = set()
    for path in own_pages(site):
        page.goto(site.address + path)
        wanted |= addresses(page)
    own = sorted(address for address in wanted if address.startswith(origin))
    missing = [address for address in own if not page.request.get(address).ok]
    strangers = [address for address in own if not address.startswith(site.address)]
    assert (missing, strangers) == ([], [])
    assert len(own) > 20


def test_search_stays_on_the_site(reader: Reader, site: Site) -> None:
    """A hit in a preview leads to the preview's page."""
    page = reader.opens(site.address)
    page.keyboard.press("/")
    page.keyboard.type("replication")
    expect(page.locator(".md-search-result__meta")).to_contain_text("matching document")
    page.locator(".md-search-result__link").first.click()
    page.wait_for_url(lambda url: url != site.address)
    assert page.url.startswith(f"{site.address}topics/")


def test_a_click_stays_on_the_site(reader: Reader, site: Site) -> None:
    page = reader.opens(f"{site.address}topics/aws-databases/")
    page.locator(".nb-cards a").nth(1).click()
    page.wait_for_url("**/rds-proxy/")
    assert page.url == f"{site.address}topics/aws-databases/rds-proxy/"


def test_preview_says_what_it_is(reader: Reader, pages: dict[str, Site]) -> None:
    """On every page, with the ways out; the live site says nothing of it."""
    page = reader.opens(f"{pages['preview'].address}topics/aws-databases/rds-proxy/")
    banner = page.locator(".md-banner")
    expect(banner).to_have_text(
        "This is a preview of pull request 3 · See what it changes · Live page", use_inner_text=True
    )
    links = [urljoin(page.url, link.get_attribute("href") or "") for link in banner.locator("a").all()]
    assert links == [
        "https://github.com/reader/notes/pull/3",
        f"{pages['preview'].address}pr-changes/",
        f"{pages['live'].address}topics/aws-databases/rds-proxy/",
    ]
    page.goto(pages["live"].address)
    expect(page.locator(".md-banner")).to_have_count(0)


def test_page_of_changes_is_reached_from_the_banner(reader: Reader, pages: dict[str, Site]) -> None:
    page = reader.opens(pages["preview"].address)
    page.get_by_role("link", name="See what it changes").click()
    page.wait_for_url("**/pr-changes/")
    expect(page.get_by_role("heading", level=1)).to_have_text("What this pull request changes")
    expect(page.locator("ins")).to_have_text("is")
    page.get_by_role("link", name="Home").click()
    page.wait_for_url(pages["preview"].address)


def test_address_that_is_not_there_gets_the_error_page(reader: Reader, pages: dict[str, Site]) -> None:
    """Hosts show it at whatever depth somebody has mistyped an address, so nothing on it is relative."""
    page = reader.opens(f"{pages['live'].address}404.html")
    own = addresses(page)
    found = (
        "[...document.querySelectorAll('[href], [src]')].map(e => e.getAttribute(e.href ? 'href' : 'src'))"
    )
    relative = [a for a in page.evaluate(found) if a and not a.startswith(("/", "http", "#", "javascript:"))]
    assert relative == []
    assert pages["live"].address in own


def test_old_address_leads_to_the_new_one(reader: Reader, root: Path, origin: str, tmp_path: Path) -> None:
    """With the place on the page that a link named."""
    (tmp_path / "notes").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# Home\n")
    (tmp_path / "notes/VPC.md").write_text("# VPC\n\n## Peering\n\nText.\n")
    (tmp_path / "addresses.yml").write_text("redirects:\n  /old/vpc/: /topics/vpc/\n")
    config = {
        "INHERIT": str(PROJECT / "scripts/notebinder/site/theme/mkdocs.yml"),
        "site_name": "Notes",
        "theme": {"custom_dir": str(PROJECT / "scripts/notebinder/site/theme/material")},
        "plugins": {"search": {}, "notebinder": {"notes": "notes", "pages": "topics"}},
    }
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump(config))
    build_strictly(tmp_path / "mkdocs.yml", root / "moved", f"{origin}moved/")
    page = reader.opens(f"{origin}moved/old/vpc/#peering")
    page.wait_for_url(f"{origin}moved/topics/vpc/#peering")
    expect(page.get_by_role("heading", name="Peering")).to_be_in_viewport()
