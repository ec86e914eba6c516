"""A project for notes alone: it builds, its workflows are those of this one, and nothing is overwritten."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from mkdocs.config import load_config

from notebinder.cli.main import cli
from notebinder.site.mkdocs_plugin import NotebinderPlugin
from notebinder.site.new import running_tool
from tests.support.commands import run
from tests.support.projects import PROJECT

TOOL = "git+https://x.example/notebinder@v1"


def new(folder: Path, *arguments: str, said: str = "") -> Result:
    return CliRunner().invoke(cli, ["new", str(folder), "--tool", TOOL, *arguments], input=said)


@pytest.mark.whole
def test_a_new_project_builds_strictly_and_quietly(tmp_path: Path) -> None:
    folder = tmp_path / "my notes"
    assert new(folder, "--name", 'Anna: "notes"', "--description", "All: of them").exit_code == 0
    done = run("mkdocs", "build", "--strict", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "Zensical" not in done.stderr
    assert 'href="topics/"' in (folder / "site/index.html").read_text("utf-8")
    home = (folder / "site/topics/index.html").read_text("utf-8")
    assert re.search('<h1[^>]*>Anna(?::|&#58;) (?:"|&#34;)notes', home)
    assert 'href="first-note/"' in home
    page = (folder / "site/topics/first-note/index.html").read_text("utf-8")
    assert 'href="../second-note/"' in page
    assert run("notebinder", "check", "--strict", cwd=folder).returncode == 0


def test_it_asks_for_what_it_is_not_told(tmp_path: Path) -> None:
    (tmp_path / "vault").mkdir()
    folder = tmp_path / "notes"
    result = new(folder, said="My site\n../vault\n")
    assert result.exit_code == 0, result.output
    config = load_config(str(folder / "mkdocs.yml"))
    settings = config.plugins["notebinder"]
    assert isinstance(settings, NotebinderPlugin)
    assert (config.site_name, settings.options.vault, settings.options.notes) == (
        "My site",
        "../vault",
        (".",),
    )
    assert not (folder / "notes").exists()


def test_it_has_two_notes_to_begin_with_and_none_of_ours(tmp_path: Path) -> None:
    """Neither the showcase nor the handbook, nor their pictures."""
    new(tmp_path / "a", "--name", "A")
    written = [
        path for folder in ("notes", "assets", "docs") for path in (tmp_path / "a" / folder).rglob("*")
    ]
    assert sorted(path.relative_to(tmp_path / "a").as_posix() for path in written) == [
        "assets/.gitkeep",
        "docs/.nav.yml",
        "notes/First note.md",
        "notes/Second note.md",
    ]


@pytest.mark.parametrize(
    ("tool", "line"),
    [
        (TOOL, f"notebinder @ {TOOL}"),
        ("git+file:///home/me/notebinder.git@12ab", "git+file:///home/me/notebinder.git@12ab"),
        ("notebinder==2", "notebinder==2"),
    ],
)
def test_it_names_the_tool_in_one_line_by_repository_and_version(
    tmp_path: Path, tool: str, line: str
) -> None:
    """An older pip takes no name before an address without a host."""
    new(tmp_path / "a", "--name", "A", "--tool", tool)
    lines = (tmp_path / "a/requirements.txt").read_text("utf-8").splitlines()
    assert [each for each in lines if not each.startswith("#")] == [line]


def test_the_tool_is_the_one_that_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "source"
    identity = ["-c", "user.name=a", "-c", "user.email=a@b.c"]
    for arguments in (
        ["init", "-q", str(source)],
        ["-C", str(source), "remote", "add", "origin", "git@x.example:me/n.git"],
        ["-C", str(source), *identity, "commit", "-q", "--allow-empty", "-m", "x"],
    ):
        subprocess.run(["git", *arguments], check=True)
    commit = subprocess.check_output(["git", "-C", str(source), "rev-parse", "HEAD"], text=True).strip()

    class Installed:
        def __init__(self, text: str) -> None:
            self._text = text

        def read_text(self, _name: str) -> str:
            return self._text

    for text, wanted in (
        (f'{{"url": "{source.as_uri()}"}}', f"git+ssh://git@x.example/me/n.git@{commit}"),
        ('{"url": "https://x.example/n", "vcs_info": {"commit_id": "12ab"}}', "git+https://x.example/n@12ab"),
    ):
        monkeypatch.setattr("notebinder.site.new.distribution", lambda _, text=text: Installed(text))
        assert running_tool() == wanted


def test_nothing_that_is_there_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine")
    result = CliRunner().invoke(cli, ["new", str(tmp_path), "--name", "A", "--tool", TOOL])
    assert "README.md: stands there already" in str(result.exception)
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]


@pytest.mark.parametrize("name", ["site.yml", "pull-request.yml", "previews.yml"])
def test_its_workflows_are_those_of_this_project(name: str) -> None:
    """Whose steps the tests run."""
    theirs = PROJECT / "scripts/notebinder/site/new_project/workflows" / name
    ours = PROJECT / ".github/workflows" / name
    assert (
        theirs.read_text("utf-8").partition("\nname: ")[2] == ours.read_text("utf-8").partition("\nname: ")[2]
    )
    targets = (PROJECT / "scripts/notebinder/site/new_project/Makefile").read_text("utf-8")
    jobs = yaml.safe_load(theirs.read_text("utf-8"))["jobs"].values()
    runs = [step["run"] for job in jobs for step in job["steps"] if "run" in step]
    assert runs
    assert all(f"\n{each.removeprefix('make ')}: " in targets for each in runs)


def test_what_its_targets_do_is_what_those_of_this_project_do() -> None:
    def recipes(makefile: Path) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for block in makefile.read_text("utf-8").split("\n\n"):
            head, *lines = [line for line in block.splitlines() if not line.startswith("#")] or [""]
            found[head.partition(":")[0]] = lines
        return found

    ours = recipes(PROJECT / "Makefile")
    theirs = recipes(PROJECT / "scripts/notebinder/site/new_project/Makefile")
    for target in ("serve", "notes", "pages", "deploy", "previews"):
        assert theirs[target] == ours[target]
