"""What a reviewer is told of a change to the pages."""

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from notebinder.hosting.changes.compare import Changes, compare
from notebinder.hosting.changes.export import read_export
from notebinder.hosting.changes.markdown import as_code, changes_markdown

NOTE = "notes/AWS.md"


def a_page(title, body, note=NOTE):
    return f"---\ntitle: {title}\nsource: {note}\n---\n\n# {title} {{ data-generated }}\n\n{body}\n"


def a_figure(name, src):
    return f'<figure class="nb-figure">\n<img src="{src}" alt="x" data-source="{name}">\n</figure>'


def placeholder(name):
    return (
        f'<figure class="nb-figure nb-placeholder" data-source="{name}">\n'
        '<figcaption class="nb-placeholder-plate" data-generated data-search-exclude>\n'
        "<code>assets</code>\n</figcaption>\n</figure>"
    )


@pytest.fixture
def export(tmp_path):
    """Write an exported folder and read it."""
    folders = iter(range(10))

    def write(files, problems=None):
        folder = tmp_path / str(next(folders))
        for path, content in files.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
        report = tmp_path / f"{folder.name}.json"
        if problems is not None:
            report.write_text(json.dumps({"problems": problems}))
        return read_export(folder, report)

    return write


def said(old, new, address=""):
    return changes_markdown(compare(old, new), address)


def test_page_is_read_as_its_reader_sees_it(export):
    """What the site adds is not counted; code, links and entities are read as they are shown."""
    body = """\
## Proxy { #proxy }

See [Multi-AZ](../multi-az.md#why) and [AWS](https://aws.example/).

R&#38;D `<b data-generated>` ends

```html
# no heading <div data-generated>
```

## Screenshot, 17:59 { #shot data-generated }

<p class="nb-source" data-generated>From the note <a href="../">AWS</a></p>"""
    export = export({"topics/rds/index.md": a_page("RDS &amp; more", body)})
    (page,) = export.pages.values()
    assert (page.address, page.title, page.note) == ("topics/rds/", "RDS & more", NOTE)
    assert page.lines == (
        "RDS & more",
        "Proxy",
        "See Multi-AZ and [AWS](https://aws.example/).",
        "R&D `<b data-generated>` ends",
        "```html",
        "# no heading <div data-generated>",
        "```",
        "Screenshot, 17:59",
    )
    assert page.headings == ("Proxy",)


def test_pages_added_changed_and_removed(export):
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


def test_moved_pages_with_and_without_redirect(export):
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


def test_parts_under_another_topic(export):
    """A part is a picture or a section under a heading of the author's."""
    shot, text = placeholder("Pasted image 1.png"), "## Limits { #limits }\n\nTwo."
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
- `Limits`: also under `Proxy`
"""
    )


def test_part_of_a_moved_page_has_not_moved(export):
    old = export({"a/rds.md": a_page("RDS", placeholder("1.png"))})
    new = export({"b/rds.md": a_page("RDS", placeholder("1.png"))})
    assert compare(old, new).parts == ()


def test_screenshots_added_replaced_and_removed(export):
    """A placeholder that becomes a picture is a screenshot added."""

    def files(*pictures):
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


def test_picture_outside_the_folder_is_not_read(export):
    """A stranger's page cannot show a file of the machine."""
    page = a_figure("1.png", "../../../../etc/passwd") + a_figure("2.png", "https://example.org/2.png")
    export = export({"rds.md": a_page("RDS", page)})
    assert [figure.file for figure in export.pages["rds/"].figures] == [None, None]


def test_problems_new_and_mended(export):
    """A problem on another line is the same problem."""

    def problem(line, message):
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


def test_no_change_is_one_line(export):
    """What only the machine sees, as a description or the target of a link, is no change."""
    old = export({"rds.md": a_page("RDS", "See [Proxy](./proxy.md).")})
    new = export({"rds.md": a_page("RDS", "See [Proxy](../x/proxy.md).").replace("---\n\n", "x: y\n---\n\n")})
    assert said(old, new) == "This pull request changes no page.\n"
    assert changes_markdown(Changes()) == "This pull request changes no page.\n"


@pytest.mark.parametrize(
    "report", ["no JSON", "[]", '{"problems": [1]}', '{"problems": {"a": 1}}', "[" * 9999]
)
def test_report_that_cannot_be_read_tells_no_problems(tmp_path, report):
    """It may be a stranger's."""
    file = tmp_path / "report.json"
    file.write_text(report)
    assert read_export(tmp_path, file).problems == frozenset()


@pytest.mark.parametrize(
    "front_matter", ["title: [", "[" * 5000, "title: &a [*a]", "- 1", "title: 2024-99-99", "1: 2", "title: 1"]
)
def test_front_matter_that_cannot_be_read_gives_no_title(export, front_matter):
    """The page is called after its file."""
    export = export({"rds.md": f"---\n{front_matter}\n---\n\ntext\n"})
    assert [page.title for page in export.pages.values()] == ["rds"]


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
def test_texts_of_notes_are_only_ever_code(text, code):
    """Nothing in them becomes markup, a mention, a link or a second line."""
    assert as_code(text) == code


@given(st.text(alphabet=st.sampled_from("`*_[]()<>!#@&;|\\~ \n\r\tab\u2028\u202e\x00")) | st.text())
def test_any_text_is_one_code_span(text):
    """As CommonMark reads it."""
    (line,) = MarkdownIt().parseInline(f"x {as_code(text)} y")
    assert [token.type for token in line.children] == ["text", "code_inline", "text"]


def test_hostile_title_stays_in_its_code_span(export):
    """Also within a link's text, and its address is quoted."""
    title = "a](https://evil.example) ` <img src=x onerror=alert(1)> @me"
    old = export({})
    new = export({"a) [b](c).md": "---\ntitle: '" + title + "'\n---\n\nx\n"})
    assert "- [``" + title + "``](https://p/a%29%20%5Bb%5D%28c%29/), 1 word" in said(old, new, "https://p/")


def test_long_lists_are_cut(export):
    """A comment may have 65,536 characters."""
    new = export(
        {f"page{number}.md": a_page(f"Page {number} {'x' * 300}", "Text.") for number in range(2000)}
    )
    text = said(export({}), new, "https://example.org/" + "x" * 100 + "/")
    assert "2000 pages added" in text
    assert "- … and 1975 more" in text
    assert len(text) < 65_536


BITS = [
    "<![",
    "<!",
    "<?",
    "</",
    "<a ",
    "<script>",
    "</b",
    ">",
    "]]",
    "-->",
    "&#",
    "&lt",
    "```",
    "---\n",
    "# ",
    "\n",
]


@given(st.lists(st.sampled_from(BITS) | st.text(max_size=5), max_size=12).map("".join))
def test_any_text_is_a_page(text):
    """A stranger's page, or an author's, stops nothing."""
    with tempfile.TemporaryDirectory() as work:
        Path(work, "a.md").write_text(text, encoding="utf-8", errors="surrogatepass")
        assert read_export(Path(work)).pages.keys() == {"a/"}


def test_hostile_page_takes_no_time(export):
    """Backticks, fences and brackets without end are read in one go."""
    texts = ["`" * 400_000, "```\n~~~\n" * 50_000, "[" * 400_000, "# " + " " * 400_000 + "x", "{" * 400_000]
    old, new = (export({f"{n}.md": text + end for n, text in enumerate(texts)}) for end in ("", "x"))
    compare(old, new)
