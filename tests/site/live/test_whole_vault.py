"""A vault in which nothing is set up is served as a project is."""

from __future__ import annotations

from pathlib import Path

import pytest

from notebinder.site.whole_site import WholeSite, written_project
from tests.support.projects import WriteVault
from tests.support.serving import served_project

pytestmark = pytest.mark.whole


def test_an_edit_of_a_vault_by_itself_is_shown_on_its_page_and_on_the_home_page(
    write_vault: WriteVault, tmp_path: Path
) -> None:
    vault, folder = write_vault({"a.md": "# A\n\nold words\n"}), tmp_path / "served"
    with (
        written_project(WholeSite(vault, folder)) as config_file,
        served_project(config_file.parent, folder) as (project, _, _),
    ):
        (vault / "a.md").write_text("# A\n\nnew words\n")
        (vault / "b.md").write_text("# B\n")
        project.site.take(project.convert())
        changed, is_done = project.site.settle(project.is_by_hand, lambda: False)
        assert is_done
        assert {"a/index.html", "b/index.html", "index.html"} <= changed
        assert "new words" in (folder / "a/index.html").read_text("utf-8")
        assert 'href="b/"' in (folder / "index.html").read_text("utf-8")
