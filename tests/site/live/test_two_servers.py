"""Two servers on one project, each in a process of its own, do not disturb each other."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import pytest

from tests.support import commands
from tests.support.author import Author, write_project
from tests.support.serving import clean_build, tree, wait_until

pytestmark = pytest.mark.whole

_EDITS = 10


@contextmanager
def server(root: Path, scratch: Path) -> Iterator[None]:
    """Serve a project; its sites stand in folders below `scratch`."""
    scratch.mkdir()
    with (scratch / "told").open("w") as told:
        environment = {**os.environ, "TMPDIR": str(scratch), "SITE_URL": "http://127.0.0.1:0/"}
        command = ["mkdocs", "serve", "-a", "127.0.0.1:0"]
        process = commands.start(*command, cwd=root, env=environment, stdout=told, stderr=told)
    try:
        assert wait_until(lambda: "Serving on" in (scratch / "told").read_text(), seconds=90)
        yield
    finally:
        process.terminate()
        process.wait()


def site(folder: Path) -> dict[str, bytes]:
    """The pages and pictures of a site, without addresses of the server that shows them."""
    return {
        path: data.replace(b"127.0.0.1:0", b"127.0.0.1:8000")
        for path, data in tree(folder).items()
        if path.endswith((".html", ".webp"))
    }


def served(scratch: Path) -> dict[str, bytes]:
    (index,) = scratch.glob("mkdocs_*/index.html")
    return site(index.parent)


def _serves(scratch: Path, wanted: dict[str, bytes]) -> bool:
    return served(scratch) == wanted


def test_two_servers_show_what_a_clean_build_makes(tmp_path: Path) -> None:
    root = write_project(tmp_path / "project")
    author = Author(root, random.Random(7))
    both = (tmp_path / "one", tmp_path / "two")
    with ExitStack() as servers:
        for scratch in both:
            servers.enter_context(server(root, scratch))
        for _ in range(_EDITS):
            author.edit()
            time.sleep(0.3)
        clean_build(root, tmp_path / "clean")
        wanted = site(tmp_path / "clean/site")
        for scratch in both:
            assert wait_until(partial(_serves, scratch, wanted), seconds=60), author.done
            assert "Traceback" not in (scratch / "told").read_text()
