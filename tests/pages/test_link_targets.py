"""Whatever a link's target is, the page has an address that a browser can open, or says what is wrong."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from notebinder.base.settings import LINK_SCHEMES
from notebinder.pages.constructs.look_ups import ReadingSettings
from notebinder.site.content_policy import external_origins
from tests.support.converting import convert, rendered
from tests.support.projects import BuildVault, text_of

_FORMS: dict[str, Callable[[str], str]] = {
    "link": lambda target: f"[a]({target})",
    "link in angles": lambda target: f"[a](<{target}>)",
    "address": lambda target: f"see {target} and <{target}>",
    "definition": lambda target: f"[a][r] ![b][r]\n\n[r]: {target}",
    "wikilink": lambda target: f"[[{target}]] ![[{target}]]",
    "picture": lambda target: f"![a]({target}) ![b](<{target}>)",
    "HTML": lambda target: (
        f'a <a href="{target}">b</a> <img src="{target}"> <video src="{target}" poster="{target}">'
    ),
    "block of HTML": lambda target: f'<div>\n<a href="{target}">b</a><img src="{target}"></div>',
    "frame": lambda target: f'<iframe src="{target}"></iframe>\n\na <iframe src="{target}"></iframe>',
    "canvas": lambda target: f"![[a.canvas]]\n\n%%{target}%%",
}
_PIECES = (
    *(
        "http:",
        "https:",
        "HTTP:",
        "mailto:",
        "obsidian:",
        "javascript:",
        "data:image/png;base64,",
        "tel:",
        "x:",
    ),
    *(
        "/",
        "//",
        "///",
        "\\",
        "\\\\",
        "..",
        "../",
        "./",
        "[",
        "]",
        "[::1]",
        "@",
        ":",
        ":80",
        ":99999",
        "?",
        "#",
        "%",
    ),
    *(
        "%00",
        "%2f",
        "%5B",
        "&",
        "&amp;",
        "&#47;",
        "&lt;",
        "a",
        "x.y",
        "Other",
        "Other.md",
        "cat.png",
        "\u2039",
        "\u2026",
    ),
    *(
        "\u2100",
        "\u203a",
        "'",
        "(",
        ")",
        "*",
        ";",
        ",",
        " ",
        "|",
        "^",
        "`",
        "{",
        "}",
        "~",
        "+",
        "\u00fc.de",
        "youtube.com/",
    ),
)
TARGETS = st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=3)), max_size=8).map("".join)
_ADDRESSES = ("href", "src", "data-src", "poster", "xlink:href", "srcset", "action", "cite")
_UNSAFE = re.compile(r"[\s\x00-\x1f\"<>\\^`{|}]")


def addresses(html: str) -> Iterator[str]:
    for node in LexborHTMLParser(html).css("*"):
        yield from (node.attributes[name] or "" for name in _ADDRESSES if name in node.attributes)


def is_sound(address: str) -> bool:
    """Whether an address is of an allowed scheme and has a host, or stays within the site."""
    parts = urlsplit(address)
    if parts.scheme in ("http", "https"):
        return bool(parts.hostname) and not _UNSAFE.search(address) and (parts.port or 0) >= 0
    if parts.scheme:
        is_picture = address.strip().lower().startswith("data:image/")
        return is_picture or (parts.scheme in LINK_SCHEMES and not _UNSAFE.search(address))
    is_here = not parts.netloc and not address.startswith(("/", "\\"))
    return is_here and not posixpath.normpath(f"note/{parts.path}").startswith("..")


@pytest.mark.parametrize("form", _FORMS)
@settings(max_examples=60)
@example("http://[x")
@example("//[")
@example("///x/y")
@example("\u2039///\u2026")
@example("http:\\\\x.y")
@example("https:x")
@example("obsidian://[")
@example("http://x:99999/")
@example("https://*/a.png")
@example("https://[::1]:80/a")
@given(TARGETS)
def test_every_address_on_a_page_can_be_opened(form: str, target: str) -> None:
    card = {"id": "1", "type": "link", "url": target, "x": 0, "y": 0, "width": 9, "height": 9}
    files = {"cat.png": "", "a.canvas": json.dumps({"nodes": [card]})}
    found = convert(_FORMS[form](target), others={"Other.md": "# Other"}, files=files)
    figures = {figure.source for figure in found.figures}  # which nothing has published here
    written = set(addresses(rendered(found.markdown))) - figures
    assert [address for address in written if not is_sound(address)] == []


def test_an_address_that_the_page_may_not_have_is_told_on_its_line() -> None:
    """In a block of HTML, within a text, and however it is spelled."""
    text = """\
<div>
<a href="java&#115;cript:x">a</a>
<img src="obsidian://x"> <video poster="https://x.y/z.png"></video>
<iframe src="//["></iframe> <object data="a.swf"></object>
</div>

a <a href="zotero:x">b</a> <style>c</style>
[d](http://x:99999/) [e](vbscript:x)
"""
    told = [(problem.location.line, problem.code) for problem in convert(text).problems]
    assert sorted(told) == [
        *((2, "refused-scheme"), (3, "refused-scheme"), (3, "removed-html")),
        *((4, "invalid-address"), (4, "removed-html")),
        *((7, "refused-scheme"), (7, "removed-html"), (8, "invalid-address"), (8, "refused-scheme")),
    ]


def test_a_build_bears_addresses_that_are_none(build_vault: BuildVault) -> None:
    """Where some notes are private, each address is also looked at for whether it means one of them."""
    built = build_vault(
        {
            "a.md": "---\nurl: http://[x\nhome: http://x.y/\n---\n[b](obsidian://[) ![c](http://[x) ![](//[)",
            "b.md": "---\npublish: false\n---\n",
        }
    )
    page = text_of(built, "a.md")
    told = [(problem.location.line, problem.code) for problem in built.problems]
    assert told == [(2, "invalid-address"), (5, "invalid-address")]
    assert [address for address in addresses(rendered(page)) if not is_sound(address)] == []
    assert '<a href="http://x.y/">http://x.y/</a>' in page


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("[[p.pdf#page=3]]", "p.pdf#page=3"),
        ("[x](p.pdf#page=3&zoom=50)", "p.pdf#page=3&zoom=50"),
        ("![[p.pdf#page=3&height=200]]", "p.pdf#page=3"),
        ("![x](s.mp3#t=1:30)", "s.mp3#t=1:30"),
        ("[[f.mp4#t=10,20|x]] ", "f.mp4#t=10,20"),
        ('<video src="f.mp4#t=10"></video>', "f.mp4#t=10"),
        ('<a href="B.md#Part">x</a>', "b/#part"),
        ("[[Old\u00a0Town]]", "old-town.md"),
        ("[x](Old%C2%A0Town.md)", "old-town.md"),
        ("[[B B#Part]]", "b%C2%A0b.md#part"),
        ("[x](obsidian://open?vault=V&file=B.md%23Part)", "b.md#part"),
        ("<obsidian://vault/v/Sub/C>", "sub/c.md"),
        ('<a href="obsidian://open?file=Old%20Town">x</a>', "old-town/"),
        ("[x](obsidian://open?vault=Other&file=B)", "obsidian://open?vault=Other&file=B"),
    ],
)
def test_a_link_keeps_the_place_that_its_author_names(typed: str, address: str) -> None:
    """Spaces of all kinds are one, and an address of the app leads to the page of the note that it opens."""
    others = dict.fromkeys(("B.md", "Old Town.md", "B\xa0B.md", "Sub/C.md"), "# Part")
    files = dict.fromkeys(("p.pdf", "s.mp3", "f.mp4"), "")
    reading = ReadingSettings(vault_name="v")
    page = convert(typed, others=others, files=files, reading=reading)
    assert not page.problems
    places = addresses(rendered(page.markdown))
    assert address in [re.sub(r"^(?:\.{1,2}/)*(?:.*media/)?", "", place) for place in places]


def test_the_policy_names_an_origin_as_browsers_do() -> None:
    """It may hold no letter beyond ASCII's, and a star in it would allow every site."""
    page = rendered(
        convert("![a](https://b\u00fccher.de/a.png) ![b](https://*/b.png) ![c](HTTPS://X.Y:8/c.png)").markdown
    )
    assert external_origins(page) == {"img-src": {"https://xn--bcher-kva.de", "https://x.y:8"}}
