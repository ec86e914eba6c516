"""Whole real vaults: nothing is lost, no link is dead, and the pages show what Obsidian shows."""

from __future__ import annotations

import importlib.util
import json
import posixpath
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from notebinder.cli.main import cli
from tests.support.real_vaults import real_vault

FEW = 100
"""In a kind with fewer events than this one miss is allowed."""


Built = tuple[Path, Path, str]
"""A vault, the folder with the site built from it, and what the command said."""


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Built]:
    """Build the site of a vault, once."""

    @cache
    def built(name: str) -> Built:
        vault = real_vault(name)
        folder = tmp_path_factory.mktemp(name)
        shutil.copytree(vault, folder / name)
        _shrink_images(folder / name)
        arguments = ["site", str(folder / name), "--output", str(folder / "site")]
        manifest = ["--manifest", str(folder / "manifest.json")]
        result = CliRunner().invoke(cli, [*arguments, *manifest], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return vault, folder, result.output

    return built


@pytest.fixture(params=["obsidian-help", "student-notes"])
def built(request: pytest.FixtureRequest, build: Callable[[str], Built]) -> Built:
    return build(request.param)


def _shrink_images(folder: Path) -> None:
    """To make renditions of them all takes minutes, and what is looked at here are words and links."""
    for file in folder.rglob("*"):
        if file.suffix.lower() in (".gif", ".jpeg", ".jpg", ".png", ".webp"):
            with Image.open(file) as image:
                image.thumbnail((64, 64))
                image.save(file)


def test_every_account_balances(built: Built) -> None:
    assert "lost-text" not in built[2]
    assert "error" not in built[2].splitlines()[-2]
    assert built[2].splitlines()[-1].endswith("every word accounted for")


def test_no_internal_link_or_anchor_is_dead(built: Built) -> None:
    assert dead_links(built[1] / "site") == []


def dead_links(site: Path) -> list[tuple[str, str]]:
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    pages = {
        path: LexborHTMLParser((site / path).read_text("utf-8")) for path in files if path.endswith(".html")
    }
    ids = {path: {node.attributes.get("id") for node in tree.css("[id]")} for path, tree in pages.items()}
    links = (
        (path, node.attributes.get("href") or node.attributes.get("src") or "")
        for path, tree in pages.items()
        if path != "404.html"
        for node in tree.css("a[href], link[href], img[src], script[src], source[src]")
    )
    return [(path, link) for path, link in links if not leads_somewhere(path, link, files, ids)]


def leads_somewhere(page: str, link: str, files: set[str], ids: dict[str, set[str | None]]) -> bool:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or not link:
        return True
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
    target = page if not parts.path else path if path in files else posixpath.normpath(f"{path}/index.html")
    return target in files and (not parts.fragment or unquote(parts.fragment) in ids.get(target, set()))


MARKUP = {"b": "strong", "i": "em", **{name: name for name in ("strong", "em", "code", "kbd", "th", "td")}}
"""What stands for which markup within a line."""
NO_MARKUP = (
    "[data-generated], .headerlink, .footnote-backref, .footnote, .footnotes, sup, .math, .arithmatex,"
    " .mermaid, pre:has(.language-mermaid)"
)
"""What the site adds, and what is drawn from its source."""


@pytest.mark.parametrize(
    "name", ["obsidian-help", "student-notes", "aws-notes", "aws-notes-2", "obsidian-export-cases"]
)
def test_markup_and_code_are_what_markdown_it_understood(name: str, build: Callable[[str], Built]) -> None:
    """Each emphasis, code, key and cell with its text, and each block of code to the letter."""
    vault, folder, _ = build(name)
    oracle = oracle_of(vault)
    wrong = {}
    for note, pages in json.loads((folder / "manifest.json").read_text("utf-8")).items():
        asked = Counter(markup(oracle.html(note) or ""))
        shown = Counter(found for page in pages for found in markup(article(folder / "site" / page)))
        if asked != shown:
            wrong[note] = asked - shown, shown - asked
    assert wrong == {}


def oracle_of(vault: Path) -> Any:
    """Return what renders a note with markdown-it."""
    scorer = vault.parent.parent / "fidelity/fidelity.py"
    if not scorer.is_file():
        pytest.skip("the scorer does not lie beside the vaults")
    spec = importlib.util.spec_from_file_location("fidelity", scorer)
    assert spec
    assert spec.loader
    sys.modules["fidelity"] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Oracle(module.Vault(vault))


def article(page: Path) -> str:
    node = LexborHTMLParser(page.read_text("utf-8")).css_first("article")
    return (node and node.html) or ""


def markup(html: str) -> Iterator[tuple[str, str]]:
    tree = LexborHTMLParser(html)
    for node in tree.css(NO_MARKUP):
        node.decompose()
    for block in tree.css("pre"):
        if code := block.css_first("code"):
            yield "pre", code.text()
        block.decompose()
    for node in tree.css(",".join(MARKUP)):
        if text := re.sub(r"\s+", "", node.text()):
            yield MARKUP[str(node.tag)], text


def test_pages_show_what_obsidian_shows(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    vault, folder, _ = built
    scorer = vault.parent.parent / "fidelity/fidelity.py"
    if not scorer.is_file():
        pytest.skip("the scorer does not lie beside the vaults")
    report = folder / "fidelity.json"
    places: list[str | Path] = [
        "--vault",
        vault,
        "--site",
        folder / "site",
        "--map",
        folder / "manifest.json",
        "--json",
        report,
    ]
    subprocess.run([sys.executable, scorer, *places], check=True, capture_output=True, timeout=300)
    scores: dict[str, Any] = json.loads(report.read_text("utf-8"))
    with capsys.disabled():
        shown = {key: round(scores[key], 4) for key in ("recall", "word_recall", "precision")}
        print(f"\n{vault.name}: {shown}, leaks {sum(scores['leaks'].values())}")
    assert scores["recall"] >= 0.995
    assert scores["word_recall"] == 1
    assert scores["precision"] >= 0.97
    assert scores["leaks"] == {}
    weak = {
        kind: count
        for kind, count in scores["kinds"].items()
        if count["asked"] - count["right"] > (1 if count["asked"] < FEW else 0.01 * count["asked"])
    }
    assert weak == {}
