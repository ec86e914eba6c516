"""The few questions that deploying previews asks GitHub, and the one comment that it writes."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from notebinder.base.problems import NotebinderError

_PAGE_SIZE = 100
_CHUNK = 1_000_000
_SECONDS = 60


class GitHubError(NotebinderError):
    """GitHub could not be asked, or said no."""

    def __init__(self, method: str, address: str, reason: object) -> None:
        super().__init__(f"GitHub: {method} {address.partition('?')[0]}: {reason}")


@dataclass(frozen=True, slots=True)
class PullRequest:
    """An open pull request, as GitHub knows it."""

    number: int
    commit: str
    """Its head commit."""
    base_commit: str
    repository_id: int
    """The repository that its head lies in; 0 where that is deleted."""
    is_fork: bool
    labels: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class WorkflowArtefact:
    """An artefact of a workflow's successful run."""

    number: int
    commit: str
    size: int
    created: str
    """When it was uploaded, in ISO 8601."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which run's artefact is looked for."""

    workflow: str
    """The name of the workflow's file."""
    event: str
    repository_id: int
    """The repository that the run's commit lies in."""
    commit: str = ""
    """Empty for the newest run."""
    name: str = "pages"


@dataclass(frozen=True, slots=True)
class GitHub:
    """A repository on GitHub."""

    repository: str
    """`owner/name`"""
    token: str = field(repr=False)
    api: str = "https://api.github.com"
    author: str = "github-actions[bot]"
    """Who writes the comments: nobody else's comment is ever changed."""

    def repository_id(self) -> int:
        """Ask for the number by which GitHub knows this repository, whatever its name."""
        return int(self._ask("GET", "")["id"])

    def open_pull_requests(self) -> tuple[PullRequest, ...]:
        """List the open pull requests by number."""
        found = (_pull_request(row) for row in self._rows("/pulls", {"state": "open"}))
        return tuple(sorted(found, key=lambda pull: pull.number))

    def newest_artefact(self, wanted: Wanted) -> WorkflowArtefact | None:
        """Find the newest artefact that a successful run has left, if there is one."""
        query = {"event": wanted.event, "status": "success"}
        if wanted.commit:
            query["head_sha"] = wanted.commit
        path = f"/actions/workflows/{wanted.workflow}/runs"
        for run in self._rows(path, query, inside="workflow_runs"):
            if not _is_wanted(run, wanted):
                continue
            for artefact in self._newest_artefacts(int(run["id"]), wanted.name):
                return WorkflowArtefact(
                    int(artefact["id"]),
                    str(run["head_sha"]),
                    int(artefact["size_in_bytes"]),
                    str(artefact["created_at"]),
                )
        return None

    def download(self, artefact: WorkflowArtefact, target: Path, *, limit: int) -> None:
        """Download an artefact's archive, and stop as soon as it is larger than it may be."""
        address = f"/actions/artifacts/{artefact.number}/zip"
        with self._open("GET", address) as response, target.open("wb") as file:
            size = 0
            while chunk := response.read(_CHUNK):
                size += len(chunk)
                if size > limit:
                    raise GitHubError("GET", address, f"the artefact is larger than {limit:,} bytes")
                file.write(chunk)

    def labelled_at(self, number: int, label: str) -> str:
        """Ask when a pull request last got a label: ISO 8601, or an empty text."""
        events = self._rows(f"/issues/{number}/events", {})
        times = [
            str(event["created_at"])
            for event in events
            if event["event"] == "labeled" and event["label"]["name"] == label
        ]
        return max(times, default="")

    def comment(self, number: int, body: str, *, marker: str) -> None:
        """Write the one comment that begins with the marker, or update it."""
        for row in self._rows(f"/issues/{number}/comments", {}):
            if row["user"]["login"] == self.author and str(row["body"]).startswith(marker):
                if row["body"] != body:
                    self._ask("PATCH", f"/issues/comments/{int(row['id'])}", {"body": body})
                return
        self._ask("POST", f"/issues/{number}/comments", {"body": body})

    def _newest_artefacts(self, run: int, name: str) -> list[Mapping[str, Any]]:
        rows = self._rows(f"/actions/runs/{run}/artifacts", {"name": name}, inside="artifacts")
        there = (row for row in rows if row["name"] == name and not row["expired"])
        return sorted(there, key=lambda row: int(row["id"]), reverse=True)

    def _rows(self, path: str, query: Mapping[str, str], *, inside: str = "") -> Iterator[Mapping[str, Any]]:
        """Go through a list page by page."""
        page, length = 1, _PAGE_SIZE
        while length == _PAGE_SIZE:
            numbered = urllib.parse.urlencode({**query, "per_page": _PAGE_SIZE, "page": page})
            answer = self._ask("GET", f"{path}?{numbered}")
            rows = answer[inside] if inside else answer
            yield from rows
            page, length = page + 1, len(rows)

    def _ask(self, method: str, path: str, body: Mapping[str, str] | None = None) -> Any:  # noqa: ANN401  # JSON
        with self._open(method, path, json.dumps(body).encode() if body else None) as response:
            return json.load(response)

    def _open(self, method: str, path: str, body: bytes | None = None) -> Any:  # noqa: ANN401  # urllib's own type
        request = urllib.request.Request(  # noqa: S310  # the address is the API's own
            f"{self.api}/repos/{self.repository}{path}",
            data=body,
            method=method,
            headers={"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"},
        )
        # An artefact's download redirects to another host, which must not see the token.
        request.add_unredirected_header("Authorization", f"Bearer {self.token}")
        try:
            return urllib.request.urlopen(request, timeout=_SECONDS)  # noqa: S310  # as above
        except urllib.error.HTTPError as error:
            error.close()
            raise GitHubError(method, path, error) from error
        except OSError as error:
            raise GitHubError(method, path, error) from error


def _pull_request(row: Mapping[str, Any]) -> PullRequest:
    head = row["head"]["repo"]
    own = int(row["base"]["repo"]["id"])
    return PullRequest(
        number=int(row["number"]),
        commit=str(row["head"]["sha"]),
        base_commit=str(row["base"]["sha"]),
        repository_id=int(head["id"]) if head else 0,
        is_fork=head is None or int(head["id"]) != own,
        labels=frozenset(str(label["name"]) for label in row["labels"]),
    )


def _is_wanted(run: Mapping[str, Any], wanted: Wanted) -> bool:
    """Check what the filters of the question should have seen to, and whose commit it is."""
    head = run["head_repository"]
    return (
        run["event"] == wanted.event
        and run["conclusion"] == "success"
        and (not wanted.commit or run["head_sha"] == wanted.commit)
        and head is not None
        and int(head["id"]) == wanted.repository_id
    )
