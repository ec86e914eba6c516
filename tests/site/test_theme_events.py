"""What the theme does to templates: fewer bytes, the same page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from jinja2 import DictLoader, Environment
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from notebinder.site.theme_events import LeanTemplates
from notebinder.site.whole_site import THEME, WholeSite, build_site
from tests.support import commands

CODE = "<pre>\n    def a():\n\n        return 1\n</pre>"


def lean(template: str, **context: object) -> str:
    environment = Environment(loader=DictLoader({"page": template}), extensions=[LeanTemplates])
    return environment.get_template("page").render(context)


@pytest.mark.parametrize(
    ("template", "page"),
    [
        ("<ul>\n    <li>\n      A\n    </li>\n</ul>", "<ul>\n<li>\nA\n</li>\n</ul>"),
        ("<p>\n  {% if yes %}\n    A\n  {% endif %}\n</p>", "<p>\nA\n</p>"),
        ("A\n\n\n  B", "A\nB"),
        ("A {% if yes %}B{% endif %}\nC", "A B\nC"),
        ("<a>A</a>{% if yes %}.{% endif %}\n<a>B</a>", "<a>A</a>.\n<a>B</a>"),
    ],
)
def test_indentation_and_lines_of_tags_leave_nothing_behind(template: str, page: str) -> None:
    """But a space or line end between two words stays one."""
    assert lean(template, yes=True) == page


def test_what_a_page_holds_is_not_touched() -> None:
    assert lean("<div>\n    {{ content }}\n</div>", content=CODE) == f"<div>\n{CODE}\n</div>"


def test_a_page_begins_with_the_picture_that_a_reader_waits_for(tmp_path: Path) -> None:
    """Its head names the first image that has renditions to choose from, or just the one; no other."""
    vault, site = tmp_path / "Vault", tmp_path / "site"
    vault.mkdir()
    (vault / "Wide.md").write_text("![[wide.png]]\n\n![[small.png]]\n")
    (vault / "Small.md").write_text("![[small.png]]\n\n![[wide.png]]\n")
    (vault / "None.md").write_text("Text, and ![[missing.png]]\n")
    for name, width in (("wide", 1000), ("small", 100)):
        Image.new("RGB", (width, 100), "navy").save(vault / f"{name}.png")
    build_site(WholeSite(vault, site))
    wide, small, none = (pictures_of(site / page) for page in ("wide", "small", "none"))
    assert wide["preload"] == wide["img"]
    assert [set(picture) for picture in wide["preload"]] == [{"href", "imagesrcset", "imagesizes"}]
    assert [set(picture) for picture in small["preload"]] == [{"href"}]
    assert small["preload"] == small["img"]
    assert none == {"preload": [], "img": []}


def pictures_of(page: Path) -> dict[str, list[dict[str, str | None]]]:
    """What a page loads first: the images that its head names, and its first image."""
    names = {"src": "href", "srcset": "imagesrcset", "sizes": "imagesizes"}
    tree = LexborHTMLParser((page / "index.html").read_text("utf-8"))
    told = [link.attributes for link in tree.css("head link[rel=preload][as=image]")]
    shown = [
        {names.get(name, name): value for name, value in image.attributes.items()}
        for image in tree.css("article img")[:1]
    ]
    kept = names.values()
    return {
        kind: [{name: value for name, value in values.items() if name in kept} for values in found]
        for kind, found in (("preload", told), ("img", shown))
    }


def test_site_of_any_vault_fetches_its_sections(tmp_path: Path) -> None:
    """A page names the list of a closed section, and the list leads to the section's pages from the root."""
    vault, site = tmp_path / "Vault", tmp_path / "site"
    (vault / "Animals").mkdir(parents=True)
    (vault / "Animals/Fox.md").write_text("Text.\n")
    (vault / "Start.md").write_text("Text.\n")
    build_site(WholeSite(vault, site))
    page = (site / "start/index.html").read_text("utf-8")
    _, _, behind = page.partition('data-nb-section="')
    entries = json.loads((site / f"assets/navigation/{behind[:12]}.json").read_text("utf-8"))
    assert 'href="../animals/fox/"' in page
    assert entries == (
        '<li class="md-nav__item"><a href="animals/fox/" class="md-nav__link">'
        '<span class="md-ellipsis">Fox</span></a></li>'
    )


def test_what_a_page_leaves_empty_is_not_shown_in_the_navigation(tmp_path: Path) -> None:
    docs, site = tmp_path / "docs", tmp_path / "site"
    docs.mkdir()
    (tmp_path / "notes").mkdir()
    (docs / "index.md").write_text("# Home\n\nText.\n")
    (docs / "other.md").write_text("---\nicon:\nsubtitle:\nstatus:\n---\n\n# Other\n\nText.\n")
    config = {
        "INHERIT": str(THEME / "mkdocs.yml"),
        "site_name": "Notes",
        "site_dir": str(site),
        "theme": {"custom_dir": str(THEME / "material")},
        "plugins": {"search": {}, "notebinder": {"notes": "notes"}},
    }
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump(config))
    done = commands.run("mkdocs", "build", "--quiet", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    html = LexborHTMLParser((site / "index.html").read_text("utf-8"))
    entries = [link.text(strip=True) for link in html.css(".md-sidebar--primary .md-nav__link")]
    assert "Other" in entries
    assert not html.css(".md-sidebar--primary .md-status, .md-sidebar--primary small")
