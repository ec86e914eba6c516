"""Draw the card that other sites show where a page is linked: its first screenshot, or its title.

The letters are those of the theme's fonts, which come with the package: Latin, Greek, Cyrillic and
Vietnamese. A letter that none of them has is left out of the card; a title without any that they have
(in Chinese, say) gives a card with the site's name alone. The page's title and description are sent along
as text in any case, so a reader sees them beside the card.
"""

from __future__ import annotations

import io
import posixpath
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from html import unescape
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from urllib.parse import unquote, urlsplit

from PIL import Image, ImageDraw, ImageFont, ImageOps, UnidentifiedImageError

from notebinder.base.files import read_checked, write_checked
from notebinder.vault.syntax.tag_reader import TagReader

SIZE = (1200, 630)
"""What Facebook, LinkedIn, Mastodon, Slack and the like ask for."""

CARDS = "assets/cards/"
"""Where cards stand on the site."""

_LAYOUT = "1"
"""Part of each card's name: to be raised by whoever changes how a card looks."""

_CLOTH, _SPINE, _THREAD, _INK, _INK_SOFT = "#17483c", "#10362d", "#e3c36b", "#f4f6ef", "#c9d8cf"
_SPINE_WIDTH = 96
_LEFT, _RIGHT, _TOP, _BOTTOM = 150, 1130, 70, 575
_MOST_LINES = 4

_LOCAL = ("localhost", "127.0.0.1", "0.0.0.0", "::1")  # noqa: S104  # names to compare with, nothing is bound

_FONTS = tuple(
    f"literata-{script}-normal.woff2"
    for script in ("latin", "latin-more", "latin-ext", "cyrillic", "greek", "vietnamese")
)
_FOLDER = files("notebinder.site") / "theme" / "material" / "assets" / "notebinder" / "fonts"
_WEIGHT = 560


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows."""

    title: str
    site: str
    """The site's name."""
    picture: bytes = b""
    """An image file; empty for a card with the title alone."""

    @property
    def path(self) -> str:
        """Where the card stands on the site: named after what it shows."""
        parts = (_LAYOUT.encode(), self.title.encode(), self.site.encode(), self.picture)
        digest = sha256(b"".join(sha256(part).digest() for part in parts))
        return f"{CARDS}{digest.hexdigest()[:16]}.jpg"


def card_of(title: str, site: str, html: str, *, url: str, contents: Mapping[str, Path]) -> Card:
    """Return a page's card: with its first picture that the site has, if there is one.

    Args:
        title: as MkDocs knows it, with `&` and the like escaped.
        site: the site's name.
        html: the page's content.
        url: the page's address, from which those of pictures count.
        contents: the files of the site, by address.
    """
    finder = _FigureFinder()
    finder.feed(html)
    finder.close()
    addresses = (posixpath.normpath(posixpath.join(url, unquote(src))) for src in finder.sources)
    picture = next((contents[address] for address in addresses if address in contents), None)
    return Card(unescape(title), site, picture.read_bytes() if picture else b"")


def cached_card(card: Card, folder: Path) -> bytes:
    """Draw a card, unless an earlier build did; one that was damaged since is drawn anew."""
    file = folder / posixpath.basename(card.path)
    drawn = read_checked(file)
    if drawn is None:
        drawn = draw_card(card)
        with suppress(OSError):  # a cache that cannot be written only costs time
            write_checked(file, drawn)
    return drawn


def is_public(address: str | None) -> bool:
    """Tell whether a site's address can be reached by others, so that cards are of use."""
    host = urlsplit(address or "").hostname
    return host is not None and host not in _LOCAL


def draw_card(card: Card) -> bytes:
    """Draw a card as JPEG; a picture that cannot be read counts as none."""
    image = _cover()
    picture = _read_picture(card.picture)
    if picture is None:
        _write_title(image, card.title)
    else:
        _show_picture(image, picture)
        _write_line(image, card.title, (_LEFT, _BOTTOM - 42), size=40)
    if picture is None or not drawable(card.title):
        _write_line(image, card.site, (_LEFT, _BOTTOM - 36), size=34, colour=_INK_SOFT)
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=86, subsampling=0, optimize=True)
    return stream.getvalue()


def drawable(text: str) -> str:
    """Leave out the letters that no font has.

    >>> drawable("Größe 東京 🚀 Ω")
    'Größe Ω'
    """
    whole = unicodedata.normalize("NFC", text)
    return " ".join("".join(char if char == " " or _font_of(char) else " " for char in whole).split())


class _FigureFinder(TagReader):
    """Collects the addresses of a page's figures."""

    def __init__(self) -> None:
        super().__init__()
        self.sources: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "img" and "data-source" in attributes and attributes.get("src"):
            self.sources.append(attributes["src"] or "")


def _cover() -> Image.Image:
    """Draw the cover of a bound book: its spine on the left, sewn with thread."""
    image = Image.new("RGB", SIZE, _CLOTH)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, _SPINE_WIDTH, SIZE[1]), fill=_SPINE)
    for top in range(-8, SIZE[1], 56):
        draw.rounded_rectangle((_SPINE_WIDTH - 4, top, _SPINE_WIDTH + 4, top + 32), 4, fill=_THREAD)
    return image


def _read_picture(content: bytes) -> Image.Image | None:
    if not content:
        return None
    try:
        with Image.open(io.BytesIO(content)) as opened:
            opened.draft("RGB", SIZE)
            return ImageOps.exif_transpose(opened).convert("RGBA")
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError, ValueError, SyntaxError):
        return None


def _show_picture(image: Image.Image, picture: Image.Image) -> None:
    """Put a picture above the title, whole, on paper where it is transparent."""
    room = (_RIGHT - _LEFT, _BOTTOM - 60 - _TOP)
    shown = ImageOps.contain(picture, room, Image.Resampling.LANCZOS)
    paper = Image.new("RGB", shown.size, "white")
    paper.paste(shown, mask=shown)
    left, top = _LEFT + (room[0] - shown.width) // 2, _TOP + (room[1] - shown.height) // 2
    ImageDraw.Draw(image).rectangle(
        (left - 2, top - 2, left + shown.width + 1, top + shown.height + 1), outline=_SPINE, width=2
    )
    image.paste(paper, (left, top))


def _write_title(image: Image.Image, title: str) -> None:
    """Write the title over several lines, smaller where it is long."""
    size = 84 if len(title) <= 40 else 64
    lines = _wrapped(drawable(title).split(), size)
    for number, line in enumerate(lines):
        _write_line(image, line, (_LEFT, _TOP + 20 + int(number * size * 1.25)), size=size)


def _wrapped(words: Sequence[str], size: int) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _width(longer, size) <= _RIGHT - _LEFT:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > _MOST_LINES:
        lines[_MOST_LINES - 1 :] = [f"{lines[_MOST_LINES - 1]} …"]
    return lines


def _write_line(
    image: Image.Image, text: str, place: tuple[int, int], *, size: int, colour: str = _INK
) -> None:
    """Write one line, cut where the card ends."""
    text = drawable(text)
    while text and _width(text, size) > _RIGHT - _LEFT:
        text = f"{text.rstrip(' …')[:-1]}…"
    draw = ImageDraw.Draw(image)
    left: float = place[0]
    for font, run in _runs(text, size):
        draw.text((left, place[1] + size), run, font=font, fill=colour, anchor="ls")
        left += font.getlength(run)


def _width(text: str, size: int) -> float:
    return sum(font.getlength(run) for font, run in _runs(text, size))


def _runs(text: str, size: int) -> Iterable[tuple[ImageFont.FreeTypeFont, str]]:
    """Cut a text into runs of letters that one font has."""
    for name, letters in groupby(text, lambda char: _font_of(char) or _FONTS[0]):
        yield _font(name, size), "".join(letters)


@cache
def _font_of(char: str) -> str:
    """Name the first font that has a letter, or return an empty text."""
    return next((name for name in _FONTS if _has_letter(name, char)), "")


def _has_letter(name: str, char: str) -> bool:
    """Tell whether a font draws a letter as something else than its sign for missing ones."""
    font = _font(name, 24)
    return char == " " or bytes(font.getmask(char)) != bytes(font.getmask("\uffff"))


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    with Path(str(_FOLDER / name)).open("rb") as file:
        font = ImageFont.truetype(io.BytesIO(file.read()), size)
    font.set_variation_by_axes([_WEIGHT])
    return font
