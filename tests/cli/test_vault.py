"""The commands that help an author with a vault."""

from __future__ import annotations

import json
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
    (vault / "a.png").write_bytes(encoded(Image.new("RGB", (2000, 900), "white")))
    sheet = vault / "plan.html"
    plan(vault, "--check", "--html", str(sheet))
    text = sheet.read_text("utf-8")
    flour, baking = text.partition("<h2>Flour</h2>")[2].split("<h2>Baking heat</h2>")
    assert 'src="data:image/webp;base64,' in flour
    assert "Kinds of flour" in flour
    assert "<img" not in baking  # what is no image costs nobody the sheet
    assert "share &quot;Baking&quot;" in baking
    assert "<p>2 new parts: 2 sure, 0 not sure</p>\n<main>" in text
    assert not (vault / "study/Bread.plan.yml").exists()


def test_a_sheet_begins_with_what_is_to_be_looked_at(vault: Path) -> None:
    note = vault / "study/Bread.md"
    note.write_text(NOTE.replace("heat\n", "heat\n3. **Salt**\n") + "\n![[IMG_1.png]]\n")
    plan(vault, "--check", "--html", str(vault / "plan.html"))
    head, _, cards = (vault / "plan.html").read_text("utf-8").partition("<main>")
    assert "To look at: " in head
    assert '<a href="#9">IMG_1.png</a>' in head
    assert "Nothing stands under: Salt" in head
    assert '<article id="9" class="doubt">' in cards


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
    assert 'a.png -> under "Flour" (99%)' in said
    assert said.endswith("2 new parts: 2 sure, 0 not sure\n")
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


LATER = "1. Flour\n2. Baking heat\n3. Storage\n\n![[a.png]]\n\n![[b.png]]\n\n![[IMG_1.png]]\n"


def read_later(vault: Path) -> None:
    """Write the transcript of a picture that nobody had read."""
    image = vault / "IMG_1.png"
    text = format_transcript(Transcript("Storage of bread", ("words",), hash_image(image.read_bytes())))
    transcript_file(image).write_text(text, "utf-8")


def test_what_a_plan_was_not_sure_of_is_placed_anew_when_more_is_known(vault: Path) -> None:
    (vault / "study/Bread.md").write_text(LATER)
    (vault / "IMG_1.png").write_bytes(b"three")
    plan(vault)
    file = vault / "study/Bread.plan.yml"
    before = file.read_text("utf-8")
    assert "- IMG_1.png  # not sure: " in before
    assert "Storage" not in before
    file.write_text(before.replace("topics:", "# mine\ntopics:"), "utf-8")
    assert "IMG_1.png moves" not in plan(vault).stdout
    read_later(vault)
    said = plan(vault).stdout
    assert 'IMG_1.png moves from "Baking heat" to "Storage"' in said
    after = file.read_text("utf-8")
    assert "# mine\n" in after
    assert "  - title: Storage\n    parts:\n      - IMG_1.png: Storage of bread\n" in after
    assert after.count("IMG_1.png") == 1
    assert "nothing to add" in plan(vault).stdout
    assert file.read_text("utf-8") == after


@pytest.mark.parametrize(
    "line", ["- IMG_1.png  # sure of it", "- 'IMG_1.png': Mine  # not sure: nobody knows [50%]"]
)
def test_a_line_that_its_author_wrote_stays(vault: Path, line: str) -> None:
    (vault / "study/Bread.md").write_text(LATER)
    (vault / "IMG_1.png").write_bytes(b"three")
    flour = "topics:\n  - title: Flour\n    parts:\n      - a.png\n"
    text = f"{flour}  - title: Baking heat\n    parts:\n      - b.png\n      {line}\n"
    file = vault / "study/Bread.plan.yml"
    file.write_text(text, "utf-8")
    read_later(vault)
    plan(vault)
    assert line in file.read_text("utf-8")


def test_starting_over_shows_what_would_change_before_it_is_written(vault: Path) -> None:
    file = vault / "study/Bread.plan.yml"
    own = "topics:\n  - title: All\n    parts:\n      - a.png\n      - b.png\n"
    file.write_text(own, "utf-8")
    command = ["plan", str(vault / "study/Bread.md"), "--again"]
    said = CliRunner().invoke(cli, command, input="n\n", catch_exceptions=False).stdout
    assert "-  - title: All\n" in said
    assert "+  - title: Flour\n" in said
    assert file.read_text("utf-8") == own
    CliRunner().invoke(cli, command, input="y\n", catch_exceptions=False)
    assert "title: Flour" in file.read_text("utf-8")
    said = CliRunner().invoke(cli, command, catch_exceptions=False).stdout
    assert said == "nothing would change\n"  # so nothing is asked
