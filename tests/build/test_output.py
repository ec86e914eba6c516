"""Rules of writing: only changed bytes, and never over or off an author's file."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from notebinder.base.files import BusyFolderError, only_build
from notebinder.build.output import RECORD, LeftPagesError, write_tree
from notebinder.images.renditions import file_name
from notebinder.pages.front_matter import MADE_BY_US
from notebinder.pages.redirect_page import redirect_page


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


PAGE = f"---\n{MADE_BY_US}title: A\n---\n".encode()


@pytest.mark.parametrize("record", ["", "{}", '{"files": {}}', "[]", "nonsense", None])
@pytest.mark.parametrize("path", ["a.md", "b.md", "b/index.html", ".nav.yml"])
def test_a_lost_record_never_leaves_a_page_that_may_be_private_by_now(
    record: str | None, path: str, tmp_path: Path
) -> None:
    """Neither one that is no longer made nor one that should be another; nothing is written or removed."""
    heads = {".nav.yml": MADE_BY_US.encode(), "b/index.html": redirect_page("b/", "a/", "A")}
    write_tree(tmp_path, {path: heads.get(path, PAGE)})
    (tmp_path / "mine.md").write_bytes(b"mine, made by notebinder")
    (tmp_path / RECORD).unlink() if record is None else (tmp_path / RECORD).write_text(record)
    there = tree(tmp_path)
    with pytest.raises(LeftPagesError, match=f"{re.escape(path)}: made by notebinder"):
        write_tree(tmp_path, {"a.md": b"new"})
    assert tree(tmp_path) == there


def test_a_lost_record_does_not_matter_where_all_pages_are_as_they_should_be(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.md": PAGE})
    (tmp_path / RECORD).unlink()
    assert write_tree(tmp_path, {"a.md": PAGE}).problems == ()
    assert write_tree(tmp_path, {}).deleted == ("a.md",)


def test_a_page_of_ours_that_was_changed_by_hand_and_is_no_longer_made_stops_the_build(
    tmp_path: Path,
) -> None:
    write_tree(tmp_path, {"a.md": PAGE, "b.md": PAGE})
    (tmp_path / "a.md").write_bytes(PAGE + b"mine")
    with pytest.raises(LeftPagesError, match=r"a\.md: made"):
        write_tree(tmp_path, {"b.md": PAGE})
    assert tree(tmp_path) == {"a.md": PAGE + b"mine", "b.md": PAGE}


def test_what_stands_there_already_stays_until_it_is_no_longer_kept(tmp_path: Path) -> None:
    name = f"media/{file_name(b'pixels', '.webp')}"
    (tmp_path / "media").mkdir()
    (tmp_path / name).write_bytes(b"pixels")
    write_tree(tmp_path, {"a.md": b"1"}, kept=[name])
    assert tree(tmp_path) == {"a.md": b"1", name: b"pixels"}
    write_tree(tmp_path, {"a.md": b"1"})
    assert tree(tmp_path) == {"a.md": b"1"}


def test_a_page_that_the_author_changed_stays_and_is_a_problem(tmp_path: Path) -> None:
    """What is ours is known by its bytes, not by its path."""
    write_tree(tmp_path, {"a.md": b"1", "b.md": b"1"})
    (tmp_path / "a.md").write_bytes(b"mine")
    (tmp_path / "b.md").write_bytes(b"mine")
    written = write_tree(tmp_path, {"a.md": b"2"})
    assert [problem.location.path for problem in written.problems] == ["a.md"]
    assert tree(tmp_path) == {"a.md": b"mine", "b.md": b"mine"}


def test_what_a_killed_build_left_is_cleared_by_the_next(tmp_path: Path) -> None:
    """It had published an image, written one page of two and begun the next; the record names its pages."""
    write_tree(tmp_path, {"a.md": b"1", "old/c.md": b"1"})
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / file_name(b"pixels", ".webp")).write_bytes(b"pixels")
    (tmp_path / "media/mine.webp").write_bytes(b"pixels")
    (tmp_path / "media/.notebinder-1").write_bytes(b"pix")
    (tmp_path / "new").mkdir()
    for name in ("new/.notebinder-2", ".notebinder-3", "old/.notebinder-4"):
        (tmp_path / name).write_bytes(b"half")
    digests = {path: f"{digest(b'1')} {digest(b'2')}" for path in ("a.md", "old/c.md", "new/b.md")}
    (tmp_path / RECORD).write_text(json.dumps({"finished": False, "files": digests}))
    (tmp_path / "a.md").write_bytes(b"2")
    assert write_tree(tmp_path, {"a.md": b"3"}).problems == ()
    assert tree(tmp_path) == {"a.md": b"3", "media/mine.webp": b"pixels"}
    assert sorted(path.name for path in tmp_path.iterdir()) == [RECORD, "a.md", "media"]


def digest(data: bytes) -> str:
    return sha256(data).hexdigest()[:20]


def test_two_builds_at_once_wait_for_one_another_and_then_say_so(tmp_path: Path) -> None:
    """The lock ends with the process that holds it, however it ends."""
    hold = f"""
import sys, time
from pathlib import Path
from notebinder.base.files import only_build
with only_build(Path({str(tmp_path)!r}), Path({str(tmp_path / "locks")!r})):
    print("held", flush=True)
    time.sleep(600)
"""
    holder = subprocess.Popen([sys.executable, "-c", hold], stdout=subprocess.PIPE)
    assert holder.stdout
    assert holder.stdout.readline() == b"held\n"
    busy = pytest.raises(BusyFolderError, match="another notebinder is writing here")
    with busy, only_build(tmp_path, tmp_path / "locks", patience=0.1):
        pass
    holder.kill()
    holder.communicate()
    with only_build(tmp_path, tmp_path / "locks", patience=10):
        pass


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    """The system refuses to write beyond a size; half of a file is seen by nobody."""
    write_tree(tmp_path, {"a.md": b"old"})
    script = f"""
import resource, signal
from pathlib import Path
from notebinder.build.output import write_tree
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
try:
    write_tree(Path({str(tmp_path)!r}), {{"a.md": b"x" * 20_000, "b.md": b"new"}})
except OSError as error:
    print(error.strerror)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "File too large\n"
    assert tree(tmp_path) == {"a.md": b"old"}
    write_tree(tmp_path, {"a.md": b"x", "b.md": b"new"})
    assert tree(tmp_path) == {"a.md": b"x", "b.md": b"new"}
