"""Build the whole site of any vault, with default settings and nothing set up in it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.config import load_config
from mkdocs.utils.yaml import get_yaml_loader
from platformdirs import user_cache_path

from notebinder.home import home_page
from notebinder.output import write_if_changed, write_tree
from notebinder.pipeline import Build, build
from notebinder.problems import Problem, graded
from notebinder.progress import progress_bar
from notebinder.redirects import page_address
from notebinder.settings import Options, resolve_settings

_WHOLE_NAVIGATION = 300
"""With more pages each page's navigation shows only what is near it, or it would outweigh the page."""

THEME = Path(__file__).parent / "theme"


def build_site(vault: Path, output: Path) -> tuple[Build, tuple[Problem, ...]]:
    """Convert the vault and build its site into the output folder."""
    vault, output = vault.resolve(), output.resolve()
    with tempfile.TemporaryDirectory(prefix="notebinder-") as folder:
        docs = Path(folder) / "docs"
        options = Options(vault=str(vault))
        cache = user_cache_path("notebinder")
        settings = resolve_settings(options, root=vault, docs=docs, site=output, cache=cache)
        with progress_bar("publishing images", "image") as progress:
            built = build(settings, progress=progress)
        files = {**home_page(built.layouts, vault.name), **built.files}
        written = write_tree(docs, files, kept=built.media)
        built = replace(built, files=files)
        config_file = Path(folder) / "mkdocs.yml"
        configuration = _configuration(vault.name, docs, output, pages=len(files))
        config_file.write_text(yaml.safe_dump(configuration), "utf-8")
        _run_mkdocs(config_file)
    return built, graded([*built.problems, *written.problems], settings.levels)


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


def _configuration(name: str, docs: Path, output: Path, *, pages: int) -> Mapping[str, Any]:
    theme: dict[str, Any] = {"custom_dir": str(THEME / "material")}
    if pages > _WHOLE_NAVIGATION:
        theme["features"] = [*_features(), "navigation.prune"]
    return {
        "INHERIT": str(THEME / "mkdocs.yml"),
        "site_name": name,
        "docs_dir": str(docs),
        "site_dir": str(output),
        "theme": theme,
        "plugins": {"search": {}, "awesome-nav": {}},
    }


def _features() -> list[str]:
    """The theme's features; a list in a configuration replaces the inherited one."""
    loader = get_yaml_loader()
    return list(yaml.load((THEME / "mkdocs.yml").read_text("utf-8"), loader)["theme"]["features"])  # noqa: S506


def _run_mkdocs(config_file: Path) -> None:
    config = load_config(str(config_file))
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build_with_mkdocs(config)
    finally:
        config.plugins.on_shutdown()
