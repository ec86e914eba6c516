"""A build that the system asks to end keeps the images that it has made, and leaves nothing half written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from notebinder.images.cache import open_cache
from tests.support import commands
from tests.support.crashing import write_project, write_version
from tests.support.pictures import encoded, screenshot
from tests.support.serving import wait_until

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there is no such signal to send")

IMAGES = 60


def write_many_images(root: Path) -> None:
    images = {f"{turn}.png": encoded(screenshot(320, 180).rotate(turn)) for turn in range(IMAGES)}
    write_project(root)
    write_version(root, {"note.md": "".join(f"![[{name}]]\n\n" for name in images).encode(), **images})


@pytest.mark.parametrize(
    "command",
    [("notebinder", "export", "made"), ("mkdocs", "build"), ("mkdocs", "serve", "-a", "127.0.0.1:0")],
)
def test_a_build_that_is_asked_to_end_keeps_its_images(command: tuple[str, ...], tmp_path: Path) -> None:
    root, temporary, log = tmp_path / "project", tmp_path / "temporary", tmp_path / "log"
    temporary.mkdir()
    write_many_images(root)
    cache = tmp_path / "user/notebinder"
    places = {"TMPDIR": str(temporary), "XDG_CACHE_HOME": str(tmp_path / "user")}
    with log.open("wb") as stream:
        build = commands.start(*command, cwd=root, env={**os.environ, **places}, stdout=stream, stderr=stream)
    assert wait_until(lambda: len(list((cache / "files").glob("*.webp"))) >= 5, 60)
    build.terminate()
    assert build.wait() == 128 + 15, log.read_text()
    made = list((cache / "files").iterdir())
    assert len(open_cache(cache).images) == len(made)
    assert 5 <= len(made) < IMAGES
    assert [file for file in tmp_path.rglob("*") if file.name.startswith((".notebinder-", "mkdocs_"))] == []
    assert "Traceback" not in log.read_text()
