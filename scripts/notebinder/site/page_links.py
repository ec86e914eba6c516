"""Which pages link to which: read from their contents, as data for the map. Reads no file."""

from __future__ import annotations

import html
import json
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

# What the site adds to a page leads to the whole site from everywhere.
_ADDED = re.compile(
    r'<(?P<name>aside|ul|p) class="nb-(?:backlinks|cards|tags|source|gallery[\w-]*)"[^>]*>.*?</(?P=name)>',
    re.DOTALL,
)
_LINK = re.compile(r'<a\b[^>]*?\bhref="(?P<href>[^":#?]+)[^"]*"')


@dataclass(frozen=True, slots=True)
class LinkedPage:
    """A page that stands for a note or a part of it."""

    url: str
    """Relative to the site's root, as its address is written."""
    title: str
    content: str
    """Its HTML."""
    note: str = ""
    """The note that it shows; the pages of one note are no news to each other."""


def page_links(pages: Iterable[LinkedPage]) -> tuple[list[LinkedPage], list[tuple[int, int]]]:
    """Return the pages that have links, and each two of them between which there is one."""
    every = list(pages)
    places = {unquote(page.url): place for place, page in enumerate(every)}
    links = {
        (min(place, target), max(place, target))
        for place, page in enumerate(every)
        for target in _targets(page, places)
        if target != place and (not page.note or page.note != every[target].note)
    }
    linked = sorted({place for link in links for place in link})
    new = {place: index for index, place in enumerate(linked)}
    return [every[place] for place in linked], sorted((new[one], new[other]) for one, other in links)


def _targets(page: LinkedPage, places: Mapping[str, int]) -> Iterable[int]:
    for found in _LINK.finditer(_ADDED.sub("", page.content)):
        path = unquote(html.unescape(found["href"]))
        target = posixpath.normpath(posixpath.join(unquote(page.url), path))
        place = places.get("" if target == "." else f"{target}/")
        if place is not None:
            yield place


def links_file(pages: Iterable[LinkedPage], links: Iterable[tuple[int, int]]) -> str:
    """Write both for the script that draws them."""
    told = [[page.url, html.unescape(page.title)] for page in pages]
    return json.dumps({"pages": told, "links": list(links)}, ensure_ascii=False, separators=(",", ":"))
