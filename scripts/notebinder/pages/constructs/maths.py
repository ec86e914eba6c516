r"""Formulas, written with `\(...\)` and `\[...\]`: a dollar on a page is always a dollar."""

from __future__ import annotations

import re

from notebinder.base.escaping import as_text
from notebinder.pages.constructs.lines import raw_html
from notebinder.pages.constructs.writing import Writing
from notebinder.pages.model import Hidden
from notebinder.vault.model import Block
from notebinder.vault.syntax.comments import without_tex_comments
from notebinder.vault.syntax.spans import Span
from notebinder.vault.syntax.tex import set_formula

_TAG_LIKE = re.compile(r"<(?=[A-Za-z/!?])")
_RISKY = re.compile(r"\\[()\[\]]|&\w+;|\[\[|`|~{3}")


def math(span: Span, writing: Writing) -> str:
    """Write a formula in a text."""
    tex = " ".join(_set(span.text, writing.at(span).line, writing, is_display=False).split())
    if not tex:
        return ""
    if writing.is_html or writing.is_cell or _RISKY.search(tex):
        return _element(rf"\({tex}\)")
    return rf"\({_TAG_LIKE.sub('< ', tex)}\)"


def display_math(span: Span, writing: Writing) -> str:
    """Write a formula on a line of its own that stands in a text."""
    tex = " ".join(_set(span.text, writing.at(span).line, writing, is_display=True).split())
    return _element(rf"\[{tex}\]") if tex else ""


def math_block(block: Block, writing: Writing) -> list[str]:
    """Write a formula that is a block."""
    tex = _set(block.text, block.lines.start, writing, is_display=True)
    lines = [line.strip() for line in tex.split("\n") if line.strip()]
    if not lines:
        return []
    if _RISKY.search("\n".join(lines)):
        tex = rf"\[{' '.join(lines)}\]"
        return raw_html([f"<div>{_element(tex)}</div>"], writing)
    return [r"\[", *(_TAG_LIKE.sub("< ", line) for line in lines), r"\]"]


def _set(source: str, line: int, writing: Writing, *, is_display: bool) -> str:
    """Return a formula for KaTeX, without its comments; tell where that cannot set it."""
    writing.spend(Hidden.COMMENT, source, without_tex_comments(source))
    tex, fault = set_formula(source, writing.collected.macros, is_display=is_display)
    writing.spend(Hidden.FORMULA, source, tex)
    if fault:
        message = f"the formula cannot be set and is shown as typed: {fault}"
        writing.report_line(line, "unreadable-formula", message)
    return tex


def _element(tex: str) -> str:
    return f'<span class="arithmatex">{as_text(tex)}</span>'
