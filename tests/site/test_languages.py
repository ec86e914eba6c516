"""The site's own words on built pages: none of them is English where the theme speaks another language."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
import yaml

from notebinder.base.messages import LANGUAGES, MESSAGES, SCRIPTS
from notebinder.site.whole_site import THEME
from tests.support import commands
from tests.support.pictures import encoded, screenshot

pytestmark = pytest.mark.whole

POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
SCRIPTS_OF_THEME = THEME / "material/assets/notebinder"

NOTES: dict[str, str | bytes] = {
    "A/zq1.md": "---\ntags: [zq/zq]\ncreated: 2024-05-02\nzqa: 1\nzqb: 2\nzqc: true\nzqd: 4\n---\n"
    "[[zq2]] [[zq3]] ![[zq4.png]]\n\n![[zq5.mp4]]\n\n![](https://x.y/z.png) zq[^1]\n\n[^1]: zq\n\n"
    "```query\nzq\n```\n\n- [ ] zq\n",
    "zq2.md": "---\naliases: [zq9]\npermalink: zq8\n---\n[[zq1]] ![[zq1#zq]] ![[zq1]] ![[zq2]] [[zq1#zq]]\n\n"
    "[[zqn]] ![[zqn.png]] [zqn](zqn.md)\n\n```dataview\nLIST FROM [[zqn]]\n```\n\n"
    "![[zq-damaged.png]] ![[zq-pointer.png]] ![[zq-unsafe.svg]] ![[zq-page.png]]\n\n"
    "![[zq-pointer.png]]\n\n![[zq-pointer.mp4]] [[zq-pointer.pdf]]\n\n![](https://youtu.be/zqzqzqzqzqz)\n\n"
    "```mermaid\nzq\n```\n\n$zq\\zq$\n\n![[zq.canvas]]\n\n![[zq.base]]\n\n```zq-plugin\nzq\n```\n",
    "zqn.md": "zq",
    "zqn.png": encoded(screenshot(320, 180)),
    "zq-damaged.png": b"\x89PNG zq",
    "zq-page.png": b"<!doctype html>",
    "zq-pointer.png": POINTER,
    "zq-pointer.mp4": POINTER,
    "zq-pointer.pdf": POINTER,
    "zq-unsafe.svg": '<svg xmlns="http://www.w3.org/2000/svg"><foreignObject/></svg>',
    "zq.canvas": '{"nodes": [{"id": "a", "type": "file", "file": "zqn.md", "x": 0, "y": 0}]}',
    "zq.base": "views:\n  - type: table\n    name: zq\n    order: [zqa]\n",
    "zq7.md": "1. zq\n2. zqz\n\n# zq\n\n![[Pasted image 20240502101010.png]]\n\n# zqz\n\n"
    "![[Pasted image 20240502101011.png]]\n\n![[Pasted image 20240502101012.png]]\n",
    "zq7.plan.yml": "topics:\n  - title: zq\n    parts: [zq]\n  - title: zqz\n    parts: [zqz]\n",
    "Pasted image 20240502101010.png": encoded(screenshot(320, 180)),
    "Pasted image 20240502101010.png.txt": "zqzq\n",
}
OURS = re.compile(
    r"(?:zq[\w.-]*|Pasted image \d{14}\.png|Obsidian|notebinder|Material for MkDocs|Git LFS|Dataview"
    r"|youtu\.be|Ctrl K|aliases)"
)
"""What stands in these notes, and names, which are the same in each language."""


@pytest.fixture(scope="module", params=["de", "ar"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    folder = tmp_path_factory.mktemp("project")
    (folder / "docs").mkdir()
    for path, data in NOTES.items():
        (folder / "vault" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "vault" / path).write_bytes(data.encode() if isinstance(data, str) else data)
    config = {
        "INHERIT": str(THEME / "mkdocs.yml"),
        "site_name": "N",
        "theme": {"custom_dir": str(THEME / "material"), "language": request.param},
        "plugins": {
            "search": {},
            "awesome-nav": {},
            "notebinder": {"vault": "vault", "home": "N", "private": ["zqn.*"]},
        },
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config))
    done = commands.run("mkdocs", "build", "--quiet", cwd=folder)
    assert done.returncode == 0, done.stderr
    return request.param, folder / "site"


def test_no_english_word_of_ours_is_left(site: tuple[str, Path]) -> None:
    language, folder = site
    column = LANGUAGES.index(language)
    tables = (*MESSAGES.values(), *SCRIPTS.values())
    ours, own = ({part for texts in tables for part in texts[place].split("|")} for place in (0, column))
    found = said(folder)
    patterns = [re.compile(re.sub(r"\\{\w*\\}", ".+", re.escape(text))) for text in ours - own]
    assert {text for text in found if any(pattern.fullmatch(text) for pattern in patterns)} == set()
    assert MESSAGES["linked from"][column] in found
    assert "Jump back" not in " ".join(found)
    if language == "ar":  # it writes no Latin letters, which finds words that stand in no table
        assert sorted(text for text in found if re.search("[A-Za-z]{2}", OURS.sub("", text))) == []


def said(folder: Path) -> set[str]:
    """Everything that the pages of a site say to a reader."""
    found: set[str] = set()
    for file in folder.rglob("*.html"):
        shown = re.sub(r"<(script|style|code)\b.*?</\1>", "", file.read_text("utf-8"), flags=re.DOTALL)
        texts = re.findall(
            r'\s(?:title|aria-label|placeholder|alt|data-title)=(?:"([^"]*)|([^\s">]+))|>([^<>]+)<', shown
        )
        found |= {html.unescape(text).strip() for each in texts for text in each if text.strip()}
    return found


@pytest.mark.parametrize("script", sorted(SCRIPTS_OF_THEME.glob("*.js")), ids=lambda file: file.name)
def test_no_script_says_words_of_its_own(script: Path) -> None:
    told = r"(?:textContent|innerText|ariaLabel|title|placeholder|alt)\s*=\s*[\"'`][^\"'`]*[A-Za-z]{2}"
    assert re.findall(told, script.read_text("utf-8")) == []
