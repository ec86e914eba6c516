"""The package installs elsewhere, and its lock files promise today's build in a year."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.support.projects import PROJECT, WriteVault

pytestmark = pytest.mark.whole


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_each_version_with_hashes_and_no_index(name: str) -> None:
    lines = (PROJECT / name).read_text("utf-8").splitlines()
    packages = [line for line in lines if "==" in line]
    assert len(packages) > 20
    assert sum("--hash=sha256:" in line for line in lines) >= len(packages)
    assert [line for line in lines if re.match(r"\s*(--(extra-)?index-url|--find-links|-i|-f)\b", line)] == []


def test_every_dependency_is_locked_and_has_an_upper_bound() -> None:
    data = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    locked = set(re.findall(r"(?m)^([\w.-]+)==", (PROJECT / "requirements.lock").read_text("utf-8")))
    for dependency in data["project"]["dependencies"]:
        name = re.split(r"[<>=\[]", dependency)[0]
        assert "<" in dependency, dependency
        assert name.replace(".", "-") in locked, name


def test_the_wheel_builds_a_site_where_it_is_installed(write_vault: WriteVault, tmp_path: Path) -> None:
    vault = write_vault({"a.md": "words of a note"})
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    wheel = ["wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(tmp_path), str(PROJECT)]
    subprocess.run([*pip, *wheel], check=True, timeout=120)
    found = next(tmp_path.glob("*.whl"))
    target = tmp_path / "installed"
    subprocess.run(
        [*pip, "install", "--no-deps", "--target", str(target), str(found)], check=True, timeout=120
    )
    run = [sys.executable, "-P", "-m", "notebinder", "site", str(vault), "--output", str(tmp_path / "site")]
    environment = {**os.environ, "PYTHONPATH": str(target), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    subprocess.run(run, cwd=tmp_path, env=environment, check=True, timeout=120)
    assert "words of a note" in (tmp_path / "site/a/index.html").read_text("utf-8")
    assert list((tmp_path / "site/assets/notebinder").glob("*.css"))
