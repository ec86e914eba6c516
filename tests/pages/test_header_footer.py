"""What stands around a note's words: languages, dates, tags and properties."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from notebinder.pages.dates import Dates, note_dates, read_history
from notebinder.pages.languages import Language, note_language
from notebinder.pages.properties_box import properties_html
from notebinder.vault.model import Note
from notebinder.vault.syntax.properties import property_tags
from tests.support.projects import BuildVault, text_of


def note(text: str = "", properties: Mapping[str, Any] | None = None) -> Note:
    return Note("n.md", text, properties or {})


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Hund läuft schnell über die große Wiese.", Language("de")),
        ("هذا نص عربي قصير عن الملاحظات", Language("ar", "rtl")),
        ("זהו טקסט קצר בעברית על פתקים", Language("he", "rtl")),
        ("これは日本語のメモです。", Language("ja")),
        ("", Language()),
        ("12 34", Language()),
    ],
)
def test_a_language_is_guessed_only_where_the_text_tells_it(text: str, language: Language) -> None:
    assert note_language(note(text)) == language


def test_properties_beat_the_guess() -> None:
    assert note_language(note("plain english text here", {"lang": "fa"})) == Language("fa", "rtl")
    assert note_language(note("text", {"language": "nl", "dir": "RTL"})) == Language("nl", "rtl")


def test_what_the_author_wrote_beats_git() -> None:
    known = Dates(date(2020, 1, 1), date(2021, 1, 1))
    given = note(properties={"Created": "2024-03-01T10:00", "modified": 7})
    assert note_dates(given, known) == Dates(date(2024, 3, 1), date(2021, 1, 1))


def test_git_knows_the_first_and_the_last_commit_of_a_note(tmp_path: Path) -> None:
    def git(*arguments: str, day: str = "2024-01-01") -> None:
        stamp = f"{day}T12:00:00+00:00"
        identity = ["-c", "user.name=a", "-c", "user.email=a@b.c"]
        environment = {"GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp, "PATH": "/usr/bin:/bin"}
        command = ["git", "-C", str(tmp_path), *identity, *arguments]
        subprocess.run(command, check=True, env=environment, capture_output=True)

    vault = tmp_path / "my vault"
    vault.mkdir()
    git("init", "-q")
    for day in ("2024-01-01", "2024-02-02"):
        (vault / "Äpfel.md").write_text(day)
        git("add", "-A")
        git("commit", "-qm", "note", day=day)
    known = read_history(vault)
    assert known.dates == {"Äpfel.md": Dates(date(2024, 1, 1), date(2024, 2, 2))}
    (vault / "Äpfel.md").write_text("not committed")
    assert read_history(vault, known) is known
    git("commit", "-qam", "note", day="2024-03-03")
    assert read_history(vault, known).dates == {"Äpfel.md": Dates(date(2024, 1, 1), date(2024, 3, 3))}


def test_without_git_nothing_is_known(tmp_path: Path) -> None:
    assert read_history(tmp_path).dates == {}


@pytest.mark.parametrize(
    ("properties", "tags"),
    [
        ({"tags": ["a", "#b/c"]}, ("a", "b/c")),
        ({"tag": "a, b c"}, ("a", "b", "c")),
        ({"tags": None}, ()),
        ({"tags": 2024}, ("2024",)),
    ],
)
def test_tags_are_read_in_every_spelling(properties: Mapping[str, Any], tags: tuple[str, ...]) -> None:
    assert property_tags(properties) == tags


def test_properties_are_shown_as_text_with_their_links_and_nothing_else() -> None:
    given = {
        "up": "see [[B|bee]] & [[gone]]",
        "x": "<script>",
        "ok": True,
        "url": "https://a.b/c",
        "icon": "t",
    }
    assert properties_html(note(properties=given), lambda target: "../b/" if target == "B" else "") == (
        '<dl class="nb-properties" data-generated><dt>up</dt><dd>see <a href="../b/">bee</a> &#38; '
        '<span class="nb-missing">gone</span></dd><dt>x</dt><dd>&#60;script&#62;</dd><dt>ok</dt><dd>yes</dd>'
        '<dt>url</dt><dd><a href="https&#58;//a.b/c">https&#58;//a.b/c</a></dd></dl>'
    )


def test_properties_never_steer_the_engine(build_vault: BuildVault) -> None:
    page = text_of(
        build_vault(
            {"a.md": "---\nicon: trees\ntemplate: x.html\nhide: [toc]\nsearch: {exclude: true}\n---\nb"}
        ),
        "a.md",
    )
    head = page.split("---\n")[1]
    keys = [line.partition(":")[0] for line in head.splitlines() if not line.startswith("#")]
    assert keys == ["title", "description", "source"]


def test_tags_cannot_leave_their_place_in_the_search(build_vault: BuildVault) -> None:
    """The search puts the tags of a page into HTML as they are."""
    page = text_of(build_vault({"a.md": '---\ntags: ["<img src=x onerror=y>", "R&D"]\n---\nb'}), "a.md")
    assert yaml.safe_load(page.split("---\n")[1])["tags"] == ["&lt;img src=x onerror=y&gt;", "R&D"]
