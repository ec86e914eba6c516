"""Rules of files that change kind while a vault is read: what takes a file's place is not followed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from notebinder.base.limits import LIMITS, Limits
from notebinder.build.pipeline import build
from notebinder.vault.file_cache import FileCache
from notebinder.vault.reading import open_vault
from tests.support.pictures import encoded, screenshot
from tests.support.projects import WriteVault, settings_for

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes among its files")

SECRET = b"%PDF outside-the-walls-4711 [[Secret]]"
SWAPS: dict[str, Callable[[Path, Path], None]] = {
    "a link out of the vault": lambda place, outside: place.symlink_to(outside / f"secret{place.suffix}"),
    "a folder": lambda place, outside: place.mkdir(),
    "a pipe, which would be waited for": lambda place, outside: os.mkfifo(place),
    "nothing": lambda place, outside: None,
}


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    folder = tmp_path / "outside"
    folder.mkdir()
    for name, data in (
        ("md", SECRET),
        ("pdf", b"\0" + SECRET),
        ("txt", SECRET),
        ("png", encoded(screenshot(60, 40))),
    ):
        (folder / f"secret.{name}").write_bytes(data)
    return folder


def swap(file: Path, kind: str, outside: Path) -> None:
    file.unlink()
    SWAPS[kind](file, outside)


@pytest.mark.parametrize("kind", SWAPS)
def test_a_note_is_not_read_through_what_took_its_place(
    kind: str, write_vault: WriteVault, outside: Path, tmp_path: Path
) -> None:
    vault = write_vault({"a.md": "mine", "b.md": "mine, too"})

    class Meddled(FileCache):
        def prepare(self, *given: Any) -> None:
            swap(vault / "a.md", kind, outside)
            super().prepare(*given)

    found, problems = open_vault(settings_for(vault, tmp_path / "docs"), Meddled(root=vault))
    texts = {path: note.text for path, note in found.notes.items()}
    assert texts == {"b.md": "mine, too"} | ({} if kind == "nothing" else {"a.md": ""})
    assert {problem.location.path for problem in problems} == (set() if kind == "nothing" else {"a.md"})


@pytest.mark.parametrize("kind", SWAPS)
@pytest.mark.parametrize(
    ("name", "label", "whole"),
    [
        ("a.pdf", "converting notes", LIMITS),
        ("a.txt", "converting notes", LIMITS),
        ("a.png", "publishing images", LIMITS),
        ("large.pdf", "converting notes", Limits(whole_bytes=10)),
    ],
)
def test_no_file_is_published_through_what_took_its_place(
    *,
    kind: str,
    name: str,
    label: str,
    whole: Limits,
    write_vault: WriteVault,
    outside: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("notebinder.images.media.LIMITS", whole)
    private = {"Secret.md": "---\npublish: false\n---"}
    vault = write_vault({"a.md": f"![[{name}]]", name: encoded(screenshot(40, 30)), **private})

    @contextmanager
    def step(begun: str, unit: str) -> Iterator[Callable[[int, int], None]]:
        if begun == label:
            swap(vault / name, kind, outside)
        yield lambda done, total: None

    built = build(settings_for(vault, tmp_path / "docs"), step=step)
    assert [(problem.location.path, problem.code) for problem in built.problems] == [
        (name, "unreadable-image")
    ]
    assert built.media == frozenset()
