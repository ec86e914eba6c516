"""Comments in a text of one piece, such as a title; the reader of inline text finds those in prose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notebinder.vault.syntax.yaml_text import without_yaml_comments

_OPENING = re.compile("%%(?!%)|<!--")
_CLOSING = {"%%": re.compile("(?<!%)%%(?!%)"), "<!--": re.compile("-->")}
# %% a comment, but not %%{init: ...}%%; behind something else if it cannot be part of a label or a message
_IN_DIAGRAM = re.compile(
    r"^[ \t]*%%(?!\{).*|^(?P<shown>(?:[^\n:\"%]|:::)*[ \t])%%(?![%{])[^\n\"\])}]*$", re.MULTILINE
)
_HEAD_OF_DIAGRAM = re.compile(r"\s*---[ \t]*\n(?:(?!---).*\n)*?---[ \t]*$", re.MULTILINE)
# in TeX, up to the line's end; \% is a percent sign, and a \url may hold one
_TEX = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*")
_ADDRESS = re.compile(r"\\(?:url|href)\b")


def without_comments(text: str) -> str:
    """Return a text without its comments; of two that lie in one another the first to begin is one.

    >>> without_comments("a%%b%% c<!-- d -->"), without_comments("50 %% of"), without_comments("%%% a %%%")
    ('a c', '50 %% of', '%%% a %%%')
    """
    kept: list[str] = []
    vain: set[str] = set()
    done = place = 0
    while opening := _OPENING.search(text, place):
        sign, place = opening[0], opening.end()
        closing = None if sign in vain else _CLOSING[sign].search(text, place)
        if closing:
            kept.append(text[done : opening.start()])
            done = place = closing.end()
        else:
            vain.add(sign)
    return "".join((*kept, text[done:]))


def without_tex_comments(tex: str) -> str:
    r"""Return a formula without its comments.

    >>> without_tex_comments("a % b\n+ 50\\%")
    'a \n+ 50\\%'
    """
    return tex if _ADDRESS.search(tex) else _TEX.sub(r"\1", tex)


def without_mermaid_comments(diagram: str) -> str:
    """Return a diagram without its comments; it may begin with YAML.

    >>> without_mermaid_comments("graph TD\\n%% a\\nA --> B %% b")
    'graph TD\\n\\nA --> B '
    """
    head = _HEAD_OF_DIAGRAM.match(diagram)
    rest = head.end() if head else 0
    return without_yaml_comments(diagram[:rest]) + _IN_DIAGRAM.sub(r"\g<shown>", diagram[rest:])


def mermaid_comments(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where those begin and end that stand on lines of a text."""
    for found in _IN_DIAGRAM.finditer(text, start, end):
        yield found.end("shown") if found["shown"] else found.start(), found.end()
