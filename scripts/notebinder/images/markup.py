"""Say to a browser which rendition to load. Pure text; the tag itself is the theme's."""

from __future__ import annotations

from notebinder.images.model import Rendition, SiteImage

_COLUMN_PIXELS = 960
"""What browsers load that know no `srcset`, and link previews."""


def srcset(image: SiteImage, prefix: str = "") -> str:
    """Return the value of `srcset`, or an empty text where there is nothing to choose."""
    if len(image.renditions) == 1:
        return ""
    return ", ".join(f"{prefix}{rendition.name} {rendition.width}w" for rendition in image.renditions)


def sizes(image: SiteImage, column: str = "100vw") -> str:
    """Return the value of `sizes` for an image that is never shown wider than the text's column."""
    return ", ".join(_at_most(image.width, entry.strip()) for entry in column.split(","))


def default_rendition(image: SiteImage) -> Rendition:
    """Return the rendition for `src`: the widest that fits the text's column."""
    fitting = [rendition for rendition in image.renditions if rendition.width <= _COLUMN_PIXELS]
    return fitting[-1] if fitting else image.renditions[0]


def _at_most(pixels: int, entry: str) -> str:
    condition, length = entry[: entry.rfind(") ") + 1], entry[entry.rfind(") ") + 1 :].strip()
    return f"{condition} min({length}, {pixels}px)".strip()
