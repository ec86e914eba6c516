"""Any folder of notes becomes a whole site, and bad input becomes a page or a problem."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from notebinder.cli.main import cli
from tests.support.projects import WriteVault

BAD_VAULT: dict[str, str | bytes] = {
    "empty.md": "",
    "only outline.md": "1. A\n2. B\n",
    "only outline.plan.yml": "topics: [A, B]\n",
    "outline without plan.md": "1. A\n2. B\n",
    "gone.plan.yml": "topics: [A]\n",
    "same titles.md": "1. A\n2. A\n\ntext\n",
    "same titles.plan.yml": "topics: [A, A]\n",
    "emoji.md": "1. 🎉\n\ntext",
    "emoji.plan.yml": "topics: [🎉]\n",
    "🎉.md": "# 🎉\n",
    "latin 1.md": "Café naïve\n".encode("latin-1"),
    "no image.png": b"this is text",
    "uses it.md": "![[no image.png]]\n\n![[x.md]]\n",
    "x.md/inside.md": "in a folder named like a note",
    "broken properties.md": "---\ntitle: a: b\n---\nbody\n",
    "marks.md": "\0 \x02 1 \x03 zwölf\n",
    "yaml bomb.md": "---\na: &a [x, x]\nb: [*a, *a]\n---\nbody\n",
    "theme.md": "---\ntemplate: gone.html\nicon: trees\nhide: 3\n---\nbody\n",
}


def site(vault: Path, tmp_path: Path) -> Result:
    output, manifest = str(tmp_path / "site"), str(tmp_path / "manifest.json")
    arguments = ["site", str(vault), "--output", output, "--manifest", manifest]
    return CliRunner().invoke(cli, arguments, catch_exceptions=False)


@pytest.fixture
def bad_site(write_vault: WriteVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return site(write_vault(BAD_VAULT), tmp_path)


def test_every_bad_note_gets_its_pages(bad_site: Result, tmp_path: Path) -> None:
    assert bad_site.exit_code == 0, bad_site.output
    manifest = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert set(manifest) == {path for path in BAD_VAULT if path.endswith(".md")}
    assert len(manifest["same titles.md"]) == len(set(manifest["same titles.md"])) == 3
    for files in manifest.values():
        for file in files:
            assert "<article" in (tmp_path / "site" / file).read_text("utf-8")


def test_bad_input_is_told_with_its_place(bad_site: Result) -> None:
    told = {line.partition("]")[0] + "]" for line in bad_site.output.splitlines() if "[" in line}
    assert {
        "gone.plan.yml: warning[plan-without-note]",
        "latin 1.md:1: warning[not-utf-8]",
        "no image.png: warning[unreadable-image]",
        "broken properties.md:2: warning[unreadable-properties]",
        "same titles.plan.yml:1: warning[repeated-topic]",
    } <= told


def test_the_text_of_a_note_in_another_encoding_is_kept(bad_site: Result, tmp_path: Path) -> None:
    assert "Café naïve" in (tmp_path / "site/latin-1/index.html").read_text("utf-8")


def test_a_vault_is_left_as_it_was(write_vault: WriteVault, tmp_path: Path) -> None:
    vault = write_vault({"a.md": "# a", "b/c.md": "text"})
    before = {path: path.read_bytes() for path in vault.rglob("*") if path.is_file()}
    assert site(vault, tmp_path).exit_code == 0
    assert {path: path.read_bytes() for path in vault.rglob("*") if path.is_file()} == before


def test_a_vault_without_a_home_note_gets_a_list_of_its_folders(
    write_vault: WriteVault, tmp_path: Path
) -> None:
    site(write_vault({"Part 10/b.md": "x", "Part 2/a.md": "x", "top.md": "x"}), tmp_path)
    home = (tmp_path / "site/index.html").read_text("utf-8")
    places = [home.index(f">{name}<") for name in ("Part 2", "Part 10")]
    assert places == sorted(places)
    assert 'href="part-2/a/"' in home


def test_an_empty_vault_becomes_a_site(write_vault: WriteVault, tmp_path: Path) -> None:
    result = site(write_vault({}), tmp_path)
    assert result.output.splitlines()[-2] == "0 notes, 0 pages, no problems"
    assert (tmp_path / "site/index.html").is_file()
