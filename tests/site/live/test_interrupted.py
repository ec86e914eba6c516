"""Rules of interrupted work: an author who goes on at once sees in the end what a clean build makes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from platformdirs import user_cache_path

from notebinder.site.live.served import ServedProject
from tests.support.author import write_project
from tests.support.serving import clean_build, served_project, tree

pytestmark = pytest.mark.whole


@contextmanager
def a_project(tmp_path: Path) -> Iterator[tuple[Path, ServedProject]]:
    """A project that is served, and whose changes nobody notices unless the test takes them in."""
    root = write_project(tmp_path / "project")
    with served_project(root, tmp_path / "served") as (project, *_):
        yield root, project


def take_in(project: ServedProject, *, is_interrupted: bool = False) -> None:
    """Show what changed, page by page."""
    project.site.take(project.convert())
    project.site.rebuild(lambda _: True, lambda: is_interrupted)


def is_settled(project: ServedProject, *, is_interrupted: bool = False) -> bool:
    return project.site.settle(project.is_by_hand, lambda: is_interrupted)[1]


def test_a_page_that_goes_and_comes_back_at_once_has_its_place(tmp_path: Path) -> None:
    with a_project(tmp_path) as (root, project):
        note = root / "notes/Note 3.md"
        note.rename(root / "notes/Elsewhere.md")
        take_in(project)
        (root / "notes/Elsewhere.md").rename(note)
        take_in(project)
        assert is_settled(project)
        assert tree(project.folder) == clean_build(root, tmp_path / "clean")


def test_a_page_shows_no_neighbour_that_came_and_went_meanwhile(tmp_path: Path) -> None:
    with a_project(tmp_path) as (root, project):
        guest = root / "notes/Note 3 b.md"
        guest.write_text("for an instant")
        take_in(project, is_interrupted=True)
        assert not is_settled(project, is_interrupted=True)
        guest.unlink()
        note = root / "notes/Note 3.md"
        note.write_text(f"{note.read_text()}\nmore words\n")
        take_in(project)
        assert is_settled(project)
        assert tree(project.folder) == clean_build(root, tmp_path / "clean")


def test_pages_and_cache_that_are_deleted_come_back_with_the_next_edit(tmp_path: Path) -> None:
    with a_project(tmp_path) as (root, project):
        shutil.rmtree(user_cache_path("notebinder"))
        shutil.rmtree(root / "docs/topics")
        assert tree(project.folder) == clean_build(root, tmp_path / "clean")
        (root / "notes/Note 3.md").write_text("other words, and [[Note 1]]\n")
        take_in(project)
        assert is_settled(project)
        assert tree(project.folder) == clean_build(root, tmp_path / "clean")


def test_a_home_page_by_hand_is_told_from_the_list_of_the_notes(tmp_path: Path) -> None:
    """Both are called index.md; the one that the author writes follows a note that moves."""
    with a_project(tmp_path) as (_, project):
        assert project.is_by_hand("index.md")
        assert not project.is_by_hand("topics/index.md")
