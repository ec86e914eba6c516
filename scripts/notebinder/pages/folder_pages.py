"""The pages that list notes: of a folder, of the whole site, and of all notes by letter."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from notebinder.base.escaping import as_text, markdown_text, template_text
from notebinder.base.ordering import natural_key
from notebinder.base.urls import built_url
from notebinder.base.words import Words
from notebinder.images.figures import Card, Picture, cards_html
from notebinder.pages.folders import Folder, ListedNote
from notebinder.pages.front_matter import front_matter
from notebinder.vault.model import Figure

HOME = "index.md"
_AS_CARDS = 60
"""So many notes are shown with their pictures, and all notes of a vault on its home page; more are a list."""
_LATELY = 8
_WITHOUT_LETTERS = {"CJK": "字", "HANGUL": "가"}
"""Scripts with thousands of signs; their titles stand together."""

SmallPicture = Callable[[Figure, str], Picture | None]
"""Returns a small picture of a figure as a page shows it, or None for a missing one."""


@dataclass(frozen=True, slots=True)
class Lister:
    """Writes lists of notes and folders as a page shows them."""

    words: Words
    picture: SmallPicture

    def folder_page(self, folder: Folder) -> bytes:
        """Write the page of a folder: what is in it, with counts, days and pictures."""
        notes = [entry for entry in folder.entries if isinstance(entry, ListedNote)]
        contents, facts = self._told(folder, [*folder.all_notes()])
        cards = [self._note_card(note, folder.page) for note in notes] if len(notes) <= _AS_CARDS else []
        has_pictures = any(card.picture for card in cards)
        blocks = [
            _facts_html(facts),
            self._folder_cards(folder, folder.page),
            cards_html(cards) if has_pictures else self._list(notes, folder.page),
        ]
        return self._page(folder.title, contents, blocks)

    def home_page(self, root: Folder, title: str, letters: str) -> bytes:
        """Write the page that a site opens with: its folders, what changed lately, and all its notes.

        Args:
            root: the outermost folder.
            title: of the page.
            letters: the page of all notes by letter, where there is one; else they stand here.
        """
        notes = [*root.all_notes()]
        contents, facts = self._told(root, notes)
        lately = sorted((note for note in notes if note.day), key=lambda note: (note.day, note.page))
        blocks = [
            _facts_html(facts),
            self._folder_cards(root, HOME),
            self._titled("lately", self._list(lately[: -_LATELY - 1 : -1], HOME)),
            self._titled(
                "all notes", self._letters(notes, letters, HOME) if letters else self._columns(notes, HOME)
            ),
        ]
        return self._page(title, contents, blocks)

    def letters_page(self, root: Folder, page: str) -> bytes:
        """Write the list of all notes by their first letter."""
        notes = [*root.all_notes()]
        groups = [
            f"## {letter} {{ #{_anchor(letter)} data-generated }}\n\n{self._a_to_z(inner, page)}"
            for letter, inner in _by_letter(notes)
        ]
        title = self.words("all notes")
        contents, _ = self._told(root, notes)
        return self._page(title, contents, [self._letters(notes, page, page), *groups])

    def _page(self, title: str, description: str, blocks: Iterable[str]) -> bytes:
        head = front_matter(
            {
                "title": template_text(title),
                "description": f"{title}: {description}",
                "search": {"boost": 0.5},  # who looks for a note wants the note
            }
        )
        body = "\n\n".join([f"# {markdown_text(title)} {{ data-generated }}", *filter(None, blocks)])
        return f"{head}\n{body}\n".encode()

    def _told(self, folder: Folder, notes: Sequence[ListedNote]) -> tuple[str, str]:
        """Say what is in a folder, and that with the day of its last change."""
        counts = [self.words.count("folders", len(folder.folders)), self.words.count("notes", len(notes))]
        contents = self.words.listed(counts) or self.words("nothing yet")
        return contents, self.words.listed([contents, self._changed(notes)])

    def _changed(self, notes: Iterable[ListedNote]) -> str:
        last = max((note.day for note in notes if note.day), default=None)
        return self.words("changed then", day=self.words.period([last])) if last else ""

    def _picture(self, notes: Iterable[ListedNote], page: str) -> Picture | None:
        figures = (figure for note in notes for figure in note.figures)
        return next(filter(None, (self.picture(figure, page) for figure in figures)), None)

    def _folder_cards(self, around: Folder, page: str) -> str:
        folders = (entry for entry in around.entries if isinstance(entry, Folder))
        return cards_html([self._folder_card(folder, page) for folder in folders])

    def _folder_card(self, folder: Folder, page: str) -> Card:
        notes = [*folder.all_notes()]
        _, facts = self._told(folder, notes)
        return Card(folder.title, built_url(folder.page, page), facts, picture=self._picture(notes, page))

    def _note_card(self, note: ListedNote, page: str) -> Card:
        facts = self.words.period([note.day] if note.day else [])
        return Card(note.title, built_url(note.page, page), facts, picture=self._picture([note], page))

    def _titled(self, message: str, block: str) -> str:
        heading = f"## {self.words(message)} {{ #{message.replace(' ', '-')} data-generated }}"
        return f"{heading}\n\n{block}" if block else ""

    def _list(self, notes: Iterable[ListedNote], page: str) -> str:
        return _items("nb-notes", (self._item(note, page, self._day(note)) for note in notes))

    def _a_to_z(self, notes: Iterable[ListedNote], page: str) -> str:
        """List notes by title."""
        return self._columns(sorted(notes, key=lambda note: (natural_key(note.title), note.page)), page)

    def _columns(self, notes: Sequence[ListedNote], page: str) -> str:
        """List notes; those of one title with the folder that tells them apart."""
        named = Counter(note.title.casefold() for note in notes)
        lines = (
            self._item(note, page, as_text(note.folder) if named[note.title.casefold()] > 1 else "")
            for note in notes
        )
        return _items("nb-notes nb-notes-columns", lines)

    def _item(self, note: ListedNote, page: str, remark: str) -> str:
        link = f'<a href="{as_text(built_url(note.page, page))}">{as_text(note.title)}</a>'
        return f"<li>{link}{f' <small>{remark}</small>' if remark else ''}</li>"

    def _day(self, note: ListedNote) -> str:
        if not note.day:
            return ""
        return f'<time datetime="{note.day.isoformat()}">{self.words.period([note.day])}</time>'

    def _letters(self, notes: Sequence[ListedNote], target: str, page: str) -> str:
        href = as_text(built_url(target, page)) if target != page else ""
        links = (
            f'<li><a href="{href}#{as_text(_anchor(letter))}">{as_text(letter)}</a></li>'
            for letter, _ in _by_letter(notes)
        )
        return _items("nb-letters", links)


def has_letters(root: Folder) -> bool:
    """Tell whether a site has too many notes for its home page."""
    return sum(1 for _ in root.all_notes()) > _AS_CARDS


def _facts_html(facts: str) -> str:
    return f'<p class="nb-facts" data-generated data-search-exclude>{as_text(facts)}</p>'


def _items(name: str, lines: Iterable[str]) -> str:
    items = "\n".join(lines)
    return f'<ul class="{name}" data-generated data-search-exclude>\n{items}\n</ul>' if items else ""


def _by_letter(notes: Iterable[ListedNote]) -> list[tuple[str, list[ListedNote]]]:
    ordered = sorted(notes, key=lambda note: (_letter(note.title), natural_key(note.title)))
    return [(letter, list(inner)) for letter, inner in groupby(ordered, key=lambda note: _letter(note.title))]


def _letter(title: str) -> str:
    """The letter that a title is looked for under; `#` for all that is none.

    >>> _letter("étude"), _letter("2024"), _letter("«Ost»")
    ('E', '#', 'O')
    """
    first = next((char for char in title if char.isalnum()), "#")
    name = unicodedata.name(first, "")
    if any(name.startswith(script) for script in _WITHOUT_LETTERS):
        return _WITHOUT_LETTERS[name.split(" ")[0]]
    plain = unicodedata.normalize("NFD", first)[0].upper()[0]
    return plain if plain.isalpha() else "#"


def _anchor(letter: str) -> str:
    return "letter-other" if letter == "#" else f"letter-{letter.lower()}"
