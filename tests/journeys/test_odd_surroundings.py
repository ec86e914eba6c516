"""What is odd around a vault is told, and its site is built."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.support import commands
from tests.support.projects import WriteVault


@pytest.mark.skipif(os.name == "nt", reason="HOME means nothing there")
@pytest.mark.parametrize("home", [os.devnull, f"{os.devnull}/home"])
def test_a_home_that_cannot_be_used_costs_the_cache_not_the_site(
    home: str, write_vault: WriteVault, tmp_path: Path
) -> None:
    """Nor does a date that is none, a permalink of thousands of parts, or a filter that nobody can read."""
    vault = write_vault(
        {
            ".obsidian/app.json": json.dumps({"userIgnoreFilters": ["/(?<a>zz)[^]\\p{L}/"], "x": [[]]}),
            "A.md": f"---\npermalink: {'/'.join(['deep'] * 3_000)}\n---\nwords [[B]]",
            "B.md": f"---\npermalink: {'b' * 3_000}\n---\nwords",
        }
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    surroundings = {**kept, "HOME": home, "SOURCE_DATE_EPOCH": "-5"}
    command = ["notebinder", "site", str(vault), "--output", str(tmp_path / "site")]
    done = commands.run(*command, cwd=tmp_path, env=surroundings)
    told = done.stdout + done.stderr
    assert (done.returncode, "Traceback" in told) == (0, False), told
    assert [code for code in ("shared-address", "unread-setting") if code not in told] == []
    assert "no-cache" in told
    assert "words" in (tmp_path / "site/a/index.html").read_text("utf-8")
