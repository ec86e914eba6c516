"""The commands that help an author with a vault."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from notebinder.cli.main import cli
from notebinder.images.transcribing import hash_image
from notebinder.vault.model import Transcript
from notebinder.vault.transcripts import format_transcript, transcript_file
from tests.support.pictures import encoded
from tests.support.projects import WriteVault

NOTE = "1. Flour\n2. Baking heat\n\n![[a.png]]\n\n![[b.png]]\n"


@pytest.fixture
def vault(write_vault: WriteVault) -> Path:
    """A note in a folder whose images lie in the folder above, with transcripts."""
    folder = write_vault({"study/Bread.md": NOTE, "a.png": b"one", "b.png": b"two"})
    for name, title in (("a.png", "Kinds of flour"), ("b.png", "Baking heat")):
        image = folder / name
        read = Transcript(title, ("words",), hash_image(image.read_bytes()))
        transcript_file(image).write_text(format_transcript(read), "utf-8")
    return folder


def plan(vault: Path, *arguments: str) -> Result:
    return CliRunner().invoke(
        cli, ["plan", str(vault / "study/Bread.md"), *arguments], catch_exceptions=False
    )


def test_a_sheet_shows_each_picture_under_its_topic_with_the_reason(vault: Path) -> None:
    stream = BytesIO()
    Image.new("RGB", (2000, 900), "white").save(stream, "PNG")
    (vault / "a.png").write_bytes(stream.getvalue())
    sheet = vault / "plan.html"
    plan(vault, "--check", "--html", str(sheet))
    text = sheet.read_text("utf-8")
    flour, baking = text.partition("<h2>Flour</h2>")[2].split("<h2>Baking heat</h2>")
    assert 'src="data:image/webp;base64,' in flour
    assert "Kinds of flour" in flour
    assert "<img" not in baking  # what is no image costs nobody the sheet
    assert "share &quot;Baking&quot;" in baking
    assert not (vault / "study/Bread.plan.yml").exists()


def test_a_plan_is_proposed_without_any_configuration(vault: Path) -> None:
    """The images lie above the note, in a folder that nobody has named."""
    found = json.loads(plan(vault, "--format", "json").stdout)["parts"]
    assert [(part["name"], part["topics"]) for part in found] == [
        ("a.png", ["Flour"]),
        ("b.png", ["Baking heat"]),
    ]
    assert all(part["reasons"] and isinstance(part["sure"], bool) for part in found)


def test_check_only_says_what_would_change(vault: Path) -> None:
    said = plan(vault, "--vault", str(vault), "--check").output
    assert 'a.png -> under "Flour"' in said
    assert list(vault.rglob("*.plan.yml")) == []


def test_a_written_plan_is_complete_and_stays_as_the_author_leaves_it(vault: Path) -> None:
    plan(vault, "--vault", str(vault))
    file = vault / "study/Bread.plan.yml"
    edited = file.read_text("utf-8").replace("a.png: Kinds of flour", "a.png: Mine # keep")
    file.write_text(edited, "utf-8")
    assert plan(vault, "--vault", str(vault)).output.splitlines()[-1] == "nothing to add"
    assert file.read_text("utf-8") == edited


def test_a_note_outside_the_vault_is_refused(vault: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    result = CliRunner().invoke(
        cli, ["plan", str(vault / "study/Bread.md"), "--vault", str(tmp_path / "other")]
    )
    assert result.exit_code != 0
    assert "is not in the vault" in str(result.exception)


def test_a_check_writes_and_encodes_nothing(write_vault: WriteVault, monkeypatch: pytest.MonkeyPatch) -> None:
    """It finds what a build would find: an image that is damaged, and a file that is missing."""
    picture = encoded(Image.new("RGB", (900, 600), "red"), "PNG")
    vault = write_vault(
        {"a.md": "![[p.png]] [[f.pdf]] ![[bad.png]]", "p.png": picture, "bad.png": b"x", "f.pdf": b"%PDF"}
    )
    monkeypatch.setenv("XDG_CACHE_HOME", str(vault.parent / "cache"))
    result = CliRunner().invoke(cli, ["check", str(vault), "--format", "json"], catch_exceptions=False)
    codes = [problem["code"] for problem in json.loads(result.stdout)]
    assert "unreadable-image" in codes
    written = [file.suffix for file in (vault.parent / "cache").rglob("*") if file.is_file()]
    assert not {".png", ".webp", ".pdf"} & {*written}


@pytest.mark.parametrize(
    ("note", "line"),
    [("text\n\nIt is #private here", 3), ("---\ntags: private\n---\n#private", 0), ("`#private`", 0)],
)
def test_a_word_that_keeps_a_note_private_is_told(note: str, line: int, write_vault: WriteVault) -> None:
    vault = write_vault({"List.md": note, "Home.md": "words"})
    result = CliRunner().invoke(cli, ["check", str(vault)], catch_exceptions=False)
    assert (f"List.md:{line}: info[private-tag]" in result.stdout) == bool(line)
    assert ("1 private note left out" in result.stdout) == (note[0] != "`")


def test_a_check_tells_errors_first_and_information_by_its_kind(write_vault: WriteVault) -> None:
    files = {f"{number}.png": encoded(Image.new("RGB", (9, 9)), "PNG") for number in range(7)}
    vault = write_vault({**files, "A.md": "[[none]]", "B.md": "x", "B.plan.yml": "topics: ["})
    lines = CliRunner().invoke(cli, ["check", str(vault)]).stdout.splitlines()
    assert [line.partition("[")[2].partition("]")[0] for line in lines[:2]] == [
        "unreadable-plan",
        "missing-note",
    ]
    assert [line for line in lines if "unused-attachment" in line] == [
        "info[unused-attachment] 7 times: 0.png, 1.png, 2.png, 3.png, 4.png and 2 more; --verbose lists them"
    ]
    every = CliRunner().invoke(cli, ["check", str(vault), "--verbose"]).stdout
    assert every.count("info[unused-attachment] ") == 7
