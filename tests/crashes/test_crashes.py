"""Rules of crashes: killed or failing at any moment, a build costs nothing but its own work."""

from __future__ import annotations

import json
import os
import random
import sys
import time
from pathlib import Path

import pytest

from tests.support import commands
from tests.support.crashing import (
    MKDOCS,
    ended,
    finished,
    in_child,
    tree,
    versions,
    write_project,
    write_version,
)
from tests.support.projects import PROJECT
from tests.support.serving import wait_until

STOPS = int(os.environ.get("NOTEBINDER_KILLS", "9"))
"""So often a build is stopped; `make soak` asks for 300."""
SEED = os.environ.get("NOTEBINDER_SEED", "")
"""Without one the stops are evenly spaced."""
_SERVERS = max(1, STOPS // 30)


@pytest.fixture(autouse=True)
def _as_it_is_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    commands.load_everything()


@pytest.mark.timeout(120 + 12 * STOPS)
@pytest.mark.parametrize(
    ("command", "stops"),
    [("build", STOPS), ("site", STOPS // 3), ("export", STOPS // 3), ("mkdocs", STOPS // 3)],
)
def test_the_run_after_a_killed_or_failing_one_equals_a_clean_one(
    command: str, stops: int, tmp_path: Path
) -> None:
    """A third is killed after some time, a third as it touches a file, a third meets a full disk there.

    Each time the author's files are untouched, and the next run makes byte for byte what a clean one does.
    """
    killing = ["tests.support.crashing", command, str(tmp_path / "project"), str(stops), SEED]
    done = commands.run(*killing, cwd=PROJECT, timeout=60 + 12 * STOPS)
    assert done.returncode == 0, done.stdout + done.stderr
    came_to = json.loads(done.stdout)
    assert came_to[1::3] == ["killed"] * len(came_to[1::3])
    assert came_to.count("finished") <= stops / 2, came_to


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_the_site_after_a_full_disk_equals_a_clean_one(tmp_path: Path) -> None:
    """The system refuses to write more into one file: a page, a script of the theme, and a larger one."""
    import resource

    project = tmp_path / "project"
    write_project(project)
    write_version(project, versions()[1])
    clean = finished(project, MKDOCS)
    for most in (200, 30_000, 1_000_000):
        reading, writing = os.pipe()

        def run_limited(most: int = most, said: int = writing) -> None:
            sys.stderr = os.fdopen(said, "w")
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
            MKDOCS.run(project)

        child = in_child(run_limited)
        os.close(writing)
        with os.fdopen(reading) as stream:
            said = stream.read()
        assert ended(child) == 1
        assert "a file would be larger than may be written here; raise that limit" in said
        assert "Traceback" not in said
        assert finished(project, MKDOCS) == clean


def test_a_killed_server_leaves_nothing_half_written(tmp_path: Path) -> None:
    """It is killed when the first pages have changed; `make soak` does so at other times, too."""
    project, told = tmp_path / "project", tmp_path / "told"
    write_project(project)
    old, new = versions()
    write_version(project, new)
    finished(project, MKDOCS)
    clean = tree(project / "docs")
    for number in range(_SERVERS):
        with told.open("w") as stream:
            command = ("mkdocs", "serve", "-a", "127.0.0.1:0", "-f", "mkdocs.yml")
            server = commands.start(*command, cwd=project, stdout=stream, stderr=stream)
        assert wait_until(lambda: "Serving on" in told.read_text(), seconds=60), told.read_text()
        write_version(project, old)
        assert wait_until(lambda: tree(project / "docs") != clean, seconds=60)
        time.sleep(random.Random(f"{SEED} {number}").uniform(0, 1.5) if number else 0)
        assert server.poll() is None
        server.kill()
        server.wait()
        write_version(project, new)
        finished(project, MKDOCS)
        assert tree(project / "docs") == clean
