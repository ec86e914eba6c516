"""Formulas as KaTeX takes them, and as text."""

from __future__ import annotations

import re
from html import unescape

import pytest

from notebinder.vault.syntax.tex import _katex, readable_formula, set_formula
from tests.support.converting import convert, rendered
from tests.support.projects import PROJECT

KATEX = PROJECT / "scripts/notebinder/site/theme/material/assets/notebinder/vendor/katex"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (r"\text{max_len}", r"\text{max\_len}"),
        (r"\texttt{a_b} + \text{x^2}", r"\texttt{a\_b} + \text{x{\textasciicircum}2}"),
        (r"\mbox{5% more} = z % gone", r"\text{5\% more} = z "),
        (r"\text{R&D #1 \textbf{a_b} if $x_1$}", r"\text{R\&D \#1 \textbf{a\_b} if $x_1$}"),
        (r"50\% % gone", r"50\% "),
        (r"\require{cancel}\cancel{x}", r"\cancel{x}"),
        (r"\begin{align}a&=b\end{align}", r"\begin{align*}a&=b\end{align*}"),
        (r"\begin{eqnarray}a&=&b\end{eqnarray}", r"\begin{array}{rcl}a&=&b\end{array}"),
        (r"\begin{multline*}a\end{multline*}", r"\begin{gathered}a\end{gathered}"),
        (
            r"\begin{equation}\begin{gather}a\end{gather}\end{equation}",
            r"\begin{equation*}\begin{gathered}a\end{gathered}\end{equation*}",
        ),
        (r"\newcommand{\vv}[1]{\mathbf{#1}}\vv x", r"\gdef\vv#1{\mathbf{#1}}\vv x"),
        (r"\renewcommand\RR{\mathbb R} \RR", r"\gdef\RR{\mathbb R} \RR"),
        (r"\DeclareMathOperator*{\am}{arg\,max} \am", r"\gdef\am{\operatorname*{arg\,max}} \am"),
        (r"a \label{x} \eqref{x}", r"a  \text{(x)}"),
        (r"\{ a \} \left\{ b \right.", r"\{ a \} \left\{ b \right."),
        (r"\ce{H2O} \unknown*", None),
        (r"{a", None),
        (r"a}", None),
        (r"a & b", None),
        (r"\left( a", None),
        (r"\begin{tabular}a\end{tabular}", None),
        (r"\begin{cases}a", None),
    ],
)
def test_a_formula_is_set_as_mathjax_sets_it_or_told(typed: str, shown: str | None) -> None:
    tex, fault = set_formula(typed, set(), is_display=True)
    assert (None if fault else tex) == shown


def test_what_katex_sets_only_on_a_line_of_its_own_is_set_within_one() -> None:
    assert set_formula(r"\begin{align}a\end{align}", set(), is_display=False) == (
        r"\begin{aligned}a\end{aligned}",
        "",
    )


def test_a_command_that_a_formula_defines_is_known_below_it() -> None:
    page = convert("$$\n\\def\\RR{R}\n$$\n\n$\\RR$ and $\\SS$")
    assert [str(problem) for problem in page.problems] == [
        "Note.md:5: warning[unreadable-formula] the formula cannot be set and is shown as typed: "
        r"KaTeX knows no \SS"
    ]


def test_the_list_of_commands_is_that_of_the_shipped_katex() -> None:
    script = "".join((KATEX / name).read_text("utf-8") for name in ("katex.min.js", "mhchem.min.js"))
    named = set(re.findall(r"\\\\([A-Za-z]+)", script)) | {"ce", "pu"}
    assert len(_katex()["commands"]) > 900
    assert _katex()["commands"] <= named
    assert all(f'"{name}"' in script for name in _katex()["environments"])


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\mathbb{C}/\Lambda", "C/Λ"),
        (r"\sqrt{x} \le \sin\alpha", "√x ≤ sin α"),
        (r"\begin{cases} a & b \\ c \end{cases}", "a b c"),
    ],
)
def test_a_formula_reads_as_text(tex: str, text: str) -> None:
    assert readable_formula(tex) == text


@pytest.mark.parametrize(
    ("note", "formulas", "words"),
    [
        ("so $$\np = q\n$$ as.\nHence $$\nr = s\n$$\nand", ["p = q", "r = s"], "so as. Hence and"),
        ("1) a $$\nu = v\n$$\n2) b $$\nw\n$$\n3) c.", ["u = v", "w"], "a b c."),
        ("$$\\Phi$$ belongs to $$K$$", ["\\Phi", "K"], "belongs to"),
        ("$$a$$ $$c$$\n\n$$e$$$$f$$", ["a", "c", "e", "f"], ""),
        ("1) with\n$$\nm\n$$\n\t\twhere.\n2) any", ["m"], "with where. any"),
        ("$$\na\n\n$$\n$$ b $$\n*c\nd*", ["a", "b"], "c d"),
        ("- x\n\n  $$\n  p\n\n  q\n  $$\n- y", ["p q"], "x y"),
        ("$$\na\n\nb\n$$ rest\nmore", ["a b"], "rest more"),
        ("a $$\n- b\n= c\n# d\n$$ e", ["- b = c # d"], "a e"),
        ("> q $$\n> - a\n> $$ b", ["- a"], "q b"),
        ("costs $$ no", [], "costs $$ no"),
        ("$$\n\ntext", [], "$$ text"),
    ],
)
def test_displayed_formulas_are_found_where_authors_type_them(
    note: str, formulas: list[str], words: str
) -> None:
    """Each stands where it was typed; the words around it are words."""
    page = rendered(convert(note).markdown)
    element = r'<(?P<tag>span|div) class="arithmatex">(?P<tex>.*?)</(?P=tag)>'
    found = [unescape(each["tex"]) for each in re.finditer(element, page, re.DOTALL)]
    assert [" ".join(tex.strip()[2:-2].split()) for tex in found] == formulas
    rest = re.sub(r"<[^>]+>", " ", re.sub(element, " ", page, flags=re.DOTALL))
    assert " ".join(unescape(rest).split()) == words
    assert "<pre" not in page
