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
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mkdocs.__main__ import cli as mkdocs

from notebinder.build.output import RECORD
from notebinder.cli.main import cli
from notebinder.site.whole_site import THEME
from tests.support.commands import load_everything
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

    start: Callable[[Sequence[str]], object]
    arguments: tuple[str, ...]
    made: str
    """The folder that it writes."""

    def run(self, root: Path) -> None:
        os.chdir(root)
        self.start(self.arguments)


def _notebinder(arguments: Sequence[str]) -> None:
    cli(arguments, standalone_mode=False)


BUILD = Command(_notebinder, ("build",), "docs")
MKDOCS = Command(mkdocs, ("build", "-q"), "site")
COMMANDS = {
    "build": BUILD,
    "site": Command(_notebinder, ("site", "vault", "--output", "made"), "made"),
    "export": Command(_notebinder, ("export", "made"), "made"),
    "mkdocs": MKDOCS,
}


def in_child(work: Callable[[], None]) -> int:
    """Run something in a process of its own; return the process's number."""
    child = os.fork()
    if child:
        return child
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    try:
        work()
    except SystemExit as end:
        sys.stderr.flush()
        os._exit(end.code if isinstance(end.code, int) else 1)
    except BaseException as error:  # noqa: BLE001  the process ends, whatever it was
        if not isinstance(error, OSError):
            print("".join(traceback.format_exception(error)), file=sys.stderr, flush=True)
        os._exit(1)
    os._exit(0)


def ended(child: int) -> int:
    """Wait for a process and return how it ended."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


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
    assert ended(child) == 0
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
    assert ended(in_child(lambda: command.run(root))) == 0
    return tree(root / command.made)


def cache_of(root: Path) -> Path:
    """The user's cache while a project is built: beside it, for it may not lie in it."""
    return root.with_name(f"{root.name}-cache")


def clean_run(root: Path, command: Command, version: Version) -> dict[str, bytes]:
    """Run a command where nothing was made before, and return what it has made."""
    for place in (root, cache_of(root)):
        shutil.rmtree(place, ignore_errors=True)
    write_project(root)
    write_version(root, version)
    return finished(root, command)


@dataclass(frozen=True)
class Length:
    """How far it is from one version to the other."""

    seconds: float
    touches: int


def length(root: Path, command: Command, version: Version) -> Length:
    """Run a command on the version that follows the one before."""
    write_version(root, version)
    begin = time.monotonic()
    count = touches(lambda: command.run(root))
    return Length(time.monotonic() - begin, count)


def stop(root: Path, command: Command, number: int, at: float, whole: Length) -> str:
    """Start a command and stop it in one of three ways, at a part of its way; return how it ended."""
    last = max(1, round(at * whole.touches))
    if number % 3 == 0:
        child = in_child(lambda: command.run(root))
        time.sleep(at * whole.seconds)
        os.kill(child, signal.SIGKILL)
    else:
        end = die if number % 3 == 1 else fail
        child = in_child(counted(lambda: command.run(root), last, end))
    code = ended(child)
    return "killed" if code == -signal.SIGKILL else "failed" if code else "finished"


def main(command: Command, root: Path, stops: int, seed: str) -> None:
    """Stop a command, each time between two whole runs; what is there then must be what a clean run makes.

    With a seed the stops are chosen by chance, else they are evenly spaced.
    """
    os.environ |= {"XDG_CACHE_HOME": str(cache_of(root)), "SOURCE_DATE_EPOCH": "0"}
    load_everything()
    places = [(number + 0.5) / stops for number in range(stops)]
    if seed:
        chosen = random.Random(seed)
        places = [chosen.random() for _ in places]
    both = versions()
    clean = [clean_run(root, command, version) for version in both]
    whole = [length(root, command, version) for version in both]
    came_to: list[str] = []
    for number, at in enumerate(places):
        version, expected = both[number % 2], clean[number % 2]
        write_version(root, version)
        came_to.append(stop(root, command, number, at, whole[number % 2]))
        assert tree(root / "vault") == dict(sorted(version.items())), f"stop {number}: the vault changed"
        mine = {path: (root / path).read_bytes() for path in HAND_WRITTEN}
        assert mine == HAND_WRITTEN, f"stop {number}: a page of the author's changed"
        found = finished(root, command)
        paths = found.keys() | expected.keys()
        differing = {path for path in paths if found.get(path) != expected.get(path)}
        assert not differing, f"stop {number}: {sorted(differing)}"
    print(json.dumps(came_to))


if __name__ == "__main__":
    main(COMMANDS[sys.argv[1]], Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
