"""What stands around a note's words: languages, dates, tags and properties."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml

from notebinder.build.pipeline import Build, build
from notebinder.pages.dates import Dates, note_dates
from notebinder.pages.languages import Language, note_language
from notebinder.vault.model import Note
from notebinder.vault.syntax.properties import property_tags
from tests.support.projects import BuildVault, WriteVault, settings_for, text_of


def note(text: str = "", properties: Mapping[str, Any] | None = None) -> Note:
    return Note("n.md", text, properties or {})


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Hund läuft schnell über die große Wiese.", Language("de")),
        ("هذا نص عربي قصير عن الملاحظات", Language("ar", "rtl")),
        ("זהו טקסט קצר בעברית על פתקים", Language("he", "rtl")),
        ("これは日本語のメモです。", Language("ja")),
        ("", Language()),
        ("12 34", Language()),
    ],
)
def test_a_language_is_guessed_only_where_the_text_tells_it(text: str, language: Language) -> None:
    assert note_language(note(text)) == language


def test_properties_beat_the_guess() -> None:
    assert note_language(note("plain english text here", {"lang": "fa"})) == Language("fa", "rtl")
    assert note_language(note("text", {"language": "nl", "dir": "RTL"})) == Language("nl", "rtl")


@pytest.mark.parametrize(
    ("site", "text", "direction"),
    [
        ("en", "A line.", ""),
        ("en", "سطر", "rtl"),
        ("ar", "A line.", "ltr"),
        ("ar", "سطر", "rtl"),
        ("ar", "", ""),
    ],
)
def test_a_note_says_which_way_it_runs_where_its_site_may_run_the_other(
    write_vault: WriteVault, tmp_path: Path, site: str, text: str, direction: str
) -> None:
    settings = replace(settings_for(write_vault({"a.md": text}), tmp_path / "docs"), language=site)
    page = build(settings).files["a.md"].decode()
    assert re.findall("^dir: (.*)", page, re.MULTILINE) == ([direction] if direction else [])


def test_what_the_author_wrote_beats_git() -> None:
    known = Dates(date(2020, 1, 1), date(2021, 1, 1))
    given = note(properties={"Created": "2024-03-01T10:00", "modified": 7})
    assert note_dates(given, known) == Dates(date(2024, 3, 1), date(2021, 1, 1))


@pytest.mark.parametrize(
    ("properties", "tags"),
    [
        ({"tags": ["a", "#b/c"]}, ("a", "b/c")),
        ({"tag": "a, b c"}, ("a", "b", "c")),
        ({"tags": None}, ()),
        ({"tags": 2024}, ("2024",)),
    ],
)
def test_tags_are_read_in_every_spelling(properties: Mapping[str, Any], tags: tuple[str, ...]) -> None:
    assert property_tags(properties) == tags


def box(built: Build, path: str = "a.md") -> str:
    """Return the box of properties on a page."""
    return (
        text_of(built, path).partition('<dl class="nb-properties" data-generated>')[2].partition("</dl>")[0]
    )


def test_properties_are_shown_as_text_with_their_links_and_nothing_else(build_vault: BuildVault) -> None:
    head = """\
up: "see [[B#Part|bee]] & [[gone]] and *[[b]]*"
x: <script>
ok: true
url: https://a.b/c
more: "[text](B.md) [[p.pdf#page=2|plan]]"
"""
    built = build_vault({"a.md": f"---\n{head}---\nx", "B.md": "# Part", "p.pdf": b"%PDF-1.4"})
    shown = unescape(re.sub(r"media/[^\"#]+", "F", box(built)))
    assert shown == (
        '<dt>up</dt><dd>see <a href="../b/#part">bee</a> & '
        '<span class="nb-missing" title="There is no note gone">gone</span> and *<a href="../b/">b</a>*</dd>'
        "<dt>x</dt><dd><script></dd><dt>ok</dt><dd>yes</dd>"
        '<dt>url</dt><dd><a href="https://a.b/c">https://a.b/c</a></dd>'
        '<dt>more</dt><dd><a href="../b/">text</a> <a href="../F#page=2" data-source="p.pdf">plan</a></dd>'
    )
    assert "<script>" not in text_of(built, "a.md")
    assert ("a.md", 2, "missing-note") in [(p.location.path, p.location.line, p.code) for p in built.problems]


def test_values_stay_what_their_author_typed(build_vault: BuildVault) -> None:
    """Obsidian reads YAML 1.2: none of these is a time in seconds, a number in octal or a truth."""
    typed = {
        "start": "12:30",
        "ratio": "16:9",
        "country": "NO",
        "power": "off",
        "room": "010",
        "count": "1_000",
        "price": "12.50",
        "due": "2024-13-45",
        "day": '<time datetime="2024-02-29">29 February 2024</time>',
        "id": "12e99999",
    }
    built = build_vault({"a.md": "---\n" + "".join(f"{k}: {v}\n" for k, v in typed.items()) + "---\nx"})
    assert dict(re.findall("<dt>(.*?)</dt><dd>(.*?)</dd>", unescape(box(built)))) == typed
    assert not built.problems


def test_every_property_is_shown_that_the_page_does_not_use(build_vault: BuildVault) -> None:
    head = """\
title: A page
tags: [t]
aliases: [other, names]
status: read
cover: x.png
lang: no
created: 2024-01-02
date: no day
hide: [toc]
search: {exclude: true, by: [[a, b], {c: null}]}
secret: kept
"""
    vault = {"a.md": f"---\n{head}---\nx"}
    built = build_vault(vault)
    assert re.findall("<dt>(.*?)</dt>", box(built)) == [
        *("aliases", "status", "cover", "date", "hide", "search", "secret"),
    ]
    assert "<dd>other, names</dd>" in box(built)
    assert (
        "<dd><ul><li>exclude: yes</li><li>by: <ul><li>a, b</li><li><ul><li>c: </li></ul></li></ul></li></ul>"
        in box(built)
    )
    assert "lang: 'no'" in text_of(built, "a.md")


def test_a_setting_hides_properties(tmp_path: Path) -> None:
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault/a.md").write_text("---\nStatus: read\nroom: 1\n---\nx")
    settings = replace(settings_for(tmp_path / "vault", tmp_path / "docs"), properties_hidden=("status",))
    assert re.findall("<dt>(.*?)</dt>", box(build(settings))) == ["room"]


def test_a_property_that_is_given_twice_is_told(build_vault: BuildVault) -> None:
    built = build_vault({"a.md": "---\nx: 1\ny: 2\nx: 3\n---\nx"})
    assert [(p.location.line, p.code) for p in built.problems] == [(4, "unreadable-properties")]
    assert "<dt>x</dt><dd>3</dd>" in box(built)


def test_properties_never_steer_the_engine(build_vault: BuildVault) -> None:
    page = text_of(
        build_vault(
            {"a.md": "---\nicon: trees\ntemplate: x.html\nhide: [toc]\nsearch: {exclude: true}\n---\nb"}
        ),
        "a.md",
    )
    head = page.split("---\n")[1]
    keys = [line.partition(":")[0] for line in head.splitlines() if not line.startswith("#")]
    assert keys == ["title", "description", "source"]


def test_tags_cannot_leave_their_place_in_the_search(build_vault: BuildVault) -> None:
    """The search puts the tags of a page into HTML as they are."""
    page = text_of(build_vault({"a.md": '---\ntags: ["<img src=x onerror=y>", "R&D"]\n---\nb'}), "a.md")
    assert yaml.safe_load(page.split("---\n")[1])["tags"] == ["&lt;img src=x onerror=y&gt;", "R&D"]
