"""The list of addresses on disk, and the pages that the site has now."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from notebinder.git import renamed_files
from notebinder.layout import NoteLayout
from notebinder.output import write_if_changed
from notebinder.problems import Problem
from notebinder.redirects import (
    ADDRESSES,
    AddressList,
    LivePage,
    check_list,
    keep_list,
    page_address,
    read_list,
    write_list,
)
from notebinder.settings import Settings
from notebinder.syntax.properties import read_properties

_HEADING = re.compile(r"^# +(?P<title>.+?)(?: *\{[^{}]*\})?$", re.MULTILINE)


def live_pages(layouts: Iterable[NoteLayout], settings: Settings) -> dict[str, LivePage]:
    """List every page of the site by its address: the generated ones, and those that the author wrote."""
    docs = settings.docs
    prefix = settings.output.relative_to(docs).as_posix()
    generated = {
        posixpath.normpath(posixpath.join(prefix, page.path)): LivePage(page.title, page.note)
        for layout in layouts
        for page in layout.pages
    }
    by_hand = {
        path: LivePage(_title(file))
        for file in sorted(docs.rglob("*.md"))
        if (path := file.relative_to(docs).as_posix()) not in generated and not _is_hidden(path)
    }
    return {page_address(path): page for path, page in sorted({**by_hand, **generated}.items())}


def read_address_list(root: Path) -> AddressList | None:
    """Read the project's list of addresses, if it keeps one."""
    file = root / ADDRESSES
    return read_list(file.read_text("utf-8")) if file.is_file() else None


def check_address_list(root: Path, live: Mapping[str, LivePage]) -> tuple[Problem, ...]:
    """Find lost and unlisted addresses; a project without a list has none."""
    listed = read_address_list(root)
    return check_list(listed, live) if listed else ()


def keep_address_list(root: Path, live: Mapping[str, LivePage]) -> Iterator[str]:
    """Bring the project's list up to date; say what is new in it."""
    old = read_address_list(root) or AddressList()
    new = keep_list(old, live, renamed_files(root))
    write_if_changed(root / ADDRESSES, write_list(new).encode())
    yield from (f"new: /{address}" for address in new.pages if address not in old.pages)
    for address, target in new.redirects.items():
        if address not in old.redirects:
            yield f"moved: /{address} -> /{target}"


def _title(file: Path) -> str:
    """Find a hand-written page's title as MkDocs does: in its front matter, then in its first heading."""
    text = file.read_text("utf-8", errors="replace")
    properties, _, _ = read_properties(text, file.name)
    heading = _HEADING.search(text)
    return str(properties.get("title") or (heading["title"] if heading else file.stem))


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/"))
