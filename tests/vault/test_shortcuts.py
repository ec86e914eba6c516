"""Rules of what is read faster: a shortcut finds what the long way finds."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from notebinder.vault.syntax import blocks, inline
from notebinder.vault.syntax.blocks import read_blocks

LINES = (
    *("word", "two words", "été", "数据库", "a | b", "|-|-|", "-|-", "a^id", "^id", "", "", " lead"),
    *("    code", "---", "===", "# head", "- item", "- ", "  more", "1. item", "2) item", "> quote"),
    *("> - both", ">", "---a", "> [!tip] T", "<div>", "</div>", "<!-- c", "-->", "%%", "%% c %%", "$$"),
    *("x$$", "```", "~~~", "[^1]: note", "[a]: b", "\tTab", "-word", "=word", "：", "١. x"),
)


@given(st.lists(st.sampled_from(LINES), max_size=8).map("\n".join))
def test_a_plain_paragraph_is_what_all_rules_make_of_it(text: str) -> None:
    shortcut = read_blocks(text)
    ruler = blocks._parser().block.ruler
    ruler.disable("plain_paragraph")
    try:
        assert read_blocks(text) == shortcut
    finally:
        ruler.enable("plain_paragraph")


@given(st.text(r"\`*_$<[]#!^=%~htps:/ax 1é" + "\n"))
def test_signs_that_may_mean_something_are_found_wherever_they_stand(text: str) -> None:
    plain = re.compile(r"[\\`*_$<\[\]#\n]|!(?=\[)|\^(?=\[)|==|%%|~~|(?<!\w)https?://")
    for start in range(min(3, len(text))):
        found, wanted = (
            [each.start() for each in pattern.finditer(text, start, len(text) - 1)]
            for pattern in (inline._SPECIAL, plain)
        )
        assert found == wanted
