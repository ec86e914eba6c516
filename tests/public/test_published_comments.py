"""No comment of a public note is published, wherever it begins and ends."""

from __future__ import annotations

import time
from html import unescape

import pytest

from notebinder.public.comments import without_all_comments, without_comments_left
from tests.support.converting import convert, rendered
from tests.support.notes import read_note
from tests.support.projects import BuildVault, text_of


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("a %% b\n\nc\n\nd %% e", "a \n\n\n\n e"),
        ("a %% b\nc\n%%\n\nd", "a \n\n\n\nd"),
        ("- a %% b\n- c %% d", "- a \n d"),
        ("> a %% b\n\nc %% d\n\ne %% f\n\ng %% h", "> a \n\n d\n\ne \n\n h"),
        ("|a|b|\n|-|-|\n|c %% d|e %% f|", "|a|b|\n|-|-|\n|c  f|"),
        ("a %%b%% `%%` c %% d\n\n# e %% f", "a %%b%% `%%` c \n\n f"),
        ("|a|b|\n|-|-|\n|c \\| d %% e|f \\| g %% h|", "|a|b|\n|-|-|\n|c \\| d  h|"),
        ("a %% b\nc\n%%\nd %% e\nf\n%%\ng", "a \n\n\nd \n\n\ng"),
        ("50 %% of a\n\n`%%`", "50 %% of a\n\n`%%`"),
        ("%%\na\n\nb\n%%\n\nc", "%%\na\n\nb\n%%\n\nc"),
        ("```\n%%\n```\n\na %% b", "```\n%%\n```\n\na %% b"),
        ("50 %% of a\n\n%%\nb\n%%\n\nc", "50 %% of a\n\n%%\nb\n%%\n\nc"),
        ("50 %% of a\n\n%%b%%\n\nc", "50 %% of a\n\n%%b%%\n\nc"),
        ("|a|b|\n|-|-|\n|c %% d|c %% d|", "|a|b|\n|-|-|\n|c  d|"),
        ("a <!-- b\n\nc --> d", "a \n\n d"),
        ("a <!-- b\n\nc --> d\n\ne %% f\n\n--> %% g", "a \n\n d\n\ne \n\n g"),
        ("a <!-- b\n\n<div>\nc --> d</div>", "a \n\n\n d</div>"),
        ("a --> b\n\nc --> d", "a --> b\n\nc --> d"),
        ("a %%% b\n\nc %%% d\n\ne %% f", "a %\n\n\n\n f"),
    ],
)
def test_a_comment_that_begins_in_one_paragraph_and_ends_in_another_is_left_out(
    typed: str, left: str
) -> None:
    """No line is lost, so that all problems keep their places; one that nothing closes stays."""
    note, problems = without_comments_left(read_note("A.md", typed))
    assert note.text == left
    assert bool(problems) == (typed != left)


def test_the_author_is_told_where_such_a_comment_begins_and_ends() -> None:
    _, problems = without_comments_left(read_note("A.md", "x\n\na %% b\n\nc %% d"))
    assert [str(problem) for problem in problems] == [
        "A.md:3: warning[open-comment] a comment begins in one paragraph and ends in another, in line 5; it "
        "is left out; let it begin a line of its own"
    ]


def test_many_such_comments_are_left_out() -> None:
    note, problems = without_comments_left(read_note("A.md", "a %% hush\n\nhush %% b\n\n" * 500))
    assert (note.text, len(problems)) == ("a \n\n b\n\n" * 500, 500)


@pytest.mark.parametrize(
    "typed", ["a %% b\n\nhush\n%%\n\n", "a %% b\n\nhush\n%% c <!-- d\n\nhush\n--> c\n\n"]
)
def test_a_note_is_not_read_anew_for_each_of_many_comments(typed: str) -> None:
    """All are left out, in time in proportion to the note, and no line is lost."""
    times = 100
    note, problems = without_comments_left(read_note("A.md", typed * times))
    assert note.text.count("\n") == typed.count("\n") * times
    assert ("hush" in note.text, note.text.count("a "), len(problems)) == (
        False,
        times,
        typed.count("hush") * times,
    )


@pytest.mark.parametrize(
    "typed", ["-->", "a --> b\n", "<!--", "%%%", "a %%%b%% ", "|%%", "[x](u '%%')", "> <!--\n", "%% a\n"]
)
def test_comments_are_looked_for_in_time_in_proportion_to_the_text(typed: str) -> None:
    """In twice the text for less than three times as long, but for noise."""

    def seconds(times: int) -> float:
        text = typed * times
        note = read_note("A.md", f"a\n{text}")
        begun = time.process_time()
        without_comments_left(note)
        without_all_comments(text)
        return time.process_time() - begun

    assert any(seconds(8_000) < 3 * seconds(4_000) + 0.1 for _ in range(3))


def test_properties_have_no_comments(build_vault: BuildVault) -> None:
    note = "---\ntitle: A %%hush%% b\ndescription: c <!-- hush --> d\nx: [e %%hush%% f]\n---\ntext"
    assert [path for path, content in build_vault({"A.md": note}).files.items() if b"hush" in content] == []


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ('[x](https://a.b "t %%hush%% u")', '[x](https://a.b "t  u")'),
        ("[x][r]\n\n[r]: https://a.b 'a <!-- hush -->'", '[x](https://a.b "a ")'),
        ('a <b title="t %%hush%%" class="a<!-- hush -->">x</b>', 'a <b title="t " class="a">x</b>'),
        ('a <img alt="<!-- hush -->">', "a <img alt>"),
        ('<div title="a %%hush%%">x</div>', '<div title="a ">x</div>'),
        ("a %%%hush%% b", "a % b"),
        ("<div><!-- hush %% -->a %% b</div>", "<div>a %% b</div>"),
        ("[[No %%hush%%]]", '<span class="nb-missing" title="There is no note No">No</span>'),
    ],
)
def test_no_comment_is_shown_wherever_it_stands(typed: str, shown: str) -> None:
    assert convert(typed).markdown == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a <?hush?> b", "a  b"),
        ("a <![CDATA[hush]]> b", "a  b"),
        ("a <!DOCTYPE hush> b", "a  b"),
        ("a <?hush>b?> c", "a b?> c"),
        ("<?hush\n\nhush?>\n\na", "a"),
        ("<![CDATA[\nhush\n\nhush]]>\na", "a"),
        ("<!hush\n\nhush", ""),
        ("<div>a <?hush?> b <![CDATA[hush]]> c</div>", "<div>a  b  c</div>"),
        ("<div>a\n<!hush", "<div>a</div>"),
    ],
)
def test_a_declaration_is_no_text(typed: str, shown: str) -> None:
    """A browser takes it for a comment that ends at the next `>`, and so does Obsidian; it is told."""
    converted = convert(typed)
    assert converted.markdown == shown
    assert {problem.code for problem in converted.problems} == {"removed-html"}


@pytest.mark.parametrize("typed", ["a %%% hush %%% b", "%%%\nhush\n%%%", "a %%hush%%%", "a <!-- hush"])
def test_what_only_seems_a_comment_is_shown_and_told(typed: str) -> None:
    """More than two percents end no comment; the last two of them begin one."""
    converted = convert(typed)
    assert "hush" in converted.markdown
    assert {problem.code for problem in converted.problems} == {"open-comment"}


@pytest.mark.parametrize("typed", ["a <?hush", "<![CDATA[ hush", "List<?> hush"])
def test_a_declaration_that_nothing_ends_is_text(typed: str) -> None:
    converted = convert(f"a {typed}")
    assert "hush" in converted.markdown
    assert not converted.problems


@pytest.mark.parametrize(
    ("language", "source", "shown"),
    [
        ("base", "# hush\nformulas: 'a # b' # hush", "\nformulas: 'a # b' "),
        ("base", "formulas: | # hush\n  # a\n# hush", "formulas: | \n  # a\n"),
        ("base", "formulas: a#b\nc: 'never closed # hush", "formulas: a#b\nc: 'never closed "),
        ("base", "# hush\nformulas: a\nb: |", "\nformulas: a\nb: |"),
        ("tasks", "# hush\nnot done\n  # hush", "\nnot done\n"),
        ("dataview", "LIST // hush\n// hush\nFROM #a", "LIST \n\nFROM #a"),
        ("dataviewjs", "/* hush\nhush */\ndv.x('http://a') /* hush */", "\ndv.x('http://a') "),
    ],
)
def test_what_asks_obsidian_for_notes_is_shown_without_comments(
    language: str, source: str, shown: str
) -> None:
    page = rendered(convert(f"```{language}\n{source}\n```").markdown)
    assert unescape(page.partition("<code>")[2].partition("</code>")[0]) == shown.strip("\n")


@pytest.mark.parametrize(
    ("diagram", "shown"),
    [
        ("---\ntitle: a # hush\n# hush\n---\n%% hush\ngraph TD", "---\ntitle: a \n\n---\n\ngraph TD"),
        ("graph TD\nA:::b --> B %% hush", "graph TD\nA:::b --> B "),
        ('graph TD\nA["50 %% of"] --> B\nA->>B: 50 %% of', 'graph TD\nA["50 %% of"] --> B\nA->>B: 50 %% of'),
    ],
)
def test_a_diagram_has_no_comments(diagram: str, shown: str) -> None:
    assert convert(f"```mermaid\n{diagram}\n```").markdown == f"```mermaid\n{shown}\n```"


def test_a_base_that_is_linked_is_published_without_comments(build_vault: BuildVault) -> None:
    base = "# hush\nviews:\n  - type: table # hush\n"
    built = build_vault({"A.md": "[a](A.base) ![[A.base]]", "A.base": base})
    assert [path for path, content in built.files.items() if b"hush" in content] == []
    assert (built.media, "nb-base" in text_of(built, "a-base.md")) == (frozenset(), True)


def test_a_block_of_html_has_no_comments() -> None:
    assert convert("<div>a %%hush%% b\n%%\nhush\n%%\n<!-- hush --></div>").markdown == ("<div>a  b\n\n</div>")
