"""The nouns of published images. Frozen values; nothing here touches a file."""

from __future__ import annotations

from dataclasses import dataclass

from notebinder.base.problems import Problem
from notebinder.base.words import Words

_REASONS = {
    "image-too-large": "too large file",
    "unsafe-svg": "unsafe drawing",
    "lfs-pointer": "pointer file",
}
"""What a page says of a file that it cannot show, by the code of the problem."""
Box = tuple[int, int, int, int]
"""Left, top, right and bottom in thousandths of a picture's width and height."""


@dataclass(frozen=True, slots=True)
class Rendition:
    """One published size of an image."""

    name: str
    """Its file name: the hash of its bytes, so that browsers may keep it for ever."""
    width: int
    height: int
    mime: str


@dataclass(frozen=True, slots=True)
class SiteImage:
    """An image as browsers get it."""

    renditions: tuple[Rendition, ...]
    """Narrowest first; the last one is the best and is what the viewer zooms into."""
    width: int
    """CSS pixels at which it is shown: half of the picture's own for a HiDPI screenshot."""
    height: int
    colour: str
    """The picture's mean as `#rrggbb`, to paint until it is loaded; empty for a transparent one."""
    format: str
    """A key of `FORMATS`: what the file is, whatever its suffix says."""
    animated: bool = False
    kept_at_night: tuple[Box, ...] | None = None
    """What stays as it is when the picture is turned dark; None for one that is not."""
    look: str = ""
    """What tells it from pictures that show something else; empty where nothing does."""
    is_dark_on_nothing: bool = False
    """Whether it is transparent and what is drawn on it is dark, or may be."""
    removed: tuple[str, ...] = ()
    """What was taken out of it because it could run or reach something, each in words."""

    @property
    def best(self) -> Rendition:
        """The rendition of the best quality."""
        return self.renditions[-1]


@dataclass(frozen=True, slots=True)
class UnreadableImage:
    """A file that cannot be shown as an image, and why."""

    code: str
    """A key of `PROBLEM_KINDS`."""
    message: str
    """Behind the file's name it makes a sentence for its author: `is empty`."""
    hint: str = ""
    kind: str = ""
    """What a page says of it, as a key of `MESSAGES`; empty where the code says enough."""

    def reason(self, say: Words) -> str:
        """Return what a page says of it."""
        return say(self.kind or _REASONS.get(self.code, "damaged file"))


def too_large(size: int) -> UnreadableImage:
    """Return what became of an image of so many bytes."""
    return UnreadableImage("image-too-large", f"is too large ({size // 1_000_000} MB)")


@dataclass(frozen=True, slots=True)
class SiteFile:
    """An original that a link asks for, cleaned and published."""

    name: str
    """Its file name: the hash of its bytes."""
    is_cleaned: bool
    """False where nobody here knows how to take metadata out of such a file."""
    problems: tuple[Problem, ...] = ()
    """Why it is not published as it is."""


ImageResult = SiteImage | UnreadableImage
"""What becomes of a file that a page embeds as an image."""


class UnreadableError(Exception):
    """Raised where a file turns out not to be an image; becomes an `UnreadableImage` at the edge."""

    def __init__(
        self, message: str, hint: str = "", kind: str = "", *, code: str = "unreadable-image"
    ) -> None:
        super().__init__(message)
        self.image = UnreadableImage(code, message, hint, kind)
