"""Comments and analytics in a browser: they load and run where the author names their hosts, only then."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from playwright.sync_api import Browser, Page, Route, expect

from tests.support.guests import build_with_guests, write_project

HOST = "http://site.test"
COMMENTS = """
const here = document.createElement("p")
here.textContent = "comments of " + document.currentScript.dataset.repo
document.querySelector("#__comments").after(here)
"""
COUNT = "document.body.dataset.counted = dataLayer.length"
ANSWERS = {"giscus.app": COMMENTS, "www.googletagmanager.com": COUNT}
KEPT_OUT = """
self.keptOut = []
document.addEventListener("securitypolicyviolation", each => self.keptOut.push(each.blockedURI))
"""


class Net:
    """All that a browser can reach: the built site, and scripts of the guests."""

    def __init__(self, site: Path) -> None:
        self._site = site

    def answer(self, route: Route) -> None:
        address = route.request.url
        host, _, path = address.partition("//")[2].partition("/")
        if host in ANSWERS:
            headers = {"Access-Control-Allow-Origin": "*"}
            route.fulfill(body=ANSWERS[host], content_type="text/javascript", headers=headers)
            return
        file = self._site / path.partition("?")[0]
        file = file / "index.html" if file.is_dir() else file
        if f"http://{host}" != HOST or not file.is_file():
            route.abort()
            return
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        route.fulfill(body=file.read_bytes(), content_type=kind)


def opened(browser: Browser, project: Path, guests: list[str], path: str) -> Page:
    site, _ = build_with_guests(project, guests)
    page = browser.new_page()
    page.add_init_script(KEPT_OUT)
    page.route("**/*", Net(site).answer)
    page.goto(f"{HOST}/{path}")
    return page


def test_named_guests_load_and_run(browser: Browser, tmp_path: Path) -> None:
    """Also on a page that is reached by a click, whose head is not that of the first one."""
    hosts = ["giscus.app", "www.googletagmanager.com"]
    page = opened(browser, write_project(tmp_path), hosts, "topics/other/")
    page.locator("body[data-counted]").wait_for()
    expect(page.get_by_text("comments of a/b")).to_have_count(0)
    page.locator(".md-nav a", has_text="Note").first.click()
    expect(page.get_by_text("comments of a/b")).to_be_visible()
    dressed = page.locator("script[src*=giscus]")
    expect(dressed).to_have_attribute("data-theme", "https://giscus.app/light.css")
    page.close()


def test_nobody_else_does(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, write_project(tmp_path), [], "topics/note/")
    page.wait_for_function("keptOut.length > 1")
    kept_out = page.evaluate("keptOut")
    assert sorted(address.partition("?")[0] for address in kept_out) == [
        "https://giscus.app/client.js",
        "https://www.googletagmanager.com/gtag/js",
    ]
    page.close()
