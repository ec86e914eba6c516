"""Footnotes stand below the text, above what is told of the page."""

from __future__ import annotations

import pytest

from notebinder.site.footnotes import below_the_text

NOTES = '<div class="footnote">\n<ol><li>n</li></ol>\n</div>'
DATES = '<p class="nb-dates" data-generated>Created</p>\n'
LINKED = '<aside class="nb-backlinks"><ul></ul></aside>\n'


@pytest.mark.parametrize("foot", ["", DATES, LINKED, DATES + LINKED])
def test_footnotes_stand_before_the_foot(foot: str) -> None:
    assert below_the_text(f"<p>text</p>\n{foot}{NOTES}") == f"<p>text</p>\n{NOTES}{foot}"


@pytest.mark.parametrize("html", ["", "<p>text</p>", f"<p>text</p>\n{DATES}{LINKED}"])
def test_a_page_without_footnotes_stays(html: str) -> None:
    assert below_the_text(html) == html
