"""What lies where on the pages branch. Pure: a branch's files go in, its new files come out.

The live site stands at the root, the preview of pull request 12 in `pr-preview/pr-12/`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from notebinder.base.problems import NotebinderError
from notebinder.site.headers import PREVIEWS

Files = Mapping[str, str]
"""POSIX path -> blob id, so that a branch of thousands of files is a small value."""


NOTICE = "preview.json"
"""The file in a preview's folder that says what it shows."""

LISTING = ".notebinder-site"
"""The file at the root that lists what the last deploy of the live site wrote."""

# What belongs to the host or to others, where no list says what a deploy wrote.
_OF_OTHERS = re.compile(
    r"\.[^/]+(?:/.*)?|CNAME|robots\.txt|(?:ads|app-ads|security|humans|llms)\.txt|"
    r"(?:google|yandex_|naver|baidu_verify_|pinterest-)[\w-]+\.(?:html|txt)|BingSiteAuth\.xml|[0-9a-f]{32}\.txt"
)

# pr-preview/pr-12/index.html
_PREVIEW_FILE = re.compile(rf"{PREVIEWS}pr-(?P<number>[1-9][0-9]*)/")


def preview_folder(number: int) -> str:
    """Name the folder of a pull request's preview.

    >>> preview_folder(12)
    'pr-preview/pr-12/'
    """
    return f"{PREVIEWS}pr-{number}/"


def with_live_site(files: Files, site: Files, written: frozenset[str] | None) -> Files:
    """Put a site in place of the live one; previews stay, and what others put beside it.

    Args:
        files: what is there.
        site: what is to be there.
        written: what the last deploy wrote; None where that is not known.
    """
    if any(path.startswith(PREVIEWS) for path in site):
        raise NotebinderError(
            f"The site has a folder {PREVIEWS} of its own, where previews belong; rename that folder."
        )
    above = {folder for path in site for folder in _folders(path)}
    kept = {
        path: blob
        for path, blob in files.items()
        if (path.startswith(PREVIEWS) or _is_of_others(path, written))
        and path not in above
        and site.keys().isdisjoint(_folders(path))
    }
    return {**kept, **site}


def _is_of_others(path: str, written: frozenset[str] | None) -> bool:
    return path not in written if written is not None else bool(_OF_OTHERS.fullmatch(path))


def _folders(path: str) -> list[str]:
    """Return the folders that a file lies in."""
    return [path[: slash.start()] for slash in re.finditer("/", path)]


def with_preview(files: Files, number: int, site: Files) -> Files:
    """Put a site in place of the preview of a pull request; all else stays."""
    folder = preview_folder(number)
    return {**without_preview(files, number), **{folder + path: blob for path, blob in site.items()}}


def without_preview(files: Files, number: int) -> Files:
    """Take a pull request's preview away; all else stays."""
    folder = preview_folder(number)
    return {path: blob for path, blob in files.items() if not path.startswith(folder)}


def preview_numbers(files: Files) -> tuple[int, ...]:
    """List the pull requests that have a preview."""
    found = (_PREVIEW_FILE.match(path) for path in files)
    return tuple(sorted({int(match["number"]) for match in found if match}))


def pages_address(repository: str, address: str = "") -> str:
    """Return a site's address with a slash at its end; by default where GitHub serves a repository's pages.

    >>> pages_address("Me/notes"), pages_address("me/me.github.io"), pages_address("me/x", "https://me.example")
    ('https://me.github.io/notes/', 'https://me.github.io/', 'https://me.example/')
    """
    owner, _, name = repository.partition("/")
    host = f"{owner.casefold()}.github.io"
    own = f"https://{host}/" if name.casefold() == host else f"https://{host}/{name}/"
    return f"{address.rstrip('/')}/" if address else own
