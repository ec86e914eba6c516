"""What all tests share: small vaults written by a test, and golden trees."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import settings

from notebinder.base.file_state import AT_REST_NS
from notebinder.build.pipeline import build
from tests.support.projects import BuildVault, WriteVault, settings_for

# `make test` says the same of the same code each time; what is made up anew is for `make soak`.
settings.register_profile("repeatable", deadline=None, derandomize="NOTEBINDER_SEED" not in os.environ)
settings.load_profile("repeatable")

# A shell that starts the tests in the background has them and all that they start ignore Ctrl-C.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the expected files")


@pytest.fixture(autouse=True, scope="session")
def _own_user_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Tests share a cache of their own, also those that run a command in another process."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("user-cache"))


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture
def at_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clock be some seconds ahead, so that what a test has just written is at rest."""
    monkeypatch.setattr("notebinder.base.file_state.time_ns", lambda: time.time_ns() + 2 * AT_REST_NS)


@pytest.fixture
def write_vault(tmp_path: Path) -> WriteVault:
    """Write a vault from a mapping of paths to contents; return its folder."""

    def write(files: Mapping[str, str | bytes]) -> Path:
        vault = tmp_path / "vault"
        vault.mkdir()
        for path, content in files.items():
            file = vault / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return vault

    return write


@pytest.fixture
def build_vault(write_vault: WriteVault, tmp_path: Path) -> BuildVault:
    """Build the pages of a vault that is written from a mapping."""
    return lambda files: build(settings_for(write_vault(files), tmp_path / "docs"))
