"""An HTTP server that answers as GitHub does, as far as previews ask it."""

from __future__ import annotations

import io
import json
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

OWN, FORK = 1000, 2000
"""The numbers of the repository and of a fork."""
BASE = "b" * 40
TOKEN = "s3cret"


@dataclass
class Hub:
    """What GitHub knows in a test, and the requests that it got."""

    pulls: list[Any] = field(default_factory=list)
    runs: list[Any] = field(default_factory=list)
    artefacts: dict[int, list[Any]] = field(default_factory=dict)
    """Run id -> artefacts."""
    archives: dict[int, bytes] = field(default_factory=dict)
    """Artefact id -> the archive."""
    events: dict[int, list[Any]] = field(default_factory=dict)
    comments: dict[int, list[Any]] = field(default_factory=dict)
    api: str = ""
    storage: str = ""
    downloads: list[Mapping[str, str]] = field(default_factory=list)
    """The headers of each download from the storage."""

    def answer(self, method: str, path: str, body: Any) -> Any:
        answer: Any = None
        match (method, *path.removeprefix("/repos/me/notes").strip("/").split("/")):
            case ["GET", ""]:
                answer = {"id": OWN}
            case ["GET", "pulls"]:
                answer = self.pulls
            case ["GET", "actions", "workflows", workflow, "runs"]:
                answer = {"workflow_runs": [run for run in self.runs if run["workflow"] == workflow]}
            case ["GET", "actions", "runs", run, "artifacts"]:
                answer = {"artifacts": self.artefacts.get(int(run), [])}
            case ["GET", "issues", number, "events"]:
                answer = self.events.get(int(number), [])
            case ["GET", "issues", number, "comments"]:
                answer = self.comments.get(int(number), [])
            case ["POST", "issues", number, "comments"]:
                answer = self._write(int(number), body["body"])
            case ["PATCH", "issues", "comments", identifier]:
                every = [comment for comments in self.comments.values() for comment in comments]
                answer = next(comment for comment in every if comment["id"] == int(identifier))
                answer["body"] = body["body"]
        return answer

    def _write(self, number: int, text: str) -> Any:
        comments = self.comments.setdefault(number, [])
        login = {"login": "github-actions[bot]"}
        comments.append({"id": 100 * number + len(comments), "user": login, "body": text})
        return comments[-1]

    def pull(
        self, number: int, *, fork: bool = False, labels: Sequence[str] = (), sha: str = "", base: str = BASE
    ) -> str:
        """Open a pull request; return its head commit."""
        head = {"sha": sha or f"{number:040d}", "repo": {"id": FORK if fork else OWN}}
        self.pulls.append(
            {
                "number": number,
                "head": head,
                "base": {"sha": base, "repo": {"id": OWN}},
                "labels": [{"name": label} for label in labels],
            }
        )
        return str(head["sha"])

    def build(self, sha: str, files: Mapping[str, str | bytes], **about: object) -> int:
        """Let a run of the pull request's workflow leave an artefact; return its id."""
        run = len(self.runs) + 1
        row = {"id": run, "workflow": "pull-request.yml", "event": "pull_request", "conclusion": "success"}
        row |= {"head_sha": sha, "head_repository": {"id": OWN}} | about
        self.runs.insert(0, row)
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as opened:
            for path, content in files.items():
                opened.writestr(path, content)
        identifier = 500 + run
        self.archives[identifier] = archive.getvalue()
        self.artefacts[run] = [
            {
                "id": identifier,
                "name": "pages",
                "expired": False,
                "size_in_bytes": len(archive.getvalue()),
                "created_at": f"2026-11-23T10:{run:02d}:00Z",
            }
        ]
        return identifier

    def comment(self, number: int) -> str:
        """The one comment on a pull request."""
        (only,) = self.comments[number]
        return str(only["body"])


@contextmanager
def serving(hub: Hub) -> Iterator[Hub]:
    """GitHub's API on one port, the storage of artefacts, which is another host, on a second."""

    def storage(request: BaseHTTPRequestHandler) -> None:
        hub.downloads.append(dict(request.headers))
        _reply(request, 200, hub.archives[int(request.path.rpartition("/")[2])])

    def api(request: BaseHTTPRequestHandler) -> None:
        assert request.headers["Authorization"] == f"Bearer {TOKEN}"
        address = urlsplit(request.path)
        if address.path.endswith("/zip"):
            identifier = address.path.split("/")[-2]
            _reply(request, 302, b"", Location=f"{hub.storage}/{identifier}")
            return
        body = json.loads(request.rfile.read(int(request.headers.get("Content-Length") or 0)) or "null")
        query = {key: values[0] for key, values in parse_qs(address.query).items()}
        answer = hub.answer(request.command, address.path, body)
        if isinstance(answer, list):  # a list comes page by page
            size, page = int(query["per_page"]), int(query["page"])
            answer = answer[(page - 1) * size : page * size]
        found = answer is not None
        _reply(request, 200 if found else 404, json.dumps(answer if found else {}).encode())

    servers = [_serve(storage), _serve(api)]
    hub.storage, hub.api = (f"http://127.0.0.1:{server.server_port}" for server in servers)
    yield hub
    for server in servers:
        server.shutdown()
        server.server_close()


def _serve(handle: Callable[[BaseHTTPRequestHandler], None]) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            handle(self)

        do_POST = do_PATCH = do_GET  # noqa: N815  # the library's own names

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    return server


def _reply(request: BaseHTTPRequestHandler, status: int, content: bytes, **headers: str) -> None:
    request.send_response(status)
    for name, value in {**headers, "Content-Length": str(len(content))}.items():
        request.send_header(name, value)
    request.end_headers()
    request.wfile.write(content)
