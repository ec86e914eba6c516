"""Rules of crashes: killed or failing at any moment, a build costs nothing but its own work."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.crashing import HAND_WRITTEN, tree, versions, write_project, write_version
from tests.support.projects import PROJECT

KILLS = int(os.environ.get("NOTEBINDER_KILLS", "30"))
"""So often a build is killed; `make soak` asks for 300."""
SEED = int(os.environ.get("NOTEBINDER_SEED", "7"))
_SITES = max(2, KILLS // 30)


@pytest.mark.parametrize(
    ("command", "stops"),
    [("build", KILLS * 3 // 2), ("site", max(3, KILLS // 10)), ("export", max(6, KILLS // 5))],
)
def test_the_run_after_a_killed_or_failing_one_equals_a_clean_one(
    command: str, stops: int, tmp_path: Path
) -> None:
    """A third is killed at a random time, a third as it touches a file, a third meets a full disk there.

    Each time the author's files are untouched, and the next run makes byte for byte what a clean one does.
    """
    killing = [sys.executable, "-m", "tests.support.crashing", command]
    killing += [str(tmp_path / "project"), str(stops), str(SEED)]
    done = subprocess.run(killing, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    stopped = int(done.stdout.split(" of ")[0])
    assert stopped >= stops // 2, done.stdout


def run_site(project: Path, *, kill_after: float | None = None) -> float:
    """Build the site with MkDocs, or kill it on its way; return how long that took."""
    begin = time.monotonic()
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(project / "mkdocs.yml")]
    process = subprocess.Popen(command, env={**os.environ, "SOURCE_DATE_EPOCH": "0"})
    try:
        assert process.wait(timeout=kill_after) == 0
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    return time.monotonic() - begin


def test_the_site_after_a_killed_build_equals_a_clean_one(tmp_path: Path) -> None:
    """MkDocs has written half of it, or emptied it."""
    project, chosen = tmp_path / "project", random.Random(SEED)
    write_project(project)
    old, new = versions()
    write_version(project, new)
    seconds = run_site(project)
    clean = tree(project / "site")
    for _ in range(_SITES):
        write_version(project, old)
        run_site(project, kill_after=chosen.uniform(0.4, 1.0) * seconds)
        write_version(project, new)
        run_site(project)
        assert tree(project / "site") == clean
        assert {path: (project / path).read_bytes() for path in HAND_WRITTEN} == HAND_WRITTEN


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_the_site_after_a_full_disk_equals_a_clean_one(tmp_path: Path) -> None:
    """The system refuses to write more into one file: a page, a script of the theme, and a larger one."""
    import resource

    project = tmp_path / "project"
    write_project(project)
    write_version(project, versions()[1])
    run_site(project)
    clean = tree(project / "site")
    command = [sys.executable, "-m", "mkdocs", "build", "-q"]
    for most in (200, 30_000, 1_000_000):
        done = subprocess.run(
            command,
            cwd=project,
            preexec_fn=lambda most=most: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1
        assert "a file would be larger than may be written here; raise that limit" in done.stderr
        assert "Traceback" not in done.stderr
        run_site(project)
        assert tree(project / "site") == clean


def test_a_killed_server_leaves_nothing_half_written(tmp_path: Path) -> None:
    project, chosen = tmp_path / "project", random.Random(SEED)
    write_project(project)
    old, new = versions()
    write_version(project, new)
    run_site(project)
    clean = tree(project / "docs")
    for _ in range(_SITES - 1):
        command = [sys.executable, "-m", "mkdocs", "serve", "-a", "127.0.0.1:0", "-f", "mkdocs.yml"]
        server = subprocess.Popen(command, cwd=project, stderr=subprocess.PIPE, text=True)
        assert server.stderr
        next(line for line in server.stderr if "Serving on" in line)
        write_version(project, old)
        time.sleep(chosen.uniform(0.1, 1.5))
        server.send_signal(signal.SIGKILL)
        server.communicate()
        write_version(project, new)
        run_site(project)
        assert tree(project / "docs") == clean
