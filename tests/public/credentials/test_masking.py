"""A credential anywhere in what is to be published stops the build, and is never shown by it."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from click.testing import CliRunner

from notebinder.base.settings import Settings, SettingsError, read_options, resolve_settings
from notebinder.build.pipeline import build, inspect
from notebinder.cli.main import cli
from notebinder.public.credentials.finding import find_credentials, mask
from notebinder.public.credentials.masking import CredentialsError
from notebinder.vault.model import Transcript
from notebinder.vault.transcripts import format_transcript
from tests.public.credentials.made_up import AWS_KEY, GITHUB, private_key
from tests.support import commands
from tests.support.projects import PROJECT, WriteVault

Files = dict[str, str | bytes]

CANVAS = json.dumps(
    {"nodes": [{"id": "a", "type": "text", "text": GITHUB, "x": 0, "y": 0, "width": 9, "height": 9}]}
)
SVG = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>{GITHUB}</text></svg>'
PIXEL = (PROJECT / "tests/vaults/outline note/vault/oven.svg").read_bytes()
PLACES: dict[str, tuple[Files, str, int]] = {
    "text": ({"a.md": f"one\n\n{GITHUB}\n"}, "a.md", 3),
    "property": ({"a.md": f"---\nkey: {GITHUB}\n---\nbody"}, "a.md", 2),
    "broken properties": ({"a.md": f"---\nkey: *{GITHUB}\n---\nbody"}, "a.md", 2),
    "code": ({"a.md": f"```sh\nexport T={GITHUB}\n```\n"}, "a.md", 2),
    "formula": ({"a.md": f"$$\n{GITHUB}\n$$\n"}, "a.md", 2),
    "comment": ({"a.md": f"words %% {GITHUB} %%\n"}, "a.md", 1),
    "table": ({"a.md": f"| a | b |\n|---|---|\n| 1 | `{GITHUB}` |\n"}, "a.md", 3),
    "callout": ({"a.md": f"> [!tip] {GITHUB}\n> x\n"}, "a.md", 1),
    "heading": ({"a.md": f"# {GITHUB}\n"}, "a.md", 1),
    "link to nothing": ({"a.md": f"[[{GITHUB}]]\n"}, "a.md", 1),
    "lines": ({"a.md": f"x\n\n{private_key()}\n"}, "a.md", 3),
    "embedded note": ({"a.md": "![[b]]", "b.md": f"b\n{GITHUB}"}, "b.md", 2),
    "plan": (
        {"a.md": "1. T\n\n# H\n\nx\n", "a.plan.yml": f"topics:\n- title: T\n  parts:\n  - H: {GITHUB}\n"},
        "a.plan.yml",
        4,
    ),
    "canvas": ({"a.md": "![[c.canvas]]", "c.canvas": CANVAS}, "c.canvas", 1),
    "base": ({"a.md": "![[c.base]]", "c.base": f"views:\n- name: {GITHUB}\n"}, "c.base", 2),
    "drawing": ({"a.md": "![[c.svg]]", "c.svg": SVG}, "c.svg", 1),
    "linked drawing": ({"a.md": "[[c.svg]]", "c.svg": SVG}, "c.svg", 1),
    "linked file": ({"a.md": "[[c.env]]", "c.env": f"\nT={GITHUB}\n"}, "c.env", 2),
    "linked file in UTF-16": ({"a.md": "[[c.txt]]", "c.txt": f"\nT={GITHUB}\n".encode("utf-16")}, "c.txt", 2),
    "drawing in UTF-16": ({"a.md": "![[c.svg]]", "c.svg": SVG.encode("utf-16")}, "c.svg", 1),
    "name": ({f"{GITHUB}.md": "x", "a.md": "x"}, "••••.md", 0),
}


def settings_for(vault: Path, **options: object) -> Settings:
    given = read_options({"vault": str(vault), **options})
    place = vault.parent
    return resolve_settings(given, root=vault, docs=place / "docs", cache=place / "cache")


def leaks(folder: Path, *, apart_from: Path) -> Iterator[str]:
    """Each file below a folder that holds a part of the credential, in its name or its bytes."""
    for file in folder.rglob("*"):
        if file.is_relative_to(apart_from):
            continue
        if GITHUB[4:16] in file.name or (file.is_file() and GITHUB[4:16].encode() in file.read_bytes()):
            yield file.relative_to(folder).as_posix()


@pytest.mark.parametrize("place", PLACES)
def test_it_is_found_in_every_place_of_a_vault(place: str, write_vault: WriteVault) -> None:
    """And told by file, line and kind alone; nothing is written, nothing kept."""
    files, path, line = PLACES[place]
    vault = write_vault(files)
    with pytest.raises(CredentialsError) as error:
        build(settings_for(vault))
    said = str(error.value)
    kind = "a private key" if place == "lines" else "a GitHub token"
    where = f"{path}:{line}" if line else path
    assert said.startswith(f"{where}: error[credential] looks like {kind}; nothing is published; ")
    assert len(said.splitlines()) == 6
    assert GITHUB[4:16] not in said
    assert not any((vault.parent / "docs").rglob("*.*"))
    assert list(leaks(vault.parent, apart_from=vault)) == []


@pytest.mark.parametrize("place", PLACES)
def test_nothing_that_a_check_makes_shows_it(place: str, write_vault: WriteVault) -> None:
    """Not even the pages that it writes nowhere, and the messages of other problems."""
    vault = write_vault(PLACES[place][0])
    built = inspect(settings_for(vault))
    shown = [*(text.decode() for text in built.files.values()), *map(str, built.problems)]
    assert [text for text in shown if GITHUB[4:16] in text] == []
    assert [p.code for p in built.problems].count("credential") == 1


@pytest.mark.parametrize("place", PLACES)
def test_a_site_may_show_it_masked(place: str, write_vault: WriteVault) -> None:
    """The author is told each place all the same, as a warning."""
    files, path, line = PLACES[place]
    vault = write_vault(files)
    built = build(settings_for(vault, credentials="mask"))
    (told,) = (problem for problem in built.problems if problem.code == "credential")
    where = f"{path}:{line}" if line else path
    assert str(told).startswith(f"{where}: warning[credential] looks like ")
    assert "; shown as ••••; " in str(told)
    written = [*built.files.values(), *(file.read_bytes() for file in (vault.parent / "docs").rglob("*.*"))]
    assert [data for data in written if GITHUB[4:16].encode() in data] == []
    shown = any("••••".encode() in data for data in written)
    assert shown or place in {
        "comment",
        "plan",
        "base",
        "broken properties",
        "drawing",
        "drawing in UTF-16",
        "name",
    }


def test_the_lines_of_a_key_in_a_quote_stay_lines_of_a_quote() -> None:
    text = "> " + private_key().replace("\n", "\n> ") + "\n\nend"
    masked = mask(text, find_credentials(text))
    assert masked.splitlines()[1:4] == ["> ••••"] * 3
    assert masked.endswith("PRIVATE KEY-----\n\nend")


def test_a_transcript_is_searched(write_vault: WriteVault) -> None:
    image = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    read = format_transcript(Transcript("Keys", ("words", f"key {GITHUB}"), "1f"))
    vault = write_vault({"a.md": "![[c.png]]", "c.png": base64.b64decode(image), "c.png.txt": read})
    with pytest.raises(
        CredentialsError, match=r"^c\.png\.txt:7: error\[credential\] looks like a GitHub token"
    ):
        build(settings_for(vault))
    assert not any((vault.parent / "docs").rglob("*.*"))


@pytest.mark.parametrize(
    "note",
    [
        f"{GITHUB} %% notebinder: allow-credential %%",
        f"%% notebinder: allow-credential %%\n{GITHUB}",
        f"<!-- notebinder: allow-credential -->\n{GITHUB}",
        f"```sh\nT={GITHUB} # pragma: allowlist secret\n```",
        f"```sh\n# pragma: allowlist nextline secret\nT={GITHUB}\n```",
        f"%% notebinder: allow-credential %%\n```sh\nT={GITHUB}\n\nU={AWS_KEY}\n```\nend",
    ],
)
def test_a_comment_allows_it(note: str, write_vault: WriteVault) -> None:
    assert build(settings_for(write_vault({"a.md": note}))).problems == ()


@pytest.mark.parametrize(
    "note",
    [
        f"%% notebinder: allow-credential %%\n\n{GITHUB}",
        f"%% notebinder: allow-credential %%\n```sh\nx\n```\n{GITHUB}",
        f"{GITHUB}\n%% notebinder: allow-credential %%",
    ],
)
def test_a_comment_elsewhere_does_not(note: str, write_vault: WriteVault) -> None:
    with pytest.raises(CredentialsError):
        build(settings_for(write_vault({"a.md": note})))


@pytest.mark.parametrize(
    "options",
    [
        {"credentials_allowed": f"{GITHUB[:8]}*"},
        {"credentials_allowed_in": ["Work/*.md"]},
        {"credentials_allowed_in": ["/Work/"]},
    ],
)
def test_the_settings_allow_it(options: dict[str, object], write_vault: WriteVault) -> None:
    vault = write_vault({"Work/a.md": GITHUB, "b.md": "x"})
    assert build(settings_for(vault, **options)).problems == ()
    (vault / "b.md").write_text(AWS_KEY)
    with pytest.raises(CredentialsError, match=r"^b\.md:1: "):
        build(settings_for(vault, **options))


def test_it_stays_an_error() -> None:
    """Somebody who turns it off for one note would turn it off for ever."""
    with pytest.raises(SettingsError, match="allow some with credentials_allowed or set credentials: mask"):
        read_options({"levels": {"credential": "off"}})


def test_a_text_is_searched_again_only_when_it_changed(
    write_vault: WriteVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is kept are digests of texts without a finding."""
    vault = write_vault({"a.md": "a", "b.md": "b", "c.md": GITHUB})
    searched: list[str] = []
    where = "notebinder.public.credentials.masking.find_credentials"

    def find(text: str) -> Any:
        searched.append(text)
        return find_credentials(text)

    monkeypatch.setattr(where, find)
    inspect(settings_for(vault))
    searched.clear()
    (vault / "a.md").write_text("changed")
    inspect(settings_for(vault))
    assert set(searched[1:]) == {"changed", GITHUB}
    assert sum(file.stat().st_size for file in (vault.parent / "cache").rglob("no-credentials-*")) == 2 * 16


def run(*command: str, cwd: Path) -> CompletedProcess[str]:
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "XDG_CACHE_HOME": str(cwd / "cache")}
    return commands.run(*command, cwd=cwd, env=env)


@pytest.mark.parametrize("command", ["site vault --output out", "export out --vault vault", "check vault"])
def test_every_command_fails_and_writes_nothing(command: str, write_vault: WriteVault) -> None:
    vault = write_vault({"a.md": f"a\n{GITHUB}", "b.md": "b", "c.env": "x"})
    done = run("notebinder", *command.split(), cwd=vault.parent)
    assert done.returncode == 1, done.stderr
    assert (
        "a.md:2: error[credential] looks like a GitHub token; nothing is published"
        in done.stdout + done.stderr
    )
    assert GITHUB[4:16] not in done.stdout + done.stderr
    assert [*(vault.parent / "out").rglob("*.html"), *(vault.parent / "out").rglob("*.md")] == []
    assert list(leaks(vault.parent, apart_from=vault)) == []


@pytest.mark.whole
def test_mkdocs_leaves_the_site_as_it_was_also_for_hand_written_pages(tmp_path: Path) -> None:
    root = tmp_path / "project"
    for folder in ("notes", "assets", "docs"):
        (root / folder).mkdir(parents=True)
    text = (PROJECT / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(text.replace("scripts/notebinder", f"{PROJECT}/scripts/notebinder"))
    (root / "docs/index.md").write_text("# Home\n")
    note = root / "notes/Note.md"
    note.write_text("first words\n")
    assert run("mkdocs", "build", cwd=root).returncode == 0
    before = {file: file.read_bytes() for file in root.rglob("*.html")}
    note.write_text(f"other words\n{GITHUB}\n")
    done = run("mkdocs", "build", cwd=root)
    assert done.returncode == 1
    assert "Note.md:2: error[credential] looks like a GitHub token" in done.stderr
    assert GITHUB[4:16] not in done.stderr
    note.write_text("harmless again\n")
    (root / "docs/index.md").write_text(f"# Home\n\n{GITHUB}\n")
    done = run("mkdocs", "build", cwd=root)
    assert "docs/index.md:3: error[credential] looks like a GitHub token" in done.stderr
    assert "docs/index.md:3: error[credential]" in run("notebinder", "check", cwd=root).stdout
    (root / "docs/index.md").write_text("# Home\n")
    assert {file: file.read_bytes() for file in root.rglob("*.html")} == before
    assert list(leaks(root, apart_from=root / "notes")) == []


def test_examples_of_documentation_may_be_shown(write_vault: WriteVault) -> None:
    note = "Set AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE and use postgres://user:password@localhost/db.\n"
    result = CliRunner().invoke(cli, ["check", str(write_vault({"a.md": note})), "--strict"])
    assert (result.exit_code, "credential" in result.output) == (0, False)
