"""The folders of a vault as the site shows them: what is in each, how new, and its first picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from notebinder.base.ordering import natural_key
from notebinder.base.urls import page_address
from notebinder.pages.layout import NoteLayout
from notebinder.vault.model import Figure
from notebinder.vault.syntax.slugs import slug


@dataclass(frozen=True, slots=True)
class ListedNote:
    """A note as lists show it."""

    title: str
    page: str
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
    title: str = ""
    folders: dict[str, Folder] = field(default_factory=dict)
    """Those in it, by their path."""
    notes: list[ListedNote] = field(default_factory=list)
    own: ListedNote | None = None
    """The note that stands for it."""

    @property
    def page(self) -> str:
        """The page that stands for it."""
        return self.own.page if self.own else f"{self.path}index.md"

    def all_notes(self) -> Iterator[ListedNote]:
        """Yield what is in it, its own note first, in the order of the navigation."""
        if self.own:
            yield self.own
        for folder in self.ordered_folders():
            yield from folder.all_notes()
        yield from self.ordered_notes()

    def ordered_folders(self) -> list[Folder]:
        """Return the folders in it, 2 before 10."""
        return sorted(self.folders.values(), key=lambda folder: (natural_key(folder.title), folder.path))

    def ordered_notes(self) -> list[ListedNote]:
        """Return the notes in it, 2 before 10."""
        return sorted(self.notes, key=lambda note: (natural_key(note.title), note.page))

    def everywhere(self) -> Iterator[Folder]:
        """Yield the folder and all below it."""
        yield self
        for folder in self.folders.values():
            yield from folder.everywhere()


def read_folders(
    layouts: Iterable[NoteLayout], prefix: str, listed: Mapping[str, ListedNote], titles: Mapping[str, str]
) -> Folder:
    """Return the outermost folder.

    Args:
        layouts: all notes.
        prefix: the folder of the vault that all notes stand in.
        listed: each note by its path in the vault.
        titles: what the author calls folders otherwise, by their path in the vault.
    """
    root = Folder()
    places: list[tuple[Folder, ListedNote]] = []
    for layout in layouts:
        folder, place = root, prefix
        for name in layout.note.path.removeprefix(prefix).split("/")[:-1]:
            path, place = f"{folder.path}{slug(name)}/", f"{place}{name}/"
            title = titles.get(place.rstrip("/")) or name
            folder = folder.folders.setdefault(path, Folder(path, title))
        places.append((folder, listed[layout.note.path]))
    folders = {folder.path: folder for folder in root.everywhere()}
    for around, note in places:
        stood_for = folders.get(page_address(note.page))
        if stood_for and stood_for.own is None:
            stood_for.own = note
        else:
            around.notes.append(note)
    return root
