"""Pictures with a needle in each segment that their formats know, and in places that they do not."""

from __future__ import annotations

import struct
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import product
from types import MappingProxyType

from PIL import Image, ImageDraw

from tests.support.pictures import animation, encoded, png_chunk

_FORMS: Mapping[str, Callable[[bytes], bytes]] = MappingProxyType(
    {
        "plain": lambda needle: b"by " + needle + b" ",
        "packed": lambda needle: b"x" + zlib.compress(b"drawn by " + needle),
        "wide": lambda needle: needle.decode().encode("utf-16-le"),
    }
)


@cache
def _picture() -> Image.Image:
    picture = Image.new("RGB", (40, 24), "white")
    ImageDraw.Draw(picture).ellipse((4, 4, 30, 20), fill="navy", outline="red")
    return picture


# --- PNG


def _png_pieces(data: bytes) -> list[tuple[bytes, bytes]]:
    pieces, place = [], 8
    while place < len(data):
        length = int.from_bytes(data[place : place + 4])
        pieces.append((data[place + 4 : place + 8], data[place + 8 : place + 8 + length]))
        place += 12 + length
    return pieces


def _png(pieces: list[tuple[bytes, bytes]]) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(*piece) for piece in pieces)


_PNG_NOTES: Mapping[bytes, Callable[[bytes], bytes]] = MappingProxyType(
    {
        b"tEXt": lambda text: b"Author\0" + text,
        b"zTXt": lambda text: b"Comment\0\0" + zlib.compress(text),
        b"iTXt": lambda text: b"Title\0\0\0en\0Titel\0" + text,
        b"eXIf": lambda text: b"MM\0*\0\0\0\x08\0\0" + text,
        b"iCCP": lambda text: b"screen\0\0" + zlib.compress(text),
        b"sPLT": lambda text: text[:70] + b"\0\x08",
        **dict.fromkeys(
            b"hIST pCAL sCAL oFFs gIFg gIFx gIFt sTER dSIG fRAc tIME caBX mDCV cLLI npTc vpAg caNv orNT "
            b"prVW mkBF mkBS mkBT iDOT CgBI meTa teSt xXxX zzZz".split(),
            lambda text: text,
        ),
    }
)
_PNG_FIXED = b"gAMA cHRM sRGB cICP sBIT bKGD pHYs tRNS PLTE".split()
_PNG_PLACES = MappingProxyType({"behind the header": 1, "before the end": -1})


def _png_with(kind: bytes, content: bytes, place: int) -> bytes:
    pieces = _png_pieces(encoded(_picture()))
    pieces.insert(place % len(pieces), (kind, content))
    return _png(pieces)


def _surplus(pieces: list[tuple[bytes, bytes]], kind: bytes, more: Callable[[bytes], bytes]) -> bytes:
    """Write the last chunk of a kind anew."""
    at = max(number for number, piece in enumerate(pieces) if piece[0] == kind)
    return _png([*pieces[:at], (kind, more(pieces[at][1])), *pieces[at + 1 :]])


def _more_rows(data: bytes, needle: bytes, skipped: int = 0) -> bytes:
    return data[:skipped] + zlib.compress(zlib.decompress(data[skipped:]) + needle)


def _pngs(needle: bytes) -> Iterator[tuple[str, bytes]]:
    still = _png_pieces(encoded(_picture()))
    indexed = _png_pieces(encoded(_picture().quantize(4), transparency=1))
    moving = _png_pieces(animation("PNG"))
    for (kind, wrap), (where, place), (form, write) in product(
        _PNG_NOTES.items(), _PNG_PLACES.items(), _FORMS.items()
    ):
        yield (
            f"PNG: {kind.decode()} {where}, {form}",
            _png_with(kind, wrap(write(needle)), place),
        )
    for kind in _PNG_FIXED:
        yield f"PNG: a long {kind.decode()}", _png_with(kind, bytes(4) + needle * 3, 1)
        yield (
            f"PNG: {kind.decode()} twice",
            _png([*still[:1], (kind, bytes(4)), (kind, needle * 3), *still[1:]]),
        )
    yield "PNG: a palette that no pixel needs", _png_with(b"PLTE", needle + b"x" * (-len(needle) % 3), 1)
    yield "PNG: primaries", _png_with(b"cHRM", (needle * 4)[:32], 1)
    yield "PNG: a second header", _png_with(b"IHDR", still[0][1] + needle, 1)
    yield "PNG: an end that holds something", _png([*still[:-1], (b"IEND", needle)])
    yield "PNG: behind the end", _png(still) + needle
    yield "PNG: chunks behind the end", _png([*still, (b"tEXt", b"a\0" + needle)])
    yield "PNG: a picture behind the end", _png(still) + _png_with(b"tEXt", needle, 1)
    yield "PNG: behind the pixels", _surplus(still, b"IDAT", lambda old: old + needle)
    yield "PNG: in a further part of the pixels", _png([*still[:-1], (b"IDAT", needle), still[-1]])
    yield "PNG: in further rows", _surplus(still, b"IDAT", lambda old: _more_rows(old, needle))
    yield (
        "PNG: in further rows of a palette",
        _surplus(indexed, b"IDAT", lambda old: _more_rows(old, needle)),
    )
    yield "PNG: transparency of no colour", _surplus(indexed, b"tRNS", lambda old: old + needle * 20)
    yield "APNG: behind a frame's pixels", _surplus(moving, b"fdAT", lambda old: old + needle)
    yield (
        "APNG: in a frame's further rows",
        _surplus(moving, b"fdAT", lambda old: _more_rows(old, needle, 4)),
    )
    yield "APNG: a long control", _surplus(moving, b"acTL", lambda old: old + needle)
    yield "APNG: a long control of a frame", _surplus(moving, b"fcTL", lambda old: old + needle)
    yield "APNG: a frame of nothing", _png([*moving[:-1], (b"fdAT", b"\0\0\0\x63" + needle), moving[-1]])
    yield "PNG: a frame of no animation", _png([*still[:-1], (b"fdAT", bytes(4) + needle), still[-1]])


# --- JPEG


def _segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(content) + 2).to_bytes(2) + content


@cache
def _jpeg(progressive: bool = False) -> bytes:
    return encoded(_picture(), "JPEG", quality=80, progressive=progressive)


_JPEG_NAMES: Mapping[int, tuple[bytes, ...]] = MappingProxyType(
    {
        0xE0: (b"JFIF\0\1\1\0\0\1\0\1\1\1", b"JFXX\0\x10", b"JFXX\0\x13\1\1", b"AVI1", b"CIFF"),
        0xE1: (b"Exif\0\0MM\0*\0\0\0\x08\0\0", b"Exif\0\0II*\0\x08\0\0\0\0\0"),
        0xE2: (b"ICC_PROFILE\0\1\1", b"MPF\0MM\0*", b"FPXR\0", b"urn:iso:std:iso:ts:21496:-1\0"),
        0xE3: (b"Meta\0\0", b"Stim\0", b"JPS\0"),
        0xE4: (b"FPXR\0", b"SCALADO"),
        0xE5: (b"RMETA\0", b"Samsung\0"),
        0xE6: (b"GoPro\0", b"EPPIM\0", b"NITF\0"),
        0xE7: (b"Qualcomm",),
        0xE8: (b"SPIFF\0",),
        0xE9: (b"MediaJukebox\0",),
        0xEA: (b"AROT\0\0", b"Comment"),
        0xEB: (b"JP\0\1\0\0\0\1", b"HDR_RI ver=11"),
        0xEC: (b"Ducky\0", b"Picture Info"),
        0xED: (b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0", b"Adobe_CM"),
        0xEE: (b"Adobe\0d\0\0\0\0\1", b"Adobe"),
        0xEF: (b"Q\0",),
    }
)
_XMP = (b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>", b"http://ns.adobe.com/xmp/extension/\0")


def _behind_start(data: bytes, more: bytes) -> bytes:
    return data[:2] + more + data[2:]


def _before(data: bytes, marker: bytes, more: bytes) -> bytes:
    at = data.rindex(marker)
    return data[:at] + more + data[at:]


_JPEG_PLACES: Mapping[str, Callable[[bytes], bytes]] = MappingProxyType(
    {
        "at the start": lambda more: _behind_start(_jpeg(), more),
        "before the scan": lambda more: _before(_jpeg(), b"\xff\xda", more),
        "between scans": lambda more: _before(_jpeg(progressive=True), b"\xff\xda", more),
        "before the end": lambda more: _before(_jpeg(), b"\xff\xd9", more),
    }
)


def _jpegs(needle: bytes) -> Iterator[tuple[str, bytes]]:
    named = [(marker, name) for marker in range(0xE0, 0xF0) for name in (b"", *_JPEG_NAMES.get(marker, ()))]
    named += [(0xE1, name) for name in _XMP] + [(0xFE, b"")]
    for number, ((marker, name), (where, plant)) in enumerate(product(named, _JPEG_PLACES.items())):
        form, write = list(_FORMS.items())[number % len(_FORMS)]
        yield (
            f"JPEG: {marker:02X} {name.decode('latin-1')[:12]!r} {where}, {form} ({number})",
            plant(_segment(marker, name + write(needle))),
        )
    for marker in (0x01, 0x02, 0x4F, 0xBF, 0xC8, 0xCC, 0xDC, 0xDE, 0xDF, *range(0xF0, 0xFE)):
        yield (
            f"JPEG: {marker:02X}, which pictures have not",
            _behind_start(_jpeg(), _segment(marker, needle)),
        )
    table = bytes([3, *[1] * 64])
    yield (
        "JPEG: a table of numbers that nothing uses",
        _behind_start(_jpeg(), _segment(0xDB, b"\3" + (needle * 9)[:64])),
    )
    yield (
        "JPEG: a table that is replaced",
        _behind_start(_jpeg(), _segment(0xDB, b"\0" + (needle * 9)[:64])),
    )
    yield (
        "JPEG: a table of codes that nothing uses",
        _behind_start(_jpeg(), _segment(0xC4, b"\x13" + bytes([0] * 7 + [len(needle)] + [0] * 8) + needle)),
    )
    yield "JPEG: a long table", _behind_start(_jpeg(), _segment(0xDB, table + needle))
    yield "JPEG: a long restart", _behind_start(_jpeg(), _segment(0xDD, b"\0\0" + needle))
    yield "JPEG: behind the end", _jpeg() + needle
    yield "JPEG: a picture behind the end", _jpeg() + _behind_start(_jpeg(), _segment(0xFE, needle))
    yield "JPEG: a film behind the end", _jpeg() + b"\0\0\0\x18ftypmp42" + needle
    yield "JPEG: behind the pixels", _before(_jpeg(), b"\xff\xd9", needle)
    yield "JPEG: behind the pixels, long", _before(_jpeg(), b"\xff\xd9", needle * 30)
    yield (
        "JPEG: behind the pixels of the last of some scans",
        _before(_jpeg(progressive=True), b"\xff\xd9", needle * 3),
    )
    yield "JPEG: behind a restart", _before(_jpeg(), b"\xff\xd9", b"\xff\xd0" + needle)
    yield "JPEG: behind filling", _before(_jpeg(), b"\xff\xd9", b"\xff\xff\0" + needle)
    yield (
        "JPEG: a thumbnail of JFIF",
        _jpeg()[:2] + _segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\4\4" + (needle * 9)[:48]) + _jpeg()[20:],
    )


# --- GIF


def _sub_blocks(content: bytes) -> bytes:
    pieces = [content[at : at + 255] for at in range(0, len(content), 255)]
    return b"".join(bytes([len(piece)]) + piece for piece in pieces) + b"\0"


_GIF_NOTES: Mapping[str, Callable[[bytes], bytes]] = MappingProxyType(
    {
        "comment": lambda text: b"!\xfe" + _sub_blocks(text),
        "XMP": lambda text: b"!\xff\x0bXMP DataXMP" + _sub_blocks(text),
        "XMP as written": lambda text: b"!\xff\x0bXMP DataXMP" + text.replace(b"\0", b"") + b"\1\0",
        "profile": lambda text: b"!\xff\x0bICCRGBG1012" + _sub_blocks(text),
        "Photoshop": lambda text: b"!\xff\x0bMGK8BIM0000" + _sub_blocks(text),
        "application": lambda text: b"!\xff\x0bFOOBARS1.00" + _sub_blocks(text),
        "loop with more": lambda text: b"!\xff\x0bNETSCAPE2.0\3\1\0\0" + _sub_blocks(text),
        "loop of another kind": lambda text: b"!\xff\x0bNETSCAPE2.0" + _sub_blocks(text),
        "loop of the other name": lambda text: b"!\xff\x0bANIMEXTS1.0" + _sub_blocks(text),
        "plain text": lambda text: b"!\x01\x0c" + bytes(12) + _sub_blocks(text),
        "timing with more": lambda text: b"!\xf9\x04\0\0\0\0" + _sub_blocks(text),
        "extension of no kind": lambda text: b"!\x42" + _sub_blocks(text),
    }
)


@cache
def _gif_places() -> Mapping[str, Callable[[bytes], bytes]]:
    moving, still = animation("GIF"), encoded(_picture(), "GIF")
    first = moving.index(b"!\xf9")
    second = moving.index(b"\0!\xf9", first + 2) + 1
    return {
        "before the frames": lambda more: moving[:first] + more + moving[first:],
        "between frames": lambda more: moving[:second] + more + moving[second:],
        "before the end": lambda more: moving[:-1] + more + b";",
        "in a still": lambda more: still[:-1] + more + b";",
    }


def _gifs(needle: bytes) -> Iterator[tuple[str, bytes]]:
    moving, still = animation("GIF"), encoded(_picture(), "GIF")
    for number, ((name, wrap), (where, plant), (form, write)) in enumerate(
        product(_GIF_NOTES.items(), _gif_places().items(), _FORMS.items())
    ):
        if form != "wide" or number % 2:
            yield (
                f"GIF: {name} {where}, {form}",
                plant(wrap(write(needle))),
            )
    for name, data in (("a still", still), ("frames", moving)):
        yield f"GIF: behind {name}", data + needle
        yield f"GIF: a further part of {name}", data[:-2] + _sub_blocks(needle) + b";"
        yield f"GIF: behind the pixels of {name}", _longer_last_part(data, needle)
        yield (
            f"GIF: a block of no kind behind {name}",
            data[:-1] + b"?\xfe" + _sub_blocks(needle) + b";",
        )


def _longer_last_part(gif: bytes, needle: bytes) -> bytes:
    """Put the needle behind the pixels, in the part that holds the last of them."""
    timing = gif.rfind(b"!\xf9\x04")
    at = timing + 18 if timing > 0 else 13 + 3 * 2 ** ((gif[10] & 7) + 1) + 10
    at += 3 * 2 ** ((gif[at - 1] & 7) + 1) if gif[at - 1] & 0x80 else 0
    at += 1
    while gif[at + 1 + gif[at]]:
        at += 1 + gif[at]
    size = gif[at]
    return (
        gif[:at] + bytes([size + len(needle)]) + gif[at + 1 : at + 1 + size] + needle + gif[at + 1 + size :]
    )


# --- WebP


def _riff(chunks: list[tuple[bytes, bytes]]) -> bytes:
    body = b"".join(
        kind + struct.pack("<I", len(content)) + content + bytes(len(content) % 2) for kind, content in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _webp_pieces(data: bytes, place: int = 12) -> list[tuple[bytes, bytes]]:
    pieces = []
    while place < len(data):
        length = int.from_bytes(data[place + 4 : place + 8], "little")
        pieces.append((data[place : place + 4], data[place + 8 : place + 8 + length]))
        place += 8 + length + length % 2
    return pieces


def _extended(flags: int, chunks: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    size = (39).to_bytes(3, "little") + (23).to_bytes(3, "little")
    return [(b"VP8X", bytes([flags, 0, 0, 0]) + size), *chunks]


def _webps(needle: bytes) -> Iterator[tuple[str, bytes]]:
    stills = {
        "lossy": _webp_pieces(encoded(_picture(), "WEBP", quality=80)),
        "lossless": _webp_pieces(encoded(_picture(), "WEBP", lossless=True)),
    }
    moving = _webp_pieces(animation("WEBP"))
    flags = {b"EXIF": 8, b"XMP ": 4, b"ICCP": 32}
    kinds = (*flags, b"XXXX", b"note", b"JUNK", b"LIST", b"C2PA", b"META")
    for (name, pieces), kind, (form, write) in product(stills.items(), kinds, _FORMS.items()):
        head = flags.get(kind, 0)
        yield (
            f"WebP: {kind.decode()} behind a {name} picture, {form}",
            _riff(_extended(head, [*pieces, (kind, write(needle))])),
        )
        yield (
            f"WebP: {kind.decode()} before a {name} picture, {form}",
            _riff(_extended(head, [(kind, write(needle)), *pieces])),
        )
    for kind, (form, write) in product(kinds, _FORMS.items()):
        head = 2 | flags.get(kind, 0)
        header = (b"VP8X", bytes([head]) + moving[0][1][1:])
        yield (
            f"WebP: {kind.decode()} behind frames, {form}",
            _riff([header, *moving[1:], (kind, write(needle))]),
        )
    for name, pieces in stills.items():
        (kind, content), *_ = pieces
        yield f"WebP: behind a {name} file", _riff(pieces) + needle
        yield f"WebP: {name} pixels twice", _riff(_extended(0, [*pieces, (kind, needle)]))
        yield f"WebP: behind {name} pixels", _riff([(kind, content + needle * 3)])
    for kind in (b"XXXX", b"EXIF", b"ALPH", b"VP8 "):
        yield (
            f"WebP: {kind.decode()} in a frame",
            _riff(
                [
                    *moving[:-1],
                    (b"ANMF", moving[-1][1] + kind + struct.pack("<I", len(needle) * 2) + needle * 2),
                ]
            ),
        )
    yield (
        "WebP: a long header",
        _riff([(b"VP8X", _extended(0, [])[0][1] + needle * 2), *stills["lossy"]]),
    )
    yield (
        "WebP: a long control of frames",
        _riff([(kind, content + (needle * 2 if kind == b"ANIM" else b"")) for kind, content in moving]),
    )
    yield (
        "WebP: transparency of no picture",
        _riff(_extended(16, [(b"ALPH", b"\0" + needle * 2), *stills["lossless"]])),
    )


# --- formats that are always encoded anew


def _boxes(needle: bytes) -> Iterator[tuple[str, bytes]]:
    avif, bmp = encoded(_picture(), "AVIF"), encoded(_picture(), "BMP")
    for kind in (b"free", b"skip", b"uuid", b"udta", b"meta", b"mdat", b"moov", b"Exif"):
        yield (
            f"AVIF: {kind.decode()} behind the picture",
            avif + (8 + len(needle)).to_bytes(4) + kind + needle,
        )
    yield "AVIF: EXIF", encoded(_picture(), "AVIF", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0" + needle)
    yield "AVIF: XMP", encoded(_picture(), "AVIF", xmp=needle)
    yield "BMP: behind the pixels", bmp + needle
    start = (int.from_bytes(bmp[10:14], "little") + len(needle)).to_bytes(4, "little")
    yield "BMP: before the pixels", bmp[:10] + start + bmp[14:54] + needle + bmp[54:]


# --- SVG

_SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
_EDITORS = (
    'xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" '
    'xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" '
    'xmlns:serif="http://www.serif.com/" xmlns:sketch="http://www.bohemiancoding.com/sketch/ns" '
    'xmlns:i="http://ns.adobe.com/AdobeIllustrator/10.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
_SVG_BODIES = """
    <!-- {0} -->
    <metadata><dc:creator>{0}</dc:creator></metadata>
    <metadata>{0}</metadata>
    <title>{0}</title>
    <desc>{0}</desc>
    <g><title>{0}</title><rect width="9" height="9"/></g>
    <rect width="9"><desc>{0}</desc></rect>
    <text>a<title>{0}</title></text>
    <sodipodi:namedview id="{0}" pagecolor="{0}"/>
    <inkscape:grid type="{0}"/>
    <i:pgf>{0}</i:pgf>
    <dc:title>{0}</dc:title>
    <g inkscape:label="{0}"/>
    <g inkscape:export-filename="/home/{0}/a.png"/>
    <g sodipodi:docname="{0}.svg"/>
    <g serif:id="{0}"/>
    <g sketch:type="{0}"/>
    <g i:layer="{0}"/>
    <g dc:creator="{0}"/>
    <g data-name="{0}"/>
    <g data-cell-id="{0}"/>
    <g content="{0}"/>
    <g aria-label="{0}"/>
    <g aria-description="{0}"/>
    <g title="{0}"/>
    <g alt="{0}"/>
    <g author="{0}"/>
    <g id="{0}"/>
    <g class="{0}"/>
    <g class="cls-1 {0}"/>
    <g role="{0}"/>
    <g name="{0}"/>
    <g xml:base="file:///home/{0}/"/>
    <g xml:id="{0}"/>
    <a href="https://{0}.example/"><rect/></a>
    <a xlink:title="{0}"><rect/></a>
    <image href="file:///home/{0}/a.png"/>
    <image href="{0}.png"/>
    <use href="{0}.svg#a"/>
    <script>{0}</script>
    <g onclick="{0}"/>
    <style>/* {0} */ rect {{ fill: red }}</style>
    <style>rect {{ --author: "{0}"; fill: red }}</style>
    <style>:root {{ --note: {0} }}</style>
    <style>rect {{ -inkscape-font-specification: '{0}'; fill: red }}</style>
    <style>@import "{0}.css"; rect {{ fill: red }}</style>
    <style>@namespace a url(http://{0}/); rect {{ fill: red }}</style>
    <style>rect {{ fill: url(/home/{0}/a.svg#b) }}</style>
    <style title="{0}">rect {{ fill: red }}</style>
    <style><x>rect {{ --a: {0} }}</x></style>
    <rect style="--author: '{0}'"/>
    <rect style="/* {0} */ fill: red"/>
    <rect style="-inkscape-font-specification: '{0}'; fill: red"/>
    <rect style="fill: url(http://{0}/#a)"/>
    <g><?app {0}?></g>
    <switch><g/><foreignObject><b xmlns="http://www.w3.org/1999/xhtml">{0}</b></foreignObject></switch>
    <font-face-src><font-face-uri href="{0}"/></font-face-src>
    <set attributeName="href" to="{0}"/>
"""


def _svgs(needle: bytes) -> Iterator[tuple[str, bytes]]:
    for body in filter(None, map(str.strip, _SVG_BODIES.splitlines())):
        text = f'<svg {_SVG} {_EDITORS} viewBox="0 0 9 9"><path d="M0 0h9v9"/>{body}</svg>'
        yield f"SVG: {body}", text.format(needle.decode()).encode()
    drawing = f'<svg {_SVG} viewBox="0 0 9 9"><rect/></svg>'
    yield "SVG: before the drawing", f"<!-- {needle.decode()} -->{drawing}".encode()
    yield "SVG: behind the drawing", f"{drawing}<!-- {needle.decode()} -->".encode()
    yield "SVG: an instruction", f'<?xml version="1.0"?><?a {needle.decode()}?>{drawing}'.encode()
    yield "SVG: a type", f'<!DOCTYPE svg PUBLIC "{needle.decode()}" "x.dtd">{drawing}'.encode()
    yield "SVG: a namespace", drawing.replace("<svg ", f'<svg xmlns:x="{needle.decode()}" ').encode()
    yield "SVG: a photo's comment", _svg_with_photo(needle)


def _svg_with_photo(needle: bytes) -> bytes:
    photo = b64encode(_behind_start(_jpeg(), _segment(0xFE, needle))).decode()
    return f'<svg {_SVG} viewBox="0 0 9 9"><image href="data:image/jpeg;base64,{photo}"/></svg>'.encode()


def laden(needle: bytes) -> Mapping[str, bytes]:
    """Return the files, each by the place of its needle."""
    return dict(each for kind in (_pngs, _jpegs, _gifs, _webps, _boxes, _svgs) for each in kind(needle))
