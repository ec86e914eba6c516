"""Find credentials in a text, in linear time, and take them out. Knows no files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

from notebinder.public.credentials.examples import secret_of
from notebinder.public.credentials.published import is_published
from notebinder.public.credentials.readings import readings
from notebinder.public.credentials.rule import Rule
from notebinder.public.credentials.rules import RULES

_REACH = 24_000
"""No credential is looked for further than this behind its beginning."""
_LINE = re.compile(r"(?P<quote>(?<=\n)[ \t]*>[ \t>]*)?[^\r\n]+")
_MASK = "••••"
_WORD_SIGNS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+/=.:-")
_SIGNS = bytes(ord("w") if sign in _WORD_SIGNS else ord(" ") for sign in range(256))
_LONG = b"w" * 20
_NEEDLES: Mapping[bool, frozenset[str]] = {
    in_word: frozenset(needle for rule in RULES if rule.in_word == in_word for needle in rule.needles)
    for in_word in (True, False)
}
"""What all rules look for, by whether it stands in a long word."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A credential in a text. Holds where it stands, never what it is."""

    start: int
    end: int
    line: int
    """1-based."""
    kind: str


def find_credentials(text: str) -> tuple[Finding, ...]:
    """Return all credentials of a text by place, each once.

    Of two at one place it is the one that begins first, then the kind that stands first in the table.
    """
    places = [*_found(text)]
    for reading in readings(text):
        places += [(*reading.source(start, end), kind) for start, end, kind in _found(reading.text)]
    found: list[Finding] = []
    done, line = 0, 1
    for start, end, kind in _apart(places):
        line += text.count("\n", done, start)
        found.append(Finding(start, end, line, kind))
        line += text.count("\n", start, end)
        done = end
    return tuple(found)


def _apart(places: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Yield them by place; those that overlap as one, of the kind that begins first."""
    last: tuple[int, int, str] | None = None
    for start, end, kind in sorted(places, key=itemgetter(0)):
        if last and start < last[1]:
            last = (last[0], max(end, last[1]), last[2])
            continue
        if last:
            yield last
        last = (start, end, kind)
    if last:
        yield last


def _found(text: str) -> list[tuple[int, int, str]]:
    texts = {True: _long_words(text), False: text}
    there = {in_word: _needles_in(each, _NEEDLES[in_word]) for in_word, each in texts.items()}
    rules = [rule for rule in RULES if not there[rule.in_word].isdisjoint(rule.needles)]
    rules = [rule for rule in rules if rule.start.search(texts[rule.in_word])]
    return [(*place, rule.kind) for rule in rules for place in _places(text, rule)]


def mask(text: str, found: Iterable[Finding]) -> str:
    """Return the text without these credentials; its lines keep their numbers."""
    pieces, end = [], 0
    for finding in sorted(found):
        pieces += [
            text[end : finding.start],
            _LINE.sub(rf"\g<quote>{_MASK}", text[finding.start : finding.end]),
        ]
        end = finding.end
    return "".join([*pieces, text[end:]])


def _long_words(text: str) -> str:
    """Return the words that are long enough for a token, one a line: a thirtieth of a usual note."""
    data = text.encode("utf-8", "replace")
    signs = data.translate(_SIGNS)
    words: list[bytes] = []
    start = signs.find(_LONG)
    while start >= 0:
        end = signs.find(b" ", start)
        words.append(data[start : end if end >= 0 else None])
        start = signs.find(_LONG, end) if end >= 0 else -1
    return b"\n".join(words).decode("ascii")


def _needles_in(text: str, needles: Iterable[str]) -> frozenset[str]:
    """Return those that a text may hold: each is looked for once, and most only in its ASCII signs."""
    folded = text.casefold()
    signs = folded.encode("ascii", "ignore").decode()
    there = [needle for needle in needles if needle.isascii() and needle in signs]
    if not folded.isascii():
        there += [needle for needle in needles if not needle.isascii() and needle in folded]
    return frozenset(there)


def _places(text: str, rule: Rule) -> Iterator[tuple[int, int]]:
    done = 0
    for start in rule.start.finditer(text):
        if start.start() < done:
            continue
        limit = min(len(text), start.start() + _REACH)
        for pattern in map(_compiled, rule.patterns):
            found = pattern.match(text, start.start(), limit)
            if found and rule.is_plausible(found) and not is_published(text[slice(*secret_of(found))]):
                yield secret_of(found)
                done = found.end()
                break


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern when the first place to try it at is found: most never are, and all take long."""
    return re.compile(pattern)
