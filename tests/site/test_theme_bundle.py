"""One file in place of many: nothing is lost, the order stands, and the name tells the content."""

from __future__ import annotations

from pathlib import Path

from notebinder.site.theme_bundle import (
    bundled_head_scripts,
    bundled_scripts,
    bundled_styles,
    lean_script,
    single_scripts,
)
from notebinder.site.whole_site import THEME

FILES = {
    "assets/notebinder/print.css": "b { color: black }\n",
    "assets/notebinder/fonts.css": "b { font: serif }\n",
    "assets/stylesheets/main.0a1b2c3d.min.css": "b{color:red}/*# sourceMappingURL=main.css.map */",
    "assets/stylesheets/main.0a1b2c3d.min.css.map": "{}",
    "assets/notebinder/external.js": "/* Where links lead. */\nexternal( 1 );  // away\n",
    "assets/notebinder/access.js": "access();\n",
    "img/own.css": "b { color: blue }\n",
}


def test_styles_are_joined_in_order_and_those_for_paper_stay_for_paper() -> None:
    bundle = bundled_styles(FILES, FILES.__getitem__)
    assert bundle.content.decode() == ("b{color:red}\nb{font:serif}\n@media print {\nb{color:black}}\n")
    assert bundle.replaces == (
        "assets/stylesheets/main.0a1b2c3d.min.css",
        "assets/notebinder/fonts.css",
        "assets/notebinder/print.css",
        "assets/stylesheets/main.0a1b2c3d.min.css.map",
    )


def test_scripts_are_joined_in_order() -> None:
    bundle = bundled_scripts(FILES, FILES.__getitem__)
    assert bundle.content == b"access();\nexternal(1);"
    assert bundle.replaces == ("assets/notebinder/access.js", "assets/notebinder/external.js")


def test_what_is_written_in_quotes_stays() -> None:
    assert lean_script("a = `b  // ${ c }`  + /[/*]  d/ // e") == "a=`b  // ${ c }`+/[/*]  d/"


def test_the_name_changes_with_the_content_alone() -> None:
    changed = FILES | {"assets/notebinder/access.js": "other();\n"}
    assert bundled_scripts(FILES, FILES.__getitem__).path == "assets/notebinder/theme.90789ada.min.js"
    assert bundled_scripts(changed, changed.__getitem__).path != "assets/notebinder/theme.90789ada.min.js"
    assert bundled_styles(changed, changed.__getitem__) == bundled_styles(FILES, FILES.__getitem__)


def test_every_style_of_the_theme_is_joined() -> None:
    """And every script but those that a page runs in its midst, only sometimes, or in a worker."""
    folder = THEME / "material/assets/notebinder"
    paths = [f"assets/notebinder/{file.name}" for file in folder.iterdir() if file.suffix in (".css", ".js")]
    joined = {
        *bundled_styles(paths, lambda _: "").replaces,
        *bundled_head_scripts(paths, lambda _: "").replaces,
        *bundled_scripts(paths, lambda _: "").replaces,
    }
    alone = {Path(path).name for path in paths if path not in joined}
    parts = ("excerpt", "large", "marks", "pieces", "small", "strip", "words", "worker")
    searching = {f"search-{part}.js" for part in parts}
    drawing = {"map.js", "canvases.js", "panning.js"}
    assert alone == {"moved.js", "not-found.js", "palette-button.js", "tabs.js", *drawing, *searching}
    assert alone <= {Path(path).name for path in single_scripts(paths)}
