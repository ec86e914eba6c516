"""The order of pages in the navigation, as `.nav.yml` files beside them (read by mkdocs-awesome-nav)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence

import yaml

from notebinder.base.escaping import template_text
from notebinder.base.ordering import natural_key
from notebinder.pages.front_matter import MADE_BY_US
from notebinder.pages.layout import NoteLayout, PageKind

_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
"""The one in C is ten times as fast."""


def nav_files(layouts: Sequence[NoteLayout], prefix: str, extra: Mapping[str, str]) -> dict[str, bytes]:
    """Return the `.nav.yml` of each folder.

    Folders and notes stand in natural order (2 before 10), topics in outline order. A note with a permalink
    stands elsewhere than its folder says; then the outermost file holds the tree of the vault's own folders.

    Args:
        layouts: all notes.
        prefix: the folder of the vault that all notes stand in.
        extra: titles of further pages by their path; they come last in the outermost folder.
    """
    files = _files_beside_pages(layouts, _folder_titles(layouts, prefix), extra)
    if any(_is_elsewhere(layout, prefix) for layout in layouts):
        notes = {layout.note.path.removeprefix(prefix): layout for layout in layouts}
        last = [path for path in extra if "/" not in path]
        files[".nav.yml"] = {"nav": [*_tree(notes), *last]}
    return {
        path: (MADE_BY_US + yaml.dump(data, Dumper=_DUMPER, allow_unicode=True, sort_keys=False)).encode()
        for path, data in files.items()
    }


def _files_beside_pages(
    layouts: Iterable[NoteLayout], titles: Mapping[str, str], extra: Mapping[str, str]
) -> dict[str, dict[str, object]]:
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


def _is_elsewhere(layout: NoteLayout, prefix: str) -> bool:
    folders = layout.note.path.removeprefix(prefix).count("/")
    is_split = layout.pages[0].kind is PageKind.OVERVIEW
    return layout.pages[0].path.count("/") != folders + is_split or bool(layout.moved_from)


def _tree(notes: Mapping[str, NoteLayout]) -> list[object]:
    """Notes by their path in a folder: those of folders below as sections by the author's names."""
    folders: dict[str, dict[str, NoteLayout]] = defaultdict(dict)
    pages: dict[str, NoteLayout] = {}
    for path, layout in notes.items():
        folder, slash, inner = path.partition("/")
        if slash:
            folders[folder][inner] = layout
        else:
            pages[_entry(layout)] = layout
    first = [page for page in pages if page.rpartition("/")[2] == "index.md"]
    rest = sorted(pages.keys() - first, key=lambda page: (natural_key(pages[page].pages[0].title), page))
    sections = [{template_text(name): _tree(folders[name])} for name in sorted(folders, key=natural_key)]
    return [*first, *sections, *rest]


def _entry(layout: NoteLayout) -> str:
    """A note's page; a split note is its folder, which has a file of its own."""
    path = layout.pages[0].path
    return path.removesuffix("/index.md") if layout.gallery else path


def _folder_titles(layouts: Iterable[NoteLayout], prefix: str) -> dict[str, str]:
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
) -> dict[str, object]:
    def key(name: str) -> tuple[bool, bool, bool, object, str]:
        title, is_page = entries[name]
        shown = title if is_page else titles.get(folder + name, title)
        return folder + name in last, name != "index.md", is_page, natural_key(shown), name

    rest = sorted((name for name in entries if name not in first), key=key)
    data: dict[str, object] = {"title": template_text(titles[folder])} if folder in titles else {}
    data["nav"] = [name.rstrip("/") for name in (*first, *rest)]
    return data
