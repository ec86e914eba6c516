"""The files that run with rights: valid, pinned, least privileged, and without logic of their own."""

import json
import re
import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from _pytest.mark import ParameterSet

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
SCHEMAS = {
    ".github/workflows/audit.yml": "vendor.github-workflows",
    ".github/workflows/site.yml": "vendor.github-workflows",
    ".github/workflows/pull-request.yml": "vendor.github-workflows",
    ".github/workflows/previews.yml": "vendor.github-workflows",
    ".github/workflows/release.yml": "vendor.github-workflows",
    ".github/workflows/tests.yml": "vendor.github-workflows",
    ".github/dependabot.yml": "vendor.dependabot",
    ".readthedocs.yaml": "vendor.readthedocs",
}
ACTIONS = {
    "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1": "v7.0.1",
    "actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97": "v7.0.0",
    "actions/cache@27d5ce7f107fe9357f9df03efb73ab90386fccae": "v5.0.5",
    "actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f": "v7.0.0",
    "actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c": "v8.0.1",
    "pypa/gh-action-pypi-publish@cef221092ed1bacb1cc03d23a2d87d1d172e277b": "v1.14.0",
}


def run(tool: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = Path(sysconfig.get_path("scripts")) / tool
    return subprocess.run([command, *arguments], cwd=ROOT, check=False, capture_output=True, text=True)


def jobs() -> Iterator[ParameterSet]:
    for file in WORKFLOWS:
        for name, job in yaml.safe_load(file.read_text())["jobs"].items():
            yield pytest.param(job, id=f"{file.stem}-{name}")


def zizmor(*options: str) -> list[tuple[str, Any]]:
    done = run(
        "zizmor", "--offline", "--no-progress", "--persona", "pedantic", "--format", "json", *options, "."
    )
    return [
        (finding["ident"], finding["locations"][0]["symbolic"]["key"]) for finding in json.loads(done.stdout)
    ]


def test_zizmor_finds_nothing() -> None:
    """The strictest audit for which every finding is worth a change."""
    assert zizmor() == []


def test_one_finding_is_excepted() -> None:
    """The trigger of the trusted job, with the reason beside it."""
    (only,) = zizmor("--no-ignores")
    assert only[0] == "dangerous-triggers"
    assert "previews.yml" in json.dumps(only[1])
    excepted = [line for file in WORKFLOWS for line in file.read_text().splitlines() if "zizmor:" in line]
    assert excepted == ["on: # zizmor: ignore[dangerous-triggers] see above"]


def test_every_file_has_a_schema() -> None:
    files = {*(ROOT / ".github").rglob("*.yml"), *ROOT.glob(".readthedocs.*")}
    assert {file.relative_to(ROOT).as_posix() for file in files} == SCHEMAS.keys()


@pytest.mark.parametrize(("path", "schema"), SCHEMAS.items())
def test_file_follows_its_schema(path: str, schema: str) -> None:
    """The schemas come with check-jsonschema; nothing is fetched."""
    done = run("check-jsonschema", "--builtin-schema", schema, path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_actions_are_pinned_by_commit() -> None:
    """And the comment says the version of that commit."""
    uses = re.findall(r"uses: (\S+)(?: # (\S+))?", "\n".join(file.read_text() for file in WORKFLOWS))
    assert set(uses) <= set(ACTIONS.items())


@pytest.mark.parametrize("job", [*jobs()])
def test_steps_have_no_logic(job: dict[str, Any]) -> None:
    """Each step is an action or one make target, so that everything can be run and tested elsewhere."""
    commands = [step["run"] for step in job["steps"] if "run" in step]
    assert all(re.fullmatch(r"make [a-z]+", command) for command in commands)
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert {command.split()[1] for command in commands} <= targets


@pytest.mark.parametrize("job", [*jobs()])
def test_token_is_given_to_single_steps(job: dict[str, Any]) -> None:
    """Only a job with a right to write has a step that gets the token, and no checkout keeps it."""
    has_token = any("github.token" in str(step.get("env", "")) for step in job["steps"])
    rights = {name for name, right in job["permissions"].items() if right == "write"}
    assert has_token == bool(rights - {"id-token"})
    checkouts = [step for step in job["steps"] if "actions/checkout@" in step.get("uses", "")]
    assert len(checkouts) == ("id-token" not in rights)
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


@pytest.mark.parametrize("job", [*jobs()])
def test_where_pages_are_built_the_whole_history_is_there(job: dict[str, Any]) -> None:
    """Or no page would have a date; and what an earlier run made is there."""
    commands = [step.get("run") for step in job["steps"]]
    options = [step["with"] for step in job["steps"] if "actions/checkout@" in step.get("uses", "")]
    is_deep = any(option.get("fetch-depth") == 0 for option in options)
    kept = [step["with"]["path"].split() for step in job["steps"] if "actions/cache@" in step.get("uses", "")]
    wanted = [["~/.cache/pip", "~/.cache/notebinder"]]  # never a folder of the checkout
    assert (is_deep, kept == wanted) == (("make pages" in commands),) * 2


def test_a_release_is_published_without_a_password() -> None:
    """By a job that has no right but to prove who it is, and runs nothing of ours."""
    workflow = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text())
    assert workflow[True] == {"release": {"types": ["published"]}}
    build, publish = workflow["jobs"].values()
    assert build["permissions"] == {"contents": "read"}
    assert (publish["permissions"], publish["needs"]) == ({"id-token": "write"}, "build")
    assert not any("run" in step for step in publish["steps"])
    assert "secrets." not in (ROOT / ".github/workflows/release.yml").read_text()


def test_pull_requests_build_without_any_right() -> None:
    """And no workflow checks out the head of a pull request with rights."""
    (job,) = yaml.safe_load((ROOT / ".github/workflows/pull-request.yml").read_text())["jobs"].values()
    assert job["permissions"] == {"contents": "read"}
    assert not any("pull_request_target" in file.read_text() for file in WORKFLOWS)
    assert not any("head." in file.read_text() for file in WORKFLOWS)
