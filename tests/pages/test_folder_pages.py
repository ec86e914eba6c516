"""Pages that list notes: a folder without a note of its own, the home page, all notes by letter, tags."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from notebinder.build.pipeline import Build, build
from tests.support.pictures import encoded, screenshot
from tests.support.projects import BuildVault, WriteVault, settings_for


def text(built: Build, path: str) -> str:
    return built.files[path].decode()


def links(built: Build, path: str) -> list[str]:
    return re.findall(r'href="([^"]*)"', text(built, path))


@pytest.fixture
def build_home(write_vault: WriteVault, tmp_path: Path) -> BuildVault:
    """Build a vault whose home page is generated."""

    def made(files: Mapping[str, str | bytes]) -> Build:
        return build(replace(settings_for(write_vault(files), tmp_path / "docs"), home="My vault"))

    return made


def test_a_folder_without_a_note_of_its_own_gets_a_page(build_vault: BuildVault) -> None:
    built = build_vault({"A/b.md": "---\nupdated: 2024-05-02\n---\nx", "A/C/d.md": "y"})
    assert links(built, "a/index.md") == ["c/", "b/"]
    assert "1 folder, 2 notes, last changed 2 May 2024" in text(built, "a/index.md")
    assert links(built, "a/c/index.md") == ["d/"]
    assert yaml.safe_load(text(built, "a/.nav.yml"))["nav"] == ["index.md", "c", "b.md"]


def test_lists_stand_in_the_order_of_the_navigation(build_home: BuildVault) -> None:
    """By the names of files, whatever their titles, unless `order` or `.nav.yml` says otherwise."""
    built = build_home(
        {
            "10.md": "---\ntitle: A\n---\n",
            "2.md": "---\ntitle: Z\n---\n",
            "late.md": "---\norder: 1\n---\n",
            "B/b.md": "",
            "B/c.md": "",
            "A/A.md": "---\norder: 3\n---\n",
            "C/d.md": "",
            ".nav.yml": "nav: [C, late]\n",
            "B/.nav.yml": "nav: [c]\ntitle: 1st\n",
        }
    )
    nav = yaml.safe_load(text(built, ".nav.yml"))["nav"]
    assert nav == ["index.md", "c", "late.md", "a", "b", "2.md", "10.md"]
    folders, _, notes = text(built, "index.md").partition("all-notes")
    assert re.findall(r'href="(\w/)"', folders) == ["c/", "a/", "b/"]
    assert re.findall(r'href="([^"]*)"', notes) == ["c/d/", "late/", "a/", "b/c/", "b/b/", "2/", "10/"]
    assert links(built, "b/index.md") == ["c/", "b/"]


@pytest.mark.parametrize("own", ["A/README.md", "A/A.md", "A.md"])
def test_a_folder_with_a_note_of_its_own_gets_none(build_vault: BuildVault, own: str) -> None:
    built = build_vault({own: "mine", "A/b.md": "x"})
    pages = [path for path in built.files if path.endswith(".md")]
    assert len(pages) == 2


def test_a_note_whose_name_ends_in_index_stands_for_no_folder(build_vault: BuildVault) -> None:
    assert links(build_vault({"Reindex.md": "mine", "Re/b.md": "x"}), "re/index.md") == ["b/"]


def test_a_folder_of_private_notes_has_no_page(build_vault: BuildVault) -> None:
    built = build_vault({"Secret/b.md": "---\npublish: false\n---\nx", "c.md": "y"})
    assert not [path for path in built.files if "secret" in path]


def test_an_address_that_leads_on_stays_one(build_vault: BuildVault) -> None:
    """A note's old address is no page of a folder, even where there is such a folder now."""
    built = build_vault({"Old/Note/b.md": "x", "c.md": "---\naliases: [Old/Note]\n---\ny"})
    assert "old/note/index.md" not in built.files
    assert "old/note/index.html" in built.files


def test_the_first_pictures_stand_on_cards(build_vault: BuildVault) -> None:
    built = build_vault({"A/b.md": "![[p.png]]", "A/c.md": "text", "p.png": encoded(screenshot(320, 180))})
    assert len(re.findall('class="nb-card-picture"', text(built, "a/index.md"))) == 1


def test_the_home_page_shows_folders_what_changed_lately_and_all_notes(build_home: BuildVault) -> None:
    built = build_home({"A/b.md": "---\nupdated: 2024-05-02\n---\n", "A/c.md": "", "d.md": ""})
    assert links(built, "index.md") == ["a/", "a/b/", "a/b/", "a/c/", "d/"]
    assert text(built, "index.md").index("Changed lately") < text(built, "index.md").index("All notes")
    assert yaml.safe_load(text(built, ".nav.yml"))["nav"][0] == "index.md"


def test_a_note_for_the_home_page_goes_before_it(build_home: BuildVault) -> None:
    assert "Mine." in text(build_home({"index.md": "Mine.", "A/b.md": ""}), "index.md")


def test_pages_in_a_folder_of_the_site_have_a_list_of_their_own(
    write_vault: WriteVault, tmp_path: Path
) -> None:
    settings = settings_for(write_vault({"A/b.md": "", "c.md": ""}), tmp_path / "docs")
    built = build(replace(settings, output=tmp_path / "docs/topics", language="de"))
    assert links(built, "index.md") == ["a/", "a/b/", "c/"]
    assert "# Notizen {" in text(built, "index.md")


def test_many_notes_stand_by_letter_on_a_page_of_their_own(build_home: BuildVault) -> None:
    names = [*(f"a{number}" for number in range(70)), "étude", "2024", "数据库"]
    built = build_home({f"{name}.md": "" for name in names})
    letters = ["other", "a", "e", "字"]
    assert links(built, "index.md") == [f"all-notes/#letter-{letter}" for letter in letters]
    assert re.findall("^## (.*?) {", text(built, "all-notes.md"), re.MULTILINE) == ["#", "A", "E", "字"]


def test_notes_of_one_title_are_told_apart_by_their_folder(build_home: BuildVault) -> None:
    home = text(build_home({"A/x.md": "", "B/x.md": "", "y.md": ""}), "index.md")
    assert re.findall("<small>(.*?)</small>", home) == ["A", "B"]


def test_the_index_of_tags_is_nested_and_counts_pages(build_vault: BuildVault) -> None:
    built = build_vault({"a.md": "#x/y", "b.md": "#x #x/y/z", "c.md": "#other"})
    page = text(built, "tags.md")
    assert re.findall(r"</a> <small>(\d+)</small>", page) == ["1", "2", "2", "1"]
    assert page.count("<ul>") == page.count("</ul>") == 3
