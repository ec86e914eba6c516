"""Rebuild a WebP from the chunks that make its picture, in the order that the format wants."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType

from notebinder.images.pieces import cut, damaged

_LETTERS = MappingProxyType(
    {b"VP8X": "X", b"ANIM": "A", b"ANMF": "F", b"ALPH": "T", b"VP8 ": "L", b"VP8L": "L"}
)
"""The chunks that are kept."""
_WHOLE = re.compile("L|XT?L|XAF+")
_FRAME = re.compile("T?L")
"""In which order they stand: a header, then a picture behind its transparency or frames of such."""
_DROPPED = MappingProxyType({b"ICCP": 0x20, b"EXIF": 0x08, b"XMP ": 0x04})
"""With the flag by which the header says that there is one."""
_LENGTHS = MappingProxyType({b"VP8X": 18, b"ANIM": 14})
_FRAME_HEAD = 24
"""So far into a frame its own chunks begin."""
_FLAGS_KEPT = 0b0001_0010
"""Alpha and animation; not the profile, EXIF and XMP."""
_ALPHA = 0b0001_0000

_Chunk = tuple[bytes, bytes]


def strip_webp(data: bytes) -> bytes:
    """Keep the chunks that make the picture, and say in its header that there are no others."""
    end = 8 + int.from_bytes(cut(data, 4, 8), "little")
    chunks = list(_chunks(cut(data, 0, end), 12))
    kinds = {kind for kind, _ in chunks}
    said = sum(chunk[8] for kind, chunk in chunks if kind == b"VP8X")
    if any(said & flag and kind not in kinds for kind, flag in _DROPPED.items()):
        raise damaged()
    kept = [(kind, chunk) for kind, chunk in chunks if kind not in _DROPPED]
    _check_order(kept, _WHOLE)
    for kind, chunk in kept:
        if len(chunk) != _LENGTHS.get(kind, len(chunk)):
            raise damaged()
        if kind == b"ANMF":
            _check_order(_chunks(chunk, _FRAME_HEAD), _FRAME)
    return _file(_header(chunk) if kind == b"VP8X" else chunk for kind, chunk in kept)


def webp_shortened(stripped: bytes, tail: int) -> Iterator[tuple[bytes, bytes]]:
    """Yield each picture as a file of its own, and the same with a chunk that lacks its last bytes."""
    for header, chunks in _stills(stripped):
        for at, (kind, chunk) in enumerate(chunks):
            content = chunk[8 : 8 + int.from_bytes(chunk[4:8], "little") - tail]
            shorter = kind + len(content).to_bytes(4, "little") + content + bytes(len(content) % 2)
            whole = [header, *(each for _, each in chunks)]
            yield _file(whole), _file([*whole[: at + 1], shorter, *whole[at + 2 :]])


def _stills(stripped: bytes) -> Iterator[tuple[bytes, Sequence[_Chunk]]]:
    """Yield a header and the chunks that make a picture, for each frame."""
    chunks = list(_chunks(stripped, 12))
    frames = [chunk for kind, chunk in chunks if kind == b"ANMF"]
    if not frames:
        header = b"".join(chunk for kind, chunk in chunks if kind == b"VP8X")
        yield header, [chunk for chunk in chunks if chunk[0] != b"VP8X"]
    for frame in frames:
        header = b"VP8X" + (10).to_bytes(4, "little") + bytes([_ALPHA, 0, 0, 0]) + frame[14:20]
        yield header, list(_chunks(frame, _FRAME_HEAD))


def _check_order(chunks: Iterable[_Chunk], order: re.Pattern[str]) -> None:
    if not order.fullmatch("".join(_LETTERS.get(kind, "?") for kind, _ in chunks)):
        raise damaged()


def _chunks(data: bytes, place: int) -> Iterator[_Chunk]:
    while place < len(data):
        length = int.from_bytes(data[place + 4 : place + 8], "little")
        end = place + 8 + length + length % 2
        yield data[place : place + 4], cut(data, place, end)
        place = end


def _header(chunk: bytes) -> bytes:
    return chunk[:8] + bytes([chunk[8] & _FLAGS_KEPT, 0, 0, 0]) + chunk[12:]


def _file(chunks: Iterable[bytes]) -> bytes:
    kept = b"".join(chunks)
    return b"RIFF" + (len(kept) + 4).to_bytes(4, "little") + b"WEBP" + kept
