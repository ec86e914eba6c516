"""The page that shows all notes of a site and the links between them; the theme's script draws it."""

from __future__ import annotations

from notebinder.base.words import Words
from notebinder.pages.front_matter import front_matter


def map_page(words: Words) -> bytes:
    """Write the page."""
    title = words("map")
    head = front_matter({"title": title, "search": {"exclude": True}, "hide": ["toc"]})
    place = f'<div class="nb-around nb-whole-map" aria-label="{title}" data-generated></div>'
    return f"{head}\n# {title} {{ data-generated }}\n\n{place}\n".encode()
