"""What the live server answers to those who ask in another name, or for what nothing can be."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.livereload import LiveReloadServer

from notebinder.site.live.server import LiveServer


@pytest.fixture
def server(tmp_path: Path) -> LiveServer:
    (tmp_path / "index.html").write_text("home")
    before = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path))
    live = LiveServer(before, lambda: None)
    before.server_close()
    live.server_close()
    return live


def answer(server: LiveServer, path: str, query: str = "", **headers: str) -> str:
    """Return the status of an answer."""
    told: list[str] = []
    environ = {"PATH_INFO": path, "QUERY_STRING": query, "REQUEST_METHOD": "GET", **headers}
    body = server.serve_request(environ, lambda status, _headers: told.append(status))
    getattr(body, "close", list)()
    return told[0]


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1:8000", "localhost:8000", "LOCALHOST", "[::1]:8000", "192.168.1.7:8000", "", "a.localhost"],
)
def test_who_names_this_machine_is_answered(host: str, server: LiveServer) -> None:
    assert answer(server, "/", HTTP_HOST=host) == "200 OK"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "a b", "[", "\x00", "[::1"]
)
@pytest.mark.parametrize("path", ["/", "/livereload/changes", "/livereload/client.js", "/nothing"])
def test_a_foreign_name_is_refused(path: str, host: str, server: LiveServer) -> None:
    """Else a page elsewhere whose name is made to lead here could read the notes."""
    assert answer(server, path, "now=1", HTTP_HOST=host) == "403 Forbidden"


@pytest.mark.parametrize("since", ["x", "", "1e3", "-1", "9" * 5000, "\u0663"])
def test_a_bad_query_is_refused(since: str, server: LiveServer) -> None:
    assert answer(server, "/livereload/changes", f"since={since}&now=1&since") in (
        "400 Bad Request",
        "200 OK",
    )
    assert answer(server, "/livereload/changes", f"since={since or 'x'}&now=1") == "400 Bad Request"


@pytest.mark.parametrize(
    "path",
    [
        "/a\0b",
        "/" + "a" * 5000,
        "/../../etc/passwd",
        "/livereload/../x",
        "/a/" * 3000,
        "/x\r\nA: b",
    ],
)
def test_a_path_that_no_file_has_is_refused(
    path: str, server: LiveServer, caplog: pytest.LogCaptureFixture
) -> None:
    assert answer(server, path)[:3] in ("400", "404")
    assert "Traceback" not in caplog.text
    assert caplog.records == [] or all(record.levelname != "ERROR" for record in caplog.records)
