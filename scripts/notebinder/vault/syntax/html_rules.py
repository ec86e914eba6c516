"""What HTML of authors may hold: tables of elements, attributes, styles and addresses. Reads nothing."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


VOID = _names("area base br col embed hr img input link meta param source track wbr")
"""Elements without an end tag."""

ENGINE_BLOCKS = _names("""
    address article aside blockquote body canvas center colgroup dd details div dl dt fieldset figcaption
    figure footer form group h1 h2 h3 h4 h5 h6 header hgroup hr html iframe legend li main map math menu nav
    noscript object ol option output p pre progress script section style summary table tbody td textarea tfoot
    th thead tr ul video
    """)
"""Elements that begin a block of HTML for the engine where they begin a line."""

HIDDEN = _names("""
    script style object applet embed base link meta frame frameset noframes noscript noembed template title
    plaintext xmp textarea select
    """)
"""Elements that go with all that they hold: they run, they steer the page, or they hold no HTML."""

SVG_ELEMENTS = _names("""
    svg g path rect circle ellipse line polyline polygon text tspan defs lineargradient radialgradient stop
    """)
"""What draws, and neither moves, nor loads, nor links."""

ALLOWED = SVG_ELEMENTS | _names("""
    a abbr acronym address article aside audio b bdi bdo big blockquote br button caption center cite code col
    colgroup data dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header
    hgroup hr i iframe img input ins kbd label legend li main mark meter nav nobr ol p picture pre progress q
    rb rp rt rtc ruby s samp section small source span strike strong sub summary sup table tbody td tfoot th
    thead time tr track tt u ul var video wbr
    """)
"""Elements that are written again."""

_DRAWING_ONLY = SVG_ELEMENTS - {"svg"}

_OTHER = _names("""
    area basefont bgsound blink body canvas datalist dialog dir fieldset form head html image map marquee math
    menu menuitem optgroup option output slot
    """)
_OTHER_SVG = _names("""
    animate animatemotion animatetransform clippath desc filter foreignobject marker mask metadata mpath
    pattern set switch symbol textpath use view feblend feflood fegaussianblur feimage femerge feoffset
    """)
_MATHML = _names("""
    annotation maction menclose merror mfrac mglyph mi mmultiscripts mn mo mover mpadded mphantom mroot mrow
    ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics
    """)


def known_elements(source: str) -> frozenset[str]:
    """Return the names that are tags in a text; whatever else stands in angle brackets there is text.

    SVG's and MathML's are only tags where there is such a thing: `cd <path>` names no drawing.
    """
    known = (ALLOWED - _DRAWING_ONLY) | HIDDEN | _OTHER
    if "<svg" in source or "<SVG" in source:
        known |= SVG_ELEMENTS | _OTHER_SVG
    return known | _MATHML if "<math" in source else known


_WIDE = ("width", "height")
_CELL = ("colspan", "rowspan", "scope", "valign", "bgcolor", *_WIDE)
_DRAWN = _names("""
    d x y x1 y1 x2 y2 cx cy r rx ry points fill stroke stroke-width stroke-linecap stroke-linejoin
    stroke-dasharray stroke-opacity fill-opacity fill-rule opacity transform text-anchor font-size
    font-family font-weight offset stop-color stop-opacity dx dy
""")

ATTRIBUTES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "*": _names("id class title style dir lang align hidden"),
        "a": frozenset(["href", "name"]),
        "audio": _names("src controls loop muted preload"),
        "blockquote": frozenset(["cite"]),
        "col": frozenset(["span", *_WIDE]),
        "colgroup": frozenset(["span", *_WIDE]),
        "data": frozenset(["value"]),
        "del": frozenset(["datetime"]),
        "details": frozenset(["open"]),
        "font": _names("color size face"),
        "iframe": frozenset(["src", "allowfullscreen", *_WIDE]),
        "img": frozenset(["src", "alt", *_WIDE]),
        "input": _names("type checked disabled"),
        "ins": frozenset(["datetime"]),
        "li": frozenset(["value"]),
        "meter": _names("value min max low high optimum"),
        "ol": _names("start type reversed"),
        "progress": frozenset(["value", "max"]),
        "source": frozenset(["src", "type"]),
        "table": _names("border cellpadding cellspacing bgcolor") | {*_WIDE},
        "td": frozenset(_CELL),
        "th": frozenset(_CELL),
        "time": frozenset(["datetime"]),
        "tr": frozenset(["valign", "bgcolor"]),
        "track": _names("src kind srclang label default"),
        "ul": frozenset(["type"]),
        "video": _names("src controls loop muted preload poster") | {*_WIDE},
        "svg": frozenset(["viewBox", "preserveAspectRatio", *_WIDE, *_DRAWN]),
        **dict.fromkeys(_DRAWING_ONLY - {"rect"}, frozenset(_DRAWN)),
        "rect": frozenset([*_WIDE, *_DRAWN]),
    }
)
"""The attributes that each element may have; `*` stands for every element."""

STYLES = _names("""
    color background background-color opacity visibility
    border border-top border-right border-bottom border-left border-color border-style border-width
    border-radius border-collapse border-spacing
    font font-family font-size font-style font-weight font-variant
    letter-spacing line-height word-spacing white-space word-break overflow-wrap hyphens tab-size
    text-align text-decoration text-decoration-color text-decoration-line text-decoration-style text-indent
    text-transform vertical-align direction list-style list-style-type
    width height min-width min-height max-width max-height aspect-ratio object-fit
    margin margin-top margin-right margin-bottom margin-left
    padding padding-top padding-right padding-bottom padding-left
    display float clear overflow overflow-x overflow-y
    columns column-count column-gap column-width gap row-gap
    flex flex-basis flex-direction flex-flow flex-grow flex-shrink flex-wrap
    grid-template-columns grid-column grid-row
    align-content align-items align-self justify-content justify-items justify-self
    table-layout caption-side break-after break-before break-inside
    fill stroke stroke-width text-anchor
    """)
"""Properties of a style that stay where their element stands: nothing that lies over the page."""

STYLE_FUNCTIONS = _names(
    "rgb rgba hsl hsla hwb lab lch oklab oklch linear-gradient radial-gradient minmax repeat"
)

THEME_CLASSES = (
    *("md-", "nb-", "katex", "mermaid", "arithmatex", "headerlink", "tabbed"),
    *("task-list", "footnote", "highlight"),
)
"""How the names of classes begin that the theme's styles and scripts look for."""

THEME_IDENTIFIERS = ("md-", "nb-", "fn:", "fnref")
"""How the ids begin that the theme and the engine give; those of footnotes are told apart by them."""
