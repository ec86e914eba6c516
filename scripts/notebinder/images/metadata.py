"""Take the metadata out of image files without touching a pixel. Bytes in, bytes out.

Each format is cut into its pieces, and only pieces that a picture needs are kept: what is not known
goes. So do colour profiles, which name the screen that a picture was taken from, and whatever stands behind
the picture's end (thumbnails, a phone's video, what a crop was to remove).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import MappingProxyType

from notebinder.images.decode import Header
from notebinder.images.formats import DAMAGED
from notebinder.images.model import UnreadableError

_PNG_KEPT = frozenset(b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB cICP sBIT bKGD pHYs acTL fcTL fdAT".split())
_WEBP_KEPT = frozenset([b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"])
_WEBP_FLAGS_KEPT = 0b0001_0010
"""Alpha and animation; not the profile, EXIF and XMP."""
_GIF_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")

_JPEG_START, _JPEG_END, _JPEG_SCAN = 0xD8, 0xD9, 0xDA
_JPEG_JFIF, _JPEG_EXIF, _JPEG_ADOBE, _JPEG_COMMENT = 0xE0, 0xE1, 0xEE, 0xFE


def strip_png(data: bytes) -> bytes:
    """Keep the chunks that make the picture."""
    return data[:8] + b"".join(chunk for kind, chunk in _png_chunks(data) if kind in _PNG_KEPT)


def strip_webp(data: bytes) -> bytes:
    """Keep the chunks that make the picture, and say in its header that there are no others."""
    chunks = b"".join(
        _webp_header(chunk) if kind == b"VP8X" else chunk
        for kind, chunk in _webp_chunks(data)
        if kind in _WEBP_KEPT
    )
    return b"RIFF" + (len(chunks) + 4).to_bytes(4, "little") + b"WEBP" + chunks


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
        elif marker == _JPEG_ADOBE or not (_JPEG_JFIF <= marker < 0xF0 or marker == _JPEG_COMMENT):
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
    except (UnreadableError, IndexError):  # decoders forgive more than this module, which must not
        return None


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place, kind = 8, b""
    while kind != b"IEND":
        kind, end = data[place + 4 : place + 8], place + 12 + int.from_bytes(data[place : place + 4])
        yield kind, _cut(data, place, end)
        place = end


def _webp_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place, end_of_file = 12, 8 + int.from_bytes(data[4:8], "little")
    while place < end_of_file:
        length = int.from_bytes(data[place + 4 : place + 8], "little")
        end = place + 8 + length + length % 2
        yield data[place : place + 4], _cut(data, place, end)
        place = end


def _webp_header(chunk: bytes) -> bytes:
    return chunk[:8] + bytes([chunk[8] & _WEBP_FLAGS_KEPT]) + chunk[9:]


def _gif_blocks(data: bytes) -> Iterator[bytes]:
    place = 13 + _gif_palette(data[10])
    yield _cut(data, 0, place)
    while True:
        introducer = _cut(data, place, place + 1)
        if introducer == b";":
            yield introducer
            return
        if introducer == b",":
            body = place + 11 + _gif_palette(_cut(data, place, place + 10)[9])
        else:
            body = place + 2
        end = _gif_sub_blocks_end(data, body)
        if introducer == b"," or data[place + 1] == 0xF9 or data[place + 3 : place + 14] in _GIF_LOOPS:
            yield data[place:end]
        place = end


def _gif_palette(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _gif_sub_blocks_end(data: bytes, place: int) -> int:
    while length := _cut(data, place, place + 1)[0]:
        place += 1 + length
    return place + 1


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield all markers behind the start with what belongs to them, up to the picture's end."""
    place = 2
    while True:
        marker = _cut(data, place, place + 2)[1]
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
