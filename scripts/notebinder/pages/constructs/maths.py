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

_TAG_LIKE = re.compile(r"<(?=[A-Za-z/!?])")
_RISKY = re.compile(r"\\[()\[\]]|&\w+;|\[\[|`|~{3}")


def math(span: Span, writing: Writing) -> str:
    """Write a formula in a text."""
    tex = " ".join(_said(span.text, writing).split("\n")).strip()
    if writing.is_html or writing.is_cell or _RISKY.search(tex):
        return _element(rf"\({tex}\)")
    return rf"\({_TAG_LIKE.sub('< ', tex)}\)"


def display_math(span: Span, writing: Writing) -> str:
    """Write a formula on a line of its own that stands in a text."""
    return _element(rf"\[{_said(span.text, writing).strip()}\]")


def math_block(block: Block, writing: Writing) -> list[str]:
    """Write a formula that is a block."""
    lines = [line.strip() for line in _said(block.text, writing).split("\n") if line.strip()]
    if not lines:
        return []
    if _RISKY.search("\n".join(lines)):
        tex = rf"\[{' '.join(lines)}\]"
        return raw_html([f"<div>{_element(tex)}</div>"], writing)
    return [r"\[", *(_TAG_LIKE.sub("< ", line) for line in lines), r"\]"]


def _said(source: str, writing: Writing) -> str:
    """A formula without its comments, which would swallow what another line break put behind them."""
    tex = without_tex_comments(source)
    writing.spend(Hidden.COMMENT, source, tex)
    return tex


def _element(tex: str) -> str:
    return f'<span class="arithmatex">{as_text(tex)}</span>'
