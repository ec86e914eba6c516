"""Serve the site to the author: tell each open page what has changed, and what went wrong.

MkDocs' own server reloads every page on every build, keeps all of them waiting meanwhile (for ever, if the
build fails), and puts a script into the page, which a strict content security policy forbids.
"""

from __future__ import annotations

import json
import logging
import re
import threading
import time
import webbrowser
from collections import deque
from collections.abc import Callable, Iterable
from importlib.resources import files
from ipaddress import ip_address
from pathlib import Path
from socket import gethostname
from urllib.parse import parse_qs, unquote, urlsplit

from mkdocs.livereload import LiveReloadServer

log = logging.getLogger("mkdocs.plugins.notebinder")

_PREFIX = "/livereload/"
_CLIENT = {"client.js": "application/javascript", "client.css": "text/css"}
_POLL_SECONDS = 30
_SEARCH_INDEX = re.compile(r"/search/(?:search_index\.json|pagefind/)")
_INDEX_SECONDS = 15
"""How long a request for the search index is kept waiting for the index to be right again."""
_REMEMBERED = 200
_EPOCH = re.compile(r"[0-9]{1,15}")
_HOST = re.compile(r"(?:[A-Za-z0-9.-]{0,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{0,5})?")
_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  compared with, not bound to

Environ = dict[str, str]
StartResponse = Callable[[str, list[tuple[str, str]]], object]


class LiveServer(LiveReloadServer):
    """Takes the place of MkDocs' server, before that has begun to serve."""

    run: Callable[[], None]
    """What the main thread does until `stop` is called."""

    def __init__(self, before: LiveReloadServer, stop: Callable[[], None]) -> None:
        host, port = before.server_address[:2]
        super().__init__(before.builder, str(host), int(port), before.root, before.mount_path)
        self._stop = stop
        self._changes: deque[tuple[int, frozenset[str] | None]] = deque(maxlen=_REMEMBERED)
        self._epoch = int(time.time())  # another number than that of a server before
        self._faults: tuple[str, ...] = ()
        self._is_settled = True
        self._viewed: dict[str, int] = {}
        self._turn = threading.Condition()
        self.error_handler = self._error_page
        for path in before._watched_paths:
            self.watch(path)

    def watch(self, path: str, func: None = None, *, recursive: bool = True) -> None:
        """Note a path; the looking is done by the watcher."""
        self._watched_paths[str(Path(path).resolve())] = 1

    def unwatch(self, path: str) -> None:
        """Forget a path."""
        self._watched_paths.pop(str(Path(path).resolve()), None)

    def serve(self, *, open_in_browser: bool = False) -> None:
        """Begin to answer, and say last of all where."""
        self.server_bind()
        self.server_activate()
        self.observer.start()  # it watches nothing, but is ended with the server
        what = "The site opens in your browser" if open_in_browser else "Open the site in a browser"
        log.info("%s; each save is shown there, and Ctrl+C ends it. Serving on %s", what, self.url)
        self.serve_thread.start()
        if open_in_browser:
            webbrowser.open(self.url)
        self._build_loop()

    @property
    def watched(self) -> tuple[str, ...]:
        """The paths that MkDocs, its configuration and its plugins asked to watch."""
        return tuple(self._watched_paths)

    def is_viewed(self, address: str) -> bool:
        """Whether a browser shows the page at an address, relative to the home page."""
        return self._viewed.get(self.mount_path + unquote(address).removeprefix("./"), 0) > 0

    def serve_from(self, folder: Path) -> None:
        """Serve the site that stands in a folder."""
        self.root = str(folder)

    def announce(self, changed: Iterable[str] | None, faults: Iterable[str]) -> None:
        """Tell all open pages which files of the site have changed (None: all), and what is wrong now."""
        paths = None if changed is None else frozenset(changed)
        told = tuple(faults)
        with self._turn:
            if paths == frozenset() and told == self._faults:
                return
            self._epoch += 1
            self._changes.append((self._epoch, paths))
            self._faults = told
            self._turn.notify_all()

    def tell_settled(self, is_settled: bool) -> None:
        """Let the search index go, or hold it back while it is not right."""
        with self._turn:
            self._is_settled = is_settled
            self._turn.notify_all()

    def shutdown(self, wait: bool = False) -> None:
        """End at once."""
        self._stop()
        super().shutdown(wait)

    def _build_loop(self) -> None:
        self.run()

    def _serve_request(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes] | None:
        path = environ["PATH_INFO"]
        if not self._is_asked_for(environ.get("HTTP_HOST", "")):
            return _refuse(start_response, "403 Forbidden", "this server is for its own machine alone")
        if "\0" in path:
            return _refuse(start_response, "400 Bad Request", "no file has such a name")
        if path.startswith(_PREFIX):
            return self._answer(path.removeprefix(_PREFIX), environ.get("QUERY_STRING", ""), start_response)
        if _SEARCH_INDEX.search(path):
            with self._turn:
                self._turn.wait_for(lambda: self._is_settled, timeout=_INDEX_SECONDS)
        answer: Iterable[bytes] | None = super()._serve_request(environ, start_response)
        return answer

    def _is_asked_for(self, host: str) -> bool:
        """Tell whether a request names this server: a page elsewhere may make its own name lead here."""
        name = urlsplit(f"//{host}").hostname or "" if _HOST.fullmatch(host) else "?"
        own = str(self.server_address[0])
        if name in ("", "localhost", own) or name.endswith(".localhost"):
            return True
        return _is_address(name) or (own in _EVERYWHERE and name.partition(".")[0] == gethostname().lower())

    def _answer(self, name: str, query: str, start_response: StartResponse) -> Iterable[bytes] | None:
        if name == "changes":
            return self._tell_changes(parse_qs(query), start_response)
        if name not in _CLIENT:
            return None
        body = files("notebinder.site.live").joinpath(name).read_bytes()
        return _respond(start_response, _CLIENT[name], body)

    def _tell_changes(self, asked: dict[str, list[str]], start_response: StartResponse) -> Iterable[bytes]:
        """Answer as soon as there is something that the page does not know, or after a while."""
        known, page = asked.get("since", ["0"])[0], asked.get("page", [""])[0]
        if not _EPOCH.fullmatch(known):
            return _refuse(start_response, "400 Bad Request", "`since` must be a number")
        since = int(known)
        with self._turn:
            self._viewed[page] = self._viewed.get(page, 0) + 1
            if "now" not in asked:
                self._turn.wait_for(lambda: self._epoch != since, timeout=_POLL_SECONDS)
            self._viewed[page] -= 1
            answer = {"epoch": self._epoch, "paths": self._changed_since(since), "faults": self._faults}
        return _respond(start_response, "application/json", json.dumps(answer).encode())

    def _changed_since(self, epoch: int) -> list[str] | None:
        """Which addresses changed; None stands for all of them."""
        newer = [paths for number, paths in self._changes if number > epoch]
        is_known = self._epoch - len(newer) == epoch
        if not is_known or any(paths is None for paths in newer):
            return None
        paths = frozenset[str]().union(*(paths for paths in newer if paths))
        return sorted(self.mount_path + path.removesuffix("index.html") for path in paths)

    def _inject_js_into_html(self, content: bytes, epoch: object) -> bytes:
        """Add the client's script as a file."""
        tag = f'<script src="{_PREFIX}client.js" data-epoch="{self._epoch}"></script>'.encode()
        start, end, rest = content.rpartition(b"</body>")
        return start + tag + end + rest if end else content + tag

    def _error_page(self, code: int) -> bytes | None:
        """A page that is not there may come into being while somebody looks at its address."""
        file = Path(self.root, f"{code}.html")
        return self._inject_js_into_html(file.read_bytes(), None) if file.is_file() else None


def _is_address(name: str) -> bool:
    """Tell whether a host is written in numbers, which no page elsewhere can make lead here."""
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _respond(
    start_response: StartResponse, kind: str, body: bytes, status: str = "200 OK"
) -> Iterable[bytes]:
    headers = [("Content-Type", kind), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")]
    start_response(status, headers)
    return [body]


def _refuse(start_response: StartResponse, status: str, why: str) -> Iterable[bytes]:
    return _respond(start_response, "text/plain; charset=utf-8", f"{why}\n".encode(), status)
