"""Run git on a clone. Never asks for a password, runs no hook, and passes a token on unseen."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from notebinder.base.problems import NotebinderError

_GIT = shutil.which("git") or "git"
_RENAMES = ("--diff-filter=R", "--find-renames=50%", "--name-status", "--relative")
# What the configuration of a vault that somebody else made could have git run.
_NO_PROGRAMS = ("-c", "log.showSignature=false", "-c", "core.fsmonitor=false")
_SETTINGS = (("core.hooksPath", os.devnull), ("gc.auto", "0"))


class GitError(NotebinderError):
    """A git command that failed."""

    def __init__(self, arguments: tuple[str, ...], output: str) -> None:
        super().__init__(f"git {arguments[0]} failed: {output.strip()}")
        self.output = output


@dataclass(frozen=True, slots=True)
class Login:
    """What one server asks for over HTTPS; no other server is told."""

    server: str
    """Its address, such as `https://github.com`."""
    token: str = field(repr=False)

    @property
    def setting(self) -> tuple[str, str]:
        """The login as a setting of git."""
        basic = base64.b64encode(f"x-access-token:{self.token}".encode()).decode()
        return f"http.{self.server.rstrip('/')}/.extraHeader", f"Authorization: Basic {basic}"


def ask_git(folder: Path, *arguments: str, seconds: float) -> str:
    """Return what git says of a folder; an empty text where it cannot answer in time, or there is none."""
    command = [_GIT, *_NO_PROGRAMS, "-C", str(folder), *arguments]
    silent = subprocess.DEVNULL
    try:
        answer = subprocess.run(  # noqa: S603
            command, stdin=silent, capture_output=True, timeout=seconds, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return answer.stdout.decode("utf-8", "replace")


def run_git(
    clone: Path,
    *arguments: str,
    feed: bytes = b"",
    login: Login | None = None,
    extra: Mapping[str, str] | None = None,
) -> bytes:
    """Run a git command in a clone and return what it prints."""
    done = subprocess.run(  # noqa: S603  # no shell, and each argument is ours
        (_GIT, *arguments),
        cwd=clone,
        input=feed,
        capture_output=True,
        check=False,
        env={**os.environ, **_environment(login), **(extra or {})},
    )
    if done.returncode:
        raise GitError(arguments, (done.stdout + done.stderr).decode(errors="replace"))
    return done.stdout


def _environment(login: Login | None) -> dict[str, str]:
    """Settings for one command: in the environment, since arguments can be seen by every process."""
    settings = [*_SETTINGS, *([login.setting] if login else [])]
    numbered = {f"GIT_CONFIG_KEY_{row}": key for row, (key, _) in enumerate(settings)}
    numbered |= {f"GIT_CONFIG_VALUE_{row}": value for row, (_, value) in enumerate(settings)}
    return {
        **numbered,
        "GIT_CONFIG_COUNT": str(len(settings)),
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }


def renamed_files(root: Path) -> dict[str, str]:
    """Ask git for the files of a repository that have another name now: old path -> new path.

    Renames that are not committed yet count as well; outside a repository nothing is renamed.
    """
    try:
        committed = run_git(root, "log", "-z", "--format=", "--max-count=5000", *_RENAMES).decode()
        pending = run_git(root, "diff", "-z", *_RENAMES, "HEAD").decode()
    except GitError:
        return {}
    renamed: dict[str, str] = {}
    for old, new in [*_pairs(pending), *_pairs(committed)]:  # from the newest to the oldest
        if not (root / old).exists():
            renamed.setdefault(old, renamed.get(new, new))
    return renamed


def _pairs(output: str) -> list[tuple[str, str]]:
    """Read `R100`, the old and the new path, each behind the other."""
    fields = [text for text in output.split("\0") if text]
    return list(zip(fields[1::3], fields[2::3], strict=False))
