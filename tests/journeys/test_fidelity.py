"""For any note without Obsidian's own syntax, the built page shows what markdown-it shows."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from selectolax.lexbor import LexborHTMLParser

from notebinder.pages.constructs.look_ups import ReadingSettings
from tests.support.converting import convert, rendered
from tests.support.shown import shown

# Blocks as people write them, with the traps of ofm.md: each reads differently in some engine.
LEAVES = (
    *("text", "two\nlines", "# Head", "## Head with *marks*", "Set\n===", "***", "    indented\n    code"),
    *("```py\ncode\n\n  more\n```", "````\n```\nx\n```\n````", "~~~\nx\n~~~", "- a\n- b", "* a\n+ b"),
    *("- a\n  - b\n    - c\n- d", "1. x\n2. y", "1) x\n2) y", "3. x\n   - y\n\n   z\n4. w", "text\n- a\n- b"),
    *(
        "1. a\n\n   ```js\n   x\n   ```\n2. b",
        "- a\n  > q\n- b",
        "- a\n\n  p\n\n- b",
        "-\n- x",
        "- - a\n  - b",
    ),
    *("1. > q\n2. # h", "> quote\n> more", "> a\nlazy\n\n> b", "> - a\n>   - b\n>\n> c", "> ```\n> x\n> ```"),
    *(
        "| a | b |\n|---|:-:|\n| 1 | 2 |",
        "a | b\n--|--\n1 |",
        "| a | b |\n|---|--:|",
        "{: .x }",
        "[TOC]",
        "*[HTML]: x",
        "!!! note\n    x",
    ),
    *(
        "/// x\n///",
        ": def",
        "1986\\. year",
        "a\n1986. year",
        "\\# x",
        "## C#",
        "a {.b}",
        "--8<-- x",
        "&copy; & &x",
    ),
    *(
        "**a** *b* ***c*** __d__ _e_",
        "**a *b* c** a_b_c",
        "a * b * c",
        "x [y [z] w",
        "`` a ` b `` `c`",
        "a\\\nb  \nc",
    ),
    *(
        '[l](http://a.b/c_d "t") <http://c.d>',
        "see [r] [t][r]\n\n[r]: http://x.y",
        "![i](http://a/b.png)",
        "<b>x</b> y",
    ),
    *(
        "10. a\n    - b\n11. c",
        "- a\n\n\n- b\n1. c",
        "- x\n\n      code\n\n  y",
        "+ plus",
        "snake_case_word",
        "a<b",
    ),
)


# What only Obsidian reads, and plain Markdown that shows the same.
OBSIDIAN = (
    ("a %%x%% b", "a  b"),
    ("a\n\n%%\nhidden\n\nmore\n%%\n\nb", "a\n\nb"),
    ("==m *e*== ~~d~~ #tag/x", "<mark>m *e*</mark> <del>d</del> #tag/x"),
    ("#tag at the start", "\\#tag at the start"),
    ("text ^id", "text"),
    ("- a ^one\n- b\n\n^all", "- a\n- b"),
    ("- [ ] a\n- [?] b\n  1. [x] c", "- a\n- b\n  1. c"),
    ("[[Other|**x**]] [[Other]] [[Nothing#here]]", "[**x**](../other/) [Other](../other/) Nothing > here"),
    ("| a |\n|---|\n| [[Other\\|x]] `b\\|c` |", "| a |\n|---|\n| [x](../other/) `b\\|c` |"),
    ("costs $5 and $6", "costs $5 and $6"),
    ("a <!-- b --> c", "a  c"),
    ("\\[[x]] [[y", "\\[[x]] \\[[y"),
)


def _indent(text: str, first: str, others: str) -> str:
    lines = text.split("\n")
    return "\n".join(
        [first + lines[0], *(others + line if line.strip() else others.rstrip() for line in lines[1:])]
    )


def _joined(blocks: list[str]) -> str:
    return "\n\n".join(blocks)


def _containers(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    joined = st.lists(inner, min_size=1, max_size=3).map(_joined)
    return st.one_of(
        joined.map(lambda text: _indent(text, "- ", "  ")),
        joined.map(lambda text: _indent(text, "1. ", "   ")),
        joined.map(lambda text: _indent(text, "> ", "> ")),
    )


NOTES = st.lists(st.recursive(st.sampled_from(LEAVES), _containers, max_leaves=4), max_size=4).map(_joined)


def _both(first: str, others: str) -> Callable[[list[tuple[str, str]]], tuple[str, str]]:
    """Put blocks into a container, in Obsidian's Markdown and in plain Markdown alike."""
    return lambda pairs: (
        _indent(_joined([pair[0] for pair in pairs]), first, others),
        _indent(_joined([pair[1] for pair in pairs]), first, others),
    )


def _pairs(inner: st.SearchStrategy[tuple[str, str]]) -> st.SearchStrategy[tuple[str, str]]:
    some = st.lists(inner, min_size=1, max_size=3)
    containers = (("", ""), ("- ", "  "), ("1. ", "   "), ("> ", "> "))
    return st.one_of([some.map(_both(first, others)) for first, others in containers])


PAIRS = st.recursive(st.sampled_from([*OBSIDIAN, *((leaf, leaf) for leaf in LEAVES)]), _pairs, max_leaves=5)


def reference(text: str) -> list[tuple[str, str]]:
    """What markdown-it shows, with tables that cannot interrupt a paragraph, and line ends as breaks."""
    parser = MarkdownIt("commonmark", {"breaks": True}).enable("table")
    return shown(parser.render(text))


def page(text: str) -> list[tuple[str, str]]:
    reading = ReadingSettings(external_embeds_at_once=True)
    written = convert(text, others={"Other.md": ""}, files={"a.pdf": ""}, reading=reading).markdown
    return shown(rendered(written.replace("./other.md", "../other/")))


@given(NOTES)
@settings(max_examples=150)
def test_a_note_of_plain_markdown_shows_what_markdown_it_shows(text: str) -> None:
    assert page(text) == reference(text)


@given(PAIRS)
@settings(max_examples=150)
def test_a_note_of_obsidian_markdown_shows_what_its_plain_equivalent_shows(pair: tuple[str, str]) -> None:
    assert page(pair[0]) == reference(pair[1])


@given(st.text(alphabet="ab *_`[]()\\!&;:|{}\"'.-+/1é中", min_size=1, max_size=24))
@settings(max_examples=300)
def test_a_line_shows_what_markdown_it_shows(line: str) -> None:
    text = f"x {line} y"
    assert page(text) == reference(text)


DELIMITERS = st.sampled_from(("*", "_", "**", "__", "~~", "==", "***"))


def _emphasised(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    delimited = st.builds(
        "{0}{1}{0}".format, st.sampled_from(("*", "_", "**", "__", "~~", "==", "***")), inner
    )
    linked = inner.map(lambda text: text if "[" in text else f"[{text}](tel:1)")
    return st.one_of(delimited, linked, st.lists(inner, min_size=2, max_size=3).map("".join))


EMPHASIS = st.recursive(
    st.sampled_from(("a", "b c", "字", "字。", "「字」", "é.", "(d)", " ", "`*`", "\\*", "x_y", "=", "~")),
    _emphasised,
    max_leaves=8,
)


def _mark(state: StateInline, silent: bool) -> bool:
    found = re.compile(r"==(?![\s=])((?:`[^`]*`|[^`])+?)(?<![\s=])==(?!=)").match(state.src, state.pos)
    if found and not silent:
        state.push("mark_open", "mark", 1)
        within: list[Token] = []
        state.md.inline.parse(found[1], state.md, state.env, within)
        state.tokens += within
        state.push("mark_close", "mark", -1)
    state.pos = found.end() if found else state.pos
    return bool(found)


@given(st.lists(EMPHASIS, max_size=4).map(" ".join))
@example("A ==*ripe*== pear, **==*b*==**")
@settings(max_examples=400)
def test_emphasis_nested_in_any_way_shows_what_markdown_it_understood(text: str) -> None:
    parser = MarkdownIt("commonmark", {"breaks": True}).enable("strikethrough")
    parser.inline.ruler.before("emphasis", "mark", _mark)
    assert page(f"x {text} y") == shown(parser.render(f"x {text} y"))


@given(
    st.lists(
        st.sampled_from(("{", "}", "{: .b}", "{#i}", "x", " ", "[[a.pdf]]", "`{}`", "**b**")), max_size=8
    )
)
@settings(max_examples=200)
def test_braces_stay_text_behind_whatever_they_stand(pieces: list[str]) -> None:
    """An attribute list behind a link to a file would end at the last of them."""
    line = f"x {''.join(pieces)} y"
    plain = line.replace("[[a.pdf]]", "[a.pdf](./media/a.pdf)")
    for before in ("", "# ", "- ", "> "):
        assert page(before + line) == reference(before + plain)


ANYTHING = st.text(
    alphabet=st.one_of(st.sampled_from("[]!#^|%$=~*_`<>-+.:{}()\\/ \n\t1ab\u00a0é"), st.characters())
)


@given(ANYTHING)
@example("> [!x\n")
@example("![[#^]]")
@settings(max_examples=400)
def test_no_text_raises_and_the_same_text_gives_the_same_page(text: str) -> None:
    clean = text.replace("\r", "\n").replace("\0", "")
    others = {"ab.md": f"# a\n\n{clean} ^a", "b.md": "![[ab]] ![[Note]]"}
    assert convert(clean, others=others) == convert(clean, others=others)


CODE = st.characters(exclude_categories=["Cc", "Cs"], include_characters="\t\n", exclude_characters="`")


@given(st.text(alphabet=CODE, max_size=60))
@example("")
@example("\n\n")
@example("\na\n\n")
@settings(max_examples=200)
def test_code_never_changes(code: str) -> None:
    element = LexborHTMLParser(rendered(convert(f"a\n\n```\n{code}\n```\n\nb").markdown)).css_first("code")
    assert element
    assert element.text() == f"{code}\n"


@given(st.text(alphabet="[(*_`=%$<^~!", min_size=1, max_size=3))
@settings(max_examples=40)
def test_long_runs_of_signs_take_no_time(piece: str) -> None:
    """Each takes less than a second; a scanner that starts over for each sign takes minutes."""
    for text in (piece * 20_000, f"{piece} a" * 10_000, f"{piece}a " * 5_000 + f" b{piece}" * 5_000):
        began = time.process_time()
        convert(text)
        assert time.process_time() - began < 8


def test_roamlinks_finds_nothing_in_what_looks_like_links() -> None:
    written = convert("[[1,2],[3,4]] $[[a]]$ <b title='[[x]]'>c</b> \\[[x]] [x](a.md").markdown
    assert not re.search(r"\[\[", written)
