"""An export is a docs folder that needs neither our plugin nor roamlinks, whatever builds it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from notebinder.cli.main import cli
from notebinder.site.hand_written import (
    narrowed,
    page_names,
    resolve_wikilinks,
    with_found_links,
    without_private,
)
from notebinder.site.headers import REPORT
from tests.support.projects import PROJECT, BuildVault, WriteVault, sample_project

pytestmark = pytest.mark.whole

BASE = (PROJECT / "scripts/notebinder/site/theme/mkdocs.yml").read_text("utf-8")
CONFIG = f"""\
site_name: Exported
theme: {{name: material, font: false}}
plugins: [search, awesome-nav]
{BASE[BASE.index("markdown_extensions:") :]}
"""
NAMES = page_names(["index.md", "topics/aws/index.md", "topics/aws/rds-proxy.md", "about.md"])


@pytest.mark.parametrize(
    ("text", "resolved"),
    [
        ("[[rds proxy]]", "[rds proxy](./topics/aws/rds-proxy.md)"),
        ("[[RDS_Proxy|the *proxy*]]", "[the *proxy*](./topics/aws/rds-proxy.md)"),
        ("[[topics/aws/index|AWS]]", "[AWS](./topics/aws/index.md)"),
        ("[[about#Who we are]]", "[about &#62; Who we are](./about.md#who-we-are)"),
        ("[[gone]] text", "gone text"),
        ("[[gone|my own words]] text", "my own words text"),
        ("[[gone|2 * 2]] text", "2 &#42; 2 text"),
        ("`[[about]]`", "`[[about]]`"),
        ("```\n[[about]]\n```", "```\n[[about]]\n```"),
        ("- a\n    - [[about]]\n", "- a\n    - [about](./about.md)\n"),
        ("<div markdown>\n\n## [[about]]\n\n</div>", "<div markdown>\n\n## [about](./about.md)\n\n</div>"),
    ],
)
def test_links_of_hand_written_pages_are_resolved_outside_code(text: str, resolved: str) -> None:
    assert resolve_wikilinks(text, "index.md", NAMES) == resolved


def test_on_the_site_links_to_no_page_are_left_to_be_told() -> None:
    text = "[[about]] [[gone]] `[[about]]`"
    assert with_found_links(text, "index.md", NAMES) == "[about](./about.md) [[gone]] `[[about]]`"


def test_of_a_page_and_a_private_note_of_one_name_links_mean_the_page(build_vault: BuildVault) -> None:
    private = build_vault({"Secret Plan.md": "---\npublish: false\n---\nx", "a.md": "a"}).public.names
    text = "[[Secret Plan]] [[secret_plan|it]]\n"
    alone = page_names(["index.md", "a.md"])
    assert without_private(text, narrowed(private, alone)) == "private note it\n"
    beside = page_names(["index.md", "secret-plan.md"])
    assert without_private(text, narrowed(private, beside)) == text


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first site, exported, with a configuration that knows nothing of us."""
    folder = tmp_path_factory.mktemp("exported")
    arguments = ["export", str(folder / "docs"), "--config", str(sample_project(folder / "project"))]
    result = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    (folder / "mkdocs.yml").write_text(CONFIG, "utf-8")
    return folder


@pytest.mark.parametrize("engine", ["properdocs", "zensical"])
def test_other_engines_build_the_first_site(exported: Path, engine: str) -> None:
    command = [str(Path(sys.executable).with_name(engine)), "build", "--strict", "-f", "mkdocs.yml"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    built = subprocess.run(
        command, cwd=exported, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert built.returncode == 0, built.stdout + built.stderr
    site, docs = exported / "site", exported / "docs"
    for page in docs.rglob("*.md"):
        path = page.relative_to(docs).with_suffix("")
        html = site / (path.parent if path.name == "index" else path) / "index.html"
        shown = re.sub(r"<(code|pre|script)\b.*?</\1>", "", html.read_text("utf-8"), flags=re.DOTALL)
        assert "[[" not in shown


def test_the_report_tells_of_every_page(exported: Path) -> None:
    """Also of those that are written by hand; each picture by its file or as missing."""
    docs = exported / "docs"
    pages = {page["path"]: page for page in json.loads((docs / REPORT).read_text("utf-8"))["pages"]}
    assert pages.keys() == {page.relative_to(docs).as_posix() for page in docs.rglob("*.md")}
    home, topic = pages["index.md"], pages["topics/aws-databases/amazon-rds.md"]
    assert (home["note"], topic["note"]) == ("", "notes/AWS databases.md")
    assert "Slides and short texts" in home["text"]
    assert "- Useful for applications with high read demands" in topic["text"]
    shown = [figure for page in pages.values() for figure in page["figures"]]
    assert {figure["file"] for figure in shown if figure["file"]} <= {
        file.relative_to(docs).as_posix() for file in docs.rglob("*.webp")
    }
    assert len(shown) >= 28


def test_a_vault_alone_is_exported_with_a_home_page(write_vault: WriteVault, tmp_path: Path) -> None:
    vault = write_vault({"Area/note.md": "text [[note]]"})
    target = tmp_path / "docs"
    result = CliRunner().invoke(cli, ["export", str(target), "--vault", str(vault)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    pages = sorted(path.relative_to(target).as_posix() for path in target.rglob("*.md"))
    assert pages == ["area/index.md", "area/note.md", "index.md"]
    assert (target / "assets/notebinder/colours.css").is_file()


def test_an_export_leaves_other_files_in_its_folder_alone(write_vault: WriteVault, tmp_path: Path) -> None:
    vault = write_vault({"a.md": "text"})
    target = tmp_path / "docs"
    target.mkdir()
    (target / "a.md").write_text("mine")
    result = CliRunner().invoke(cli, ["export", str(target), "--vault", str(vault)], catch_exceptions=False)
    assert "a.md: error[foreign-file]" in result.output
    assert (target / "a.md").read_text() == "mine"
