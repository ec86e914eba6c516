"""Deploy the live site or a preview, remove a preview, list what is there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

from notebinder.hosting.preview.artefact import GITHUB_LIMITS, ArtefactLimits, folder_files
from notebinder.hosting.preview.branch import (
    PagesBranch,
    Tip,
    fetch,
    push_change,
    read_blob,
    store,
    store_text,
)
from notebinder.hosting.preview.layout import (
    LISTING,
    NOTICE,
    Files,
    preview_folder,
    preview_numbers,
    with_live_site,
    with_preview,
    without_preview,
)

_HEAD = re.compile(r"<head\b[^<>]*>", re.IGNORECASE)
_NOINDEX = '<meta name="robots" content="noindex">'


@dataclass(frozen=True, slots=True)
class Preview:
    """The preview of a pull request."""

    number: int
    commit: str = ""
    """The pull request's head commit that it shows."""
    build: int = 0
    """The id of the artefact that it was made from, 0 where it came from a folder."""


@dataclass(frozen=True, slots=True)
class Update:
    """What the pages branch should look like after one push."""

    site: Files | None = None
    """The new live site; None leaves it."""
    written: Callable[[Files], frozenset[str] | None] = lambda _: None
    """Says what the last deploy of it wrote."""
    previews: Mapping[int, Files] = field(default_factory=dict)
    """The previews to replace."""
    removed: frozenset[int] = frozenset()
    kept: frozenset[int] | None = None
    """All previews that may stay; None keeps them all."""

    def __call__(self, files: Files) -> Files:
        """Make the change; it may run again if somebody else pushes meanwhile."""
        if self.site is not None:
            files = with_live_site(files, self.site, self.written(files))
        for number in self._going(preview_numbers(files)):
            files = without_preview(files, number)
        for number, site in self.previews.items():
            files = with_preview(files, number, site)
        return files

    def _going(self, numbers: tuple[int, ...]) -> tuple[int, ...]:
        strange = () if self.kept is None else set(numbers) - self.kept
        return tuple(number for number in numbers if number in self.removed or number in strange)


def deploy_site(branch: PagesBranch, site: Path) -> Tip:
    """Deploy a folder as the live site; previews stay, and what others put at the root."""
    files = store(branch, site, folder_files(site))
    files = {**files, LISTING: store_text(branch, "".join(f"{path}\n" for path in sorted({*files, LISTING})))}
    update = Update(site=files, written=partial(_written, branch))
    return push_change(branch, update, message="Publish the site")


def deploy_preview(branch: PagesBranch, preview: Preview, site: Path) -> Tip:
    """Deploy a folder as the preview of a pull request; the live site and other previews stay."""
    update = Update(previews={preview.number: preview_files(branch, preview, site)})
    return push_change(branch, update, message=f"Publish the preview of pull request {preview.number}")


def remove_preview(branch: PagesBranch, number: int) -> Tip:
    """Remove the preview of a pull request, if there is one."""
    update = Update(removed=frozenset({number}))
    return push_change(branch, update, message=f"Remove the preview of pull request {number}")


def list_previews(branch: PagesBranch) -> tuple[Preview, ...]:
    """List the previews that are deployed."""
    files = fetch(branch).files
    return tuple(_read_preview(branch, files, number) for number in preview_numbers(files))


def preview_files(
    branch: PagesBranch, preview: Preview, site: Path, *, limits: ArtefactLimits = GITHUB_LIMITS
) -> Files:
    """Store a site as a preview: every page hidden from search engines, and a notice of what it shows."""
    paths = folder_files(site, limits=limits)
    pages = {path: hidden_from_search(_read_page(site / path)) for path in paths if path.endswith(".html")}
    return {
        **store(branch, site, paths),
        **{path: store_text(branch, html) for path, html in pages.items() if html is not None},
        NOTICE: store_text(branch, json.dumps(asdict(preview)) + "\n"),
    }


def hidden_from_search(html: str) -> str | None:
    """Add the tag that keeps search engines away from a page, or None where it is there already.

    >>> hidden_from_search("<html><head><title>VPC</title></head></html>")
    '<html><head><meta name="robots" content="noindex"><title>VPC</title></head></html>'
    """
    if _NOINDEX in html:
        return None
    head = _HEAD.search(html)
    return html[: head.end()] + _NOINDEX + html[head.end() :] if head else _NOINDEX + html


def _written(branch: PagesBranch, files: Files) -> frozenset[str] | None:
    """Read the list that the last deploy left."""
    listing = files.get(LISTING)
    return frozenset(read_blob(branch, listing).splitlines()) if listing else None


def _read_page(file: Path) -> str:
    return file.read_bytes().decode(errors="surrogateescape")


def _read_preview(branch: PagesBranch, files: Files, number: int) -> Preview:
    """Read a preview's notice. Its number is that of the folder: the notice is not asked."""
    blob = files.get(preview_folder(number) + NOTICE)
    if blob is None:
        return Preview(number)
    try:
        notice = json.loads(read_blob(branch, blob))
        return Preview(number, str(notice["commit"]), int(notice["build"]))
    except (ValueError, TypeError, KeyError):  # somebody edited the branch by hand
        return Preview(number)
