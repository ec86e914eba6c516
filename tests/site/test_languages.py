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

pytestmark = pytest.mark.whole

NOTES = {
    "A/b.md": "---\ntags: [x/y]\ncreated: 2024-05-02\na: 1\nb: 2\nc: true\nd: 4\n---\n"
    "[[c]] [[gone]] ![[gone.png]]\n\n![[gone.mp4]]\n\n![](https://x.y/z.png) n[^1]\n\n[^1]: f\n\n"
    "```query\nq\n```\n\n- [ ] t\n",
    "c.md": "[[b]]\n",
}


@pytest.fixture(scope="module", params=["de", "ar"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    folder = tmp_path_factory.mktemp("project")
    (folder / "docs").mkdir()
    for path, text in NOTES.items():
        (folder / "vault" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "vault" / path).write_text(text)
    config = {
        "INHERIT": str(THEME / "mkdocs.yml"),
        "site_name": "N",
        "theme": {"custom_dir": str(THEME / "material"), "language": request.param},
        "plugins": {"search": {}, "awesome-nav": {}, "notebinder": {"vault": "vault", "home": "N"}},
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config))
    done = commands.run("mkdocs", "build", "--quiet", cwd=folder)
    assert done.returncode == 0, done.stderr
    return request.param, folder / "site"


def test_no_english_word_of_ours_is_left(site: tuple[str, Path]) -> None:
    language, folder = site
    column = LANGUAGES.index(language)
    ours = {part for texts in (*MESSAGES.values(), *SCRIPTS.values()) for part in texts[0].split("|")}
    own = {part for texts in (*MESSAGES.values(), *SCRIPTS.values()) for part in texts[column].split("|")}
    found: set[str] = set()
    for file in folder.rglob("*.html"):
        shown = re.sub(r"<(script|style)\b.*?</\1>", "", file.read_text("utf-8"), flags=re.DOTALL)
        texts = re.findall(r'(?:title|aria-label|placeholder|data-title)="?([^">]*)|>([^<>]+)<', shown)
        found |= {html.unescape(text).strip() for pair in texts for text in pair}
    patterns = [re.compile(re.sub(r"\\{\w*\\}", ".+", re.escape(text))) for text in ours - own]
    assert {text for text in found if any(pattern.fullmatch(text) for pattern in patterns)} == set()
    assert MESSAGES["linked from"][column] in found
    assert "Jump back" not in " ".join(found)
