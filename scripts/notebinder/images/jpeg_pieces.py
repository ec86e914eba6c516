"""Rebuild a JPEG from the segments and tables that make its picture."""

from __future__ import annotations

from collections.abc import Iterator

from notebinder.images.pieces import cut, damaged

_FRAMES = (0xC0, 0xC1, 0xC2)
_HUFFMAN, _QUANTISATION, _RESTART = 0xC4, 0xDB, 0xDD
_END, _SCAN = 0xD9, 0xDA
_JFIF, _EXIF, _ADOBE, _COMMENT = 0xE0, 0xE1, 0xEE, 0xFE
_MOST_TABLES = 4


def strip_jpeg(data: bytes) -> bytes:
    """Keep the picture and which way is up; drop EXIF, XMP, profiles, comments, thumbnails, unused tables."""
    parts = [b"\xff\xd8"]
    tables, quantised = _Tables(parts), dict[int, int]()
    for marker, segment in _segments(data):
        if marker == _JFIF and segment[4:9] == b"JFIF\0":
            parts.append(b"\xff\xe0\x00\x10" + segment[4:16] + b"\0\0")  # 0 x 0 pixels of thumbnail
        elif marker == _EXIF and segment[4:10] == b"Exif\0\0":
            parts.append(_exif_of_orientation(_exif_orientation(segment[10:])))
        elif marker == _ADOBE and segment[4:9] == b"Adobe":
            parts.append(b"\xff\xee\x00\x0e" + segment[4:16])
        elif marker in (_HUFFMAN, _QUANTISATION):
            tables.define(marker, segment[4:])
        elif not (_JFIF <= marker < 0xF0 or marker == _COMMENT):
            _check_segment(marker, segment)
            if marker in _FRAMES:
                quantised = {segment[at]: segment[at + 2] for at in range(10, len(segment), 3)}
            elif marker == _SCAN:
                tables.use(segment, quantised)
            parts.append(segment)
    return tables.without_unused()


class _Tables:
    """The tables of a picture, each a segment of its own; knows which of them a scan has used."""

    def __init__(self, parts: list[bytes]) -> None:
        self._parts = parts
        self._places: dict[tuple[int, int], int] = {}
        """Where in the parts the table stands that has this marker and number now."""
        self._unused: set[int] = set()

    def define(self, marker: int, body: bytes) -> None:
        """Take the tables of a segment."""
        place = 0
        while place < len(body):
            number, end = body[place], place + _table_size(marker, body, place)
            if (number & 0x0F) >= _MOST_TABLES or number >> 4 > 1:
                raise damaged()
            # the number of a table of 16 bits counts as that of one of 8
            key = (marker, number if marker == _HUFFMAN else number & 0x0F)
            self._places[key] = len(self._parts)
            self._unused.add(len(self._parts))
            table = cut(body, place, end)
            self._parts.append(bytes([0xFF, marker]) + (len(table) + 2).to_bytes(2) + table)
            place = end

    def use(self, scan: bytes, quantised: dict[int, int]) -> None:
        """Note which tables a scan needs, given those that quantise the components."""
        for at in range(5, 5 + 2 * scan[4], 2):
            component, codes = scan[at], scan[at + 1]
            for key in (
                (_QUANTISATION, quantised.get(component, 0)),
                (_HUFFMAN, codes >> 4),
                (_HUFFMAN, 0x10 | codes & 0x0F),
            ):
                self._unused.discard(self._places.get(key, -1))

    def without_unused(self) -> bytes:
        return b"".join(part for place, part in enumerate(self._parts) if place not in self._unused)


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield all markers behind the start with what belongs to them, up to the picture's end."""
    place = 2
    while True:
        begin, marker = cut(data, place, place + 2)
        if begin != 0xFF:
            raise damaged()
        if marker == 0xFF:  # a fill byte
            place += 1
            continue
        end = place + 2
        if marker != _END:
            end += int.from_bytes(cut(data, end, end + 2))
        if marker == _SCAN:
            end = _scan_end(data, end)
        yield marker, cut(data, place, end)
        if marker == _END:
            return
        place = end


def _scan_end(data: bytes, place: int) -> int:
    """Return where the next marker stands that is neither a stuffed byte nor a restart."""
    while (place := data.find(b"\xff", place)) >= 0:
        following = cut(data, place + 1, place + 2)[0]
        if following and not 0xD0 <= following <= 0xD7 and following != 0xFF:
            return place
        place += 2 if following != 0xFF else 1
    raise damaged()


def _check_segment(marker: int, segment: bytes) -> None:
    """Refuse a segment that no picture has, or that is not as long as what it holds."""
    length = int.from_bytes(segment[2:4]) - 2
    body, wanted = segment[4:], -1
    if marker in _FRAMES:
        wanted = 6 + 3 * sum(body[5:6])
    elif marker == _SCAN:
        wanted = 4 + 2 * sum(body[:1])
    elif marker == _RESTART:
        wanted = 2
    if marker != _END and length != wanted:
        raise damaged()


def _table_size(marker: int, body: bytes, place: int) -> int:
    if marker == _HUFFMAN:
        return 17 + sum(body[place + 1 : place + 17])
    return 129 if body[place] >> 4 else 65


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
