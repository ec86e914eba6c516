"""What git knows of a note: its first and its last commit, under whatever name and in whatever repository."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from notebinder.pages.dates import Dates, read_history

IDENTITY = ("-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "protocol.file.allow=always")
JANUARY, FEBRUARY, MARCH = (date(2024, month, 1) for month in (1, 2, 3))


def git(folder: Path, *arguments: str, day: date = JANUARY) -> None:
    stamp = f"{day.isoformat()}T12:00:00+00:00"
    environment = {"GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp, "PATH": "/usr/bin:/bin"}
    command = ["git", "-C", str(folder), *IDENTITY, *arguments]
    subprocess.run(command, check=True, env=environment, capture_output=True)


def commit(folder: Path, files: dict[str, str], day: date) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "notes", day=day)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q")
    return folder


def test_a_note_has_its_first_and_its_last_commit(repository: Path) -> None:
    vault = repository / "my vault"
    commit(repository, {"my vault/Äpfel.md": "one"}, JANUARY)
    commit(repository, {"my vault/Äpfel.md": "two"}, FEBRUARY)
    known = read_history(vault)
    assert known.dates == {"Äpfel.md": Dates(JANUARY, FEBRUARY)}
    (vault / "Äpfel.md").write_text("not committed")
    assert read_history(vault, known) is known
    git(repository, "commit", "-qam", "note", day=MARCH)
    assert read_history(vault, known).dates == {"Äpfel.md": Dates(JANUARY, MARCH)}


def test_without_git_nothing_is_known(tmp_path: Path) -> None:
    assert read_history(tmp_path).dates == {}


def test_moving_a_note_is_no_writing_of_it(repository: Path) -> None:
    commit(repository, {"Sea/Tides.md": "words\n" * 9, "Sea/Other.md": "other\n" * 9}, JANUARY)
    git(repository, "mv", "Sea", "Coast")
    (repository / "Coast/Other.md").write_text("other\n" * 9 + "more\n")
    commit(repository, {}, FEBRUARY)
    dates = read_history(repository).dates
    assert dates["Coast/Tides.md"] == Dates(JANUARY, JANUARY)
    assert dates["Coast/Other.md"] == Dates(JANUARY, FEBRUARY)


def test_a_note_that_took_the_name_of_a_moved_one_is_another(repository: Path) -> None:
    commit(repository, {"a.md": "words\n" * 9}, JANUARY)
    git(repository, "mv", "a.md", "b.md")
    commit(repository, {}, FEBRUARY)
    commit(repository, {"a.md": "of its own"}, MARCH)
    dates = read_history(repository).dates
    assert dates == {"a.md": Dates(MARCH, MARCH), "b.md": Dates(JANUARY, JANUARY)}


def test_notes_in_a_submodule_have_their_own_history(repository: Path, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    git(shared, "init", "-q")
    commit(shared, {"n.md": "words"}, JANUARY)
    git(repository, "submodule", "add", "-q", str(shared), "in it")
    commit(repository, {"own.md": "words"}, FEBRUARY)
    known = read_history(repository)
    assert known.dates["in it/n.md"] == Dates(JANUARY, JANUARY)
    assert known.dates["own.md"] == Dates(FEBRUARY, FEBRUARY)
    commit(repository / "in it", {"n.md": "other words"}, MARCH)
    assert read_history(repository, known).dates["in it/n.md"] == Dates(JANUARY, MARCH)
    git(tmp_path, "clone", "-q", str(repository), "clone")
    (told,) = read_history(tmp_path / "clone").problems
    assert str(told) == (
        "in it/: warning[empty-submodule] is a submodule that was never fetched; run "
        "`git submodule update --init --recursive`"
    )


def test_a_clone_of_the_newest_commits_tells_how_to_fetch_the_others(
    repository: Path, tmp_path: Path
) -> None:
    commit(repository, {"n.md": "one"}, JANUARY)
    commit(repository, {"n.md": "two"}, FEBRUARY)
    git(tmp_path, "clone", "-q", "--depth", "1", repository.as_uri(), "clone")
    cut = read_history(tmp_path / "clone")
    assert cut.dates == {}
    assert [problem.code for problem in cut.problems] == ["shallow-history"]
    git(tmp_path / "clone", "fetch", "-q", "--unshallow")
    whole = read_history(tmp_path / "clone", cut)
    assert (whole.dates, whole.problems) == ({"n.md": Dates(JANUARY, FEBRUARY)}, ())
