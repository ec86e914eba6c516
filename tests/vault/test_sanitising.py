"""HTML of authors: what is left of it, tag by tag and style by style."""

import pytest

from notebinder.base.escaping import template_text
from notebinder.pages.languages import Language, note_language
from notebinder.vault.model import Note
from notebinder.vault.syntax.html_losses import html_losses
from notebinder.vault.syntax.html_rules import known_elements
from notebinder.vault.syntax.sanitising import is_own_identifier, own_classes, own_style
from notebinder.vault.syntax.schemes import is_allowed, is_picture, scheme_of
from notebinder.vault.syntax.tags import clean_html, clean_tag, is_one_element

SCHEMES = frozenset(["mailto", "obsidian"])


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<b onclick=x>a", "<b>a</b>"),
        ('<a href="javascript:x">a</a>', "<a>a</a>"),
        ('<a href="&#x6A;ava\nscript:x">a</a>', "<a>a</a>"),
        ('<a href=" \x01javascript:x">a</a>', "<a>a</a>"),
        ('<a href="data:text/html,x">a</a>', "<a>a</a>"),
        ('<img src="data:image/png;base64,AA==">', '<img src="data:image/png;base64,AA==">'),
        ('<img src="data:text/html,x">', "<img>"),
        ('<a href="mailto:a@b.c">a</a>', '<a href="mailto:a@b.c">a</a>'),
        ('<a href="zotero:x">a</a>', "<a>a</a>"),
        ("<form action=https://x.y><input name=q><b>a</b></form>", "<b>a</b>"),
        ('<meta http-equiv="refresh" content="0;url=https://x.y"><base href="//x.y/">a', "a"),
        ("<style>*{display:none}</style><link rel=stylesheet href=//x.y>a", "a"),
        ("<object data=x.html>a</object><embed src=x.swf>b", "b"),
        ("<svg><style><img src=x onerror=y></style><path d=M0 /></svg>", '<svg><path d="M0"></path></svg>'),
        ("<svg><a xlink:href=javascript:x><text>a</text></a></svg>", "<svg><a><text>a</text></a></svg>"),
        ('<math><mtext><img src=x onerror="y">', '<img src="x">'),
        ("<p>a<td>b</td>", "<p>ab</p>"),
        ("a < b <Note> &lt;b&gt;", "a &lt; b &lt;Note&gt; &lt;b&gt;"),
        ('<label for="__drawer" data-md-toggle="drawer">a</label>', "<label>a</label>"),
        (
            '<p title="</p><script>x</script>">a</p>',
            '<p title="&lt;/p&gt;&lt;script&gt;x&lt;/script&gt;">a</p>',
        ),
    ],
)
def test_html_keeps_what_shows_something_and_runs_nothing(html: str, clean: str) -> None:
    assert clean_html(html, SCHEMES) == clean


@pytest.mark.parametrize(
    ("tag", "clean"),
    [
        ("<td onclick=x colspan=2>", '<td colspan="2">'),
        ("<tr>", "<tr>"),
        ("</td>", "</td>"),
        ("<BR/>", "<br>"),
        ("<path d='M0'/>", '<path d="M0"></path>'),
        ("<iframe src=//x.y>", '<iframe src="//x.y"></iframe>'),
        ("</iframe>", ""),
        ("<script>", ""),
        ("</form>", ""),
        ("<input type=text>", ""),
        ("<input type=CHECKBOX>", '<input type="checkbox">'),
    ],
)
def test_a_tag_alone_is_cleaned_where_it_would_stand(tag: str, clean: str) -> None:
    assert clean_tag(tag, SCHEMES) == clean


@pytest.mark.parametrize(
    ("style", "left"),
    [
        ("color: red; text-align: center", "color: red; text-align: center"),
        ("position: fixed", ""),
        ("z-index: 9; inset: 0; transform: scale(99); filter: blur(9px)", ""),
        ("background: url(https://x.y)", ""),
        ("background: \\75rl(x)", ""),
        ("color: var(--x); --md-x: y", ""),
        ("width: 300px", "width: 300px; max-width: 100%"),
        ("Width: 50%; max-width: 20em", "width: 50%; max-width: 20em"),
        ("color: red; color: oklch(50% 0.1 30)", "color: red; color: oklch(50% 0.1 30)"),
        ("margin-left: -400px; padding: 4px 8px", "padding: 4px 8px"),
        ("text-indent: -.5em; letter-spacing:-1px; margin: 0 -9px", ""),
        ("font-family: A-1; width: 33.33333%", "font-family: A-1; width: 33.33333%; max-width: 100%"),
        ("grid-template-columns: repeat(99999, 1px); color: #12345678", "color: #12345678"),
        ("background: linear-gradient(rgb(1 2 3), #abc)", "background: linear-gradient(rgb(1 2 3), #abc)"),
        ("width: calc(100px * 1000)", ""),
        ("overflow: visible; outline: 9999px solid", ""),
        ("behavior: url(#x); -moz-binding: url(x); width: expression(x)", ""),
    ],
)
def test_a_style_neither_loads_anything_nor_lies_over_the_page(style: str, left: str) -> None:
    assert own_style(style) == left


def test_the_theme_finds_none_of_its_classes_on_an_author_s_element() -> None:
    given = ["big", "md-overlay", "nb-external", "MD-x", "mermaid", "arithmatex", "big", "a b", "json"]
    assert own_classes(given) == ["big", "json"]


@pytest.mark.parametrize(
    ("name", "is_own"),
    [
        ("intro", True),
        ("Kapitel-1", True),
        ("__config", False),
        ("md-x", False),
        ("fn:1", False),
        ("", False),
    ],
)
def test_an_element_has_no_name_that_the_theme_or_the_engine_gives(name: str, is_own: bool) -> None:
    assert is_own_identifier(name) is is_own


@pytest.mark.parametrize(
    ("address", "scheme"),
    [
        ("java\tscript\n:x", "javascript"),
        ("\x00\x1f javascript:x", "javascript"),
        ("HTTPS://x.y", "https"),
        ("//x.y", "https"),
        ("\\\\x.y", "https"),
        ("Note: a.md", "note"),
        ("folder/a:b.md", ""),
        ("%6aavascript:x", ""),
    ],
)
def test_a_scheme_is_read_as_browsers_read_it(address: str, scheme: str) -> None:
    assert scheme_of(address) == scheme


def test_no_setting_allows_a_scheme_that_runs_what_it_holds() -> None:
    schemes = frozenset(["javascript", "data", "file", "zotero"])
    addresses = ["javascript:x", "data:text/html,x", "file:///etc/passwd", "zotero:x", "http://x.y", "a.md"]
    assert [is_allowed(address, schemes) for address in addresses] == [False, False, False, True, True, True]
    assert clean_html('<a href="javascript:x">a</a>', schemes) == "<a>a</a>"


def test_only_pictures_stand_in_an_address() -> None:
    addresses = ["data:image/png;base64,x", "data:image/svg+xml,x", "data:text/html,x", "data:image/x-y,z"]
    assert [is_picture(address) for address in addresses] == [True, True, False, False]


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ('<img src="data:image/png;base64,AA==">', []),
        ('<img src="data:text/html,x">', [("img", "src", "data:text/html,x", False)]),
        ('<video src="data:image/png,x">', [("video", "src", "data:image/png,x", False)]),
        ('<a href="zotero:x">a</a>', [("a", "href", "zotero:x", False)]),
        ('<a href="mailto:a@b.c">a</a> <a href="">b</a> <img src="a.png">', []),
        ('<img src="mailto:a@b.c">', [("img", "src", "mailto:a@b.c", False)]),
        ('<img src="https://x.y/a.png">', []),
        ('<video src="https://x.y/a.mp4" poster="//x.y/a.png">', [("video", "poster", "", True)]),
        ('<source src="https://x.y/a.mp4">', [("source", "src", "", True)]),
        ('<video><source src="https://x.y/a.mp4"></video>', []),
        ('<b onclick="x" data-x="y" target="z">a', [("b", "onclick", "", False)]),
        ('<p style="color: red" class="a" id="b">', []),
        (
            '<p style="color: red; position: fixed" class="a md-x" id="md-b">',
            [("p", "style", "", False), ("p", "class", "", False), ("p", "id", "", False)],
        ),
        (
            "<input type=text><input type=checkbox><iframe></iframe>",
            [("input", "", "", False), ("iframe", "", "", False)],
        ),
        ("<html><body><marquee><x>", [("marquee", "", "", False)]),
        ("<?php ?><!x>", [("?...", "", "", False), ("!...", "", "", False)]),
    ],
)
def test_what_goes_is_told_and_what_stays_is_not(html: str, told: list[tuple[str, str, str, bool]]) -> None:
    """A picture may stand in its own address, and nothing else may."""
    found = html_losses(html, SCHEMES, known_elements(html))
    assert [(loss.element, loss.part, loss.address, loss.is_elsewhere) for loss in found] == told


def test_one_element_holds_all_its_text() -> None:
    assert [is_one_element(html) for html in ("<p>a</p>", "<p>a</p> b", "<p>a</p><p>b</p>", "<br>")] == [
        True,
        False,
        False,
        True,
    ]


def test_titles_and_languages_cannot_leave_their_place_in_a_template() -> None:
    """MkDocs' templates put both into HTML as they are."""
    assert template_text('"><script>x</script>') == "&quot;&gt;&lt;script&gt;x&lt;/script&gt;"
    note = Note("n.md", "Der Hund läuft schnell über die große Wiese.", {"lang": 'de"><script>x</script>'})
    assert note_language(note) == Language("de")
