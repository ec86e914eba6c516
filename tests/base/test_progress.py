"""A bar is for people at a terminal who wait; a log gets a line now and then."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from notebinder.base.progress import Progress, progress_bar
from notebinder.build.pipeline import build as convert
from notebinder.site.progress_events import NAME, ProgressEvents
from tests.support.projects import WriteVault, settings_for


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def patch(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    return monkeypatch


def shown(patch: pytest.MonkeyPatch, screen: io.StringIO, *, seconds: float) -> str:
    now = [1000.0]
    patch.setattr(sys, "stderr", screen)
    patch.setattr("tqdm.std.time", lambda: now[0])
    patch.setattr("notebinder.base.progress.monotonic", lambda: now[0])
    with progress_bar("publishing images", "image") as progress:
        for done in range(1, 4):
            now[0] += seconds / 3
            progress(done, 3)
    return screen.getvalue()


def test_a_bar_shows_what_is_done_of_how_many_and_how_long_it_will_take(patch: pytest.MonkeyPatch) -> None:
    first, *_ = shown(patch, Terminal(), seconds=6).strip("\r").split("\r")
    assert first.startswith("publishing images:  33% |")
    assert first.endswith("| 1/3 images, 00:04 left")


def test_nothing_is_shown_within_a_second(patch: pytest.MonkeyPatch) -> None:
    assert shown(patch, Terminal(), seconds=0.9).strip() == ""


LINES = "publishing images: 1 of 3 images, 00:24 left\npublishing images: 2 of 3 images, 00:12 left\n"


def test_a_pipe_gets_a_line_each_ten_seconds(patch: pytest.MonkeyPatch) -> None:
    shown_in_a_pipe = shown(patch, io.StringIO(), seconds=36)
    assert shown_in_a_pipe == LINES + "publishing images: 3 of 3 images, 00:00 left\n"
    assert shown(patch, io.StringIO(), seconds=18).count("\n") == 1
    assert shown(patch, io.StringIO(), seconds=9) == ""


@pytest.mark.parametrize(("name", "value"), [("CI", "true"), ("TERM", "dumb")])
def test_a_log_that_looks_like_a_terminal_gets_lines(
    name: str, value: str, patch: pytest.MonkeyPatch
) -> None:
    patch.setenv(name, value)
    assert shown(patch, Terminal(), seconds=36).startswith(LINES)


def test_a_process_that_works_on_a_part_shows_nothing(patch: pytest.MonkeyPatch) -> None:
    """A forked process has the bar as well; two that draw one bar would garble it."""
    screen = Terminal()
    patch.setattr(sys, "stderr", screen)
    with progress_bar("converting notes", "note") as progress:
        patch.setattr(os, "getpid", lambda: -1)
        progress(1, 2)
    assert screen.getvalue().strip() == ""


def test_a_bar_is_no_second_thread() -> None:
    """A process with two threads must not fork, so a bar would cost the use of all cores."""
    program = (
        "import threading; from notebinder.base.progress import progress_bar\n"
        "with progress_bar('a', 'b'): print(threading.active_count())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "1\n"


def test_mkdocs_is_counted_in_two_steps(tmp_path: Path) -> None:
    told: list[tuple[str, str, int, int]] = []

    @contextmanager
    def step(label: str, unit: str) -> Iterator[Progress]:
        yield lambda done, total: told.append((label, unit, done, total))
        told.append((label, "ends", 0, 0))

    (tmp_path / "docs").mkdir()
    for name in ("index", "other"):
        (tmp_path / f"docs/{name}.md").write_text(f"# {name}")
    (tmp_path / "mkdocs.yml").write_text("site_name: T\nplugins: []\n")
    config = load_config(str(tmp_path / "mkdocs.yml"))
    config.plugins[NAME] = ProgressEvents(step)
    build(config)
    assert told == [
        ("reading pages", "page", 1, 2),
        ("reading pages", "page", 2, 2),
        ("reading pages", "ends", 0, 0),
        ("building pages", "page", 1, 2),
        ("building pages", "page", 2, 2),
        ("building pages", "ends", 0, 0),
    ]


def test_a_conversion_is_counted_in_its_steps(write_vault: WriteVault, tmp_path: Path) -> None:
    told: dict[str, list[tuple[int, int]]] = {}

    @contextmanager
    def step(label: str, _unit: str) -> Iterator[Progress]:
        yield lambda done, total: told.setdefault(label, []).append((done, total))

    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    vault = write_vault({"a.md": "![[c.svg]]", "b.md": "b", "c.svg": svg})
    convert(settings_for(vault, tmp_path / "docs"), step=step)
    assert told == {
        "reading notes": [(1, 2), (2, 2)],
        "converting notes": [(1, 2), (2, 2)],
        "publishing images": [(1, 1)],
        "finishing pages": [(1, 2), (2, 2)],
    }
