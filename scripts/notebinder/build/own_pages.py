"""The pages of a site that no note is: lists, tags, the map and what leads on; and the navigation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from notebinder.base.settings import Settings
from notebinder.base.urls import free_page, page_address
from notebinder.base.words import Words
from notebinder.images.figure_slots import FigureWriter
from notebinder.images.model import ImageResult
from notebinder.pages.binding import BoundNote
from notebinder.pages.dates import note_dates
from notebinder.pages.drafts import DraftedNote
from notebinder.pages.folder_pages import HOME, Lister, has_letters
from notebinder.pages.folders import Folder, ListedNote, read_folders
from notebinder.pages.layout import NoteLayout, is_unlisted
from notebinder.pages.map_page import map_page
from notebinder.pages.nav import nav_files
from notebinder.pages.order import Listed, order_of
from notebinder.pages.redirect_page import redirect_page
from notebinder.pages.tag_page import tag_page
from notebinder.vault.navigation import Arrangements


def with_own_pages(
    notes: Sequence[BoundNote],
    images: Mapping[str, ImageResult],
    arranged: Arrangements,
    settings: Settings,
    path_of_tags: str,
) -> dict[str, bytes]:
    """Return the pages of all notes, and what stands beside them, by their paths.

    Args:
        notes: all notes.
        images: what became of each image, by its path in the vault.
        arranged: how the author wants folders to be shown.
        settings: the site's.
        path_of_tags: where the page of tags stands.
    """
    words = Words(settings.language)
    layouts = [note.drafted.layout for note in notes]
    files = {path: data for note in notes for path, data in note.bound.pages}
    shown = [note for note in notes if not is_unlisted(note.drafted.layout.note)]
    listed = [note.drafted.layout for note in shown]
    extra = {layout.gallery: words("all screenshots") for layout in listed if layout.gallery in files}
    tags = _tags([note.drafted for note in notes], path_of_tags, words)
    extra |= dict.fromkeys(tags, words("tags"))
    files |= tags
    root = read_folders(listed, settings.prefix, _listed(shown), arranged.folders)
    lister = Lister(words, FigureWriter(images, {}, dark_pictures=settings.dark_pictures).small)
    home = settings.home or (words("notes title") if settings.output_address else "")
    firsts, lists = _list_pages(root, layouts, home, lister, files)
    extra |= {path: words("all notes") for path in lists.keys() - firsts.keys()}
    site_map = _map([note.drafted for note in shown], files.keys() | lists.keys(), words)
    extra |= dict.fromkeys(site_map, words("map"))
    files |= lists | site_map
    files |= nav_files(listed, settings.prefix, firsts, extra, arranged.folders)
    return files | _moved(layouts, settings.output_address, files, words)


def _listed(notes: Iterable[BoundNote]) -> dict[str, ListedNote]:
    """Return what lists show of each note, by its path in the vault."""
    listed: dict[str, ListedNote] = {}
    for each in notes:
        note, page = each.drafted.layout.note, each.drafted.layout.pages[0]
        dates = note_dates(note, each.around.dates)
        folder = note.path.rpartition("/")[0].rpartition("/")[2]
        figures = tuple(each.drafted.drafts.figures)
        place = Listed(note.name, is_page=not page.path.endswith("/index.md"), order=order_of(note))
        day = dates.updated or dates.created
        listed[note.path] = ListedNote(page.title, page.path, place, day, figures, folder)
    return listed


def _list_pages(
    root: Folder, layouts: Iterable[NoteLayout], home: str, lister: Lister, files: Iterable[str]
) -> tuple[dict[str, str], dict[str, bytes]]:
    """Return the pages that list notes, and the titles of those that stand for a folder, by their paths."""
    led_on = {old for layout in layouts for old in layout.moved_from}
    folders = [
        folder
        for folder in root.everywhere()
        if folder.path and folder.own is None and folder.path.rstrip("/") not in led_on
    ]
    titles = {folder.page: folder.title for folder in folders}
    pages = {folder.page: lister.folder_page(folder) for folder in folders}
    if not home or root.own:
        return titles, pages
    letters = free_page([*files, *pages], "all-notes") if has_letters(root) else ""
    pages[HOME] = lister.home_page(root, home, letters)
    if letters:
        pages[letters] = lister.letters_page(root, letters)
    return {HOME: home, **titles}, pages


def _map(drafts: Sequence[DraftedNote], files: Iterable[str], words: Words) -> dict[str, bytes]:
    """Return the page that shows all notes and the links between them, where there are any."""
    notes = {page.path: each.layout.note.path for each in drafts for page in each.layout.pages}
    links = ((notes.get(page), notes.get(link.page)) for each in drafts for page, link in each.drafts.links)
    if all(one == other for one, other in links):
        return {}
    return {free_page(files, "map"): map_page(words)}


def _moved(
    layouts: Iterable[NoteLayout], output: str, files: Mapping[str, bytes], words: Words
) -> dict[str, bytes]:
    """Return a page that leads on for each address that a note has had, unless another page has it now."""
    return {
        f"{old}/index.html": redirect_page(
            f"{output}{old}/", output + page_address(layout.pages[0].path), layout.pages[0].title, words
        )
        for layout in layouts
        for old in layout.moved_from
        if not {f"{old}.md", f"{old}/index.md"} & files.keys()
    }


def _tags(drafts: Iterable[DraftedNote], path: str, words: Words) -> dict[str, bytes]:
    """Return the page of tags, or nothing for a vault without any."""
    tagged: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for drafted in drafts:
        for tag, title, page in drafted.drafts.tags:
            tagged[tag][title, page] = None
    of_tags = {tag: list(notes) for tag, notes in tagged.items()}
    return {path: tag_page(of_tags, path, words)} if tagged else {}
