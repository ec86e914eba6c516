"""What the plugin does at single events of MkDocs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from notebinder.site.mkdocs_plugin import NotebinderPlugin
from tests.support.projects import WriteVault, settings_for


@pytest.fixture
def plugin(write_vault: WriteVault, tmp_path: Path) -> NotebinderPlugin:
    """In a session, with the pages of a vault written."""
    plugin = NotebinderPlugin()
    plugin.on_startup(command="build", dirty=False)
    settings = settings_for(
        write_vault({"a.md": "![[b.pdf]]", "c.md": "c", "b.pdf": "%PDF"}), tmp_path / "docs"
    )
    plugin.conversion.run(replace(settings, output=settings.docs / "topics"))
    return plugin


def look_for_files(plugin: NotebinderPlugin, *, found: list[str]) -> None:
    """Have it hear of the files that MkDocs and other plugins have found."""
    docs = plugin.conversion.settings.docs
    config = MkDocsConfig()
    config.docs_dir = str(docs)
    plugin.on_files(Files([File(path, str(docs), "", True) for path in found]), config=config)


def written(plugin: NotebinderPlugin) -> list[str]:
    docs = plugin.conversion.settings.docs
    return [file.relative_to(docs).as_posix() for file in docs.rglob("*") if file.name[0] != "."]


def test_a_page_or_a_file_that_vanished_before_mkdocs_looked_stops_the_build(
    plugin: NotebinderPlugin,
) -> None:
    """Without a word the site would be built without it."""
    there = written(plugin)
    look_for_files(plugin, found=there)
    (media,) = (path for path in there if path.endswith(".pdf"))
    for path in ("topics/c.md", media):
        (plugin.conversion.settings.docs / path).unlink()
        with pytest.raises(FileNotFoundError, match=path):
            look_for_files(plugin, found=[each for each in there if each != path])
        there.remove(path)
        look_for_files(plugin, found=[*there, path])  # what another plugin has put in its place is as good
        (plugin.conversion.settings.docs / path).touch()


def test_a_page_that_another_plugin_leaves_out_stops_nothing(plugin: NotebinderPlugin) -> None:
    look_for_files(plugin, found=["topics/a.md"])
