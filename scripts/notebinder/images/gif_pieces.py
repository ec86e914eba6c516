"""Rebuild a GIF from its frames, their timing and the loop."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from notebinder.images.pieces import cut, damaged

_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_TIMING = 0xF9
_WHOLE = re.compile(rb"!(?:\xf9\x04.{4}|\xff\x0b.{11}\x03\x01..)\0", re.DOTALL)
_FULL = 254
"""Of so many bytes, or of one more, is each part of a frame but the last."""
_MOST_CODES = 4096
_SLACK = 4
"""Bytes that may follow the last pixel: the codes of the end, and one that some programs write."""


def strip_gif(data: bytes) -> bytes:
    """Keep frames, their timing and the loop; drop comments, XMP and other applications' blocks."""
    return b"".join(_blocks(data))


def _blocks(data: bytes) -> Iterator[bytes]:
    place = 13 + _palette(cut(data, 0, 13)[10])
    yield cut(data, 0, place)
    while (introducer := cut(data, place, place + 1)) != b";":
        is_frame = introducer == b","
        body = place + (11 + _palette(cut(data, place, place + 10)[9]) if is_frame else 2)
        sizes = _sizes(data, body)
        end = body + sum(sizes) + len(sizes) + 1
        if is_frame:
            _check_frame(data[place:body], data[body:end], sizes)
        if is_frame or _is_timing(data[place:end]):
            yield data[place:end]
        place = end
    yield introducer


def _is_timing(block: bytes) -> bool:
    """Tell whether a block times frames or repeats them; refuse one that is not as it must be."""
    if block[:1] == b"!" and block[1] != _TIMING and block[3:14] not in _LOOPS:
        return False
    if not _WHOLE.fullmatch(block):
        raise damaged()
    return True


def _check_frame(head: bytes, body: bytes, sizes: Sequence[int]) -> None:
    """Refuse a frame that has parts of odd sizes, or that goes on behind its last pixel."""
    width, height = int.from_bytes(head[5:7], "little"), int.from_bytes(head[7:9], "little")
    if len(set(sizes[:-1])) > 1 or min(sizes[:-1], default=_FULL) < _FULL:
        raise damaged()
    codes, place = b"", 0
    for size in sizes:
        codes += body[place + 1 : place + 1 + size]
        place += 1 + size
    if len(codes) - _end_of_pixels(codes, head[-1], width * height) > _SLACK:
        raise damaged()


def _end_of_pixels(packed: bytes, depth: int, pixels: int) -> int:
    """Return behind which byte all pixels of a frame have come, or its codes make no sense any more."""
    clear = 1 << depth
    lengths, previous = [1] * (clear + 2), 0
    bits = have = 0
    for place, byte in enumerate(packed):
        bits |= byte << have
        have += 8
        while have >= (width := min(len(lengths), _MOST_CODES - 1).bit_length()):
            code = bits & ((1 << width) - 1)
            bits >>= width
            have -= width
            if code == clear:
                del lengths[clear + 2 :]
                previous = 0
                continue
            if previous and len(lengths) < _MOST_CODES:
                lengths.append(previous + 1)
            if code == clear + 1 or code >= len(lengths):
                return place + 1
            previous = lengths[code]
            pixels -= previous
            if pixels <= 0:
                return place + 1
    return len(packed)


def _palette(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _sizes(data: bytes, place: int) -> list[int]:
    """Return how large the parts of a block are, up to the empty one."""
    sizes = []
    while length := cut(data, place, place + 1)[0]:
        sizes.append(length)
        place += 1 + length
    return sizes
