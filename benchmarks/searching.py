"""What the first search of a reader costs: bytes, and milliseconds from the last key to the results.

    python benchmarks/searching.py SITE [WORD ...]

SITE is a built site; each word is typed into a new browser without a cache, and counted are all requests
from the opening of the page that the search makes: its worker, its index, its pieces. The server compresses
as hosts do (text; Pagefind's pieces are compressed already); the second count is without that.
"""

from __future__ import annotations

import os
import re
import statistics
import sys
from pathlib import Path

from hosting import browser, hosted
from playwright.sync_api import Browser, Request, expect

WORDS = (
    "graph view",
    "obsidian",
    "plugins",
    "markdown",
    "Einstellungen",
    "数据库",
    "リンク",
    "الملاحظات",
    "เชื่อมโยง",
)
ROUNDS = 3
KEY_MS = int(os.environ.get("KEY_MS", "110"))
"""Between two keys, for a fast typist; with a slow one what is typed so far is searched, too."""
SEARCHES = re.compile(r"/search/|/search-\w+\.js|/vendor/(?:minisearch|stemmer)/|workers/search|lunr")
# Looks at each frame, as a reader does, and tells how long after the last key the results of this query are
# there: a hit that has its last word marked.
WATCH = """word => new Promise(done => {
    const marked = link => new URL(link.href).searchParams.get('h')?.split(' ').includes(word)
    const look = () => {
        if ([...document.querySelectorAll('.md-search-result__link')].some(marked))
            done(performance.now() - window.lastKey)
        else if (performance.now() - window.lastKey > 8000) done(null)
        else requestAnimationFrame(look)
    }
    look()
})"""
KEYS = "addEventListener('keydown', () => { window.lastKey = performance.now() }, true)"


def first_search(browser: Browser, address: str, word: str) -> tuple[float, int, int, int] | None:
    """Return milliseconds, bytes as sent, bytes without compression, and requests."""
    context = browser.new_context()
    page = context.new_page()
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if SEARCHES.search(request.url) else None)
    page.goto(address)
    expect(page.locator(".md-search-result__meta")).to_contain_text("Type")
    page.evaluate(KEYS)
    page.keyboard.press("/")
    for letter in word[:-1]:
        page.keyboard.type(letter)
        page.wait_for_timeout(KEY_MS)
    page.keyboard.press("Shift")  # Playwright has no keys for most scripts, and the clock waits for one
    page.keyboard.type(word[-1])
    shown = page.evaluate(WATCH, word.rsplit(maxsplit=1)[-1].lower())
    page.wait_for_timeout(500)
    answers = [answer for answer in (request.response() for request in asked) if answer]
    sent = sum(int(answer.headers.get("content-length", 0)) for answer in answers)
    plain = sum(int(answer.headers.get("x-plain-length", 0)) for answer in answers)
    context.close()
    return None if shown is None else (shown, sent, plain, len(answers))


def main(site: str, *words: str) -> None:
    """Print one line for each word."""
    print(f"{'query':16} {'ms':>6} {'kB sent':>8} {'kB plain':>9} {'requests':>9}   medians of {ROUNDS}")
    with hosted(Path(site)) as address, browser() as opened:
        for word in words or WORDS:
            rounds = [found for _ in range(ROUNDS) if (found := first_search(opened, address, word))]
            if not rounds:
                print(f"{word:16} found nothing")
                continue
            ms, sent, plain, requests = (statistics.median(column) for column in zip(*rounds, strict=True))
            print(f"{word:16} {ms:6.0f} {sent / 1000:8.0f} {plain / 1000:9.0f} {requests:9.0f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
