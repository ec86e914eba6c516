"""Real vaults to measure against, which are no part of the project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]


def real_vault(name: str) -> Path:
    """Return the folder of a real vault; skip the test where there is none, fail in CI.

    A CI that has no vaults says so with `NOTEBINDER_VAULTS=none`.
    """
    folder = Path(os.environ.get("NOTEBINDER_VAULTS", PROJECT.parent / "shared" / "vaults")) / name
    if not folder.is_dir():
        if os.environ.get("CI") == "true" and os.environ.get("NOTEBINDER_VAULTS") != "none":
            pytest.fail(f"no vault {folder}")
        pytest.skip(f"no vault {folder}; set NOTEBINDER_VAULTS")
    return folder
