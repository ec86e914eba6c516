"""What an author does while `mkdocs serve` still builds for the first time is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.author import write_project
from tests.support.serving import clean_build, serving, wait_until

pytestmark = pytest.mark.whole


def edit_notes(root: Path) -> None:
    (root / "notes/Note 0.md").write_text("Other words, and [[New]]\n")
    (root / "notes/New.md").write_text("A new note\n")
    (root / "notes/Note 3.md").unlink()
    (root / "docs/index.md").write_text("# Home\n\nOther words\n")


def change_the_configuration(root: Path) -> None:
    file = root / "mkdocs.yml"
    file.write_text(file.read_text("utf-8").replace("site_name:", "site_name: Other"), "utf-8")


@pytest.mark.parametrize("edit", [edit_notes, change_the_configuration])
def test_what_is_saved_while_the_first_build_runs_is_shown(
    edit: Callable[[Path], None], tmp_path: Path
) -> None:
    root = write_project(tmp_path / "project")
    with serving(root, tmp_path / "served", patience=60, meanwhile=lambda: edit(root)) as served:
        wanted = clean_build(root, tmp_path / "clean")
        assert wait_until(lambda: served.files() == wanted, seconds=60)
