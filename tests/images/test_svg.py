"""Drawings pass through as they are drawn; what could run, reach out or tell on the author does not."""

from base64 import b64decode, b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from notebinder.images.model import UnreadableError
from notebinder.images.svg import clean_svg
from tests.support.pictures import SECRET, encoded, exif, screenshot

SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


DOT = "data:image/png;base64," + b64encode(encoded(Image.new("RGB", (1, 1)))).decode()


def cleaned(body: str, attributes: str = 'width="10" height="10"') -> tuple[str, tuple[str, ...]]:
    drawing = clean_svg(f"<svg {SVG} {attributes}>{body}</svg>".encode())
    text = drawing.data.decode()
    return text[text.index(">") + 1 :].removesuffix("</svg>"), drawing.removed


@pytest.mark.parametrize(
    "body",
    [
        '<path d="M0 0h9v9" fill="url(#g)" />',
        '<style>.a { fill: red; mask: url("#m") }</style>',
        '<use href="#a" />',
        f'<image href="{DOT}" width="9" height="9" />',
        "<style>@font-face { font-family: A; src: url(data:font/woff2;base64,d09GMg==) }</style>",
        '<text x="1" y="2">a <tspan>b</tspan> c &amp; d</text>',
        '<animate attributeName="x" values="1;2" dur="1s" />',
        '<rect style="transform: rotate(9deg)" transform="scale(2)" />',
    ],
)
def test_what_draws_passes_through(body: str) -> None:
    assert cleaned(body) == (body, ())


DRAWING = """
    svg g defs symbol use switch style a image view
    path rect circle ellipse line polyline polygon
    text tspan textPath font font-face glyph missing-glyph hkern vkern
    linearGradient radialGradient stop pattern marker clipPath mask
    filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting
    feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur
    feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile
    feTurbulence animate animateMotion animateTransform mpath set
"""


@pytest.mark.parametrize("element", DRAWING.split())
def test_every_element_that_draws_passes_through(element: str) -> None:
    assert cleaned(f"<{element} />") == (f"<{element} />", ())


@pytest.mark.parametrize(
    ("body", "kept", "removed"),
    [
        ("<script>alert(1)</script><g />", "<g />", ("scripts",)),
        ('<g onclick="alert(1)" ONLOAD="x" />', "<g />", ("event handlers",)),
        ('<a href="javascript:alert(1)"><g /></a>', "<a><g /></a>", ("links",)),
        ('<use xlink:href="https://a.example/b.svg#c" />', "<use />", ("links",)),
        ('<image href="//a.example/b.png" />', "<image />", ("links",)),
        ('<image href="data:image/svg+xml,%3Csvg/%3E" />', "<image />", ("links",)),
        ('<image href="data:image/png;base64,bm8gcG5n" />', "<image />", ("links",)),
        ('<image href="data:text/html,x" />', "<image />", ("links",)),
        ('<a><set attributeName="xlink:href" to="javascript:1" /></a>', "<a><set /></a>", ("links",)),
        (
            '<rect fill="url( https://a.example/#b" />',
            '<rect fill="none" />',
            ("references to other files",),
        ),
        (
            '<rect fill="url(https://a.example/#b)" />',
            '<rect fill="none" />',
            ("references to other files",),
        ),
        (
            "<style>@import url(//a.example/b.css); g { fill: red }</style>",
            "<style> g { fill: red }</style>",
            ("references to other files",),
        ),
        ('<g style="fill: u\\72l(//a.example)" />', '<g style="" />', ("styles with escapes",)),
        (
            "<style>a { fill: u/**/rl(//a.example) }</style>",
            "<style>a { fill: none }</style>",
            ("references to other files",),
        ),
        ('<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script><g />', "<g />", ()),
        ("<g>a<script>b</script>c</g>", "<g>ac</g>", ("scripts",)),
        ("<handler>alert(1)</handler><g />", "<g />", ("scripts",)),
        ('<iframe src="//a.example" /><g />', "<g />", ("HTML",)),
        ("<switch><foreignObject /><g /></switch>", "<switch><g /></switch>", ("HTML",)),
        (
            '<switch><foreignObject><p xmlns="http://www.w3.org/1999/xhtml">a</p></foreignObject>'
            "<text>a</text></switch>",
            "<switch><text>a</text></switch>",
            ("HTML",),
        ),
    ],
)
def test_what_could_harm_is_taken_out_and_told(body: str, kept: str, removed: tuple[str]) -> None:
    assert cleaned(body) == (kept, removed)


@pytest.mark.parametrize(
    "body",
    [
        '<style>&lt;!-- <title>x</title>@import "https://a.example/q.css";</style>',
        '<style><!-- --><title>x</title>@import "https://a.example/q.css";</style>',
        "<style>@imp<title>x</title>ort 'https://a.example/q.css';</style>",
        "<style>g { fill: ur<b/>l(https://a.example/x) }</style>",
        "<style>@imp@import 'b';ort 'https://a.example/q.css';</style>",
        "<style>g { fill: u/*url(x)*/rl(https://a.example/x) }</style>",
        "<style>g { fill: image(https://a.example/x) }</style>",
        "<style>g { fill: src('https://a.example/x') }</style>",
        "<style>@namespace 'https://a.example/';</style>",
        '<g style="fill: url(url(https://a.example/x))" />',
        '<g vocab="https://a.example/" />',
    ],
)
def test_a_style_loads_nothing_however_it_is_cut(body: str) -> None:
    """It is cleaned as a whole, once its children are gone, until nothing changes."""
    kept, _ = cleaned(body)
    assert "a.example" not in kept
    assert cleaned(kept)[0] == kept


def test_notes_of_programs_go_and_what_draws_stays() -> None:
    kept, told = cleaned(
        "<style>:root { --author: \"Jo Doe\"; --note: drawn by Jo; --blue: #00f; --face: 'Inter' }"
        "text { fill: var(--blue); font-family: var(--face) }</style>"
        '<g author="Jo" data-owner="Jo" exported-by="Jo" content="Jo" fill="red" isolation="auto" />'
    )
    assert "Jo" not in kept
    assert [draws for draws in ("--blue: #00f", "--face: 'Inter'", 'fill="red"') if draws not in kept] == []
    assert told == ()


@pytest.mark.parametrize(
    "body",
    [
        "<!-- by Ada -->",
        "<metadata>by Ada</metadata>",
        "<title>Ada's flow</title><desc>Created by Ada</desc>",
        '<x:view xmlns:x="http://www.inkscape.org/namespaces/inkscape" path="/home/ada" />',
        "<?app by Ada?>",
    ],
)
def test_metadata_goes_without_a_word(body: str) -> None:
    assert cleaned(body) == ("", ())


def test_an_embedded_photo_leaves_its_metadata_behind() -> None:
    photo = encoded(screenshot(300, 200), "JPEG", exif=exif(), comment=SECRET)
    body, removed = cleaned(f'<image href="data:image/jpg;base64,{b64encode(photo).decode()}" />')
    published = b64decode(body.partition("base64,")[2].partition('"')[0])
    assert SECRET in photo
    assert SECRET not in published
    assert len(photo) - len(published) > len(SECRET)
    assert removed == ()


def test_an_editors_attributes_go() -> None:
    inkscape = 'xmlns:i="http://www.inkscape.org/namespaces/inkscape"'
    notes = f'{inkscape} i:export-filename="/home/ada/a.png" content="&lt;mxfile&gt;" data-by="Ada"'
    drawing = clean_svg(f'<svg {SVG} {notes} width="9" height="9"/>'.encode())
    assert drawing.data == b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" />'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (f"<svg {SVG}><foreignObject/></svg>", "unsafe-svg"),
        (f'<!DOCTYPE svg [<!ENTITY a "b">]><svg {SVG}>&a;</svg>', "unsafe-svg"),
        (f"<svg {SVG}>", "unreadable-image"),
        ("<svg>no namespace</svg>", "unreadable-image"),
        ("<html><svg/></html>", "unreadable-image"),
        (f"<svg {SVG}>{'<g>' * 100_000}{'</g>' * 100_000}</svg>", "unreadable-image"),
        (f"<svg {SVG}>{' ' * 10_000_000}</svg>", "image-too-large"),
    ],
)
def test_a_drawing_that_cannot_be_made_safe_is_refused(data: str, code: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        clean_svg(data.encode())
    assert refused.value.image.code == code


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="20" height="10"', (20, 10)),
        ('width="1in" height="72pt"', (96, 96)),
        ('viewBox="0 0 30 15"', (30, 15)),
        ('width="100%" height="100%" viewBox="0,0,30,15"', (30, 15)),
        ('width="60" viewBox="0 0 30 15"', (60, 30)),
        ('height="60" viewBox="0 0 30 15"', (120, 60)),
        ("", (300, 150)),
        ('width="0" height="-3"', (300, 150)),
        ('viewBox="0 0 1e9 1e9"', (16383, 16383)),
        ('viewBox="0 0 a b"', (300, 150)),
    ],
)
def test_the_size_is_what_the_drawing_asks_for(attributes: str, size: tuple[int, int]) -> None:
    drawing = clean_svg(f"<svg {SVG} {attributes}/>".encode())
    assert (drawing.width, drawing.height) == size


@given(st.text(alphabet="<>/ svgdefs=\"'url(#)scriptonload&;-!ENTITY[]", max_size=80))
def test_cleaning_never_fails_otherwise_and_is_done_after_once(body: str) -> None:
    try:
        once = clean_svg(f"<svg {SVG}>{body}</svg>".encode())
    except UnreadableError:
        return
    again = clean_svg(once.data)
    assert (again.data, again.removed) == (once.data, ())
