"""Run git on a clone. Never asks for a password, runs no hook, and passes a token on unseen."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from notebinder.problems import NotebinderError

_GIT = shutil.which("git") or "git"
_SETTINGS = (("core.hooksPath", os.devnull), ("gc.auto", "0"))


class GitError(NotebinderError):
    """A git command that failed."""

    def __init__(self, arguments: tuple[str, ...], output: str) -> None:
        super().__init__(f"git {arguments[0]} failed: {output.strip()}")
        self.output = output


def run_git(
    clone: Path, *arguments: str, feed: bytes = b"", token: str = "", extra: Mapping[str, str] | None = None
) -> bytes:
    """Run a git command in a clone and return what it prints."""
    done = subprocess.run(  # noqa: S603  # no shell, and each argument is ours
        (_GIT, *arguments),
        cwd=clone,
        input=feed,
        capture_output=True,
        check=False,
        env={**os.environ, **_environment(token), **(extra or {})},
    )
    if done.returncode:
        raise GitError(arguments, (done.stdout + done.stderr).decode(errors="replace"))
    return done.stdout


def _environment(token: str) -> dict[str, str]:
    """Settings for one command: in the environment, since arguments can be seen by every process."""
    settings = [*_SETTINGS]
    if token:
        login = base64.b64encode(f"x-access-token:{token}".encode()).decode()
        settings.append(("http.extraHeader", f"Authorization: Basic {login}"))
    numbered = {f"GIT_CONFIG_KEY_{row}": key for row, (key, _) in enumerate(settings)}
    numbered |= {f"GIT_CONFIG_VALUE_{row}": value for row, (_, value) in enumerate(settings)}
    return {
        **numbered,
        "GIT_CONFIG_COUNT": str(len(settings)),
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }
