"""Which pages link to which, as the map draws them."""

from __future__ import annotations

import json

import pytest

from notebinder.site.page_links import LinkedPage, links_file, page_links
from notebinder.site.whole_site import THEME

SCRIPT = THEME / "material/assets/notebinder/map.js"


def linked(pages: dict[str, str]) -> set[tuple[str, str]]:
    """The addresses of each two pages that are linked, by the contents of all pages by address."""
    found, links = page_links(LinkedPage(url, url, content) for url, content in pages.items())
    return {(found[one].url, found[other].url) for one, other in links}


@pytest.mark.parametrize(
    "href",
    ["../b/", "../b/#part", "../b/?q=1", "../../a/b/", "../%62/"],
    ids=["plain", "part", "query", "up", "%"],
)
def test_a_link_joins_two_pages(href: str) -> None:
    assert linked({"a/x/": f'<p><a class="c" href="{href}">b</a></p>', "a/b/": "", "a/c/": ""}) == {
        ("a/x/", "a/b/")
    }


@pytest.mark.parametrize(
    "content",
    [
        '<aside class="nb-backlinks" aria-label="x"><ul><li><a href="../b/">b</a></li></ul></aside>',
        '<p class="nb-source" data-generated>From <a href="../b/">b</a></p>',
        '<ul class="nb-cards" data-generated>\n<li><a href="../b/">b</a></li>\n</ul>',
        '<a href="https://x.y/b/">b</a> <a href="#b">b</a> <a href="../gone/">b</a> <a href="../a/">a</a>',
    ],
)
def test_what_the_site_adds_and_what_leads_elsewhere_joins_none(content: str) -> None:
    assert linked({"a/": content, "b/": ""}) == set()


def test_the_pages_of_one_note_are_no_news_to_each_other() -> None:
    pages = [LinkedPage("a/", "A", '<a href="b/">b</a>', "n.md"), LinkedPage("a/b/", "B", "", "n.md")]
    assert page_links(pages) == ([], [])


def test_addresses_are_compared_decoded() -> None:
    assert linked({"k%C3%BCche/": '<a href="../%C3%9C/">x</a>', "%C3%9C/": ""}) == {
        ("k%C3%BCche/", "%C3%9C/")
    }


def test_pages_without_links_are_left_out() -> None:
    pages = [
        LinkedPage("a/", "A &amp; B", '<a href="../c/">c</a>'),
        LinkedPage("b/", "B", ""),
        LinkedPage("c/", "C", ""),
    ]
    assert json.loads(links_file(*page_links(pages))) == {
        "pages": [["a/", "A & B"], ["c/", "C"]],
        "links": [[0, 1]],
    }


def test_the_script_is_small() -> None:
    assert SCRIPT.stat().st_size < 30_000
