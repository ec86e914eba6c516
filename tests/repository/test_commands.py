"""Every command that the README or the handbook names is run, or says why it is not."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from notebinder.cli.main import cli
from tests.support import commands
from tests.support.exports import write_export
from tests.support.projects import PROJECT
from tests.support.serving import free_port, wait_until

PAGES = [
    *(PROJECT / name for name in ("README.md", "CONTRIBUTING.md", "notes/A note becomes a site.md")),
    *sorted((PROJECT / "notes/Handbook").glob("*.md")),
    PROJECT / "scripts/notebinder/site/new_project/README.md",
]

INSTALLS = "it installs from an index"
OURS_AFTER_INSTALLING = "it installs first; what it does then is run here as itself"
IS_THIS = "it runs the tests, of which this is one"
MEASURES = "it measures for minutes"
NOT_RUN: Mapping[str, str] = {
    "make serve": OURS_AFTER_INSTALLING,
    "make serve PORT=8010": OURS_AFTER_INSTALLING,
    "make -C ~/notes serve": OURS_AFTER_INSTALLING,
    "make build": OURS_AFTER_INSTALLING,
    "make test": IS_THIS,
    "make quick": IS_THIS,
    "make suite": IS_THIS,
    "make browser": IS_THIS,
    "python -m pytest": IS_THIS,
    "pytest --update-golden": "it rewrites what the tests expect",
    "pytest tests/repository/test_docs.py --update-golden": "it rewrites a page",
    "ruff format --check scripts tests benchmarks": "`make check` runs it before the tests",
    "ruff check scripts tests benchmarks": "`make check` runs it before the tests",
    "make pictures": "it draws and reads pictures for minutes",
    "make lock": "it asks an index for versions",
    "make audit": "it asks the network for vulnerabilities",
    "make soak": "it goes new ways for many minutes",
    "make fuzz SECONDS=1800": "it goes new ways for many minutes",
    "python benchmarks/building.py SMALL LARGE": MEASURES,
    "python benchmarks/saving.py [VAULT]": MEASURES,
    "python benchmarks/crowd.py": MEASURES,
    "python benchmarks/searching.py SITE": MEASURES,
    "python benchmarks/opening.py SMALL LARGE PAGE": MEASURES,
    "python benchmarks/lighthouse.py SITE PAGE": MEASURES,
    "python benchmarks/credentials.py VAULT": MEASURES,
    "python benchmarks/renditions.py": MEASURES,
    "python benchmarks/placing.py VAULT...": MEASURES,
    "python -m venv .venv": INSTALLS,
    "python3 -m venv .venv": INSTALLS,
    r".venv\Scripts\activate": "it is for Windows",
    "python -m pip install --require-hashes -r requirements.lock": INSTALLS,
    "python -m pip install --require-hashes -r requirements-dev.lock": INSTALLS,
    "python -m pip install --no-deps --no-build-isolation -e .": INSTALLS,
    "python -m pip install -r requirements.txt": INSTALLS,
    "pip install -r requirements.lock": INSTALLS,
    "pip install --no-deps --no-build-isolation -e .": INSTALLS,
    "pip install -e .[ocr]": INSTALLS,
    "pipx run --spec git+ADDRESS notebinder new notes": INSTALLS,
    "uvx --from git+ADDRESS notebinder new notes": INSTALLS,
    "playwright install chromium": "it downloads a browser",
    "git pull https://github.com/OWNER/notebinder main": "it asks GitHub",
    "npx quartz build --serve": "it is Quartz's",
    "python -m http.server --directory site": "it is Python's",
}

_PROGRAM = re.compile(
    r"(?:\.venv[/\\](?:bin|Scripts)[/\\])?"
    r"(?P<command>(?:notebinder|mkdocs|make|python3?|pip|pipx|uvx?|git|npx|npm|ruff|pytest|playwright)\s.*)"
)
_BLOCK = re.compile(r"(?ms)^ *```sh\n(.*?)^ *```")
_BARE = re.compile(r"notebinder [a-z ]+")
USAGE = 2
_OPTIONAL = re.compile(r" \[[^\]]*\]")
_CHOICE = re.compile(r"(--format \w+)(?:, \w+)* or \w+")
_PIECE = re.compile(r'--vault \w+|"[^"]*"|\S+')
_WORDS = {
    "~/Documents/MyVault": "vault",
    "NOTE": '"notes/My note.md"',
    "~/notes": "made",
    "/tmp/site": "made",
    "--vault DIR": "--vault .",
    "--vault VAULT": "--vault vault",
    "VAULT": "vault",
    "DIR": "made",
    "FILE": "made.file",
    "NAME": "Name",
    "TEXT": "Text",
    "ADDRESS": "https://site.example/",
    "CODE": "missing-note",
    "OLD": "old",
    "NEW": "new",
}


def named_commands() -> Iterator[str]:
    """The lines of blocks of commands, and code within lines that begins with a program and says more."""
    for page in PAGES:
        text = page.read_text("utf-8")
        in_line = (_PROGRAM.fullmatch(code) for code in re.findall(r"`([^`\n]+)`", _BLOCK.sub("", text)))
        in_block = (
            line.partition(" #")[0].strip() for block in _BLOCK.findall(text) for line in block.splitlines()
        )
        lines = [*(found["command"] for found in in_line if found), *filter(None, in_block)]
        for line in lines:
            for command in line.split(" && "):
                found = _PROGRAM.fullmatch(command)
                yield found["command"] if found else command


NAMED = sorted(set(named_commands()))
OURS = [command for command in NAMED if command not in NOT_RUN]
SERVING = [command for command in OURS if re.match(r"(notebinder|mkdocs) serve\b", command)]
BUILDING = [command for command in OURS if re.match(r"(notebinder site|mkdocs build)\b", command)]
QUICK = [command for command in OURS if command not in {*SERVING, *BUILDING}]


def forms(command: str) -> list[list[str]]:
    """A command without all that is optional, and with it, in words that the project below has."""
    found = []
    for form in (_OPTIONAL.sub("", command), re.sub(r"[\[\]]", "", _CHOICE.sub(r"\1", command))):
        words = " ".join(_WORDS.get(word, word) for word in _PIECE.findall(form))
        found.append(shlex.split(words))
    return found if found[0] != found[1] else found[:1]


_PORT = ("--port", "N", "8010")
STARTS = sorted({tuple(w for w in form if w not in _PORT) for each in SERVING for form in forms(each)})


def test_each_command_is_run_or_says_why_not() -> None:
    assert len(NAMED) > 60
    assert [command for command in OURS if not command.startswith(("notebinder ", "mkdocs "))] == []
    assert sorted(set(NOT_RUN) - set(NAMED)) == [], "nobody names it any more"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in a clone with a remote, beside a vault, a built site and two exports."""
    folder = tmp_path_factory.mktemp("commands")
    project = folder / "project"
    config = (PROJECT / "mkdocs.yml").read_text("utf-8")
    for path, text in {
        "mkdocs.yml": config.replace("scripts/notebinder", f"{PROJECT}/scripts/notebinder"),
        "docs/index.md": "# Home\n",
        "notes/My note.md": "1. Flour\n2. Heat\n\n# Flour\n\nrye\n\n# Heat\n\nhot\n",
        "vault/Garden.md": "Tulips\n",
        "site/index.html": "<head>",
    }.items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(text, "utf-8")
    (project / "assets").mkdir()
    for name in ("old", "new"):
        write_export(project / name, {"a.md": f"---\ntitle: A\nsource: a.md\n---\n# A\n\n{name}\n"})
    remote, identity = folder / "remote.git", ["-c", "user.name=a", "-c", "user.email=a@b.c"]
    for arguments in (
        ["init", "-q", "--bare", str(remote)],
        ["init", "-q", str(project)],
        ["-C", str(project), "remote", "add", "origin", str(remote)],
        ["-C", str(project), *identity, "commit", "-q", "--allow-empty", "-m", "x"],
    ):
        subprocess.run(["git", *arguments], check=True)
    return project


@pytest.fixture
def project(sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "project"
    shutil.copytree(sample, root)
    monkeypatch.chdir(root)
    return root


@pytest.mark.parametrize("command", QUICK)
@pytest.mark.usefixtures("project")
def test_a_command_does_what_it_is_named_for(command: str) -> None:
    for _, *arguments in forms(command):
        shutil.rmtree("made", ignore_errors=True)
        if arguments[0] == "new":  # a clone knows its own address, where it has one
            arguments += ["--tool", "git+https://x.example/notebinder@v1"]
        done = CliRunner().invoke(cli, arguments, input="y\n" if arguments[0] == "init" else "\n\n")
        if done.exit_code == USAGE and _BARE.fullmatch(command):  # the page names it and says no more
            done = CliRunner().invoke(cli, [*arguments, "--help"])
        assert done.exit_code == 0, done.output + repr(done.exception)


@pytest.mark.whole
@pytest.mark.parametrize("command", BUILDING)
def test_a_command_that_builds_writes_the_site(command: str, project: Path) -> None:
    for program, *arguments in forms(command):
        if _BARE.fullmatch(command) and program == "notebinder":
            arguments.append("--help")
        done = commands.run(program, *arguments, cwd=project)
        assert done.returncode == 0, done.stderr
        folder = "made" if "made" in arguments else "site"
        assert "--help" in arguments or "notebinder" in (project / folder / "index.html").read_text("utf-8")


@pytest.mark.whole
@pytest.mark.parametrize(
    "arguments", sorted({tuple(forms(command)[-1]) for command in SERVING}), ids=" ".join
)
def test_a_command_that_serves_shows_the_site(arguments: tuple[str, ...], project: Path) -> None:
    program, *given = arguments
    where = ["-a", f"127.0.0.1:{free_port()}"] if program == "mkdocs" else ["--port", str(free_port())]
    log = project / "log"
    environment = {**os.environ, "BROWSER": "true", "NO_MKDOCS_2_WARNING": "1"}
    with log.open("wb") as stream:
        process = commands.start(
            program, *given, *where, cwd=project, stdout=stream, stderr=stream, env=environment
        )
    try:
        wait_until(lambda: b"Serving on" in log.read_bytes() or process.poll() is not None, 60)
        address = re.search(r"Serving on (\S+)", log.read_text("utf-8"))
        assert address, log.read_text("utf-8")
        with urlopen(address[1], timeout=60) as answer:
            assert b"notebinder" in answer.read()
    finally:
        process.kill()
        process.wait(timeout=30)


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
@pytest.mark.parametrize("command", [command for command in NAMED if command.startswith("make ")])
def test_a_target_of_make_has_something_to_do(command: str) -> None:
    words = shlex.split(re.sub(r"-C \S+ ", "", command))
    done = subprocess.run(
        [*words, "--dry-run", "--always-make"], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


@pytest.mark.parametrize(
    "command", [command for command in NAMED if command.startswith("python benchmarks/")]
)
def test_the_head_of_a_benchmark_says_how_it_is_run(command: str) -> None:
    file = PROJECT / command.split()[1]
    assert f"python benchmarks/{file.name}" in file.read_text("utf-8").split('"""')[1]
