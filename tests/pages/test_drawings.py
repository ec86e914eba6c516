"""Notes of the plugin Excalidraw: the exported picture, else the texts, and never the plugin's data."""

from __future__ import annotations

import json
import re

import pytest

from notebinder.build.pipeline import Build
from notebinder.vault.drawings import drawn_text
from tests.support.pictures import encoded, screenshot
from tests.support.projects import BuildVault, text_of

HEAD = "---\n\nexcalidraw-plugin: parsed\nexcalidraw-open-md: true\ntags: [excalidraw]\n\n---\n"
NOTICE = "==⚠  Switch to EXCALIDRAW VIEW in the MORE OPTIONS menu of this document. ⚠=="
HINT = " You can decompress Drawing data with the command palette: 'Decompress current Excalidraw file'."
TEXTS = "Pump ^a1b2c3d4\n\nto [[Garden]]\nand on ^b1b2c3-4\n\n"
REST = "## Element Links\na1b2c3d4: [[Garden]]\n\n## Embedded Files\nabc: [[x.png]]\n\n"
FORMS: dict[str, str] = {
    "new": f"{NOTICE}{HINT}\n\n\n# Excalidraw Data\n\n## Text Elements\n{TEXTS}{REST}"
    "%%\n## Drawing\n```compressed-json\nN4KAkARA\n```\n%%",
    "hidden": f"{NOTICE}\n\n%%\n# Excalidraw Data\n## Text Elements\n{TEXTS}%%\n## Drawing\n"
    "```compressed-json\nN4KAkARA\n\nN4KAkARA\n```\n%%",
    "old": f"{NOTICE}\n{HINT}\n\n\n# Text Elements\n{TEXTS}\n# Embedded files\nabc: [[x.png]]\n\n%%\n"
    '# Drawing\n```json\n{"type":"excalidraw","N4KAkARA":1}\n```\n%%',
    "open": f'{NOTICE}\n\n# Text Elements\n{TEXTS}%%\n# Drawing\n{{"type":"excalidraw","N4KAkARA":1}}\n',
    "nothing": f"{NOTICE}\n\n```compressed-json\nN4KAkARA\n```\n",
}
UNWANTED = re.compile(
    r"EXCALIDRAW VIEW|Excalidraw Data|Text Elements|N4KAkARA|decompress|a1b2c3d4|excalidraw-"
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20"/></svg>'
USE = "![[Sketch.excalidraw|200]]\n\n| a |\n|---|\n| ![[Sketch.excalidraw]] |\n\n[[Sketch.excalidraw]]"


def codes(built: Build) -> list[tuple[str, str]]:
    return [(problem.location.path, problem.code) for problem in built.problems]


@pytest.mark.parametrize("form", FORMS)
def test_without_a_picture_a_box_has_the_texts(build_vault: BuildVault, form: str) -> None:
    files: dict[str, str | bytes] = {
        "Sketch.excalidraw.md": HEAD + FORMS[form],
        "Use.md": USE,
        "Garden.md": "beds",
    }
    built = build_vault(files)
    for page in (text_of(built, "sketch-excalidraw.md"), text_of(built, "use.md")):
        assert not UNWANTED.search(page)
        assert "Excalidraw drawing, shown in Obsidian only" in page
        assert form == "nothing" or ("- Pump" in page and "[Garden](./garden.md)" in page)
    assert codes(built) == [("Sketch.excalidraw.md", "not-shown")]
    assert [note.account.embeds_missing for note in built.notes] == [0, 1, 2]


@pytest.mark.parametrize(
    "name", ["Sketch.excalidraw.svg", "Sketch.svg", "Sketch.excalidraw.png", "Sketch.dark.svg"]
)
def test_the_exported_picture_is_shown(build_vault: BuildVault, name: str) -> None:
    picture = SVG if name.endswith(".svg") else encoded(screenshot())
    files: dict[str, str | bytes] = {
        "Sketch.excalidraw.md": HEAD + FORMS["new"],
        name: picture,
        "Use.md": USE,
        "Garden.md": "beds",
    }
    built = build_vault(files)
    for path in ("sketch-excalidraw.md", "use.md"):
        page = text_of(built, path)
        assert not UNWANTED.search(page)
        assert 'alt="Pump; to Garden and on"' in page
    assert text_of(built, "use.md").count("<img") == 2
    assert 'width="200"' in text_of(built, "use.md")
    assert codes(built) == []
    assert [note.account.embeds_missing for note in built.notes] == [0, 0, 0]


def test_a_page_of_each_scheme_has_its_picture(build_vault: BuildVault) -> None:
    names = ("Sketch.light.svg", "Sketch.dark.svg")
    built = build_vault({"Sketch.md": HEAD + FORMS["new"], **dict.fromkeys(names, SVG), "Garden.md": ""})
    page = text_of(built, "sketch.md")
    assert re.findall(r'div\.(nb-in-\w+)|data-source="([^"]*)"', page) == [
        ("nb-in-light", ""),
        ("", names[0]),
        ("nb-in-dark", ""),
        ("", names[1]),
    ]


def test_a_part_of_a_drawing_is_the_whole_of_it(build_vault: BuildVault) -> None:
    files: dict[str, str | bytes] = {
        "Sketch.excalidraw.md": HEAD + FORMS["new"],
        "Sketch.excalidraw.svg": SVG,
        "Garden.md": "",
    }
    built = build_vault({**files, "Use.md": "![[Sketch.excalidraw#^group=a1b2c3d4]]"})
    assert "<img" in text_of(built, "use.md")
    assert codes(built) == []


@pytest.mark.parametrize("has_picture", [True, False])
def test_a_file_of_the_plugin_is_a_drawing_too(build_vault: BuildVault, has_picture: bool) -> None:
    texts = [{"type": "text", "text": "Pump\nhere"}, {"type": "text", "text": "gone", "isDeleted": True}]
    source = json.dumps({"elements": [*texts, {"type": "arrow"}]})
    files: dict[str, str | bytes] = {"Sketch.excalidraw": source, "Use.md": USE}
    built = build_vault({**files, "Sketch.svg": SVG} if has_picture else files)
    for path in ("sketch-excalidraw.md", "use.md"):
        page = text_of(built, path)
        assert ("<img" in page) == has_picture
        assert "Pump" in page
        assert "gone" not in page
    assert "](./sketch-excalidraw.md)" in text_of(built, "use.md")


def test_what_the_author_writes_above_the_drawing_stays(build_vault: BuildVault) -> None:
    own = FORMS["new"].replace("# Excalidraw Data", "## My text\n\nof **mine**\n\n# Excalidraw Data")
    built = build_vault({"S.excalidraw.md": HEAD + own, "Garden.md": "", "S.excalidraw.svg": SVG})
    assert "of **mine**" in text_of(built, "s-excalidraw.md")


def test_lines_above_the_data_keep_their_numbers() -> None:
    text = f"{HEAD}{NOTICE}\n{HINT}\n\nmine\n\n# Excalidraw Data\n## Text Elements\nPump ^a1b2c3d4\n"
    drawn = drawn_text(text, 8)
    assert drawn.split("\n").index("mine") == text.split("\n").index("mine")
    assert drawn.endswith("mine\n\n# Excalidraw Data\n\n- Pump\n")


def test_a_private_drawing_is_shown_nowhere(build_vault: BuildVault) -> None:
    head = HEAD.replace("tags:", "publish: false\ntags:")
    files: dict[str, str | bytes] = {
        "Sketch.excalidraw.md": head + FORMS["new"],
        "Sketch.excalidraw.svg": SVG,
        "Use.md": USE,
    }
    built = build_vault(files)
    assert built.media == frozenset()
    assert not any(b"Pump" in data or b"Sketch" in data for data in built.files.values())
