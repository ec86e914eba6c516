"""Comments in a text of one piece, such as a title; the reader of inline text finds those in prose."""

from __future__ import annotations

import re

_PERCENTS = re.compile(r"(?<!%)%%(?!%)")
# in TeX, up to the line's end; \% is a percent sign, and a \url may hold one
_TEX = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*")
_ADDRESS = re.compile(r"\\(?:url|href)\b")


def without_comments(text: str) -> str:
    """Return a text without its comments.

    >>> without_comments("a%%b%% c<!-- d -->"), without_comments("50 %% of")
    ('a c', '50 %% of')
    """
    return _without(_without(text, "%%", "%%"), "<!--", "-->")


def _without(text: str, opening: str, closing: str) -> str:
    kept, place = "", 0
    while (start := _find(text, opening, place)) >= 0:
        end = _find(text, closing, start + len(opening))
        if end < 0:
            break
        kept += text[place:start]
        place = end + len(closing)
    return kept + text[place:]


def _find(text: str, sign: str, place: int) -> int:
    """Where a sign stands; of percents there must be just two."""
    if sign != "%%":
        return text.find(sign, place)
    found = _PERCENTS.search(text, place)
    return found.start() if found else -1


def without_tex_comments(tex: str) -> str:
    r"""Return a formula without its comments.

    >>> without_tex_comments("a % b\n+ 50\\%")
    'a \n+ 50\\%'
    """
    return tex if _ADDRESS.search(tex) else _TEX.sub(r"\1", tex)
