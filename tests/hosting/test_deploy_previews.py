"""Publishing previews, against an HTTP server that answers as GitHub does and a real bare repository."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from notebinder.hosting.preview.artefact import ArtefactLimits
from notebinder.hosting.preview.branch import PagesBranch
from notebinder.hosting.preview.deploy import Preview, deploy_preview, list_previews
from notebinder.hosting.preview.deploy_previews import MARKER, Deployment, deploy_previews
from notebinder.hosting.preview.github import GitHub, GitHubError, WorkflowArtefact
from notebinder.site.headers import REPORT
from tests.support.exports import report_of
from tests.support.github import BASE, FORK, Hub, serving


@pytest.fixture
def hub() -> Iterator[Hub]:
    with serving(Hub()) as known:
        yield known


@pytest.fixture
def deployment(hub: Hub, tmp_path: Path) -> Deployment:
    remote, clone = tmp_path / "remote.git", tmp_path / "clone"
    subprocess.run(["git", "init", "--quiet", "--bare", remote], check=True)
    subprocess.run(["git", "init", "--quiet", clone], check=True)
    subprocess.run(["git", "remote", "add", "origin", remote], cwd=clone, check=True)
    (tmp_path / "work").mkdir()
    github = GitHub("me/notes", "s3cret", api=hub.api)
    return Deployment(github, PagesBranch(clone), "https://me.example/notes/", tmp_path / "work")


def states(deployment: Deployment) -> list[str]:
    return [str(outcome) for outcome in deploy_previews(deployment)]


def numbers(deployment: Deployment) -> list[int]:
    return [preview.number for preview in list_previews(deployment.branch)]


def published(deployment: Deployment, path: str) -> str | None:
    clone = deployment.branch.clone
    shown = subprocess.run(
        ["git", "show", f"refs/notebinder/gh-pages:{path}"], check=False, cwd=clone, capture_output=True
    )
    return shown.stdout.decode() if shown.returncode == 0 else None


def pages(text: str) -> dict[str, str]:
    files = {"rds.md": f"---\ntitle: RDS\n---\n\n# RDS\n\n{text}\n"}
    files[REPORT] = report_of(files)
    exported = {f"export/{path}": content for path, content in files.items()}
    return {"site/rds/index.html": f"<head></head>{text}", **exported}


def test_pull_request_gets_a_preview_and_a_comment(hub: Hub, deployment: Deployment) -> None:
    """Its build is compared with the build that it starts from."""
    hub.build(BASE, pages("Standby copies."), workflow="site.yml", event="push")
    artefact = hub.build(hub.pull(3), pages("Readable standby copies."))
    assert states(deployment) == ["#3 0000000: published"]
    assert list_previews(deployment.branch) == (Preview(3, f"{3:040d}", artefact),)
    assert published(deployment, "pr-preview/pr-3/rds/index.html") == (
        '<head><meta name="robots" content="noindex"></head>Readable standby copies.'
    )
    assert "Readable" in (published(deployment, "pr-preview/pr-3/pr-changes/index.html") or "")
    assert hub.comment(3) == (
        MARKER
        + """\
### What this pull request changes

[Preview](https://me.example/notes/pr-preview/pr-3/) · \
[text and pictures side by side](https://me.example/notes/pr-preview/pr-3/pr-changes/)

1 page changed. 3 words before, 4 after.

**Pages changed**

- [`RDS`](https://me.example/notes/pr-preview/pr-3/rds/), 3 → 4 words
"""
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ({"export/notebinder-report.json": "?"}, {}, "There is no earlier build to compare it with."),
        ({"../evil": "?"}, {}, "There is no earlier build to compare it with."),
        ({}, {"export/notebinder-report.json": "?"}, "Its build left no report to compare."),
        ({}, {"export/notebinder-report.json": None}, "Its build left no report to compare."),
    ],
)
def test_build_that_cannot_be_compared_is_published(
    hub: Hub, deployment: Deployment, old: dict[str, str], new: dict[str, str | None], said: str
) -> None:
    """An older notebinder left its report beside the export; a fault of the live site does not count."""
    base = {**pages("text"), "report.json": "{}", **old}
    head = {**pages("text"), "report.json": "{}", **new}
    hub.build(BASE, base, workflow="site.yml", event="push")
    hub.build(hub.pull(3), {path: text for path, text in head.items() if text is not None})
    assert states(deployment) == ["#3 0000000: published"]
    preview = "[Preview](https://me.example/notes/pr-preview/pr-3/) of 0000000."
    assert hub.comment(3) == f"{MARKER}{preview} {said}\n"


def test_same_build_is_published_once(hub: Hub, deployment: Deployment) -> None:
    hub.build(hub.pull(3), pages("text"))
    deploy_previews(deployment)
    assert states(deployment) == ["#3 0000000: unchanged"]
    assert len(hub.downloads) == 1


def test_push_updates_preview_and_comment(hub: Hub, deployment: Deployment) -> None:
    """There is one comment, whatever happens."""
    sha = hub.pull(3)
    hub.build(sha, pages("first"))
    deploy_previews(deployment)
    hub.build(BASE, pages("first"), workflow="site.yml", event="push")
    hub.pulls[0]["head"]["sha"] = sha = "c" * 40
    assert states(deployment) == ["#3 ccccccc: unbuilt"]
    assert (published(deployment, "pr-preview/pr-3/rds/index.html") or "").endswith("first")
    hub.build(sha, pages("first"))
    assert states(deployment) == ["#3 ccccccc: published"]
    assert hub.comment(3) == (
        f"{MARKER}This pull request changes no page ([preview](https://me.example/notes/pr-preview/pr-3/)).\n"
    )


def test_closed_pull_requests_lose_their_previews(hub: Hub, deployment: Deployment, tmp_path: Path) -> None:
    """Whatever is not open is removed, also what nobody knows of."""
    (tmp_path / "stray").mkdir()
    (tmp_path / "stray" / "index.html").write_text("stray")
    deploy_preview(deployment.branch, Preview(99), tmp_path / "stray")
    hub.build(hub.pull(3), pages("three"))
    hub.build(hub.pull(4), pages("four"))
    deploy_previews(deployment)
    assert numbers(deployment) == [3, 4]
    del hub.pulls[0]
    deploy_previews(deployment)
    assert numbers(deployment) == [4]


def test_fork_waits_for_a_label_on_each_push(hub: Hub, deployment: Deployment) -> None:
    """A label lets through what was built before it was set, and nothing that came later."""
    sha = hub.pull(3, fork=True)
    hub.build(sha, pages("first"), head_repository={"id": FORK})
    assert states(deployment) == ["#3 0000000: waiting"]
    assert hub.comment(3).startswith(f"{MARKER}The preview waits for a maintainer")
    assert hub.downloads == []

    hub.pulls[0]["labels"] = [{"name": "preview"}]
    label = {"event": "labeled", "label": {"name": "preview"}, "created_at": "2026-11-23T10:30:00Z"}
    other = {"event": "labeled", "label": {"name": "other"}, "created_at": "2026-11-23T23:00:00Z"}
    hub.events[3] = [label, other]
    assert states(deployment) == ["#3 0000000: published"]

    hub.pulls[0]["head"]["sha"] = "e" * 40
    run = hub.build("e" * 40, pages("second"), head_repository={"id": FORK})
    hub.artefacts[run - 500][0]["created_at"] = "2026-11-23T10:31:00Z"
    assert states(deployment) == ["#3 eeeeeee: waiting"]
    assert numbers(deployment) == []


def test_label_set_while_the_build_ran_does_not_count(hub: Hub, deployment: Deployment) -> None:
    """Whoever set it cannot have seen what was built."""
    hub.build(hub.pull(3, fork=True, labels=["preview"]), pages("x"), head_repository={"id": FORK})
    hub.events[3] = [{"event": "labeled", "label": {"name": "preview"}, "created_at": "2026-11-23T09:00:00Z"}]
    assert states(deployment) == ["#3 0000000: waiting"]


def test_deleted_fork_is_a_fork(hub: Hub, deployment: Deployment) -> None:
    hub.pull(3)
    hub.pulls[0]["head"]["repo"] = None
    assert states(deployment) == ["#3 0000000: waiting"]


@pytest.mark.parametrize(
    "about",
    [
        {"head_repository": {"id": FORK}},
        {"head_repository": None},
        {"head_sha": "f" * 40},
        {"event": "push"},
        {"conclusion": "failure"},
        {"workflow": "another.yml"},
    ],
)
def test_build_of_something_else_is_not_taken(
    hub: Hub, deployment: Deployment, about: dict[str, Any]
) -> None:
    """Only a successful run of the right workflow, for this head commit in this repository, counts."""
    hub.build(hub.pull(3), pages("text"), **about)
    assert states(deployment) == ["#3 0000000: unbuilt"]


@pytest.mark.parametrize("change", [{"name": "another"}, {"expired": True}])
def test_artefact_that_is_not_the_pages_is_not_taken(
    hub: Hub, deployment: Deployment, change: dict[str, Any]
) -> None:
    hub.build(hub.pull(3), pages("text"))
    hub.artefacts[1][0] |= change
    assert states(deployment) == ["#3 0000000: unbuilt"]


def test_hostile_artefact_is_refused_and_others_go_on(hub: Hub, deployment: Deployment) -> None:
    """The reason is said in the pull request; its old preview is gone; the next one is published."""
    sha = hub.pull(3)
    hub.build(sha, pages("fine"))
    deploy_previews(deployment)
    hub.build(sha, {**pages("evil"), "site/../../../index.html": "evil"})
    hub.build(hub.pull(4), pages("four"))
    assert states(deployment) == [
        "#3 0000000: refused: The artefact is refused: 'site/../../../index.html' leads outside its folder.",
        "#4 0000000: published",
    ]
    assert numbers(deployment) == [4]
    assert hub.comment(3) == (
        f"{MARKER}This pull request has no preview. The artefact is refused: "
        "'site/../../../index.html' leads outside its folder.\n"
    )


def test_numbers_in_an_artefact_are_not_believed(hub: Hub, deployment: Deployment) -> None:
    """A notice that claims another pull request is overwritten."""
    artefact = hub.build(
        hub.pull(3), {**pages("x"), "site/preview.json": '{"number": 1, "commit": "?", "build": 1}'}
    )
    deploy_previews(deployment)
    assert list_previews(deployment.branch) == (Preview(3, f"{3:040d}", artefact),)


def test_claimed_and_real_sizes_are_limited(hub: Hub, deployment: Deployment, tmp_path: Path) -> None:
    """An archive is not fetched when it is said to be too large, and not to its end when it is."""
    hub.build(hub.pull(3), pages("x"))
    hub.artefacts[1][0]["size_in_bytes"] = 10**9
    assert states(deployment) == [
        "#3 0000000: refused: The artefact is refused: its archive has 1,000,000,000 bytes."
    ]
    assert hub.downloads == []
    with pytest.raises(GitHubError, match="larger than 10 bytes"):
        deployment.hub.download(WorkflowArtefact(501, "", 5, ""), tmp_path / "file", limit=10)


def test_limits_hold_for_artefacts(hub: Hub, deployment: Deployment) -> None:
    hub.build(hub.pull(3), pages("x"))
    small = Deployment(
        deployment.hub, deployment.branch, deployment.address, deployment.work, ArtefactLimits(files=1)
    )
    assert states(small) == [
        "#3 0000000: refused: The artefact is refused: it has 3 files, and 1 are allowed."
    ]


def test_token_stays_with_the_api(hub: Hub, deployment: Deployment) -> None:
    """The storage that a download redirects to does not see it, and no message shows it."""
    hub.build(hub.pull(3), pages("x"))
    deploy_previews(deployment)
    assert [headers.get("Authorization") for headers in hub.downloads] == [None]
    assert "s3cret" not in str(deployment)


def test_comment_of_somebody_else_is_left_alone(hub: Hub, deployment: Deployment) -> None:
    """Anybody can write the marker."""
    hub.comments[3] = [{"id": 1, "user": {"login": "mallory"}, "body": MARKER + "mine"}]
    hub.build(hub.pull(3), pages("x"))
    deploy_previews(deployment)
    assert [row["user"]["login"] for row in hub.comments[3]] == ["mallory", "github-actions[bot]"]
    assert hub.comments[3][0]["body"] == MARKER + "mine"


def test_long_lists_are_read_to_their_end(hub: Hub, deployment: Deployment) -> None:
    """GitHub gives a hundred rows a page."""
    for number in range(1, 151):
        hub.pull(number, fork=True)
    hub.comments[150] = [
        {"id": number, "user": {"login": "somebody"}, "body": "hello"} for number in range(100)
    ]
    assert len(deploy_previews(deployment)) == 150
    assert len(hub.comments[150]) == 101


def test_failure_of_one_is_not_another_s(hub: Hub, deployment: Deployment) -> None:
    """A download that fails leaves the old preview where it is."""
    sha = hub.pull(3)
    hub.build(sha, pages("x"))
    deploy_previews(deployment)
    hub.archives[hub.build(sha, pages("y"))] = b""
    del hub.archives[501]
    hub.storage = "http://127.0.0.1:9"
    hub.pull(4, fork=True)
    first, second = states(deployment)
    assert first.startswith("#3 0000000: failed: GitHub: GET /actions/artifacts/502/zip: ")
    assert second == "#4 0000000: waiting"
    assert numbers(deployment) == [3]


def test_api_that_says_no_is_named(hub: Hub) -> None:
    """The message names the question, not the token."""
    with pytest.raises(GitHubError) as raised:
        GitHub("me/other", "s3cret", api=hub.api).open_pull_requests()
    assert str(raised.value) == "GitHub: GET /pulls: HTTP Error 404: Not Found"
