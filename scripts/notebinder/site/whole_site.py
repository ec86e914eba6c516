"""The whole site of any vault: a project of its own, written where nobody looks, and built as any project."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml
from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.config import load_config

from notebinder.base.files import only_build, write_if_changed
from notebinder.base.settings import Options, write_options
from notebinder.base.urls import page_address
from notebinder.base.user_cache import find_user_cache
from notebinder.build.pipeline import Build
from notebinder.site.mkdocs_plugin import NotebinderPlugin
from notebinder.site.redirects import ADDRESSES
from notebinder.site.site_folder import claimed_site_folder
from notebinder.vault.syntax.slugs import fingerprint

THEME = Path(__file__).parent / "theme"

# A list of addresses, and not somebody's address book.
_LIST = re.compile(r"^(?:pages|redirects):", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class WholeSite:
    """What is to be built of a vault in which nothing is set up."""

    vault: Path
    output: Path
    """The folder that the site is written to."""
    options: Options = field(default_factory=Options)
    """What is published, and how."""
    name: str = ""
    """The site's name; empty for the vault's."""
    url: str = ""
    """The address that the site will have, where that is known."""

    @property
    def cache(self) -> Path:
        """The folder for what is of use to others, and for what is being built."""
        return find_user_cache([self.vault, self.output])[0]


def build_site(site: WholeSite) -> Build:
    """Convert the vault and build its site into the output folder."""
    output = site.output.resolve()
    with (
        only_build(output, site.cache / "locks"),
        written_project(site) as config_file,
        claimed_site_folder(output, site.vault.resolve()),
    ):
        config = load_config(str(config_file))
        plugin = config.plugins["notebinder"]
        assert isinstance(plugin, NotebinderPlugin)
        config.plugins.on_startup(command="build", dirty=False)
        plugin.is_for_command = True
        try:
            build_with_mkdocs(config)
        finally:
            config.plugins.on_shutdown()
    return plugin.conversion.built


@contextmanager
def written_project(site: WholeSite) -> Iterator[Path]:
    """Write a project whose site is the one that is wanted; give its `mkdocs.yml`, as long as that is needed.

    Its folder is the same each time, so that what was learnt of it holds; nobody else may look into it.
    """
    root = site.cache / "sites" / fingerprint(str(site.output.resolve()))
    shutil.rmtree(root, ignore_errors=True)  # a build that was killed left it
    root.mkdir(parents=True, mode=0o700)
    try:
        (root / "docs").mkdir()
        config_file = root / "mkdocs.yml"
        config_file.write_text(yaml.safe_dump(configuration(site)), "utf-8")
        listed = site.vault / ADDRESSES
        if (
            listed.is_file()
            and not listed.is_symlink()
            and _LIST.search(listed.read_text("utf-8", "replace"))
        ):
            shutil.copyfile(listed, root / ADDRESSES)
        yield config_file
    finally:
        shutil.rmtree(root, ignore_errors=True)


def configuration(site: WholeSite) -> dict[str, object]:
    """Return what stands in the project's `mkdocs.yml`."""
    vault = site.vault.resolve()
    name = site.name or vault.name
    return {
        "INHERIT": str(THEME / "mkdocs.yml"),
        "site_name": name,
        "site_url": site.url,
        "site_dir": str(site.output.resolve()),
        "edit_uri": "",  # whose repository the vault may lie in is not told without being asked
        "theme": {"custom_dir": str(THEME / "material")},
        "plugins": {
            "search": {},
            "awesome-nav": {},
            "notebinder": write_options(replace(site.options, vault=str(vault), home=name)),
        },
    }


def write_manifest(file: Path, built: Build, output: Path) -> None:
    """Write JSON that maps each note's path in the vault to its HTML files below the site's folder."""
    pages = {layout.note.path: [html_file(page.path) for page in layout.pages] for layout in built.layouts}
    write_if_changed(file.resolve(), (json.dumps(pages, ensure_ascii=False, indent=1) + "\n").encode())


def html_file(page: str) -> str:
    """Return the file that MkDocs builds a page into.

    >>> html_file("aws/rds.md"), html_file("aws/index.md")
    ('aws/rds/index.html', 'aws/index.html')
    """
    return f"{page_address(page)}index.html"
