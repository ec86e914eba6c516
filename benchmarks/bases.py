"""Measure how much longer a vault takes to convert with bases than without.

    python benchmarks/bases.py [--notes 1000] [--bases 20]

The notes have properties, tags, links and paragraphs; each base has filters, formulas, groups and
summaries over all of them, and stands in a note of its own. Without them those notes are there as well,
with a line of text. Each build runs in a process of its own, with nothing in the cache; the fastest counts.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_BUILDS = 3
_WORDS = ("lamp", "kite", "oar", "sail", "rope", "wind", "harbour", "tide", "crew", "map", "star", "north")
_BASES = (
    "filters: file.hasTag('book')\nviews:\n  - order: [file.name, author, rating, since]\n"
    "    sort: [{property: rating, direction: DESC}]\n    limit: 50\n",
    "filters: {and: [rating > 5, {not: [read]}]}\nformulas:\n  score: (rating * 2 + pages / 100).round(1)\n"
    "views:\n  - order: [file.name, formula.score]\n    groupBy: {property: author}\n"
    "    summaries: {formula.score: Average}\n    limit: 100\n",
    "filters: file.hasLink('Note 7') || list(author).contains(link('Note 3'))\nviews:\n"
    "  - {type: cards, order: [file.name, author, tags], limit: 60}\n",
    'formulas:\n  line: \'if(since, since.format("YYYY MMM") + ": " + file.name, "none")\'\n'
    "views:\n  - {type: list, order: [formula.line, file.backlinks], limit: 40}\n",
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
    """Convert a vault, and print the seconds that it took, with those of all its processes."""
    from notebinder.base.settings import Options, resolve_settings
    from notebinder.build.pipeline import build

    begin = time.perf_counter()
    built = build(resolve_settings(Options(), root=vault, docs=docs, cache=docs.with_name("cache")))
    took = time.perf_counter() - begin
    if any(problem.code == "not-shown" for problem in built.problems):
        raise SystemExit(f"a base is not shown: {built.problems}")
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(took, sum(each.ru_utime + each.ru_stime for each in used))


def measured(notes: int, bases: int, *, with_bases: bool) -> tuple[float, float]:
    """Return the seconds of the fastest build, and the CPU seconds of the thriftiest."""
    with tempfile.TemporaryDirectory() as folder:
        vault = Path(folder, "vault")
        write_vault(vault, notes, bases, with_bases=with_bases)
        runs: list[tuple[float, float]] = []
        for number in range(_BUILDS):
            command = [sys.executable, __file__, "--convert", str(vault), str(Path(folder, f"{number}/docs"))]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            seconds, cpu = map(float, done.stdout.split())
            runs.append((seconds, cpu))
    return min(seconds for seconds, _ in runs), min(cpu for _, cpu in runs)


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
    without, cpu_without = measured(asked.notes, asked.bases, with_bases=False)
    with_them, cpu_with = measured(asked.notes, asked.bases, with_bases=True)
    print(f"{asked.notes:,} notes without bases: {without:.2f} s, {cpu_without:.2f} s of CPU")
    print(f"with {asked.bases} bases: {with_them:.2f} s, {cpu_with:.2f} s of CPU")
    print(f"{with_them / without:.2f} times as long, {cpu_with / cpu_without:.2f} times the CPU")


if __name__ == "__main__":
    main()
