"""The page "What this pull request changes"."""

import re
from pathlib import Path

from notebinder.hosting.changes.compare import ExportChanges, FigureChange, PageChange
from notebinder.hosting.changes.export import ExportedFigure, ExportedPage
from notebinder.hosting.changes.page import changes_page, write_changes_page
from notebinder.hosting.changes.text_diff import GAP, Piece, Row, side_by_side


def body(page: str) -> str:
    return page[page.index("<h1>") :]


def test_texts_stand_side_by_side() -> None:
    old = ExportedPage("rds/", "RDS", lines=("RDS", "Standby copies.", "The end."))
    new = ExportedPage("rds/", "RDS", lines=("RDS", "Readable standby copies.", "The end."))
    assert (
        body(changes_page(ExportChanges(changed=(PageChange(old, new),))))
        == """\
<h1>What this pull request changes</h1>
<section>
<h2><a href="../rds/">RDS</a></h2>
<p class="note">5 words before, 6 after.</p>
<table>
<tr><th scope="col">Before</th><th scope="col">After</th></tr>
<tr><td>RDS</td><td>RDS</td></tr>
<tr><td class=old><del>Standby</del> copies.</td>\
<td class=new><ins>Readable standby</ins> copies.</td></tr>
<tr><td>The end.</td><td>The end.</td></tr>
</table>
</section>
</body>
</html>
"""
    )


def test_pictures_stand_side_by_side_and_beside_the_page(tmp_path: Path) -> None:
    """They are copied, since the live site may have other ones by now."""
    old, new = tmp_path / "old.png", tmp_path / "new.PNG"
    old.write_bytes(b"old")
    new.write_bytes(b"new")
    page = ExportedPage("rds/", "RDS")
    change = FigureChange(page, ExportedFigure("1.png", old, "0a"), ExportedFigure("1.png", new, "0b"))
    stale = tmp_path / "site/pr-changes/evil.html"
    stale.parent.mkdir(parents=True)
    stale.touch()
    write_changes_page(ExportChanges(figures_replaced=(change,)), tmp_path / "site")
    files = {file.name: file.read_bytes() for file in (tmp_path / "site/pr-changes").iterdir()}
    html = files.pop("index.html").decode()
    assert b"<" not in files.pop("style.css")
    assert files == {"0a.png": b"old", "0b.png": b"new"}
    assert '<img src="0a.png" alt="1.png" loading="lazy">' in html
    assert '<img src="0b.png" alt="1.png" loading="lazy">' in html


def test_file_in_place_of_the_page_s_folder_is_removed(tmp_path: Path) -> None:
    """A stranger's site may have one."""
    stale = tmp_path / "site/pr-changes"
    stale.parent.mkdir()
    stale.touch()
    write_changes_page(ExportChanges(), tmp_path / "site")
    assert (stale / "index.html").is_file()


def test_file_that_a_browser_might_run_is_not_copied(tmp_path: Path) -> None:
    """An SVG opened by itself runs its scripts."""
    drawing = tmp_path / "drawing.svg"
    drawing.write_text("<svg onload='alert(1)'/>")
    change = FigureChange(ExportedPage("a/", "A"), None, ExportedFigure("drawing.svg", drawing, "0a"))
    write_changes_page(ExportChanges(figures_added=(change,)), tmp_path / "site")
    folder = tmp_path / "site/pr-changes"
    assert {file.name for file in folder.iterdir()} == {"index.html", "style.css"}
    assert "a file that is no picture" in (folder / "index.html").read_text()


def test_hostile_texts_stay_texts() -> None:
    """Titles, lines, names and addresses are a stranger's."""
    evil = "\"'><script>alert(1)</script>"
    page = ExportedPage(f"{evil}/", evil, lines=(evil, "x"))
    moved = ExportedPage("b/", evil, lines=(evil, "y"))
    figure = ExportedFigure(evil, None)
    html = changes_page(
        ExportChanges(
            changed=(PageChange(page, page),),
            moved=(PageChange(page, moved),),
            figures_added=(FigureChange(page, None, figure),),
        )
    )
    shown = "&quot;&#x27;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"
    assert html.count(f"<h2>{shown}</h2>") == 1
    assert html.count(f">{shown}</a></h2>") == 2
    assert html.count(f"<code>{shown}/</code>") == 1
    assert html.count(f"<td>{shown}</td>") == 2
    assert "<script" not in html
    assert re.findall(r'href="\.\./(.+)">', html) == ["%22%27%3E%3Cscript%3Ealert%281%29%3C/script%3E/", "b/"]


def test_page_loads_nothing_and_runs_nothing() -> None:
    """The pull request may have changed the theme, so nothing of it is used."""
    html = changes_page(ExportChanges())
    assert "default-src 'none'; img-src 'self' data:; style-src 'self'" in html
    assert 'name="robots" content="noindex"' in html
    assert re.findall(r"<link [^>]*>", html) == [
        '<link rel="icon" href="data:,">',
        '<link rel="stylesheet" href="style.css">',
    ]
    assert not re.search(r"<script|https?:", html)


def test_only_what_changed_and_its_surroundings_are_shown() -> None:
    old = [str(number) for number in range(20)]
    rows = side_by_side(old, [*old[:10], "new", *old[10:]])
    lines = [GAP if row is GAP else (row.left, row.right) for row in rows]
    same = [((Piece(text),), (Piece(text),)) for text in ("8", "9", "10", "11")]
    assert lines == [GAP, *same[:2], (None, (Piece("new", is_changed=True),)), *same[2:]]


def test_lines_that_have_little_in_common_are_marked_whole() -> None:
    (row,) = side_by_side(["An apple"], ["Something quite different here"])
    assert row == Row(
        (Piece("An apple", is_changed=True),), (Piece("Something quite different here", is_changed=True),)
    )


def test_same_texts_have_no_rows() -> None:
    assert side_by_side(["a", "b"], ["a", "b"]) == ()
