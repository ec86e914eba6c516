"""What measurements in a browser share: a host that serves a built site as real ones do, and the browser."""

from __future__ import annotations

import gzip
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

_BROWSERS = ("google-chrome", "google-chrome-stable", "chromium", "chromium-browser")
_TEXT = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt")


@cache
def _body(file: Path) -> tuple[bytes, int]:
    """Return what is sent for a file, compressed once if it is a text, and how long the file is."""
    data = file.read_bytes()
    return gzip.compress(data, 6) if file.suffix in _TEXT else data, len(data)


class Host(SimpleHTTPRequestHandler):
    """Sends files, text compressed, over connections that stay open."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send a file in one piece; `X-Plain-Length` says how long it is without compression."""
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        body, length = _body(file)
        self.send_response(HTTPStatus.OK)
        if file.suffix in _TEXT:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Plain-Length", str(length))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@contextmanager
def hosted(site: Path, port: int = 0) -> Iterator[str]:
    """Serve the folder of a built site; yield the address of its home page."""
    with ThreadingHTTPServer(("127.0.0.1", port), partial(Host, directory=site)) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextmanager
def browser() -> Iterator[Browser]:
    """Start the installed browser, without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed() or None, args=["--no-sandbox"])
        yield browser
        browser.close()


def installed() -> str:
    """Return the program of an installed Chrome or Chromium; without one, nothing: Playwright has its own."""
    return os.environ.get("CHROME_PATH") or next(filter(None, map(shutil.which, _BROWSERS)), "")
