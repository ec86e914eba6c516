"""What search engines and other sites are told of the site, and of a preview."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.support import commands
from tests.support.projects import PROJECT

_POLICY = '<meta http-equiv="Content-Security-Policy" content="'
_LOADING = re.compile("<script|stylesheet|<style|<body")
LIVE = "https://reader.example/notes/"


@pytest.fixture(scope="module", params=["", "3"], ids=["live", "preview"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bool]:
    """This repository's site, and whether it is built as a preview."""
    folder = tmp_path_factory.mktemp("site")
    environment = {**os.environ, "SITE_URL": LIVE, "PREVIEW_PR": request.param, "NO_MKDOCS_2_WARNING": "1"}
    command = ["mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    done = commands.run(*command, cwd=PROJECT, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder, bool(request.param)


def pages(folder: Path) -> dict[str, str]:
    """Address -> HTML."""
    files = sorted(folder.rglob("index.html"))
    return {file.parent.relative_to(folder).as_posix().strip(".") + "/": file.read_text() for file in files}


def test_previews_and_only_they_are_hidden_from_search_engines(site: tuple[Path, bool]) -> None:
    folder, is_preview = site
    for address, html in pages(folder).items():
        assert html.count('<meta name="robots" content="noindex">') == is_preview, address


def test_every_page_names_its_live_address(site: tuple[Path, bool]) -> None:
    """Also in a preview, so that nobody is led there."""
    folder, _ = site
    sitemap = (folder / "sitemap.xml").read_text()
    for address, html in pages(folder).items():
        live = LIVE + address.lstrip("/")
        assert f'<link rel="canonical" href="{live}">' in html
        assert f'<meta property="og:url" content="{live}">' in html
        assert f"<loc>{live}</loc>" in sitemap


def test_every_page_has_a_description_and_a_card(site: tuple[Path, bool]) -> None:
    folder, _ = site
    for html in pages(folder).values():
        assert '<meta name="description" content="' in html
        assert '<meta name="twitter:card" content="summary_large_image">' in html
        card = html.partition('<meta property="og:image" content="')[2].partition('"')[0]
        assert (folder / urlsplit(card).path.removeprefix("/notes/")).is_file()


def test_every_page_has_its_policy_before_anything_that_it_loads(site: tuple[Path, bool]) -> None:
    """A host that sends no headers of ours is the rule, and what stands before the tag is free of it."""
    folder, _ = site
    for file in folder.rglob("*.html"):
        before, tag, _ = file.read_text("utf-8").partition(_POLICY)
        assert tag, file
        assert _LOADING.findall(before) == [], file


def test_headers_and_error_page_are_there(site: tuple[Path, bool]) -> None:
    folder, _ = site
    (styles,) = (folder / "assets/notebinder").glob("theme.*.css")
    rule = f"/assets/notebinder/{styles.name}\n  Cache-Control: public, max-age=31536000, immutable"
    assert rule in (folder / "_headers").read_text("utf-8")
    assert (folder / "404.html").is_file()
