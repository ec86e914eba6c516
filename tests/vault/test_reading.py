"""Rules of reading a vault: each file is a note, a plan, a transcript or an attachment, and none is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from notebinder.base.limits import LIMITS
from notebinder.base.settings import Options, resolve_settings
from notebinder.vault.model import Transcript
from notebinder.vault.reading import open_vault
from notebinder.vault.transcripts import format_transcript
from tests.support.projects import WriteVault, settings_for

READ = format_transcript(Transcript("Storage", ("It grows.",), "0a"))


@pytest.mark.parametrize(
    ("name", "text", "is_transcript"),
    [
        ("a.png.txt", READ, True),
        ("a.png.txt", "just a text", False),
        ("a.png.txt", "", False),
        ("a.png.txt", READ + "x" * LIMITS.text_bytes, False),
        ("b.png.txt", READ, False),
        ("a.txt", READ, False),
    ],
)
def test_a_file_beside_an_image_is_its_transcript_or_an_attachment(
    write_vault: WriteVault, tmp_path: Path, name: str, text: str, is_transcript: bool
) -> None:
    """Never neither: what cannot be read as a transcript may be linked like any other file."""
    files: dict[str, str | bytes] = {"n.md": "![[a.png]]", "a.png": b"x", name: text}
    vault, problems = open_vault(settings_for(write_vault(files), tmp_path / "docs"))
    assert vault.transcripts.keys() == ({"a.png"} if is_transcript else set())
    assert vault.attachments.keys() == ({"a.png"} if is_transcript else {"a.png", name})
    assert problems == ()


@pytest.mark.parametrize("name", ["board.canvas", "list.base"])
def test_what_obsidian_makes_among_the_notes_need_not_lie_among_the_attachments(
    write_vault: WriteVault, tmp_path: Path, name: str
) -> None:
    root = write_vault({f"notes/{name}": "{}", "notes/a.png": b"x", "assets/b.png": b"x", "notes/n.md": ""})
    options = Options(vault=str(root), notes=("notes",), attachments=("assets",))
    vault, _ = open_vault(
        resolve_settings(options, root=root, docs=tmp_path / "docs", cache=tmp_path / "cache")
    )
    assert [*vault.attachments] == ["assets/b.png", f"notes/{name}"]
