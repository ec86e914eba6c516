"""What a rule about credentials is, and short ways to write one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from notebinder.public.credentials.examples import is_token

Plausible = Callable[[re.Match[str]], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of credential."""

    kind: str
    """What the author is told, with its article."""
    needles: tuple[str, ...]
    """A text without any of these, whatever the case, has no such credential. In lower case."""
    start: re.Pattern[str]
    """Where one may begin. It is simple, so that looking for it takes linear time in any text."""
    patterns: tuple[str, ...]
    """What must stand at such a place, one of them."""
    is_plausible: Plausible
    """Tells a credential from an example of one."""
    in_word: bool
    """Whether the needle always stands in a long word of letters, digits and `_+/=.:-`."""


def token(
    kind: str,
    needles: str,
    *patterns: str,
    start: str = "",
    plausible: Plausible = is_token,
) -> Rule:
    """A rule for a word; without a start of its own it begins with one of the needles."""
    words = tuple(needles.split())
    at_word = rf"(?<![A-Za-z0-9_-])(?:{'|'.join(map(re.escape, words))})"
    start = start or at_word
    return Rule(kind, _folded(words), re.compile(start), patterns, plausible, in_word=True)


def phrase(
    kind: str, needles: Iterable[str], start: str, pattern: str | tuple[str, ...], plausible: Plausible
) -> Rule:
    """A rule for what has spaces or other signs in it."""
    patterns = (pattern,) if isinstance(pattern, str) else pattern
    return Rule(kind, _folded(needles), re.compile(start), patterns, plausible, in_word=False)


def _folded(needles: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(needle.lower() for needle in needles))
