"""Canvases and bases as pages of their own."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from notebinder.base.limits import LIMITS
from notebinder.build.pipeline import Build, build
from tests.support.projects import BuildVault, WriteVault, settings_for, text_of

_PLACE = {"x": 0, "y": 0, "width": 200, "height": 60}
_BASE = "views:\n  - type: table\n    name: All\n    order: [file.name]\n"


def canvas(*cards: dict[str, object], arrows: tuple[dict[str, object], ...] = ()) -> str:
    nodes = [{"id": str(number), "type": "text", **_PLACE, **card} for number, card in enumerate(cards)]
    return json.dumps({"nodes": nodes, "edges": arrows})


BuildWith = Callable[..., Build]


@pytest.fixture
def build_with(write_vault: WriteVault, tmp_path: Path) -> BuildWith:
    """Build a vault with some settings."""

    def made(files: Mapping[str, str | bytes], **settings: Any) -> Build:
        return build(replace(settings_for(write_vault(files), tmp_path / "docs"), **settings))

    return made


def codes(built: Build) -> list[tuple[str, str]]:
    return [(problem.location.path, problem.code) for problem in built.problems]


def test_a_canvas_and_a_base_are_pages_to_which_links_lead(build_vault: BuildVault) -> None:
    note = "[[Plan.canvas]] and [[All.base|the list]] and [x](Deep/Other.canvas)"
    files = {"A.md": note, "Plan.canvas": canvas({"text": "Sow"}), "All.base": _BASE}
    built = build_vault({**files, "Deep/Other.canvas": canvas({"text": "Reap"})})
    assert re.findall(r"\[([^\]]*)\]\(([^)]*)\)", text_of(built, "a.md")) == [
        ("Plan.canvas", "./plan-canvas.md"),
        ("the list", "./all-base.md"),
        ("x", "./deep/other-canvas.md"),
    ]
    assert "Sow" in text_of(built, "plan-canvas.md")
    assert "<table>" in text_of(built, "all-base.md")
    assert "Linked from" in text_of(built, "deep/other-canvas.md")
    assert "plan-canvas.md" in text_of(built, ".nav.yml")
    assert (codes(built), built.media) == ([], frozenset())


def test_a_link_to_a_view_of_a_base_leads_to_its_page(build_vault: BuildVault) -> None:
    built = build_vault({"A.md": "[[All.base#All]] <a href='All.base#All'>b</a>", "All.base": _BASE})
    assert text_of(built, "a.md").count("all-base") == 2
    assert codes(built) == []


def test_a_link_to_one_of_many_views_leads_to_it(build_vault: BuildVault) -> None:
    note = "[[Books.base#To read]] [[Books.base#Gone]] <a href='Books.base#3'>b</a>"
    base = "views:\n  - name: To read\n  - name: '*50 %%* [[A]] <b> #a'\n  - type: list\n"
    built = build_vault({"A.md": note, "Books.base": base})
    addresses = re.findall(r"""[("](\S*books-base\S*?)[)"]""", text_of(built, "a.md"))
    assert addresses == ["./books-base.md#to-read", "./books-base.md", "../books-base/#3"]
    page = text_of(built, "books-base.md")
    names = [html.unescape(name) for name in re.findall(r"^## (.*?) \{", page, re.MULTILINE)]
    assert [name.replace("\\", "") for name in names] == ["To read", "*50 %%* [[A]] <b> #a", "3"]
    assert "Linked from" not in text_of(built, "a.md")
    assert codes(built) == []


def test_each_card_has_its_own_footnotes(build_vault: BuildVault) -> None:
    cards: list[dict[str, object]] = [{"text": f"a[^1]\n\n[^1]: note {number}"} for number in (1, 2)]
    page = text_of(build_vault({"Plan.canvas": canvas(*cards)}), "plan-canvas.md")
    assert re.findall(r"^\[\^card-(\d)-1\]: (.*)", page, re.MULTILINE) == [("0", "note 1"), ("1", "note 2")]


def test_an_arrow_names_its_cards_in_plain_words(build_vault: BuildVault) -> None:
    """A screen reader reads them."""
    cards = canvas(
        {"text": "- **From** [[Garden|the garden]] <b>on</b>"},
        {"type": "file", "file": "Sub/Garden.md"},
        arrows=({"fromNode": "0", "toNode": "1", "label": "to"},),
    )
    page = text_of(build_vault({"Plan.canvas": cards, "Sub/Garden.md": ""}), "plan-canvas.md")
    assert ">From the garden on → Garden&#58; </span>to</p>" in page


def test_a_canvas_may_show_itself(build_vault: BuildVault) -> None:
    built = build_vault({"Plan.canvas": canvas({"type": "file", "file": "Plan.canvas"}, {"text": "a"})})
    assert codes(built) == [("Plan.canvas", "embed-cycle")]


def test_what_a_card_says_last_comes_last(build_vault: BuildVault) -> None:
    """Row by row, and what is in a group with it."""
    cards = canvas(
        {"text": "fifth", "x": 0, "y": 600},
        {"text": "fourth", "x": 900, "y": 10},
        {"text": "third", "x": 300, "y": 200},
        {"type": "group", "label": "first", "x": 0, "y": 0, "width": 700, "height": 400},
        {"text": "second", "x": 50, "y": 50},
    )
    page = text_of(build_vault({"Plan.canvas": cards}), "plan-canvas.md").partition("nb-canvas-stage")[2]
    said = re.findall(r"first|second|third|fourth|fifth", page)
    assert " ".join(said) == "first second third fourth fifth"


def test_a_canvas_of_many_cards_shows_the_last_as_typed(build_vault: BuildVault) -> None:
    cards = canvas(*({"text": f"**{number}**", "y": 100 * number} for number in range(LIMITS.cards + 2)))
    built = build_vault({"Plan.canvas": cards})
    assert text_of(built, "plan-canvas.md").count(".nb-canvas-text[") == LIMITS.cards
    assert codes(built) == [("Plan.canvas", "too-long")]


def test_a_canvas_leads_on_to_notes_and_they_tell_of_it(build_vault: BuildVault) -> None:
    cards = canvas({"text": "See [[Garden]]. More."}, {"type": "file", "file": "Beds.md"})
    built = build_vault({"Garden.md": "beds", "Beds.md": "two", "Plan.canvas": cards})
    assert "<span>See Garden.</span>" in text_of(built, "garden.md")
    assert 'href="../beds/"' in text_of(built, "plan-canvas.md")
    assert codes(built) == []


@pytest.mark.parametrize("title", ["Plan", "plan"])
def test_a_canvas_has_an_address_and_a_title_of_its_own(build_vault: BuildVault, title: str) -> None:
    files = {"Plan.canvas": canvas({"text": "a"}), "Plan.base": _BASE, f"{title}.md": "note"}
    built = build_vault(files)
    titles = {page.path: page.title for layout in built.layouts for page in layout.pages}
    assert titles == {
        "plan.md": title,
        "plan-canvas.md": "Plan.canvas",
        "plan-base.md": "Plan.base",
    }


def test_a_note_keeps_its_address_from_a_canvas(build_vault: BuildVault) -> None:
    built = build_vault({"Plan.canvas": canvas({"text": "a"}), "plan canvas.md": "note"})
    assert built.layouts[1].pages[0].path == "plan-canvas.md"
    assert codes(built) == [("Plan.canvas", "shared-address")]


_PRIVATE: dict[str, tuple[str, dict[str, str], dict[str, Any]]] = {
    "folder": ("Diary/Plan.canvas", {}, {"private": ("Diary/*",)}),
    "templates": ("T/Plan.canvas", {".obsidian/templates.json": '{"folder": "T"}'}, {}),
    "excluded": ("X/Plan.canvas", {".obsidian/app.json": '{"userIgnoreFilters": ["X/"]}'}, {}),
    "tag": ("Plan.canvas", {}, {"private_tags": ("hush",)}),
    "unmarked": ("Plan.canvas", {}, {"publish_only_marked": True}),
}


@pytest.mark.parametrize("name", _PRIVATE)
def test_a_canvas_is_private_where_a_note_would_be(build_with: BuildWith, name: str) -> None:
    path, files, settings = _PRIVATE[name]
    note = "---\npublish: true\n---\n" + ("" if name == "unmarked" else f"[[{path}]] ![[{path}]]")
    built = build_with({"A.md": note, path: canvas({"text": "geheim #hush"}), **files}, **settings)
    assert [each for each, data in built.files.items() if b"geheim" in data or b"Plan" in data] == []


def test_a_marked_note_makes_its_canvas_public(build_with: BuildWith) -> None:
    files = {"A.md": "---\npublish: true\n---\n![[Plan.canvas]]", "Plan.canvas": canvas({"text": "open"})}
    built = build_with(files, publish_only_marked=True)
    assert "open" in text_of(built, "plan-canvas.md")


@pytest.mark.parametrize("other", ["", "[[Plan.canvas]]"])
def test_a_canvas_that_only_private_notes_use_has_no_page(build_vault: BuildVault, other: str) -> None:
    """As a picture that they use is not published."""
    files = {"Plan.canvas": canvas({"text": "geheim"}), "A.md": f"public {other}"}
    built = build_vault({**files, "B.md": "---\npublish: false\n---\n![[Plan.canvas]]"})
    assert ("plan-canvas.md" in built.files) == bool(other)


def test_no_card_shows_what_is_private(build_vault: BuildVault) -> None:
    cards = canvas(
        {"type": "file", "file": "Secret.md"},
        {"text": "to [[Secret]] and [[Secret|words]] %%geheim%%"},
        {"type": "group", "label": "of [[Secret]]"},
        arrows=({"fromNode": "0", "toNode": "1", "label": "by [[Secret]]"},),
    )
    built = build_vault(
        {"Secret.md": "---\npublish: false\n---\ngeheim", "Plan.canvas": cards, "All.base": _BASE}
    )
    assert [path for path, data in built.files.items() if b"geheim" in data or b"Secret" in data] == []


def test_a_canvas_that_cannot_be_read_says_so(build_vault: BuildVault) -> None:
    built = build_vault({"A.md": "![[Plan.canvas]]", "Plan.canvas": "{"})
    assert "nb-box" in text_of(built, "plan-canvas.md")
    assert codes(built) == [("Plan.canvas", "not-shown")]
    assert [note.account.embeds_missing for note in built.notes] == [1, 1]


def test_a_picture_behind_a_group_is_told_as_not_shown(build_vault: BuildVault) -> None:
    built = build_vault({"Plan.canvas": canvas({"type": "group", "background": "a.png"})})
    assert codes(built) == [("Plan.canvas", "not-shown")]


def test_problems_of_a_card_name_the_canvas_but_no_line(build_vault: BuildVault) -> None:
    built = build_vault({"Plan.canvas": canvas({"text": "a"}, {"text": "one\n\n[[Nowhere]]"})})
    assert [str(problem.location) for problem in built.problems] == ["Plan.canvas"]


def test_a_canvas_among_the_attachments_has_a_page_too(build_with: BuildWith, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    files = {"notes/A.md": "[[Plan.canvas]]", "assets/Plan.canvas": canvas({"text": "[[A]]"})}
    built = build_with(files, notes=(vault / "notes",), attachments=(vault / "assets",))
    assert "(./assets/plan-canvas.md)" in text_of(built, "a.md")
    assert "(../a.md)" in text_of(built, "assets/plan-canvas.md")
    assert codes(built) == []
