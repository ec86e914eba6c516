"""Each page may load what it shows from elsewhere and nothing else, also when it comes without loading."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Reader, Site, expect_title, point_at
from tests.support import commands
from tests.support.pictures import encoded

DOT = encoded(Image.new("RGB", (1, 1)))

NOTES = {
    "Plain": "[[Film]] [[Picture]] [[Other]]\n",
    "Other": "[[Plain]]\n",
    "Film": '<iframe src="https://player.vimeo.com/video/1"></iframe>\n\n[[Plain]] [[Picture]]\n',
    "Picture": "![A picture](https://pictures.example/a.png)\n\n[[Plain]]\n",
}
TRIED = """async (address) => {
  const image = new Image();
  const kept = new Promise((done) => document.addEventListener("securitypolicyviolation", () => done(true)));
  const ended = new Promise((done) => { image.onload = () => done(false); });
  image.src = address;
  return Promise.race([kept, ended]);
}"""
"""Tells whether the policy keeps a page from loading a picture."""


@pytest.fixture(scope="module")
def site(root: Path, origin: str, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """With an address, without which a browser loads each page."""
    vault, address = tmp_path_factory.mktemp("policies"), f"{origin}policies/"
    for title, text in NOTES.items():
        (vault / f"{title}.md").write_text(text, "utf-8")
    build = ("notebinder", "site", str(vault), "--output", str(root / "policies"), "--url", address)
    done = commands.run(*build, cwd=vault)
    assert done.returncode == 0, done.stdout + done.stderr
    return Site(address, root / "policies")


def opened(reader: Reader, address: str) -> Page:
    page = reader.opens()
    page.route("https://player.vimeo.com/**", lambda route: route.fulfill(body="A film"))
    page.route("https://pictures.example/**", lambda route: route.fulfill(body=DOT, content_type="image/png"))
    page.goto(address)
    return page


def link_to(page: Page, title: str) -> Locator:
    return page.locator("article").get_by_role("link", name=title, exact=True).first


def expect_film(page: Page) -> None:
    page.get_by_role("button", name="Load it here").click()
    expect(page.frame_locator(".nb-external iframe").locator("body")).to_have_text("A film")


def test_a_page_loads_what_it_shows_however_a_reader_comes_to_it(site: Site, reader: Reader) -> None:
    """From a page that may load nothing, and back from one that shows something else."""
    page = opened(reader, f"{site.address}plain/")
    point_at(page)
    with page.expect_event("load"):
        link_to(page, "Film").click()
    with page.expect_response("**/sitemap.xml"):  # asked for again when the mouse moves to the button
        expect_film(page)
    with page.expect_event("load"):
        link_to(page, "Picture").click()
    assert not page.evaluate(TRIED, "https://pictures.example/b.png")
    with page.expect_event("load"):
        page.evaluate("history.back()")
    expect_film(page)
    asked = {"asks https://player.vimeo.com/video/1", "asks https://pictures.example/b.png"}
    assert set(reader.watch.faults) == asked
    reader.watch.faults.clear()


def test_a_page_loads_nothing_that_only_others_show(site: Site, reader: Reader) -> None:
    """The page before it may have: what comes without loading keeps to its own policy at once."""
    page = opened(reader, f"{site.address}picture/")
    page.evaluate("self.stayed = true")
    assert not page.evaluate(TRIED, "https://pictures.example/a.png")
    point_at(page)
    link_to(page, "Plain").click()
    expect_title(page, "Plain")
    assert page.evaluate(TRIED, "https://pictures.example/a.png?again")
    link_to(page, "Other").click()
    expect_title(page, "Other")
    assert page.evaluate("self.stayed"), "nothing was loaded anew: these pages may load less"
    assert [fault for fault in reader.watch.faults if "pictures.example" not in fault] == []
    reader.watch.faults.clear()
