"""What the project stands on: each part has a purpose and a licence, and none is fetched while building."""

from __future__ import annotations

import ast
import functools
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, metadata, packages_distributions
from pathlib import Path
from typing import Any

import pytest

from tests.support.projects import PROJECT, WriteVault

PROJECT_FILE = (PROJECT / "pyproject.toml").read_text("utf-8")
DATA = tomllib.loads(PROJECT_FILE)["project"]
RUNTIME = DATA["dependencies"]
DIRECT = [*RUNTIME, *(each for extra in DATA["optional-dependencies"].values() for each in extra)]
LICENCES = re.compile(
    r"MIT|MIT License|MIT-CMU|BSD License|3-Clause BSD License|0BSD|BSD-[23]-Clause|Apache-2\.0|"
    r"Apache Software License|MPL-2\.0|Mozilla Public License 2\.0 \(MPL 2\.0\)|PSF-2\.0|"
    r"Python Software Foundation License|CNRI-Python|OSI Approved|DFSG approved|Zlib|CC0-1\.0"
)
UNSAID = {"atheris": "Apache-2.0", "axe-playwright-python": "MIT"}
"""What the metadata of two of them leave out, from their repositories."""
PART_OF_MKDOCS = {"jinja2", "markdown", "markupsafe"}
"""MkDocs hands these to its plugins; which version is its business."""


def name_of(requirement: str) -> str:
    return re.split(r"[<>=\[;]", requirement)[0].lower().replace(".", "-").replace("_", "-")


@pytest.mark.parametrize("requirement", DIRECT)
def test_each_dependency_has_a_line_that_says_what_it_is_for(requirement: str) -> None:
    line = re.search(rf'^  "{re.escape(requirement)}", *# (.+)$', PROJECT_FILE, re.MULTILINE)
    assert line, requirement
    assert len(line[1]) > 5


def test_what_is_imported_is_named() -> None:
    """A package that comes along with another may be gone in its next version."""
    named = {name_of(requirement) for requirement in DIRECT} | PART_OF_MKDOCS
    distributions = packages_distributions()
    found = {
        name_of(distribution)
        for module in imported_modules()
        if module not in sys.stdlib_module_names and module != "notebinder"
        for distribution in distributions.get(module, [module])[:1]
    }
    assert found - named - {"numpy"} == set()


def imported_modules() -> set[str]:
    found: set[str] = set()
    for file in (PROJECT / "scripts").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.partition(".")[0])
    return found


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_licence_lets_anybody_use_it(lock: str) -> None:
    locked = sorted(set(re.findall(r"(?m)^([\w.-]+)==", (PROJECT / lock).read_text("utf-8"))))
    said = {name: licences(name) for name in locked}
    assert {name: each for name, each in said.items() if not all(map(LICENCES.fullmatch, each))} == {}
    assert sum(bool(each) for each in said.values()) > len(locked) * 0.8


def licences(name: str) -> list[str]:
    """The licences of a package as its metadata say; none if this system has no use for it."""
    try:
        found: Any = metadata(name)
    except PackageNotFoundError:
        return []
    classifiers = found.get_all("Classifier") or []
    said = [line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License")]
    expression = found.get("License-Expression") or UNSAID.get(name) or " AND ".join(said)
    expression = expression or found.get("License") or "none"
    return re.split(r" AND | OR ", expression)


GUARD = """
import socket

def refuse(self, address):
    if self.family != getattr(socket, "AF_UNIX", None):
        raise OSError("the network is cut off")

socket.socket.connect = socket.socket.connect_ex = refuse
socket.getaddrinfo = lambda *_, **__: refuse(socket.socket(), None)
"""


@functools.cache
def unshare() -> tuple[str, ...]:
    """The command that runs another without a network; empty where the system has or allows none."""
    command = ("unshare", "--map-root-user", "--net")
    if not shutil.which("unshare"):
        return ()
    return (
        command
        if subprocess.run([*command, "true"], check=False, capture_output=True).returncode == 0
        else ()
    )


def without_network(*command: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python where no connection can be made: by the system's means, else by our own."""
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "XDG_CACHE_HOME": str(cwd / "cache"), **environment}
    if not unshare():
        guard = cwd / "guard"
        guard.mkdir(exist_ok=True)
        (guard / "sitecustomize.py").write_text(GUARD)
        env["PYTHONPATH"] = str(guard)
    return subprocess.run(
        [*unshare(), sys.executable, *command],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.whole
def test_the_network_is_cut_off(tmp_path: Path) -> None:
    """Both ways; else the tests below would say nothing."""
    connect = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=3)"
    assert "OSError" in without_network("-c", connect, cwd=tmp_path).stderr
    (tmp_path / "sitecustomize.py").write_text(GUARD)
    done = subprocess.run(
        [sys.executable, "-c", connect],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "the network is cut off" in done.stderr


NOTES = {
    "a.md": "# A\n\n$x^2$ and [[b]] and ![[c.svg]]\n\n```mermaid\ngraph TD; A-->B\n```\n\n![](https://x.test/y.png)\n",
    "b.md": "---\nlang: de\n---\nwords of a note: https://youtu.be/x\n",
    "c.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>',
}


@pytest.mark.whole
def test_a_site_is_built_with_the_network_cut_off(write_vault: WriteVault, tmp_path: Path) -> None:
    write_vault(NOTES)
    done = without_network("-m", "notebinder", "site", "vault", "--output", "site", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "words of a note" in (tmp_path / "site/b/index.html").read_text("utf-8")


@pytest.mark.whole
def test_a_project_is_built_with_the_network_cut_off(tmp_path: Path) -> None:
    """As on a host: with a public address, so that cards are drawn, and with Pagefind."""
    for folder in ("notes", "assets", "docs"):
        (tmp_path / folder).mkdir()
    config = (PROJECT / "mkdocs.yml").read_text("utf-8")
    config = config.replace("scripts/notebinder", f"{PROJECT}/scripts/notebinder")
    (tmp_path / "mkdocs.yml").write_text(
        config.replace("    pages: topics", "    pagefind_above: 0\n    pages: topics")
    )
    (tmp_path / "docs/index.md").write_text("# Home\n")
    for name, text in NOTES.items():
        (tmp_path / ("assets" if name.endswith("svg") else "notes") / name).write_text(text)
    done = without_network(
        "-m", "mkdocs", "build", "--strict", cwd=tmp_path, SITE_URL="https://notes.example.org/"
    )
    assert done.returncode == 0, done.stderr
    assert "words of a note" in (tmp_path / "site/topics/b/index.html").read_text("utf-8")
    assert list((tmp_path / "site").rglob("*.png"))
    assert "Pagefind indexed the site in" in done.stderr


@pytest.mark.whole
def test_an_audit_without_an_answer_fails(tmp_path: Path) -> None:
    """Silence must not look like safety."""
    (tmp_path / "one.lock").write_text(f"click==8.1.0 --hash=sha256:{'0' * 64}\n")
    options = ["--strict", "--require-hashes", "--disable-pip", "--progress-spinner", "off"]
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    assert " ".join(options) in makefile
    done = without_network("-m", "pip_audit", *options, "-r", "one.lock", cwd=tmp_path, HOME=str(tmp_path))
    assert done.returncode != 0
    assert "Connection" in done.stderr or "cut off" in done.stderr
