"""Draw the pictures of the showcase and of the README: slides, and what this project makes of them.

The slides stand in `pictures.html`. The rest is photographed: a project with the slides alone is planned,
built and served, and so are a few notes with faults. Needs an installed Chromium or Chrome, or Playwright's.
"""

from __future__ import annotations

import math
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import wave
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "assets/showcase"
NOTE = ROOT / "notes/A note becomes a site.md"
SITE = "topics/a-note-becomes-a-site/"
HANDOUT, BELL = PICTURES / "Handout.pdf", PICTURES / "Bell.wav"
README_PICTURE = ROOT / ".github/note-and-page.png"

HIT = "camera"
"""Stands in a slide and nowhere else."""
DESK, WINDOW, PHONE = (1440, 732), (1180, 600), (350, 600)
"""What a reader's screen shows; each fits into a slide."""
_PROPERTIES = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_EMBED = re.compile(r"!\[\[Pasted image (?P<time>\d{14})\.png(?:\|\d+)?\]\]")

FAULTY = {
    "Bread.md": "See [[Flower]] and [[Ovens#Steem]].\n\n![[crumb.png]]\n\n| a |\n|---|\n| 1 | 2 |\n",
    "Flour.md": "Rye and spelt.\n\nTwice is once too often. ^kinds\n\nAgain. ^kinds\n",
    "Ovens.md": "# Steam\n\nA bowl of water.\n\n%% to be written\n",
    "Diary/Monday.md": "The loaf fell.\n",
    "Shopping.md": "---\npublish: false\n---\nYeast, salt.\n",
}
BEFORE = {
    "Bread.md": "![[loaf.png]]\n\nBread is left to rise for one hour.\nThen it is baked.\n",
    "Flour.md": "Rye and spelt, which are milled.\n",
}
AFTER = {
    "Bread.md": "![[loaf.png]]\n\nBread is left to rise for two hours, or for a night.\nThen it is baked.\n",
    "Flour.md": "Rye, spelt and buckwheat, which are milled.\n",
}


def notebinder(*arguments: object, cwd: Path = ROOT) -> str:
    """Run the command and return what it said; it may find problems."""
    command = [sys.executable, "-m", "notebinder", *map(str, arguments)]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode > 1:
        raise SystemExit(f"notebinder {arguments[0]}: {done.stderr}")
    return done.stdout


def save(shot: bytes, file: Path) -> None:
    """Save a screenshot in 256 colours at most."""
    picture = Image.open(BytesIO(shot)).convert("RGB")
    few = picture.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(file, "PNG", optimize=True)


def pasted(time: str) -> Path:
    """Name a picture as Obsidian does."""
    return PICTURES / f"Pasted image {time}.png"


def draw_slides(paper: Page) -> set[str]:
    """Draw the slides; return their times."""
    times = set()
    for slide in paper.locator("section").all():
        time = slide.get_attribute("id") or ""
        save(slide.screenshot(), pasted(time))
        times.add(time)
    return times


def record_bell() -> None:
    """Write a second of sound, since a note may hold a recording."""
    rate = 8_000
    waves = (math.exp(-4 * at / rate) * math.sin(math.tau * 880 * at / rate) for at in range(rate))
    with wave.open(str(BELL), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(rate)
        sound.writeframes(bytes(round(128 + 100 * each) for each in waves))


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write a small vault."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def project_of_slides(folder: Path, slides: set[str]) -> Path:
    """Build this project with the slides alone, planned as `notebinder plan` proposes; return the site."""
    for name in ("docs/index.md", "docs/.nav.yml"):
        write(folder, {name: (ROOT / name).read_text("utf-8")})
    shutil.copytree(ROOT / "notes", folder / "notes")
    kept = _EMBED.sub(lambda found: found[0] if found["time"] in slides else "", NOTE.read_text("utf-8"))
    plan = folder / "notes" / f"{NOTE.stem}.plan.yml"
    plan.unlink(missing_ok=True)
    write(folder, {"notes/" + NOTE.name: kept})
    (folder / "assets").mkdir()
    for time in slides:
        for suffix in ("", ".txt", ".places"):
            name = pasted(time).name + suffix
            shutil.copy(PICTURES / name, folder / "assets" / name)
    for file in (HANDOUT, BELL):
        shutil.copy(file, folder / "assets" / file.name)
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    write(folder, {"mkdocs.yml": settings.replace("scripts/notebinder", f"{ROOT}/scripts/notebinder")})
    notebinder(
        "plan", f"notes/{NOTE.name}", "--vault", ".", "--html", folder.parent / "sheet.html", cwd=folder
    )
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    subprocess.run(command, cwd=folder, check=True)  # noqa: S603
    return folder / "site"


def changed_site(folder: Path) -> Path:
    """Build a site with the page of what a pull request changes on it."""
    slides = [pasted(time) for time in ("20261128091107", "20261128090212")]
    for name, files, slide in (("before", BEFORE, slides[0]), ("after", AFTER, slides[1])):
        shutil.copy(slide, write(folder / name, files) / "loaf.png")
        notebinder("export", folder / f"{name}-export", "--vault", folder / name)
    notebinder("site", folder / "after", "--output", folder / "site", "--name", "Baking")
    notebinder("changes", folder / "before-export", folder / "after-export", "--site", folder / "site")
    return folder / "site"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None: ...


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve files; give the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


Doing = Callable[[Page], object]


def photograph(
    browser: Browser,
    address: str,
    *,
    size: tuple[int, int] = WINDOW,
    scheme: str = "light",
    doing: Doing | None = None,
) -> bytes:
    """Open a page, do something on it, and take its picture."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    if doing:
        doing(page)
    page.evaluate("document.fonts.ready")
    page.wait_for_function(
        "() => [...document.images].every((image) => image.loading === 'lazy' || image.complete)"
    )
    shot = page.screenshot(animations="disabled")
    context.close()
    return shot


def search(page: Page, word: str = HIT) -> None:
    """Search for a word in a slide and wait for the strip that shows it."""
    page.wait_for_function(
        "() => document.querySelector('.md-search-result__meta')?.textContent.includes('Type')"
    )
    page.keyboard.press("/")
    page.keyboard.type(word)
    page.wait_for_function("() => document.querySelector('.nb-hit-strip img')?.naturalWidth")


def show_figure(page: Page) -> None:
    """Bring the first picture to the top."""
    page.locator("article figure").first.evaluate(
        "figure => scrollTo(0, figure.getBoundingClientRect().top + scrollY - 84)"
    )


def enlarge(page: Page) -> None:
    """Open the viewer."""
    page.locator(".nb-zoom").first.click(position={"x": 4, "y": 4})
    page.locator(".pswp .nb-viewer-caption").wait_for()
    page.wait_for_function("() => document.querySelector('.pswp img.pswp__img')?.complete")


def select_words(page: Page) -> None:
    """Select the words that lie over a slide."""
    show_figure(page)
    page.locator(".nb-words").first.evaluate("words => getSelection().selectAllChildren(words)")


def read_as_text(page: Page) -> None:
    """Set a slide as text."""
    page.get_by_role("button", name="Read as text").first.click()
    show_figure(page)


def image(shot: bytes) -> str:
    """Write a screenshot as HTML."""
    return f'<img src="data:image/png;base64,{b64encode(shot).decode()}">'


def typed(note: str) -> str:
    """Mark the embeds of a note as an editor does."""
    marked = re.sub(r"!\[\[.*?\]\]", lambda found: f"<i>{found[0]}</i>", escape(note, quote=False))
    return f"<pre>{marked}</pre>"


def terminal(command: str, said: str) -> str:
    """Set what a command said as a terminal does."""
    lines = re.sub(r"(?m)^(\S+:)", r"<u>\1</u>", escape(said, quote=False))
    lines = re.sub(r"(warning|error|info)(\[[\w-]+\])", r"<i>\1\2</i>", lines)
    return f'<div class="window terminal"><pre>$ {command}\n\n{lines}</pre></div>'


def window(inner: str, kind: str = "") -> str:
    """Set something in a window."""
    return f'<div class="window {kind}">{inner}</div>'


@dataclass(frozen=True)
class Frame:
    """Sets a picture below a title, as a slide of a course."""

    paper: Page

    def save(self, time: str, title: str, inner: str) -> None:
        """Save it under the time at which it was pasted."""
        self._save(f'<section class="shot"><h1>{title}</h1>{inner}</section>', pasted(time))

    def save_beside(self, note: str, shot: bytes) -> None:
        """Save the README's picture."""
        left = f'<div class="typed"><p><b>{NOTE.name}</b> in Obsidian</p>{typed(note)}</div>'
        right = f"<p><b>the site</b>: “{HIT}” stands in a screenshot only</p>{image(shot)}"
        self._save(f'<div class="beside">{left}<div>{right}</div></div>', README_PICTURE)

    def _save(self, body: str, file: Path) -> None:
        self.paper.evaluate("body => { document.body.innerHTML = body }", body)
        self.paper.wait_for_function("() => [...document.images].every((image) => image.naturalWidth)")
        save(self.paper.locator("body > *").first.screenshot(), file)


def draw_site(browser: Browser, frame: Frame, address: str, sheet: Path) -> None:
    """Photograph the site of the slides as readers see it."""
    note, topic = address + SITE, f"{address}{SITE}one-page-per-topic/"
    shots: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
        ("20261128091544", "One page per topic: the overview of the note", note, {"size": DESK}),
        ("20261128091820", "One page per topic: the page of one topic", topic, {"size": DESK}),
        ("20261128092759", "Screenshots: the viewer", f"{note}screenshots/", {"doing": enlarge}),
        ("20261128093015", "Screenshots: all on one page", f"{note}all-screenshots/", {"size": DESK}),
        (
            "20261128094008",
            "Search in pictures: a hit and where it stands",
            f"{note}search-in-pictures/",
            {"doing": partial(search, word="bullets")},
        ),
        (
            "20261128094233",
            "Search in pictures: words are selected where they stand",
            f"{note}search-in-pictures/",
            {"doing": select_words},
        ),
        (
            "20261128095402",
            "Night and phone: a white slide on a dark page",
            f"{note}night-and-phone/",
            {"scheme": "dark", "doing": show_figure},
        ),
        ("20261129083512", "The plan: a sheet to check it at a glance", sheet.as_uri(), {}),
    )
    for time, title, where, how in shots:
        frame.save(time, title, window(image(photograph(browser, where, **how))))
    ways: tuple[tuple[str, Doing | None], ...] = ((note, None), (topic, show_figure), (topic, read_as_text))
    phones = "".join(image(photograph(browser, where, size=PHONE, doing=doing)) for where, doing in ways)
    title = "Night and phone: overview, slide, slide as text"
    frame.save("20261128095718", title, f'<div class="phones">{phones}</div>')


def draw_commands(browser: Browser, frame: Frame, folder: Path) -> None:
    """Picture what commands say of a few notes with faults, and the page of a preview."""
    write(folder / "Baking", FAULTY)
    for time, title, options in (
        ("20261129084447", "Problems: what notebinder check says", []),
        ("20261129085530", "Private notes: what will be public", ["--published", "--private", "Diary/"]),
    ):
        command = ["check", "Baking", *options]
        said = terminal(f"notebinder {' '.join(command)}", notebinder(*command, cwd=folder))
        frame.save(time, title, said)
    with served(changed_site(folder)) as address:
        shot = photograph(browser, f"{address}pr-changes/")
    frame.save("20261129090822", "Previews: what a pull request changes", window(image(shot)))


def draw_all(browser: Browser, folder: Path) -> None:
    """Draw the slides, then what becomes of them."""
    paper = browser.new_page(viewport={"width": 1640, "height": 860})
    paper.goto((ROOT / "scripts/pictures.html").as_uri())
    slides = draw_slides(paper)
    paper.pdf(path=HANDOUT, width="1280px", height="720px", print_background=True)
    record_bell()
    notebinder("transcribe")
    frame, note = Frame(paper), _PROPERTIES.sub("", NOTE.read_text("utf-8"))
    frame.save("20261128090530", "The quick way: the note as it is typed", window(typed(note), "typed"))
    with served(project_of_slides(folder / "project", slides)) as address:
        draw_site(browser, frame, address, folder / "sheet.html")
        shot = photograph(browser, f"{address}{SITE}screenshots/", size=(975, 705), doing=search)
        frame.save_beside(note, shot)
    draw_commands(browser, frame, folder)
    notebinder("transcribe")


def main() -> None:
    """Draw all pictures and have their words read."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    found = map(shutil.which, ("google-chrome", "chromium", "chromium-browser"))
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as temporary:
        program = next(filter(None, found), None)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        draw_all(browser, Path(temporary))
        browser.close()


if __name__ == "__main__":
    main()
