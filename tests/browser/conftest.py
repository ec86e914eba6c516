"""Real sites in a real browser: which browser, which sites, and what every page is watched for.

All of them are served under the policy that our sites have; what it forbids is an error on the console.
"""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

from notebinder.base.settings import FRAME_HOSTS
from notebinder.site.content_policy import content_policy, file_policy
from tests.browser.pieces import write_pieces
from tests.support import commands
from tests.support.projects import sample_project

SUB_PATH = "some/where"
"""The sites are served under it, as a project's pages are on most hosts."""
_INSTALLED = (
    *("google-chrome", "google-chrome-stable", "chromium", "chromium-browser"),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
)
_ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",  # no other host is there
)
_VIEWER = ("chrome:", "chrome-extension:")
"""What shows a PDF: the browser takes it from itself, and gives up on some of it when it is closed."""
_REPORT = """addEventListener("securitypolicyviolation", (event) =>
    console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));"""
_PATIENCE = 20_000
"""Milliseconds; a busy machine takes its time, and what passes waits for nothing."""
_LACKING = re.compile(r"NO (?:BROWSER|FIREFOX)[^'\n]*")
_MISSING = "NO BROWSER: install Chromium or Google Chrome, or run `playwright install chromium`"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser; each gets a second try, which the last line of a run counts.

    Chromium drops frames and delays timers where the machine is busy; what fails twice is a fault.
    """
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    reasons = (str(report.longrepr) for report in terminalreporter.stats.get("skipped", []))
    for missing in sorted({found[0] for found in map(_LACKING.search, reasons) if found}):
        terminalreporter.write_sep("!", f"{missing}; its tests did not run", red=True, bold=True)


@dataclass(frozen=True)
class Site:
    """A built site that is being served."""

    address: str
    """Where its home page is; ends in `/`."""
    folder: Path

    def pages(self) -> list[str]:
        """The addresses of all pages, relative to the home page."""
        return [
            file.relative_to(self.folder).as_posix().removesuffix("index.html")
            for file in sorted(self.folder.rglob("*.html"))
        ]

    def kinds(self) -> list[str]:
        """One page of each kind: the shortest and the longest address of each depth."""
        by_depth = sorted(self.pages(), key=lambda address: (address.count("/"), len(address)))
        depths = groupby(by_depth, key=lambda address: address.count("/"))
        return sorted({page for _, inner in depths for page in itemgetter(0, -1)([*inner])})


@dataclass
class Watch:
    """What a page did that no page of ours may do."""

    origin: str
    faults: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        """Watch a page from now on."""
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("request", lambda request: self._if(self._is_foreign(request.url), f"asks {request.url}"))
        page.on(
            "response",
            lambda answer: self._if(answer.status >= 400, f"{answer.status} {answer.url}"),
        )

    def _hear(self, message: ConsoleMessage) -> None:
        where = message.location["url"]
        is_fault = message.type == "error" and not where.startswith(_VIEWER)
        self._if(is_fault, f"console: {message.text} at {where}")

    def _is_foreign(self, url: str) -> bool:
        return not url.startswith((self.origin, "data:", "blob:", "about:", *_VIEWER))

    def _if(self, wrong: bool, fault: str) -> None:
        if wrong:
            self.faults.append(fault)


class _Strict(SimpleHTTPRequestHandler):
    """Serves pages and scripts with the whole policy as a header, and all else as `_headers` says."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", self._policy())
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def _policy(self) -> str:
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if file.suffix not in (".html", ".js") or not file.is_file():
            return file_policy()
        return content_policy(file.read_text("utf-8"), FRAME_HOSTS)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=_PATIENCE)
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """An installed Chrome or Chromium, else Playwright's own."""
    found = (shutil.which(name) for name in _INSTALLED)
    own = playwright.chromium.executable_path
    path = next(filter(None, found), None) or (own if Path(own).is_file() else None)
    if path is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(_MISSING)
    launched = playwright.chromium.launch(executable_path=path, args=list(_ARGUMENTS))
    yield launched
    launched.close()


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="session")
def origin(root: Path) -> Iterator[str]:
    """A server of static files on a free port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Strict, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def repository_site(root: Path, origin: str, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site that this repository came with, as `mkdocs build --strict` makes it."""
    config = sample_project(tmp_path_factory.mktemp("sample") / "project")
    return _built(config, root / SUB_PATH, f"{origin}{SUB_PATH}/")


@pytest.fixture
def site(repository_site: Site) -> Site:
    """The same; what tests the search replaces it by both of its kinds."""
    return repository_site


@pytest.fixture(scope="session")
def pieces(root: Path, origin: str, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with one of each thing that the theme draws."""
    address = f"{origin}pieces/"
    config = write_pieces(tmp_path_factory.mktemp("pieces"), address)
    return _built(config, root / "pieces", address)


def _built(config: Path, folder: Path, address: str) -> Site:
    return Site(address, build_strictly(config, folder, address))


def build_strictly(config: Path, folder: Path, address: str, **environment: str) -> Path:
    """Build a site for an address as `mkdocs build --strict` does; return its folder."""
    command = ["mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    given = {"SITE_URL": address, "REPO_URL": "https://github.com/reader/notes", "NO_MKDOCS_2_WARNING": "1"}
    done = commands.run(*command, cwd=config.parent, env={**os.environ, **given, **environment})
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def build_vault_site(vault: Path, site: Path) -> None:
    """Build the site of a vault as `notebinder site` does."""
    done = commands.run("notebinder", "site", str(vault), "--output", str(site), cwd=vault.parent)
    assert done.returncode == 0, done.stdout + done.stderr


NotesSite = Callable[[str, Mapping[str, str]], Site]


@pytest.fixture(scope="session")
def notes_site(root: Path, origin: str, tmp_path_factory: pytest.TempPathFactory) -> NotesSite:
    """Builds the site of a few notes, given by their titles, and serves it under a name."""

    def built(name: str, notes: Mapping[str, str]) -> Site:
        vault = tmp_path_factory.mktemp(name)
        for title, text in notes.items():
            (vault / f"{title}.md").write_text(text, "utf-8")
        build_vault_site(vault, root / name)
        return Site(f"{origin}{name}/", root / name)

    return built


Scheme = Literal["light", "dark"]


@dataclass(frozen=True)
class Reader:
    """Opens pages as a reader with a certain screen would, and watches them."""

    browser: Browser
    watch: Watch
    contexts: list[BrowserContext] = field(default_factory=list)

    def opens(
        self,
        address: str = "about:blank",
        *,
        width: int = 1280,
        scheme: Scheme = "light",
        is_free: bool = False,
    ) -> Page:
        """Open a page in a window of its own, which minds no policy if it is free."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,
            reduced_motion="reduce",
            bypass_csp=is_free,
        )
        self.contexts.append(context)
        context.add_init_script(_REPORT)
        page = context.new_page()
        page.set_default_timeout(_PATIENCE)
        self.watch.over(page)
        page.goto(address)
        return page


@pytest.fixture
def reader(browser: Browser, origin: str) -> Iterator[Reader]:
    """Whatever a test does: no error on the console, no request to another origin, no missing file."""
    watch = Watch(origin)
    reader = Reader(browser, watch)
    yield reader
    for context in reader.contexts:
        context.close()
    assert watch.faults == []


def point_at(page: Page) -> None:
    """Move the mouse, for the first time on this page; then wait until links are followed without loading."""
    with page.expect_response("**/sitemap.xml"):
        page.mouse.move(5, 5)


def expect_title(page: Page, title: str) -> None:
    """Wait until the page of this title is shown; behind it may stand the link to itself."""
    expect(page.locator("article h1")).to_have_text(re.compile(f"^{re.escape(title)}¶?$"))
