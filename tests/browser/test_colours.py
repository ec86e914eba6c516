"""The colours of a page: the system's or those that the reader chose, and what styles cost at its start."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from .conftest import Reader, Site


def background(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


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
    page.emulate_media(color_scheme="light")
    assert background(page) == dark != light


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
    page = reader.opens(pieces.address)
    assert told(page, "color-scheme") == ["light dark"]
    (light,) = told(page, "theme-color")
    page.get_by_title("Colours follow the system").click()
    assert told(page, "color-scheme") == ["light dark"]
    page.get_by_title("Light colours").click()
    for _ in range(2):
        assert told(page, "color-scheme") == ["dark"]
        (dark,) = told(page, "theme-color")
        assert dark != light
        page.reload()


def test_the_styles_of_a_page_are_worked_out_once(
    browser: Browser, reader: Reader, pieces: Site, tmp_path: Path
) -> None:
    """No stylesheet is read again after the first picture, and nothing has all styles worked out again."""
    page = reader.opens()
    kinds = ["devtools.timeline", "disabled-by-default-devtools.timeline.invalidationTracking"]
    browser.start_tracing(page=page, path=tmp_path / "trace.json", categories=kinds)
    page.goto(f"{pieces.address}pieces/")
    expect(page.locator("meta[name=theme-color]")).to_be_attached()
    browser.stop_tracing()
    events = json.loads((tmp_path / "trace.json").read_text("utf-8"))["traceEvents"]
    (bundle,) = (
        event["ts"]
        for event in events
        if event["name"] == "EvaluateScript" and "/bundle." in event["args"]["data"]["url"]
    )
    later = [event for event in events if event["ts"] > bundle]
    read = [
        event["args"]["data"]["styleSheetUrl"] for event in later if event["name"] == "ParseAuthorStyleSheet"
    ]
    assert [address for address in read if "/theme." in address] == []
    reasons = [event["args"]["data"].get("reason") for event in later if "Tracking" in event["name"]]
    assert "Related style rule" in reasons
    assert "PlatformColorChange" not in reasons
