"""The hook that authors put before their commits."""

from __future__ import annotations

import os
import subprocess
import sysconfig
from pathlib import Path

import pytest
import yaml

from tests.support.projects import PROJECT, WriteVault

pytestmark = pytest.mark.whole

HOOKS = PROJECT / ".pre-commit-hooks.yaml"
SCRIPTS = sysconfig.get_path("scripts")


def run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    path = f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}"
    env = {**os.environ, "PATH": path, "PRE_COMMIT_HOME": str(cwd.parent / "pre-commit")}
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def repository(write_vault: WriteVault) -> Path:
    """A vault under git that runs the hook before each commit, with the tool of these tests."""
    vault = write_vault({"a.md": "to [[b]]\n", "b.md": "to [[a]]\n"})
    (hook,) = yaml.safe_load(HOOKS.read_text("utf-8"))
    assert hook["language"] == "python"
    local = {**hook, "language": "system", "args": ["--strict", "."]}
    config = {"repos": [{"repo": "local", "hooks": [local]}]}
    (vault / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    for command in ("git init -q", "git add .", "pre-commit install"):
        assert run(*command.split(), cwd=vault).returncode == 0
    return vault


def commit(repository: Path) -> subprocess.CompletedProcess[str]:
    author = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    return run("git", *author, "commit", "-q", "--message", "Notes", cwd=repository)


def test_the_definition_is_valid() -> None:
    done = run("pre-commit", "validate-manifest", str(HOOKS), cwd=PROJECT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_commit_that_breaks_a_link_is_stopped(repository: Path) -> None:
    """Also when it only deletes a note."""
    assert commit(repository).returncode == 0
    run("git", "rm", "-q", "b.md", cwd=repository)
    stopped = commit(repository)
    assert stopped.returncode == 1
    assert "a.md:1: warning[missing-note] [[b]] matches no note" in stopped.stderr
    assert "exit code: 1" in stopped.stderr
