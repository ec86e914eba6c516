"""A site of hostile notes in a real browser: nothing that they say runs, asks, or leads away.

The policy is switched off here: what must hold is that no payload gets as far as the policy.
"""

# ruff: noqa: E501  lists and pages are long

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Request

from notebinder.vault.syntax.tags import clean_html
from tests.browser.conftest import Reader, Site
from tests.browser.hostile_files import ALL_LINES, DIAGRAMS, QUOTED
from tests.browser.hostile_files import BODY as MORE
from tests.browser.hostile_vault import BODY, titles, write_vault
from tests.browser.payloads import EVERY, INLINE, PAYLOADS
from tests.support import commands
from tests.support.built_pages import faults

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the vault has names that Windows forbids")

_DETECTOR = """
for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = (what) => ran(`${name}(${what}) on ${location.pathname}`);
// Whether a click would do anything else than lead to a page or open an app of the list.
window.isOdd = (link) => {
  const address = link?.href?.baseVal ?? link?.href;
  if (!address || !URL.canParse(address, location)) return false;
  return !["http:", "https:", "mailto:", "obsidian:", "tel:"].includes(new URL(address, location).protocol);
};
addEventListener("click", (event) => {
  const link = event.target.closest?.("a, area");
  if (link && !isOdd(link)) event.preventDefault();
}, true);
addEventListener("submit", (event) => event.isTrusted && ran("a form was sent"), true);
"""
_DO_WHAT_A_READER_DOES = """() => {
  for (const details of document.querySelectorAll("article details")) details.open = true;
  for (const element of document.querySelectorAll("*"))
    for (const { name } of element.attributes)
      if (name.startsWith("on")) element.dispatchEvent(new Event(name.slice(2)));
  for (const link of document.querySelectorAll("a, area"))
    if (isOdd(link)) link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
}"""
_SETTLED = """async () => {
  const isLoaded = document.readyState === "complete";
  if (!isLoaded) await new Promise((done) => addEventListener("load", done, { once: true }));
  for (let frame = 0; frame < 3; frame++) await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}"""
"""All that the page asked for has come or failed, and frames were drawn since."""
_SOME_PAGES = 12
_PATIENCE = 240_000
"""Milliseconds; the index of this site is large, and the machine may be busy."""
_USED = EVERY if "NOTEBINDER_SOAK" in os.environ else PAYLOADS


@dataclass
class Detector:
    """A window in which every payload that runs is heard of."""

    context: BrowserContext
    origin: str
    ran: list[str] = field(default_factory=list)

    def opens(self, address: str) -> Page:
        """Open a page in a new tab and listen."""
        page = self.context.new_page()
        page.on("dialog", self._hears_of_dialog)
        page.on("request", self._hears_of_request)
        page.goto(address, wait_until="domcontentloaded")
        return page

    def visits(self, *addresses: str) -> None:
        """Open one page after the other, and do what a reader might do on it.

        In one tab, which keeps the theme's scripts; without the search index, 5 MB that each page would load.
        Not by a route: with one, Playwright looks at each request and the browser keeps no file.
        """
        page = self.opens("about:blank")
        session = self.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setBlockedURLs", {"urls": ["*/search_index.json"]})
        for address in addresses:
            page.goto(address, wait_until="domcontentloaded")
            self.acts_on(page)
            if not page.url.startswith(self.origin):
                self.ran.append(f"{address} led to {page.url}")

    def acts_on(self, page: Page) -> None:
        """Do what a reader might do on an open page, and wait for what comes of it."""
        page.evaluate(_SETTLED)
        page.evaluate(_DO_WHAT_A_READER_DOES)
        page.evaluate(_SETTLED)

    def _hears_of_dialog(self, dialog: Dialog) -> None:
        self.ran.append("a dialog")
        dialog.dismiss()

    def _hears_of_request(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "data:", "blob:", "about:")):
            self.ran.append(f"asks {request.url}")


@pytest.fixture(scope="module")
def hostile(root: Path, origin: str, tmp_path_factory: pytest.TempPathFactory) -> Site:
    vault = tmp_path_factory.mktemp("hostile")
    write_vault(vault, _USED)
    command = ["notebinder", "site", str(vault), "--output", str(root / "hostile"), "--name", "".join(QUOTED)]
    done = commands.run(*command, cwd=vault, timeout=600 if _USED is PAYLOADS else 7200)
    assert done.returncode in (0, 1), done.stderr
    return Site(f"{origin}hostile/", root / "hostile")


@pytest.fixture
def detector(browser: Browser, origin: str) -> Iterator[Detector]:
    """Without the policy."""
    yield from _listening(browser, origin, is_free=True)


@pytest.fixture
def policed(browser: Browser, origin: str) -> Iterator[Detector]:
    """With the policy: a page of a note may not be more dangerous with it."""
    yield from _listening(browser, origin, is_free=False)


def _listening(browser: Browser, origin: str, *, is_free: bool) -> Iterator[Detector]:
    context = browser.new_context(bypass_csp=is_free)
    context.set_default_timeout(_PATIENCE)
    found = Detector(context, origin)
    context.expose_function("ran", lambda what: found.ran.append(what))  # noqa: PLW0108  it takes no builtin
    context.add_init_script(_DETECTOR)
    yield found
    context.close()


def test_a_planted_payload_is_heard(detector: Detector, root: Path) -> None:
    """The control: what the notes hold does run where nobody cleans it."""
    page = "<!doctype html><article><script>alert(1)</script><img src=x onerror=alert(2)><b onclick=alert(3)>a</b>"
    links = '<a href="javascript:alert(4)">a</a><img src="https://evil.example/x.png">'
    (root / "planted.html").write_text(page + links)
    detector.visits(f"{detector.origin}planted.html")
    alerts = {f"alert({number}) on /planted.html" for number in (1, 2, 3, 4)}
    assert set(detector.ran) == {*alerts, "asks https://evil.example/x.png"}


_LYING_OVER = {
    "wide": '<div style="width: 9999px; background: red">a</div>',
    "wide at least": '<div style="min-width: 9999px; height: 300px; background: red">a</div>',
    "wide to the left": '<div style="float: right; min-width: 9999px; background: red">a<br>a</div>',
    "wide from right to left": '<div dir="rtl"><p style="min-width: 9999px; background: red">a</p></div>',
    "pushed aside": '<div style="margin-left: 1100px; min-width: 900px; background: red">a</div>',
    "large letters": '<p style="font-size: 2000px; background: red">a</p>',
    "a long line": f'<p style="white-space: nowrap; background: red">{"word " * 900}</p>',
    "from below": '<div style="display: flex; flex-flow: column; justify-content: flex-end; height: 1px">'
    + '<p style="min-height: 4000px; background: red">a</p></div>',
    "a table": '<table width="9999"><tr><td width="9999" bgcolor="red">a</td></tr></table>',
    "a drawing": '<svg width="9999" height="900" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>',
    "a drawing beyond its frame": '<svg width="9" height="9" style="overflow: visible">'
    + '<rect x="-999" y="-999" width="9999" height="9999"/></svg>',
    "fixed": '<div style="position: fixed; inset: 0; z-index: 99; background: red">a</div>',
    "moved": '<div style="transform: translate(-900px); background: red">a</div>',
    "outside": '<p style="margin: -500px -900px 0; text-indent: -900px; background: red">a</p>',
    "of the theme": '<label class="md-overlay md-search__overlay nb-zoom" style="height: 900px">a</label>',
}
_FRAME = """(html) => {
  const article = document.querySelector("article"), column = document.querySelector(".md-content");
  for (const old of article.querySelectorAll("[data-tried]")) old.remove();
  article.querySelector("h1").insertAdjacentHTML("afterend", `<div data-tried>${html}</div>`);
  scrollTo(0, 0);
  const { left, right, top } = column.getBoundingClientRect(), found = [];
  for (let x = 5; x < innerWidth; x += 25)
    for (let y = 5; y < innerHeight; y += 25)
      if ((x < left || x > right || y < top) && document.elementFromPoint(x, y)?.closest("[data-tried]"))
        found.push(`${x},${y}`);
  return found;
}"""
"""Tries a piece of HTML in a page; returns the places beside the note's column where it lies."""


def test_nothing_of_a_note_lies_over_what_stands_around_it(pieces: Site, reader: Reader) -> None:
    page = reader.opens(pieces.address, width=1400)
    wild = '<div style="position: fixed; inset: 0; z-index: 99">a</div>'
    assert len(page.evaluate(_FRAME, wild)) > 100
    over = {name: page.evaluate(_FRAME, clean_html(html)) for name, html in _LYING_OVER.items()}
    assert {name: places for name, places in over.items() if places} == {}


def test_the_list_is_long_and_each_payload_stands_in_each_place(hostile: Site) -> None:
    assert (len(PAYLOADS) > 450, len(INLINE) > 280, len(EVERY) > 3_000) == (True, True, True)
    assert len(BODY) + len(MORE) > 30
    there = {page.split("/")[0] for page in hostile.pages()}
    assert {title.replace(" ", "-") for title in titles(_USED)} <= there


def test_no_built_page_holds_what_could_run(hostile: Site) -> None:
    files = [*hostile.folder.rglob("*.html"), *(hostile.folder / "assets/navigation").rglob("*.json")]
    found = [f"{file.relative_to(hostile.folder)}: {fault}" for file in files for fault in faults(file)]
    assert found == []


def test_nothing_runs_when_a_reader_opens_the_pages(
    hostile: Site, detector: Detector, policed: Detector
) -> None:
    """The pages that hold every payload in every place of a text, and some of each other kind."""
    bodies = {f"{title.replace(' ', '-')}/" for title in titles(_USED)}
    bodies |= {
        f"more/{name.replace(' ', '-')}/" for name in (*MORE, "formulas", "boards", "lists", "drawings")
    }
    others = sorted(
        {page for page in hostile.pages() if page.endswith("/")} - bodies,
        key=lambda page: (hostile.folder / page / "index.html").stat().st_size,
    )
    pages = [*sorted(bodies), *others[-3:], *others[:: len(others) // _SOME_PAGES]]
    detector.visits(*(hostile.address + page for page in pages))
    policed.visits(*(hostile.address + page for page in pages[:: 1 if _USED is EVERY else 9]))
    assert detector.ran + policed.ran == []


def test_diagrams_run_nothing_whatever_they_ask_of_their_engine(hostile: Site, detector: Detector) -> None:
    page = detector.opens(f"{hostile.address}more/diagrams/")
    page.locator("div.mermaid").nth(len(DIAGRAMS)).wait_for(state="attached", timeout=60_000)
    detector.acts_on(page)
    assert detector.ran == []


_IS_ANSWERED = "words => document.querySelector('.md-search-result__list').dataset.query === words"


def test_results_of_the_search_run_nothing(hostile: Site, detector: Detector) -> None:
    page = detector.opens(hostile.address)
    detector.acts_on(page)
    for words in ("alert", "script", *ALL_LINES[::6]):
        page.locator(".nb-search-open").click()  # a key that comes before the page is ready is lost
        page.locator(".nb-search-input").fill(words)
        page.wait_for_function(_IS_ANSWERED, arg=words)
        detector.acts_on(page)
        page.keyboard.press("Escape")
        page.locator(".nb-search").wait_for(state="hidden")  # closing takes longer than the next key
    assert detector.ran == []


def test_words_in_an_address_run_nothing(hostile: Site, detector: Detector) -> None:
    """A link to a search, and one to a page on which words are to be marked."""
    words = " ".join(ALL_LINES)
    page = detector.opens(f"{hostile.address}?q={quote(words)}")
    page.wait_for_function(_IS_ANSWERED, arg=words)
    detector.acts_on(page)
    detector.visits(f"{hostile.address}body-0/?h={quote(words)}#{quote(QUOTED[0])}")
    assert detector.ran == []
