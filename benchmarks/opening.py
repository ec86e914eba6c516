"""Whether a page opens as fast on a large site as on a small one.

    python benchmarks/opening.py SMALL LARGE PAGE

SMALL and LARGE are built sites and PAGE is the address, from the root, of a page that both have. It is opened
by turns in each, every time in a browser without a cache, served compressed. Printed are medians, and what
the large site takes to the small one.
"""

from __future__ import annotations

import argparse
import statistics
from contextlib import ExitStack
from pathlib import Path

from hosting import browser, hosted
from playwright.sync_api import Browser

TIMES = """() => {
    const page = performance.getEntriesByType('navigation')[0]
    const paints = performance.getEntriesByName('first-contentful-paint')
    return {
        'first paint, ms': paints[0]?.startTime ?? 0,
        'loaded, ms': page.loadEventEnd,
    }
}"""


def main() -> None:
    """Print one row for each thing that is measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("small", type=Path)
    parser.add_argument("large", type=Path)
    parser.add_argument("page")
    parser.add_argument("--times", type=int, default=15)
    options = parser.parse_args()
    with ExitStack() as stack:
        opened = stack.enter_context(browser())
        sites = [stack.enter_context(hosted(site)) for site in (options.small, options.large)]
        addresses = [site + options.page.lstrip("/") for site in sites]
        rounds = [[measure(opened, address) for address in addresses] for _ in range(options.times + 1)][1:]
    print("| | small | large | ratio |\n|---|---|---|---|")
    for name in rounds[0][0]:
        small, large = (statistics.median(each[place][name] for each in rounds) for place in (0, 1))
        print(f"| {name} | {small:.0f} | {large:.0f} | {large / small:.2f} |")


def measure(opened: Browser, address: str) -> dict[str, float]:
    """Open a page as a new reader does, and wait until it asks for nothing more."""
    context = opened.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Performance.enable")
    sent: list[float] = []
    page.on("response", lambda response: sent.append(float(response.headers.get("content-length", 0))))
    page.goto(address, wait_until="networkidle")
    work = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    times = page.evaluate(TIMES)
    context.close()
    return {
        **times,
        "work of the page, ms": work["TaskDuration"] * 1000,
        "requests": len(sent),
        "KB sent": sum(sent) / 1000,
    }


if __name__ == "__main__":
    main()
