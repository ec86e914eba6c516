"""What a host does for a push, a pull request, its closing, a fork and a schedule, step by step."""

from __future__ import annotations

import io
import os
import re
import resource
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from notebinder.cli.main import cli
from tests.support.github import TOKEN, Hub, serving
from tests.support.projects import PROJECT
from tests.support.runner import Origin, Runner, git, read_workflow, starts

NOTE = "notes/Networks of mine.md"
PREVIEW = "pr-preview/pr-3/"


@pytest.fixture(scope="module")
def hub() -> Iterator[Hub]:
    with serving(Hub()) as known:
        yield known


@pytest.fixture(scope="module")
def runner(hub: Hub, tmp_path_factory: pytest.TempPathFactory) -> Runner:
    """The host after two pushes of a note: nobody has run a workflow yet."""
    origin = Origin(tmp_path_factory.mktemp("host"))
    origin.push("main", {NOTE: "Begun.\n", "assets/net.png": picture("navy")})
    origin.push("main", {NOTE: "Subnets and routes.\n\n![[net.png]]\n"})
    return host_of(origin, hub)


def host_of(origin: Origin, hub: Hub) -> Runner:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(origin.root),
        "CI": "true",
        "GITHUB_ACTIONS": "true",
        "GITHUB_REPOSITORY": "me/notes",
        "GITHUB_API_URL": hub.api,
        "GITHUB_STEP_SUMMARY": str(origin.root / "summary.md"),
    }
    values = {
        "github.token": TOKEN,
        "github.ref": "refs/heads/main",
        "github.event.pull_request.number": "3",
        "vars.SITE_URL": "",
    }
    return Runner(origin, environment, values)


def picture(colour: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (300, 200), colour).save(stream, "PNG")
    return stream.getvalue()


def cpu() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


@pytest.mark.parametrize("event", ["push", "pull_request"])
def test_a_change_of_notes_does_not_start_the_tests_of_the_tool(event: str) -> None:
    """Whatever else changes does, and the pages are built in any case."""
    notes = [NOTE, "assets/net.png", "docs/index.md", "addresses.yml"]
    pages = {"push": "site.yml", "pull_request": "pull-request.yml"}[event]
    assert not starts("tests.yml", event, notes)
    for path in (
        "scripts/notebinder/cli/main.py",
        "mkdocs.yml",
        "README.md",
        "notes.md",
        "requirements.lock",
    ):
        assert starts("tests.yml", event, [*notes, path])
    assert starts(pages, event, notes)
    assert starts(pages, event, ["README.md"])


def test_a_push_of_a_note_is_published_without_a_test(runner: Runner, hub: Hub) -> None:
    """Checked, built with the dates of all its commits, and on the pages branch."""
    began = cpu()
    runner = on_the_way_of_notes(runner)
    runner.run("site.yml")
    assert cpu() - began < 90
    assert [command for command, _ in runner.said] == ["make notes", "make pages", "make deploy"]
    page = runner.origin.shown("topics/networks-of-mine/index.html")
    assert "Subnets and routes." in page
    assert re.search(r'class="nb-dates".*?Created <time datetime="\d{4}', page, re.DOTALL)
    assert '<link rel="canonical" href="https://me.github.io/notes/topics/networks-of-mine/">' in page
    assert any(path.endswith(".webp") for path in runner.origin.pages())
    hub.build(head(runner), runner.artefacts["pages"], workflow="site.yml", event="push")


def test_a_new_project_is_online_after_its_first_push(hub: Hub, tmp_path: Path) -> None:
    """From nothing, as `notebinder new` writes it, to the page that readers see."""
    folder, tool = tmp_path / "mine", "git+https://x.example/notebinder@v1"
    said = CliRunner().invoke(cli, ["new", str(folder), "--name", "My own", "--tool", tool])
    assert said.exit_code == 0, said.output
    git(folder, "init", "--quiet")
    (tmp_path / "host").mkdir()
    origin = Origin(tmp_path / "host", folder)
    origin.push(
        "main", {"notes/Nets.md": "Subnets and routes.\n\n![[net.png]]\n", "assets/net.png": picture("navy")}
    )
    runner = on_the_way_of_notes(host_of(origin, hub))
    runner.run("site.yml")
    assert [command for command, _ in runner.said] == ["make notes", "make pages", "make deploy"]
    page = origin.shown("topics/nets/index.html")
    assert "Subnets and routes." in page
    assert '<link rel="canonical" href="https://me.github.io/notes/topics/nets/">' in page
    assert "My own" in origin.shown("index.html")
    assert any(path.endswith(".webp") for path in origin.pages())


def test_a_pull_request_gets_its_preview_and_loses_it_when_it_is_closed(runner: Runner, hub: Hub) -> None:
    """As the schedule does what an event has missed, it runs the same."""
    runner = on_the_way_of_notes(runner)
    base = head(runner)
    commit = runner.origin.push(
        "change",
        {NOTE: "Subnets, routes and gateways. [[Gone]]\n\n![[net.png]]\n", "assets/net.png": picture("teal")},
    )
    for action in ("labeled", "closed"):
        runner.run("pull-request.yml", branch="change", **{"github.event.action": action})
        assert runner.said == []
    runner.run("pull-request.yml", branch="change", **{"github.event.action": "opened"})
    hub.pull(3, sha=commit, base=base)
    hub.build(commit, runner.artefacts["pages"])
    hub.pull(4, fork=True)

    runner.run("previews.yml")
    assert [command for command, _ in runner.said] == ["make notes", "make pages", "make previews"]
    page = runner.origin.shown(f"{PREVIEW}topics/networks-of-mine/index.html")
    assert "gateways" in page
    assert '<meta name="robots" content="noindex">' in page
    assert "gateways" in runner.origin.shown(f"{PREVIEW}pr-changes/index.html")
    assert "Subnets and routes." in runner.origin.shown("topics/networks-of-mine/index.html")
    comment = hub.comment(3)
    assert "1 page changed, 1 screenshot replaced." in comment
    assert "- `notes/Networks of mine.md: warning[missing-note] [[Gone]] matches no note`" in comment
    assert "waits for a maintainer" in hub.comment(4)

    before = runner.origin.pages()
    runner.run("previews.yml")
    assert f"#3 {commit[:7]}: unchanged" in runner.said[-1][1]
    assert runner.origin.pages() == before

    hub.pulls.clear()
    runner.run("previews.yml")
    assert not any(path.startswith("pr-preview/") for path in runner.origin.pages())
    assert "topics/networks-of-mine/index.html" in runner.origin.pages()


def on_the_way_of_notes(runner: Runner) -> Runner:
    """A runner on which no test can start: pytest ends with an error about the plugin that is not there."""
    environment = {**runner.environment, "PYTEST_PLUGINS": "no_test_may_run_here"}
    return Runner(runner.origin, environment, runner.values)


def head(runner: Runner) -> str:
    return git(runner.origin.bare, "rev-parse", "main").strip()


def test_a_release_publishes_the_version_that_its_tag_names(runner: Runner) -> None:
    version = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    for tag in (f"v{version}", "v0.0.1"):
        environment = {**runner.environment, "GITHUB_REF_NAME": tag}
        releasing = Runner(runner.origin, environment, runner.values)
        if tag == "v0.0.1":
            with pytest.raises(AssertionError, match="NOT RELEASED: the tag is v0"):
                releasing.run("release.yml")
            assert releasing.published == []
        else:
            releasing.run("release.yml")
            assert releasing.published == [
                f"notebinder-{version}-py3-none-any.whl",
                f"notebinder-{version}.tar.gz",
            ]


def test_the_two_halves_of_the_tests_hold_every_test(runner: Runner) -> None:
    """They run as `.ci/run` runs them; here their files are only found."""
    collecting = {
        **runner.environment,
        "PYTEST_ADDOPTS": "-p tests.support.unread --collect-only --quiet -n 0",
    }
    halves = Runner(runner.origin, collecting, runner.values, skipped=["make check"])
    halves.run("tests.yml")
    found = [set(re.findall(r"(?m)^(tests/\S+\.py)", said)) for _, said in halves.said]
    assert [command for command, _ in halves.said] == ["make check", "make suite", "make browser"]
    files = {file.relative_to(PROJECT).as_posix() for file in (PROJECT / "tests").rglob("test_*.py")}
    assert (found[1] | found[2], found[1] & found[2]) == (files, set())
    given = {"CI": "true", **read_workflow("tests.yml")["env"]}
    said = (PROJECT / ".ci/run").read_text("utf-8")
    assert given == dict(re.findall(r"export (\w+)=(\w+)", said))


def test_one_place_asks_whether_the_vaults_are_there() -> None:
    """Or a test might pass here and fail on a host, which has none."""
    asks = "environ" + '.get("NOTEBINDER_VAULTS"'
    files = (PROJECT / "tests").rglob("*.py")
    assert [file.name for file in files if asks in file.read_text("utf-8")] == ["real_vaults.py"]
