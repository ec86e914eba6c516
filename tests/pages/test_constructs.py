"""Each construct: a note, and the page that it becomes, as golden files tell it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import markdown
import pytest

from notebinder.pages.constructs.converting import BLOCKS, INLINES
from notebinder.vault.syntax.html_rules import ENGINE_BLOCKS
from tests.support.converting import convert, rendered
from tests.support.projects import PROJECT

GOLDEN = PROJECT / "tests/golden"
OTHERS = {
    "Other.md": (
        "---\naliases: [Second name]\n---\n# Other\n\nFirst words. ^first\n\n## Part A\n\n- one\n- two ^two\n"
        "    - three\n\n## Part B\n\n### Deep\n\n> a quote ^quoted\n\n## Part A\n\nagain\n"
    ),
    "folder/Twin.md": "Twin in a folder.\n",
    "other folder/Twin.md": "Twin in another folder.\n",
    "folder/Ünïcode & more #1.md": "text\n",
    "Circle.md": "Round and round.\n\n![[Circle]]\n",
    "Blocks.md": "one\n\n> [!tip] Title\n> two\n\n```py\ncode\n  | here\n```\n\n$$\nq^2\n$$\n^f\n\n"
    "<div>\nHTML <b>words</b></div>\n",
    "Empty.md": "",
    "Bare.excalidraw.md": "==⚠ VIEW ⚠==\n\n# Text Elements\nPump ^a1b2c3d4\n\nto [[Other]] ^b1b2c3d4\n",
    "Sketch.md": "---\nexcalidraw-plugin: parsed\n---\n# Excalidraw Data\n## Text Elements\nPump ^a1b2c3d4\n",
}
NAMES = (
    "Sketch.svg",
    "assets/cat.png",
    "assets/talk.mp3",
    "assets/film.mp4",
    "assets/plan.pdf",
    "assets/data.csv",
)
FILES = {
    **dict.fromkeys((*NAMES, "Sketch.svg"), ""),
    "board.canvas": (
        '{"nodes": [{"id": "a", "type": "text", "text": "**First** card", "x": 0, "y": 0, "width": 100,'
        ' "height": 50}, {"id": "b", "type": "file", "file": "Other.md", "x": 200, "y": 0, "width": 100,'
        ' "height": 50}], "edges": [{"id": "e", "fromNode": "a", "toNode": "b", "label": "to"}]}'
    ),
    "broken.canvas": "{",
    "list.base": (
        'filters: file.inFolder("folder")\nviews:\n  - type: table\n    name: V\n    order: [file.name]\n'
    ),
}


@dataclass(frozen=True)
class Case:
    file: Path
    title: str
    note: str
    page: str


def cases(file: Path) -> Iterator[Case]:
    """Read `title . note . page .`; a dot alone on its line ends each."""
    texts = re.split(r"(?m)^\.\n", file.read_text("utf-8"))
    for place in range(0, len(texts) - 2, 3):
        yield Case(file, texts[place].strip(), texts[place + 1].removesuffix("\n"), texts[place + 2])


CASES = [case for file in sorted(GOLDEN.glob("*.md")) for case in cases(file)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file.stem}: {case.title}")
def test_a_note_becomes_its_page(case: Case) -> None:
    converted = convert(case.note, others=OTHERS, files=FILES)
    problems = "".join(f"! {problem}\n" for problem in converted.problems)
    assert f"{converted.markdown}\n{problems}" == case.page


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file.stem}: {case.title}")
def test_a_page_leaves_nothing_for_roamlinks(case: Case) -> None:
    """roamlinks would rewrite `[[x]]` and `[x](file.md)` outside code."""
    page = convert(case.note, others=OTHERS, files=FILES).markdown
    outside_code = re.sub(r"(?s)(`+).*?\1", "", page)
    assert not re.search(r"\[\[|\]\([^)/#\s]+\.(?:md|png|jpg)", outside_code)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file.stem}: {case.title}")
def test_a_page_shows_none_of_the_marks_that_only_obsidian_reads(case: Case) -> None:
    page = convert(case.note, others=OTHERS, files=FILES).markdown
    shown = re.sub(r"(?s)<(code|pre)\b.*?</\1>|<[^>]*>", "", rendered(page))
    if "literal" not in case.title:
        assert not re.search(r"!\[\[|%%|\[![\w-]+\]|(?m:^|[^>] )\^[\w-]+$|///", shown)


def test_footnotes_are_numbered_in_the_order_in_which_a_reader_meets_them() -> None:
    note = "> # a[^e]\n\n- b[^d]\n    - c[^c]\n\n> [!tip] d[^b]\n> e[^a]\n\nf[^e]\n\n"
    page = rendered(convert(note + "\n\n".join(f"[^{name}]: {name.upper()}" for name in "abcde")).markdown)
    assert re.findall(r'class="footnote-ref"[^>]*>(\d)', page) == ["1", "2", "3", "4", "5", "1"]
    assert re.findall(r"<p>([A-E])", page) == ["E", "D", "C", "B", "A"]


def test_every_element_that_begins_a_block_for_the_engine_is_known() -> None:
    """Else a line that begins with it would be HTML, and code in that line would run."""
    assert set(markdown.Markdown().block_level_elements) == ENGINE_BLOCKS


def test_every_construct_has_its_golden_notes() -> None:
    """The names of the files are those of the modules."""
    modules = {write.__module__.rpartition(".")[2] for write in (*BLOCKS.values(), *INLINES.values())}
    assert modules - {"converting"} <= {file.stem for file in GOLDEN.glob("*.md")}


def test_every_construct_stands_once_in_the_handbook() -> None:
    pages = ("What a page shows", "Links, embeds and marks")
    text = "".join((PROJECT / f"notes/Handbook/{page}.md").read_text("utf-8") for page in pages)
    first_cells = (line.split("|")[1] for line in text.split("\n") if line.startswith("| `"))
    named = [name for cell in first_cells for name in re.findall(r"`(\w+)`", cell)]
    assert sorted(named) == sorted({*BLOCKS, *INLINES})
