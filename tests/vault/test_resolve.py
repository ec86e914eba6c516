"""Links mean what Obsidian takes them for."""

from __future__ import annotations

import unicodedata

import pytest

from notebinder.vault.model import Note
from notebinder.vault.resolve import Found, VaultIndex, read_index, resolve, suggest

NOTES = (
    "A.md",
    "x/A.md",
    "x/y/A.md",
    "z/B.md",
    "long folder/C.md",
    "w/C.md",
    "v1.2.md",
    "Ünï.md",
    "x/img.md",
)
FILES = ("assets/img.png", "z/img.png", "data.csv")


def index_of(**aliases: list[str]) -> VaultIndex:
    notes = {path: Note(path, "") for path in NOTES}
    notes |= {f"{name}.md": Note(f"{name}.md", "", {"aliases": values}) for name, values in aliases.items()}
    return read_index(notes, FILES)


@pytest.mark.parametrize(
    ("link", "source", "path"),
    [
        ("A", "z/B.md", "A.md"),
        ("A.md", "z/B.md", "A.md"),
        (" a ", "z/B.md", "A.md"),
        ("x/A", "z/B.md", "x/A.md"),
        ("y/A", "z/B.md", "x/y/A.md"),
        ("/x/A", "z/B.md", "x/A.md"),
        ("../A", "x/y/A.md", "x/A.md"),
        ("./A", "x/y/A.md", "x/y/A.md"),
        ("C", "z/B.md", "w/C.md"),
        ("C", "long folder/D.md", "long folder/C.md"),
        ("v1.2", "A.md", "v1.2.md"),
        (unicodedata.normalize("NFD", "ÜNÏ"), "A.md", "Ünï.md"),
        ("img.png", "z/B.md", "z/img.png"),
        ("img", "A.md", "x/img.md"),
        ("data", "A.md", None),
        ("oks/A", "A.md", None),
        ("", "A.md", None),
    ],
)
def test_a_link_means_the_exact_path_then_a_near_one_then_the_shortest(
    link: str, source: str, path: str | None
) -> None:
    found = resolve(link, source, index_of())
    assert (found and found.path) == path


def test_a_name_that_several_files_have_is_told() -> None:
    assert resolve("img.png", "A.md", index_of()) == Found("z/img.png", ("assets/img.png",))


def test_an_exact_path_is_never_ambiguous() -> None:
    assert resolve("A", "z/B.md", index_of()) == Found("A.md")


def test_an_alias_comes_after_every_name() -> None:
    index = index_of(First=["Other name", "B"])
    assert resolve("other NAME", "A.md", index) == Found("First.md", is_alias=True)
    assert resolve("B", "A.md", index) == Found("z/B.md")


def test_a_name_that_nothing_has_gets_a_guess() -> None:
    assert suggest("long folder/v12", index_of()) == ""
