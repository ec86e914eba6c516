"""Rebuild a PNG from the chunks that make its picture, each as long as it must be."""

from __future__ import annotations

import zlib
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from notebinder.images.pieces import cut, damaged

_LENGTHS: Mapping[bytes, Container[int]] = MappingProxyType(
    {
        b"IHDR": (13,),
        b"PLTE": range(3, 769, 3),
        b"tRNS": range(1, 257),
        b"gAMA": (4,),
        b"cHRM": (32,),
        b"sRGB": (1,),
        b"cICP": (4,),
        b"pHYs": (9,),
        b"acTL": (8,),
        b"fcTL": (26,),
        b"IEND": (0,),
    }
)
"""How long chunks may be of which there is one, or one for each frame."""
_PIXELS = (b"IDAT", b"fdAT")
_REPEATED = (*_PIXELS, b"fcTL")
_SAMPLES = MappingProxyType({0: 1, 2: 3, 3: 1, 4: 2, 6: 4})
"""So many numbers make a pixel, by the type of colour."""
_INDEXED = 3
_AROUND = 12
"""So many bytes of a chunk are its length, its kind and its checksum."""
_MOST_CHROMATICITY = 100_000
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""The column and row at which each pass of an interlaced picture begins, and its steps."""
_WHOLE = ((0, 0, 1, 1),)
_AT_ONCE = 1 << 20


def strip_png(data: bytes) -> bytes:
    """Keep the chunks that make the picture."""
    chunks = list(_chunks(data))
    once = [kind for kind, _ in chunks if kind not in _REPEATED]
    header = chunks[0][1][8:-4]
    if chunks[0][0] != b"IHDR" or len(once) != len({*once}):
        raise damaged()
    _check_transparency(dict(chunks), header)
    _check_pixels(chunks, header)
    dropped = () if header[9] == _INDEXED else (b"PLTE",)  # a proposal for screens of few colours
    return data[:8] + b"".join(chunk for kind, chunk in chunks if kind not in dropped)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place, kind = 8, b""
    while kind != b"IEND":
        length, kind = int.from_bytes(data[place : place + 4]), data[place + 4 : place + 8]
        chunk = cut(data, place, place + _AROUND + length)
        place += len(chunk)
        if kind not in _PIXELS and kind not in _LENGTHS:
            continue
        if length not in _LENGTHS.get(kind, (length,)) or zlib.crc32(chunk[4:-4]) != int.from_bytes(
            chunk[-4:]
        ):
            raise damaged()
        if kind == b"cHRM" and any(number > _MOST_CHROMATICITY for number in _numbers(chunk[8:-4])):
            raise damaged()
        yield kind, chunk


def _numbers(data: bytes) -> list[int]:
    return [int.from_bytes(data[place : place + 4]) for place in range(0, len(data), 4)]


def _check_transparency(chunks: Mapping[bytes, bytes], header: bytes) -> None:
    """Refuse more of it than there are colours."""
    most = {0: 2, 2: 6, _INDEXED: (len(chunks.get(b"PLTE", b"")) - _AROUND) // 3}.get(header[9], 0)
    if len(chunks.get(b"tRNS", b"")) - _AROUND > most:
        raise damaged()


def _check_pixels(chunks: Iterable[tuple[bytes, bytes]], header: bytes) -> None:
    """Refuse a picture or a frame with anything behind its last pixel."""
    still, frame, size = [], [], b""
    for kind, chunk in chunks:
        if kind == b"IDAT":
            still.append(chunk[8:-4])
        elif kind == b"fdAT":
            frame.append(chunk[12:-4])
        elif kind == b"fcTL":
            _check_packed(frame, size, header)
            frame, size = [], chunk[12:20]
    _check_packed(frame, size, header)
    _check_packed(still, header[:8], header)


def _check_packed(parts: Sequence[bytes], size: bytes, header: bytes) -> None:
    """Refuse parts that do not hold just the pixels of a picture of this size; a frame may have none."""
    if not parts:
        return
    packed, reader, left = b"".join(parts), zlib.decompressobj(), _raw_size(size, header)
    try:
        while left >= 0 and not reader.eof:
            rows = reader.decompress(packed, _AT_ONCE)
            packed, left = reader.unconsumed_tail, left - len(rows)
            if not rows and not packed:
                break
    except zlib.error as err:
        raise damaged() from err
    if left or reader.unused_data or not reader.eof:
        raise damaged()


def _raw_size(size: bytes, header: bytes) -> int:
    """Return how many bytes the rows of all passes take, each behind a byte that names its filter."""
    width, height = _numbers(size) or (0, 0)
    depth, colour, interlaced = header[8], header[9], header[12]
    bits = depth * _SAMPLES.get(colour, 0)
    columns_and_rows = (
        (len(range(left, width, across)), len(range(top, height, down)))
        for left, top, across, down in (_PASSES if interlaced else _WHOLE)
    )
    return sum(rows * (1 + (columns * bits + 7) // 8) for columns, rows in columns_and_rows if columns)
