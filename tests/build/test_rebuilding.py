"""Rules of building again: only what a change touches is made, and the outcome is that of a clean build."""

from __future__ import annotations

import ast
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from notebinder.base import file_state
from notebinder.base.settings import Settings
from notebinder.build.pipeline import Build, build
from tests.support.pictures import encoded
from tests.support.projects import PROJECT, WriteVault, settings_for

NAMES = ("A", "B", "C", "Tags", "Index", "deep/A", "deep/D", "deep/er/E")
PIECES = (
    "# Title\n",
    "## Part one\n\nSome words. ^block\n",
    "## Part two\n\n- item\n- item ^item\n",
    "text with #tag and #tag/nested\n",
    "[[A]], [[B|the B]] and [[C#Part one]].\n",
    "[[deep/A#Part two]] and [[A#^block]] and [[B#No such part]]\n",
    "[[Nowhere]] and [[Second name]] and [[E]]\n",
    "![[A]]\n",
    "![[B#Part one]]\n",
    "![[C#^item]]\n",
    "![[picture.png]]\n",
    "![[lost.png]]\n",
    "![[board.canvas]]\n",
    "![[list.base]]\n",
    "[[paper.pdf]] and ![[paper.pdf#page=2]]\n",
    "```mermaid\ngraph TD\n  X[A] --> Y[D]\n  class X,Y internal-link\n```\n",
    "%%hidden%% ==mark== [^1]\n\n[^1]: [[B]]\n",
)
HEADS = (
    "",
    "---\naliases: [Second name]\ntags: [x]\n---\n",
    "---\ntitle: Another title\nrelated: '[[A]]'\n---\n",
    "---\npermalink: moved/here\naliases: [old/place]\n---\n",
    "---\npublish: false\n---\n",
    "---\nbroken: [\n---\n",
)
PLANS = (
    "topics:\n  - title: One\n    parts:\n      - Part one\n  - title: Two\n",
    "topics:\n  - title: Part two\n    parts:\n      - picture.png: A picture\n      - Part two\n",
    "topics: [",
)


def png(*colour: int) -> bytes:
    return encoded(Image.new("RGB", (40, 30), colour))


def _note(rng: random.Random) -> str:
    return rng.choice(HEADS) + "\n".join(rng.choices(PIECES, k=rng.randint(0, 6)))


def write_note(vault: Path, rng: random.Random) -> None:
    file = vault / f"{rng.choice(NAMES)}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(_note(rng), "utf-8")


def add_words(vault: Path, rng: random.Random) -> None:
    for file in _some(vault, "*.md", rng):
        file.write_text(file.read_text("utf-8") + "\n" + rng.choice(PIECES), "utf-8")


def rename(vault: Path, rng: random.Random) -> None:
    for file in _some(vault, "*.md", rng):
        target = vault / f"{rng.choice(NAMES)}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        file.replace(target)


def delete(vault: Path, rng: random.Random) -> None:
    for file in _some(vault, "*", rng):
        file.unlink()


def write_plan(vault: Path, rng: random.Random) -> None:
    for file in _some(vault, "*.md", rng):
        file.with_suffix(".plan.yml").write_text(rng.choice(PLANS), "utf-8")


def drop_picture(vault: Path, rng: random.Random) -> None:
    shade = rng.randrange(3) * 100
    (vault / rng.choice(["picture.png", "deep/lost.png"])).write_bytes(png(shade, 50, 50))


def drop_file(vault: Path, rng: random.Random) -> None:
    (vault / "paper.pdf").write_bytes(rng.choice([b"%PDF-1", b"%PDF-2"]))
    target = rng.choice(["A.md", "C.md"])
    card = f'{{"id": "a", "type": "file", "file": "{target}", "x": 0, "y": 0, "width": 9, "height": 9}}'
    (vault / "board.canvas").write_text(f'{{"nodes": [{card}], "edges": []}}')
    view = rng.choice(["file.name", "note.title", "file.tags", "file.links", "file.backlinks", "file.size"])
    (vault / "list.base").write_text(
        f"views:\n  - type: table\n    name: V\n    order: [file.name, {view}]\n"
    )


def write_transcript(vault: Path, rng: random.Random) -> None:
    for file in _some(vault, "*.png", rng):
        title = rng.choice(["A title", "Another"])
        file.with_name(f"{file.name}.txt").write_text(f"title: {title}\nimage: 1f\n---\nwords in it\n")


def set_app(vault: Path, rng: random.Random) -> None:
    (vault / ".obsidian").mkdir(exist_ok=True)
    setting = rng.choice(["true", "false"])
    (vault / ".obsidian/app.json").write_text(f'{{"strictLineBreaks": {setting}}}')


def _some(vault: Path, pattern: str, rng: random.Random) -> list[Path]:
    files = sorted(path for path in vault.rglob(pattern) if path.is_file())
    return rng.sample(files, min(1, len(files)))


EDITS: tuple[Callable[[Path, random.Random], None], ...] = (
    write_note,
    write_note,
    add_words,
    add_words,
    rename,
    delete,
    write_plan,
    drop_picture,
    drop_file,
    write_transcript,
    set_app,
)


@pytest.fixture
def folders(write_vault: WriteVault, tmp_path: Path) -> tuple[Path, Settings, Settings]:
    """A vault, and two places to build it into."""
    vault = write_vault({f"{name}.md": f"# {name}\n\nword [[B]]\n" for name in NAMES})
    return vault, settings_for(vault, tmp_path / "docs"), settings_for(vault, tmp_path / "clean")


@pytest.mark.parametrize("seed", [1, 2])
def test_a_build_after_any_edits_equals_a_clean_one(
    folders: tuple[Path, Settings, Settings], seed: int
) -> None:
    vault, settings, clean_settings = folders
    rng = random.Random(seed)
    built = build(settings)
    for _ in range(40):
        for edit in rng.choices(EDITS, k=rng.choice([1, 1, 1, 3])):
            edit(vault, rng)
        built = build(settings, previous=built)
        assert built == build(clean_settings)
        published = {path.name for path in (settings.output / "media").glob("*")}
        assert {path.removeprefix("media/") for path in built.media} <= published


@pytest.mark.parametrize("seed", [3, 4])
def test_so_does_one_that_is_told_which_files_have_changed(
    folders: tuple[Path, Settings, Settings], seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even if every other file is taken to be as it was the moment that it has been read."""
    monkeypatch.setattr(file_state, "AT_REST_NS", -1)
    vault, settings, clean_settings = folders
    rng = random.Random(seed)
    built, there = build(settings), _contents(vault)
    for _ in range(40):
        for edit in rng.choices(EDITS, k=rng.choice([1, 1, 3])):
            edit(vault, rng)
        _tick(vault.parent)
        now = _contents(vault)
        changed = {path for path in there.keys() | now.keys() if there.get(path) != now.get(path)}
        built, there = build(settings, previous=built, changed=frozenset(changed)), now
        assert built == build(clean_settings)


def _contents(vault: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in vault.rglob("*") if path.is_file()}


def _tick(folder: Path) -> None:
    """Let the clock of the file system go on, so that a later change has another time."""
    scratch = folder / "clock"
    scratch.touch()
    before = scratch.stat().st_mtime_ns
    while scratch.stat().st_mtime_ns == before:
        scratch.touch()


def test_among_many_other_files_an_edit_costs_no_look_at_them(
    folders: tuple[Path, Settings, Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither folders nor files are read whose state is known, nor names searched that are the same."""
    monkeypatch.setattr(file_state, "AT_REST_NS", -1)
    vault, settings, clean_settings = folders
    for number in range(50):
        (vault / f"crowd/{number % 5}").mkdir(parents=True, exist_ok=True)
        (vault / f"crowd/{number % 5}/{number}.bin").write_bytes(b"x")
    _tick(vault.parent)
    before = build(settings)
    _tick(vault.parent)
    (vault / "C.md").write_text("# C\n\nother word\n")
    looked_at: list[str] = []
    scan = os.scandir

    def seen_scanning(path: str) -> Any:
        looked_at.append(str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", seen_scanning)
    built = build(settings, previous=before, changed=frozenset([str(vault / "C.md")]))
    assert [path for path in looked_at if path.startswith(str(vault))] == [str(vault)]
    assert built.vault.attachments is before.vault.attachments
    assert built.public.names is before.public.names
    assert built.cache.index is not None
    assert before.cache.index is not None
    assert built.cache.index.paths is before.cache.index.paths
    monkeypatch.undo()
    assert built == build(clean_settings)


def test_an_edit_of_words_makes_one_page_anew(folders: tuple[Path, Settings, Settings]) -> None:
    vault, settings, _ = folders
    before = build(settings)
    (vault / "C.md").write_text("# C\n\nother word [[B]]\n")
    built = build(settings, previous=before)
    assert built.changed_since(before) == {"c.md", "b.md"}  # b.md shows the sentence around the link
    assert sorted(_made_anew(built, before)) == ["B.md", "C.md"]


def test_a_page_that_links_to_a_heading_is_made_anew_only_when_that_heading_changes(
    folders: tuple[Path, Settings, Settings],
) -> None:
    vault, settings, _ = folders
    (vault / "A.md").write_text("[[C#Part]]\n")
    (vault / "C.md").write_text("## Part\n")
    before = build(settings)
    (vault / "C.md").write_text("new words\n\n## Part\n")
    moved = build(settings, previous=before)
    assert _made_anew(moved, before) == {"C.md"}
    (vault / "C.md").write_text("new words\n\n## Renamed\n")
    assert _made_anew(build(settings, previous=moved), moved) == {"A.md", "C.md"}


def test_a_published_file_that_was_deleted_is_published_again(
    folders: tuple[Path, Settings, Settings],
) -> None:
    vault, settings, _ = folders
    (vault / "paper.pdf").write_bytes(b"%PDF")
    (vault / "picture.png").write_bytes(png(1, 2, 3))
    (vault / "A.md").write_text("[[paper.pdf]] ![[picture.png]]")
    before = build(settings)
    shutil.rmtree(settings.output)
    build(settings, previous=before)
    assert all((settings.output / path).is_file() for path in before.media)


def test_with_other_settings_nothing_is_kept(
    folders: tuple[Path, Settings, Settings], tmp_path: Path
) -> None:
    _, settings, clean_settings = folders
    built = build(clean_settings, previous=build(settings))
    assert built == build(clean_settings)


def _made_anew(built: Build, before: Build) -> set[str]:
    notes, old = built.cache.notes, before.cache.notes
    return {path for path in notes if notes[path] is not old.get(path)}


def test_constructs_reach_the_vault_by_recorded_look_ups_only() -> None:
    """What a construct learns in another way would not be compared before its text is used again."""
    hidden = {"Vault", "VaultIndex", "AddressBook", "Sources", "resolve", "suggest", "read_attachment"}
    around = {"sources", "vault", "index", "addresses"}
    found = []
    for file in sorted((PROJECT / "scripts/notebinder/pages/constructs").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = {alias.name for alias in node.names} if isinstance(node, ast.ImportFrom) else set()
            names |= {node.attr} & around if isinstance(node, ast.Attribute) else set()
            found += [(file.name, name) for name in names & (hidden | around) if file.name != "look_ups.py"]
    assert found == []
