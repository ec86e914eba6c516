"""Rules of writing: only changed bytes, and never over or off an author's file."""

from __future__ import annotations

import json
from pathlib import Path

from notebinder.output import RECORD, write_tree


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != RECORD)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_second_write_of_the_same_changes_nothing(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a/b.md": b"1", "c.md": b"2"})
    times = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    written = write_tree(tmp_path, {"a/b.md": b"1", "c.md": b"2"})
    assert (written.changed, written.deleted) == ((), ())
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == times


def test_a_file_that_is_no_longer_made_goes_with_its_empty_folder(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a/b.md": b"1", "c.md": b"2"})
    assert write_tree(tmp_path, {"c.md": b"3"}).deleted == ("a/b.md",)
    assert tree(tmp_path) == {"c.md": b"3"}
    assert not (tmp_path / "a").exists()


def test_an_authors_file_in_the_way_stays_and_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "c.md").write_bytes(b"mine")
    written = write_tree(tmp_path, {"c.md": b"2", "d.md": b"3"})
    assert tree(tmp_path) == {"c.md": b"mine", "d.md": b"3"}
    assert [problem.code for problem in written.problems] == ["foreign-file"]
    write_tree(tmp_path, {})
    assert tree(tmp_path) == {"c.md": b"mine"}


def test_an_authors_file_beside_ours_is_never_deleted(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a/b.md": b"1"})
    (tmp_path / "a/mine.md").write_bytes(b"mine")
    write_tree(tmp_path, {})
    assert tree(tmp_path) == {"a/mine.md": b"mine"}


def test_a_record_that_names_files_elsewhere_deletes_nothing(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "precious.md").write_bytes(b"mine")
    record = json.dumps(["../precious.md", str(tmp_path / "precious.md"), "a/../../precious.md", 7])
    (tmp_path / "out" / RECORD).write_text(record)
    write_tree(tmp_path / "out", {})
    assert (tmp_path / "precious.md").read_bytes() == b"mine"


def test_what_stands_there_already_stays_until_it_is_no_longer_kept(tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    (tmp_path / "media/x.webp").write_bytes(b"pixels")
    write_tree(tmp_path, {"a.md": b"1"}, kept=["media/x.webp"])
    assert tree(tmp_path) == {"a.md": b"1", "media/x.webp": b"pixels"}
    write_tree(tmp_path, {"a.md": b"1"})
    assert tree(tmp_path) == {"a.md": b"1"}
