"""Links lead to the page that shows what they name."""

from __future__ import annotations

import pytest

from notebinder.base.urls import built_url
from notebinder.pages.addresses import (
    Address,
    AddressBook,
    GeneratedHeading,
    PageContent,
    page_link,
    read_addresses,
)
from notebinder.vault.model import LineRange
from notebinder.vault.syntax.headings import read_headings
from tests.support.notes import read_note

NOTE = read_note("N.md", "# A\n\n## B\n\ntext ^id\n\n## B\n\n# 中文\n\n## B\n")


def book_of(*pages: PageContent) -> AddressBook:
    return read_addresses(pages, {"N.md": NOTE})


SPLIT = book_of(
    PageContent("n/index.md", "N.md", (LineRange(1, 3),)),
    PageContent("n/one.md", "N.md", (GeneratedHeading("B"), LineRange(3, 9)), False, "Topic One"),
    PageContent("n/two.md", "N.md", (LineRange(9, 13), LineRange(3, 7)), False, "Topic Two"),
)


def test_every_heading_of_a_page_has_an_id_of_its_own() -> None:
    """Generated headings and the author's share one page."""
    assert SPLIT.generated["n/one.md"] == ("b",)
    assert SPLIT.heading("N.md", 3) == Address("n/one.md", "b-2")
    assert SPLIT.heading("N.md", 7) == Address("n/one.md", "b-3")
    assert SPLIT.heading("N.md", 9) == Address("n/two.md", "中文")


def test_a_part_on_two_pages_is_found_on_the_linking_page_if_it_is_there() -> None:
    assert SPLIT.heading("N.md", 3, seen_from="n/two.md") == Address("n/two.md", "b-2")
    assert SPLIT.block("N.md", 5, "ID") == Address("n/one.md", "^id")


def test_a_note_is_found_on_its_overview_and_a_topic_by_its_title() -> None:
    assert SPLIT.note("N.md") == Address("n/index.md")
    assert SPLIT.note("M.md") is None
    assert SPLIT.topics["topic one"] == Address("n/one.md")


@pytest.mark.parametrize(
    ("path", "line"), [("B", 3), ("A#B", 3), ("中文#b", 11), ("a # B", 3), ("B#A", None), ("none", None)]
)
def test_a_heading_is_found_below_the_ones_before_it(path: str, line: int | None) -> None:
    found = read_headings(NOTE.blocks).find(path)
    assert (found and found.lines.start) == line


@pytest.mark.parametrize(
    ("address", "seen_from", "link"),
    [
        (Address("a.md"), "b.md", "./a.md"),
        (Address("x/a.md", "h"), "b.md", "./x/a.md#h"),
        (Address("a.md"), "x/b.md", "../a.md"),
        (Address("a.md", "h"), "a.md", "#h"),
        (Address("a.md"), "a.md", "./a.md"),
        (Address("x/a b#c?d%e(f).md"), "x/b.md", "./a%20b%23c%3Fd%25e%28f%29.md"),
    ],
)
def test_a_link_between_pages_always_holds_a_slash(address: Address, seen_from: str, link: str) -> None:
    assert page_link(address, seen_from) == link


@pytest.mark.parametrize(
    ("path", "seen_from", "url"),
    [
        ("a.md", "b.md", "../a/"),
        ("index.md", "x/b.md", "../../"),
        ("x/index.md", "x/b.md", "../"),
        ("media/i.png", "index.md", "media/i.png"),
        ("media/i.png", "x/index.md", "../media/i.png"),
        ("a.md", "index.md", "a/"),
    ],
)
def test_raw_html_leads_where_the_built_page_stands(path: str, seen_from: str, url: str) -> None:
    assert built_url(path, seen_from) == url
