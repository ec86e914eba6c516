"""Rules of working on all cores: the outcome is that of one process, and what fails there fails here."""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path

import pytest

from notebinder.base.workers import spread
from notebinder.build.pipeline import build
from notebinder.vault.packed import Packed, pack, pack_blocks
from notebinder.vault.syntax.blocks import read_blocks
from tests.support.projects import WriteVault, settings_for

HEAVY = 1_000_000
MORE_THAN_ONE = pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2, reason="needs Linux and two cores"
)


def test_the_order_of_the_values_stays() -> None:
    assert spread(lambda value: value * 2, range(100), lambda _: HEAVY, jobs=3) == [2 * n for n in range(100)]


def test_nothing_to_do_is_done() -> None:
    assert spread(lambda value: value, [], lambda _: 1) == []


@MORE_THAN_ONE
def test_heavy_work_is_done_by_more_than_one_process() -> None:
    assert len(set(spread(lambda _: os.getpid(), range(4), lambda _: HEAVY, jobs=2))) == 2


@MORE_THAN_ONE
def test_what_a_slow_process_has_not_begun_is_taken_by_another() -> None:
    here = os.getpid()

    def work(_: int) -> int:
        time.sleep(0.0 if os.getpid() == here else 1.0)
        return os.getpid()

    done = spread(work, range(40), lambda _: HEAVY, jobs=2)
    assert done.count(here) > 35


def test_light_work_stays_in_this_process() -> None:
    assert set(spread(lambda _: os.getpid(), range(4), lambda _: 1)) == {os.getpid()}


def test_beside_other_threads_nothing_is_forked() -> None:
    """A lock that another thread holds would never be released in a forked process."""
    end = threading.Event()
    other = threading.Thread(target=end.wait)
    other.start()
    try:
        assert set(spread(lambda _: os.getpid(), range(4), lambda _: HEAVY)) == {os.getpid()}
    finally:
        end.set()
        other.join()


@MORE_THAN_ONE
def test_an_error_in_another_process_is_raised_here() -> None:
    def fail(value: int) -> int:
        if value == 3:
            raise LookupError("three")
        return value

    with pytest.raises(LookupError, match="three"):
        spread(fail, range(4), lambda _: HEAVY, jobs=2)


@MORE_THAN_ONE
def test_a_process_that_is_killed_is_told() -> None:
    here = os.getpid()

    def die(value: int) -> int:
        if os.getpid() != here:
            os._exit(1)
        return value

    with pytest.raises(ChildProcessError):
        spread(die, range(4), lambda _: HEAVY, jobs=2)


@MORE_THAN_ONE
def test_a_vault_that_is_built_on_all_cores_is_the_same(write_vault: WriteVault, tmp_path: Path) -> None:
    words = f"{'some words ' * 50}\n\n" * 300 + "and a [[2]] link\n"
    vault = write_vault({f"{n}.md": f"# {n}\n\n![[{n + 1}#Part]]\n\n## Part\n\n{words}" for n in range(8)})
    on_all_cores = build(settings_for(vault, tmp_path / "docs"))
    end = threading.Event()
    other = threading.Thread(target=end.wait)
    other.start()
    try:
        assert build(settings_for(vault, tmp_path / "again")) == on_all_cores
    finally:
        end.set()
        other.join()


def test_packed_blocks_are_the_blocks() -> None:
    blocks = read_blocks("# A\n\n- one ^id\n- [x] two\n\n> [!tip]- B\n> c\n\n| a |\n|:-:|\n| b |\n")
    packed = pack_blocks(blocks)
    assert (packed, packed[0], packed[1:], len(packed)) == (blocks, blocks[0], blocks[1:], len(blocks))
    assert packed.headings == blocks[:1]
    assert packed != blocks[1:]


def test_packed_values_are_equal_if_what_they_hold_is() -> None:
    one, other = "a b", " ".join(["a", "b"])
    assert pack([one, one]) == pack([one, other])
    assert pack([1]) != pack([2])
    assert pack([1]).__reduce__()[0] is Packed
