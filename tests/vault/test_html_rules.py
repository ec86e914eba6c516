"""Each row of the tables of HTML has a case here, from lists of their own."""

import pytest

from notebinder.vault.syntax.html_losses import html_losses
from notebinder.vault.syntax.html_rules import known_elements
from notebinder.vault.syntax.sanitising import is_own_identifier, own_classes, own_style
from notebinder.vault.syntax.schemes import is_allowed
from notebinder.vault.syntax.tags import clean_html, clean_tag

WRITTEN = """
    a abbr acronym address article aside audio b bdi bdo big blockquote br button caption center cite code col
    colgroup data dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header
    hgroup hr i iframe img ins kbd label legend li main mark meter nav nobr ol p picture pre progress q rb rp
    rt rtc ruby s samp section small source span strike strong sub summary sup table tbody td tfoot th thead
    time tr track tt u ul var video wbr
    """
DRAWN = """
    svg g path rect circle ellipse line polyline polygon text tspan defs linearGradient radialGradient stop
    """
WITH_ALL_IN_THEM = """
    script style object applet frameset noframes noscript noembed template title xmp textarea select
    """
ALONE = "embed base link meta frame"
"""Those of them that hold nothing."""
TAGS_ONLY = """
    area basefont bgsound blink body canvas datalist dialog dir fieldset form head html image map marquee math
    menu menuitem optgroup option output slot
    """
OF_DRAWINGS = """
    animate animatemotion animatetransform clippath desc filter foreignobject marker mask metadata mpath
    pattern set switch symbol textpath use view feblend feflood fegaussianblur feimage femerge feoffset
    """
OF_FORMULAS = """
    annotation maction menclose merror mfrac mglyph mi mmultiscripts mn mo mover mpadded mphantom mroot mrow
    ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics
    """
ATTRIBUTES = """
    p: id class title dir lang align hidden
    a: href name
    audio: src controls loop muted preload
    blockquote: cite
    col: span width height
    colgroup: span width height
    data: value
    del: datetime
    details: open
    font: color size face
    iframe: src allowfullscreen width height
    img: src alt width height
    ins: datetime
    li: value
    meter: value min max low high optimum
    ol: start type reversed
    progress: value max
    source: src type
    table: border cellpadding cellspacing bgcolor width height
    td: colspan rowspan scope valign bgcolor width height
    th: colspan rowspan scope valign bgcolor width height
    time: datetime
    tr: valign bgcolor
    track: src kind srclang label default
    ul: type
    video: src controls loop muted preload poster width height
    svg: viewBox preserveAspectRatio width height
    rect: width height
    path: d x y x1 y1 x2 y2 cx cy r rx ry points fill stroke stroke-width stroke-linecap stroke-linejoin
    circle: stroke-dasharray stroke-opacity fill-opacity fill-rule opacity transform text-anchor font-size
    text: font-family font-weight offset stop-color stop-opacity dx dy
    """
STYLES = """
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
    """
NO_STYLES = """
    position inset top right bottom left z-index transform translate rotate scale perspective filter
    backdrop-filter mix-blend-mode animation transition cursor pointer-events content counter-reset contain
    clip-path mask shape-outside background-image border-image list-style-image outline box-shadow
    text-shadow offset-path anchor-name view-transition-name zoom appearance user-select will-change all
    margin-inline inset-inline-start -moz-binding behavior --x
    """
FUNCTIONS = "rgb rgba hsl hsla hwb lab lch oklab oklch linear-gradient radial-gradient minmax repeat"
NO_FUNCTIONS = (
    "url src image image-set -webkit-image-set cross-fade element paint attr var env calc min max clamp"
)
THEIRS = """
    md-overlay MD-x nb-zoom katex katex-display mermaid arithmatex headerlink tabbed-set task-list-item
    footnote footnotes highlight
    """
REFUSED = "about blob data file filesystem javascript vbscript view-source"


@pytest.mark.parametrize("element", (WRITTEN + DRAWN).split())
def test_an_element_that_shows_something_is_written_again(element: str) -> None:
    assert clean_tag(f"<{element}>").partition(">")[0] == f"<{element.lower()}"
    assert clean_tag(f"<{element} title=a>").startswith(f'<{element} title="a">')


@pytest.mark.parametrize("element", WITH_ALL_IN_THEM.split())
def test_an_element_that_runs_or_steers_goes_with_all_that_it_holds(element: str) -> None:
    assert clean_html(f"a<{element}>b</{element}>c") == "ac"


@pytest.mark.parametrize("element", [*ALONE.split(), *TAGS_ONLY.split()])
def test_any_other_element_goes_and_its_text_stays(element: str) -> None:
    assert clean_html(f"a<{element}>b") in ("ab", "a")
    assert clean_html(f"a<{element}>") == "a"


def test_plain_text_goes_up_to_the_end() -> None:
    assert clean_html("a<plaintext>b</plaintext>") == "a"


def test_what_is_no_element_is_text_and_what_is_one_of_drawings_only_where_there_is_one() -> None:
    everywhere = {*(WRITTEN + WITH_ALL_IN_THEM + ALONE + TAGS_ONLY).split(), "svg", "input", "plaintext"}
    drawn = {name.lower() for name in (DRAWN + OF_DRAWINGS).split()}
    assert known_elements("a") == everywhere
    assert known_elements("<svg>") == known_elements("<SVG>") == everywhere | drawn
    assert known_elements("<math>") == everywhere | {*OF_FORMULAS.split()}
    assert clean_html("cd <path> <Note>") == "cd &lt;path&gt; &lt;Note&gt;"


@pytest.mark.parametrize(
    ("element", "attribute"),
    [
        (element.strip(), name)
        for element, _, names in (line.partition(":") for line in ATTRIBUTES.strip().splitlines())
        for name in names.split()
    ],
)
def test_an_attribute_that_shows_something_stays(element: str, attribute: str) -> None:
    tag = f'<{element} {attribute}="a1">'
    assert clean_tag(tag).startswith(tag)
    lost = html_losses(tag, frozenset(), known_elements("<svg"))
    assert [loss for loss in lost if loss.part] == []


@pytest.mark.parametrize("attribute", ["type", "checked", "disabled"])
def test_a_box_to_tick_keeps_its_attributes(attribute: str) -> None:
    value = "checkbox" if attribute == "type" else "1"
    assert f'{attribute}="{value}"' in clean_tag(f'<input type=CheckBox {attribute}="{value}">')


@pytest.mark.parametrize("name", STYLES.split())
def test_a_property_that_stays_in_its_place_stays(name: str) -> None:
    assert clean_tag(f'<p style="{name}: inherit">').startswith(f'<p style="{name}:inherit')
    assert own_style(f"{name.upper()}: inherit").startswith(f"{name}: inherit")


@pytest.mark.parametrize("name", NO_STYLES.split())
def test_any_other_property_goes_and_is_told(name: str) -> None:
    assert clean_tag(f'<p style="{name}: inherit">') == "<p>"
    assert [loss.part for loss in html_losses(f'<p style="{name}: 1">', frozenset(), frozenset("p"))] == [
        "style"
    ]


@pytest.mark.parametrize("name", FUNCTIONS.split())
def test_a_function_that_makes_colours_or_columns_stays(name: str) -> None:
    assert own_style(f"background: {name}(1)") == f"background: {name}(1)"


@pytest.mark.parametrize("name", NO_FUNCTIONS.split())
def test_a_function_that_could_load_or_compute_anything_goes(name: str) -> None:
    assert own_style(f"background: {name}(1)") == own_style(f"background: {name.upper()}(1)") == ""


@pytest.mark.parametrize("name", THEIRS.split())
def test_a_class_of_the_theme_goes(name: str) -> None:
    assert own_classes(["own", name]) == ["own"]


@pytest.mark.parametrize("name", ["md-x", "NB-x", "fn:1", "fnref:1", "fnref2:1", "__config", "", "a b"])
def test_an_id_of_the_theme_or_the_engine_goes(name: str) -> None:
    assert not is_own_identifier(name)


@pytest.mark.parametrize("scheme", REFUSED.split())
def test_a_scheme_that_runs_what_it_holds_is_refused_whatever_the_settings_say(scheme: str) -> None:
    schemes = frozenset([scheme, "zotero"])
    assert is_allowed("zotero:x", schemes)
    assert not is_allowed(f"{scheme}:x", schemes)
    assert clean_html(f'<a href="{scheme}:x">a</a>', schemes) == "<a>a</a>"
