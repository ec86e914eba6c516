"""Rules of what the report says of a page: what its reader sees, and nothing that the site adds."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notebinder.build.shown_text import ShownFigure, shown_page, shown_pages

HEAD = "---\ntitle: RDS &amp; more\nsource: notes/AWS.md\n---\n\n# RDS &amp; more { data-generated }\n\n"


def test_page_is_read_as_its_reader_sees_it() -> None:
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
    page = shown_page("topics/rds/index.md", HEAD + body)
    assert (page.title, page.note) == ("RDS & more", "notes/AWS.md")
    assert page.text.split("\n") == [
        "RDS & more",
        "Proxy",
        "See Multi-AZ and [AWS](https://aws.example/).",
        "R&D `<b data-generated>` ends",
        "```html",
        "# no heading <div data-generated>",
        "```",
        "Screenshot, 17:59",
    ]
    assert page.headings == ("Proxy",)


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("# A", "A"),
        ("###### A  ", "A"),
        ("## A { #a }", "A"),
        ("## A {b} { #a }", "A {b}"),
        ("## A } b", "A } b"),
        ("## A}", "A}"),
        ("## <mark>A</mark> `<b>`", "A `<b>`"),
        ('<h3 class="a">A <b>b</b></h3>', "A b"),
        ("#A", None),
        ("####### A", None),
        (" # A", None),
        ("<div data-generated><h2>A</h2></div>", None),
    ],
)
def test_headings_are_the_author_s_own(line: str, heading: str | None) -> None:
    assert shown_page("a.md", line).headings == ((heading,) if heading else ())


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("```<b>\n<i>\n```\n<u>x</u>", "```<b>\n<i>\n```\nx"),
        ("````\n```\n<b>\n````\n<i>x</i>", "````\n```\n<b>\n````\nx"),
        ("```\n~~~\n<b>\n```\n<i>x</i>", "```\n~~~\n<b>\n```\nx"),
        ("``a`<b>`` <i>x</i> `", "``a`<b>`` x `"),
        ("[a](./b.md) ![c](../d.png) [e](f.md) `[g](./h.md)`", "a c [e](f.md) `g`"),
        ("<p data-generated>a<br>b <i>c</i></p>x", "x"),
        ("<p data-generated>a <b data-generated>c</b> d</p>x", "x"),
        ('<img src="a.png" data-generated>x', "x"),
        ("<br/>x<hr />y", "xy"),
        ("a<!-- b -->c &amp; &lt;d", "ac & <d"),
        ("\n  a\n\n\tb  \n", "a\nb"),
    ],
)
def test_text_is_what_is_seen(markdown: str, text: str) -> None:
    assert shown_page("a.md", markdown).text == text


def test_line_ends_of_any_system_are_read() -> None:
    page = shown_page("a.md", "---\r\ntitle: A\r\nsource: n.md\r\n---\r\n# B\r\nc\r\n")
    assert (page.title, page.note, page.text, page.headings) == ("A", "n.md", "B\nc", ("B",))


def test_figures_are_named_with_their_files() -> None:
    """The address of a picture counts from the built page; a placeholder has none."""
    markdown = (
        '<figure><img src="../media/a%20b.webp" data-source="1.png"></figure>\n'
        '<figure data-source="2.png"><figcaption data-generated>words</figcaption></figure>\n'
        '<img src="../own.png">\n'
        '<video src="../media/c.mp4" data-source="3.mp4"></video><img src="d.webp" data-source="4.png"/>'
    )
    page = shown_page("rds.md", markdown)
    assert page.figures == (
        ShownFigure("1.png", "media/a b.webp"),
        ShownFigure("2.png", ""),
        ShownFigure("3.mp4", ""),
        ShownFigure("4.png", "rds/d.webp"),
    )
    assert page.text == ""


@pytest.mark.parametrize(
    "front_matter", ["title: [", "[" * 5000, "title: &a [*a]", "- 1", "1: 2", "title: 1"]
)
def test_front_matter_that_cannot_be_read_gives_no_title(front_matter: str) -> None:
    """The page is called after its file."""
    assert shown_page("aws/rds.md", f"---\n{front_matter}\n---\n\ntext\n").title == "rds"


def test_only_pages_are_read() -> None:
    files = {"b.md": b"\xff\r\nB", "a.md": b"A", "media/c.webp": b"C", "old/index.html": b"D"}
    assert [(page.path, page.text) for page in shown_pages(files)] == [("a.md", "A"), ("b.md", "\ufffd\nB")]


BITS = [
    "<![",
    "<!",
    "<?",
    "</",
    "<a ",
    "<h2>",
    "</h2>",
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
    "{",
    "}",
    "\n",
]


@given(st.lists(st.sampled_from(BITS) | st.text(max_size=5), max_size=12).map("".join))
def test_any_text_is_a_page(text: str) -> None:
    """Nothing that an author writes by hand stops the report."""
    assert shown_page("a.md", text).path == "a.md"


@pytest.mark.parametrize(
    "text",
    [
        "`" * 400_000,
        "```\n~~~\n" * 50_000,
        "[" * 400_000,
        "# " + " " * 400_000 + "x",
        "# " + "{" * 400_000 + "}",
        "</h2>" * 80_000,
        "<h2>" * 80_000,
    ],
    ids=lambda text: text[:5],
)
def test_no_page_takes_long_to_read(text: str) -> None:
    """Backticks, fences and brackets without end are read in one go."""
    began = time.process_time()
    shown_page("a.md", text)
    assert time.process_time() - began < 5
