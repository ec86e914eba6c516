"""Kill commands on a small project at chosen moments, and look at what is left.

Run it as `python -m tests.support.crashing`.

A process that has notebinder loaded is forked for each command, so that a kill costs no more than that.
"""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from notebinder.build.output import RECORD
from notebinder.cli.main import cli
from notebinder.site.whole_site import THEME
from tests.support.pictures import encoded, line_art, screenshot

_CONFIG = f"""\
INHERIT: {THEME / "mkdocs.yml"}
site_name: Crashes
site_url: ""
theme:
  custom_dir: {THEME / "material"}
plugins:
  notebinder:
    vault: vault
    pages: topics
"""
_PLAN = "topics:\n  - title: First\n    parts: [one.png]\n  - Second\n"
_OUTLINE = "1. First\n2. Second\n\n![[one.png]]\n\n# Second\n\n{}\n\n![[two.png|50]] [[data.csv]]\n"
HAND_WRITTEN = {"docs/index.md": b"# Mine\n", "docs/topics/mine.md": b"# Mine, too\n"}

Version = Mapping[str, bytes]
_TOUCHING = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate"}
"""What a process does to files, as Python's audit hooks call it."""


def versions() -> tuple[Version, Version]:
    """Two states of a vault: between them notes and images come, go, move and change."""
    both = {f"notes/{n}.md": f"# {n}\n\n[[{(n + 1) % 6}]] #tag{n}\n".encode() for n in range(6)}
    old = {
        "outline.md": _OUTLINE.format("old words").encode(),
        "outline.plan.yml": _PLAN.encode(),
        "one.png": encoded(screenshot(90, 60)),
        "two.png": encoded(line_art(80, 40)),
        "data.csv": b"a,b\n",
        "gone/before.md": b"![[one.png]]\n",
    }
    new = {
        "outline.md": _OUTLINE.format("new words and [[later]]").encode(),
        "outline.plan.yml": _PLAN.replace("Second", "Other").encode(),
        "one.png": encoded(screenshot(100, 70)),
        "two.png": encoded(line_art(80, 40)),
        "two.png.txt": b"title: Two\nimage: 1\n---\nwords in it\n",
        "come/later.md": b"---\npermalink: notes/5\n---\n![[outline]]\n",
    }
    return {**both, **old}, {**both, **new}


def write_project(root: Path) -> None:
    """Write a project without a vault."""
    for path, data in {**HAND_WRITTEN, "mkdocs.yml": _CONFIG.encode()}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)


def write_version(root: Path, version: Version) -> None:
    """Make the vault hold this version."""
    shutil.rmtree(root / "vault", ignore_errors=True)
    for path, data in version.items():
        file = root / "vault" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


@dataclass(frozen=True)
class Command:
    """Something that an author starts in the project's folder."""

    arguments: tuple[str, ...]
    made: str
    """The folder that it writes."""

    def run(self, root: Path) -> None:
        os.chdir(root)
        cli(self.arguments, standalone_mode=False)


BUILD = Command(("build",), "docs")
COMMANDS = {
    "build": BUILD,
    "site": Command(("site", "vault", "--output", "made"), "made"),
    "export": Command(("export", "made"), "made"),
}


def in_child(work: Callable[[], None]) -> int:
    """Run something in a process of its own; return the process's number."""
    child = os.fork()
    if child:
        return child
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    try:
        work()
    except BaseException as error:  # noqa: BLE001  the process ends, whatever it was
        if not isinstance(error, OSError):
            print("".join(traceback.format_exception(error)), file=sys.stderr, flush=True)
        os._exit(1)
    os._exit(0)


def die() -> None:
    """End at once, whatever is open."""
    os.kill(os.getpid(), signal.SIGKILL)


def fail() -> None:
    """Answer as a full disk does, or a folder that nobody may write to."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def counted(work: Callable[[], None], last: int, end: Callable[[], None]) -> Callable[[], None]:
    """Have something end when it touches a file for the last time that it may."""

    def run() -> None:
        seen = 0

        def count(event: str, _arguments: object) -> None:
            nonlocal seen
            if event in _TOUCHING:
                seen += 1
                if seen == last:
                    end()

        sys.addaudithook(count)
        work()

    return run


def touches(work: Callable[[], None]) -> int:
    """Count how often something touches a file."""
    reading, writing = os.pipe()

    def run() -> None:
        seen = [0]
        sys.addaudithook(lambda event, _: seen.__setitem__(0, seen[0] + (event in _TOUCHING)))
        work()
        os.write(writing, str(seen[0]).encode())

    child = in_child(run)
    os.close(writing)
    with os.fdopen(reading) as stream:
        found = int(stream.read() or "0")
    os.waitpid(child, 0)
    return found


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, the hidden ones too, but without the times in our record."""
    found = {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
    for path in (path for path in found if path.endswith(RECORD)):
        record = json.loads(found[path])
        found[path] = json.dumps({**record, "states": {}}).encode()
    return found


def finished(root: Path, command: Command = BUILD) -> dict[str, bytes]:
    """Run a command to its end and return what it has made."""
    child = in_child(lambda: command.run(root))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    return tree(root / command.made)


def clean_runs(root: Path, command: Command, both: tuple[Version, Version]) -> list[dict[str, bytes]]:
    """What a command makes of each version where nothing was made before."""
    found = []
    for version in both:
        shutil.rmtree(root, ignore_errors=True)
        write_project(root)
        write_version(root, version)
        found.append(finished(root, command))
    return found


def main(command: Command, root: Path, kills: int, seed: int) -> None:
    """Kill a command, each time between two whole runs; what is there then must be what a clean run makes."""
    os.environ |= {"XDG_CACHE_HOME": str(root / "cache"), "SOURCE_DATE_EPOCH": "0"}
    chosen = random.Random(seed)
    both = versions()
    clean = clean_runs(root, command, both)
    begin = time.monotonic()
    write_version(root, both[0])
    assert finished(root, command) == clean[0]
    seconds = time.monotonic() - begin
    write_version(root, both[1])
    count = touches(lambda: command.run(root))
    killed = 0
    for number in range(kills):
        version = both[(number + 1) % 2]
        write_version(root, version)
        if number % 3 == 0:
            child = in_child(lambda: command.run(root))
            time.sleep(chosen.uniform(0, seconds))
            os.kill(child, signal.SIGKILL)
        else:
            end = die if number % 3 == 1 else fail
            child = in_child(counted(lambda: command.run(root), chosen.randint(1, count), end))
        killed += os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
        assert tree(root / "vault") == dict(sorted(version.items())), f"kill {number}: the vault changed"
        mine = {path: (root / path).read_bytes() for path in HAND_WRITTEN}
        assert mine == HAND_WRITTEN, f"kill {number}: a page of the author's changed"
        found = finished(root, command)
        expected = clean[(number + 1) % 2]
        differing = {path for path in found.keys() | expected.keys() if found.get(path) != expected.get(path)}
        assert not differing, f"kill {number}: {sorted(differing)}"
    print(f"{killed} of {kills} came to no end, {count} touches of files in each")


if __name__ == "__main__":
    main(COMMANDS[sys.argv[1]], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
