"""Serve a project within the test's own process, without a browser."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.base import LegacyConfig
from mkdocs.plugins import BasePlugin

from notebinder.site.live.picturing import BackgroundPictures
from notebinder.site.live.served import ServedProject
from notebinder.site.live.session import Session
from notebinder.site.live.watching import Watcher
from tests.support import commands

ADDRESS = "http://127.0.0.1:8000/"


@dataclass
class Listener:
    """Hears what a browser would be told."""

    announced: list[tuple[frozenset[str], tuple[str, ...]]] = field(default_factory=list)
    is_settled: bool = True
    watched: tuple[str, ...] = ()

    def is_viewed(self, address: str) -> bool:
        return False

    def serve_from(self, folder: Path) -> None: ...

    def announce(self, changed: Iterable[str] | None, faults: Iterable[str]) -> None:
        self.announced.append((frozenset(changed or ()), tuple(faults)))

    def tell_settled(self, is_settled: bool) -> None:
        self.is_settled = is_settled


@dataclass(frozen=True)
class Served:
    project: ServedProject
    session: Session
    watcher: Watcher
    listener: Listener

    def files(self) -> dict[str, bytes]:
        return tree(self.project.folder)


class Meanwhile(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call]  # MkDocs has no types for it
    """Has something done in the first build, when all has been read and nothing been written."""

    def __init__(self, do: Callable[[], None]) -> None:
        super().__init__()
        self._do = do

    def on_env(self, *_: object, **__: object) -> None:
        do, self._do = self._do, lambda: None
        do()


@contextmanager
def served_project(
    root: Path, folder: Path, meanwhile: Callable[[], None] = lambda: None
) -> Iterator[tuple[ServedProject, BackgroundPictures, Watcher]]:
    """Build a project as `mkdocs serve` does; yield it, what makes renditions, and what notices changes."""

    def builder() -> None:
        build(config(), serve_url=ADDRESS)

    def config() -> Any:
        return load_config(str(root / "mkdocs.yml"), site_dir=str(folder), site_url=ADDRESS)

    first = config()
    plugin = first.plugins["notebinder"]
    first.plugins["notebinder/meanwhile"] = Meanwhile(meanwhile)
    first.plugins.on_startup(command="serve", dirty=False)
    try:
        build(first, serve_url=ADDRESS)
        pictures = plugin.pictures
        project = plugin.take_over(builder, lambda path: None, pictures.postpone)
        yield project, pictures, plugin.watcher
    finally:
        first.plugins.on_shutdown()


@contextmanager
def serving(
    root: Path, folder: Path, *, patience: float, meanwhile: Callable[[], None] = lambda: None
) -> Iterator[Served]:
    """Serve a project as `mkdocs serve` does, in a thread of its own; `meanwhile` is done as it is built."""
    with served_project(root, folder, meanwhile) as (project, pictures, watcher):
        listener = Listener(watched=(str(root / "mkdocs.yml"),))
        pictures.start(watcher.notice)
        session = Session(project, listener, watcher, patience=patience)
        thread = threading.Thread(target=session.run)
        thread.start()
        try:
            yield Served(project, session, watcher, listener)
        finally:
            watcher.stop()
            thread.join(timeout=30)


def clean_build(root: Path, folder: Path) -> dict[str, bytes]:
    """Build a copy of the project from nothing, in a process of its own; return the files of its site."""
    shutil.rmtree(folder, ignore_errors=True)
    copy = folder / "project"
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns("topics", "site"))
    own = {"XDG_CACHE_HOME": str(folder / "cache"), "NO_MKDOCS_2_WARNING": "1", "SITE_URL": ADDRESS}
    command = ["mkdocs", "build", "--quiet", "--site-dir", str(folder / "site")]
    done = commands.run(*command, cwd=copy, env={**os.environ, **own})
    assert done.returncode == 0, done.stderr
    return tree(folder / "site")


def tree(folder: Path) -> dict[str, bytes]:
    """All files of a folder by their path."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_until(holds: Callable[[], bool], seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return holds()
