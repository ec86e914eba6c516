"""Plant words in a vault, and find them again in whatever form a built site may hold them."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from string import ascii_lowercase

_LETTERS = 5
"""How many letters of a word are its own."""
_DEPTH = 3
"""So often something packed may be packed again."""
_PACKED = re.compile(rb"\x1f\x8b\x08|[\x08\x18\x28\x38\x48\x58\x68\x78][\x01\x5e\x9c\xda]")

_ENCODINGS: tuple[Callable[[str], bytes], ...] = (
    lambda letter: letter.encode(),
    lambda letter: letter.encode("utf-16-le"),
    lambda letter: letter.encode("utf-16-be"),
    lambda letter: b"%%%02x" % ord(letter),
    lambda letter: b"&#%d;" % ord(letter),
    lambda letter: b"&#x%x;" % ord(letter),
    lambda letter: b"\\u%04x" % ord(letter),
    lambda letter: b"%02x" % ord(letter),
)
"""How a file may hold a letter, case aside."""


@dataclass
class Words:
    """Mints words that all begin alike, and knows where each one was planted."""

    beginning: str
    """Six letters that no other word of a site begins with."""
    by_place: dict[str, str] = field(default_factory=dict)

    def __call__(self, place: str) -> str:
        """Return the word of a place, the same each time."""
        return self.by_place.setdefault(place, self.beginning + _letters(len(self.by_place)))

    def found_in(self, folder: Path) -> dict[str, list[str]]:
        """Return the places whose words are anywhere in a folder, each with the files that hold them."""
        places = {word: place for place, word in self.by_place.items()}
        found: dict[str, set[str]] = {}
        for name, data in _contents(folder):
            for word in _words(data, self.beginning):
                found.setdefault(places.get(word, f"the unknown word {word}"), set()).add(name)
        return {place: sorted(names) for place, names in sorted(found.items())}


def _letters(number: int) -> str:
    letters = ""
    for _ in range(_LETTERS):
        number, letter = divmod(number, len(ascii_lowercase))
        letters += ascii_lowercase[letter]
    return letters


def _contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield each file's name, what it holds, and what is packed in it."""
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        yield name, name.encode()
        if file.is_file():
            yield from ((name, data) for data in unpacked(file.read_bytes()))


def unpacked(data: bytes, depth: int = _DEPTH) -> Iterator[bytes]:
    """Yield bytes, and whatever begins anywhere in them as gzip or zlib data does, unpacked."""
    yield data
    if depth and _is_binary(data):
        for start in _PACKED.finditer(data):
            inner = _inflated(data[start.start() :])
            if len(inner) > 8:
                yield from unpacked(inner, depth - 1)


def _is_binary(data: bytes) -> bool:
    return b"\0" in data[:4096] or data.startswith((b"\x1f\x8b", b"%PDF"))


def _inflated(data: bytes) -> bytes:
    """What can be unpacked up to the first fault."""
    reader = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)  # gzip or zlib
    out = b""
    for place in range(0, len(data), 4096):
        try:
            out += reader.decompress(data[place : place + 4096])
        except zlib.error:
            break
        if reader.eof:
            break
    return out


def _words(data: bytes, beginning: str) -> Iterator[str]:
    """Yield each word that begins so, in any case, encoding or escape, or in base64."""
    folded = data.lower()
    for encode in _ENCODINGS:
        letters = {encode(letter): letter for letter in ascii_lowercase}
        for place in _places(folded, b"".join(map(encode, beginning))):
            word = _read(folded, place, letters, len(beginning) + _LETTERS)
            if len(word) == len(beginning) + _LETTERS or encode is _ENCODINGS[0]:
                yield word  # UTF-16 of the other end looks like this one with a letter less
    for shift in range(3):
        packed = base64.b64encode(b"\0" * shift + beginning.encode())
        known = packed[4 if shift else 0 : -4 if len(packed) > 8 else None]
        for place in _places(data, known):
            yield _decoded(data[max(place - 4, 0) : place + 24], beginning)


def _places(data: bytes, wanted: bytes) -> Iterator[int]:
    place = data.find(wanted)
    while place >= 0:
        yield place
        place = data.find(wanted, place + 1)


def _read(data: bytes, place: int, letters: dict[bytes, str], size: int) -> str:
    word = ""
    while len(word) < size:
        code = next((code for code in letters if data.startswith(code, place)), None)
        if code is None:
            break
        word += letters[code]
        place += len(code)
    return word


def _decoded(piece: bytes, beginning: str) -> str:
    """The word in base64 that begins at most four letters before its known part."""
    text = base64.b64decode(re.sub(rb"[^A-Za-z0-9+/]", b"A", piece)).decode("latin-1").lower()
    found = re.search(rf"{beginning}[a-z]{{{_LETTERS}}}", text)
    return found[0] if found else f"{beginning} in base64"
