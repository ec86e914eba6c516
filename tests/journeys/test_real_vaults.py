"""Whole real vaults: nothing is lost, no link is dead, and the pages show what Obsidian shows."""

from __future__ import annotations

import json
import posixpath
import shutil
import subprocess
import sys
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


@pytest.fixture(scope="module", params=["obsidian-help", "student-notes"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """A vault, the site built from it, and what the command said."""
    vault = real_vault(request.param)
    folder = tmp_path_factory.mktemp(request.param)
    shutil.copytree(vault, folder / vault.name)
    _shrink_images(folder / vault.name)
    arguments = ["site", str(folder / vault.name), "--output", str(folder / "site")]
    result = CliRunner().invoke(
        cli, [*arguments, "--manifest", str(folder / "manifest.json")], catch_exceptions=False
    )
    assert result.exit_code == 0, result.output
    return vault, folder, result.output


def _shrink_images(folder: Path) -> None:
    """To make renditions of them all takes minutes, and what is looked at here are words and links."""
    for file in folder.rglob("*"):
        if file.suffix.lower() in (".gif", ".jpeg", ".jpg", ".png", ".webp"):
            with Image.open(file) as image:
                image.thumbnail((64, 64))
                image.save(file)


def test_every_account_balances(built: tuple[Path, Path, str]) -> None:
    assert "lost-text" not in built[2]
    assert "error" not in built[2].splitlines()[-2]
    assert built[2].splitlines()[-1].endswith("; balanced")


def test_no_internal_link_or_anchor_is_dead(built: tuple[Path, Path, str]) -> None:
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


def test_pages_show_what_obsidian_shows(
    built: tuple[Path, Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
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
