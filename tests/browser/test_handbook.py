"""The handbook, built by what it describes, is short."""

from __future__ import annotations

from tests.browser.conftest import NotesSite, Reader
from tests.support.projects import PROJECT

SCREEN = 1080
HEIGHT = """() => {
    const article = document.querySelector('article'), top = article.getBoundingClientRect().top
    const own = [...article.children].filter(each => !each.matches('aside, [class*=around]'))
    return Math.max(...own.map(each => each.getBoundingClientRect().bottom)) - top
}"""
"""What surrounds a note on its page counts for nothing."""


def test_a_page_of_the_handbook_takes_two_screens_at_most(reader: Reader, notes_site: NotesSite) -> None:
    notes = {file.stem: file.read_text("utf-8") for file in (PROJECT / "notes/Handbook").glob("*.md")}
    site = notes_site("handbook", notes)
    page = reader.opens(site.address, is_free=True)
    heights = {}
    for file in sorted(site.folder.glob("*/index.html")):
        page.goto(f"{site.address}{file.parent.name}/")
        if page.locator("article h1").count():
            heights[file.parent.name] = page.evaluate(HEIGHT)
    assert len(heights) >= len(notes) - 1
    assert {name: height for name, height in heights.items() if height > 2 * SCREEN} == {}
