"""Rules of faulty disks: the author is told the place, what is wrong and the next step; nothing is lost."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from notebinder.base.file_faults import fault_message
from notebinder.base.files import written_atomically
from tests.support import commands
from tests.support.crashing import HAND_WRITTEN, finished, tree, versions, write_project, write_version

pytestmark = pytest.mark.whole

IS_ROOT = os.name != "nt" and os.geteuid() == 0
WITHOUT_RIGHTS: tuple[str, ...] = ("setpriv", "--bounding-set=-all", "--inh-caps=-all") if IS_ROOT else ()
"""Root, too, may then write only where an owner may."""
BUILD = ("notebinder", "build")
SITE = ("mkdocs", "build", "-q")


def can_lose_rights() -> bool:
    """Some containers do not let root give anything up."""
    if not IS_ROOT:
        return True
    is_there = shutil.which(WITHOUT_RIGHTS[0]) is not None
    return is_there and subprocess.run([*WITHOUT_RIGHTS, "true"], check=False).returncode == 0


def environment() -> dict[str, str]:
    return {**os.environ, "SOURCE_DATE_EPOCH": "0"}


def run(command: Sequence[str], root: Path) -> tuple[int, str]:
    """Run a command in a project; return how it ended and what it told."""
    done = commands.run(*command, cwd=root, env=environment())
    return done.returncode, done.stderr


def run_without_rights(command: Sequence[str], root: Path) -> tuple[int, str]:
    """Run a command as somebody who may write only where an owner may."""
    started = [*WITHOUT_RIGHTS, sys.executable, "-m", *command]
    done = subprocess.run(
        started, cwd=root, env=environment(), capture_output=True, text=True, timeout=60, check=False
    )
    return done.returncode, done.stderr


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """What a build makes of the second version where nothing was built before."""
    root = tmp_path_factory.mktemp("clean")
    write_project(root)
    write_version(root, versions()[1])
    return finished(root)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "user"))
    return tmp_path / "user/notebinder"


@pytest.fixture
def project(tmp_path: Path, cache: Path, clean: Mapping[str, bytes]) -> Iterator[Path]:
    """A built project whose vault has changed since; the build after a test equals a clean one."""
    root = tmp_path / "project"
    write_project(root)
    write_version(root, versions()[0])
    finished(root)
    write_version(root, versions()[1])
    yield root
    assert finished(root) == clean
    assert {path: (root / path).read_bytes() for path in HAND_WRITTEN} == HAND_WRITTEN
    assert tree(root / "vault") == dict(sorted(versions()[1].items()))


@pytest.mark.skipif(os.name == "nt", reason="Windows lets an owner write into any folder")
@pytest.mark.skipif(not can_lose_rights(), reason="root may write anywhere, and cannot give that up here")
@pytest.mark.parametrize(
    "folder", ["project/docs/topics", "project/docs/topics/notes", "user/notebinder/locks"]
)
def test_a_folder_that_nobody_may_write_to_is_one_line(folder: str, project: Path) -> None:
    place = project.parent / folder
    for lock in place.glob("*.lock"):
        lock.unlink()
    place.chmod(0o555)
    ended, told = run_without_rights(BUILD, project)
    place.chmod(0o755)
    assert ended == 2
    assert told.startswith(str(place))
    assert told.endswith(": permission denied; give yourself the right to read and write there\n")
    assert told.count("\n") == 1


@pytest.mark.parametrize(
    ("pattern", "is_needed"), [("locks/*.lock", True), ("manifest", True), ("projects/*/build", False)]
)
def test_a_folder_in_the_place_of_a_file_is_told_or_done_without(
    pattern: str, is_needed: bool, project: Path, cache: Path
) -> None:
    (file,) = cache.glob(pattern)
    file.unlink()
    (file / "of somebody").mkdir(parents=True)
    ended, told = run(BUILD, project)
    message = f"{file}: is a folder where a file should stand; move or remove it\n"
    assert (ended, told) == ((2, message) if is_needed else (0, ""))
    shutil.rmtree(file)


def test_a_file_in_the_place_of_the_cache_is_told_and_costs_no_build(project: Path, cache: Path) -> None:
    shutil.rmtree(cache)
    cache.write_bytes(b"mine")
    done = commands.run(*BUILD, cwd=project)
    assert done.returncode == 0
    assert "1 info[no-cache] in 1 file" in done.stdout
    assert cache.read_bytes() == b"mine"
    cache.unlink()


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "half": lambda data: data[: len(data) // 2],
    "one bit": lambda data: data[:40] + bytes([data[40] ^ 1]) + data[41:] if len(data) > 40 else b"x",
    "noise": lambda data: b"\xff\0" * 5_000,
    "nested": lambda data: b"[" * 100_000,
    "of an older version": lambda data: b'{"version": 1, "files": {}}',
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_cache_is_set_aside_silently(damage: str, project: Path, cache: Path) -> None:
    """The project's fixture compares the build after it with a clean one."""
    for file in cache.rglob("*"):
        if file.is_file():
            file.write_bytes(DAMAGES[damage](file.read_bytes()))


REMOVING = """\
import shutil
from pathlib import Path

def {event}(*given, **named):
    pages = Path((named.get("config") or given[0])["docs_dir"], "topics")
    shutil.rmtree(pages)
    pages.mkdir()
    (pages / "mine.md").write_bytes(b"# Mine, too\\n")
"""


@pytest.mark.parametrize("event", ["on_config", "on_files", "on_env"])
def test_pages_that_vanish_during_a_build_are_told(event: str, project: Path) -> None:
    """Half a site without a word would be worse: the build stops, in whichever plugin it notices."""
    config = project / "mkdocs.yml"
    whole = config.read_text("utf-8")
    (project / "hook.py").write_text(REMOVING.format(event=event))
    with_navigation = whole.replace(
        "plugins:\n", "plugins:\n  search: {}\n  awesome-nav: {}\n  roamlinks: {}\n"
    )
    config.write_text(f"{with_navigation}hooks: [hook.py]\n", "utf-8")
    ended, told = run(SITE, project)
    config.write_text(whole, "utf-8")
    assert ended == 1
    assert ": is gone; something removed it meanwhile; build again" in told
    assert "Traceback" not in told


def test_a_write_that_fails_names_the_folder(tmp_path: Path) -> None:
    """The system itself names no file then."""
    with pytest.raises(OSError) as found, written_atomically(tmp_path / "page.md"):  # noqa: PT011  # its message follows
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert fault_message(found.value) == f"{tmp_path}: the disk is full; make room, and build again"


@pytest.mark.parametrize(
    ("files", "place"),
    [
        (("a.md",), "a.md: "),
        ((b"a.md",), "a.md: "),
        ((Path("a.md"),), "a.md: "),
        (("from.md", None, "to.md"), "to.md: "),
        ((".notebinder-1",), ".: "),
        ((3,), ""),
        (("",), ""),
        ((), ""),
    ],
)
def test_a_fault_names_the_file_where_there_is_one(files: tuple[object, ...], place: str) -> None:
    """The system names some by a number: the file is open, and has no other name then."""
    assert fault_message(OSError(errno.EROFS, "", *files)).startswith(f"{place}the disk is read-only;")


def test_what_the_system_says_of_a_rare_fault_is_kept() -> None:
    assert fault_message(OSError(errno.EIO, "Input/output error", "a.md")) == "a.md: Input/output error"
