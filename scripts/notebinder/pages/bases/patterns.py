"""Regular expressions of JavaScript, with a bound on the time that one may take."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from notebinder.pages.bases.values import EvaluationError, Pattern


class SlowPatternError(EvaluationError):
    """A pattern that takes longer than any needs."""


_SECONDS = 0.2
"""A usual pattern takes a thousandth of it; one that tries all ways to cut a text would take years."""
_LONGEST = 500
_NAMED = re.compile(r"\(\?<(?=[A-Za-z_])")
_REFERENCE = re.compile(r"\$(?:(?P<number>\d{1,2})|(?P<sign>[&$])|<(?P<name>\w+)>)")


@lru_cache(256)
def _compiled(pattern: Pattern) -> Any:  # noqa: ANN401  the library says no type
    if len(pattern.source) > _LONGEST:
        raise EvaluationError(f"a pattern of more than {_LONGEST} characters is not read")
    import regex  # few bases have a pattern

    flags = 0
    for sign, flag in (("i", regex.IGNORECASE), ("m", regex.MULTILINE), ("s", regex.DOTALL)):
        flags |= flag if sign in pattern.flags else 0
    try:
        return regex.compile(_NAMED.sub("(?P<", pattern.source), flags)
    except (regex.error, RecursionError, OverflowError) as error:
        raise EvaluationError(f"the pattern /{pattern.source}/ cannot be read: {error}") from error


def matches(pattern: Pattern, text: str) -> bool:
    """Tell whether a pattern is found in a text."""
    try:
        return _compiled(pattern).search(text, timeout=_SECONDS) is not None
    except TimeoutError:
        raise _too_slow(pattern) from None


def replaced(pattern: Pattern, text: str, replacement: str, longest: int) -> str:
    """Return a text with what a pattern finds replaced: all of it with the flag g, else the first."""
    length = 0

    def piece(found: Any) -> str:  # noqa: ANN401  see above
        nonlocal length
        written = _REFERENCE.sub(lambda sign: _referred(sign, found), replacement)
        length += len(written)
        if length > longest:
            raise EvaluationError("it makes a text that is too long")
        return written

    try:
        return str(_compiled(pattern).sub(piece, text, count="g" not in pattern.flags, timeout=_SECONDS))
    except TimeoutError:
        raise _too_slow(pattern) from None


def split(pattern: Pattern, text: str) -> list[str]:
    """Return the pieces of a text between what a pattern finds."""
    if not text:
        return [text]
    try:
        pieces = _compiled(pattern).split(text, timeout=_SECONDS)
    except TimeoutError:
        raise _too_slow(pattern) from None
    return [piece or "" for piece in pieces]


def _referred(sign: re.Match[str], found: Any) -> str:  # noqa: ANN401  see above
    if sign["sign"]:
        return str(found[0]) if sign["sign"] == "&" else "$"
    try:
        return found[sign["name"] or int(sign["number"])] or ""
    except IndexError:
        return sign[0]


def _too_slow(pattern: Pattern) -> SlowPatternError:
    return SlowPatternError(f"the pattern /{pattern.source}/ takes too long")
