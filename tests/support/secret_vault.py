"""A vault with a word of its own in every kind of place that a vault has, private ones and public ones."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from io import BytesIO

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.support.pictures import png_chunk
from tests.support.planted import Words

PATTERNS = ("Sealed*/", "*.sealed.*", "/exact.md")
"""What the settings keep private."""


def rules(s: Words) -> dict[str, tuple[str, str, str]]:
    """Return for each rule the path of a note that it keeps private, its properties, and its last line."""

    def name(rule: str) -> str:
        return s(f"name of a note with {rule}")

    def folder(rule: str) -> str:
        return s(f"folder of a note with {rule}")

    return {
        "publish: false": (f"{folder('publish: false')}/{name('publish: false')}.md", "publish: false", ""),
        "publish unclear": (f"{name('publish unclear')}.md", "publish: soon", ""),
        "draft: true": (f"{name('draft: true')}.md", "draft: true", ""),
        "a property tag": (f"{name('a property tag')}.md", "tags: [a, private]", ""),
        "a nested tag": (f"{name('a nested tag')}.md", "x: y", "#private/of/mine"),
        "a pattern": (f"Sealed {folder('a pattern')}/{name('a pattern')}.md", "x: y", ""),
        "a pattern for files": (f"{name('a pattern for files')}.sealed.md", "x: y", ""),
        "a template": (f"Templates {folder('a template')}/{name('a template')}.md", "x: y", ""),
        "a template of Templater": (f"tp/{name('a template of Templater')}.md", "x: y", ""),
        "excluded files": (f"{folder('excluded files')}/{name('excluded files')}.md", "x: y", ""),
        "a hidden name": (f".{name('a hidden name')}.md", "x: y", ""),
        "a hidden folder": (f".{folder('a hidden folder')}/{name('a hidden folder')}.md", "x: y", ""),
        "the trash": (f".trash/{name('the trash')}.md", "x: y", ""),
        "unreadable properties": (f"{name('unreadable properties')}.md", "publish: false\nx: y: z", ""),
    }


def rich_note(w: Words, kind: str, head: str = "") -> str:
    """Return a note with a word in every construct of Obsidian that a page shows."""
    return f"""---
{head}title: {w(f"title property of a {kind} note")}
description: {w(f"description of a {kind} note")}
permalink: {w(f"permalink of a {kind} note")}
cssclasses: [{w(f"class of a {kind} note")}]
tags: [{w(f"tag property of a {kind} note")}]
{w(f"name of a property of a {kind} note")}: {w(f"property of a {kind} note")}
---
# {w(f"heading of a {kind} note")}

{w(f"text of a {kind} note")} **{w(f"strong text of a {kind} note")}** #{w(f"tag of a {kind} note")}
=={w(f"mark of a {kind} note")}== `{w(f"code of a {kind} note")}` $\\text{{{w(f"maths of a {kind} note")}}}$
[{w(f"link text of a {kind} note")}](https://example.org/{w(f"address of a {kind} note")})
<b>{w(f"HTML of a {kind} note")}</b> [r][r] note[^1] ^[{w(f"inline footnote of a {kind} note")}]

[r]: https://example.org/{w(f"definition of a {kind} note")}
[^1]: {w(f"footnote of a {kind} note")}

- {w(f"list of a {kind} note")}
- [ ] {w(f"task of a {kind} note")}

> {w(f"quote of a {kind} note")}

> [!tip]- {w(f"title of a callout of a {kind} note")}
> {w(f"callout of a {kind} note")}

| {w(f"head of a table of a {kind} note")} |
|---|
| {w(f"cell of a {kind} note")} |

```python
{w(f"fence of a {kind} note")} = 1
```

```mermaid
graph TD
    A[{w(f"diagram of a {kind} note")}] --> B
```

```dataview
TASK FROM "{w(f"query of a {kind} note")}"
```

$$
\\text{{{w(f"formula of a {kind} note")}}}
$$

<div title="{w(f"attribute of a {kind} note")}">{w(f"block of HTML of a {kind} note")}</div>

{w(f"named block of a {kind} note")} ^{w(f"block identifier of a {kind} note")}

![[{kind}-only.png|{w(f"alternative text of a {kind} note")}]]
![[{w(f"name of a PDF of a {kind} note")}.pdf]]
![[{w(f"name of a sound of a {kind} note")}.mp3]]
![[{kind}.canvas]]
[[{kind}.svg]] ![[{kind}.svg]]
"""


def split_note(w: Words, kind: str, head: str = "") -> dict[str, str]:
    """Return an outline note and its plan."""
    name = f"Split {kind}"
    return {
        f"{name}.md": f"""---
{head}x: y
---
1. {w(f"outline entry of a {kind} split note")}
2. Second of {kind}

## {w(f"part of a {kind} split note")}

text
""",
        f"{name}.plan.yml": f"""topics:
  - title: {w(f"topic of a {kind} split note")}
    entry: Second of {kind}
    parts:
      - {w(f"part of a {kind} split note")}: {w(f"planned title of a {kind} split note")}
""",
    }


def canvas(w: Words, kind: str) -> str:
    """Return a canvas with a card and an arrow."""
    box = {"x": 0, "y": 0, "width": 100, "height": 50}
    nodes = [
        {"id": "a", "type": "text", "text": w(f"card of a {kind} canvas"), **box},
        {"id": "b", "type": "group", "label": w(f"group of a {kind} canvas"), **box},
    ]
    edges = [{"id": "e", "fromNode": "a", "toNode": "b", "label": w(f"arrow of a {kind} canvas")}]
    return json.dumps({"nodes": nodes, "edges": edges})


def drawing(w: Words, kind: str) -> bytes:
    """Return an SVG with a text."""
    text = w(f"text in a {kind} drawing")
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>{text}</text></svg>'.encode()


def pdf(w: Words, kind: str) -> bytes:
    """Return a PDF with a packed text."""
    stream = zlib.compress(f"BT ({w(f'text in a {kind} PDF')}) Tj ET".encode())
    head = f"%PDF-1.4\n1 0 obj <</Length {len(stream)}>>\nstream\n".encode()
    return head + stream + b"\nendstream\nendobj\n%%EOF\n"


def sound(w: Words, kind: str) -> bytes:
    """Return something with the head of an MP3."""
    return b"\xff\xfb\x90\x00" + bytes(40) + w(f"inside a {kind} sound").encode()


def picture(seed: int) -> Image.Image:
    return Image.new("RGB", (40 + seed, 30), (seed * 7 % 256, 90, 160))


def png_with_metadata(s: Words, seed: int, name: str) -> bytes:
    """Return a PNG with a secret in every kind of chunk that holds text."""
    info = PngInfo()
    info.add_text("Author", s(f"tEXt in {name}"))
    info.add_text("Comment", s(f"zTXt in {name}"), zip=True)
    info.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{s(f'XMP in {name}')}</x:xmpmeta>", zip=True)
    exif = Image.Exif()
    exif[0x010E] = s(f"EXIF in {name}")
    exif[0x9C9B] = s(f"XPTitle in {name}").encode("utf-16-le")
    file = BytesIO()
    profile = b"\0" * 128 + s(f"profile in {name}").encode()
    picture(seed).save(file, "PNG", pnginfo=info, exif=exif, icc_profile=profile)
    data = file.getvalue()
    end = data.rindex(b"IEND") - 4
    return (
        data[:end]
        + png_chunk(b"prVt", s(f"chunk in {name}").encode())
        + data[end:]
        + s(f"tail of {name}").encode()
    )


def jpeg_with_metadata(s: Words, seed: int, name: str) -> bytes:
    """Return a JPEG with a secret in EXIF, XMP, IPTC, its comment and behind its end."""
    exif = Image.Exif()
    exif[0x013B] = s(f"EXIF in {name}")
    exif.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0" + s(f"user comment in {name}").encode()
    file = BytesIO()
    picture(seed).save(file, "JPEG", exif=exif, comment=s(f"comment in {name}").encode())
    data = file.getvalue()
    xmp = b"http://ns.adobe.com/xap/1.0/\0<x>" + s(f"XMP in {name}").encode() + b"</x>"
    iptc = b"Photoshop 3.0\x008BIM" + s(f"IPTC in {name}").encode()
    segments = b"".join(
        b"\xff" + bytes([marker]) + (len(body) + 2).to_bytes(2, "big") + body
        for marker, body in ((0xE1, xmp), (0xED, iptc))
    )
    return data[:2] + segments + data[2:] + s(f"tail of {name}").encode()


def webp_with_metadata(s: Words, seed: int, name: str) -> bytes:
    exif = Image.Exif()
    exif[0x010E] = s(f"EXIF in {name}")
    file = BytesIO()
    picture(seed).save(file, "WEBP", exif=exif, xmp=s(f"XMP in {name}").encode())
    return file.getvalue()


def gif_with_metadata(s: Words, seed: int, name: str) -> bytes:
    file = BytesIO()
    picture(seed).save(file, "GIF", comment=s(f"comment in {name}").encode())
    return file.getvalue()


def svg_with_metadata(s: Words, name: str) -> bytes:
    """Return a drawing as an editor saves it."""
    return f"""<?xml version="1.0"?>
<!-- {s(f"comment in {name}")} -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"
 xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" width="20" height="20"
 sodipodi:docname="{s(f"document in {name}")}" inkscape:export-filename="/home/{s(f"user in {name}")}/x.png"
 content="{s(f"draw.io in {name}")}">
<metadata>{s(f"metadata in {name}")}</metadata>
<g inkscape:label="{s(f"layer in {name}")}" data-name="{s(f"data in {name}")}">
<rect width="9" height="9"/></g>
</svg>""".encode()


def transcript(w: Words, name: str) -> str:
    """Return the transcript of an image."""
    title, text = w(f"title of the transcript of {name}"), w(f"transcript of {name}")
    return f"title: {title}\nimage: 1f\n---\n{text}\n"


def hidden_files(s: Words) -> dict[str, str | bytes]:
    """Return what Obsidian and others keep beside notes."""
    folder = f"Templates {s('folder of a note with a template')}"
    excluded = [f"{s('folder of a note with excluded files')}/"]
    return {
        ".obsidian/app.json": json.dumps(
            {"userIgnoreFilters": excluded, "attachmentFolderPath": f"Sealed {s('attachment folder')}"}
        ),
        ".obsidian/templates.json": json.dumps({"folder": folder}),
        ".obsidian/plugins/templater-obsidian/data.json": json.dumps({"templates_folder": "tp"}),
        ".obsidian/workspace.json": json.dumps({"lastOpenFiles": [s("workspace")]}),
        ".obsidian/plugins/x/README.md": s("note of a plugin"),
        ".obsidian/snippets/x.css": f"/* {s('snippet')} */",
        f".trash/{s('attachment in the trash')}.png": b"x",
        ".trash/Thrown.md": f"---\naliases: [{s('alias of a note in the trash')}]\n---\n",
        ".git/config": s("git"),
        ".env": s("environment"),
        "Sealed.sealed.csv": s("table kept by a pattern"),
    }


def comments(s: Words) -> str:
    """Return a public note full of comments."""
    return f"""text %%{s("inline comment")}%% text <!-- {s("inline HTML comment")} --> text

%%
{s("comment of lines")}

[[{s("link in a comment")}]]
%%

<!--
{s("HTML comment of lines")}
-->

## Heading %%{s("comment in a heading")}%% <!-- {s("HTML comment in a heading")} -->

- item %%{s("comment in a list")}%%
- <!-- {s("HTML comment in a list")} --> item

> [!note] Title %%{s("comment in the title of a callout")}%%
> text %%{s("comment in a callout")}%%

| a %%{s("comment in the head of a table")}%% |
|---|
| b %%{s("comment in a cell")}%% |

note[^1] **bold %%{s("comment in bold text")}%% text**

[^1]: text %%{s("comment in a footnote")}%%

[[Open|words %%{s("comment in a link")}%%]] ![[seen.png|alt %%{s("comment in an alternative text")}%%]]

<div>text<!-- {s("comment in HTML")} --></div>

```mermaid
graph TD
    %% {s("comment in a diagram")}
    A --> B
```

[x](https://example.org/ "title %%{s("comment in a title")}%%")
<b title="%%{s("comment in an attribute")}%%">x</b>
<?{s("instruction")}?> <![CDATA[{s("CDATA")}]]> [[Open#x %%{s("comment in a target")}%%]]

text %% {s("comment over paragraphs")}

{s("comment over paragraphs")} %% text <!-- {s("HTML comment over paragraphs")}

{s("HTML comment over paragraphs")} --> text

```base
formulas: # {s("comment in a base")}
  a: b
```

```tasks
# {s("comment in a query")}
```

```dataviewjs
x() // {s("comment in a script")}
```

$a % {s("comment in maths")}
\\cdot b$

$$
a % {s("comment in a formula")}
$$
"""


def _every_link(name: str, path: str) -> str:
    """Link to a note in the ways that Obsidian itself writes."""
    address = path.replace(" ", "%20")
    bare = f"[[{name}]] ![[{name}]] [[{path}]] [[{path.removesuffix('.md')}|{name}]]"
    return f"{bare} [{name}]({address}) ![{name}](<{path}>) [[{name}#{name}|{name} > {name}]]"


def links(s: Words) -> str:
    """Return a public note that links to everything private in every way."""
    by_rule = {rule: path for rule, (path, _, _) in rules(s).items()}
    name = {rule: path.rpartition("/")[2].removesuffix(".md") for rule, path in by_rule.items()}
    one, two = name["draft: true"], name["a nested tag"]
    each = "\n".join(f"- {_every_link(name[rule], path)}" for rule, path in by_rule.items())
    return f"""---
up: "[[{one}]]"
down: [[{two}]]
many: ["[[{one}]]", "[x]({two}.md)"]
"[[{one}]]": {{"[[{two}]]": x}}
---
{each}

# About [[{one}]]

text before [[Open]] and [[{one}]] in one sentence.

[[{s("alias of a private note")}]] [[{s("topic of a private split note")}]]
[[{s("outline entry of a private split note")}]]
[[Rich private#{s("heading of a private note")}]] ![[Rich private#^{s("block identifier of a private note")}]]
![[Rich private]] ![[Split private]]
[{one}][ref] <a href="{one}.md" title="{one}">{one}</a> <img src="Sealed.sealed.csv">
[[{s("alias of a note in the trash")}]] [[{s("folder of a note with publish: false")}/Gone]] [[{one}^x]]
[o](obsidian://open?vault=v&file={one}) obsidian://open?vault=v&file={two}
![[Sealed.sealed.csv]] [csv](Sealed.sealed.csv)

[ref]: {one}.md "{one}"

| [[{one}]] | [[{two}\\|words]] |
|---|---|
| ![[{one}]] | [[{one}#x]] |

> [!tip] [[{one}]]
> note[^n]

[^n]: [[{two}]]

<div><a href="{one}.md">{one}</a> [[{two}]]</div>

`= [[{one}]].due`

```mermaid
graph TD
    A[{one}] --> {two}
    class A,{two} internal-link;
    click A "{one}.md"
```

```dataview
LIST FROM [[{one}]] OR "{s("folder of a note with publish: false")}"
```

```query
file:{one[:-1]} file:{one} path:{s("folder of a note with publish: false")}
```

```base
filters: file.hasProperty("x")
views:
  - type: table
    order: [file.name, x, up]
```
[text](Links.txt) [table](Links.csv) [other](Other.markdown)
![[All.base]] ![[Open.canvas]] [canvas](Open.canvas) [base](All.base)
"""


def nested_links(s: Words) -> str:
    """Return a public note whose private links stand within links, in titles and deeper than is shown."""
    name, path = s("name of a note with draft: true"), rules(s)["draft: true"][0]
    within = f"[[{name}|![[{name}]]]] [[{name}|[[{name}|[{name}]({path})]]]]"
    deep = "".join(f"{'  ' * level}- [[{name}]] %%{s('comment too deep')}%%\n" for level in range(60))
    quotes = "".join(f"{'> ' * level}[[{name}]]\n" for level in range(1, 60))
    return f"""---
title: "{within}"
description: "{within}"
aliases: ["old/{within}"]
permalink: "{within}"
tags: ["{within}"]
up: "{within}"
address: "obsidian://open?file={name} <a href='{path}'>{name}</a>"
many: [{{"{within}": ["{within}"]}}]
---
# {within}

{within}

## About [[{name}]] and [[{name}|x]]

[x]([[{name}|Open.md]]) [x](Open.md "[[{name}]]") [x](https://a.b "obsidian://open?file={name}") [x][t]
![x](seen.png "[[{name}]]") ![[seen.png|obsidian://open?file={name}]] [[Open|obsidian://open?file={name}]]
<span title="[[{name}]]">x</span> <b data-path="{path}" title="obsidian://open?file={name}">x</b>
[[#About {name} and x]] [[Nested#about {name} and x|about {name} and x]]
[x](Nested.md#About%20{name}%20and%20x)
[[Open#[[{name}]]]] [[Open|[x]({path})]] [[Open|a [[{name}]] b]] [[[{name}]]] ![[[{name}]]]

[t]: https://a.b "obsidian://open?file={name}"
[u]: {path.replace("_", chr(92) + "_")} "{name}"

<blockquote cite="{path}">x</blockquote>

<div data-path="{path}" title="[[{name}]]">obsidian://open?file={name} [{name}]({path})</div>

| a | b |
|---|---|
| [[{name}\\|a \\| [[{name}]] b]] \\| c | ![[{name}\\|100]] \\| [[{name}]] | [[{name}]] [x]({path}) |

{deep}
{quotes}
"""


def secret_vault(s: Words, p: Words) -> Mapping[str, str | bytes]:
    """Return the files of the vault, by path."""
    files: dict[str, str | bytes] = {}
    for rule, (path, head, end) in rules(s).items():
        alias, text = s(f"alias of a note with {rule}"), s(f"text of a note with {rule}")
        files[path] = f"---\naliases: [{alias}]\n{head}\n---\n# {text}\n[[Open]] {end}\n"
    only = f"aliases: [{s('alias of a private note')}]\npublish: false\n"
    box = {"x": 0, "y": 0, "width": 100, "height": 50}
    one = rules(s)["draft: true"][0]
    said = (
        f"```mermaid\n%% {s('diagram in a card')}\n```\n\n%%\n\n{s('comment of lines in a card')}\n\n%%\n\n"
    )
    said += f"[[{one}]] %%{s('comment in a card')}%% <!-- {s('HTML comment in a card')} -->"
    cards = [
        {"id": "a", "type": "file", "file": one, **box},
        {"id": "b", "type": "text", "text": said, **box},
        {"id": "c", "type": "link", "url": f"obsidian://open?file={one}", **box},
        {"id": "d", "type": "file", "file": "Sealed.sealed.csv", **box},
    ]
    arrows = [{"id": "e", "fromNode": "a", "toNode": "b", "label": f"[[{one}]]"}]
    files |= hidden_files(s)
    files |= split_note(s, "private", "draft: true\n") | split_note(p, "public")
    for words, kind, head in ((s, "private", only), (p, "public", "")):
        files |= {
            f"Rich {kind}.md": rich_note(words, kind, head),
            f"{kind}.canvas": canvas(words, kind),
            f"{kind}.svg": drawing(words, kind),
            f"{kind}-only.png": png_with_metadata(s, len(kind), f"{kind}-only.png"),
            f"{kind}-only.png.txt": transcript(words, f"{kind}-only.png"),
            f"{words(f'name of a PDF of a {kind} note')}.pdf": pdf(words, kind),
            f"{words(f'name of a sound of a {kind} note')}.mp3": sound(words, kind),
        }
    return files | {
        "Open.md": f"# Open\n\n[[Chain]] ![[Chain]] ![[Rich public]]\n\n{_images()}",
        "Chain.md": f"![[Rich private]] ![[{one}]] {p('text of an embedded note')}",
        "Comments.md": comments(s),
        "Links.md": links(s),
        "Nested.md": nested_links(s),
        "Long.md": f"{'*a* ' * 100_000}%%{s('comment too long')}%% [[{one}]]",
        "Open.canvas": json.dumps({"nodes": cards, "edges": arrows, "metadata": {"up": f"[[{one}]]"}}),
        "Links.txt": f"[[{one}]] ![[{one}]]",
        "Links.csv": f'"[x]({one})",[[{one}|x]]',
        "Other.markdown": f"[[{one}]] {p('text of other Markdown')}",
        "All.base": f"# {s('comment in a base file')}\nfilters: file.inFolder('') \nviews:\n"
        f"  - type: table\n    name: '[[{one}]]'\n",
        "seen.png": png_with_metadata(s, 21, "seen.png"),
        "linked.png": png_with_metadata(s, 22, "linked.png"),
        "photo.jpg": jpeg_with_metadata(s, 23, "photo.jpg"),
        "photo.webp": webp_with_metadata(s, 24, "photo.webp"),
        "moving.gif": gif_with_metadata(s, 25, "moving.gif"),
        "edited.svg": svg_with_metadata(s, "edited.svg"),
        f"{s('name of an unused attachment')}.png": png_with_metadata(s, 26, "an unused image"),
        f"{s('name of an unused attachment')}.png.txt": transcript(s, "an unused image"),
        f"{s('name of an unused PDF')}.pdf": pdf(s, "unused"),
    }


def _images() -> str:
    names = ("seen.png", "photo.jpg", "photo.webp", "moving.gif", "edited.svg")
    shown = "\n\n".join(f"![[{name}]]\n\n[the file]({name})" for name in names)
    return f"{shown}\n\n[only linked](linked.png)\n\n![[missing.png]]\n"
