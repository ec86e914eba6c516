"""The folders of a vault as the site shows them: what is in each, how new, and its first picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import inf

from notebinder.base.urls import page_address
from notebinder.pages.layout import NoteLayout
from notebinder.pages.order import Listed, arranged, asked_of
from notebinder.vault.model import Figure
from notebinder.vault.navigation import Arrangement
from notebinder.vault.syntax.slugs import slug


@dataclass(frozen=True, slots=True)
class ListedNote:
    """A note as lists show it."""

    title: str
    page: str
    listed: Listed
    """What its place among others depends on."""
    day: date | None = None
    """When it was changed last, as far as anybody knows."""
    figures: tuple[Figure, ...] = ()
    """Its images, in order."""
    folder: str = ""
    """The author's name of the folder that it stands in."""


@dataclass
class Folder:
    """A folder of the vault that holds notes, at any depth."""

    path: str = ""
    """Where its page stands, with a slash at its end; empty for the outermost."""
    place: str = ""
    """Its path in the vault."""
    title: str = ""
    folders: dict[str, Folder] = field(default_factory=dict)
    """Those in it, by their path."""
    notes: list[ListedNote] = field(default_factory=list)
    own: ListedNote | None = None
    """The note that stands for it."""
    entries: Sequence[Folder | ListedNote] = ()
    """Folders and notes in the order of the navigation."""

    @property
    def page(self) -> str:
        """The page that stands for it."""
        return self.own.page if self.own else f"{self.path}index.md"

    def all_notes(self) -> Iterator[ListedNote]:
        """Yield what is in it, its own note first, in the order of the navigation."""
        if self.own:
            yield self.own
        for entry in self.entries:
            if isinstance(entry, Folder):
                yield from entry.all_notes()
            else:
                yield entry

    def everywhere(self) -> Iterator[Folder]:
        """Yield the folder and all below it."""
        yield self
        for folder in self.folders.values():
            yield from folder.everywhere()


def read_folders(
    layouts: Iterable[NoteLayout],
    prefix: str,
    listed: Mapping[str, ListedNote],
    asked: Mapping[str, Arrangement],
) -> Folder:
    """Return the outermost folder.

    Args:
        layouts: all notes.
        prefix: the folder of the vault that all notes stand in.
        listed: each note by its path in the vault.
        asked: how the author wants folders to be shown, by their path in the vault.
    """
    root = Folder(place=prefix)
    places: list[tuple[Folder, ListedNote]] = []
    for layout in layouts:
        folder = root
        for name in layout.note.path.removeprefix(prefix).split("/")[:-1]:
            path, place = f"{folder.path}{slug(name)}/", f"{folder.place}{name}/"
            title = asked_of(asked, place).title or name
            folder = folder.folders.setdefault(path, Folder(path, place, title))
        places.append((folder, listed[layout.note.path]))
    folders = {folder.path: folder for folder in root.everywhere()}
    for around, note in places:
        stood_for = folders.get(page_address(note.page))
        if stood_for and stood_for.own is None:
            stood_for.own = note
        else:
            around.notes.append(note)
    for folder in root.everywhere():
        folder.entries = arranged(_listed(folder), asked_of(asked, folder.place))
    return root


def _listed(folder: Folder) -> Iterator[tuple[Listed, Folder | ListedNote]]:
    for inner in folder.folders.values():
        name = inner.place.rstrip("/").rpartition("/")[2]
        yield Listed(name, is_page=False, order=inner.own.listed.order if inner.own else inf), inner
    for note in folder.notes:
        yield note.listed, note
