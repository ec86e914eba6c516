"""No trace of what is private is anywhere in what is published, and all that is public is there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from notebinder.cli import cli

from .planted import Words
from .secret_vault import PATTERNS, secret_vault


@pytest.fixture(scope="module")
def words() -> tuple[Words, Words]:
    """The secrets, and the words that are public."""
    return Words("qzxjvk"), Words("pwqjxz")


@pytest.fixture(scope="module")
def vault(words: tuple[Words, Words], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The vault, in a folder whose own name is nobody's business."""
    secrets, public = words
    folder = tmp_path_factory.mktemp(secrets("folder above the vault")) / "Vault"
    _write(folder, secret_vault(secrets, public))
    return folder


def _write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())


def _run(*arguments: str | Path) -> str:
    options = [argument for pattern in PATTERNS[:2] for argument in ("--private", pattern)]
    result = CliRunner().invoke(cli, [*map(str, arguments), *options], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_a_hundred_secrets_are_nowhere_in_a_site(
    words: tuple[Words, Words], vault: Path, tmp_path: Path
) -> None:
    """The same search finds every public word, so it would find a secret, too."""
    secrets, public = words
    _run("site", vault, "--output", tmp_path / "site")
    assert secrets.found_in(tmp_path / "site") == {}
    assert public.by_place.keys() - public.found_in(tmp_path / "site").keys() == set()
    assert len(secrets.by_place) > 100
