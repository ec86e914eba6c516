"""Each block of a note that mixes scripts runs in the direction of its own first letter."""

from __future__ import annotations

import pytest

from tests.browser.conftest import NotesSite, Reader, Site

ARABIC = "\u0645\u0631\u062d\u0628\u0627 \u0628\u0643 \u0641\u064a \u062d\u062f\u064a\u0642\u062a\u064a!"
NOTE = f"{ARABIC}\n\n{ARABIC}\n\nA line!\n\n- an item!\n\n<p dir='rtl'>x!</p>\n"
BEGINS_LEFT = """(element) => {
  const range = document.createRange()
  range.selectNodeContents(element)
  const text = range.getBoundingClientRect(), box = element.getBoundingClientRect()
  return Math.abs(text.left - box.left) < Math.abs(box.right - text.right)
}"""
ENDS_RIGHT = """(element) => {
  const range = document.createRange(), text = element.firstChild
  const last = text.data.trimEnd().length - 1
  range.setStart(text, last)
  range.setEnd(text, last + 1)
  const sign = range.getBoundingClientRect()
  range.selectNodeContents(element)
  return Math.abs(sign.right - range.getBoundingClientRect().right) < 2
}"""


@pytest.fixture
def mixed(notes_site: NotesSite) -> Site:
    return notes_site(
        "mixed", {"Mixed": NOTE, "A note with a longer name": "x", "\u0645\u0631\u062d\u0628\u0627": "x"}
    )


def test_a_block_runs_in_the_direction_of_its_first_letter(reader: Reader, mixed: Site) -> None:
    page = reader.opens(f"{mixed.address}mixed/")
    assert page.locator(".md-content").get_attribute("dir") == "rtl"
    blocks = {
        "Arabic": page.locator("article p").first,
        "English": page.get_by_text("A line!"),
        "item": page.get_by_text("an item!"),
        "said": page.get_by_text("x!"),
    }
    found = {name: (it.evaluate(BEGINS_LEFT), it.evaluate(ENDS_RIGHT)) for name, it in blocks.items()}
    left, right = (True, True), (False, False)
    assert found == {"Arabic": right, "English": left, "item": left, "said": right}


def test_lists_of_notes_stand_on_the_side_of_the_site(reader: Reader, mixed: Site) -> None:
    page = reader.opens(mixed.address, width=390)
    page.evaluate("document.body.dir = 'rtl'")
    sides = "all => all.map(it => Math.round(it.getBoundingClientRect().right))"
    assert len(set(page.locator(".nb-notes-columns a").evaluate_all(sides))) == 1
