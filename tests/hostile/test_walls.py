"""Rules of the vault's walls: nothing from outside gets on the site, and nothing there is ever changed."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from notebinder.base.settings import Options, SettingsError, resolve_settings
from notebinder.build.output import RECORD, OutputError, write_tree
from notebinder.build.pipeline import build
from notebinder.cli.main import cli
from notebinder.site.conversion import ProjectError, write_pages
from notebinder.site.project import read_project
from tests.support.projects import WriteVault, settings_for

SECRET = "outside-the-walls-4711"


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder beside the vault whose files nobody asked to publish."""
    folder = tmp_path / "outside"
    (folder / "deep").mkdir(parents=True)
    for name in ("secret.md", "secret.png", "secret.txt", "secret.canvas", "secret.svg", "deep/secret.md"):
        (folder / name).write_text(f'# {SECRET}\n{{"nodes": []}}<svg xmlns="http://www.w3.org/2000/svg"/>')
    return folder


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def published(docs: Path) -> Iterator[bytes]:
    yield from (path.read_bytes() for path in docs.rglob("*") if path.is_file())


WAYS_OUT = [
    "../outside/secret{}",
    "../../outside/secret{}",
    "/outside/secret{}",
    "{root}/outside/secret{}",
    "file://{root}/outside/secret{}",
    "file:///{root}/outside/secret{}",
    "FILE:{root}/outside/secret{}",
    "file:../outside/secret{}",
    "..\\outside\\secret{}",
    "..%2Foutside%2Fsecret{}",
    "%2e%2e/outside/secret{}",
    "./folder/../../outside/secret{}",
    "folder/%2e%2e/../../outside/secret{}",
    "\uff0e\uff0e/outside/secret{}",
    "\u2024\u2024/outside/secret{}",
    "..\u2215outside\u2215secret{}",
    "..\u200b/outside/secret{}",
    "../OUTSIDE/SECRET{}",
    "../outside/secret{}\0",
    "../outside/secret{}%00.png",
    "/proc/self/cwd/../outside/secret{}",
    "~/outside/secret{}",
    "//localhost/{root}/outside/secret{}",
    "\\\\localhost\\c$\\outside\\secret{}",
    "C:\\outside\\secret{}",
]
FORMS = [
    "[[{}]]",
    "![[{}]]",
    "[x]({})",
    "![x](<{}>)",
    '<img src="{}">',
    "<a href='{}'>x</a>",
    "[r]: {}\n\n[r] ![r]",
]


def test_no_way_of_writing_a_link_reaches_a_file_outside(
    write_vault: WriteVault, outside: Path, tmp_path: Path
) -> None:
    """Links, embeds, HTML, canvases, bases, diagrams and plans name files outside; none of them is read."""
    names = [
        way.replace("{root}", str(tmp_path)).format(suffix)
        for way in WAYS_OUT
        for suffix in ("", ".md", ".png", ".txt", ".canvas", ".svg")
    ]
    text = "\n\n".join(form.format(name) for name in names for form in FORMS)
    cards = ",".join(
        f'{{"id":"{i}","type":"file","file":{name!a},"x":0,"y":{i},"width":9,"height":9}}'.replace("'", '"')
        for i, name in enumerate(names)
        if "\\" not in name and "\0" not in name and name.isascii()
    )
    vault = write_vault(
        {
            "folder/note.md": text,
            "note.md": f"![[all.canvas]]\n\n{text}",
            "all.canvas": f'{{"nodes": [{cards}], "edges": []}}',
            "diagram.md": f"```mermaid\ngraph\nA[{names[0]}]\nclass A internal-link\n```",
            "planned.md": "1. A\n\n![[../outside/secret.png]]\n",
            "planned.plan.yml": "topics:\n  - title: ../../outside/x\n    parts: [../outside/secret.png]\n",
            "permalink.md": "---\npermalink: ../../outside/x\naliases: [../../outside/y, /outside/z]\n---\n",
        }
    )
    before = snapshot(outside)
    settings = settings_for(vault, tmp_path / "docs")
    built = build(settings)
    write_tree(settings.output, built.files, kept=built.media)
    assert not [data for data in published(tmp_path / "docs") if f"# {SECRET}".encode() in data]
    assert built.attachments == set()
    assert all(path.resolve().is_relative_to(tmp_path / "docs") for path in (tmp_path / "docs").rglob("*"))
    assert snapshot(outside) == before


def test_a_link_of_the_file_system_that_leads_out_is_left_out_and_told(
    write_vault: WriteVault, outside: Path, tmp_path: Path
) -> None:
    vault = write_vault(
        {".hidden/inner.md": SECRET, "docs/own.md": SECRET, "a.md": "![[out.png]] ![[in.md]]"}
    )
    (vault / "out.md").symlink_to(outside / "secret.md")
    (vault / "out.png").symlink_to("../outside/secret.png")
    (vault / "folder").symlink_to(outside, target_is_directory=True)
    (vault / "hidden.md").symlink_to(".hidden/inner.md")
    (vault / "written.md").symlink_to("docs/own.md")
    (vault / "round.md").symlink_to("round.md")
    (vault / "gone.md").symlink_to("nowhere.md")
    (vault / "up").symlink_to("..", target_is_directory=True)
    (vault / "in.md").symlink_to("a.md")
    built = build(settings_for(vault, vault / "docs"))
    assert set(built.vault.notes) == {"a.md", "in.md"}
    assert [problem.location.path for problem in built.problems if problem.code == "outside-link"] == [
        "folder",
        "gone.md",
        "hidden.md",
        "out.md",
        "out.png",
        "round.md",
        "up",
        "written.md",
    ]
    assert not [data for data in built.files.values() if SECRET.encode() in data]


def test_a_link_to_a_part_of_the_vault_that_is_not_indexed_is_left_out(
    write_vault: WriteVault, tmp_path: Path
) -> None:
    vault = write_vault({"notes/a.md": "a", "assets/b.txt": "b", "private/c.md": SECRET})
    (vault / "notes/c.md").symlink_to("../private/c.md")
    (vault / "notes/b.txt").symlink_to("../assets/b.txt")
    options = Options(vault=str(vault), notes=("notes",), attachments=("notes", "assets"))
    settings = resolve_settings(options, root=vault, docs=tmp_path / "docs", cache=tmp_path / "cache")
    built = build(settings)
    assert set(built.vault.notes) == {"notes/a.md"}
    assert set(built.vault.attachments) == {"notes/b.txt", "assets/b.txt"}


def test_what_is_no_file_is_never_opened(write_vault: WriteVault, tmp_path: Path) -> None:
    """A pipe, a socket or a device named like a note would be waited for, or never end."""
    vault = write_vault({"a.md": "text ![[pipe.png]]", "b.png": b""})
    for name in ("pipe.md", "pipe.png", "pipe.plan.yml", "b.png.txt"):
        os.mkfifo(vault / name)
    (vault / ".obsidian").mkdir()
    os.mkfifo(vault / ".obsidian/app.json")
    (vault / "zero.md").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(vault)  # the name of a socket may have but 107 bytes
        try:
            listener.bind("socket.md")
        finally:
            os.chdir(here)
        built = build(settings_for(vault, tmp_path / "docs"))
    assert set(built.vault.notes) == {"a.md"}
    assert set(built.vault.attachments) == {"b.png"}


def test_a_name_that_is_no_unicode_is_left_out_and_told(write_vault: WriteVault, tmp_path: Path) -> None:
    vault = write_vault({"a.md": "text"})
    Path(os.fsdecode(os.fsencode(vault) + b"/caf\xe9.md")).write_text("text")
    built = build(settings_for(vault, tmp_path / "docs"))
    assert [str(problem) for problem in built.problems] == [
        "caf?.md: error[unreadable-file] has a name that is no Unicode, so it is left out; rename it"
    ]


AWKWARD_NAMES = [
    "con", "NUL", "aux.md", "com1", "trailing dot.", "trailing space ", "a:b", "a<b>c", "..", "...", " ",
    "\u202egpj.exe", "x" * 240, "\u00e4" * 120, "..%2f..%2fx", "a\nb", "a\tb", "\x7f", "-rf", "$(x)", "`x`",
]  # fmt: skip


@pytest.mark.parametrize("name", AWKWARD_NAMES)
def test_any_title_becomes_a_file_in_the_output_that_every_system_allows(
    write_vault: WriteVault, tmp_path: Path, name: str
) -> None:
    """Names of notes, topics, permalinks and old addresses end as slugs."""
    quoted = '"' + "".join(f"\\u{ord(char):04x}" for char in name) + '"'
    vault = write_vault(
        {
            f"{name}.md": "text",
            "a.md": f'---\npermalink: {quoted}\naliases: [{quoted[:-1]}/x"]\n---\ntext',
            "b.md": "1. A\n\n# B\n",
            "b.plan.yml": f"topics:\n  - title: {quoted}\n",
        }
    )
    docs = tmp_path / "docs"
    built = build(settings_for(vault, docs))
    assert write_tree(docs, built.files, kept=built.media).problems == ()
    parts = [part for path in built.files for part in path.split("/")]
    assert not [part for part in parts if len(part.encode()) > 255 or part.rstrip(". ") != part]
    assert not [part for part in parts if part.split(".")[0] in ("con", "nul", "aux", "prn", "com1")]
    assert not [part for part in parts if any(char in '<>:"|?*\\\0\n\t' for char in part)]
    assert all(path.resolve().is_relative_to(docs) for path in docs.rglob("*"))


def test_a_generated_folder_that_is_a_link_is_refused(
    write_vault: WriteVault, outside: Path, tmp_path: Path
) -> None:
    vault, docs = write_vault({"a.md": "text"}), tmp_path / "docs"
    docs.mkdir()
    (docs / "topics").symlink_to(outside, target_is_directory=True)
    for pages in ("topics", "topics/deep", "../outside", str(outside)):
        with pytest.raises(SettingsError, match="leads out of"):
            resolve_settings(Options(vault=str(vault), pages=pages), root=vault, docs=docs)
    with pytest.raises(SettingsError, match="is the vault"):
        resolve_settings(Options(vault=str(vault)), root=vault, docs=vault)
    with pytest.raises(OutputError, match="is a link"):
        write_tree(docs / "topics", {"a.md": b"x"})


def test_a_media_folder_that_is_a_link_is_refused_before_an_image_is_published(
    write_vault: WriteVault, outside: Path, tmp_path: Path
) -> None:
    vault, docs = write_vault({"a.md": "[[b.txt]]", "b.txt": "text"}), tmp_path / "docs"
    docs.mkdir()
    (docs / "media").symlink_to(outside, target_is_directory=True)
    before = snapshot(outside)
    with pytest.raises(OutputError, match="is a link"):
        build(settings_for(vault, docs))
    assert snapshot(outside) == before


def test_writing_and_deleting_follow_no_link(outside: Path, tmp_path: Path) -> None:
    folder, before = tmp_path / "out", snapshot(outside)
    write_tree(folder, {"a/secret.md": b"1", "secret.md": b"2", "b/c/secret.md": b"3"})
    for name in ("a", "b"):
        (folder / name).rename(folder / f"old {name}")
    (folder / "a").symlink_to(outside, target_is_directory=True)
    (folder / "b").symlink_to(outside, target_is_directory=True)
    (folder / "secret.md").unlink()
    (folder / "secret.md").symlink_to(outside / "secret.md")
    written = write_tree(folder, {"a/secret.md": b"4", "secret.md": b"5", "a/new.md": b"6"})
    assert [problem.location.path for problem in written.problems] == ["a/new.md", "a/secret.md", "secret.md"]
    assert write_tree(folder, {}).deleted == ()
    assert snapshot(outside) == before
    assert (folder / "secret.md").is_symlink()


@pytest.mark.parametrize(
    "record",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"files": 7}',
        b'{"files": {"mine.md": null, "a": {}}}',
        b"[" * 100_000,
        b"\xff",
    ],
)
def test_a_damaged_record_costs_no_file_of_the_author(tmp_path: Path, record: bytes) -> None:
    (tmp_path / "mine.md").write_bytes(b"mine")
    (tmp_path / RECORD).write_bytes(record)
    written = write_tree(tmp_path, {"a.md": b"1", "mine.md": b"2"})
    assert [problem.location.path for problem in written.problems] == ["mine.md"]
    write_tree(tmp_path, {})
    assert (tmp_path / "mine.md").read_bytes() == b"mine"


def run_site(vault: Path, output: Path) -> Result:
    return CliRunner().invoke(cli, ["site", str(vault), "--output", str(output)])


@pytest.mark.parametrize(
    "place", ["/", "{root}", "{root}/vault", "{root}/foreign", "{root}/file", "{root}/linked"]
)
def test_a_site_is_never_built_over_files_that_are_not_its_own(
    write_vault: WriteVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """MkDocs empties the folder that it builds into."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    vault = write_vault({"a.md": "text"})
    (tmp_path / "foreign/inner").mkdir(parents=True)
    (tmp_path / "foreign/inner/precious.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked/.notebinder-site").touch()
    (tmp_path / "linked/assets").symlink_to(tmp_path / "foreign", target_is_directory=True)
    before = {path: data for path, data in snapshot(tmp_path).items() if not path.startswith("cache")}
    result = run_site(vault, Path(place.replace("{root}", str(tmp_path))))
    assert result.exit_code != 0
    assert {path: data for path, data in snapshot(tmp_path).items() if not path.startswith("cache")} == before


def test_a_link_in_docs_that_leads_out_of_the_project_stops_the_build(outside: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    (project / "docs").mkdir(parents=True)
    (project / "README.md").write_text("# Read me")
    (project / ".git").mkdir()
    (project / ".git/config").write_text("token")
    config = project / "mkdocs.yml"
    config.write_text("site_name: x\nplugins:\n  - notebinder:\n      pages: topics\n")
    link = project / "docs/page.md"
    link.symlink_to("../README.md")
    assert read_project(config).docs == project / "docs"
    for target in (outside / "secret.md", outside, project / ".git/config", project / "docs", project):
        link.unlink()
        link.symlink_to(target)
        with pytest.raises(ProjectError, match="remove it"):
            read_project(config)


def test_a_link_in_docs_to_private_notes_stops_the_build(tmp_path: Path) -> None:
    """MkDocs publishes what lies in its folder as it is, so a folder of notes may not be linked there."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/A.md").write_text("#private")
    (tmp_path / "notes/B.md").write_text("public")
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_name: x\nplugins:\n  - notebinder:\n      notes: notes\n      pages: topics\n")
    settings = read_project(config)
    (tmp_path / "docs/b.md").symlink_to("../notes/B.md")
    write_pages(build(settings))
    (tmp_path / "docs/a.md").symlink_to("../notes/A.md")
    with pytest.raises(
        ProjectError, match=r"docs/a\.md: leads to .*/notes/A\.md, which is private; remove it"
    ):
        write_pages(build(settings))
    (tmp_path / "docs/all").symlink_to("../notes")
    with pytest.raises(ProjectError, match="holds notes of the vault"):
        read_project(config)


@pytest.mark.parametrize(
    "options", [{"vault": "docs", "pages": "topics"}, {"vault": "docs/vault"}, {"notes": ("notes", "docs/x")}]
)
def test_notes_in_the_folder_that_mkdocs_publishes_are_refused(
    options: dict[str, Any], tmp_path: Path
) -> None:
    for folder in ("docs/vault", "docs/x", "notes"):
        (tmp_path / folder).mkdir(parents=True)
    with pytest.raises(SettingsError, match="MkDocs publishes all that lies there, private notes, too"):
        resolve_settings(Options(**options), root=tmp_path, docs=tmp_path / "docs")


def test_a_cache_that_holds_a_link_clears_nothing(
    write_vault: WriteVault, outside: Path, tmp_path: Path
) -> None:
    vault = write_vault({"a.md": "![[a.svg]]", "a.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>'})
    old = outside / f"{'0' * 20}.webp"
    old.write_text("mine")
    for file in outside.rglob("*"):
        os.utime(file, (0, 0))
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache/files").symlink_to(outside, target_is_directory=True)
    build(settings_for(vault, tmp_path / "docs"))
    assert old.read_text() == "mine"
