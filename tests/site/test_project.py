"""A project on disk: MkDocs converts before it builds, edit links lead to notes, init makes it yours."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner
from mkdocs.config.defaults import MkDocsConfig

from notebinder.base.files import write_atomically
from notebinder.cli.main import cli
from notebinder.site.repository import edit_address, remote_address, set_edit_links
from tests.support import commands
from tests.support.projects import PROJECT
from tests.support.serving import free_port, wait_until

pytestmark = pytest.mark.whole

NOTE = "notes/Note.md"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project with the configuration of this one."""
    root = tmp_path / "project"
    for folder in ("notes", "assets", "docs"):
        (root / folder).mkdir(parents=True)
    text = (PROJECT / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(text.replace("scripts/notebinder", f"{PROJECT}/scripts/notebinder"))
    (root / "docs/index.md").write_text("# Home\n\nSee [[note]].\n")
    (root / NOTE).write_text("first words ![[a.svg]]\n\n```\n[[note]]\n```\n")
    return root


def mkdocs(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    given = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment}
    return commands.run("mkdocs", *arguments, cwd=cwd, env=given)


def test_mkdocs_build_converts_first(project: Path) -> None:
    built = mkdocs("build", "--strict", cwd=project)
    assert built.returncode == 0, built.stderr
    assert "first words" in (project / "site/topics/note/index.html").read_text("utf-8")


def test_roamlinks_serves_hand_written_pages_and_leaves_generated_ones_alone(project: Path) -> None:
    mkdocs("build", "--strict", cwd=project)
    assert 'href="topics/note/"' in (project / "site/index.html").read_text("utf-8")
    assert "[[note]]" in (project / "site/topics/note/index.html").read_text("utf-8")


def test_the_edit_link_leads_to_the_note(project: Path) -> None:
    mkdocs("build", cwd=project, REPO_URL="https://github.com/someone/notes", EDIT_BRANCH="trunk")
    page = (project / "site/topics/note/index.html").read_text("utf-8")
    assert 'href="https://github.com/someone/notes/edit/trunk/notes/Note.md"' in page
    home = (project / "site/index.html").read_text("utf-8")
    assert 'href="https://github.com/someone/notes/edit/trunk/docs/index.md"' in home


def test_an_unknown_option_stops_the_build_with_a_guess(project: Path) -> None:
    config = project / "mkdocs.yml"
    config.write_text(config.read_text().replace("    vault: .", "    valt: ."))
    built = mkdocs("build", cwd=project)
    assert built.returncode == 1
    assert "unknown option 'valt'; did you mean \"vault\"?" in built.stderr
    assert "Traceback" not in built.stderr


def test_a_missing_screenshot_does_not_fail_a_strict_build_but_a_file_in_the_way_does(project: Path) -> None:
    (project / NOTE).write_text("![[gone.png]]\n")
    assert mkdocs("build", "--strict", cwd=project).returncode == 0
    (project / "docs/topics/note.md").write_text("mine")
    (project / "docs/topics/.notebinder.json").unlink()
    built = mkdocs("build", "--strict", cwd=project)
    assert built.returncode == 1
    assert "note.md: error[foreign-file]" in built.stderr
    assert (project / "docs/topics/note.md").read_text() == "mine"


@pytest.fixture
def server(project: Path) -> Iterator[Callable[[], str]]:
    """`mkdocs serve` in the project; returns what it has said so far."""
    log = project.parent / "serve.log"  # in the vault each line of it would be a change
    command = ["mkdocs", "serve", "-a", f"127.0.0.1:{free_port()}"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": "http://localhost/sub/"}
    with log.open("w") as stream:
        process = commands.start(*command, cwd=project, env=environment, stdout=stream, stderr=stream)
    try:
        assert wait_until(lambda: "Serving on" in log.read_text(), 90)
        yield log.read_text
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.mark.parametrize("change", ["note", "plan", "image", "hand-written page"])
def test_one_edit_is_one_reload_and_no_build_of_the_whole_site(
    server: Callable[[], str], project: Path, change: str
) -> None:
    files = {
        "note": (NOTE, "changed words\n"),
        "plan": ("notes/Note.plan.yml", "topics: [Alpha]\n"),
        "image": ("assets/a.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>'),
        "hand-written page": ("docs/index.md", "# Home again\n"),
    }
    path, text = files[change]
    write_atomically(project / path, text.encode())  # a file that is seen half-written is two edits
    assert wait_until(lambda: "Reloading browsers" in server()), server()
    (address,) = re.findall(r"Serving on (\S+)", server())
    with urlopen(f"{address}search/search_index.json", timeout=60) as answer:  # held back until all is built
        assert answer.read()
    assert server().count("Reloading browsers") == 1
    assert server().count("Building documentation") == 1


def test_a_change_of_the_configuration_builds_everything(server: Callable[[], str], project: Path) -> None:
    config = project / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("site_name: Study notes", "site_name: Renamed"))
    assert wait_until(lambda: "Reloading browsers" in server(), 60)
    assert server().count("Building documentation") == 2


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("git@github.com:someone/notes.git", "https://github.com/someone/notes"),
        ("https://token@gitlab.com/group/notes.git", "https://gitlab.com/group/notes"),
        ("ssh://git@codeberg.org/someone/notes", "https://codeberg.org/someone/notes"),
        ("/srv/git/notes.git", ""),
        ("../notes", ""),
    ],
)
def test_the_repository_follows_from_gits_origin_without_its_secrets(remote: str, address: str) -> None:
    assert remote_address(remote) == address


def test_edit_addresses_quote_the_note() -> None:
    assert edit_address("https://gitlab.com/a/b", "main", "notes/A b?.md") == (
        "https://gitlab.com/a/b/-/edit/main/notes/A%20b%3F.md"
    )


@pytest.mark.parametrize(
    ("given", "docs", "edit_uri"),
    [
        ({}, "mine/docs", "edit/main/docs/"),
        ({"edit_uri": "blob/x/"}, "mine/docs", "edit/main/docs/"),
        ({"edit_uri": ""}, "mine/docs", ""),
        ({}, "elsewhere", None),
    ],
)
def test_edit_links_lead_to_the_pages_of_this_project_unless_nobody_wants_them(
    tmp_path: Path, given: dict[str, str], docs: str, edit_uri: str | None
) -> None:
    config = MkDocsConfig(config_file_path=str(tmp_path / "mine/mkdocs.yml"))
    config.load_dict({"repo_url": "https://x.example/notes", "docs_dir": str(tmp_path / docs), **given})
    set_edit_links(config)
    assert config.edit_uri == edit_uri


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """This project as its next owner finds it."""
    root = tmp_path / "mine"
    for name in ("notes", "assets", "docs", "mkdocs.yml", "addresses.yml"):
        copy = shutil.copytree if (PROJECT / name).is_dir() else shutil.copy
        root.mkdir(exist_ok=True)
        copy(PROJECT / name, root / name)
    return root


def init(root: Path, *arguments: str) -> list[str]:
    config = ["--config", str(root / "mkdocs.yml")]
    result = CliRunner().invoke(cli, ["init", "--yes", *arguments, *config], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output.splitlines()


def test_init_drops_the_samples_and_sets_the_vault_but_keeps_comments(copied: Path) -> None:
    root = copied
    (root / "notes/my own.md").write_text("kept")
    assert init(root, "--vault", "../vault") == [
        "removed notes/A note becomes a site.md",
        "removed notes/A note becomes a site.plan.yml",
        "removed notes/The way of a note.canvas",
        "removed notes/Handbook pages.base",
        "removed notes/AWS databases.md",
        "removed notes/AWS databases.plan.yml",
        "removed addresses.yml",
        "removed the handbook in notes/Handbook",
        "removed the pictures in assets/showcase",
        "removed docs/index.md; until you write one, the site opens with a list of your notes",
        "set the vault to ../vault in mkdocs.yml",
    ]
    assert [path.name for path in (root / "notes").iterdir()] == ["my own.md"]
    assert [path.name for path in (root / "assets").iterdir()] == [".gitkeep"]
    assert not (root / "addresses.yml").exists()
    assert not (root / "docs/index.md").exists()
    config = (root / "mkdocs.yml").read_text("utf-8")
    assert re.search(r"vault: \.\./vault +# the folder that Obsidian opens", config)
    assert "INHERIT: scripts/notebinder/site/theme/mkdocs.yml" in config


def test_init_leaves_alone_what_its_owner_has_written_since(copied: Path) -> None:
    """Also what stands where a sample was: the list of addresses cannot be made again."""
    init(copied)
    written = {
        "docs/index.md": "# Mine\n",
        "addresses.yml": "redirects: {/a/: /b/}\n",
        "notes/Handbook/a.md": "b",
    }
    for path, text in written.items():
        (copied / path).parent.mkdir(exist_ok=True)
        (copied / path).write_text(text)
    before = {path: path.read_bytes() for path in copied.rglob("*") if path.is_file()}
    assert init(copied) == ["put your notes into notes/ and their images into assets/"]
    assert {path: path.read_bytes() for path in copied.rglob("*") if path.is_file()} == before


def test_init_keeps_pictures_that_stand_beside_those_of_the_showcase(copied: Path) -> None:
    mine = copied / "assets/showcase/Pasted image 20260101120000.png"
    mine.write_bytes(b"mine")
    init(copied)
    assert [*(copied / "assets/showcase").iterdir()] == [mine]


def test_init_keeps_a_note_that_only_bears_the_name_of_the_showcase(copied: Path) -> None:
    note = copied / "notes/A note becomes a site.md"
    note.write_text("Mine.\n")
    before = set((copied / "assets").rglob("*"))
    init(copied)
    assert note.read_text() == "Mine.\n"
    assert set((copied / "assets").rglob("*")) == before


def test_init_keeps_a_home_page_that_was_written_before(copied: Path) -> None:
    (copied / "docs/index.md").write_text("# Mine\n\nwords\n")
    assert not [line for line in init(copied) if "docs/index.md" in line]
    assert (copied / "docs/index.md").read_text() == "# Mine\n\nwords\n"


def test_init_bears_a_project_without_hand_written_pages(copied: Path) -> None:
    shutil.rmtree(copied / "docs")
    init(copied)
    assert not (copied / "docs").exists()


def test_a_command_outside_a_project_says_so(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from notebinder.cli.main import main; main()", "build"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 2
    assert result.stderr.strip().endswith(
        "mkdocs.yml: there is no such file; run this in the project's folder"
    )


def test_a_problem_is_told_once_while_serving(server: Callable[[], str], project: Path) -> None:
    (project / NOTE).write_text("![[gone.png]]\n")
    assert wait_until(lambda: "gone.png" in server())
    assert wait_until(lambda: server().count("Reloading browsers") == 1)
    (project / NOTE).write_text("![[gone.png]]\n\nmore words\n")
    assert wait_until(lambda: server().count("Reloading browsers") == 2)
    assert sum("gone.png" in line for line in server().splitlines()) == 1


def test_a_build_ends_with_its_problems(project: Path) -> None:
    """Whatever else was logged stands above; MkDocs' own last line stays the last."""
    (project / NOTE).write_text("![[gone.png]]\n\n[[nowhere]]\n")
    said = mkdocs("build", cwd=project).stderr.splitlines()
    assert said[-5:-1] == [
        "notes/Note.md:1: warning[missing-attachment] no file is named gone.png",
        "notes/Note.md:3: warning[missing-note] [[nowhere]] matches no note",
        "INFO    -  1 note, 1 page, 2 warnings",
        "INFO    -  0 of 1 embed shown, every word accounted for",
    ]
    assert said[-1].startswith("INFO    -  Documentation built in")


def test_levels_of_the_settings_make_a_strict_build_fail(project: Path) -> None:
    (project / NOTE).write_text("[[nowhere]]\n")
    config = project / "mkdocs.yml"
    config.write_text(
        config.read_text().replace("    vault: .", "    levels: {missing-note: error}\n    vault: .")
    )
    built = mkdocs("build", "--strict", cwd=project)
    assert built.returncode == 1
    assert "notes/Note.md:1: error[missing-note]" in built.stderr
    assert mkdocs("build", cwd=project).returncode == 0
