"""Targets that make pages: of one note, and of whole vaults."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from notebinder.base.settings import Options, resolve_settings
from notebinder.build.output import write_tree
from notebinder.build.pipeline import build
from notebinder.pages.ledger import Placed, balance
from tests.hostile.fuzz.made_of import FILES, OTHERS, text_of
from tests.support.built_pages import faults_in_article
from tests.support.converting import convert, rendered
from tests.support.notes import read_note, whole


def constructs(data: bytes) -> None:
    """A note becomes a page that has all its words, and what the engine makes of it runs nothing."""
    text = text_of(data)
    note = read_note("Note.md", text)
    found = convert(text, others=OTHERS, files=FILES)
    account = balance(note, [Placed(whole(note), found)])
    assert account.problems == (), account.problems
    assert faults_in_article(rendered(found.markdown)) == []


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
