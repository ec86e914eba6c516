"""The navigation stands as Obsidian lists the files, unless the author says otherwise."""

from __future__ import annotations

import pytest
import yaml

from notebinder.build.pipeline import Build
from tests.support.projects import BuildVault


def listed(built: Build, folder: str = "") -> list[str]:
    return list(yaml.safe_load(built.files[f"{folder}.nav.yml"])["nav"])


def test_files_stand_by_their_names_naturally_whatever_their_titles(build_vault: BuildVault) -> None:
    built = build_vault(
        {
            "10 Use.md": "---\ntitle: A\n---\n",
            "2 Setup.md": "---\ntitle: Z\n---\n",
            "b.md": "",
            "A.md": "",
            "z/n.md": "",
        }
    )
    assert listed(built) == ["z", "2-setup.md", "10-use.md", "a.md", "b.md"]


def test_the_property_order_goes_before_names(build_vault: BuildVault) -> None:
    built = build_vault(
        {
            "a.md": "",
            "b.md": "---\norder: 2\n---\n",
            "c.md": "---\norder: 1.5\n---\n",
            "d.md": "---\norder: .nan\n---\n",
            "e.md": "---\norder: later\n---\n",
            "f/n.md": "",
            "g/g.md": "---\norder: -1\n---\n",
        }
    )
    assert listed(built) == ["g", "c.md", "b.md", "f", "a.md", "d.md", "e.md"]


NAV = {"a.md": "", "B c.md": "", "x.md": "---\norder: 1\n---\n", "Deep down/n.md": "", "Deep down/m.md": ""}


@pytest.mark.parametrize(
    ("nav", "wanted"),
    [
        ("nav: [B c.md, Deep down, '*']", ["b-c.md", "deep-down", "x.md", "a.md"]),
        ("nav: [deep down/, b C]", ["deep-down", "b-c.md", "x.md", "a.md"]),
        ("nav: ['*', x]", ["deep-down", "a.md", "b-c.md", "x.md"]),
        ("nav: [gone]", ["x.md", "deep-down", "a.md", "b-c.md"]),
        ("", ["x.md", "deep-down", "a.md", "b-c.md"]),
    ],
)
def test_the_authors_own_file_goes_before_all_else(
    nav: str, wanted: list[str], build_vault: BuildVault
) -> None:
    built = build_vault({**NAV, ".nav.yml": nav})
    assert listed(built) == wanted


def test_a_folder_is_called_as_its_own_file_says(build_vault: BuildVault) -> None:
    built = build_vault({**NAV, "Deep down/.nav.yml": "title: Depths\nnav: [n, m]"})
    assert yaml.safe_load(built.files["deep-down/.nav.yml"]) == {
        "title": "Depths",
        "nav": ["index.md", "n.md", "m.md"],
    }


@pytest.mark.parametrize("nav", ["nav: {a: b}", "- a", "nav: [[a]]", "nav: [a", "\0"])
def test_a_file_that_cannot_be_read_is_told_and_ignored(nav: str, build_vault: BuildVault) -> None:
    built = build_vault({**NAV, ".nav.yml": nav})
    assert "unreadable-navigation" in [problem.code for problem in built.problems]
    assert listed(built) == ["x.md", "deep-down", "a.md", "b-c.md"]


def test_notes_with_a_permalink_keep_their_place_in_the_list(build_vault: BuildVault) -> None:
    built = build_vault({**NAV, "c.md": "---\npermalink: far/off\n---\n", ".nav.yml": "nav: [c, a]"})
    assert listed(built) == [
        "far/off.md",
        "a.md",
        "x.md",
        {"Deep down": ["deep-down/index.md", "deep-down/m.md", "deep-down/n.md"]},
        "b-c.md",
    ]


TREES = {"Garden/Trees.md": "", "Garden/Trees/Oak.md": "", "Home.md": ""}


def test_a_note_beside_a_folder_of_its_name_is_the_folders_page(build_vault: BuildVault) -> None:
    built = build_vault(TREES)
    assert listed(built, "garden/") == ["index.md", "trees"]
    assert listed(built, "garden/trees/") == ["index.md", "oak.md"]


def test_it_is_the_folders_page_also_where_another_note_has_a_permalink(build_vault: BuildVault) -> None:
    assert listed(build_vault({**TREES, "p.md": "---\npermalink: p/q\n---\n"})) == [
        "index.md",
        {"Garden": ["garden/index.md", {"Trees": ["garden/trees/index.md", "garden/trees/oak.md"]}]},
        "p/q.md",
    ]


@pytest.mark.parametrize(
    ("files", "index"),
    [
        (["index.md", "README.md"], "index.md"),
        (["a/README.md", "a/a.md", "a.md"], "a/a.md"),
        (["a/Home.md", "a/readme.md", "a.md"], "a.md"),
        (["a/Index.md", "a/a.md", "a.md"], "a/Index.md"),
    ],
)
def test_of_several_notes_one_is_the_page_of_the_folder(
    files: list[str], index: str, build_vault: BuildVault
) -> None:
    """All others have addresses of their own, also as a browser sees them."""
    layouts = build_vault(dict.fromkeys(files, "words")).layouts
    pages = {layout.note.path: layout.pages[0].path for layout in layouts}
    assert pages[index].endswith("index.md")
    assert len({path.removesuffix(".md").removesuffix("index").strip("/") for path in pages.values()}) == len(
        files
    )
