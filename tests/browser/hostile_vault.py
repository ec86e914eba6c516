"""A vault whose every text is hostile: each payload in every place that can carry text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from pathlib import Path

import yaml
from PIL import Image

from tests.browser.hostile_files import more_files
from tests.browser.payloads import INLINE, ONE_LINE, PAYLOADS, RUN, one_line

Place = Callable[[str, int], str]

BODY: dict[str, Place] = {
    "body": lambda text, _: text,
    "heading": lambda text, _: f"## {text}\n\n{text}\n===",
    "list": lambda text, _: f"- {text}\n  1. {text}\n- [ ] {text}",
    "quote": lambda text, _: f"> {text}\n> > - {text}",
    "callout": lambda text, _: f"> [!warning]- {text}\n> {text}\n\n> [!{text}]+\n> a",
    "table": lambda text, _: "| {0} | b |\n|---|---|\n| {0} | `{0}` |".format(text.replace("|", "\\|")),
    "emphasis": lambda text, _: f"**{text}** ==*{text}*== ~~{text}~~",
    "link text": lambda text, _: f"[{text}](https://x.y) [[Target|{text}]] [{text}](Target.md)",
    "link target": lambda text, _: f"[a]({text}) [b](<{text}>) [[{text}]] [c](Target.md#{text}) <{text}>",
    "link title": lambda text, _: (
        f"[a](https://x.y \"{text}\") [b](Target.md '{text}') ![c](https://x.y/z.png ({text}))"
    ),
    "definition": lambda text, number: (
        f"[a][r{number}]\n\n[r{number}]: {text}\n[s{number}]: <{text}> '{text}'"
    ),
    "image": lambda text, _: (
        f"![{text}](https://x.y/a.png) ![a|{text}](shot.png) ![[shot.png|{text}]] ![[shot.png#{text}|99]]"
    ),
    "embed": lambda text, _: f"![[{text}]] ![[Target#{text}]] ![[{text}.png|{text}]] ![[{text}.pdf]]",
    "footnote": lambda text, number: f"a[^{number}] ^[{text}]\n\n[^{number}]: {text}",
    "code": lambda text, _: f"`{text}` ``{text}``\n\n```{text}\n{text}\n```\n\n    {text}",
    "maths": lambda text, _: f"${text}$ and $$\\text{{{text}}}$$\n\n$$\n{text}\n$$",
    "comment": lambda text, _: f"a %%{text}%% <!-- {text} --> b",
    "tag": lambda text, _: f"#{text} #a/{text}",
    "block id": lambda text, _: f"a ^{text}\n\n[[#^{text}]]",
    "html text": lambda text, _: f"<div>\n{text}\n</div>\n\na <b>{text}</b> <i title=x>{text}",
    "html attribute": lambda text, _: (
        f"<p title=\"{text}\" class='{text}' id={text} style=\"{text}\">a</p>\n\n<b title='{text}'>a</b>"
    ),
    "svg": lambda text, _: (
        f'<svg viewBox="0 0 9 9"><text y="9">{text}</text><path d="{text}" fill="{text}"/></svg>'
    ),
    "boxes": lambda text, _: f"```query\n{text}\n```\n\n```dataview\n{text}\n```",
}
"""Places in a note's text, by name."""

_NOT_IN_NAME = re.compile(r"[/\x00-\x1f]")
_LONGEST_NAME = 120
_ON_A_PAGE = 500
_SVG = "http://www.w3.org/2000/svg"
_DIAGRAMS = 8
"""Payloads of a kind that are drawn; each takes Mermaid some time."""


def write_vault(vault: Path, payloads: Sequence[str] = PAYLOADS) -> None:
    """Write the vault, whose texts hold these payloads; its names are for systems that allow any sign."""
    files = {
        **_notes(payloads),
        **_properties(),
        **_named(),
        **_planned(),
        **_drawn(),
        **more_files(),
        "film.mp4": b"0" * 2_000,
        "Target.md": "# Target\n\nwords ^word\n\n![[shot.png]]\n",
    }
    for path, content in files.items():
        file = vault / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode("utf-8", "replace") if isinstance(content, str) else content)
    (vault / "shot.png").write_bytes(_png())


def names() -> list[str]:
    """Payloads that may be names of files."""
    cleaned = (_NOT_IN_NAME.sub("", text).strip(". ")[:_LONGEST_NAME] for text in ONE_LINE)
    return [name for name in dict.fromkeys(cleaned) if name and len(name.encode()) < 200][::6]


def titles(payloads: Sequence[str]) -> list[str]:
    """Return the notes that hold every payload at one place of a text, as many at a time as a page bears."""
    count = -(-len(payloads) // _ON_A_PAGE)
    return [f"{name} {part}" for name in BODY for part in range(count)]


def _notes(payloads: Sequence[str]) -> dict[str, str]:
    notes = {}
    for title in titles(payloads):
        name, _, part = title.rpartition(" ")
        texts = payloads if name == "body" else one_line(payloads)
        first = int(part) * _ON_A_PAGE
        shown = enumerate(texts[first : first + _ON_A_PAGE], first)
        notes[f"{title}.md"] = "\n\n".join(BODY[name](text, number) for number, text in shown)
    return notes


def _properties() -> dict[str, str]:
    """Keys, values, and all that means something to a page; each note has some of each."""
    notes = {}
    for number, text in enumerate(ONE_LINE[::4]):
        properties = {
            **dict.fromkeys(("title", "description", "lang", "dir", "cssclasses", "image", "author"), text),
            **dict.fromkeys(("template", "hide", "search", "icon", "status", "created", text), text),
            "aliases": [text, f"[[{text}]]"],
            "tags": [text, f"a/{text}"],
            "up": f"[[Target|{text}]] and [[{text}]]",
            "url": f"https://x.y/{text}",
        }
        head = yaml.safe_dump(properties, allow_unicode=True)
        notes[f"properties/note {number}.md"] = f"---\n{head}---\n[[Target]] {text}\n"
    return notes


def _named() -> dict[str, str | bytes]:
    """Notes, folders and attachments with hostile names, each linked and embedded."""
    files: dict[str, str | bytes] = {}
    links = []
    for number, name in enumerate(names()):
        place = f"{name}/note.md" if number % 3 == 0 else f"named/{name}.md"
        files[place] = f"# a\n\n[[Target]] #tag{number}\n"
        files[f"files/{name}.png"] = _png()
        files[f"files/{name}.txt"] = "text"
        links.append(f"[[{place.removesuffix('.md')}]] ![[{name}.png]] [[{name}.txt]] ![[{place}]]")
    return {**files, "links to names.md": "\n\n".join(links)}


def _planned() -> dict[str, str | bytes]:
    """Split notes: topics, parts and transcripts."""
    files: dict[str, str | bytes] = {}
    for number, start in enumerate(range(0, len(ONE_LINE), 40)):
        texts = ONE_LINE[start : start + 40]
        shots = [f"Pasted image 20240101{number:02}{place:04}.png" for place in range(len(texts))]
        outline = "\n".join(f"{place + 1}. {text}" for place, text in enumerate(texts[:6]))
        body = "\n\n".join(f"![[{shot}]]\n\n{text}" for shot, text in zip(shots, texts, strict=True))
        files[f"planned/Split {number}.md"] = f"{outline}\n\n{body}\n"
        topics = [
            {"title": f"{text[:99]} {place}", "parts": [{shot: text[:99]}]}
            for place, (shot, text) in enumerate(zip(shots, texts, strict=True))
        ]
        files[f"planned/Split {number}.plan.yml"] = yaml.safe_dump({"topics": topics}, allow_unicode=True)
        for shot, text in zip(shots, texts, strict=True):
            files[f"planned/{shot}"] = _png()
            files[f"planned/{shot}.txt"] = f"{text}\n\n{text}\n"
    return files


def _drawn() -> dict[str, str | bytes]:
    """Canvases, bases, drawings, diagrams."""
    files: dict[str, str | bytes] = {}
    pieces = range(0, len(ONE_LINE), 60)
    for number, start in enumerate(pieces):
        texts = ONE_LINE[start : start + 60]
        files[f"drawn/Board {number}.canvas"] = json.dumps({"nodes": _cards(texts), "edges": _arrows(texts)})
        columns = ["file.name", *texts[:9]]
        files[f"drawn/List {number}.base"] = yaml.safe_dump(
            {"views": [{"type": "table", "name": texts[0], "order": columns, "limit": 3}]}
        )
    embeds = "\n\n".join(f"![[Board {n}.canvas]]\n\n![[List {n}.base]]" for n in range(len(pieces)))
    files["drawn/All.md"] = embeds
    for number, text in enumerate(
        text for text in INLINE if "svg" in text or "script" in text or "href" in text
    ):
        files[f"drawn/{number}.svg"] = (
            f'<svg xmlns="{_SVG}" viewBox="0 0 9 9"><rect width="9" height="9"/>{text}</svg>'
        )
        embeds += f"\n\n![[{number}.svg]] [[{number}.svg]]"
    files["drawn/All.md"] = embeds
    drawn = [text.replace('"', "'") for text in INLINE if f"onerror={RUN}" in text][:_DIAGRAMS]
    files["drawn/Diagrams.md"] = "\n\n".join(
        f"```mermaid\n{kind.format(text)}\n```" for text in drawn for kind in _DIAGRAM_KINDS
    )
    return files


_DIAGRAM_KINDS = (
    'graph TD\nA["{0}"] -->|"{0}"| B\nclick A href "javascript:alert(1)" "{0}"',
    "sequenceDiagram\nparticipant A as {0}\nA->>A: {0}\nlink A: a @ javascript:alert(1)",
    'classDiagram\nclass A\nA : {0}\nnote for A "{0}"',
)


def _cards(texts: Iterable[str]) -> list[dict[str, object]]:
    kinds = (("text", "text"), ("file", "file"), ("link", "url"), ("group", "label"))
    size = {"y": 0, "width": 90, "height": 40}
    return [
        {"id": f"{number}{kind}", "type": kind, key: text, "x": 100 * number, **size}
        for number, text in enumerate(texts)
        for kind, key in kinds
    ]


def _arrows(texts: Iterable[str]) -> list[dict[str, str]]:
    return [
        {"fromNode": f"{number}text", "toNode": f"{number}link", "label": text}
        for number, text in enumerate(texts)
    ]


def _png() -> bytes:
    data = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(data, "png")
    return data.getvalue()
