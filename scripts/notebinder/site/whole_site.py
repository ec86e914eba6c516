"""Build the whole site of any vault, with default settings and nothing set up in it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.config import load_config
from platformdirs import user_cache_path

from notebinder.base.files import only_build, write_if_changed
from notebinder.base.problems import NotebinderError, Problem
from notebinder.base.progress import progress_bar
from notebinder.base.settings import FRAME_HOSTS, Options, resolve_settings
from notebinder.base.urls import page_address
from notebinder.build.build_cache import convert
from notebinder.build.output import write_tree
from notebinder.build.pipeline import Build
from notebinder.pages.home import home_page
from notebinder.site import progress_events, search_events, theme_events
from notebinder.vault.syntax.slugs import fingerprint

SITE_MARK = ".notebinder-site"
"""Tells a folder that sites are written to from one that holds an author's files."""

THEME = Path(__file__).parent / "theme"


class SiteFolderError(NotebinderError):
    """A folder that no site may be written to."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"{folder}: {reason}; choose a folder that is new or empty")


def build_site(vault: Path, output: Path, options: Options | None = None) -> Build:
    """Convert the vault and build its site into the output folder; `options` say what is published."""
    vault, output = vault.resolve(), output.resolve()
    cache = user_cache_path("notebinder")
    with only_build(output, cache / "locks"), _workshop(cache / "sites" / fingerprint(str(output))) as folder:
        claim_site_folder(output, vault)
        docs = folder / "docs"
        options = replace(options or Options(), vault=str(vault))
        settings = resolve_settings(options, root=vault, docs=docs, site=output, cache=cache)
        built = convert(settings, step=progress_bar)
        files = {**home_page(built.layouts, vault.name), **built.files}
        written = write_tree(docs, files, kept=built.media)
        built = replace(built, files=files)
        config_file = folder / "mkdocs.yml"
        configuration = _configuration(vault.name, docs, output)
        config_file.write_text(yaml.safe_dump(configuration), "utf-8")
        indexed = _run_mkdocs(config_file, settings.pagefind_above)
    return built.with_problems([*written.problems, *indexed])


@contextmanager
def _workshop(folder: Path) -> Iterator[Path]:
    """Provide an empty folder that nobody else may look into; a killed build's is emptied by the next."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def claim_site_folder(output: Path, vault: Path) -> None:
    """Mark a folder as one for sites; refuse one that holds anything else, for MkDocs empties it."""
    if vault.is_relative_to(output):
        raise SiteFolderError(output, "holds the vault, and building a site empties the folder")
    if output.exists() and not output.is_dir():
        raise SiteFolderError(output, "is no folder")
    names = [place.name for place in output.iterdir()] if output.is_dir() else []
    there = sorted(name for name in names if not name.startswith("."))  # MkDocs leaves hidden files alone
    if there and SITE_MARK not in names:
        raise SiteFolderError(output, f"holds {there[0]}, which no site of notebinder put there")
    links = [name for name in there if (output / name).is_symlink()]
    if links:
        raise SiteFolderError(output, f"holds the link {links[0]}, and what it leads to is not ours")
    write_if_changed(output / SITE_MARK, b"notebinder empties this folder whenever it builds a site here.\n")


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


def _configuration(name: str, docs: Path, output: Path) -> Mapping[str, Any]:
    return {
        "INHERIT": str(THEME / "mkdocs.yml"),
        "site_name": name,
        "docs_dir": str(docs),
        "site_dir": str(output),
        "theme": {"custom_dir": str(THEME / "material")},
        "plugins": {"search": {}, "awesome-nav": {}},
    }


def _run_mkdocs(config_file: Path, pagefind_above: int) -> tuple[Problem, ...]:
    config = load_config(str(config_file))
    search = search_events.SearchEvents(pagefind_above)
    config.plugins[theme_events.NAME] = theme_events.ThemeEvents(FRAME_HOSTS)
    config.plugins[search_events.NAME] = search
    config.plugins[progress_events.NAME] = progress_events.ProgressEvents()
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build_with_mkdocs(config)
    finally:
        config.plugins.on_shutdown()
    return search.problems
