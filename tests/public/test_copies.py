"""Copies that programs leave of a file are told from notes that are only called alike."""

from __future__ import annotations

import pytest

from notebinder.base.settings import Options, Settings, resolve_settings
from notebinder.public.copies import find_copies
from notebinder.public.public_vault import read_public_vault
from notebinder.vault.reading import open_vault
from tests.support.projects import WriteVault

CERTAIN = (
    "Plan (conflicted copy 2026-03-02 081500).md",
    "Plan (Jo's conflicted copy 2026-03-02).md",
    "Plan (Jo's conflicted copy 2026-03-02) (1).md",
    "Plan (In Konflikt stehende Kopie von Jo 2026-03-02).md",
    "Plan (Copie en conflit de Jo 2026-03-02).md",
    "Plan (Conflicted copy Phone 202603020815).md",
    "Plan (SFConflict jo@host 2026-03-02-08-15-00).md",
    "Plan (Case Conflict).md",
    "Plan.sync-conflict-20260302-081500-ABCDEFG.md",
    "Plan_conflict-20260302-081500.md",
)
LIKELY = ("Plan-DESKTOP-4F7KQ2A.md", "Plan-LAPTOP-ABC123.md", "Plan [Conflict].md", "Plan (conflict).md")
POSSIBLE = ("Plan (1).md", "Plan 2.md", "Plan copy.md", "Plan - Copy.md", "Plan Kopie 2.md")
NONE = (
    "Plan of (the) year.md",
    "Conflict.md",
    "On conflicted copies.md",
    "(1).md",
    "Plan 2026.md",
    "Plan-B.md",
)


@pytest.mark.parametrize("name", CERTAIN)
def test_a_copy_is_known_by_its_name_even_where_the_note_is_gone(name: str) -> None:
    assert list(find_copies([f"a/{name}"])) == [(f"a/{name}", "a/Plan.md", True)]


@pytest.mark.parametrize("name", LIKELY)
def test_another_is_one_only_beside_the_note(name: str) -> None:
    assert list(find_copies([name])) == []
    assert list(find_copies(["plan.md", name])) == [(name, "plan.md", True)]


@pytest.mark.parametrize("name", POSSIBLE)
def test_a_usual_name_may_be_that_of_a_copy(name: str) -> None:
    assert list(find_copies([name, "b/Plan.md"])) == []
    assert list(find_copies([name, "Plan.md"])) == [(name, "Plan.md", False)]


@pytest.mark.parametrize("name", NONE)
def test_other_names_are_of_notes(name: str) -> None:
    assert list(find_copies([name, "Plan.md", ".md"])) == []


def _settings(vault: object, **options: bool) -> Settings:
    return resolve_settings(Options(vault=str(vault), **options), root=vault, docs=None)  # type: ignore[arg-type]


@pytest.mark.parametrize("are_published", [False, True])
@pytest.mark.parametrize("copy", [CERTAIN[0], LIKELY[0], POSSIBLE[0]])
def test_no_copy_of_a_private_note_is_published(
    copy: str, are_published: bool, write_vault: WriteVault
) -> None:
    """Whatever the settings say: the property may be newer than the copy."""
    vault = write_vault({"Plan.md": "---\npublish: false\n---\nx", copy: "x"})
    settings = _settings(vault, publish_conflict_copies=are_published)
    public = read_public_vault(open_vault(settings)[0], settings)
    assert dict(public.vault.notes) == {}
    assert [(problem.location.path, problem.code) for problem in public.problems] == [(copy, "conflict-copy")]


@pytest.mark.parametrize(
    ("copy", "are_published", "is_public"),
    [
        (CERTAIN[0], False, False),
        (CERTAIN[0], True, True),
        (LIKELY[0], False, False),
        (LIKELY[0], True, True),
        (POSSIBLE[0], False, True),
        (POSSIBLE[0], True, True),
    ],
)
def test_a_copy_of_a_public_note_is_told_and_left_out_unless_wanted(
    copy: str, are_published: bool, is_public: bool, write_vault: WriteVault
) -> None:
    vault = write_vault({"Plan.md": "x", copy: "x"})
    settings = _settings(vault, publish_conflict_copies=are_published)
    public = read_public_vault(open_vault(settings)[0], settings)
    assert (copy in public.vault.notes) is is_public
    assert bool(public.problems) is not is_public


def test_a_file_that_was_put_away_is_told(write_vault: WriteVault) -> None:
    settings = _settings(write_vault({"Hub.md": "[[Evicted]]", "a/.Evicted.md.icloud": b"bplist00"}))
    _, problems = open_vault(settings)
    told = {(problem.location.path, problem.code) for problem in problems}
    assert told == {("a/Evicted.md", "not-downloaded")}
