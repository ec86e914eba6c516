"""Golden vaults: every file of a build is compared with what is expected, and the other way round."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from notebinder.build.output import RECORD, write_tree
from notebinder.build.pipeline import build
from tests.support.projects import PROJECT, settings_for

VAULTS = PROJECT / "tests/vaults"


def tree(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != RECORD)
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted(files)}


@pytest.mark.parametrize("name", sorted(path.name for path in VAULTS.iterdir()))
def test_a_vault_becomes_these_pages_and_no_others(name: str, tmp_path: Path, update_golden: bool) -> None:
    expected, problems = VAULTS / name / "expected", VAULTS / name / "problems.txt"
    # Elsewhere, so that the dates of this repository's commits are not taken for those of the notes.
    vault = shutil.copytree(VAULTS / name / "vault", tmp_path / "vault")
    docs = tmp_path / "docs"
    built = build(settings_for(vault, docs))
    write_tree(docs, built.files, kept=built.media)
    told = "".join(f"{problem}\n" for problem in built.problems)
    if update_golden:
        shutil.rmtree(expected, ignore_errors=True)
        shutil.copytree(docs, expected, ignore=shutil.ignore_patterns(RECORD))
        problems.write_text(told, "utf-8")
    assert tree(docs) == tree(expected)
    assert told == problems.read_text("utf-8")


@pytest.mark.parametrize("name", sorted(path.name for path in VAULTS.iterdir()))
def test_building_twice_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    vault = shutil.copytree(VAULTS / name / "vault", tmp_path / "vault")
    first, second = (build(settings_for(vault, tmp_path / folder / "docs")) for folder in ("one", "two"))
    assert first.files == second.files
    assert first.media == second.media
