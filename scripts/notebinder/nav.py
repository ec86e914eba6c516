"""The order of pages in the navigation, as `.nav.yml` files beside them (read by mkdocs-awesome-nav)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping

import yaml
from natsort import natsort_keygen, ns

from notebinder.layout import NoteLayout, PageKind

_natural_key = natsort_keygen(alg=ns.IGNORECASE)


def nav_files(
    layouts: Iterable[NoteLayout], titles: Mapping[str, str], extra: Mapping[str, str]
) -> dict[str, bytes]:
    """Return the `.nav.yml` of each folder.

    Folders and notes stand in natural order (2 before 10), topics in outline order.

    Args:
        layouts: all notes.
        titles: the author's name of each folder.
        extra: titles of further pages by their path; they come last in the outermost folder.
    """
    folders: dict[str, dict[str, tuple[str, bool]]] = defaultdict(dict)
    ordered: dict[str, list[str]] = {}
    for layout in layouts:
        pages = [page.path for page in layout.pages]
        for page in layout.pages:
            _enter(folders, page.path, page.title)
        if layout.pages[0].kind is PageKind.OVERVIEW:
            ordered[_folder(pages[0])] = [path.rpartition("/")[2] for path in pages]
    for path, title in extra.items():
        _enter(folders, path, title)
    return {
        f"{folder}.nav.yml": _nav_file(folder, entries, ordered.get(folder, []), titles, extra)
        for folder, entries in folders.items()
    }


def folder_titles(layouts: Iterable[NoteLayout], prefix: str) -> dict[str, str]:
    """Return the author's name of each folder of pages (with a slash at its end)."""
    titles: dict[str, str] = {}
    for layout in layouts:
        names = layout.note.path.removeprefix(prefix).split("/")[:-1]
        first = layout.pages[0]
        names += [layout.note.name] if first.kind is PageKind.OVERVIEW else []
        place = ""
        for piece, name in zip(first.path.split("/"), names, strict=False):
            place += f"{piece}/"
            titles.setdefault(place, name)
    return titles


def _folder(path: str) -> str:
    return path[: path.rfind("/") + 1]


def _enter(folders: dict[str, dict[str, tuple[str, bool]]], path: str, title: str) -> None:
    """Enter a page in its folder, and each folder in the one around it."""
    is_page = True
    while True:
        parent = _folder(path.rstrip("/"))
        name = path[len(parent) :]
        folders[parent].setdefault(name, (title, is_page))
        if not parent:
            return
        path, title, is_page = parent, parent.rstrip("/").rpartition("/")[2], False


def _nav_file(
    folder: str,
    entries: Mapping[str, tuple[str, bool]],
    first: list[str],
    titles: Mapping[str, str],
    last: Container[str],
) -> bytes:
    def key(name: str) -> tuple[bool, bool, bool, object, str]:
        title, is_page = entries[name]
        shown = title if is_page else titles.get(folder + name, title)
        return folder + name in last, name != "index.md", is_page, _natural_key(shown), name

    rest = sorted((name for name in entries if name not in first), key=key)
    data: dict[str, object] = {"title": titles[folder]} if folder in titles else {}
    data["nav"] = [name.rstrip("/") for name in (*first, *rest)]
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False).encode()
