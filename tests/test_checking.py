"""Problems are told to people, programs and GitHub."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from notebinder.checking import UnknownCodeError, explain
from notebinder.cli import cli

from .conftest import WriteVault

FILES = {"a.md": "# a\n\n[[gone]]\n", "unused.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>'}


def check(vault: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["check", str(vault), *arguments], catch_exceptions=False)


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def test_problems_are_told_like_a_good_compiler_tells_them(write_vault: WriteVault) -> None:
    assert check(write_vault(FILES)).output.splitlines() == [
        "a.md:3: warning[missing-note] [[gone]] matches no note",
        "unused.svg: info[unused-attachment] no note uses it; embed it, or delete it",
        "1 note, 2 pages, 1 warning, 1 info",
    ]


def test_only_strict_fails_on_warnings(write_vault: WriteVault) -> None:
    vault = write_vault(FILES)
    assert check(vault).exit_code == 0
    assert check(vault, "--strict").exit_code == 1


def test_a_check_writes_no_page(write_vault: WriteVault, tmp_path: Path) -> None:
    vault = write_vault(FILES)
    check(vault)
    assert sorted(path.name for path in vault.iterdir()) == ["a.md", "unused.svg"]
    assert list((tmp_path / "cache").rglob("*.md")) == []


def test_programs_read_json(write_vault: WriteVault) -> None:
    found = json.loads(check(write_vault(FILES), "--format", "json").output)
    assert found[0] == {
        "path": "a.md",
        "line": 3,
        "code": "missing-note",
        "severity": "warning",
        "message": "[[gone]] matches no note",
        "hint": "",
    }


def test_github_annotates_the_line(write_vault: WriteVault) -> None:
    first = check(write_vault(FILES), "--format", "github").output.splitlines()[0]
    assert first == "::warning file=a.md,line=3,title=missing-note::[[gone]] matches no note"


def test_a_code_is_explained_and_an_unknown_one_guessed() -> None:
    assert explain("missing-note").startswith("warning[missing-note]\n\n")
    with pytest.raises(UnknownCodeError, match='did you mean "missing-note"'):
        explain("mising-note")
