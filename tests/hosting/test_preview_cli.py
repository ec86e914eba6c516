"""The commands as somebody types them."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from notebinder.cli.main import cli
from tests.support.exports import write_export

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    remote, clone = tmp_path / "remote.git", tmp_path / "clone"
    subprocess.run(["git", "init", "--quiet", "--bare", remote], check=True)
    subprocess.run(["git", "init", "--quiet", clone], check=True)
    subprocess.run(["git", "remote", "add", "origin", remote], cwd=clone, check=True)
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("<head>")

    def run(*arguments: str) -> tuple[int, str]:
        paths = [str(site) if argument == "SITE" else argument for argument in arguments]
        done = CliRunner().invoke(cli, ["preview", "--clone", str(clone), *paths])
        return done.exit_code, done.output

    return run


def test_deploy_list_and_remove(run: Run) -> None:
    assert run("list") == (0, "no previews\n")
    assert run("deploy", "SITE", "--live") == (0, "published; gh-pages now has 3 files\n")
    deploy = ("deploy", "SITE", "--pull-request", "12", "--commit", "0123456789")
    assert run(*deploy) == (0, "published; gh-pages now has 5 files\n")
    assert run("list") == (0, "#12 0123456\n")
    code, text = run("list", "--format", "json")
    assert (code, text) == (
        0,
        '[\n  {\n    "number": 12,\n    "commit": "0123456789",\n    "build": 0\n  }\n]\n',
    )
    assert run("remove", "12") == (0, "pull request 12 has no preview\n")
    assert run("list") == (0, "no previews\n")


@pytest.mark.parametrize("options", [(), ("--live", "--pull-request", "3")])
def test_deploy_wants_to_know_where_to(run: Run, options: tuple[str, ...]) -> None:
    code, text = run("deploy", "SITE", *options)
    assert code == 2
    assert "Say either --live or --pull-request NUMBER." in text


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        ({"GITHUB_REPOSITORY": "Me/notes"}, "https://me.github.io/notes/"),
        ({"GITHUB_REPOSITORY": "me/Me.github.io"}, "https://me.github.io/"),
        ({"GITHUB_REPOSITORY": "me/notes", "SITE_URL": ""}, "https://me.github.io/notes/"),
        ({"GITHUB_REPOSITORY": "me/notes", "SITE_URL": "https://a.example"}, "https://a.example/"),
        ({}, "http://127.0.0.1:8000/"),
    ],
)
def test_address_of_the_live_site(environment: dict[str, str], address: str) -> None:
    """What somebody sets goes before what GitHub does by default."""
    unset = {"GITHUB_REPOSITORY": None, "SITE_URL": None}
    done = CliRunner().invoke(cli, ["preview", "address"], env={**unset, **environment})
    assert done.output == f"{address}\n"


def test_changes_prints_markdown_and_adds_the_page(tmp_path: Path) -> None:
    for name, text in (("old", "One."), ("new", "Two.")):
        write_export(tmp_path / name, {"a.md": f"---\ntitle: A\n---\n\n{text}\n"})
    site = tmp_path / "site"
    site.mkdir()
    done = CliRunner().invoke(
        cli, ["changes", str(tmp_path / "old"), str(tmp_path / "new"), "--site", str(site)]
    )
    assert (
        done.output
        == """\
### What this pull request changes

1 page changed. 1 word before, 1 after.

**Pages changed**

- `A`, 1 word
"""
    )
    assert (site / "pr-changes/index.html").is_file()


def test_changes_compares_what_export_wrote(tmp_path: Path) -> None:
    """Words, problems, and pictures by their files."""
    vault = tmp_path / "vault"
    vault.mkdir()
    for name, text, colour in (
        ("old", "Standby copies.", "red"),
        ("new", "Standby copies. [[Gone]]", "blue"),
    ):
        Image.new("RGB", (40, 30), colour).save(vault / "1.png")
        (vault / "RDS.md").write_text(f"{text}\n\n![[1.png]]\n\n%% a comment of {name} %%\n")
        export = ["export", str(tmp_path / name), "--vault", str(vault)]
        assert CliRunner().invoke(cli, export, catch_exceptions=False).exit_code == 0
    done = CliRunner().invoke(cli, ["changes", str(tmp_path / "old"), str(tmp_path / "new")])
    assert (
        done.output
        == """\
### What this pull request changes

1 page changed, 1 screenshot replaced. 6 words before, 7 after.

**Pages changed**

- `RDS`, 3 → 4 words

**Screenshots replaced**

- `1.png` on `RDS`

**New problems**

- `RDS.md: warning[missing-note] [[Gone]] matches no note`
"""
    )


def test_changes_wants_exported_folders(tmp_path: Path) -> None:
    """An older notebinder wrote no report into them."""
    (tmp_path / "old").mkdir()
    write_export(tmp_path / "new", {})
    done = CliRunner().invoke(cli, ["changes", str(tmp_path / "old"), str(tmp_path / "new")])
    assert done.exit_code == 2
    assert (
        f"{tmp_path / 'old'} has no notebinder-report.json; write it with `notebinder export`" in done.output
    )
