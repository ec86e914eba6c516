"""A build that the system asks to end keeps the images that it has made, and leaves nothing half written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from notebinder.images.cache import open_cache
from tests.support.crashing import write_project, write_version
from tests.support.pictures import encoded, screenshot
from tests.support.serving import wait_until

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there are no such signals to send")

IMAGES = 60
MANY = {f"{number}.png": screenshot(320, 180).rotate(number) for number in range(IMAGES)}


def write_many_images(root: Path) -> None:
    write_project(root)
    note = "".join(f"![[{name}]]\n\n" for name in MANY).encode()
    write_version(root, {"note.md": note, **{name: encoded(picture) for name, picture in MANY.items()}})


@pytest.mark.parametrize(
    ("command", "request_"),
    [
        (("notebinder", "export", "made"), signal.SIGTERM),
        (("mkdocs", "build"), signal.SIGHUP),
        (("mkdocs", "serve", "-a", "127.0.0.1:0"), signal.SIGTERM),
    ],
)
def test_a_build_that_is_asked_to_end_keeps_its_images(
    command: tuple[str, ...], request_: signal.Signals, tmp_path: Path
) -> None:
    root, temporary = tmp_path / "project", tmp_path / "temporary"
    temporary.mkdir()
    write_many_images(root)
    cache = root / ".cache/notebinder"
    with subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=root,
        env={**os.environ, "TMPDIR": str(temporary)},
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert wait_until(lambda: len(list((cache / "files").glob("*.webp"))) >= 5, 60)
        process.send_signal(request_)
        _, told = process.communicate(timeout=60)
    made = list((cache / "files").iterdir())
    assert process.returncode == 128 + request_, told
    assert len(open_cache(cache).images) == len(made)
    assert 5 <= len(made) < IMAGES
    assert [file for file in tmp_path.rglob("*") if file.name.startswith((".notebinder-", "mkdocs_"))] == []
    assert "Traceback" not in told
