"""What obsidian-export's own test cases expect of a note, the page shows, too.

Left out are the cases of flags and callbacks of that tool: filter-by-tags, start-at, postprocessors, and
infinite-recursion, which expects an error.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from notebinder.vault.syntax.properties import read_properties
from notebinder.vault.syntax.words import count_words
from tests.support.converting import convert, rendered
from tests.support.real_vaults import real_vault
from tests.support.shown import shown

GROUPS = ("main-samples", "single-file", "non-ascii", "same-filename-different-directories")
ON_PURPOSE = {
    "main-samples/embeds.md": "the name of a missing note is shown, marked as missing; there it vanishes",
    "main-samples/embeds-partial-note.md": "an embed of a section names its note and leads there",
    "main-samples/pure-markdown-examples.md": "tasks and footnotes are shown as such, not as their source",
}
"""Pages that show other words than the expected text, and why."""


def notes_of(group: Path) -> dict[str, str]:
    return {file.relative_to(group).as_posix(): file.read_text("utf-8") for file in group.rglob("*.md")}


def files_of(group: Path) -> dict[str, str]:
    files = (file for file in group.rglob("*") if file.is_file() and file.suffix != ".md")
    return {file.relative_to(group).as_posix(): "" for file in files if not file.name.startswith(".")}


def page_words(folder: Path, path: str) -> set[str]:
    others = notes_of(folder)
    text = others.pop(path)
    page = convert(text, path=path, others=others, files=files_of(folder)).markdown
    return _words(rendered(page))


def expected_words(file: Path) -> set[str]:
    source = file.read_text("utf-8")
    _, body_line, _ = read_properties(source, file.name)
    body = "\n".join(source.split("\n")[body_line - 1 :])
    return _words(MarkdownIt("commonmark").enable("table").render(body))


def _words(html: str) -> set[str]:
    return set(count_words(" ".join(text for _, text in shown(html) if not text.startswith("<"))))


@pytest.mark.parametrize("group", GROUPS)
def test_pages_show_the_words_of_the_expected_texts(group: str) -> None:
    cases = real_vault("obsidian-export-cases")
    expected = cases / "expected" / group
    different = {}
    for file in sorted(expected.rglob("*.md")):
        path = file.relative_to(expected).as_posix()
        page, wanted = page_words(cases / "input" / group, path), expected_words(file)
        if page != wanted:
            different[f"{group}/{path}"] = page ^ wanted
    assert different.keys() == {name for name in ON_PURPOSE if name.startswith(f"{group}/")}, different
