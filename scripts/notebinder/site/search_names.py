"""What Pagefind cannot tell: which page has just this name, which stand in a folder, which word was meant.

All are files of their own beside its index: names in pieces, in the order of their keys, so that a query
needs one of them; pages by folder and tag; words in one list, which only a query loads that has no hit.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

_NAMES_IN_A_PIECE = 120
_MOST_WORDS = 40_000
_LEVELS = 2
"""Of folders, notes and their topics that a search can be narrowed to."""
_MOST_PLACES = 80
"""Where there are more, those of the first level only: nobody looks for one in a list of hundreds."""

_WORD = re.compile(r"[^\W\d_]{3,24}")
_URL = re.compile(rb'"url":"/(\d+)\.html"')

Entry = Mapping[str, Any]

# The same letters as in `fold` of the theme's search-words.js.
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
_LETTERS = str.maketrans(
    dict(zip("ßæœøđðþłħıŋ’", ("ss", "ae", "oe", "o", "d", "d", "th", "l", "h", "i", "n", "'"), strict=True))
)
LIGATURES = {sign: text for sign, text in _LETTERS.items() if sign != ord("’")}
"""Signs that stand for others, by their code."""


def fold(text: str) -> str:
    """Return a text as words are compared: small, without accents, ligatures taken apart.

    >>> fold("Résumé STRAẞE")
    'resume strasse'
    """
    small = text.lower()
    if small.isascii():
        return small
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", small)).translate(_LETTERS)
    return unicodedata.normalize("NFC", bare)


def name_key(name: str) -> str:
    """Return what equal names have in common: their letters and digits.

    >>> name_key("S3: Buckets & Objects")
    's3 buckets objects'
    """
    signs = (sign if unicodedata.category(sign)[0] in "LNM" else " " for sign in fold(name))
    return " ".join("".join(signs).split())


def places_of(entries: Iterable[Entry]) -> dict[str, dict[str, list[str]]]:
    """Gather the pages of each folder or note, and of each tag, that a search can be narrowed to."""
    within, tags = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    tops = set[str]()
    for entry in entries:
        path = entry.get("path", ())[:_LEVELS]
        tops.update(path[:1])
        for end in range(len(path)):
            within[" / ".join(path[: end + 1])].append(entry["location"])
        for tag in entry.get("tags", ()):
            tags[tag].append(entry["location"])
    shown = {name: pages for name, pages in within.items() if len(within) <= _MOST_PLACES or name in tops}
    return {"within": shown, "tags": dict(sorted(tags.items(), key=lambda tag: tag[0].casefold()))}


def write_names(pages: Mapping[str, Sequence[Entry]], folder: Path) -> list[str]:
    """Write all that, beside Pagefind's index; return the key with which each piece of names begins."""
    fragments = _fragments(folder / "fragment", [*pages])
    _write_words((entry for page in pages.values() for entry in page), folder)
    for kind, places in places_of(page[0] for page in pages.values()).items():
        for number, locations in enumerate(places.values()):
            _write_lines(folder / f"places/{kind}-{number}.txt", map(fragments.__getitem__, locations))
    found = {
        (key, fragments[location])
        for location, (page, *_) in pages.items()
        for name in [page["title"], *page.get("aliases", ())]
        if (key := name_key(name))
    }
    ordered = sorted(found, key=lambda each: each[0].encode("utf-16-be"))  # as JavaScript compares
    pieces = [ordered[at : at + _NAMES_IN_A_PIECE] for at in range(0, len(ordered), _NAMES_IN_A_PIECE)]
    for number, piece in enumerate(pieces):
        _write_lines(folder / f"names/{number}.txt", map("\t".join, piece))
    return [piece[0][0] for piece in pieces]


def _write_words(entries: Iterable[Entry], folder: Path) -> None:
    """Write the words of the site, the most frequent first."""
    texts = (fold(f"{entry['title']}\n{entry['text']}") for entry in entries)
    counts = Counter(word for text in texts for word in sorted(set(_WORD.findall(text))))
    _write_lines(folder / "words.txt", (word for word, _ in counts.most_common(_MOST_WORDS)))


def _write_lines(file: Path, lines: Iterable[str]) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text("\n".join(lines), "utf-8", newline="\n")


def _fragments(folder: Path, locations: Sequence[str]) -> dict[str, str]:
    """What Pagefind calls each page; it was given them by number."""
    found = {}
    for file in folder.glob("*.pf_fragment"):
        head = zlib.decompressobj(wbits=31).decompress(file.read_bytes(), 200)
        if url := _URL.search(head):
            found[locations[int(url[1])]] = file.stem
    return found
