"""Rules of the user's cache: nobody else can put anything there, and without it a build goes on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from notebinder.base.user_cache import find_user_cache

RIGHTS = pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
OWNERS = pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can give files away")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "user"))
    return tmp_path / "user/notebinder"


def refused(*apart_from: Path) -> str:
    """Say why the folder is not taken; one that ends with this process is."""
    passing, (problem,) = find_user_cache(apart_from)
    assert (problem.code, problem.hint) == ("no-cache", "name another folder as XDG_CACHE_HOME")
    assert passing.name.startswith("notebinder-")
    assert passing.stat().st_mode & 0o077 == 0
    return problem.message


@RIGHTS
def test_the_folder_is_made_for_this_user_alone(folder: Path) -> None:
    assert find_user_cache([]) == (folder, ())
    assert folder.stat().st_mode & 0o777 == 0o700


@RIGHTS
def test_a_folder_that_others_could_read_is_closed(folder: Path) -> None:
    folder.mkdir(mode=0o755, parents=True)
    assert find_user_cache([]) == (folder, ())
    assert folder.stat().st_mode & 0o777 == 0o700


@RIGHTS
@pytest.mark.parametrize("mode", [0o770, 0o702])
def test_a_folder_that_others_may_write_to_is_not_taken(folder: Path, mode: int) -> None:
    folder.mkdir(parents=True)
    folder.chmod(mode)
    assert refused().startswith("others than you may write to it")
    assert folder.stat().st_mode & 0o777 == mode


@OWNERS
def test_a_folder_of_another_user_is_not_taken(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True)
    os.chown(folder, 12345, -1)
    assert refused().startswith("others than you may write to it")


def test_a_folder_in_a_project_or_vault_is_not_taken(folder: Path, tmp_path: Path) -> None:
    assert find_user_cache([tmp_path / "vault", folder / "sites/docs"]) == (folder, ())
    assert refused(tmp_path / "vault", tmp_path / "user").startswith(f"lies in {tmp_path / 'user'}")


def test_a_link_counts_as_what_it_leads_to(folder: Path, tmp_path: Path) -> None:
    """A user may keep caches on another disk, but not where a vault's files are."""
    vault, disk = tmp_path / "vault", tmp_path / "disk"
    vault.mkdir(mode=0o700)
    disk.mkdir(mode=0o700)
    folder.parent.mkdir()
    folder.symlink_to(disk, target_is_directory=True)
    assert find_user_cache([vault]) == (disk, ())
    folder.unlink()
    folder.symlink_to(vault, target_is_directory=True)
    assert refused(vault).startswith(f"lies in {vault}")
    (tmp_path / "link").symlink_to(vault, target_is_directory=True)
    assert refused(tmp_path / "link").startswith("lies in")


def test_a_file_in_its_place_is_told(folder: Path) -> None:
    folder.parent.mkdir()
    folder.write_text("mine")
    assert refused() == "cannot be used: File exists, so this build keeps nothing for the next one"
    assert folder.read_text() == "mine"
