"""Rules of what is cached of files: an unchanged file costs one look at its state."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from notebinder.vault.file_cache import FileCache


class Worker:
    """Makes something of a file and counts how often it is asked to."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, data: bytes) -> str:
        self.times += 1
        return data.decode()


OPENED: list[str] = []
"""The names of all watched files that were opened, each time anew."""


def watch(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and str(arguments[0]).endswith("watched.md"):
        OPENED.append(str(arguments[0]))


@pytest.mark.usefixtures("at_rest")
def test_a_file_at_rest_is_not_opened_again(tmp_path: Path) -> None:
    file, work = tmp_path / "watched.md", Worker()
    file.write_text("words")
    sys.addaudithook(watch)
    first = FileCache()
    assert first.recall("note", "a.md", file, work) == "words"
    assert first.next().recall("note", "a.md", file, work) == "words"
    assert (OPENED, work.times) == ([str(file)], 1)


def test_a_file_that_was_in_motion_is_read_again_though_its_state_is_the_same(tmp_path: Path) -> None:
    """Within one tick of the clock a second change of the same length leaves no trace."""
    file, work = tmp_path / "a.md", Worker()
    file.write_text("words")
    first = FileCache()
    first.recall("note", "a.md", file, work)
    assert [cached.state for cached in first.now.values()] == [None]
    file.write_text("swords"[:5])
    assert first.next().recall("note", "a.md", file, work) == "sword"


def test_the_same_bytes_are_not_worked_on_again(tmp_path: Path) -> None:
    file, work = tmp_path / "a.md", Worker()
    file.write_text("words")
    first = FileCache()
    first.recall("note", "a.md", file, work)
    file.unlink()
    file.write_text("words")
    assert first.next().recall("note", "a.md", file, work) == "words"
    assert work.times == 1


def test_what_a_build_did_not_ask_for_is_forgotten(tmp_path: Path) -> None:
    file, work = tmp_path / "a.md", Worker()
    file.write_text("words")
    first = FileCache()
    first.recall("note", "a.md", file, work)
    assert first.next().next().before == {}
