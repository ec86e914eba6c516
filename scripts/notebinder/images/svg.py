"""Clean an SVG drawing: nothing in it may run, reach another file, or tell who drew it with what."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from notebinder.base.limits import LIMITS
from notebinder.images.clean import clean_raster
from notebinder.images.formats import IMAGE_FORMATS
from notebinder.images.model import UnreadableError

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"

_DRAWING = """
    svg g defs symbol use switch style a image view
    path rect circle ellipse line polyline polygon
    text tspan textPath font font-face glyph missing-glyph hkern vkern
    linearGradient radialGradient stop pattern marker clipPath mask filter
    feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
    feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge
    feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence
    animate animateMotion animateTransform mpath set
"""
_ELEMENTS = frozenset(_DRAWING.split())
"""What draws. Anything else a browser would run, fetch, or not show at all."""

_UNSAFE_ELEMENTS = {"script": "scripts", "foreignObject": "HTML", "handler": "scripts", "iframe": "HTML"}
"""What is worth telling the author when it goes, in words."""

_DRAWS = """
    accent-height accumulate additive alignment-baseline alphabetic amplitude arabic-form ascent
    attributeName attributeType azimuth baseFrequency baseline-shift bbox begin bias by calcMode
    cap-height class clip clip-path clip-rule clipPathUnits color color-interpolation
    color-interpolation-filters color-rendering cursor cx cy d descent diffuseConstant direction display
    divisor dominant-baseline dur dx dy edgeMode elevation enable-background end exponent fill
    fill-opacity fill-rule filter filterRes filterUnits flood-color flood-opacity font font-family
    font-kerning font-size font-size-adjust font-stretch font-style font-variant font-weight format fr
    from fx fy g1 g2 glyph-name glyph-orientation-horizontal glyph-orientation-vertical glyphRef
    gradientTransform gradientUnits hanging height horiz-adv-x horiz-origin-x horiz-origin-y href id
    ideographic image-rendering in in2 intercept isolation k k1 k2 k3 k4 kernelMatrix kernelUnitLength
    kerning keyPoints keySplines keyTimes lang lengthAdjust letter-spacing lighting-color
    limitingConeAngle marker marker-end marker-mid marker-start markerHeight markerUnits markerWidth
    mask mask-type maskContentUnits maskUnits mathematical max media method min mix-blend-mode mode
    numOctaves offset opacity operator order orient orientation origin overflow overline-position
    overline-thickness paint-order panose-1 path pathLength patternContentUnits patternTransform
    patternUnits pointer-events points pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio
    primitiveUnits r radius refX refY repeatCount repeatDur requiredExtensions requiredFeatures restart
    result rotate rx ry scale seed shape-rendering side slope solid-color solid-opacity space
    spacing specularConstant specularExponent spreadMethod startOffset stdDeviation stemh stemv
    stitchTiles stop-color stop-opacity strikethrough-position strikethrough-thickness string stroke
    stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity
    stroke-width style surfaceScale systemLanguage tableValues target targetX targetY text-align
    text-anchor text-decoration text-indent text-overflow text-rendering textLength to transform
    transform-box transform-origin type u1 u2 underline-position underline-thickness unicode
    unicode-bidi unicode-range units-per-em v-alphabetic v-hanging v-ideographic v-mathematical values
    vector-effect version vert-adv-y vert-origin-x vert-origin-y viewBox viewTarget visibility
    white-space widths width word-spacing writing-mode x x-height x1 x2 xChannelSelector y y1 y2
    yChannelSelector z zoomAndPan
"""
_ATTRIBUTES = frozenset(_DRAWS.split())
"""What says how to draw. In others programs keep notes of their own: draw.io the whole document."""

_STYLE = f"{{{SVG}}}style"
_NAMES = ("id", f"{{{XML}}}id", "class")
# of "#a-b", ".a-b > c", "url(#a-b)" and "a-b.click"
_WORD = re.compile(r"[\w-]+")
_FRAGMENT = re.compile(r"#([^\"'()]+)")

_RASTER = re.compile(
    r"\s*data:image/(png|jpe?g|gif|webp|avif);base64,(?P<data>.*)", re.IGNORECASE | re.DOTALL
)
_INNER = re.compile(r"[\s'\"]*(#|data:(font/|application/(x-)?font))", re.IGNORECASE)
"""Addresses that stay inside the file."""

_CSS_COMMENT = re.compile(r"/\*.*?(\*/|\Z)|<!--|-->", re.DOTALL)
_CSS_DISGUISE = re.compile(
    r"\\|expression\s*\(|-moz-binding|(?:image-set|image|src|cross-fade|element)\s*\(|javascript:",
    re.IGNORECASE,
)
_CSS_FETCH = re.compile(
    r"@(?:import|charset|namespace)[^;{}]*(;|\Z)|@(?:import|charset|namespace)", re.IGNORECASE
)
# --tool-note: "drawn by Jo", -tool-font: 'Jo', which draw nothing by themselves
_CSS_CUSTOM_TEXT = re.compile(
    r"(?P<name>(?<![\w-])-(?:-|(?!(?:webkit|moz|ms|o)-)[a-z])[\w-]{1,100})\s*:[^;{}]*[A-Za-z\"'][^;{}]*"
)
_CSS_USE = re.compile(r"var\(\s*(--[\w-]{1,100})")
# one that nothing closes ends with the style, as in browsers
_CSS_URL = re.compile(r"url\((?P<target>[^)]*)\)?", re.IGNORECASE)

_NUMBER = re.compile(r"-?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?")
_LENGTH = re.compile(r"\s*(?P<number>[0-9]*\.?[0-9]+)\s*(?P<unit>px|pt|pc|mm|cm|in)?\s*\Z")
_PIXELS = {None: 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_DEFAULT_SIZE = (300, 150)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A cleaned SVG."""

    data: bytes
    width: int
    """CSS pixels."""
    height: int
    removed: tuple[str, ...]
    """What was unsafe, in words; metadata does not count."""


def clean_svg(data: bytes) -> Drawing:
    """Return the drawing without scripts, handlers, outside references, comments and editors' notes.

    Raise `UnreadableError` where what has to go would be missed: HTML that is part of the picture.
    """
    try:
        root = _parse(data)
        removed = set(_clean_element(root))
        _forget_names(root)
        ET.register_namespace("", SVG)
        ET.register_namespace("xlink", XLINK)
        cleaned = ET.tostring(root, encoding="utf-8")
    except RecursionError as err:
        raise UnreadableError("is nested too deeply", "export it again") from err
    return Drawing(cleaned, *_size(root), removed=tuple(sorted(removed)))


def _parse(data: bytes) -> ET.Element:
    if len(data) > LIMITS.svg_bytes:
        raise UnreadableError("is too large for a drawing", "export it as PNG", code="image-too-large")
    try:
        text = data.decode("utf-8-sig")
        if "<!ENTITY" in text:  # a few of them can expand to gigabytes
            raise UnreadableError("declares XML entities", "export it as plain SVG", code="unsafe-svg")
        root = ET.fromstring(text)  # noqa: S314 - without entities there is nothing to expand or fetch
    except (UnicodeDecodeError, ET.ParseError) as err:
        raise UnreadableError(f"is no valid SVG ({err})", "export it again") from err
    if root.tag != f"{{{SVG}}}svg":
        raise UnreadableError("is no SVG drawing", "export it again")
    return root


def _clean_element(element: ET.Element) -> Iterator[str]:
    """Clean an element in place; yield what was unsafe, in words."""
    yield from _clean_attributes(element)
    for child in list(element):
        name = _svg_name(child)
        if name in _ELEMENTS:
            yield from _clean_element(child)
            continue
        if name in _UNSAFE_ELEMENTS:
            yield _UNSAFE_ELEMENTS[name]
        if name == "foreignObject" and not _has_fallback(element):
            raise UnreadableError("shows HTML (foreignObject)", "export it as PNG", code="unsafe-svg")
        _remove(element, child)
    if element.tag == _STYLE:
        # what stands between its children is one style once they are gone
        whole = (element.text or "", *(piece for child in element for piece in (child.text, child.tail)))
        for child in list(element):
            element.remove(child)
        element.text, unsafe = _clean_css("".join(piece or "" for piece in whole))
        yield from unsafe


def _clean_attributes(element: ET.Element) -> Iterator[str]:
    for name, value in list(element.attrib.items()):
        namespace, _, local = name.rpartition("}")
        if namespace == "" and local.lower().startswith("on"):
            del element.attrib[name]
            yield "event handlers"
        elif namespace not in ("", "{" + XLINK, "{" + XML) or local not in _ATTRIBUTES:
            del element.attrib[name]
        elif local == "href" and (inner := _inner_address(value)):
            element.attrib[name] = inner
        elif local == "href":
            del element.attrib[name]
            yield "links"
        elif local == "attributeName" and value.rpartition(":")[2] == "href":
            element.attrib.clear()
            yield "links"
        elif local == "style" or "(" in value:
            element.attrib[name], unsafe = _clean_css(value)
            yield from unsafe


def _forget_names(root: ET.Element) -> None:
    """Drop the names that nothing in the drawing asks for: in many stands what its author called a layer."""
    texts = [
        text
        for element in root.iter()
        for text in ((element.text or "") if element.tag == _STYLE else "", *_asking(element))
    ]
    asked = {word for text in texts for word in (*_WORD.findall(text), *_FRAGMENT.findall(unquote(text)))}
    for element in root.iter():
        for name, value in list(element.attrib.items()):
            if name not in _NAMES or any(f"[{name}" in text for text in texts):
                continue
            kept = " ".join(word for word in value.split() if word in asked)
            if kept:
                element.set(name, kept if name == "class" else value)
            else:
                del element.attrib[name]


def _asking(element: ET.Element) -> Iterator[str]:
    return (value for name, value in element.attrib.items() if name not in _NAMES)


def _inner_address(address: str) -> str:
    """Return an address that stays inside the file, an embedded image without its metadata; else nothing."""
    raster = _RASTER.match(address)
    if not raster:
        return address if _INNER.match(address) else ""
    try:
        format_, data = clean_raster(b64decode(raster["data"]))
    except (ValueError, UnreadableError):
        return ""
    return f"data:{IMAGE_FORMATS[format_].mime};base64,{b64encode(data).decode()}"


def _clean_css(css: str) -> tuple[str, tuple[str, ...]]:
    """Return the style without comments and without what loads other files."""
    typed = css = _without_texts(_CSS_COMMENT.sub("", css))
    while True:  # what is taken out may bring together what was apart
        if _CSS_DISGUISE.search(css):
            return "", ("styles with escapes",)
        fetching = _CSS_FETCH.sub("", _CSS_COMMENT.sub("", css))
        cleaned = _CSS_URL.sub(lambda url: url[0] if _INNER.match(url["target"]) else "none", fetching)
        if cleaned == css:
            return cleaned, ("references to other files",) if cleaned != typed else ()
        css = cleaned


def _without_texts(css: str) -> str:
    """Take out what programs note in properties of their own; a text that is used draws."""
    used = frozenset(_CSS_USE.findall(css))
    return _CSS_CUSTOM_TEXT.sub(lambda own: own[0] if own["name"] in used else f"{own['name']}: none", css)


def _has_fallback(parent: ET.Element) -> bool:
    """Tell whether the parent offers something else to viewers without HTML, as draw.io's files do."""
    return parent.tag == f"{{{SVG}}}switch" and any(_svg_name(child) in _ELEMENTS for child in parent)


def _remove(parent: ET.Element, child: ET.Element) -> None:
    """Remove an element, but not the text behind it."""
    place = list(parent).index(child)
    if child.tail and place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + child.tail
    elif child.tail:
        parent.text = (parent.text or "") + child.tail
    parent.remove(child)


def _svg_name(element: ET.Element) -> str:
    """Return the element's name, or an empty text if it is of another language (or a comment)."""
    tag = element.tag if isinstance(element.tag, str) else ""
    return tag.removeprefix(f"{{{SVG}}}") if tag.startswith(f"{{{SVG}}}") else ""


def _size(root: ET.Element) -> tuple[int, int]:
    """Return the size in CSS pixels that the drawing asks for, or that of its view box."""
    width, height = _pixels(root.get("width", "")), _pixels(root.get("height", ""))
    box = [float(number) for number in _NUMBER.findall(root.get("viewBox", ""))][2:]
    if len(box) == 2 and min(box) > 0:
        width = width or (height * box[0] / box[1] if height else box[0])
        height = height or width * box[1] / box[0]
    return _bounded(width or _DEFAULT_SIZE[0]), _bounded(height or _DEFAULT_SIZE[1])


def _pixels(length: str) -> float:
    match = _LENGTH.match(length)
    return float(match["number"]) * _PIXELS[match["unit"]] if match else 0.0


def _bounded(pixels: float) -> int:
    return round(min(max(pixels, 1), 16383))
