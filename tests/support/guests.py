"""A project with guests: analytics of Google, comments of giscus, and scripts of other hosts."""

from __future__ import annotations

from pathlib import Path

import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config

from notebinder.site.mkdocs_plugin import NotebinderPlugin
from notebinder.site.theme_place import CONFIGURATION

# As giscus and Material's documentation say.
GISCUS = """{% if page.meta.comments %}
  <h2 id="__comments">{{ lang.t("meta.comments") }}</h2>
  <script src="https://giscus.app/client.js" data-repo="a/b" crossorigin="anonymous" async></script>
  <script>
    var giscus = document.querySelector("script[src*=giscus]")
    giscus.dataset.theme = "https://giscus.app/light.css"
  </script>
{% endif %}
"""


def write_configuration(folder: Path, guests: list[str], **settings: object) -> None:
    """Write the `mkdocs.yml` of a project with analytics and templates of its author's."""
    config = {
        "INHERIT": CONFIGURATION,
        "site_name": "Site",
        "theme": {"custom_dir": "overrides"},
        "plugins": {"search": {}, "notebinder": {"vault": "vault", "pages": "topics", "guests": guests}},
        "extra": {"analytics": {"provider": "google", "property": "G-1"}},
        **settings,
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config), "utf-8")


def build_with_guests(folder: Path, guests: list[str], **settings: object) -> tuple[Path, list[str]]:
    """Build a project with analytics, comments of giscus, and a page by hand; return what was found."""
    write_configuration(folder, guests, **settings)
    loaded = load_config(str(folder / "mkdocs.yml"))
    plugin = loaded.plugins["notebinder"]
    assert isinstance(plugin, NotebinderPlugin)
    loaded.plugins.on_startup(command="build", dirty=False)
    try:
        build(loaded)
    finally:
        loaded.plugins.on_shutdown()
    return folder / "site", [str(problem) for problem in plugin.conversion.built.problems]


def write_project(folder: Path) -> Path:
    """Write a vault and templates of its author's."""
    files = {
        "vault/Note.md": "---\ncomments: true\n---\ntext <script>go()</script>\n",
        "vault/Other.md": "text\n",
        "docs/index.md": '# Home\n\n<script src="https://c.io/x.js"></script>\n',
        "docs/own.js": 'self.fetch("https://d.io/count")\n',
        "overrides/partials/comments.html": GISCUS,
    }
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder
