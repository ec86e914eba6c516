"""Measure how long an edit takes to be on its page where few notes lie among very many other files.

    python benchmarks/crowd.py               # 12 notes, beside no and beside 20,000 other files
    python benchmarks/crowd.py --files 5000

The same vault is served twice at once, without and with them, and the same note is edited in turn; the
medians and their ratio are printed. A ratio above `--most` counts as missed.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

NOTES = 12
PATIENCE = 120.0
PAUSE = 1.0
"""Seconds between two edits, after the site has come to rest."""
_KINDS = ("txt", "csv", "png", "json", "log")


def main() -> None:
    """Serve both vaults, edit them in turn, and print a table."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="crowd-") as folder, ExitStack() as open_servers:
        vaults = [write_vault(Path(folder, name), count) for name, count in _counts(arguments.files)]
        pages = [open_servers.enter_context(_serving(vault)) for vault in vaults]
        times = [
            [_measure(*each, turn) for each in zip(vaults, pages, strict=True)]
            for turn in range(arguments.times)
        ]
    few, many = (statistics.median(column) for column in zip(*times, strict=True))
    print("| notes | other files | edit on the page, median |\n|---|---|---|")
    for (_, count), median in zip(_counts(arguments.files), (few, many), strict=True):
        print(f"| {NOTES} | {count:,} | {median:.2f} s |")
    print(f"\n{many / few:.1f} times as long{' MISSED' if many / few > arguments.most else ''}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--files", type=int, default=20_000, help="how many other files there are")
    parser.add_argument("--times", type=int, default=7, help="how often each vault is edited")
    parser.add_argument("--most", type=float, default=2.0, help="the ratio that counts as missed")
    return parser.parse_args()


def _counts(files: int) -> tuple[tuple[str, int], tuple[str, int]]:
    return ("few", 0), ("many", files)


def write_vault(folder: Path, files: int) -> Path:
    """Write notes, and beside them files that no note uses, a hundred in a folder."""
    folder.mkdir(parents=True)
    for number in range(NOTES):
        text = f"# Note {number}\n\nwords of [[Note {(number + 1) % NOTES}]]\n"
        (folder / f"Note {number}.md").write_text(text, "utf-8")
    for number in range(files):
        file = (
            folder
            / f"area {number // 2000}/data {number // 100}/file {number}.{_KINDS[number % len(_KINDS)]}"
        )
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{number}\n", "utf-8")
    return folder


@contextmanager
def _serving(vault: Path) -> Iterator[str]:
    """Serve a vault on a port that the server chooses; give the address that it prints."""
    log = vault.with_suffix(".log")
    with log.open("wb") as stream:
        command = [sys.executable, "-m", "notebinder", "serve", str(vault)]
        process = subprocess.Popen(command, cwd=vault, env=os.environ, stdout=stream, stderr=stream)
    try:
        yield _address(log, process)
    finally:
        process.terminate()
        process.wait()


def _address(log: Path, process: subprocess.Popen[bytes]) -> str:
    while "Serving on http" not in (text := log.read_text("utf-8")):
        time.sleep(0.2)
        if process.poll() is not None:
            raise SystemExit(text)
    return text.partition("Serving on ")[2].split()[0]


def _measure(vault: Path, address: str, turn: int) -> float:
    """Return after how many seconds a page has a word that its note was given."""
    time.sleep(PAUSE)
    word = f"w{turn:06}"
    note = vault / "Note 3.md"
    note.write_text(f"{note.read_text('utf-8')}\n{word}\n", "utf-8")
    saved = time.monotonic()
    while time.monotonic() < saved + PATIENCE:
        with urllib.request.urlopen(f"{address}note-3/") as answer:
            if word in answer.read().decode():
                return time.monotonic() - saved
        time.sleep(0.005)
    raise TimeoutError


if __name__ == "__main__":
    main()
