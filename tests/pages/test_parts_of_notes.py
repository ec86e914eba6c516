"""A part of a note is written as if the rest of the note stood beside it."""

from __future__ import annotations

from collections import Counter

from notebinder.pages.constructs.look_ups import ReadingSettings
from notebinder.vault.model import LineRange
from tests.support.converting import convert

NOTE = "a[^1] [l][r]\n\nb[^1]\n\n[^1]: foot\n\n[r]: http://x.y\n"


def test_footnotes_and_definitions_from_elsewhere_work_in_a_part() -> None:
    """The label is the part's own, so that two parts can stand on one page."""
    first = convert(NOTE, lines=LineRange(1, 3)).markdown
    second = convert(NOTE, lines=LineRange(3, 5)).markdown
    assert first == "a[^1-1] [l](http://x.y)\n\n[^1-1]: foot"
    assert second == "b[^3-1]\n\n[^3-1]: foot"


def test_the_entries_of_an_outline_lead_to_their_pages() -> None:
    note = "1. One **b**\n2. [[Other]]\n"
    links = {1: "x/one.md", 2: "x/two.md"}
    written = convert(note, others={"Other.md": ""}, entry_links=links).markdown
    assert written == "1. [One **b**](./x/one.md)\n2. [Other](./other.md)"


def test_headings_move_together() -> None:
    assert convert("# A\n\n##### B", heading_shift=2).markdown == "### A { #a }\n\n###### B { #b }"


def test_a_page_raises_its_own_headings_and_none_of_another_note() -> None:
    note = "### A\n\n> # B\n\n![[Other#C]]\n"
    written = convert(note, others={"Other.md": "## C\n\nwords\n"}, heading_shift=-1).markdown
    assert "## A {" in written
    assert '<h1 class="nb-heading">B</h1>' in written
    assert '<h2 class="nb-heading">C</h2>' in written


def test_with_strict_line_breaks_a_line_end_is_a_space() -> None:
    strict = ReadingSettings(strict_line_breaks=True)
    assert convert("a\nb  \nc", reading=strict).markdown == "a\nb  \nc"


def test_what_loads_from_elsewhere_can_load_at_once() -> None:
    at_once = ReadingSettings(external_embeds_at_once=True)
    assert convert("![a](http://x.y/i.png)", reading=at_once).markdown == (
        '<img src="http://x.y/i.png" alt="a" loading="lazy">'
    )


def test_tags_lead_to_their_page() -> None:
    written = convert("#a/B x", tag_page="tags.md").markdown
    assert written.startswith("[#a/B](./tags.md#")
    assert written.endswith("){ .tag .nb-tag } x")


def test_words_that_are_not_shown_are_spent() -> None:
    """The ledger adds what is shown and what is spent."""
    note = "[[Other|x]] %%hidden%% [t](http://a.b) ![[Other#^id]]\n\n```py title=z\ncode\n```\n"
    hidden = convert(note, others={"Other.md": "text"}).spent.values()
    spent = sum(map(Counter, hidden), Counter[str]())
    assert {word for word in spent if spent[word] > 0} >= {"other", "hidden", "http", "title"}
