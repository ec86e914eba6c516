"""Runs workflows as GitHub does: each job in a clean clone, each step with its own environment."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.support.projects import PROJECT

WORKFLOWS = PROJECT / ".github/workflows"
_AUTHOR = {f"GIT_{who}_{what}": "author" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


def read_workflow(name: str) -> dict[str, Any]:
    """A workflow, with its triggers under `on`, which YAML takes for a truth value."""
    data = yaml.safe_load((WORKFLOWS / name).read_text("utf-8"))
    return {"on": data.pop(True), **data}


def starts(name: str, event: str, paths: list[str]) -> bool:
    """Whether an event starts a workflow where these files changed."""
    triggers = read_workflow(name)["on"]
    if event not in triggers:
        return False
    ignored = (triggers[event] or {}).get("paths-ignore", [])
    return not all(any(_fits(path, pattern) for pattern in ignored) for path in paths)


def _fits(path: str, pattern: str) -> bool:
    return path.startswith(pattern.removesuffix("**")) if pattern.endswith("/**") else path == pattern


@dataclass
class Origin:
    """The repository as the host has it, bare, with what lies in the working folder of another."""

    root: Path
    source: Path = PROJECT
    bare: Path = field(init=False)
    clone: Path = field(init=False)

    def __post_init__(self) -> None:
        self.bare, self.clone = self.root / "origin.git", self.root / "author"
        git(self.root, "init", "--quiet", "--bare", "--initial-branch", "main", self.bare)
        git(self.root, "clone", "--quiet", self.bare, self.clone)
        listed = git(self.source, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
        for path in filter(None, listed.split("\0")):
            if (self.source / path).is_file():
                (self.clone / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(self.source / path, self.clone / path)

    def push(self, branch: str, files: Mapping[str, str | bytes]) -> str:
        """Push a commit with these files on top of what the author's clone has; return its id."""
        for path, content in files.items():
            file = self.clone / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
        git(self.clone, "add", "--all")
        git(self.clone, "commit", "--quiet", "--message", f"Change {', '.join(files)}")
        git(self.clone, "push", "--quiet", "origin", f"HEAD:{branch}")
        return git(self.clone, "rev-parse", "HEAD").strip()

    def shown(self, path: str) -> str:
        """A file of the pages branch."""
        return git(self.bare, "show", f"gh-pages:{path}")

    def pages(self) -> list[str]:
        """All files of the pages branch."""
        return git(self.bare, "ls-tree", "-r", "--name-only", "gh-pages").splitlines()


def git(folder: Path, *arguments: str | Path) -> str:
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env={**os.environ, **_AUTHOR},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@dataclass
class Runner:
    """A host's machines."""

    origin: Origin
    environment: Mapping[str, str]
    """What every step gets from the host."""
    values: Mapping[str, str]
    """What expressions stand for; an unknown one is an error."""
    artefacts: dict[str, dict[str, bytes]] = field(default_factory=dict)
    skipped: Collection[str] = ()
    """Commands that are not run."""
    said: list[tuple[str, str]] = field(default_factory=list)
    """Each command, and what it printed."""
    published: list[str] = field(default_factory=list)
    """The files that went to the registry."""

    def run(self, name: str, *, branch: str = "main", **values: str) -> None:
        """Run all jobs of a workflow, in the order in which they stand there."""
        workflow = read_workflow(name)
        values = {**self.values, **values}
        for job in workflow["jobs"].values():
            if _holds(job.get("if", ""), values):
                self._run_job(job, workflow.get("env", {}), branch, values)

    def _run_job(self, job: Any, env: Mapping[str, str], branch: str, values: Mapping[str, str]) -> None:
        workspace = Path(tempfile.mkdtemp(prefix="job-", dir=self.origin.root))
        for step in job["steps"]:
            action = step.get("uses", "").partition("@")[0]
            options = step.get("with", {})
            match action:
                case "":
                    given = {**env, **job.get("env", {}), **step.get("env", {})}
                    self._run_step(
                        step["run"], workspace, {key: _filled(it, values) for key, it in given.items()}
                    )
                case "actions/checkout":
                    self._check_out(workspace, branch, deep=options.get("fetch-depth") == 0)
                case "actions/upload-artifact":
                    self.artefacts[options["name"]] = dict(_visible(workspace / options["path"]))
                case "actions/download-artifact":
                    for path, content in self.artefacts[options["name"]].items():
                        file = workspace / options["path"] / path
                        file.parent.mkdir(parents=True, exist_ok=True)
                        file.write_bytes(content)
                case "pypa/gh-action-pypi-publish":
                    self.published += sorted(file.name for file in (workspace / "dist").iterdir())
                case "actions/setup-python" | "actions/cache":
                    pass
                case _:
                    raise AssertionError(f"nobody knows what {action} does")

    def _check_out(self, workspace: Path, branch: str, *, deep: bool) -> None:
        """Clone one branch alone, as the action does."""
        depth = ["--single-branch"] if deep else ["--depth", "1"]
        address = self.origin.bare.as_uri()
        git(self.origin.root, "clone", "--quiet", *depth, "--branch", branch, address, workspace)
        _install(workspace / ".venv")

    def _run_step(self, command: str, workspace: Path, env: Mapping[str, str]) -> None:
        if command in self.skipped:
            self.said.append((command, ""))
            return
        done = subprocess.run(
            ["bash", "-e", "-c", command],
            cwd=workspace,
            env={**self.environment, "PYTHONPATH": str(workspace / "scripts"), **env},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self.said.append((command, done.stdout))
        assert done.returncode == 0, f"{command}\n{done.stdout}"


def _install(venv: Path) -> None:
    """Put the packages that run this test where `make` would install the same; the code is the clone's."""
    venv.mkdir()
    for there in Path(sys.prefix).iterdir():
        if not there.name.startswith(".installed"):
            (venv / there.name).symlink_to(there)
    for name in (".installed", ".installed-dev"):
        (venv / name).touch()


def _visible(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The files of a folder but for hidden ones, which the host's action leaves behind."""
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder)
        if file.is_file() and not any(part.startswith(".") for part in path.parts):
            yield path.as_posix(), file.read_bytes()


def _holds(condition: str, values: Mapping[str, str]) -> bool:
    if not condition:
        return True
    if found := re.fullmatch(r"contains\(fromJSON\('(.+)'\), (.+)\)", condition):
        return values[found[2]] in json.loads(found[1])
    found = re.fullmatch(r"(\S+) == '(.+)'", condition)
    assert found, condition
    return values[found[1]] == found[2]


def _filled(text: str, values: Mapping[str, str]) -> str:
    return re.sub(r"\$\{\{ *(.+?) *\}\}", lambda found: values[found[1]], str(text))
