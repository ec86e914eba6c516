"""The list of addresses on disk, and the pages that the site has now."""

from __future__ import annotations

import os
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path

from notebinder.base.files import write_if_changed
from notebinder.base.git import renamed_files
from notebinder.base.problems import Problem
from notebinder.base.settings import Settings
from notebinder.base.urls import page_address
from notebinder.base.words import Words
from notebinder.pages.folder_pages import HOME
from notebinder.pages.layout import NoteLayout
from notebinder.site.redirects import (
    ADDRESSES,
    AddressList,
    LivePage,
    check_list,
    keep_list,
    read_list,
    redirect_files,
    write_list,
)
from notebinder.vault.syntax.properties import read_properties

_HEADING = re.compile(r"^# +(?P<title>.+?)(?: *\{[^{}]*\})?$", re.MULTILINE)


def live_pages(layouts: Iterable[NoteLayout], settings: Settings) -> dict[str, LivePage]:
    """List every page of the site by its address: the generated ones, and those that the author wrote."""
    docs, prefix = settings.docs, settings.output_address
    generated = {prefix + HOME: LivePage(settings.home)} if settings.home else {}
    generated |= {
        prefix + page.path: LivePage(page.title, page.note) for layout in layouts for page in layout.pages
    }
    by_hand = {
        path: LivePage(_title(docs / path))
        for path in _markdown_files(docs, settings.output)
        if path not in generated
    }
    return {page_address(path): page for path, page in sorted({**by_hand, **generated}.items())}


def read_address_list(root: Path) -> AddressList | None:
    """Read the project's list of addresses, if it keeps one."""
    file = root / ADDRESSES
    return read_list(file.read_text("utf-8")) if file.is_file() else None


def check_addresses(
    layouts: Iterable[NoteLayout], settings: Settings, private: Container[str] = ()
) -> tuple[Problem, ...]:
    """Find lost and unlisted addresses; a project without a list has none."""
    listed = read_address_list(settings.root)
    return check_list(listed, live_pages(layouts, settings), private) if listed else ()


def redirects_of(layouts: Iterable[NoteLayout], settings: Settings) -> dict[str, bytes]:
    """Return the HTML files for addresses that lead on, by their path on the site."""
    listed = read_address_list(settings.root)
    if not listed or not listed.redirects:
        return {}
    return redirect_files(listed, live_pages(layouts, settings), Words(settings.language))


def keep_address_list(
    root: Path, live: Mapping[str, LivePage], private: Container[str] = ()
) -> Iterator[str]:
    """Bring the project's list up to date; say what is new in it."""
    old = read_address_list(root) or AddressList()
    new = keep_list(old, live, renamed_files(root), private)
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


def _markdown_files(docs: Path, output: Path) -> Iterator[str]:
    """List what the author wrote in `docs`: the folder of generated pages is not walked."""
    for folder, names, files in os.walk(docs):
        names[:] = sorted(name for name in names if name[0] != "." and Path(folder, name) != output)
        inner = Path(folder).relative_to(docs)
        yield from ((inner / name).as_posix() for name in sorted(files) if name.endswith(".md"))
