"""Measure pages of a built site as Lighthouse sees them from a phone: served compressed, with a slow network.

    SITE_URL=http://127.0.0.1:8000/ mkdocs build
    python benchmarks/lighthouse.py site / /topics/aws-databases/amazon-rds/

Lighthouse comes from npm or is what `--lighthouse` names; the browser is an installed Chrome or Chromium.
Its phone is a fast desktop slowed down four times. A slower machine is slowed down less, as Lighthouse's
guide to throttling asks: in proportion to its own measure of the machine, unless `--slowdown` says how much.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hosting import hosted, installed

WANTED = {"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 98}
FAST_DESKTOP = 1_750
"""Lighthouse's measure of the machine that its own slowdown is meant for: the middle of 1,500 to 2,000."""
SLOWDOWN = 4.0
LARGEST_PAINT = 2_000
"""Milliseconds; more is reported as missed, as is any layout shift."""


@dataclass(frozen=True)
class Result:
    """What Lighthouse says of one page."""

    page: str
    scores: dict[str, int]
    largest_paint: float
    """Milliseconds."""
    layout_shift: float
    size: int
    """Bytes that were moved."""
    machine: float
    """Lighthouse's measure of how fast this machine is."""
    findings: tuple[str, ...]
    """The audits that took points."""

    @property
    def is_good(self) -> bool:
        """Whether it is what the project promises."""
        enough = all(self.scores[name] >= score for name, score in WANTED.items())
        return enough and self.largest_paint < LARGEST_PAINT and self.layout_shift == 0


def main() -> None:
    """Measure each page several times and report the middle one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("site", type=Path, help="the folder of a built site")
    parser.add_argument("pages", nargs="+", help="addresses from the site's root, such as / or /topics/vpc/")
    parser.add_argument("--lighthouse", default="npx --yes lighthouse@13.5", help="the command that runs it")
    parser.add_argument("--port", type=int, default=8000, help="as in the SITE_URL of the build")
    parser.add_argument("--times", type=int, default=3, help="how often each page is measured")
    parser.add_argument("--slowdown", type=float, help="how many times slower the phone is than this machine")
    options = parser.parse_args()
    command = options.lighthouse.split()
    with hosted(options.site, options.port) as address:
        slowdown = options.slowdown or calibrated(measure(command, address, options.pages[0]).machine)
        command.append(f"--throttling.cpuSlowdownMultiplier={slowdown:.2f}")
        results = [
            middle([measure(command, address, page) for _ in range(options.times)]) for page in options.pages
        ]
    machine = statistics.median(result.machine for result in results)
    print(f"a machine of {machine:.0f}, slowed down {slowdown:.1f} times")
    print("page\t" + "\t".join(WANTED) + "\tlargest paint\tlayout shift\tKB")
    for result in results:
        print(line(result))
    raise SystemExit(0 if all(result.is_good for result in results) else 1)


def calibrated(machine: float) -> float:
    """Return how many times slower the phone is than a machine: as usual for a fast one, else less."""
    return min(SLOWDOWN, max(1.0, SLOWDOWN * machine / FAST_DESKTOP))


def measure(command: list[str], address: str, page: str) -> Result:
    """Run Lighthouse once."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        done = subprocess.run(
            [
                *(*command, address + page.lstrip("/"), "--quiet", "--output=json"),
                *(f"--output-path={report}", "--chrome-flags=--headless=new --no-sandbox --disable-gpu"),
            ],
            env={**os.environ, "CHROME_PATH": installed()},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
        return read_report(page, json.loads(report.read_text("utf-8")))


def read_report(page: str, report: dict[str, Any]) -> Result:
    """Return what counts of a report."""
    audits = report["audits"]
    weights = {
        audit["id"]: audit["weight"]
        for category in report["categories"].values()
        for audit in category["auditRefs"]
    }
    lost = {name: audit["score"] for name, audit in audits.items() if (audit["score"] or 0) < 1}
    return Result(
        page,
        {name: round(100 * report["categories"][name]["score"]) for name in WANTED},
        audits["largest-contentful-paint"]["numericValue"],
        audits["cumulative-layout-shift"]["numericValue"],
        int(audits["total-byte-weight"]["numericValue"]),
        report["environment"]["benchmarkIndex"],
        tuple(sorted(name for name, score in lost.items() if score is not None and weights.get(name))),
    )


def middle(results: list[Result]) -> Result:
    """Return the result of middle performance; a busy machine spoils single runs."""
    return sorted(results, key=lambda result: result.scores["performance"])[len(results) // 2]


def line(result: Result) -> str:
    """Write a row of the table."""
    scores = "\t".join(str(result.scores[name]) for name in WANTED)
    figures = f"{result.largest_paint:.0f} ms\t{result.layout_shift:.3f}\t{result.size / 1_000:.0f}"
    found = f"\tlost points: {', '.join(result.findings)}" if result.findings else ""
    return f"{result.page}\t{scores}\t{figures}{found}"


if __name__ == "__main__":
    main()
