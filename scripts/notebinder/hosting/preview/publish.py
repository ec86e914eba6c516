"""Publish the previews of all open pull requests, and remove all others.

This runs with the right to write, so it believes nothing that a pull request could have written: which
commits are shown is asked of GitHub, and what their builds left behind is checked as hostile and never run.
A fork's pages would run their scripts on the live site's origin; they wait until a maintainer, having seen
the finished build, sets a label. A later push asks for the label again.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from notebinder.base.problems import NotebinderError
from notebinder.hosting.changes.compare import compare
from notebinder.hosting.changes.export import Export, read_export
from notebinder.hosting.changes.markdown import changes_markdown
from notebinder.hosting.changes.page import write_changes_page
from notebinder.hosting.preview.artefact import (
    EXPORT,
    GITHUB_LIMITS,
    REPORT,
    SITE,
    HostileArtefactError,
    Limits,
    unpack,
)
from notebinder.hosting.preview.branch import PagesBranch, publish
from notebinder.hosting.preview.deploy import Preview, Update, list_previews, preview_files
from notebinder.hosting.preview.github import Build, GitHub, PullRequest, Wanted
from notebinder.hosting.preview.layout import Files, preview_folder

LABEL = "preview"
"""The label by which a maintainer lets a fork's preview through."""

MARKER = "<!-- notebinder: preview -->\n"
"""What the comment begins with, so that it is found again."""

_PULL_REQUEST_WORKFLOW = "pull-request.yml"
_SITE_WORKFLOW = "site.yml"
_ARCHIVE_LIMIT = 400_000_000


@dataclass(frozen=True, slots=True)
class Publisher:
    """Where pull requests come from and where their previews go."""

    hub: GitHub
    branch: PagesBranch
    address: str
    """The live site's address, with a `/` at its end."""
    work: Path
    """An empty folder to unpack things in."""
    limits: Limits = GITHUB_LIMITS


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a pull request's preview."""

    pull: PullRequest
    state: str
    """A key of `_COMMENTS`, or `unchanged`, `unbuilt`, `failed`."""
    detail: str = ""
    files: Files | None = None
    """What to publish; None where nothing new is there."""

    def __str__(self) -> str:
        text = f"#{self.pull.number} {self.pull.commit[:7]}: {self.state}"
        return f"{text}: {self.detail}" if self.detail and self.state != "published" else text

    def as_markdown(self) -> str:
        """Say it for a run's summary."""
        text = _COMMENTS.get(self.state, "{detail}\n").format(detail=self.detail)
        return f"## Pull request {self.pull.number}: {self.state}\n\n{text}\n"


# A preview stays where its pull request is being built, or could not be asked for just now.
_STAYS = frozenset({"published", "unchanged", "unbuilt", "failed"})

_COMMENTS = {
    "published": "{detail}",
    "refused": "This pull request has no preview. {detail}\n",
    "waiting": (
        "The preview waits for a maintainer, since it comes from a fork and its pages would run on the live "
        "site's address. Have a look at the change first, its scripts and raw HTML above all; then set the "
        f"label `{LABEL}`. If it is set already, remove it and set it again: each push asks anew.\n"
    ),
}
"""What is said in the pull request, by state."""


def publish_previews(publisher: Publisher) -> tuple[Outcome, ...]:
    """Bring all previews up to date in one push, then say so in each pull request."""
    there = {preview.number: preview for preview in list_previews(publisher.branch)}
    outcomes = tuple(
        _outcome(publisher, pull, there.get(pull.number)) for pull in publisher.hub.open_pull_requests()
    )
    update = Update(
        previews={outcome.pull.number: outcome.files for outcome in outcomes if outcome.files},
        kept=frozenset(outcome.pull.number for outcome in outcomes if outcome.state in _STAYS),
    )
    publish(publisher.branch, update, message="Publish previews")
    for outcome in outcomes:
        if outcome.state in _COMMENTS:
            body = MARKER + _COMMENTS[outcome.state].format(detail=outcome.detail)
            publisher.hub.comment(outcome.pull.number, body, marker=MARKER)
    return outcomes


def _outcome(publisher: Publisher, pull: PullRequest, there: Preview | None) -> Outcome:
    """Find out what becomes of one pull request; its failure is not another's."""
    try:
        return _judged(publisher, pull, there)
    except HostileArtefactError as error:
        return Outcome(pull, "refused", str(error))
    except NotebinderError as error:
        return Outcome(pull, "failed", str(error))


def _judged(publisher: Publisher, pull: PullRequest, there: Preview | None) -> Outcome:
    """Decide whether a pull request may have a preview, and whether it needs a new one."""
    if pull.is_fork and LABEL not in pull.labels:
        return Outcome(pull, "waiting")
    build = publisher.hub.newest_build(
        Wanted(_PULL_REQUEST_WORKFLOW, "pull_request", pull.repository_id, pull.commit)
    )
    if build is None:
        return Outcome(pull, "unbuilt")
    if pull.is_fork and publisher.hub.labelled_at(pull.number, LABEL) <= build.created:
        return Outcome(pull, "waiting")
    preview = Preview(pull.number, pull.commit, build.artefact)
    return Outcome(pull, "unchanged") if there == preview else _prepared(publisher, pull, build)


def _prepared(publisher: Publisher, pull: PullRequest, build: Build) -> Outcome:
    """Fetch a build, compare it with the live site's, and store it as a preview."""
    new = _unpacked(publisher, build)
    old = _live_build(publisher, pull)
    address = publisher.address + preview_folder(pull.number)
    if old is None:
        text = f"[Preview]({address}) of {pull.commit[:7]}. There is no earlier build to compare it with.\n"
    else:
        changes = compare(_export(_unpacked(publisher, old)), _export(new))
        write_changes_page(changes, new / SITE)
        text = changes_markdown(changes, address)
    preview = Preview(pull.number, pull.commit, build.artefact)
    files = preview_files(publisher.branch, preview, new / SITE, limits=publisher.limits)
    return Outcome(pull, "published", text, files)


def _export(folder: Path) -> Export:
    return read_export(folder / EXPORT, folder / REPORT)


def _live_build(publisher: Publisher, pull: PullRequest) -> Build | None:
    """Find the build that a pull request starts from, or else the newest of the live site."""
    own = publisher.hub.repository_id()
    exact = Wanted(_SITE_WORKFLOW, "push", own, pull.base_commit)
    newest = Wanted(_SITE_WORKFLOW, "push", own)
    return publisher.hub.newest_build(exact) or publisher.hub.newest_build(newest)


def _unpacked(publisher: Publisher, build: Build) -> Path:
    """Download and unpack a build, once."""
    folder = publisher.work / str(build.artefact)
    if folder.exists():
        return folder
    if build.size > _ARCHIVE_LIMIT:
        raise HostileArtefactError([f"its archive has {build.size:,} bytes"])
    archive = publisher.work / f"{build.artefact}.zip"
    publisher.hub.download(build, archive, limit=_ARCHIVE_LIMIT)
    folder.mkdir()
    unpack(archive, folder, limits=publisher.limits)
    archive.unlink()
    return folder
