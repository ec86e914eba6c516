"""A diagram is drawn by what the site ships, under a strict policy too, and its nodes lead to notes."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import expect

from tests.browser.conftest import NotesSite, Reader, Site, point_at

KINDS = (
    "graph LR\nA --> B\n",
    "sequenceDiagram\nA->>B: Hello\n",
    "mindmap\n  root((Mind))\n    One\n    Two\n",
    "classDiagram\nAnimal <|-- Duck\n",
    "stateDiagram-v2\n[*] --> Still\n",
    "erDiagram\nNOTE ||--o{ PAGE : has\n",
    "gantt\nsection A\nTask :a1, 2024-01-01, 30d\n",
    'pie title Pets\n"Dogs" : 386\n"Cats" : 85\n',
    'gitGraph\ncommit id: "a"\nbranch next\ncommit id: "b"\n',
)
DIAGRAM = "```mermaid\ngraph TD\nA[Other note] --> B(Second)\nclass A,B internal-link;\n```\n"
# Images below the screen load when they please, with their room kept: a screenshot may catch them empty.
SHOW_ALL = """async () => {
  for (const image of document.images) image.loading = "eager"
  const shown = [...document.images].map(image => image.decode().catch(() => 0))
  await Promise.all([...shown, document.fonts.ready])
}"""
UNREADABLE = 'Before.\n\n```mermaid\npie title Harvest\n  "Pears" : many\n```\n\nAfter.\n\n' + DIAGRAM
ELSEWHERE = "![p](https://pics.example/p.png)\n\n" + "\n".join(
    f"```mermaid\n{text}\n```\n"
    for text in (
        "graph TD\nA[\"<img src='https://pics.example/a.png'>\"] --> B",
        'graph TD\nA@{ img: "https://pics.example/b.png", label: "A", h: 60 }\nA --> B',
        "graph TD\nA --> B\nstyle A fill:url(https://pics.example/c.png)",
        "graph TD\nA[\"<b style='background:url(https://pics.example/d.png)'>x</b>\"] --> B",
        "mindmap\n  root((<img src=//pics.example/e.png>))\n    One",
    )
)
KIND = "\n".join(f"```mermaid\n{text}```\n" for text in KINDS)


NOTES = {
    "Drawn": DIAGRAM,
    "Other note": "words",
    "Second": "words",
    "Kinds": KIND,
    "Odd": UNREADABLE,
    "Elsewhere": ELSEWHERE,
}


@pytest.fixture(scope="module")
def diagrams(notes_site: NotesSite) -> Site:
    return notes_site("diagrams", NOTES)


def test_a_node_that_names_a_note_leads_to_it(reader: Reader, diagrams: Site) -> None:
    page = reader.opens(f"{diagrams.address}drawn/")
    expect(page.locator("div.mermaid").first).not_to_have_css("height", "0px")
    box = page.locator("div.mermaid").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 60, box["y"] + 40)
    page.wait_for_url("**/other-note/")


def test_a_diagram_that_cannot_be_read_says_so_in_its_place(reader: Reader, diagrams: Site) -> None:
    """The next one is drawn, and nothing is left below the foot of the page."""
    page = reader.opens(f"{diagrams.address}odd/")
    expect(page.locator("div.mermaid")).to_have_count(1)
    box = page.locator("p:text('Before.') + details")
    expect(box.locator("summary")).to_have_text("This diagram cannot be read")
    expect(box.locator("code")).to_have_text('pie title Harvest\n  "Pears" : many')
    expect(page.locator("body > :is(svg, [id*=mermaid])")).to_have_count(0)


def test_a_diagram_loads_no_picture_from_elsewhere(reader: Reader, diagrams: Site) -> None:
    """Not even where the policy allows its origin, because a picture on the page waits for a click."""
    page = reader.opens()
    asked: list[str] = []
    page.route("https://pics.example/**", lambda route: route.abort())
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{diagrams.address}elsewhere/")
    expect(page.locator("div.mermaid")).to_have_count(5)
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "pics.example" in url] == []


@pytest.mark.parametrize("path", ["pieces/", ""])
def test_pages_look_the_same_under_the_policy(reader: Reader, pieces: Site, path: str) -> None:
    """Nothing on them is script or style within the page; diagrams and formulas are drawn all the same."""
    free, bound = reader.opens(is_free=True), reader.opens()
    pictures = []
    for page in (free, bound):
        page.goto(pieces.address + path)
        if path:
            expect(page.locator("pre.mermaid")).to_have_count(0)
            expect(page.locator(".arithmatex:not(:has(.katex), .nb-formula-source)")).to_have_count(0)
        page.evaluate(SHOW_ALL)
        page.wait_for_load_state("networkidle")
        pictures.append(page.screenshot(full_page=True))
    assert difference(*pictures) == 0


def test_every_kind_of_diagram_is_drawn_under_the_policy(reader: Reader, diagrams: Site) -> None:
    """Each with its own styles, also those of a page that instant navigation opens."""
    pictures = []
    for is_free in (True, False):
        page = reader.opens(is_free=is_free)
        page.goto(f"{diagrams.address}drawn/")
        page.locator("div.mermaid").wait_for()
        point_at(page)
        page.locator(".md-sidebar--primary").get_by_role("link", name="Kinds").click()
        expect(page.locator("div.mermaid")).to_have_count(len(KINDS))
        page.wait_for_load_state("networkidle")
        pictures.append([box.screenshot() for box in page.locator("div.mermaid").all()])
    assert [difference(free, bound) for free, bound in zip(*pictures, strict=True)] == [0] * len(KINDS)
    assert len({*pictures[0]}) == len(KINDS)


def difference(one: bytes, other: bytes) -> int:
    """The mean difference of two pictures; Mermaid draws some lines with a little chance in them."""
    first, second = (Image.open(io.BytesIO(picture)).convert("L") for picture in (one, other))
    assert first.size == second.size
    return round(ImageStat.Stat(ImageChops.difference(first, second)).mean[0])
