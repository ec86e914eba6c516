"""Rules of addresses and of what stands on which page."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from notebinder.base.urls import page_address
from notebinder.build.pipeline import Build, build
from notebinder.pages.layout import PageKind
from notebinder.vault.model import Transcript
from notebinder.vault.transcripts import format_transcript
from tests.support.pictures import encoded
from tests.support.projects import BuildVault, WriteVault, settings_for, text_of

OUTLINE = "1. Alpha\n2. Beta & Co\n\n![[a.png]]\n\n![[b.png]]\n\n# Text\n\nwords\n"
PLAN = "topics:\n  - title: Alpha\n    parts: [a.png]\n  - title: Beta & Co\n    parts: [b.png: B, Text]\n"


def addresses(built: Build) -> list[str]:
    return [page.path for layout in built.layouts for page in layout.pages]


def codes(built: Build) -> list[str]:
    return [problem.code for problem in built.problems if problem.code != "missing-attachment"]


def test_a_note_with_a_plan_becomes_an_overview_and_its_topics(build_vault: BuildVault) -> None:
    built = build_vault({"AWS.md": OUTLINE, "AWS.plan.yml": PLAN})
    assert addresses(built) == ["aws/index.md", "aws/alpha.md", "aws/beta-co.md"]
    assert [page.kind for page in built.layouts[0].pages] == [
        PageKind.OVERVIEW,
        PageKind.TOPIC,
        PageKind.TOPIC,
    ]


def test_reordering_and_renumbering_the_outline_changes_the_order_but_no_address(
    build_vault: BuildVault,
) -> None:
    text = OUTLINE.replace("1. Alpha\n2. Beta & Co", "7. Beta & Co\n8. Alpha")
    assert addresses(build_vault({"AWS.md": text, "AWS.plan.yml": PLAN})) == [
        "aws/index.md",
        "aws/beta-co.md",
        "aws/alpha.md",
    ]


def test_a_topic_without_an_entry_stays_behind_the_topic_listed_before_it(build_vault: BuildVault) -> None:
    plan = "topics: [Before, Beta & Co, Between, Alpha]\n"
    built = build_vault({"AWS.md": OUTLINE, "AWS.plan.yml": plan})
    titles = [page.title for page in built.layouts[0].pages]
    assert titles == ["AWS", "Before", "Alpha", "Beta & Co", "Between"]


def test_an_entry_that_no_topic_stands_for_becomes_a_topic(build_vault: BuildVault) -> None:
    built = build_vault({"AWS.md": OUTLINE, "AWS.plan.yml": "topics: [Alpha]\n"})
    assert [page.title for page in built.layouts[0].pages] == ["AWS", "Alpha", "Beta & Co"]


def test_a_mistyped_title_still_finds_its_entry_and_entry_names_it_outright(build_vault: BuildVault) -> None:
    plan = "topics: [Betta & Co, {title: First, entry: alpha}]\n"
    pages = build_vault({"AWS.md": OUTLINE, "AWS.plan.yml": plan}).layouts[0].pages
    assert [(page.title, page.entry and page.entry.text) for page in pages] == [
        ("AWS", None),
        ("First", "Alpha"),
        ("Betta & Co", "Beta & Co"),
    ]


def test_an_entry_that_the_outline_lacks_is_a_problem(build_vault: BuildVault) -> None:
    plan = "topics: [{title: Company, entry: Beta and Co}]\n"
    built = build_vault({"AWS.md": OUTLINE, "AWS.plan.yml": plan})
    assert codes(built) == ["unknown-entry"]


def test_two_topics_of_one_title_get_two_pages_and_a_problem(build_vault: BuildVault) -> None:
    plan = "topics: [{title: A, parts: [a.png]}, {title: A, parts: [b.png]}]\n"
    built = build_vault({"AWS.md": "![[a.png]]\n\n![[b.png]]\n", "AWS.plan.yml": plan})
    assert len(set(addresses(built))) == 3
    assert codes(built) == ["repeated-topic"]


def test_a_title_of_emoji_alone_gets_an_address(build_vault: BuildVault) -> None:
    built = build_vault({"AWS.md": "1. 🚀\n\n![[a.png]]\n", "AWS.plan.yml": "topics: [🚀]\n"})
    assert addresses(built) == ["aws/index.md", "aws/ebbc0b28.md"]


def test_a_plan_without_its_note_is_a_problem_with_a_guess(build_vault: BuildVault) -> None:
    built = build_vault({"AWS.md": "text\n", "AWZ.plan.yml": PLAN})
    assert [str(problem) for problem in built.problems] == [
        'AWZ.plan.yml: warning[plan-without-note] there is no note AWZ.md; did you mean "AWS.md"?'
    ]


def test_an_unreadable_plan_leaves_the_note_whole(build_vault: BuildVault) -> None:
    built = build_vault({"AWS.md": OUTLINE, "AWS.plan.yml": "- a\n"})
    assert addresses(built) == ["aws.md"]
    assert codes(built) == ["unreadable-plan"]


def test_notes_whose_names_read_alike_get_addresses_of_their_own(build_vault: BuildVault) -> None:
    built = build_vault(
        {"A b.md": "1", "a-b.md": "2", "A_b.md": "3", "con.md": "4", "C#.md": "5", "C?.md": "6"}
    )
    assert len({path.casefold() for path in addresses(built)}) == 6
    assert all(path.count(".") == 1 for path in addresses(built))


def test_the_note_that_stands_for_its_folder_is_its_index(build_vault: BuildVault) -> None:
    built = build_vault({"README.md": "home", "Net/Net.md": "folder note", "Net/VPC.md": "text"})
    assert addresses(built) == ["net/index.md", "net/vpc.md", "index.md"]


def test_of_names_that_differ_only_in_case_the_one_spelled_so_is_meant(build_vault: BuildVault) -> None:
    files = {"Note.md": "one", "note.md": "two", "a.md": "[[Note]] [[note]] [[NOTE]]"}
    built = build_vault(files)
    pages = {layout.note.path: layout.pages[0].path for layout in built.layouts}
    links = [f"[{name}](./{pages[path]})" for name, path in (("Note", "Note.md"), ("note", "note.md"))]
    assert " ".join(links) in text_of(built, "a.md")
    assert codes(built) == ["ambiguous-link", "shared-address"]


def test_names_that_no_link_can_hold_are_reported(build_vault: BuildVault) -> None:
    built = build_vault({"C#.md": "a", "B.md": "b", "x^y.md": "c"})
    assert [str(problem) for problem in built.problems] == [
        "C#.md: warning[awkward-name] has # in its name, which a link reads as something else; "
        "rename it in Obsidian",
        "x^y.md: warning[awkward-name] has ^ in its name, which a link reads as something else; "
        "rename it in Obsidian",
    ]


def test_links_count_from_the_notes_folder_in_a_vault_that_writes_them_so(build_vault: BuildVault) -> None:
    files = {
        ".obsidian/app.json": '{"newLinkFormat": "relative"}',
        "Note.md": "at the root",
        "sub/Note.md": "beside",
        "sub/deep/Note.md": "below",
        "sub/a.md": "[x](Note.md) [[deep/Note]] [y](../Note.md)",
    }
    page = text_of(build_vault(files), "sub/a.md")
    assert "[x](./note.md) [deep/Note](./deep/note.md) [y](../note.md)" in page


def test_a_screenshot_is_named_by_what_was_read_in_it(build_vault: BuildVault) -> None:
    """A logo on most pictures says nothing of this one; a time names only what nobody has read."""
    names = [f"Pasted image 2024121117593{number}.png" for number in range(5)]
    vault: dict[str, str | bytes] = {"AWS.md": "1. Alpha\n\n" + "\n\n".join(f"![[{name}]]" for name in names)}
    vault["AWS.plan.yml"] = f"topics:\n  - title: Alpha\n    parts: [{', '.join(names)}]\n"
    for number, name in enumerate(names):
        vault[name] = encoded(Image.new("RGB", (40 + number, 30), "white"))
        read = Transcript("", ("cloudacademy", f"{'- ' * (number % 2)}Kind of slide {number}"))
        vault |= {f"{name}.txt": format_transcript(read)} if number < 4 else {}
    titles = [section.title for section in build_vault(vault).layouts[0].pages[1].sections]
    assert titles[-2:] == ["Kind of slide 3", "Screenshot, 11 December 2024, 17:59"]
    assert titles[:3] == [f"Kind of slide {number}" for number in range(3)]


def test_pictures_stay_white_at_night_if_the_author_says_so(write_vault: WriteVault, tmp_path: Path) -> None:
    picture = encoded(Image.new("RGB", (40, 30), "white"))
    settings = settings_for(write_vault({"A.md": "![[a.png]]", "a.png": picture}), tmp_path / "docs")
    assert "data-night" in text_of(build(settings), "a.md")
    assert "data-night" not in text_of(build(replace(settings, dark_pictures=False)), "a.md")


@pytest.mark.parametrize(
    ("notes", "index", "told"),
    [
        (["Recipes.md", "Recipes/index.md"], "Recipes/index.md", 1),
        (["Recipes.md", "Recipes/README.md"], "Recipes.md", 0),
        (["Recipes.md", "Recipes/Recipes.md"], "Recipes/Recipes.md", 1),
        (["Recipes.md", "Recipes/Soup.md"], "Recipes.md", 0),
        (["README.md", "index.md"], "index.md", 0),
        (["g/Index.md", "g/g.md", "g/README.md"], "g/Index.md", 0),
        (["g/Readme.md", "g/g.md"], "g/g.md", 0),
        (["a.md", "A.md", "b/x.md", "B/x.md"], "", 2),
        (["\u00e9.md", "e\u0301.md"], "", 1),
    ],
)
def test_each_note_has_a_built_address_of_its_own(
    notes: list[str], index: str, told: int, build_vault: BuildVault
) -> None:
    """`index` before the folder's own name, in it or beside it, before `README`; who gives way is told."""
    built = build_vault(dict.fromkeys(notes, "words"))
    pages = {page.note: page.path for layout in built.layouts for page in layout.pages}
    assert len({page_address(path) for path in pages.values()}) == len(notes)
    assert [note for note, path in pages.items() if path.endswith("index.md")] == ([index] if index else [])
    assert codes(built) == ["shared-address"] * told


@pytest.mark.parametrize("note", ["tags.md", "Tags/index.md", "tags/tags.md", "tags/README.md"])
def test_the_page_of_tags_has_an_address_of_its_own(note: str, build_vault: BuildVault) -> None:
    built = build_vault({note: "#seed", "all tags.md": "x"})
    built_at = [page_address(path) for path in built.files if path.endswith(".md")]
    assert len(built_at) == len(set(built_at)) == 3
    assert "tags-of-this-vault.md" in built.files


@pytest.mark.parametrize("permalink", ["a/" * 900, "long-name-of-a-folder/" * 40, "other", "Other/"])
def test_a_permalink_that_cannot_be_is_told(permalink: str, build_vault: BuildVault) -> None:
    built = build_vault({"Other.md": "x", "Z.md": f"---\nx: 1\npermalink: {permalink}\n---\ny"})
    assert addresses(built) == ["other.md", "z.md"]
    assert [(str(problem.location), problem.code) for problem in built.problems] == [
        ("Z.md:3", "shared-address")
    ]


def test_a_nameless_note_is_called_after_its_folder(build_vault: BuildVault) -> None:
    called = {"g/README.md": "g", "b/index.md": "b", "b/README.md": "README", "t/index.md": "U"}
    built = build_vault({**dict.fromkeys(called, "x"), "t/index.md": "---\ntitle: U\n---\n"})
    assert {page.note: page.title for layout in built.layouts for page in layout.pages} == called


@pytest.mark.parametrize(
    ("note", "body"),
    [
        ("# A plan\n\nx", "# A plan\n\nx"),
        ("# a Plan!\n\n# Two\n\nx", "# a Plan!\n\n## Two\n\nx"),
        ("%% c %%\n\n## A plan\n\n### Sub", "# A plan\n\n### Sub"),
        ("# A plan", "# A plan"),
        ("words\n\n# A plan", "# A plan { data-generated }\n\nwords\n\n## A plan"),
        ("# Other", "# A plan { data-generated }\n\n## Other"),
    ],
)
def test_a_heading_that_repeats_the_title_stands_once(note: str, body: str, build_vault: BuildVault) -> None:
    page = text_of(build_vault({"A plan.md": note}), "a-plan.md").split("---\n", 2)[2].strip()
    assert re.sub(r" \{ #[\w-]+ \}", "", page) == body
