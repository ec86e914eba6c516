"""Everything that a note can embed, in a real browser under the site's policy: all of it is shown."""

from __future__ import annotations

import io
import json
import time
import wave
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, expect

from tests.browser.conftest import Reader, Site, build_vault_site

_RED, _BLUE = (255, 0, 0), (0, 0, 255)
_FILM = """async () => {
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: "video/webm" });
  const pieces = [];
  recorder.ondataavailable = (event) => pieces.push(event.data);
  recorder.start();
  for (let shade = 0; shade < 200; shade += 20) {
    pen.fillStyle = `rgb(${shade}, 0, 0)`;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    await new Promise((done) => setTimeout(done, 50));
  }
  await new Promise((done) => { recorder.onstop = done; recorder.stop(); });
  return [...new Uint8Array(await new Blob(pieces).arrayBuffer())];
}"""
_DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60">
<style>rect { fill: #0000ff }</style>
<rect width="90" height="60" style="stroke: red"/></svg>"""
_NOTES = {
    "Document.md": "![[a.pdf]]\n\n![[a.pdf#page=2]]\n\n[[a.pdf|the document]]\n",
    "Sound.md": "![[a.wav]]\n",
    "Film.md": "![[a.webm|320]]\n",
    "Board.md": "![[Plan.canvas]]\n",
    "List.md": "![[All.base]]\n",
    "Drawing.md": "![[a.svg]]\n\n[[a.svg|the drawing]]\n",
    "Elsewhere.md": '<iframe src="https://player.vimeo.com/video/1"></iframe>\n\n'
    "![A picture](https://pictures.example/a.png)\n",
}


@pytest.fixture(scope="module")
def embeds(browser: Browser, root: Path, origin: str, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with one page for each kind of embed."""
    vault = tmp_path_factory.mktemp("embeds")
    card = {"id": "1", "type": "text", "text": "A card", "x": 0, "y": 0, "width": 90, "height": 40}
    files = {
        **{name: text.encode() for name, text in _NOTES.items()},
        "a.pdf": _pdf(_RED, _BLUE),
        "a.wav": _sound(),
        "a.webm": _film(browser),
        "a.svg": _DRAWING.encode(),
        "Plan.canvas": json.dumps({"nodes": [card], "edges": []}).encode(),
        "All.base": b"views:\n  - type: table\n    order: [file.name]\n",
    }
    for name, content in files.items():
        (vault / name).write_bytes(content)
    build_vault_site(vault, root / "embeds")
    (root / "favicon.ico").touch()  # which a browser asks for beside a PDF that it shows by itself
    return Site(f"{origin}embeds/", root / "embeds")


def _pdf(*colours: tuple[int, int, int]) -> bytes:
    """Write a PDF whose pages are each of one colour."""
    kids = b" ".join(b"%d 0 R" % (3 + 2 * number) for number in range(len(colours)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, len(colours)),
    ]
    for red, green, blue in colours:
        drawing = b"%d %d %d rg 0 0 300 300 re f" % (red // 255, green // 255, blue // 255)
        content = len(objects) + 2
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents %d 0 R >>" % content
        objects += [page, b"<< /Length %d >>\nstream\n%b\nendstream" % (len(drawing), drawing)]
    data, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, text)
    table = b"0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(data))
    return data + b"xref\n0 %d\n%b" % (size, table) + trailer


def _sound() -> bytes:
    """Write a second of silence."""
    data = io.BytesIO()
    with wave.open(data, "wb") as sound:
        sound.setparams((1, 1, 8000, 8000, "NONE", ""))
        sound.writeframes(b"\x80" * 8000)
    return data.getvalue()


def _film(browser: Browser) -> bytes:
    """Have the browser record half a second."""
    page = browser.new_page()
    film = bytes(page.evaluate(_FILM))
    page.close()
    return film


def _picture() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (40, 30), _RED).save(data, "png")
    return data.getvalue()


def share_of(colour: tuple[int, int, int], shown: Locator) -> float:
    """How much of what a reader sees of an element has a colour."""
    image = Image.open(io.BytesIO(shown.screenshot())).convert("RGB")
    counts = image.getcolors(image.width * image.height) or []
    return float(sum(count for count, found in counts if found == colour)) / (image.width * image.height)


def expect_colour(colour: tuple[int, int, int], shown: Locator) -> None:
    """Wait until a tenth of an element has a colour."""
    end = time.monotonic() + 20
    while (share := share_of(colour, shown)) < 0.1:
        assert time.monotonic() < end, f"{share:.0%} of it is {colour}"


def test_a_pdf_is_shown_at_its_page(reader: Reader, embeds: Site) -> None:
    """In the browser's own viewer, which heeds the policy that the file itself is served with."""
    page = reader.opens(f"{embeds.address}document/")
    if not page.evaluate("navigator.pdfViewerEnabled"):
        pytest.skip("this browser shows no PDF")
    for number, colour in enumerate((_RED, _BLUE)):
        frame = page.locator("iframe").nth(number)
        frame.scroll_into_view_if_needed()
        expect_colour(colour, frame)


def test_a_pdf_is_shown_when_its_link_is_followed(reader: Reader, embeds: Site) -> None:
    page = reader.opens(f"{embeds.address}document/")
    if not page.evaluate("navigator.pdfViewerEnabled"):
        pytest.skip("this browser shows no PDF")
    page.get_by_role("link", name="the document").click()
    page.wait_for_url("**/*.pdf")
    expect_colour(_RED, page.locator("html"))


@pytest.mark.parametrize(("path", "name"), [("sound/", "audio"), ("film/", "video")])
def test_a_player_gets_its_file(reader: Reader, embeds: Site, path: str, name: str) -> None:
    player = reader.opens(f"{embeds.address}{path}").locator(name)
    player.evaluate("player => { player.muted = true; return player.play(); }")
    length = player.evaluate("player => player.duration")
    assert length == 1.0 if name == "audio" else length > 0
    if name == "video":
        assert player.evaluate("player => player.videoWidth") == 300
    assert player.evaluate("player => player.error") is None


def test_a_canvas_and_a_base_are_drawn(reader: Reader, embeds: Site) -> None:
    page = reader.opens(f"{embeds.address}board/")
    expect(page.locator(".nb-canvas-card")).to_have_text("A card")
    page.goto(f"{embeds.address}list/")
    embedded = ("a.pdf", "a.svg", "a.wav", "a.webm", "All.base", "Plan.canvas")
    expect(page.locator(".nb-base tbody tr")).to_have_count(len(_NOTES) + len(embedded))


def test_a_drawing_is_shown_with_its_styles(reader: Reader, embeds: Site) -> None:
    """On the page, and by itself, where it is a document that the policy of its own file holds for."""
    page = reader.opens(f"{embeds.address}drawing/")
    expect_colour(_BLUE, page.locator("figure img"))
    page.get_by_role("link", name="the drawing").click()
    page.wait_for_url("**/*.svg")
    style = "rect => [getComputedStyle(rect).fill, getComputedStyle(rect).stroke]"
    assert page.locator("rect").evaluate(style) == ["rgb(0, 0, 255)", "rgb(255, 0, 0)"]


def test_what_comes_from_elsewhere_is_loaded_on_a_click(reader: Reader, embeds: Site) -> None:
    page = reader.opens()
    page.route(
        "https://player.vimeo.com/**", lambda route: route.fulfill(body="A film", content_type="text/html")
    )
    page.route(
        "https://pictures.example/**", lambda route: route.fulfill(body=_picture(), content_type="image/png")
    )
    page.goto(f"{embeds.address}elsewhere/")
    page.wait_for_load_state("networkidle")
    assert reader.watch.faults == []
    for button in page.get_by_role("button", name="Load it here").all()[::-1]:
        button.click()
    expect(page.frame_locator(".nb-external iframe").locator("body")).to_have_text("A film")
    expect_colour(_RED, page.locator(".nb-external img"))
    asked = {"asks https://player.vimeo.com/video/1", "asks https://pictures.example/a.png"}
    assert (len(reader.watch.faults), set(reader.watch.faults)) == (2, asked)
    reader.watch.faults.clear()
