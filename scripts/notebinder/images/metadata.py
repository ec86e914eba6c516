"""Take the metadata out of image files without touching a pixel. Bytes in, bytes out.

Each format is cut into its pieces, and only pieces that a picture needs are kept: what is not known
goes. So do colour profiles, which name the screen that a picture was taken from, and whatever stands behind
the picture's end (thumbnails, a phone's video, what a crop was to remove). A file with a piece that is not
made as it must be is refused, though decoders forgive it: it may have swallowed what stood behind it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from types import MappingProxyType
from zlib import crc32

from notebinder.images.decode import Header
from notebinder.images.formats import DAMAGED
from notebinder.images.model import UnreadableError

_PNG_KEPT = frozenset(b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB cICP sBIT bKGD pHYs acTL fcTL fdAT".split())
_WEBP_PICTURE = frozenset([b"VP8 ", b"VP8L", b"ALPH"])
_WEBP_KEPT = _WEBP_PICTURE | {b"VP8X", b"ANIM", b"ANMF"}
_WEBP_DROPPED = MappingProxyType({b"ICCP": 0x20, b"EXIF": 0x08, b"XMP ": 0x04})
"""With the flag by which the header says that there is one."""
_WEBP_HEADER = 18
_WEBP_FRAME = 24
"""So far into a frame its own chunks begin."""
_WEBP_FLAGS_KEPT = 0b0001_0010
"""Alpha and animation; not the profile, EXIF and XMP."""

_GIF_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_GIF_TIMING = 0xF9
_GIF_WHOLE = re.compile(rb"!(?:\xf9\x04.{4}|\xff\x0b.{11}\x03\x01..)\0", re.DOTALL)
_GIF_FULL = 254
"""Of so many bytes, or of one more, is each part of a frame but the last."""

_JPEG_FRAMES = (0xC0, 0xC1, 0xC2)
_JPEG_HUFFMAN, _JPEG_QUANTISATION, _JPEG_RESTART = 0xC4, 0xDB, 0xDD
_JPEG_END, _JPEG_SCAN = 0xD9, 0xDA
_JPEG_JFIF, _JPEG_EXIF, _JPEG_ADOBE, _JPEG_COMMENT = 0xE0, 0xE1, 0xEE, 0xFE


def strip_png(data: bytes) -> bytes:
    """Keep the chunks that make the picture."""
    return data[:8] + b"".join(chunk for kind, chunk in _png_chunks(data) if kind in _PNG_KEPT)


def strip_webp(data: bytes) -> bytes:
    """Keep the chunks that make the picture, and say in its header that there are no others."""
    chunks = list(_webp_chunks(data))
    kinds = {kind for kind, _ in chunks}
    said = sum(chunk[8] for kind, chunk in chunks if kind == b"VP8X")
    if any(said & flag and kind not in kinds for kind, flag in _WEBP_DROPPED.items()):
        raise _damaged()
    kept = b"".join(
        _webp_header(chunk) if kind == b"VP8X" else chunk for kind, chunk in chunks if kind in _WEBP_KEPT
    )
    return b"RIFF" + (len(kept) + 4).to_bytes(4, "little") + b"WEBP" + kept


def strip_gif(data: bytes) -> bytes:
    """Keep frames, their timing and the loop; drop comments, XMP and other applications' blocks."""
    return b"".join(_gif_blocks(data))


def strip_jpeg(data: bytes) -> bytes:
    """Keep the picture and which way is up; drop EXIF, XMP, profiles, comments and thumbnails."""
    parts = [b"\xff\xd8"]
    for marker, segment in _jpeg_segments(data):
        if marker == _JPEG_JFIF and segment[4:9] == b"JFIF\0":
            parts.append(b"\xff\xe0\x00\x10" + segment[4:16] + b"\0\0")  # 0 x 0 pixels of thumbnail
        elif marker == _JPEG_EXIF and segment[4:10] == b"Exif\0\0":
            parts.append(_exif_of_orientation(_exif_orientation(segment[10:])))
        elif marker == _JPEG_ADOBE and segment[4:9] == b"Adobe":
            parts.append(b"\xff\xee\x00\x0e" + segment[4:16])
        elif not (_JPEG_JFIF <= marker < 0xF0 or marker == _JPEG_COMMENT):
            _check_jpeg_segment(marker, segment)
            parts.append(segment)
    return b"".join(parts)


STRIPPERS: MappingProxyType[str, Callable[[bytes], bytes]] = MappingProxyType(
    {"GIF": strip_gif, "JPEG": strip_jpeg, "PNG": strip_png, "WEBP": strip_webp}
)
"""By format; the others are encoded anew."""


def stripped_original(data: bytes, header: Header) -> bytes | None:
    """Return an image without metadata and with the same pixels, or None where it would look different."""
    strip = STRIPPERS.get(header.format)
    if not strip or not header.is_srgb or not (header.is_upright or header.format == "JPEG"):
        return None
    try:
        return strip(data)
    except UnreadableError:  # decoders forgive more than this module, which must not
        return None


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place, kind = 8, b""
    while kind != b"IEND":
        kind, end = data[place + 4 : place + 8], place + 12 + int.from_bytes(data[place : place + 4])
        chunk = _cut(data, place, end)
        if kind in _PNG_KEPT and crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:]):
            raise _damaged()
        yield kind, chunk
        place = end


def _webp_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    end_of_file = 8 + int.from_bytes(_cut(data, 4, 8), "little")
    for kind, chunk in _riff_chunks(_cut(data, 0, end_of_file), 12):
        is_frame = kind == b"ANMF"
        inner = {inner for inner, _ in _riff_chunks(chunk, _WEBP_FRAME)} if is_frame else set()
        is_known = (kind in _WEBP_KEPT or kind in _WEBP_DROPPED) and inner <= _WEBP_PICTURE
        if not is_known or (kind == b"VP8X" and len(chunk) != _WEBP_HEADER):
            raise _damaged()
        yield kind, chunk


def _riff_chunks(data: bytes, place: int) -> Iterator[tuple[bytes, bytes]]:
    while place < len(data):
        length = int.from_bytes(data[place + 4 : place + 8], "little")
        end = place + 8 + length + length % 2
        yield data[place : place + 4], _cut(data, place, end)
        place = end


def _webp_header(chunk: bytes) -> bytes:
    return chunk[:8] + bytes([chunk[8] & _WEBP_FLAGS_KEPT]) + chunk[9:]


def _gif_blocks(data: bytes) -> Iterator[bytes]:
    place = 13 + _gif_palette(_cut(data, 0, 13)[10])
    yield _cut(data, 0, place)
    while (introducer := _cut(data, place, place + 1)) != b";":
        is_frame = introducer == b","
        body = place + (11 + _gif_palette(_cut(data, place, place + 10)[9]) if is_frame else 2)
        sizes = _gif_sizes(data, body)
        end = body + sum(sizes) + len(sizes) + 1
        if _is_gif_picture(data[place:end], sizes):
            yield data[place:end]
        place = end
    yield introducer


def _is_gif_picture(block: bytes, sizes: Sequence[int]) -> bool:
    """Tell whether a block makes the picture; refuse one that is not as it must be."""
    if block[:1] == b",":
        is_whole = len(set(sizes[:-1])) <= 1 and min(sizes[:-1], default=_GIF_FULL) >= _GIF_FULL
    elif block[1] == _GIF_TIMING or block[3:14] in _GIF_LOOPS:
        is_whole = _GIF_WHOLE.fullmatch(block) is not None
    elif block[:1] == b"!":
        return False
    else:
        is_whole = False
    if not is_whole:
        raise _damaged()
    return True


def _gif_palette(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _gif_sizes(data: bytes, place: int) -> list[int]:
    """Return how large the parts of a block are, up to the empty one."""
    sizes = []
    while length := _cut(data, place, place + 1)[0]:
        sizes.append(length)
        place += 1 + length
    return sizes


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield all markers behind the start with what belongs to them, up to the picture's end."""
    place = 2
    while True:
        begin, marker = _cut(data, place, place + 2)
        if begin != 0xFF:
            raise _damaged()
        if marker == 0xFF:  # a fill byte
            place += 1
            continue
        end = place + 2
        if marker != _JPEG_END:
            end += int.from_bytes(_cut(data, end, end + 2))
        if marker == _JPEG_SCAN:
            end = _jpeg_scan_end(data, end)
        yield marker, _cut(data, place, end)
        if marker == _JPEG_END:
            return
        place = end


def _jpeg_scan_end(data: bytes, place: int) -> int:
    """Return where the next marker stands that is neither a stuffed byte nor a restart."""
    while (place := data.find(b"\xff", place)) >= 0:
        following = _cut(data, place + 1, place + 2)[0]
        if following and not 0xD0 <= following <= 0xD7 and following != 0xFF:
            return place
        place += 2 if following != 0xFF else 1
    raise _damaged()


def _check_jpeg_segment(marker: int, segment: bytes) -> None:
    """Refuse a segment that no picture has, or that is not as long as what it holds."""
    length = int.from_bytes(segment[2:4]) - 2
    body, wanted = segment[4:], -1
    if marker in _JPEG_FRAMES:
        wanted = 6 + 3 * sum(body[5:6])
    elif marker == _JPEG_SCAN:
        wanted = 4 + 2 * sum(body[:1])
    elif marker == _JPEG_RESTART:
        wanted = 2
    elif marker in (_JPEG_HUFFMAN, _JPEG_QUANTISATION):
        wanted = _jpeg_tables(marker, body)
    if marker != _JPEG_END and length != wanted:
        raise _damaged()


def _jpeg_tables(marker: int, body: bytes) -> int:
    """Return how long all tables in a segment are."""
    place = 0
    while place < len(body):
        if marker == _JPEG_HUFFMAN:
            place += 17 + sum(body[place + 1 : place + 17])
        else:
            place += 129 if body[place] >> 4 else 65
    return place


def _exif_orientation(tiff: bytes) -> int:
    def number(place: int, size: int) -> int:
        return int.from_bytes(tiff[place : place + size], "little" if tiff[:2] == b"II" else "big")

    directory = number(4, 4)
    for entry in range(directory + 2, directory + 2 + 12 * number(directory, 2), 12):
        if number(entry, 2) == 0x0112:
            return number(entry + 8, 2)
    return 1


def _exif_of_orientation(orientation: int) -> bytes:
    """Return an EXIF segment that says nothing but which way is up, or nothing where that is clear."""
    if not 2 <= orientation <= 8:
        return b""
    entry = b"\x01\x12\x00\x03\x00\x00\x00\x01\x00" + bytes([orientation]) + b"\x00\x00"
    exif = b"Exif\0\0MM\x00\x2a\x00\x00\x00\x08\x00\x01" + entry + b"\0\0\0\0"
    return b"\xff\xe1" + (len(exif) + 2).to_bytes(2) + exif


def _cut(data: bytes, start: int, end: int) -> bytes:
    if end > len(data):
        raise _damaged()
    return data[start:end]


def _damaged() -> UnreadableError:
    return UnreadableError(*DAMAGED)
