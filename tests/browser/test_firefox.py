"""A reader's journey in Firefox: what Chromium shows in all other tests of this folder holds there, too."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import Site
from tests.browser.engines import ENGINES, give_to_pagefind
from tests.browser.marionette import Firefox, NoStartError, firefox

_PROGRAMS = ("firefox-esr", "firefox")
_AHEAD = "“default-src 'none'”"
"""Firefox alone would fetch the next page before it is asked for, and says that the policy has it wait."""
_ESCAPE, _RIGHT = "\ue00c", "\ue014"
RESULT = ".md-search-result__link"


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        pytest.skip("NO FIREFOX: install firefox-esr or firefox")
    try:
        with firefox(program, tmp_path_factory.mktemp("firefox")) as running:
            yield running
    except NoStartError as error:  # as where a sandbox of the system's keeps it from its profile
        pytest.skip(f"NO FIREFOX that can be driven: {error}")


@pytest.fixture
def reader(window: Firefox, origin: str) -> Iterator[Firefox]:
    """A window of a usual size in light colours; whatever a test does, no error on the console."""
    window.scheme("light")
    window.sized(1280)
    yield window
    assert [error for error in window.errors(origin) if _AHEAD not in error] == []


@pytest.fixture(scope="module")
def given(repository_site: Site, root: Path, origin: str) -> Site:
    return Site(f"{origin}for-firefox/", give_to_pagefind(repository_site.folder, root / "for-firefox"))


def expect_title(reader: Firefox, title: str) -> None:
    reader.until(
        "document.querySelector('article h1')?.firstChild.textContent.trim() === arguments[0]", title
    )


def test_pages_follow_one_another_without_loading(reader: Firefox, repository_site: Site) -> None:
    reader.goto(repository_site.address)
    reader.point_at("article")
    reader.until("document.readyState === 'complete'")
    reader.js("document.documentElement.dataset.kept = 'yes'")
    reader.click(".md-sidebar--primary a[href$='topics/aws-databases/']")
    expect_title(reader, "AWS databases")
    reader.click("article .nb-card-link[href$='rds-proxy/']")
    expect_title(reader, "RDS Proxy")
    reader.js("history.back()")
    expect_title(reader, "AWS databases")
    assert reader.js("return document.documentElement.dataset.kept") == "yes"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_word_is_searched_and_marked_where_it_stands(
    reader: Firefox, repository_site: Site, given: Site, engine: str
) -> None:
    site = {"minisearch": repository_site, "pagefind": given}[engine]
    reader.goto(site.address)
    reader.until("document.querySelector('.md-search-result__meta')?.textContent.includes('Type')")
    reader.press("/asynchronous replication")
    reader.until(
        "document.querySelector('.md-search-result__list').dataset.query === 'asynchronous replication'"
    )
    reader.click(RESULT)
    reader.until("document.querySelector('article mark[data-md-highlight]')")
    expect_title(reader, "Amazon RDS")


def test_a_slide_is_opened_turned_and_closed(reader: Firefox, pieces: Site) -> None:
    reader.goto(f"{pieces.address}slides/")
    reader.click(".nb-zoom")
    reader.until("document.querySelector('.pswp--open .pswp__img')?.complete")
    reader.press(_RIGHT)
    reader.until("document.querySelector('.pswp--open')?.textContent.includes('Second slide')")
    reader.press(_ESCAPE)
    reader.until("!document.querySelector('.pswp--open')")


def test_a_link_shows_what_it_leads_to(reader: Firefox, pieces: Site) -> None:
    reader.goto(pieces.address)
    reader.point_at("article a[href*='rule']")
    reader.until("document.querySelector('.nb-preview')?.textContent.trim() === 'One rule, not the next.'")
    reader.press(_ESCAPE)
    reader.until("!document.querySelector('.nb-preview')")


def test_formulas_and_diagrams_are_drawn(reader: Firefox, pieces: Site) -> None:
    reader.goto(f"{pieces.address}pieces/")
    reader.until("document.querySelectorAll('p .arithmatex .katex-html').length === 2")
    reader.js("document.querySelector('#diagram').scrollIntoView()")
    reader.until("document.querySelector('div.mermaid')?.getBoundingClientRect().height > 100")


def test_colours_follow_the_system_and_the_reader(reader: Firefox, pieces: Site) -> None:
    reader.goto(pieces.address)
    light = background(reader)
    reader.scheme("dark")
    reader.until("document.body.dataset.mdColorScheme === 'slate'")
    assert background(reader) != light
    reader.click("label[title^='Colours follow the system']:not([hidden])")
    reader.until("document.body.dataset.mdColorScheme === 'default'")
    assert background(reader) == light
    reader.js("localStorage.clear()")


def background(reader: Firefox) -> str:
    return str(reader.js("return getComputedStyle(document.body).backgroundColor"))


def test_a_phone_has_its_drawer_and_no_page_scrolls_sideways(reader: Firefox, pieces: Site) -> None:
    reader.goto(f"{pieces.address}pieces/")
    reader.sized(390, zoom=1.25)
    reader.until(
        "innerWidth < 450 && getComputedStyle(document.querySelector('.md-sidebar')).position === 'fixed'"
    )
    assert reader.js("return document.documentElement.scrollWidth - innerWidth") <= 0
    reader.click(".md-header label[for='__drawer']")
    reader.until("getComputedStyle(document.querySelector('.md-sidebar--primary')).visibility === 'visible'")
