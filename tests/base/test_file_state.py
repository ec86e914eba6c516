"""Rules of a file's state: whatever is done to a file shows in it, whatever its size and time say."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from notebinder.base.file_state import AT_REST_NS, FileState, find_state

OLD = 1_000_000_000_000_000_000


def written(file: Path, data: bytes) -> Path:
    """Write a file whose time is always the same."""
    file.write_bytes(data)
    os.utime(file, ns=(OLD, OLD))
    return file


def replace_by_another(file: Path) -> None:
    file.unlink()
    written(file, b"swords")


def replace_by_renaming(file: Path) -> None:
    written(file.with_name("other"), b"swords").replace(file)


def replace_by_a_hard_link(file: Path) -> None:
    other = written(file.with_name("other"), b"swords")
    file.unlink()
    file.hardlink_to(other)


def write_over_it_and_set_the_time_back(file: Path) -> None:
    written(file, b"swords")


def write_through_another_name(file: Path) -> None:
    other = file.with_name("other")
    other.hardlink_to(file)
    written(other, b"swords")
    other.unlink()


def replace_by_a_link(file: Path) -> None:
    other = written(file.with_name("other"), b"swords")
    file.unlink()
    file.symlink_to(other)


def wait_for_a_tick(probe: Path) -> None:
    """Write until the clock of the files has moved on: within one tick no state is believed."""
    probe.touch()
    first = (probe.stat().st_ctime_ns, probe.stat().st_mtime_ns)
    while (probe.stat().st_ctime_ns, probe.stat().st_mtime_ns) == first:
        probe.touch()


CHANGES = [
    replace_by_another,
    replace_by_renaming,
    replace_by_a_hard_link,
    write_over_it_and_set_the_time_back,
    write_through_another_name,
    replace_by_a_link,
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_shows_though_size_and_time_are_the_same(
    change: Callable[[Path], None], tmp_path: Path
) -> None:
    file = written(tmp_path / "a.md", b"words!")
    before = find_state(file)
    wait_for_a_tick(tmp_path / "tick")
    change(file)
    after = find_state(file)
    assert before
    assert after
    assert (before.size, before.modified) == (after.size, after.modified) == (6, OLD)
    assert file.read_bytes() == b"swords"
    assert after != before


def test_a_file_that_nobody_touches_keeps_its_state(tmp_path: Path) -> None:
    file = written(tmp_path / "a.md", b"words!")
    before = find_state(file)
    file.read_bytes()
    written(tmp_path / "b.md", b"words!")
    assert find_state(file) == before


def test_what_is_not_there_has_no_state(tmp_path: Path) -> None:
    (tmp_path / "leads nowhere").symlink_to(tmp_path / "gone")
    (tmp_path / "a file").touch()
    for name in ("gone", "leads nowhere", "a file/below"):
        assert find_state(tmp_path / name) is None


@pytest.mark.parametrize("moved", ["modified", "changed"])
def test_a_state_is_believed_once_the_file_was_at_rest_for_two_seconds(moved: str) -> None:
    now = 50 * AT_REST_NS
    old = FileState(device=1, inode=2, size=3, modified=0, changed=0)
    for seconds, is_believed in ((0, False), (1.9, False), (2, False), (2.1, True)):
        state = old._replace(**{moved: now - int(seconds * 1_000_000_000)})
        assert state.at_rest(now) == (state if is_believed else None), seconds
    assert old._replace(**{moved: now + 1}).at_rest(now) is None, "a clock that was set back"


def test_a_file_that_was_just_written_is_not_at_rest(tmp_path: Path) -> None:
    state = find_state(written(tmp_path / "a.md", b"words!"))
    assert state
    assert state.at_rest() is None
    assert state.at_rest(time.time_ns() + 2 * AT_REST_NS) == state
