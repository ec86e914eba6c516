"""Deploy the previews of all open pull requests, and remove all others.

This runs with the right to write, so it believes nothing that a pull request could have written: which
commits are shown is asked of GitHub, and what their builds left behind is checked as hostile and never run.
A fork's pages would run their scripts on the live site's origin; they wait until a maintainer, having seen
the finished build, sets a label. A later push asks for the label again.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from notebinder.base.problems import NotebinderError
from notebinder.hosting.changes.compare import compare_exports
from notebinder.hosting.changes.export import Export, read_export
from notebinder.hosting.changes.markdown import changes_markdown
from notebinder.hosting.changes.page import write_changes_page
from notebinder.hosting.preview.artefact import (
    EXPORT,
    GITHUB_LIMITS,
    SITE,
    ArtefactLimits,
    HostileArtefactError,
    unpack,
)
from notebinder.hosting.preview.branch import PagesBranch, push_change
from notebinder.hosting.preview.deploy import Preview, Update, list_previews, preview_files
from notebinder.hosting.preview.github import GitHub, PullRequest, Wanted, WorkflowArtefact
from notebinder.hosting.preview.layout import Files, preview_folder

LABEL = "preview"
"""The label by which a maintainer lets a fork's preview through."""

MARKER = "<!-- notebinder: preview -->\n"
"""What the comment begins with, so that it is found again."""

_PULL_REQUEST_WORKFLOW = "pull-request.yml"
_SITE_WORKFLOW = "site.yml"
_ARCHIVE_LIMIT = 400_000_000


@dataclass(frozen=True, slots=True)
class Deployment:
    """Where pull requests come from and where their previews go."""

    hub: GitHub
    branch: PagesBranch
    address: str
    """The live site's address, with a `/` at its end."""
    work: Path
    """An empty folder to unpack things in."""
    limits: ArtefactLimits = GITHUB_LIMITS


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a pull request's preview."""

    pull: PullRequest
    state: str
    """A key of `_COMMENTS`, or `unchanged`, `unbuilt`, `failed`."""
    detail: str = ""
    files: Files | None = None
    """What to deploy; None where nothing new is there."""

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


def deploy_previews(deployment: Deployment) -> tuple[Outcome, ...]:
    """Bring all previews up to date in one push, then say so in each pull request."""
    there = {preview.number: preview for preview in list_previews(deployment.branch)}
    outcomes = tuple(
        _outcome(deployment, pull, there.get(pull.number)) for pull in deployment.hub.open_pull_requests()
    )
    update = Update(
        previews={outcome.pull.number: outcome.files for outcome in outcomes if outcome.files},
        kept=frozenset(outcome.pull.number for outcome in outcomes if outcome.state in _STAYS),
    )
    push_change(deployment.branch, update, message="Publish previews")
    for outcome in outcomes:
        if outcome.state in _COMMENTS:
            body = MARKER + _COMMENTS[outcome.state].format(detail=outcome.detail)
            deployment.hub.comment(outcome.pull.number, body, marker=MARKER)
    return outcomes


def _outcome(deployment: Deployment, pull: PullRequest, there: Preview | None) -> Outcome:
    """Find out what becomes of one pull request; its failure is not another's."""
    try:
        return _judged(deployment, pull, there)
    except HostileArtefactError as error:
        return Outcome(pull, "refused", str(error))
    except NotebinderError as error:
        return Outcome(pull, "failed", str(error))


def _judged(deployment: Deployment, pull: PullRequest, there: Preview | None) -> Outcome:
    """Decide whether a pull request may have a preview, and whether it needs a new one."""
    if pull.is_fork and LABEL not in pull.labels:
        return Outcome(pull, "waiting")
    artefact = deployment.hub.newest_artefact(
        Wanted(_PULL_REQUEST_WORKFLOW, "pull_request", pull.repository_id, pull.commit)
    )
    if artefact is None:
        return Outcome(pull, "unbuilt")
    if pull.is_fork and deployment.hub.labelled_at(pull.number, LABEL) <= artefact.created:
        return Outcome(pull, "waiting")
    preview = Preview(pull.number, pull.commit, artefact.number)
    return Outcome(pull, "unchanged") if there == preview else _prepared(deployment, pull, artefact)


def _prepared(deployment: Deployment, pull: PullRequest, artefact: WorkflowArtefact) -> Outcome:
    """Fetch a build, compare it with the live site's, and store it as a preview."""
    folder = _unpacked(deployment, artefact)
    old, new = _live_export(deployment, pull), read_export(folder / EXPORT)
    address = deployment.address + preview_folder(pull.number)
    if old and new:
        changes = compare_exports(old, new)
        write_changes_page(changes, folder / SITE)
        text = changes_markdown(changes, address)
    else:
        why = (
            "There is no earlier build to compare it with." if new else "Its build left no report to compare."
        )
        text = f"[Preview]({address}) of {pull.commit[:7]}. {why}\n"
    preview = Preview(pull.number, pull.commit, artefact.number)
    files = preview_files(deployment.branch, preview, folder / SITE, limits=deployment.limits)
    return Outcome(pull, "published", text, files)


def _live_export(deployment: Deployment, pull: PullRequest) -> Export | None:
    """Read the build that a pull request starts from, or else the newest of the live site."""
    own = deployment.hub.repository_id()
    exact = Wanted(_SITE_WORKFLOW, "push", own, pull.base_commit)
    newest = Wanted(_SITE_WORKFLOW, "push", own)
    artefact = deployment.hub.newest_artefact(exact) or deployment.hub.newest_artefact(newest)
    try:
        return read_export(_unpacked(deployment, artefact) / EXPORT) if artefact else None
    except HostileArtefactError:  # that it is too large, say, is no fault of the pull request
        return None


def _unpacked(deployment: Deployment, artefact: WorkflowArtefact) -> Path:
    """Download and unpack a build, once."""
    folder = deployment.work / str(artefact.number)
    if folder.exists():
        return folder
    if artefact.size > _ARCHIVE_LIMIT:
        raise HostileArtefactError([f"its archive has {artefact.size:,} bytes"])
    archive = deployment.work / f"{artefact.number}.zip"
    deployment.hub.download(artefact, archive, limit=_ARCHIVE_LIMIT)
    part = deployment.work / f"{artefact.number}.part"
    part.mkdir(exist_ok=True)
    unpack(archive, part, limits=deployment.limits)
    archive.unlink()
    return part.rename(folder)
