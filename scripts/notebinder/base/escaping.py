"""Write any text so that it is shown as it is, whatever reads the page."""

from __future__ import annotations

import html
import re

# What HTML, Python-Markdown, its extensions or roamlinks could read as syntax. As a character
# reference it is text for all of them, in a block of HTML as well as in the middle of a sentence.
_REFERENCES = str.maketrans({char: f"&#{ord(char)};" for char in "&<>\"'*_`[]{}\\~^=$#|!:@+"} | {"\n": " "})

_TAG_OR_REFERENCE = re.compile(r"""[<>"']|&\w+;|&#""")

# Text in which neither Markdown nor HTML could see any syntax.
_PLAIN = re.compile(r"(?:[^\W_]|[ .,:;()'/%+?-]|& )*")


def as_text(text: str) -> str:
    """Escape a text so that it is shown as it is, whatever reads the page.

    >>> as_text("R&D [[x]]")
    'R&#38;D &#91;&#91;x&#93;&#93;'
    """
    return text.translate(_REFERENCES)


def template_text(text: str) -> str:
    """Write a title or a description for MkDocs' templates, which put both into HTML as they are.

    >>> template_text("R&D"), template_text('a"b')
    ('R&D', 'a&quot;b')
    """
    return html.escape(text) if _TAG_OR_REFERENCE.search(text) else text


def markdown_text(text: str) -> str:
    """Write a text so that Markdown shows it as it is, unchanged where nothing in it could be syntax.

    >>> markdown_text("RDS & Aurora"), markdown_text("a_b")
    ('RDS & Aurora', 'a&#95;b')
    """
    return text if _PLAIN.fullmatch(text) else as_text(text)
