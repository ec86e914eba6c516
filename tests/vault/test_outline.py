"""Rules of outlines and parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notebinder.vault.model import Note
from notebinder.vault.outline import attachment_name, plain_text, read_outline, read_parts
from notebinder.vault.syntax.blocks import read_blocks


def note_of(text: str, body_line: int = 1) -> Note:
    return Note("n.md", text, body_line=body_line, blocks=read_blocks(text, body_line))


def names_of(text: str) -> list[str]:
    note = note_of(text)
    return [part.name for part in read_parts(note, read_outline(note))]


def test_outline_is_the_list_at_the_head_when_numbers_begin_anywhere() -> None:
    outline = read_outline(note_of("2. RDS proxy\n3. Aurora \n\n![[a.png]]"))
    assert outline is not None
    assert [(e.number, e.text, e.line) for e in outline.entries] == [(2, "RDS proxy", 1), (3, "Aurora", 2)]


def test_outline_may_stand_below_a_heading_and_a_sentence() -> None:
    outline = read_outline(note_of("# AWS\n\nMy notes:\n\n- S3\n- EC2\n\ntext"))
    assert outline is not None
    assert [entry.text for entry in outline.entries] == ["S3", "EC2"]


@pytest.mark.parametrize(
    "text", ["", "text only", "![[a.png]]\n\n1. a list behind an embed", "```\n1. code\n```"]
)
def test_there_is_no_outline_when_no_list_heads_the_note(text: str) -> None:
    assert read_outline(note_of(text)) is None


FORMS = {
    "nested": "1. Storage\n   - Classes\n   - Lifecycle\n2. Replication\n",
    "tasks": "- [ ] Storage\n- [x] Classes\n- [ ] Lifecycle\n- [ ] Replication\n",
    "brackets": "1) Storage\n2) Classes\n3) Lifecycle\n4) Replication\n",
    "letters": "a. Storage\nb. Classes\nc. Lifecycle\nd. Replication\n",
    "headings": "##### 1. Storage\n##### 2. Classes\n##### 3. Lifecycle\n##### 4. Replication\n",
    "bold": "**Storage**\n**Classes**\n\n**Lifecycle**\n**Replication**\n",
    "label": "Topics:\n\n1. Storage\n2. Classes\n3. Lifecycle\n4. Replication\n",
    "heading": "## Table of Contents\n- Storage\n- Classes\n- Lifecycle\n- Replication\n",
    "plain": "**Agenda**\n\nStorage\nClasses\nLifecycle\nReplication\n",
    "callout": "> [!abstract] Contents\n> 1. Storage\n> 2. Classes\n> 3. Lifecycle\n> 4. Replication\n",
    "quote": "> Inhalt:\n> - Storage\n> - Classes\n> - Lifecycle\n> - Replication\n",
    "table": "| # | Topic |\n|-|-|\n|1|Storage|\n|2|Classes|\n|3|Lifecycle|\n|4|Replication|\n",
    "column": "目录\n\n| a |\n|-|\n| Storage |\n| Classes |\n| Lifecycle |\n| Replication |\n",
    "below": "# AWS\n\nA.\n\nB.\n\n---\n\n## Outline\n- Storage\n- Classes\n- Lifecycle\n- Replication\n",
}


@pytest.mark.parametrize("form", FORMS)
def test_an_outline_may_have_any_form(form: str) -> None:
    text = FORMS[form]
    note = note_of(f"{text}\n![[a.png]]\n")
    outline = read_outline(note)
    assert outline is not None
    words = [plain_text(entry.text) for entry in outline.entries]
    assert words == ["Storage", "Classes", "Lifecycle", "Replication"]
    lines = note.text.split("\n")
    assert all(entry.text.split()[0] in lines[entry.line - 1] for entry in outline.entries)
    assert read_parts(note, outline)[-1].name == "a.png"
    assert "label" not in form or len(read_parts(note, outline)) == 1


def test_entries_that_are_links_to_headings_are_read_as_typed() -> None:
    outline = read_outline(note_of("[[#Storage]]\n[[#Classes|All classes]]\n[Life](#life)\n\n## Storage\n"))
    assert outline is not None
    assert [entry.text for entry in outline.entries] == [
        "[[#Storage]]",
        "[[#Classes|All classes]]",
        "[Life](#life)",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# AWS\n## S3\n### Storage\n\ntext",
        "# 1. A\n\ntext\n\n# 2. B\n\ntext\n\n# 3. C\n",
        "**Note**\n\nsome text\n",
        "| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |\n",
        "| key | value |\n|---|---|\n| port | 80 |\n",
        "> [!info] Mind\n> - that\n> - this\n",
        "Topics:\n\n![[a.png]]\n\n- a\n- b\n",
        "one\n\ntwo\n\nthree\n\nfour\n\n- a list far below\n- of the text\n",
    ],
)
def test_what_looks_like_an_outline_is_none(text: str) -> None:
    assert read_outline(note_of(text)) is None


def test_parts_are_embeds_headings_and_runs_of_text() -> None:
    text = "1. A\n\n![[a.png]]\n\nsome words that go on and on\n\n- l\n### **Head**\ntext\n#### in\n### Next"
    assert names_of(text) == ["a.png", "some words that go on and", "Head", "Next"]


def test_a_repeated_name_gets_a_number() -> None:
    assert names_of("![[a.png]]\n\n![[a.png|200]]\n\n# H\n\n# H") == ["a.png", "a.png#2", "H", "H#2"]


def test_a_picture_in_markdown_syntax_is_a_part_of_its_file_name() -> None:
    assert names_of("![x](assets/my%20pic.png)\n\n![y](<other pic.png>)") == ["my pic.png", "other pic.png"]


def test_a_part_that_begins_with_a_list_is_named_by_its_first_item() -> None:
    assert names_of("![[a.png]]\n\n- **first** item\n- second") == ["a.png", "first item"]


@pytest.mark.parametrize(
    ("text", "plain"),
    [("**Key** Features", "Key Features"), ("`SELECT` a_b", "SELECT a_b"), ("==x== ~~y~~", "x y")],
)
def test_plain_text_drops_marks_only(text: str, plain: str) -> None:
    assert plain_text(text) == plain


def test_attachment_name_leaves_folder_and_fragment_out() -> None:
    assert attachment_name("assets/plan.pdf#page=2") == "plan.pdf"


BLOCKS = st.sampled_from(
    [
        "1. a\n2. b",
        "- x\n  - y",
        "![[a.png]]",
        "# H",
        "### **h**",
        "text",
        "```\n# no\n```",
        "> q",
        "[r]: x",
        "",
        "%%c%%",
    ]
)


@given(st.lists(BLOCKS, max_size=12), st.integers(0, 2))
def test_parts_and_outline_hold_every_line_once(blocks: list[str], gap: int) -> None:
    """Splitting loses and doubles no line, whatever the note."""
    text = ("\n" * (gap + 1)).join(blocks)
    note = note_of(text)
    outline = read_outline(note)
    ranges = [part.lines for part in read_parts(note, outline)] + ([outline.lines] if outline else [])
    covered = sorted(line for lines in ranges for line in range(lines.start, lines.end))
    assert covered == (list(range(1, text.count("\n") + 2)) if note.blocks else [])
