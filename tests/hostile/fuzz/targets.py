"""What the fuzzers run: each target takes any bytes, and must end in time, in balance, in no exception."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from notebinder.base.settings import Options, resolve_settings
from notebinder.build.output import write_tree
from notebinder.build.pipeline import build
from notebinder.pages.ledger import Placed, balance
from notebinder.vault.outline import read_outline, read_parts
from notebinder.vault.plan import place_parts, read_plan
from notebinder.vault.resolve import read_index, resolve
from notebinder.vault.syntax.blocks import read_blocks, walk
from notebinder.vault.syntax.inline import read_inline
from notebinder.vault.syntax.properties import read_properties
from notebinder.vault.syntax.slugs import slug
from notebinder.vault.syntax.spans import Definitions, Span
from notebinder.vault.syntax.tags import clean_html
from notebinder.vault.syntax.targets import read_destination, read_image_text, read_reference, read_wikilink
from notebinder.vault.transcripts import format_transcript, parse_transcript
from tests.support.built_pages import faults_in_article
from tests.support.converting import convert, read_note, rendered, whole

SECONDS_PER_KILOBYTE = 2.0
"""A hang is what takes longer than this for each kilobyte; the usual is a hundredth of it."""

_FILES = {"data.csv": "a", "all.canvas": "{}", "all.base": "views: []"}
_OTHERS = {
    "Other.md": "# Head\n\ntext ^name\n\n- item ^item\n\n![[Note]] [[Other#Head]]",
    "folder/Deep.md": "---\naliases: [Alias]\n---\n> quote\n\n![[Other]]",
}
_DEFINITIONS = Definitions({"R": ("http://a.b", "title")}, frozenset(["1", "note"]))


def text_of(data: bytes) -> str:
    """Any bytes as the text of a note, as the vault reads it."""
    return data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").translate(_MARKS)


_MARKS = dict.fromkeys(map(ord, "\0\x02\x03"), "\ufffd")


def reader(data: bytes) -> None:
    """The blocks of a note lie within it, in order."""
    text = text_of(data)
    _, body_line, _ = read_properties(text, "Note.md")
    last = text.count("\n") + 2
    blocks = read_blocks(text, body_line)
    assert all(body_line <= block.lines.start <= block.lines.end <= last for block, _ in walk(blocks))
    assert [block.lines.start for block in blocks] == sorted(block.lines.start for block in blocks)


def inline(data: bytes) -> None:
    """The spans of a text cover it in order and without a gap."""
    text = text_of(data)
    for definitions in (_DEFINITIONS, Definitions()):
        _check_cover(read_inline(text, definitions), 0, len(text))


def _check_cover(spans: tuple[Span, ...], start: int, end: int) -> None:
    place = start
    for span in spans:
        assert span.start == place < span.end
        place = span.end
        inner = [child.start for child in span.children] + [child.end for child in span.children]
        assert not inner or (span.start <= min(inner) and max(inner) <= span.end)
    assert place == end


def links(data: bytes) -> None:
    """Whatever stands in a link means a file of the vault or nothing, and its slug is a plain name."""
    text = text_of(data)
    notes = {path: read_note(path, source) for path, source in _OTHERS.items()}
    index = read_index(notes, _FILES)
    for target in (read_wikilink(text), read_reference(text)):
        found = resolve(target.note, "folder/Note.md", index)
        assert found is None or found.path in {*notes, *_FILES}
    read_image_text(text)
    read_destination(f"({text}", 0, len(text) + 1)
    name = slug(text)
    assert name
    assert not set(name) & set("/\\:.\0\n")
    assert len(name.encode()) <= 250


def constructs(data: bytes) -> None:
    """A note becomes a page that has all its words, and what the engine makes of it runs nothing."""
    text = text_of(data)
    note = read_note("Note.md", text)
    found = convert(text, others=_OTHERS, files=_FILES)
    account = balance(note, [Placed(whole(note), found)])
    assert account.problems == (), account.problems
    assert faults_in_article(rendered(found.markdown)) == []


def html(data: bytes) -> None:
    """Cleaning what is clean changes nothing but space."""
    once = clean_html(text_of(data))
    assert clean_html(once).split() == once.split()
    assert "<script" not in once.lower()


def plan(data: bytes) -> None:
    """Whatever the plan says, each part of the note has its place."""
    plan_text, _, note_text = text_of(data).partition("\n===\n")
    note = read_note("Note.md", note_text or "1. A\n2. B\n\n# A\n\n![[a.png]]\n\n# B\n\ntext\n")
    outline = read_outline(note)
    parts = read_parts(note, outline)
    found, _ = read_plan(plan_text, "Note.plan.yml")
    if found:
        placings, _ = place_parts(found, parts)
        placed = {p.part.name for shelf in (*placings.topics, placings.overview) for p in shelf}
        assert placed == {part.name for part in parts}


def transcript(data: bytes) -> None:
    """A transcript that is written is read back as it was."""
    found = parse_transcript(text_of(data))
    if found:
        again = parse_transcript(format_transcript(found))
        assert again
        assert parse_transcript(format_transcript(again)) == again


def pipeline(data: bytes) -> None:
    """Files of any content become pages; the account balances and nothing is written outside."""
    pieces = data.split(b"\n%%%%\n")
    names = ("a.md", "b/c.md", "a.plan.yml", "all.canvas", "all.base", "x.png", "x.png.txt", "x.svg")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, piece in zip(names, pieces, strict=False):
            file = root / "vault" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(piece)
        (root / "vault/all.md").write_text(_ALL)
        options = Options(vault=str(root / "vault"))
        settings = resolve_settings(options, root=root, docs=root / "docs", cache=root / "cache")
        built = build(settings)
        write_tree(settings.output, built.files, kept=built.media)
        assert not [problem for problem in built.problems if problem.code == "lost-text"], built.problems
        json.dumps([str(problem) for problem in built.problems]).encode()
        assert {path.name for path in root.iterdir()} <= {"vault", "docs", "cache"}


_ALL = """\
![[a]]

![[all.canvas]]

![[all.base]]

![[x.png]] ![[x.svg]] [[b/c]] [[a.plan.yml]] [[x.svg]]
"""

TARGETS: Mapping[str, Callable[[bytes], None]] = MappingProxyType(
    {
        target.__name__: target
        for target in (reader, inline, links, constructs, html, plan, transcript, pipeline)
    }
)


def run(name: str, data: bytes) -> None:
    """Run a target and see that it ends in time."""
    begin = time.thread_time()
    TARGETS[name](data)
    spent = time.thread_time() - begin
    assert spent < SECONDS_PER_KILOBYTE * (1 + len(data) / 1000), f"{spent:.1f} s for {len(data)} bytes"
