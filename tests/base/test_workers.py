"""Rules of working on all cores: the outcome is that of one process, and what fails there fails here."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from notebinder.base import workers
from notebinder.base.workers import FORK, SPAWN, EndedWorkerError, Way, spread
from notebinder.build.output import write_tree
from notebinder.build.pipeline import Build, build
from notebinder.vault.packed import Packed, pack, pack_blocks
from notebinder.vault.syntax.blocks import read_blocks
from tests.support.projects import PROJECT, WriteVault, settings_for
from tests.support.working import (
    MOST,
    MadeFromTwoError,
    die_at_first,
    double,
    fail_at_first,
    process,
    process_slow_once,
)

CAN_FORK = sys.platform == "linux"
WAYS = [pytest.param("fork", marks=pytest.mark.skipif(not CAN_FORK, reason="forks on Linux only")), "spawn"]
HEAVY = FORK.pays


def heavy(_value: object) -> int:
    return HEAVY


@contextmanager
def another_thread() -> Iterator[None]:
    end = threading.Event()
    other = threading.Thread(target=end.wait)
    other.start()
    try:
        yield
    finally:
        end.set()
        other.join()


@pytest.mark.parametrize("method", WAYS)
def test_the_order_of_the_values_stays_and_progress_is_told(method: str) -> None:
    told: list[tuple[int, int]] = []
    done = spread(
        double,
        range(100),
        lambda value: value % 7,
        jobs=2,
        way=Way(method, 1),
        progress=lambda *each: told.append(each),
    )
    assert done == [2 * n for n in range(100)]
    assert told == sorted(told)
    assert told[-1] == (100, 100)
    assert len(told) > 10


def test_nothing_to_do_is_done() -> None:
    assert spread(double, [], heavy) == []


@pytest.mark.skipif(not CAN_FORK, reason="forks on Linux only")
def test_heavy_work_is_done_by_more_than_one_process_and_light_work_here(tmp_path: Path) -> None:
    slow_once = partial(process_slow_once, tmp_path)
    assert len({*spread(slow_once, range(40), heavy, jobs=2), os.getpid()}) == 2
    assert set(spread(process, range(4), lambda _: HEAVY // 4 - 1, jobs=2)) == {os.getpid()}


@pytest.mark.skipif(not CAN_FORK, reason="forks on Linux only")
def test_what_a_slow_process_has_not_begun_is_taken_by_another(tmp_path: Path) -> None:
    done = spread(partial(process_slow_once, tmp_path), range(40), heavy, jobs=2)
    assert done.count(done[0]) <= len(done) - MOST


@pytest.mark.skipif(not CAN_FORK, reason="forks on Linux only")
def test_very_heavy_values_are_handed_out_one_by_one_the_first_first() -> None:
    told = [0]
    spread(double, range(40), lambda _: 3_000_000, jobs=2, progress=lambda done, _: told.append(done))
    assert max(after - before for before, after in pairwise(told)) <= 3


def test_beside_other_threads_nothing_is_forked() -> None:
    """A lock that another thread holds would never be released in a forked process."""
    with another_thread():
        assert set(spread(process, range(4), heavy, jobs=2)) == {os.getpid()}


@pytest.mark.parametrize("method", WAYS)
def test_an_error_in_another_process_is_raised_here_as_it_was(method: str) -> None:
    with pytest.raises(MadeFromTwoError, match=r"^three and more$"):
        spread(fail_at_first, range(8), heavy, jobs=2, way=Way(method, 1))
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("method", WAYS)
def test_a_process_that_is_killed_is_told(method: str) -> None:
    with pytest.raises(EndedWorkerError, match="ended from outside"):
        spread(die_at_first, range(8), heavy, jobs=2, way=Way(method, 1))
    assert multiprocessing.active_children() == []


def is_alive(pid: int) -> bool:
    """Tell whether a process runs; one that nobody has waited for yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks Linux which processes there are")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_however_a_build_ends_no_process_is_left(method: str, end: signal.Signals) -> None:
    """Ctrl-C goes to all of them, any other signal to the parent alone."""
    command = [sys.executable, "-m", "tests.support.working", method]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=PROJECT, stdout=pipe, stderr=pipe, text=True, start_new_session=True
    ) as parent:
        assert parent.stdout
        children = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(children) == 2
        assert all(map(is_alive, children))
        if end is signal.SIGINT:
            os.killpg(parent.pid, end)
        else:
            parent.send_signal(end)
        _, told = parent.communicate(timeout=20)
        assert parent.returncode == (130 if end is signal.SIGINT else -end)
        assert "Traceback" not in told
    patience = time.monotonic() + 20
    while any(map(is_alive, children)) and time.monotonic() < patience:
        time.sleep(0.05)
    assert not any(map(is_alive, children))


@pytest.fixture
def vault(write_vault: WriteVault) -> Path:
    """Notes that ask about one another, with text files, private things, and a credential's look-alike."""
    words = f"{'some words ' * 50}\n\n" * 20 + "and a [[2]] link, and [[hidden]]\n"
    notes = {
        f"{n}.md": f"# {n}\n\n![[{n + 1}#Part]] [[a.csv]] ![[a.canvas]]\n\n## Part\n\n{words}"
        for n in range(8)
    }
    canvas = '{"nodes": [{"id": "1", "type": "text", "text": "[[3]]", "x": 0, "y": 0}]}'
    others = {"hidden.md": "---\npublish: false\n---\nx\n", "a.csv": "a,[[hidden]]\n", "a.canvas": canvas}
    return write_vault({**notes, **others})


def built(vault: Path, docs: Path) -> tuple[Build, set[str]]:
    made = build(settings_for(vault, docs))
    return made, {*write_tree(docs, made.files, kept=made.media).changed}


@pytest.mark.parametrize("method", WAYS)
def test_a_vault_that_is_built_by_many_processes_is_the_same(
    method: str, vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = built(vault, tmp_path / "docs")
    length = sum(file.stat().st_size for file in vault.glob("*.md"))
    monkeypatch.setattr(workers, "_way", lambda: Way(method, length // 2))
    assert built(vault, tmp_path / "again") == alone


def test_all_that_processes_are_handed_can_be_pickled(
    vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what they make of it and hand back is the same."""
    alone = built(vault, tmp_path / "docs")
    handed: list[Any] = []

    def handing_over(work: Callable[[Any], Any], values: Sequence[Any], *_: Any, **__: Any) -> list[Any]:
        work, values = pickle.loads(pickle.dumps((work, values)))
        handed.append(getattr(work, "func", work).__name__)
        return pickle.loads(pickle.dumps([work(value) for value in values]))  # type: ignore[no-any-return]

    for module in ("vault.file_cache", "public.public_vault", "public.credentials.masking", "build.pipeline"):
        monkeypatch.setattr(f"notebinder.{module}.spread", handing_over)
    monkeypatch.setattr("notebinder.build.output.spread", handing_over)
    assert built(vault, tmp_path / "again") == alone
    assert handed == ["_read", "_changes", "find_credentials", "_draft_one", "_bind_one", "_write_file"]


def test_a_new_python_pays_later_than_a_forked_process() -> None:
    """It loads notebinder first."""
    assert SPAWN.pays > 10 * FORK.pays


def test_packed_blocks_are_the_blocks() -> None:
    blocks = read_blocks("# A\n\n- one ^id\n- [x] two\n\n> [!tip]- B\n> c\n\n| a |\n|:-:|\n| b |\n")
    packed = pack_blocks(blocks)
    assert packed == blocks
    assert (packed[0], packed[1:], len(packed)) == (blocks[0], blocks[1:], len(blocks))
    assert packed.headings == blocks[:1]
    assert packed != blocks[1:]


def test_packed_values_are_equal_if_what_they_hold_is() -> None:
    one, other = "a b", " ".join(["a", "b"])
    assert pack([one, one]) == pack([one, other])
    assert pack([1]) != pack([2])
    assert pack([1]).__reduce__()[0] is Packed
