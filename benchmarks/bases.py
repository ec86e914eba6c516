"""Measure how much longer a vault takes to convert with bases than without.

    python benchmarks/bases.py [--notes 1000] [--bases 20]

The notes have properties, tags, links and paragraphs; each base has filters, formulas, groups and
summaries over all of them, and stands in a note of its own. Without them those notes are there as well,
with a line of text. Each build runs in a process of its own, with nothing in the cache; the fastest counts.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_BUILDS = 3
_WORDS = ("lamp", "kite", "oar", "sail", "rope", "wind", "harbour", "tide", "crew", "map", "star", "north")
_BASES = (
    "filters: file.hasTag('book')\nviews:\n  - order: [file.name, author, rating, since]\n"
    "    sort: [{property: rating, direction: DESC}]\n",
    "filters: {and: [rating > 5, {not: [read]}]}\nformulas:\n  score: (rating * 2 + pages / 100).round(1)\n"
    "views:\n  - order: [file.name, formula.score]\n    groupBy: {property: author}\n"
    "    summaries: {formula.score: Average}\n",
    "filters: file.hasLink('Note 7') || list(author).contains(link('Note 3'))\nviews:\n"
    "  - {type: cards, order: [file.name, author, tags]}\n",
    'formulas:\n  line: \'if(since, since.format("YYYY MMM") + ": " + file.name, "none")\'\n'
    "views:\n  - {type: list, order: [formula.line, file.backlinks]}\n",
)


def write_vault(vault: Path, notes: int, bases: int, *, with_bases: bool) -> None:
    """Write the same vault each time, with its bases or with a line in the place of each."""
    rng = random.Random(notes)
    vault.mkdir()
    for number in range(notes):
        links = " ".join(f"[[Note {rng.randrange(notes)}]]" for _ in range(3))
        text = "\n\n".join(" ".join(rng.choices(_WORDS, k=60)) for _ in range(6))
        head = (
            f"tags: [book, {rng.choice(_WORDS)}]\nauthor: '[[Note {rng.randrange(50)}]]'\n"
            f"rating: {rng.randrange(11)}\npages: {rng.randrange(900)}\n"
            f"read: {rng.choice(['true', 'false'])}\n"
            f"since: 20{rng.randrange(10, 25)}-0{rng.randrange(1, 10)}-1{rng.randrange(10)}\n"
        )
        body = f"# A\n\n{text}\n\n{links} #{rng.choice(_WORDS)}\n"
        (vault / f"Note {number}.md").write_text(f"---\n{head}---\n{body}")
    for number in range(bases):
        source = _BASES[number % len(_BASES)]
        (vault / f"View {number}.md").write_text(f"```base\n{source}```\n" if with_bases else "a line\n")


def convert(vault: Path, docs: Path) -> None:
    """Convert a vault, and print the seconds that it took."""
    from notebinder.base.settings import Options, resolve_settings
    from notebinder.build.pipeline import build

    begin = time.perf_counter()
    built = build(resolve_settings(Options(), root=vault, docs=docs, cache=docs.with_name("cache")))
    print(time.perf_counter() - begin)
    if any(problem.code == "not-shown" for problem in built.problems):
        raise SystemExit(f"a base is not shown: {built.problems}")


def measured(notes: int, bases: int) -> tuple[float, float]:
    """Return the seconds of the fastest build without bases, and of that with them, taken in turns."""
    runs: dict[bool, list[float]] = {False: [], True: []}
    with tempfile.TemporaryDirectory() as folder:
        for with_bases in runs:
            write_vault(Path(folder, f"vault {with_bases}"), notes, bases, with_bases=with_bases)
        for number in range(_BUILDS):
            for with_bases, seconds in runs.items():
                vault, docs = Path(folder, f"vault {with_bases}"), Path(folder, f"{number} {with_bases}/docs")
                command = [sys.executable, __file__, "--convert", str(vault), str(docs)]
                done = subprocess.run(command, check=True, capture_output=True, text=True)
                seconds.append(float(done.stdout))
    return min(runs[False]), min(runs[True])


def main() -> None:
    """Print both times and how they compare."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--notes", type=int, default=1000)
    parser.add_argument("--bases", type=int, default=20)
    parser.add_argument("--convert", nargs=2, type=Path, metavar=("VAULT", "DOCS"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.convert:
        convert(*asked.convert)
        return
    without, with_them = measured(asked.notes, asked.bases)
    print(f"{asked.notes:,} notes without bases: {without:.2f} s; with {asked.bases}: {with_them:.2f} s")
    print(f"{with_them / without:.2f} times as long")


if __name__ == "__main__":
    main()
