"""While writing: a real browser watches `mkdocs serve` as an author edits, pastes, renames and deletes."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from notebinder.vault.model import Transcript
from notebinder.vault.transcripts import format_transcript
from tests.support import commands
from tests.support.author import png, write_project
from tests.support.pictures import encoded, screenshot
from tests.support.serving import free_port, wait_until

NOTE = "notes/Note 0.md"
FAULTS = "notebinder-faults section"
GONE = "This page is not here"
LONG = "".join(f"\n\nLine {number} of a long note" for number in range(200))


@dataclass
class Serving:
    """A project that `mkdocs serve` serves, and what that says."""

    root: Path
    address: str
    process: commands.Running | subprocess.Popen[bytes]
    log: Path
    temporary: Path
    seconds: float
    """How long its start took."""

    def write(self, path: str, text: str | bytes) -> None:
        (self.root / path).write_bytes(text if isinstance(text, bytes) else text.encode())

    def says(self, text: str) -> bool:
        return text in self.log.read_text("utf-8")

    def settle(self) -> None:
        """Wait until all that follows from the last change is built: the search is answered then."""
        with urlopen(f"{self.address}search/search_index.json", timeout=60) as answer:
            assert answer.read()


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Serving]:
    root = write_project(tmp_path / "project")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    address = f"127.0.0.1:{free_port()}"
    log = tmp_path / "serve.log"
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "TMPDIR": str(temporary)}
    environment["SITE_URL"] = f"http://{address}/sub/"
    begun = time.monotonic()
    with log.open("wb") as stream:
        command = ["mkdocs", "serve", "-a", address]
        process = commands.start(*command, cwd=root, env=environment, stdout=stream, stderr=stream)
    try:
        assert wait_until(lambda: "Serving on" in log.read_text("utf-8"), 60), log.read_text("utf-8")
        seconds = time.monotonic() - begun
        yield Serving(root, f"http://{address}/sub/", process, log, temporary, seconds)
    finally:
        process.kill()
        process.wait(timeout=10)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


def opened(page: Page, serving: Serving, path: str) -> Page:
    page.goto(serving.address + path)
    page.evaluate("window.isOld = true")
    return page


def comes_true(page: Page, expression: str) -> bool:
    """Wait for it from outside: the policy of the pages forbids to evaluate a text in them."""

    def holds() -> bool:
        try:
            return bool(page.evaluate(expression))
        except Error:  # it is being reloaded
            return False

    return wait_until(holds)


def loads(page: Page) -> list[str]:
    """The addresses of all documents that a page loads from now on."""
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url) if request.is_navigation_request() else None)
    return seen


def test_a_page_shows_what_is_written_after_one_reload(serving: Serving, page: Page) -> None:
    opened(page, serving, "topics/note-0/")
    seen = loads(page)
    serving.write(NOTE, "Other words\n\n## A new heading\n")
    expect(page.locator("article")).to_contain_text("Other words")
    expect(page.locator(".md-sidebar--secondary")).to_contain_text("A new heading")
    serving.settle()
    serving.write(NOTE, "The last words\n")
    expect(page.locator("article")).to_contain_text("The last words")
    assert len(seen) == 2, "one for each change"


def test_a_reload_keeps_the_place(serving: Serving, page: Page) -> None:
    serving.write(NOTE, LONG)
    assert wait_until(lambda: serving.says("Reloading browsers"))
    opened(page, serving, "topics/note-0/")
    expect(page.locator("article")).to_contain_text("Line 199")
    assert comes_true(page, "document.readyState === 'complete' && (scrollTo(0, 3000), scrollY === 3000)")
    serving.write(NOTE, f"{LONG}\n\nthe end")
    expect(page.locator("article")).to_contain_text("the end")
    assert comes_true(page, "Math.abs(scrollY - 3000) < 10")


def test_a_page_that_does_not_show_the_change_is_left_alone(serving: Serving, page: Page) -> None:
    opened(page, serving, "topics/deep/note-4/")
    seen = loads(page)
    serving.write(NOTE, "Other words that no other page shows\n\n[[Note 1]]\n")
    assert wait_until(lambda: serving.says("Reloading browsers"))
    serving.settle()
    serving.write("notes/Deep/Note 4.md", "The last words\n")
    expect(page.locator("article")).to_contain_text("The last words")
    assert len(seen) == 1, "for the change that it shows"


def test_all_that_names_a_note_follows_its_new_name(serving: Serving, page: Page) -> None:
    """Its title, the navigation of other pages, links to it, the page that links here, and the search."""
    opened(page, serving, "topics/deep/note-1/")
    (serving.root / NOTE).rename(serving.root / "notes/Renamed.md")
    serving.write("notes/Deep/Note 1.md", "See [[Renamed]]\n")
    link = page.locator("article p a", has_text="Renamed")
    expect(link).to_have_attribute("href", re.compile("renamed/"))
    expect(page.locator(".md-nav--primary", has_text="Renamed").first).to_be_attached()
    link.click()
    expect(page.locator("article")).to_contain_text("First words of 0")
    expect(page.locator("article")).to_contain_text("See Renamed")
    page.reload()
    page.keyboard.press("/")
    page.keyboard.type("Renamed")
    expect(page.locator(".md-search-result__item", has_text="Renamed").first).to_be_visible()


def test_who_searches_finds_what_was_written_on_other_pages(serving: Serving, page: Page) -> None:
    opened(page, serving, "topics/deep/note-4/")
    expect(page.locator("[data-md-component=search-query]")).to_be_attached()
    serving.write(NOTE, "A brontosaurus\n")
    assert wait_until(lambda: serving.says("Reloading browsers"))
    serving.settle()
    page.keyboard.press("/")
    assert comes_true(page, "document.activeElement.matches('[data-md-component=search-query]')")
    page.keyboard.type("brontosaurus")
    expect(page.locator(".md-search-result__item").first).to_contain_text("Note 0")


def test_a_pasted_image_appears_and_a_deleted_one_leaves_its_place(serving: Serving, page: Page) -> None:
    name = "Pasted image 20241211180000.png"
    opened(page, serving, "topics/note-0/")
    serving.write(NOTE, f"![[{name}]]\n")
    expect(page.get_by_role("figure")).to_contain_text("still to come")
    serving.write(f"assets/{name}", png(random.Random(1)))
    expect(page.locator("article img")).to_be_visible()
    serving.write(
        f"assets/{name}.txt", format_transcript(Transcript("Pixels", ("noise of all colours",), ""))
    )
    expect(page.locator("article")).to_contain_text("noise of all colours")
    (serving.root / f"assets/{name}").unlink()
    expect(page.get_by_role("figure")).to_contain_text("still to come")


def test_the_renditions_of_a_picture_come_in_while_somebody_looks(serving: Serving, page: Page) -> None:
    """Nobody waits for them: until then the picture is shown as it is."""
    opened(page, serving, "topics/note-0/")
    serving.write("assets/shot.png", encoded(screenshot(900, 300)))
    serving.write(NOTE, "![[shot.png]]\n")
    expect(page.locator("article img")).to_be_visible()
    expect(page.locator("article img[src$='.webp'][srcset]")).to_be_visible(timeout=60_000)


def test_a_plan_that_cannot_be_read_leaves_the_last_good_pages(serving: Serving, page: Page) -> None:
    plan = "notes/Note 0.plan.yml"
    serving.write(plan, "topics:\n  - title: Alpha\n    parts: [Part one]\n")
    assert wait_until(lambda: serving.says("Reloading browsers"))
    serving.settle()
    opened(page, serving, "topics/note-0/alpha/")
    expect(page.locator("article h1")).to_contain_text("Alpha")
    serving.write(plan, "topics:\n  - title: [Alpha\n")
    expect(page.locator(FAULTS)).to_contain_text("Note 0.plan.yml")
    serving.write(NOTE, "First words\n\n## Part one\n\nand words of today\n")
    expect(page.locator("article")).to_contain_text("and words of today")
    expect(page.locator("article h1")).to_contain_text("Alpha")
    expect(page.locator(FAULTS)).to_contain_text("Note 0.plan.yml")
    serving.write(plan, "topics:\n  - title: Beta\n    parts: [Part one]\n")
    expect(page.locator("body")).to_contain_text(GONE)
    expect(page.locator(FAULTS)).to_have_count(0)


def test_a_plan_splits_a_note_and_its_end_makes_it_whole_again(serving: Serving, page: Page) -> None:
    plan = serving.root / "notes/Note 0.plan.yml"
    opened(page, serving, "topics/note-0/")
    plan.write_text("topics:\n  - title: Alpha\n    parts: [Part one]\n")
    expect(page.locator("article a", has_text="Alpha").first).to_be_visible()
    page.locator("article a", has_text="Alpha").first.click()
    expect(page.locator("article h1")).to_contain_text("Alpha")
    plan.unlink()
    expect(page.locator("body")).to_contain_text(GONE)


def test_a_page_that_comes_into_being_replaces_the_error_page(serving: Serving, page: Page) -> None:
    opened(page, serving, "topics/later/")
    expect(page.locator("body")).to_contain_text(GONE)
    serving.write("notes/Later.md", "Here it is\n")
    expect(page.locator("article")).to_contain_text("Here it is")
    (serving.root / "notes/Later.md").unlink()
    expect(page.locator("body")).to_contain_text(GONE)


def test_a_hand_written_page_and_its_picture_are_live(serving: Serving, page: Page) -> None:
    serving.write("docs/own.png", png(random.Random(1)))
    serving.write("docs/own.md", "# Own\n\n![picture](own.png)\n")
    assert wait_until(lambda: serving.says("Reloading browsers"))
    opened(page, serving, "own/")
    expect(page.locator("article img")).to_be_visible()
    serving.write("docs/own.png", png(random.Random(2)))
    assert comes_true(page, "!window.isOld")
    serving.write("docs/own.md", "# Own\n\nOther words, [[note 0]]\n")
    expect(page.locator("article")).to_contain_text("Other words")


@pytest.mark.parametrize(
    ("path", "broken", "whole", "told"),
    [
        ("notes/Note 0.plan.yml", "topics: [", "topics: [Alpha]\n", "Note 0.plan.yml"),
        ("docs/own.md", "---\ntemplate: none.html\n---\n# Own\n", "# Own\n", "none.html"),
        ("mkdocs.yml", "site_name: [", None, "mkdocs.yml"),
    ],
)
def test_an_error_is_shown_on_the_page_and_in_the_terminal_until_it_is_mended(
    serving: Serving, page: Page, path: str, broken: str, whole: str | None, told: str
) -> None:
    before = (serving.root / path).read_text() if whole is None else whole
    opened(page, serving, "topics/deep/note-4/")
    serving.write(path, broken)
    expect(page.locator(FAULTS)).to_contain_text(told)
    assert wait_until(lambda: serving.says(told))
    serving.write(path, before)
    expect(page.locator(FAULTS)).to_have_count(0)


def test_the_site_waits_for_a_vault_that_vanished(serving: Serving, page: Page) -> None:
    opened(page, serving, "topics/note-0/")
    config = (serving.root / "mkdocs.yml").read_text("utf-8")
    shutil.copytree(serving.root / "notes", serving.root / "vault")
    serving.write("mkdocs.yml", re.sub(r"vault: \..*\n.*\n.*\n", "vault: vault\n", config))
    assert wait_until(lambda: serving.log.read_text("utf-8").count("Documentation built") == 2, 30)
    opened(page, serving, "topics/note-0/")
    serving.write(NOTE.replace("notes/", "vault/"), "First words of 0, looked at\n")
    expect(page.locator("article")).to_contain_text("looked at")  # so the new folder is watched by now
    (serving.root / "vault").rename(serving.root / "away")
    expect(page.locator(FAULTS)).to_contain_text("is no folder any more")
    expect(page.locator("article")).to_contain_text("First words of 0")
    (serving.root / "away").rename(serving.root / "vault")
    expect(page.locator(FAULTS)).to_have_count(0)


def test_a_thousand_files_at_once_are_taken_in(serving: Serving, page: Page) -> None:
    opened(page, serving, "topics/note-0/")
    branch = serving.root / "notes/Branch"
    branch.mkdir()
    for number in range(1000):
        (branch / f"{number}.md").write_text(f"Number {number}\n")
    serving.write(NOTE, "Still [[999]]\n")
    page.set_default_timeout(90_000)
    expect(page.locator("article a", has_text="999")).to_be_visible(timeout=90_000)
    page.locator("article a", has_text="999").click()
    expect(page.locator("article")).to_contain_text("Number 999", timeout=90_000)
    shutil.rmtree(branch)
    expect(page.locator("body")).to_contain_text(GONE, timeout=90_000)


@pytest.mark.skipif(os.name == "nt", reason="there are no such signals to send")
@pytest.mark.parametrize(
    ("when", "sent"), [("idle", signal.SIGINT), ("building", signal.SIGINT), ("idle", signal.SIGTERM)]
)
def test_ctrl_c_ends_at_once_and_leaves_nothing_half_written(
    serving: Serving, when: str, sent: signal.Signals
) -> None:
    """So does the end that an editor or a container asks for. A busy machine takes longer for all it does."""
    serving.settle()  # a server that has not answered yet is not idle
    if when == "building":
        for number in range(300):
            serving.write(f"notes/{number}.md", f"{LONG}\n\n[[{number + 1}]]\n")
        wait_until((serving.root / "docs/topics/150.md").exists)
    serving.process.send_signal(sent)
    begun = time.monotonic()
    serving.process.wait(timeout=60)
    assert time.monotonic() - begun < max(3, serving.seconds)
    assert list(serving.temporary.glob("mkdocs_*")) == []
    left = [path.name for path in (serving.root / "docs").rglob(".notebinder-*")]
    assert left == []
    assert "Traceback" not in serving.log.read_text("utf-8")
