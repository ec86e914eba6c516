"""More of the hostile vault: what stands in files of their own, and what scripts of the site draw."""

# ruff: noqa: E501  what an attacker writes is long

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping

import yaml

from tests.browser.payloads import RUN

QUOTED = (
    f"<img src=x onerror={RUN}>",
    f'"><img src=x onerror={RUN}>',
    f"'><svg onload={RUN}>",
    f"</script><script>{RUN}</script>",
    f"</textarea></title></style></template><script>{RUN}</script>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<a href='javascript:{RUN}' autofocus onfocus={RUN}>a</a>",
    f'" autofocus onfocus={RUN} x="',
    f"' onmouseover={RUN} x='",
    f"javascript:{RUN}",
    f"javascript:{RUN}//https://x.y/a.png",
    f"data:text/html,<script>{RUN}</script>",
    f"&lt;img src=x onerror={RUN}&gt;",
    f"&#60;img src=x onerror={RUN}&#62;",
    f"\\x3cimg src=x onerror={RUN}\\x3e \\u003cimg src=x onerror={RUN}\\u003e",
    f"{{{{ self.__init__.__globals__ }}}}{{% raw %}}<script>{RUN}</script>",
    f"${{{RUN}}} `${{{RUN}}}` #{{{RUN}}}",
    f"]]><script>{RUN}</script>",
    f"--><script>{RUN}</script><!--",
    f"<math><mtext></form><form><mglyph><style></math><img src=x onerror={RUN}>",
    f"<svg><foreignObject><body xmlns='http://www.w3.org/1999/xhtml' onload={RUN}></foreignObject></svg>",
    f"<svg><use href='data:image/svg+xml,<svg id=a onload={RUN}>#a'/></svg>",
    f'<noscript><p title="</noscript><img src=x onerror={RUN}>">',
    f"<x style='background:url(https://evil.example/a.png)' onclick={RUN}>a</x>",
)
"""Payloads for all quotes, with HTML in several spellings."""

DIAGRAMS = (
    "%%{{init: {{'securityLevel': 'loose', 'htmlLabels': true, 'flowchart': {{'htmlLabels': true}}}}}}%%\ngraph TD\nA[\"{0}\"] --> B\nclick A call alert(1)\nclick B href \"javascript:alert(1)\"",
    '---\nconfig:\n  securityLevel: loose\n  htmlLabels: true\n  themeCSS: "@import url(https://evil.example/a.css); * {{ background: url(https://evil.example/b.png) }}"\ntitle: "{0}"\n---\nflowchart LR\nA@{{ shape: rect, label: "{0}" }} --> B@{{ img: "https://evil.example/c.png", label: "x" }}',
    'graph TD\nA --> B\nclassDef x fill:url(https://evil.example/d.png),stroke:#f00\nclass A x\nstyle B fill:red;background:url(https://evil.example/e.png)\nA --> C["`{0}`"]\nclick A "javascript:alert(1)" "{0}" _self',
    'sequenceDiagram\nparticipant A as {0}\nnote over A: {0}\nA->>A: $${0}$$\nlinks A: {{"x": "javascript:alert(1)"}}',
    'stateDiagram-v2\n[*] --> A : {0}\nnote right of A\n{0}\nend note\nclick A "javascript:alert(1)" "x"',
    'gantt\ntitle {0}\nsection {0}\n{0} :a1, 2024-01-01, 3d\nclick a1 href "javascript:alert(1)"\nclick a1 call alert(1)',
    'erDiagram\nA ||--o{{ B : "{0}"\nA {{\nstring x "{0}"\n}}',
    'pie title {0}\n"{0}" : 3\n"b" : 4',
    'mindmap\n  root(("{0}"))\n    A["`{0}`"]\n    ::icon(fa fa-book " onload=alert(1))',
    "timeline\ntitle {0}\n2024 : {0}",
    "journey\ntitle {0}\nsection {0}\n{0}: 5: Me",
    'gitGraph\ncommit id: "{0}" tag: "{0}"',
    'classDiagram\nclass A["{0}"]\nA : +{0}()\nlink A "javascript:alert(1)" "{0}"\ncallback A "alert" "x"',
    'quadrantChart\ntitle {0}\nx-axis "{0}" --> b\n"{0}": [0.3, 0.6]',
    'C4Context\ntitle {0}\nPerson(a, "{0}", "{0}", $link="javascript:alert(1)", $sprite="https://evil.example/f.png")',
    'block-beta\ncolumns 1\na["{0}"]',
    "architecture-beta\ngroup a(cloud)[{0}]\nservice b(database)[{0}] in a",
    'xychart-beta\ntitle "{0}"\nx-axis ["{0}", b]\nbar [1, 2]',
    'requirementDiagram\nrequirement a {{\nid: 1\ntext: "{0}"\n}}',
    'sankey-beta\n"{0}",b,3',
    'packet-beta\n0-15: "{0}"',
    'kanban\n  a["{0}"]\n    b["{0}"]',
)
"""Kinds of diagrams, with what could loosen their engine and lead or load somewhere."""

FORMULAS = (
    "\\href{{javascript:alert(1)}}{{a}} \\url{{javascript:alert(1)}}",
    '\\htmlData{{x=" onclick=alert(1) "}}{{a}} \\htmlStyle{{background:url(https://evil.example/g.png)}}{{a}}',
    "\\htmlId{{__config}}{{a}} \\htmlClass{{md-overlay}}{{a}} \\includegraphics{{https://evil.example/h.png}}",
    "\\text{{{0}}} \\unicode{{x3c}} \\verb|{0}|",
    "\\def\\a{{\\a\\a}}\\a \\gdef\\frac{{x}} \\newcommand\\b{{\\href{{javascript:alert(1)}}{{b}}}}\\b",
    '\\tag{{{0}}} \\label{{{0}}} \\color{{red" onload="alert(1)}}{{a}} \\textcolor{{#f00\'>{0}}}{{a}}',
    "\\ce{{{0}}} \\pu{{{0}}}",
)

BODY: Mapping[str, Callable[[str], str]] = {
    "callout kinds": lambda text: f"> [!note|{text}]- {text}\n> a\n\n> [!{text}|{text}]\n> a",
    "fence heads": lambda text: (
        f'```js title="{text}" hl_lines="{text}" {{.x #y onclick=alert(1)}}\na\n```\n\n~~~{text}\na\n~~~\n\n```ad-note\ntitle: {text}\n{text}\n```'
    ),
    "heading marks": lambda text: (
        f'## a {{#b onclick=alert(1) title="{text}"}}\n\n## {text} ^id\n\n[[#{text}]] [a](#{text})'
    ),
    "comments": lambda text: f"%%\n{text}\n%% {text} %% %%{text}\n\n<!-- {text}",
    "tasks": lambda text: f"- [{text[:1]}] {text}\n- [x] <input type=image src=x onerror=alert(1)> {text}",
    "properties in text": lambda text: f"key:: {text}\n(key:: {text}) [key:: {text}]",
    "queries": lambda text: (
        f"```dataviewjs\n{text}\n```\n\n```tasks\n{text}\n```\n\n`= {text}` `$= {text}`\n\n```base\n{yaml.safe_dump({'views': [{'type': 'table', 'name': text, 'order': [text]}]})}\n```"
    ),
    "sizes of embeds": lambda text: (
        f"![[shot.png|{text}|{text}]] ![[shot.png|100x{text}]] ![[film.mp4#t={text}]] ![[Target|{text}]] ![{text}|100](shot.png '{text}')"
    ),
    "adresses of sites": lambda text: (
        f"![a](https://x.y/{text}) https://x.y/{text} <https://x.y/{text}> ![a](https://youtu.be/{text}) ![](https://x.com/a/status/1{text})"
    ),
    "drawings in text": lambda text: (
        f"<svg viewBox='0 0 9 9'><defs><style>@import 'https://evil.example/i.css';</style><linearGradient id='{text}' href='{text}'><stop style='stop-color:{text}'/></linearGradient></defs><use href='{text}'/><foreignObject>{text}</foreignObject><a xlink:href='{text}'><text>a</text></a><text style='{text}' fill='url({text})'>a</text></svg>"
    ),
    "films and frames": lambda text: (
        f"<video src='{text}' poster='{text}'>{text}</video> <video><source src='https://x.y/{text}'>{text}</video> <iframe src='{text}' srcdoc='{text}' title='{text}'>{text}</iframe> <img srcset='{text}' src='{text}' alt='{text}'>"
    ),
}
"""More places in a note's text, by name."""

ALL_LINES = tuple(text.replace("\n", " ") for text in QUOTED)


def more_files() -> dict[str, str | bytes]:
    """Return the files by path; each page of `more` holds every payload at one place."""
    return {
        **{f"more/{name}.md": "\n\n".join(map(place, ALL_LINES)) for name, place in BODY.items()},
        "more/diagrams.md": "\n\n".join(f"```mermaid\n{text}\n```" for text in _diagrams()),
        "more/formulas.md": "\n\n".join(f"$${text}$$ and ${text}$" for text in _formulas()),
        **_canvases(),
        **_bases(),
        **_svgs(),
        **_heads(),
        ".obsidian/app.json": json.dumps(
            {"attachmentFolderPath": QUOTED[0], "userIgnoreFilters": list(QUOTED)}
        ),
    }


def _diagrams() -> Iterable[str]:
    """Each kind with each of some payloads: quotes end the label that they stand in."""
    texts = (QUOTED[0], QUOTED[12], QUOTED[13], QUOTED[21].replace("'", ""))
    return (kind.format(text.replace('"', "#quot;")) for kind in DIAGRAMS for text in texts)


def _formulas() -> Iterable[str]:
    return (formula.format(text) for formula in FORMULAS for text in ALL_LINES[:8])


def _canvases() -> dict[str, str]:
    size = {"x": 0, "y": 0, "width": 90, "height": 40}
    nodes = [
        {"id": f"{kind}{number}{text}", "type": kind, **dict.fromkeys(_CARD, text), **size}
        for number, text in enumerate(QUOTED)
        for kind in ("text", "file", "link", "group", text)
    ]
    ends = dict.fromkeys(("fromNode", "toNode"), nodes[0]["id"])
    edges = [{**ends, **dict.fromkeys(_ARROW, text), "id": text} for text in QUOTED]
    return {
        "more/board.canvas": json.dumps({"nodes": nodes, "edges": edges, "metadata": {"x": QUOTED[0]}}),
        "more/boards.md": "![[board.canvas]]\n\n[[board.canvas]]",
    }


_CARD = ("text", "file", "subpath", "url", "label", "color", "background", "backgroundStyle")
_ARROW = ("label", "color", "fromSide", "toSide", "fromEnd", "toEnd")


def _bases() -> dict[str, str]:
    bases = {
        f"more/list {number}.base": yaml.safe_dump(
            {
                "filters": {"and": ['file.hasTag("list")', text]},
                "formulas": {text: text, "f": f'link("{text}")'},
                "properties": {"note.a": {"displayName": text}, text: {"displayName": text}},
                "summaries": {text: text},
                "views": [
                    {"type": kind, "name": text, "order": ["file.name", "note.a", text], "groupBy": text}
                    for kind in ("table", "list", "cards", "map", text)
                ],
            }
        )
        for number, text in enumerate(QUOTED)
    }
    listed = {
        f"more/listed {number}.md": "---\n" + yaml.safe_dump({"tags": ["list"], "a": text}) + "---\na"
        for number, text in enumerate(QUOTED)
    }
    embeds = "\n\n".join(f"![[list {number}.base]]" for number in range(len(QUOTED)))
    return {**bases, **listed, "more/lists.md": embeds}


def _svgs() -> dict[str, str]:
    start = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
    bodies = (
        "<style>@import url(https://evil.example/j.css);</style><rect/>",
        "<style>rect { fill: url(https://evil.example/k.svg#a </style><rect/>",
        f"<use href='data:image/svg+xml;base64,PHN2ZyBpZD0nYSc+' /><rect onclick='{RUN}'/>",
        f"<foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml' src='javascript:{RUN}'/></foreignObject><rect/>",
        f"<switch><foreignObject><b>x</b></foreignObject><text onload='{RUN}'>a</text></switch>",
        f"<a xlink:href='javascript:{RUN}'><rect width='9' height='9'/></a>",
        f"<animate attributeName='href' values='javascript:{RUN}'/><set attributeName='onload' to='{RUN}'/><rect/>",
        "<image href='https://evil.example/l.png' width='9' height='9'/><feImage href='https://evil.example/m.png'/>",
        f"<handler type='text/javascript'>{RUN}</handler><script href='data:,{RUN}'/><rect/>",
    )
    files = {f"more/{number}.svg": f"{start}{body}</svg>" for number, body in enumerate(bodies)}
    embeds = "\n\n".join(
        f"![[{number}.svg]] [[{number}.svg]] ![a]({number}.svg)" for number in range(len(bodies))
    )
    return {**files, "more/drawings.md": embeds}


def _heads() -> dict[str, str]:
    """Properties that name addresses, other names, languages, looks and dates."""
    keys = (
        *("permalink", "aliases", "alias", "tags", "tag", "cssclasses", "cssclass", "lang", "dir", "title"),
        *("description", "image", "cover", "banner", "icon", "date", "created", "updated", "modified", "url"),
        *("links", "up", "template", "hide", "search", "boost", "status", "subtitle", "robots", "og:image"),
    )
    return {
        f"more/head {number}.md": "---\n"
        + yaml.safe_dump({**dict.fromkeys(keys, text), "list": [text, {text: [text]}]})
        + "---\na [[head 0]]"
        for number, text in enumerate(QUOTED)
    }
