"""Addresses of built pages, relative to one another, and ids that are free. Reads no file."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain, count
from urllib.parse import quote

_AT_HAND = 10_000
"""So many paths between pages are kept as written."""


def free_id(wanted: str, taken: set[str], counts: dict[str, int]) -> str:
    """The wanted id, or with the first number behind it that makes it unique on the page."""
    found = wanted
    while found in taken:
        counts[wanted] = counts.get(wanted, 1) + 1
        found = f"{wanted}-{counts[wanted]}"
    taken.add(found)
    return found


def built_url(path: str, seen_from: str) -> str:
    """Return the address of a page or file as raw HTML on a built page needs it.

    >>> built_url("media/a b.png", "aws/rds.md"), built_url("aws/s3.md", "aws/rds.md")
    ('../../media/a%20b.png', '../s3/')
    """
    place = relative_path(_built(path), _built(seen_from))
    ending = "/" if path.endswith(".md") else ""
    return quoted_path(f"{place}{ending}")


def relative_path(path: str, folder: str) -> str:
    """Do what `posixpath.relpath` does, which asks for the working folder each time; both are clean paths.

    >>> relative_path("aws/s3.md", "aws/old"), relative_path("", "aws"), relative_path("aws", "aws")
    ('../s3.md', '..', '.')
    """
    target, start = (place.split("/") if place else [] for place in (path, folder))
    shared = len(posixpath.commonprefix([target, start]))
    return "/".join([".."] * (len(start) - shared) + target[shared:]) or "."


def _built(path: str) -> str:
    """The folder that MkDocs builds a page into; any other file stays where it is."""
    if not path.endswith(".md"):
        return path
    folder, _, name = path.removesuffix(".md").rpartition("/")
    return folder if name in ("index", "README") else posixpath.join(folder, name)


@lru_cache(_AT_HAND)
def quoted_path(path: str) -> str:
    """Return a path as an address holds it."""
    return quote(path, safe="/._-~!$&,;=@+")


def page_address(path: str) -> str:
    """Return the address of a Markdown or HTML file, relative to the site's root.

    >>> page_address("topics/rds.md"), page_address("topics/index.md"), page_address("index.md")
    ('topics/rds/', 'topics/', '')
    """
    folder, name = posixpath.split(posixpath.splitext(path)[0])
    whole = folder if name in ("index", "README") else posixpath.join(folder, name)
    return f"{whole}/" if whole else ""


def free_page(files: Iterable[str], name: str, *others: str) -> str:
    """Return a path for a page whose address none of some files has: by its name, another, or with a number.

    >>> free_page(["Map.md", "map-2.html", "map.png"], "map"), free_page(["tags.md"], "tags", "all-tags")
    ('map-3.md', 'all-tags.md')
    """
    taken = {page_address(path).casefold() for path in files if path.endswith((".md", ".html"))}
    names = chain((name, *others), (f"{name}-{number}" for number in count(2)))
    return next(f"{free}.md" for free in names if f"{free}/" not in taken)
