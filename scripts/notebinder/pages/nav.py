"""The order of pages in the navigation, as `.nav.yml` files beside them (read by mkdocs-awesome-nav)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from math import inf

import yaml

from notebinder.base.escaping import template_text
from notebinder.base.ordering import natural_key
from notebinder.pages.front_matter import MADE_BY_US
from notebinder.pages.layout import NoteLayout, PageKind
from notebinder.pages.order import Listed, arranged, asked_of, order_of
from notebinder.vault.navigation import Arrangement
from notebinder.vault.syntax.slugs import slug

_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
"""The one in C is ten times as fast."""
_INDEX = "index.md"


def nav_files(
    layouts: Sequence[NoteLayout],
    prefix: str,
    of_folders: Mapping[str, str],
    extra: Mapping[str, str],
    asked: Mapping[str, Arrangement],
) -> dict[str, bytes]:
    """Return the `.nav.yml` of each folder.

    Folders and notes stand as in Obsidian's list: folders first, by the names of the files, naturally (2
    before 10), unless their property `order` or the author's own `.nav.yml` says otherwise; topics in outline
    order. A note with a permalink stands elsewhere than its folder says; then the outermost file holds the
    tree of the vault's own folders.

    Args:
        layouts: all notes.
        prefix: the folder of the vault that all notes stand in.
        of_folders: titles of the pages of folders without a note by their path.
        extra: titles of further pages by their path; they come last in the outermost folder.
        asked: what the author's own files say, by folder of the vault.
    """
    files = _files_beside_pages(layouts, prefix, {**of_folders, **extra}, extra, asked)
    if any(_is_elsewhere(layout, prefix) for layout in layouts):
        last = [path for path in extra if "/" not in path]
        notes = {_place(layout).removeprefix(prefix): layout for layout in layouts}
        files[".nav.yml"] = {"nav": [*_tree(notes, prefix, asked, of_folders), *last]}
    return {
        path: (MADE_BY_US + yaml.dump(data, Dumper=_DUMPER, allow_unicode=True, sort_keys=False)).encode()
        for path, data in files.items()
    }


def _files_beside_pages(
    layouts: Sequence[NoteLayout],
    prefix: str,
    further: Mapping[str, str],
    last: Container[str],
    asked: Mapping[str, Arrangement],
) -> dict[str, dict[str, object]]:
    folders: dict[str, dict[str, Listed]] = defaultdict(dict)
    ordered: dict[str, list[str]] = {}
    names = _author_folders(layouts, prefix)
    orders = {_entry(layout): order_of(layout.note) for layout in layouts}
    for layout in layouts:
        first, *topics = layout.pages
        _enter(folders, first.path, layout.note.name, orders)
        for page in topics:
            _enter(folders, page.path, page.title, orders)
        if first.kind is PageKind.OVERVIEW:
            ordered[_folder(first.path)] = [page.path.rpartition("/")[2] for page in layout.pages]
    for path, title in further.items():
        _enter(folders, path, title, orders)
    for folder, entries in folders.items():
        for name, entry in entries.items():
            entries[name] = entry._replace(name=names.get(folder + name, entry.name).rpartition("/")[2])
    return {
        f"{folder}.nav.yml": _nav_file(
            folder, entries, ordered.get(folder, []), names.get(folder, ""), last, asked
        )
        for folder, entries in folders.items()
    }


def _is_elsewhere(layout: NoteLayout, prefix: str) -> bool:
    folders = _place(layout).removeprefix(prefix).count("/")
    is_split = layout.pages[0].kind is PageKind.OVERVIEW
    return layout.pages[0].path.count("/") != folders + is_split or bool(layout.moved_from)


def _place(layout: NoteLayout) -> str:
    """The path of a note; of one that is a folder's page, as if it stood in the folder."""
    path = layout.note.path
    return f"{path.removesuffix('.md')}/{layout.note.name}.md" if layout.heads_folder else path


def _tree(
    notes: Mapping[str, NoteLayout],
    folder: str,
    asked: Mapping[str, Arrangement],
    of_folders: Container[str],
    place: str = "",
) -> list[object]:
    """Notes by their path in a folder: those of folders below as sections by the author's names."""
    folders: dict[str, dict[str, NoteLayout]] = defaultdict(dict)
    own_page = f"{place}{_INDEX}"
    first: list[object] = [own_page] if own_page in of_folders else []
    rest: list[tuple[Listed, object]] = []
    for path, layout in notes.items():
        name, slash, inner = path.partition("/")
        entry = _entry(layout).rstrip("/")
        if slash:
            folders[name][inner] = layout
        elif layout.pages[0].path.rpartition("/")[2] == _INDEX and not layout.gallery:
            first.append(layout.pages[0].path)
        else:
            rest.append((Listed(layout.note.name, is_page=True, order=order_of(layout.note)), entry))
    for name, inside in folders.items():
        own = (
            order_of(each.note) for path, each in inside.items() if "/" not in path and _is_folders_page(each)
        )
        title = asked_of(asked, f"{folder}{name}").title or name
        section = {
            template_text(title): _tree(
                inside, f"{folder}{name}/", asked, of_folders, f"{place}{slug(name)}/"
            )
        }
        rest.append((Listed(name, is_page=False, order=min(own, default=inf)), section))
    return [*first, *arranged(rest, asked_of(asked, folder))]


def _is_folders_page(layout: NoteLayout) -> bool:
    return layout.pages[0].path.endswith(f"/{_INDEX}") and not layout.gallery


def _entry(layout: NoteLayout) -> str:
    """A note's page; the page of a folder, and a split note, stand for the folder."""
    path = layout.pages[0].path
    return path.removesuffix(_INDEX) if path.endswith(f"/{_INDEX}") else path


def _author_folders(layouts: Iterable[NoteLayout], prefix: str) -> dict[str, str]:
    """Return the author's path of each folder of pages (with a slash at its end)."""
    found: dict[str, str] = {"": prefix.rstrip("/")}
    for layout in layouts:
        names = _place(layout).removeprefix(prefix).split("/")[:-1]
        first = layout.pages[0]
        names += [layout.note.name] if first.kind is PageKind.OVERVIEW else []
        place, path = "", prefix
        for piece, name in zip(first.path.split("/"), names, strict=False):
            place, path = f"{place}{piece}/", f"{path}{name}/"
            found.setdefault(place, path.rstrip("/"))
    return found


def _folder(path: str) -> str:
    return path[: path.rfind("/") + 1]


def _enter(folders: dict[str, dict[str, Listed]], path: str, title: str, orders: Mapping[str, float]) -> None:
    """Enter a page in its folder, and each folder in the one around it."""
    is_page = True
    while True:
        parent = _folder(path.rstrip("/"))
        folders[parent].setdefault(path[len(parent) :], Listed(title, is_page, orders.get(path, inf)))
        if not parent:
            return
        path, title, is_page = parent, parent.rstrip("/").rpartition("/")[2], False


def _nav_file(
    folder: str,
    entries: Mapping[str, Listed],
    first: list[str],
    author_folder: str,
    last: Container[str],
    asked: Mapping[str, Arrangement],
) -> dict[str, object]:
    own = asked_of(asked, author_folder)
    title = own.title or (author_folder.rpartition("/")[2] if folder else "")
    index = [_INDEX] if _INDEX in entries and _INDEX not in first else []
    end = sorted((name for name in entries if folder + name in last), key=natural_key)
    placed = {*first, *index, *end}
    rest = arranged(((entry, name) for name, entry in entries.items() if name not in placed), own)
    data: dict[str, object] = {"title": template_text(title)} if title else {}
    data["nav"] = [name.rstrip("/") for name in (*first, *index, *rest, *end)]
    return data
