"""What a reviewer is told of a change to the pages."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from notebinder.hosting.changes.compare import ExportChanges, compare_exports
from notebinder.hosting.changes.export import Export, read_export
from notebinder.hosting.changes.markdown import as_code, changes_markdown
from notebinder.hosting.changes.page import changes_page
from notebinder.site.headers import REPORT
from tests.support.exports import write_export

WriteExport = Callable[..., Export]
NOTE = "notes/AWS.md"


def a_page(title: str, body: str, note: str = NOTE) -> str:
    return f"---\ntitle: {title}\nsource: {note}\n---\n\n# {title} {{ data-generated }}\n\n{body}\n"


def a_figure(name: str, src: str) -> str:
    return f'<figure class="nb-figure">\n<img src="{src}" alt="x" data-source="{name}">\n</figure>'


def placeholder(name: str) -> str:
    return (
        f'<figure class="nb-figure nb-placeholder" data-source="{name}">\n'
        '<figcaption class="nb-placeholder-plate" data-generated data-search-exclude>\n'
        "<code>assets</code>\n</figcaption>\n</figure>"
    )


def known(export: Export | None) -> Export:
    assert export
    return export


@pytest.fixture
def export(tmp_path: Path) -> WriteExport:
    """Write an exported folder and read it."""
    folders = iter(range(10))

    def write(files: Mapping[str, str | bytes], problems: Sequence[Mapping[str, object]] = ()) -> Export:
        return known(read_export(write_export(tmp_path / str(next(folders)), files, problems)))

    return write


def said(old: Export, new: Export, address: str = "") -> str:
    return changes_markdown(compare_exports(old, new), address)


def test_pages_added_changed_and_removed(export: WriteExport) -> None:
    """Each list names its pages, with their words, and leads into the preview."""
    old = export(
        {"rds.md": a_page("RDS", "Standby copies."), "old.md": a_page("Old", "Nobody reads this page.")}
    )
    new = export(
        {"rds.md": a_page("RDS", "Readable standby copies."), "new.md": a_page("New (1)", "Something else.")}
    )
    assert (
        said(old, new, "https://example.org/pr-preview/pr-3/")
        == """\
### What this pull request changes

[Preview](https://example.org/pr-preview/pr-3/) · \
[text and pictures side by side](https://example.org/pr-preview/pr-3/pr-changes/)

1 page added, 1 page changed, 1 page removed. 8 words before, 8 after.

**Pages added**

- [`New (1)`](https://example.org/pr-preview/pr-3/new/), 4 words

**Pages changed**

- [`RDS`](https://example.org/pr-preview/pr-3/rds/), 3 → 4 words

**Pages removed**

- `Old` at `old/` ⚠️ **without a redirect: links to it break.** `notebinder redirects` proposes one.
"""
    )


def test_moved_pages_with_and_without_redirect(export: WriteExport) -> None:
    """A page is the same page if it is the same topic of the same note, or most of it is the same."""
    lines = "\n".join(f"- line {number}" for number in range(10))
    old = export({"a/rds.md": a_page("RDS", "Text."), "b/aurora.md": a_page("Aurora", lines)})
    new = export(
        {
            "x/rds.md": a_page("RDS", "Other text."),
            "x/serverless.md": a_page("Serverless", lines, note="notes/Other.md"),
            "a/rds/index.html": "<!doctype html>",
        }
    )
    assert (
        said(old, new)
        == """\
### What this pull request changes

2 pages moved. 23 words before, 24 after.

**Pages moved**

- `a/rds/` → `RDS`, with a redirect
- `b/aurora/` → `Serverless` ⚠️ **without a redirect: links to it break.** \
`notebinder redirects` proposes one.
"""
    )


def test_parts_under_another_topic(export: WriteExport) -> None:
    """A part is a picture or a section under a heading of the author's."""
    shot, text = placeholder("Pasted image 1.png"), "## ArtefactLimits { #limits }\n\nTwo."
    old = export(
        {
            "rds.md": a_page("RDS", f"{shot}\n\n{text}\n\n{placeholder('2.png')}"),
            "proxy.md": a_page("Proxy", "About it."),
        }
    )
    new = export(
        {
            "rds.md": a_page("RDS", f"{text}\n\nx"),
            "proxy.md": a_page("Proxy", f"About it.\n\n{shot}\n\n{text}\n\n{placeholder('2.png')}"),
        }
    )
    assert (
        said(old, new).partition("**Parts under another topic**\n\n")[2]
        == """\
- `Pasted image 1.png`: from `RDS` to `Proxy`
- `2.png`: from `RDS` to `Proxy`
- `ArtefactLimits`: also under `Proxy`
"""
    )


def test_part_of_a_moved_page_has_not_moved(export: WriteExport) -> None:
    old = export({"a/rds.md": a_page("RDS", placeholder("1.png"))})
    new = export({"b/rds.md": a_page("RDS", placeholder("1.png"))})
    assert compare_exports(old, new).parts == ()


def test_screenshots_added_replaced_and_removed(export: WriteExport) -> None:
    """A placeholder that becomes a picture is a screenshot added."""

    def files(*pictures: tuple[str, bytes]) -> dict[str, bytes | str]:
        page = "\n\n".join(
            a_figure(name, f"../media/{content.decode()}.png") if content else placeholder(name)
            for name, content in pictures
        )
        media = {f"media/{content.decode()}.png": content for _, content in pictures if content}
        return {"rds.md": a_page("RDS", page), **media}

    old = export(files(("1.png", b""), ("2.png", b"two"), ("3.png", b"three"), ("4.png", b"four")))
    new = export(files(("1.png", b"one"), ("2.png", b"2"), ("3.png", b"three"), ("5.png", b"five")))
    assert (
        said(old, new)
        == """\
### What this pull request changes

1 page changed, 2 screenshots added, 1 screenshot replaced, 1 screenshot removed. \
1 word before, 1 after.

**Pages changed**

- `RDS`, 1 word

**Screenshots added**

- `1.png` on `RDS`
- `5.png` on `RDS`

**Screenshots replaced**

- `2.png` on `RDS`

**Screenshots removed**

- `4.png`
"""
    )


def test_picture_outside_the_folder_is_not_read(export: WriteExport) -> None:
    """A stranger's page cannot show a file of the machine."""
    page = a_figure("1.png", "../../../../etc/passwd") + a_figure("2.png", "https://example.org/2.png")
    shown = export({"rds.md": a_page("RDS", page)})
    assert [figure.file for figure in shown.pages["rds/"].figures] == [None, None]


def test_problems_new_and_mended(export: WriteExport) -> None:
    """A problem on another line is the same problem."""

    def problem(line: int, message: str) -> dict[str, int | str]:
        return {
            "path": NOTE,
            "line": line,
            "severity": "warning",
            "code": "missing-note",
            "message": message,
            "hint": "",
        }

    page = {"rds.md": a_page("RDS", "Text.")}
    old = export(page, [problem(3, "[[A]] matches no note"), problem(9, "[[B]] matches no note")])
    new = export(page, [problem(4, "[[A]] matches no note"), problem(9, "[[C]] matches no note")])
    assert (
        said(old, new, "https://example.org/")
        == """\
This pull request changes no page ([preview](https://example.org/)).

**New problems**

- `notes/AWS.md: warning[missing-note] [[C]] matches no note`

**Problems mended**

- `notes/AWS.md: warning[missing-note] [[B]] matches no note`
"""
    )


def test_no_change_is_one_line(export: WriteExport) -> None:
    """What only the machine sees, as a description or the target of a link, is no change."""
    old = export({"rds.md": a_page("RDS", "See [Proxy](./proxy.md).")})
    new = export({"rds.md": a_page("RDS", "See [Proxy](../x/proxy.md).").replace("---\n\n", "x: y\n---\n\n")})
    assert said(old, new) == "This pull request changes no page.\n"
    assert changes_markdown(ExportChanges()) == "This pull request changes no page.\n"


PAGE = {"path": "a.md", "title": "A", "note": "", "text": "one\ntwo", "headings": [], "figures": []}
PROBLEM = {"path": "a.md", "line": 1, "code": "x", "severity": "error", "message": "y"}


@pytest.mark.parametrize(
    "report",
    [
        "no JSON",
        "[]",
        "{}",
        '{"problems": [1], "pages": []}',
        '{"problems": {"a": 1}, "pages": []}',
        '{"problems": [], "pages": {}}',
        "[" * 9999,
        '{"x": ' + "[" * 99_999,
        b"\xff",
        '"\\ud800"',
        *(json.dumps({"problems": [], "pages": [PAGE | {key: 1}]}) for key in PAGE),
        *(
            json.dumps({"problems": [PROBLEM | {key: []}], "pages": []})
            for key in PROBLEM.keys() - {"line", "hint"}
        ),
        json.dumps({"problems": [], "pages": [PAGE | {"figures": [{"name": "x", "file": None}]}]}),
    ],
)
def test_report_that_cannot_be_read_is_no_export(tmp_path: Path, report: bytes | str) -> None:
    """It may be a stranger's."""
    (tmp_path / "a.md").touch()
    file = tmp_path / REPORT
    file.write_text(json.dumps({"problems": [PROBLEM], "pages": [PAGE]}))
    assert known(read_export(tmp_path)).pages.keys() == {"a/"}
    file.write_bytes(report if isinstance(report, bytes) else report.encode())
    assert read_export(tmp_path) is None


def test_report_of_any_size_is_not_read(tmp_path: Path) -> None:
    assert read_export(tmp_path) is None
    report = b'{"problems": [], "pages": []}'.ljust(64_000_000)
    (tmp_path / REPORT).write_bytes(report)
    assert read_export(tmp_path) is not None
    (tmp_path / REPORT).write_bytes(report + b" ")
    assert read_export(tmp_path) is None


def test_title_of_any_length_is_cut(tmp_path: Path) -> None:
    (tmp_path / "a.md").touch()
    (tmp_path / REPORT).write_text(json.dumps({"problems": [], "pages": [PAGE | {"title": "x" * 9999}]}))
    assert known(read_export(tmp_path)).pages["a/"].title == "x" * 500


def test_page_that_took_the_place_of_a_redirect_is_none(export: WriteExport) -> None:
    there = export({"a.md": "A", "a/index.html": "<!doctype html>", "b/index.html": "<!doctype html>"})
    assert there.redirects == {"b/"}


def test_page_is_the_same_page_if_most_of_it_is(export: WriteExport) -> None:
    """Six of ten lines of both together make it so, and five do not."""
    old = export({"a.md": a_page("A", "\n".join("stuvwxyz"), note="")})
    for lines, is_moved in (("stuvwx12", True), ("stuvw123", False)):
        new = export({"b.md": a_page("B", "\n".join(lines), note="")})
        assert bool(compare_exports(old, new).moved) == is_moved


def test_report_names_nothing_but_files_of_its_folder(tmp_path: Path) -> None:
    """Neither pages nor pictures: the comment links to pages, and pictures are copied beside the site."""
    (tmp_path / "secret.png").touch()
    names = ["../secret.png", str(tmp_path / "secret.png"), ".", "", "media", "media/1.png"]
    figures = [{"name": "1.png", "file": name} for name in names]
    paths = ["a.md", "b.md", "../export/a.md", "/a.md", "media/1.png"]
    pages = [PAGE | {"path": path, "figures": figures} for path in paths]
    folder = write_export(tmp_path / "export", {"a.md": "", "media/1.png": b"x"})
    (folder / REPORT).write_text(json.dumps({"problems": [], "pages": pages}))
    export = known(read_export(folder))
    assert export.pages.keys() == {"a/"}
    files = [figure.file for figure in export.pages["a/"].figures]
    assert files == [None] * 5 + [folder / "media/1.png"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("plain", "`plain`"),
        ("<script>alert(1)</script>", "`<script>alert(1)</script>`"),
        ("@everyone #12 [x](https://evil.example)", "`@everyone #12 [x](https://evil.example)`"),
        ("`", "`` ` ``"),
        ("a``b`c", "```a``b`c```"),
        ("two\nlines\r\n\n# three", "`two lines # three`"),
        ("a|b", "`a|b`"),
        ("", "`  `"),
        ("right\u202eto left\x00\u2028", "`right to left`"),
        ("x" * 300, f"`{'x' * 150}…`"),
    ],
)
def test_texts_of_notes_are_only_ever_code(text: str, code: str) -> None:
    """Nothing in them becomes markup, a mention, a link or a second line."""
    assert as_code(text) == code


@given(st.text(alphabet=st.sampled_from("`*_[]()<>!#@&;|\\~ \n\r\tab\u2028\u202e\x00")) | st.text())
def test_any_text_is_one_code_span(text: str) -> None:
    """As CommonMark reads it."""
    (line,) = MarkdownIt().parseInline(f"x {as_code(text)} y")
    assert [token.type for token in line.children or ()] == ["text", "code_inline", "text"]


def test_hostile_title_stays_in_its_code_span(export: WriteExport) -> None:
    """Also within a link's text, and its address is quoted."""
    title = "a](https://evil.example) ` <img src=x onerror=alert(1)> @me"
    old = export({})
    new = export({"a) [b](c).md": "---\ntitle: '" + title + "'\n---\n\nx\n"})
    assert "- [``" + title + "``](https://p/a%29%20%5Bb%5D%28c%29/), 1 word" in said(old, new, "https://p/")


def test_long_lists_are_cut(export: WriteExport) -> None:
    """A comment may have 65,536 characters."""
    new = export(
        {f"page{number}.md": a_page(f"Page {number} {'x' * 300}", "Text.") for number in range(2000)}
    )
    text = said(export({}), new, "https://example.org/" + "x" * 100 + "/")
    assert "2000 pages added" in text
    assert "- … and 1975 more" in text
    assert len(text) < 65_536


def test_hostile_page_takes_no_time(tmp_path: Path) -> None:
    """One line without end, very many lines, lines that are all alike, and a picture named ever again."""
    texts = ["x" * 400_000, "\n".join(map(str, range(60_000))), "a\n" * 200_000, "a b " * 100_000]
    exports = []
    for name in ("old", "new"):
        pages = {f"{name}/{number}.md": f"{text}{name}" for number, text in enumerate(texts * 5)}
        folder = write_export(tmp_path / name, {"1.png": b"x" * 1_000_000, **dict.fromkeys(pages, "")})
        rows = [
            PAGE | {"path": path, "text": text, "figures": [{"name": "1", "file": "1.png"}] * 100}
            for path, text in pages.items()
        ]
        (folder / REPORT).write_text(json.dumps({"problems": [], "pages": rows}))
        exports.append(folder)
    began = time.process_time()
    changes = compare_exports(*(known(read_export(export)) for export in exports))
    page = changes_page(changes)
    assert time.process_time() - began < 10
    assert len(changes.moved) == 20
    assert len(page) < 10_000_000
