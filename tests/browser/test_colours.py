"""The colours of a page: the system's or those that the reader chose, and what styles cost at its start."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import Reader, Site


def background(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def wait_for_scheme(page: Page, scheme: str) -> None:
    """Wait until every script has been told of the system's colours: that is so before the next frame."""
    page.wait_for_function("scheme => matchMedia(`(prefers-color-scheme: ${scheme})`).matches", arg=scheme)
    page.evaluate("new Promise(requestAnimationFrame)")


def test_colours_follow_the_system_until_the_reader_chooses(reader: Reader, pieces: Site) -> None:
    """From the system's colours to light, to dark, and back; the choice outlives the page."""
    page = reader.opens(pieces.address, scheme="dark")
    dark = background(page)
    page.get_by_title("Colours follow the system").click()
    light = background(page)
    page.reload()
    assert background(page) == light != dark
    page.get_by_title("Light colours").click()
    page.reload()
    assert background(page) == dark
    page.get_by_title("Dark colours").click()
    page.emulate_media(color_scheme="light")
    page.reload()
    assert background(page) == light


def test_colours_change_with_the_system_while_a_page_is_open(reader: Reader, pieces: Site) -> None:
    """Until the reader chooses some."""
    page = reader.opens(pieces.address)
    light = background(page)
    page.emulate_media(color_scheme="dark")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    assert background(page) != light
    page.get_by_title("Colours follow the system").click()
    page.emulate_media(color_scheme="light")
    page.get_by_title("Light colours").click()
    dark = background(page)
    page.emulate_media(color_scheme="dark")
    wait_for_scheme(page, "dark")
    page.emulate_media(color_scheme="light")
    wait_for_scheme(page, "light")
    assert background(page) == dark != light


_KEEPS_NOTHING = """Object.defineProperty(window, 'localStorage', {
    get() { throw new DOMException('', 'SecurityError') }
})"""
_LOOKS_AT_EACH_FRAME = """window.seen = []
const look = () => {
    if (document.body) seen.push(document.body.dataset.mdColorScheme)
    if (document.readyState !== 'complete') requestAnimationFrame(look)
}
look()"""


def opens_without(reader: Reader, address: str, *parts: str) -> Page:
    """Open a page as another palette in mkdocs.yml would have it: without what these patterns match."""

    def answer(route: Route) -> None:
        got = route.fetch()
        page = got.text()
        for part in parts:
            page, count = re.subn(part, "", page, count=1, flags=re.DOTALL)
            assert count == 1
        route.fulfill(response=got, body=page)

    page = reader.opens()
    page.route(address, answer)
    page.goto(address)
    return page


def test_a_palette_without_one_for_the_system_follows_it_too(reader: Reader, pieces: Site) -> None:
    of_system = (r'\["\(prefers-color-scheme\)".*?\],', r'<input class="md-option".*?</label>')
    page = opens_without(reader, pieces.address, *of_system)
    light = background(page)
    page.emulate_media(color_scheme="dark")
    expect(page.get_by_title("Dark colours")).to_be_visible()
    assert background(page) != light


def test_a_page_without_palettes_has_its_colours(reader: Reader, pieces: Site) -> None:
    form = r'<form class="md-header__option">.*?</form>'
    page = opens_without(reader, pieces.address, r"(?<=data-palette='\[).*?(?=\]')", form)
    page.emulate_media(color_scheme="dark")
    wait_for_scheme(page, "dark")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")


def test_the_chosen_colours_are_there_before_anything_is_painted(reader: Reader, pieces: Site) -> None:
    page = reader.opens(pieces.address)
    page.get_by_title("Colours follow the system").click()
    page.get_by_title("Light colours").click()
    page.add_init_script(_LOOKS_AT_EACH_FRAME)
    page.reload()
    assert set(page.evaluate("seen")) == {"slate"}


@pytest.mark.parametrize(
    "broken", ["", "{", "null", "7", '{"index": 9}', '{"index": "length"}', '{"index": -1}']
)
def test_what_is_kept_may_be_broken(reader: Reader, pieces: Site, broken: str) -> None:
    page = reader.opens(pieces.address, scheme="dark")
    dark = background(page)
    page.get_by_title("Colours follow the system").click()
    (key,) = page.evaluate("Object.keys(localStorage)")
    page.evaluate("kept => localStorage.setItem(...kept)", [key, broken])
    page.reload()
    assert background(page) == dark
    page.get_by_title("Colours follow the system").click()
    page.reload()
    assert background(page) != dark


def test_a_browser_that_keeps_nothing_shows_the_colours(reader: Reader, pieces: Site) -> None:
    page = reader.opens()
    page.add_init_script(_KEEPS_NOTHING)
    page.goto(pieces.address)
    light = background(page)
    page.get_by_title("Colours follow the system").click()
    page.get_by_title("Light colours").click()
    expect(page.get_by_title("Dark colours")).to_be_visible()
    assert background(page) != light


def test_the_keyboard_changes_the_colours(reader: Reader, pieces: Site) -> None:
    page = reader.opens(pieces.address)
    option = page.locator(".md-option:checked")
    option.focus()
    for label in ("Light colours", "Dark colours", "Colours follow the system"):
        page.keyboard.press("Enter")
        expect(page.get_by_title(label)).to_be_visible()
        expect(page.locator(".md-option + label:visible")).to_have_count(1)
        expect(option).to_be_focused()


def test_nothing_is_kept_in_the_browser_before_the_reader_chooses(reader: Reader, pieces: Site) -> None:
    page = reader.opens(pieces.address)
    assert page.evaluate("Object.keys(localStorage)") == []
    page.get_by_title("Colours follow the system").click()
    (kept,) = page.evaluate("Object.values(localStorage)")
    assert json.loads(kept)["color"]["scheme"] == "default"


def told(page: Page, name: str) -> list[str]:
    """Return what a page tells the browser, for its own parts."""
    return [str(meta.get_attribute("content")) for meta in page.locator(f"meta[name={name}]").all()]


def test_the_browsers_own_parts_have_the_colours_of_the_page(reader: Reader, pieces: Site) -> None:
    """Also on a page that is opened without loading, where each page's own head comes in."""
    page = reader.opens(pieces.address)
    (light,) = told(page, "theme-color")
    for loads in (False, True):
        for label, scheme in (
            ("Colours follow the system", "light dark"),
            ("Light colours", "dark"),
            ("Dark colours", "light dark"),
        ):
            page.get_by_title(label).click()
            assert told(page, "color-scheme")[0] == scheme
            assert (told(page, "theme-color") == [light]) == (scheme == "light dark")
            if loads:
                page.reload()
                page.wait_for_load_state()
                assert told(page, "color-scheme")[0] == scheme
            elif scheme == "dark":
                page.locator("a[href$='/pieces/pieces/']:visible").first.click()
                expect(page.locator("meta[name=color-scheme]")).to_have_count(2)


def test_the_styles_of_a_page_are_worked_out_once(
    browser: Browser, reader: Reader, pieces: Site, tmp_path: Path
) -> None:
    """No stylesheet is read again after the first picture, and nothing has all styles worked out again."""
    page = reader.opens()
    kinds = ["devtools.timeline", "disabled-by-default-devtools.timeline.invalidationTracking"]
    browser.start_tracing(page=page, path=tmp_path / "trace.json", categories=kinds)
    try:
        page.goto(f"{pieces.address}pieces/")
        expect(page.locator("meta[name=theme-color]")).to_be_attached()
    finally:
        browser.stop_tracing()
    events = json.loads((tmp_path / "trace.json").read_text("utf-8"))["traceEvents"]
    started = next(
        event["ts"]
        for event in events
        if event["name"] == "EvaluateScript" and "/bundle." in event["args"]["data"]["url"]
    )
    sheets = [event for event in events if event["name"] == "ParseAuthorStyleSheet"]
    ours = [event["ts"] < started for event in sheets if "/theme." in event["args"]["data"]["styleSheetUrl"]]
    assert ours == [True, True]  # as it comes, and with its whole address; by then no element has a style
    reasons = [
        event["args"]["data"].get("reason")
        for event in events
        if event["ts"] > started and "Tracking" in event["name"]
    ]
    assert "Related style rule" in reasons
    assert "PlatformColorChange" not in reasons
