"""Measure from saving a file to the changed page in a real browser, under `mkdocs serve`.

    python benchmarks/saving.py                    # on a copy of this repository
    python benchmarks/saving.py ~/Documents/Vault  # on a copy of any folder of notes

Each kind of edit is made several times, with a pause as an author makes it; the medians are printed, and
after how many seconds the search index has the new words, too; for an image, when its renditions are there.
`--most` sets what counts as missed.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from hosting import browser
from PIL import Image
from playwright.sync_api import Error, Page

from notebinder.base.urls import page_address
from notebinder.build.pipeline import build
from notebinder.site.project import read_project
from notebinder.vault.model import Transcript
from notebinder.vault.transcripts import format_transcript, transcript_file

PROJECT = Path(__file__).parent.parent
PATIENCE = 60.0
PAUSE = 1.5
"""Seconds between two edits, after the site has come to rest."""
_NAMED = "i.outerHTML.includes('{}')"
_HEADING = re.compile(r"^#{2,4} .+$", re.MULTILINE)


@dataclass
class Project:
    """A copy of the notes that may be edited."""

    root: Path
    note: Path
    """A note of middling length with headings."""
    planned: Path
    """The plan of a note that is split."""
    text: str
    images: Path
    """Where images are pasted."""
    chance: random.Random = field(default_factory=lambda: random.Random(5))
    pasted: Path = Path()


Edit = Callable[[Project, str], str]
"""Makes an edit that brings a word to the page; returns what is true in the browser once it shows."""


def write_text(project: Project, word: str) -> str:
    """Add a paragraph to the note."""
    project.note.write_text(f"{project.text}\n\nA {word}.\n", "utf-8")
    return _shows(word)


def rename_heading(project: Project, word: str) -> str:
    """Give the note's first heading another name."""
    project.note.write_text(_HEADING.sub(f"## A {word}", project.text, count=1), "utf-8")
    return _shows(word)


def rename_note(project: Project, word: str) -> str:
    """Give the note another title, which the navigation of other pages shows."""
    body = project.text.removeprefix("---\n").partition("\n---\n")[2] if project.text[:4] == "---\n" else ""
    project.note.write_text(f"---\ntitle: A {word}\n---\n{body or project.text}", "utf-8")
    return _shows(word)


def paste_image(project: Project, word: str) -> str:
    """Save a new image and the note that embeds it, as Obsidian does on pasting."""
    stream = BytesIO()
    noise = Image.frombytes("RGB", (160, 90), project.chance.randbytes(160 * 90 * 3))
    noise.resize((1600, 900), Image.Resampling.BICUBIC).save(stream, "PNG")
    project.pasted = project.images / f"{word}.png"
    project.pasted.write_bytes(stream.getvalue())
    project.note.write_text(f"{project.text}\n\n![[{word}.png]]\n", "utf-8")
    return f"[...document.images].some(i => {_NAMED.format(word)} && i.complete && i.naturalWidth)"


def write_transcript(project: Project, word: str) -> str:
    """Write the text of the pasted image beside it."""
    transcript = Transcript("Noise", (f"A {word}",), "")
    transcript_file(project.pasted).write_text(format_transcript(transcript), "utf-8")
    return _shows(word)


def write_plan(project: Project, word: str) -> str:
    """Give a topic of the note's plan another title; the overview shows it."""
    text = project.planned.read_text("utf-8")
    project.planned.write_text(re.sub(r"title: .*", f"title: A {word}", text, count=1), "utf-8")
    return _shows(word)


EDITS: tuple[tuple[str, Edit], ...] = (
    ("text of a note", write_text),
    ("heading renamed", rename_heading),
    ("title of a note", rename_note),
    ("image pasted", paste_image),
    ("transcript", write_transcript),
    ("plan", write_plan),
)


def main() -> None:
    """Measure every kind of edit and print a table."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="saving-") as folder, browser() as opened:
        page = opened.new_page()
        project = _project(Path(folder), arguments.vault)
        places = _places(project)
        with _serving(project.root) as address:
            for name, edit in EDITS:
                page.goto(address + places[name])
                times = [_measure(project, edit, page, address) for _ in range(arguments.times)]
                pages, searches = zip(*times, strict=True)
                print(
                    f"| {name} | {statistics.median(pages):.2f} s | {max(pages):.2f} s |"
                    f" {statistics.median(searches):.2f} s |"
                    f"{' MISSED' if statistics.median(pages) > arguments.most else ''}",
                    flush=True,
                )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("vault", nargs="?", type=Path, help="a folder of notes; this repository without it")
    parser.add_argument("--times", type=int, default=5, help="how often each edit is made")
    parser.add_argument("--most", type=float, default=1.0, help="seconds that a page may take")
    return parser.parse_args()


def _measure(project: Project, edit: Edit, page: Page, address: str) -> tuple[float, float]:
    """Return after how many seconds the page shows an edit, and after how many the search knows it."""
    word = f"w{project.chance.randrange(10**9):09}"
    time.sleep(PAUSE)
    shown = edit(project, word)
    saved = time.monotonic()
    _wait(lambda: bool(page.evaluate(shown)))
    on_page = time.monotonic() - saved
    if edit is paste_image:
        _wait(
            lambda: bool(page.evaluate(f"[...document.images].some(i => {_NAMED.format(word)} && i.srcset)"))
        )
        _read(f"{address}search/search_index.json")  # answered once all is right
    else:
        _wait(lambda: word in _read(f"{address}search/search_index.json"))
    return on_page, time.monotonic() - saved


def _shows(word: str) -> str:
    return f"document.querySelector('article').textContent.includes('{word}')"


def _wait(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if holds():
                return
        except Error:  # the page is being loaded anew
            pass
        time.sleep(0.005)
    raise TimeoutError


def _read(address: str) -> str:
    with urllib.request.urlopen(address) as answer:
        return str(answer.read().decode())


def _project(folder: Path, vault: Path | None) -> Project:
    """Copy the notes into a project with the configuration of this one, under git."""
    config = (PROJECT / "mkdocs.yml").read_text("utf-8")
    config = config.replace("scripts/notebinder", f"{PROJECT}/scripts/notebinder")
    (folder / "docs").mkdir()
    if vault is None:
        for name in ("notes", "assets"):
            shutil.copytree(PROJECT / name, folder / name)
        notes, images = folder / "notes", folder / "assets"
    else:
        shutil.copytree(vault, folder / "vault")
        notes = images = folder / "vault"
        config = re.sub(r"vault: \..*\n.*notes:.*\n.*attachments:.*\n", "vault: vault\n", config)
    (folder / "docs/index.md").write_text("# Home\n", "utf-8")
    (folder / "mkdocs.yml").write_text(config, "utf-8")
    for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "Begin"]):
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *command], cwd=folder, check=True)
    found = sorted((f for f in notes.rglob("*.md") if _HEADING.search(f.read_text("utf-8"))), key=_size)
    note, planned = found[len(found) // 2], found[len(found) // 2 - 1]
    plan = planned.with_name(f"{planned.stem}.plan.yml")
    if not plan.exists():
        plan.write_text("topics:\n  - title: One\n", "utf-8")
    return Project(folder, note, plan, note.read_text("utf-8"), images)


def _size(file: Path) -> tuple[int, str]:
    return file.stat().st_size, str(file)


def _places(project: Project) -> dict[str, str]:
    """Find out which page shows each kind of edit, by making it once before the site is served."""
    settings = read_project(project.root / "mkdocs.yml")
    places: dict[str, str] = {}
    built, plan = None, project.planned.read_bytes()
    for name, edit in EDITS:
        edit(project, word := f"probe{len(places)}")
        built = build(settings, previous=built)
        pages = {path: page for path, page in built.files.items() if path.endswith(".md")}
        shown = [path for path, page in pages.items() if word.encode() in page.partition(b"\n---\n")[2]]
        places[name] = settings.output_address + page_address(_overview_first(shown)[0])
    project.planned.write_bytes(plan)
    size = project.note.stat().st_size
    print(f"{len(built.vault.notes) if built else 0} notes; the one that is edited has {size:,} bytes\n")
    print(
        "| edit | page, median | page, slowest | search or renditions, median |\n|---|---|---|---|",
        flush=True,
    )
    return places


def _overview_first(pages: list[str]) -> list[str]:
    """A page of tags or of all images shows an edit too, but is not what the author looks at."""
    return sorted(pages, key=lambda path: (path.endswith(("tags.md", "all-screenshots.md")), len(path)))


@contextmanager
def _serving(root: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/"
    log = root / "serve.log"
    with log.open("wb") as stream:
        command = [sys.executable, "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{port}"]
        process = subprocess.Popen(
            command, cwd=root, env={**os.environ, "SITE_URL": address}, stdout=stream, stderr=stream
        )
    try:
        while b"Serving on" not in log.read_bytes():
            time.sleep(0.2)
            if process.poll() is not None:
                raise SystemExit(log.read_text("utf-8"))
        yield address
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main()
