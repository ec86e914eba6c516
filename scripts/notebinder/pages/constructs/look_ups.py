"""What a page may ask about the rest of the vault. Every question is written down with its answer.

A draft stays valid while its own note is the same and all its questions have the answers that they had
(`still_hold`). So this module is the only way from a construct to the vault, its index and the addresses:
whatever a construct needs to know is a method of `Site` and one of `LookUps`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from msgspec import Struct

from notebinder.base.settings import FRAME_HOSTS, LINK_SCHEMES
from notebinder.images.media import MEDIA, Original
from notebinder.images.model import PublishedFile, UnreadableImage
from notebinder.pages.addresses import Address, AddressBook
from notebinder.pages.constructs.note_parts import NoteParts
from notebinder.vault.model import Attachment, Note
from notebinder.vault.reading import Vault
from notebinder.vault.resolve import Found, VaultIndex, canonical, resolve, suggest

Question = tuple[str | int, ...]
"""The name of a method of `Site`, and what it is given."""
Answers = Mapping[Question, object]
"""What a draft asked, and what it was told: plain values that can be compared."""

T = TypeVar("T")


class ReadingSettings(Struct, frozen=True):
    """How Obsidian reads this vault."""

    strict_line_breaks: bool = False
    """Whether a single line end is a space instead of a line break."""
    attachment_folder: str = ""
    """Where the author drops new attachments, for hints."""
    external_embeds_at_once: bool = False
    """Whether what a note embeds from other sites loads at once instead of on a click."""
    link_schemes: frozenset[str] = frozenset(LINK_SCHEMES)
    """The schemes of links besides http and https."""
    frame_hosts: frozenset[str] = frozenset(FRAME_HOSTS)
    """The hosts whose pages may stand in a frame."""


class PartPlace(Struct, frozen=True):
    """Where a part of a note is shown."""

    address: Address | None
    """The part's place, or the note's where it has no such part; None where the site shows neither."""
    missing: str = ""
    """What the note does not have: a heading or a block; empty where the part is there."""
    hint: str = ""


@dataclass
class Site:
    """Answers each question from what a build knows. Its answers depend on nothing but that."""

    vault: Vault
    index: VaultIndex
    addresses: AddressBook
    publish: Callable[[Attachment], Original]
    """Publishes a file as it is."""
    read: Callable[[Attachment], str]
    """Reads a file that is text: a canvas, a base."""
    reading: ReadingSettings = field(default_factory=ReadingSettings)
    tag_page: str = ""
    """The page that lists all tags, whose ids are `tag_anchor`; empty where there is none."""
    _parts: dict[str, NoteParts] = field(default_factory=dict)
    _digests: dict[str, str] = field(default_factory=dict)
    """Of the texts of notes and attachments, by their path."""

    def how_to_read(self) -> ReadingSettings:
        """Return how Obsidian reads this vault."""
        return self.reading

    def page_of_tags(self) -> str:
        """Return the page that lists all tags; empty where there is none."""
        return self.tag_page

    def find(self, target: str, source: str) -> Found | None:
        """Return what a link in the note `source` means."""
        return resolve(target, source, self.index)

    def suggest(self, target: str) -> str:
        """Return a did-you-mean for a name that nothing has."""
        return suggest(target, self.index)

    def topic(self, title: str) -> Address | None:
        """Return the page of a topic."""
        return self.addresses.topics.get(canonical(title))

    def has_note(self, path: str) -> bool:
        """Tell whether a path is one of a note."""
        return path in self.vault.notes

    def has_attachment(self, path: str) -> bool:
        """Tell whether a path is one of an attachment."""
        return path in self.vault.attachments

    def note_address(self, path: str) -> Address | None:
        """Return where a note begins."""
        return self.addresses.note(path)

    def heading_address(self, path: str, line: int, page: str) -> Address | None:
        """Return the place of the heading on that line of a note, on `page` if that shows it."""
        return self.addresses.heading(path, line, seen_from=page)

    def generated_ids(self, page: str) -> tuple[str, ...]:
        """Return the ids of the headings that the site adds to a page."""
        return self.addresses.generated[page]

    def part_place(self, path: str, part: str, page: str) -> PartPlace:
        """Return the place of a heading or a block of a note, on `page` if that shows it."""
        note = self.vault.notes[path]
        block = self.parts_of(note).part(part)
        is_block = part.startswith("^")
        if block is None:
            headings = self.parts_of(note).headings
            hint = "" if is_block else headings.suggest(part.rpartition("#")[2])
            return PartPlace(self.addresses.note(path), "block" if is_block else "heading", hint)
        if is_block:
            return PartPlace(self.addresses.block(path, block.lines.start, part[1:], seen_from=page))
        return PartPlace(self.addresses.heading(path, block.lines.start, seen_from=page))

    def published(self, path: str) -> Original:
        """Publish an attachment as it is and return what became of it."""
        return self.publish(self.vault.attachments[path])

    def text_digest(self, path: str) -> str:
        """Return what stands for the text of an attachment."""
        if path not in self._digests:
            self._digests[path] = _digest(self.read(self.vault.attachments[path]))
        return self._digests[path]

    def note_digest(self, path: str) -> str:
        """Return what stands for the content of a note."""
        note = self.vault.notes.get(path)
        if note and path not in self._digests:
            self._digests[path] = _digest(note.text)
        return self._digests.get(path, "")

    def notes_digest(self) -> str:
        """Return what stands for the paths and properties of all notes."""
        return self._notes_digest

    @cached_property
    def _notes_digest(self) -> str:
        return _digest(repr([(path, dict(note.properties)) for path, note in self.vault.notes.items()]))

    def parts_of(self, note: Note) -> NoteParts:
        """Return what a note holds that others refer to, read on the first call."""
        if note.path not in self._parts:
            self._parts[note.path] = NoteParts(note)
        return self._parts[note.path]


@dataclass(frozen=True, slots=True)
class LookUps:
    """The questions of one draft; each method is the one of `Site`, and remembers its answer."""

    site: Site
    answers: dict[Question, object] = field(default_factory=dict)

    def how_to_read(self) -> ReadingSettings:
        """Return how Obsidian reads this vault."""
        return self._ask(self.site.how_to_read)

    def page_of_tags(self) -> str:
        """Return the page that lists all tags; empty where there is none."""
        return self._ask(self.site.page_of_tags)

    def find(self, target: str, source: str) -> Found | None:
        """Return what a link in the note `source` means."""
        return self._ask(self.site.find, target, source)

    def suggest(self, target: str) -> str:
        """Return a did-you-mean for a name that nothing has."""
        return self._ask(self.site.suggest, target)

    def topic(self, title: str) -> Address | None:
        """Return the page of a topic."""
        return self._ask(self.site.topic, title)

    def has_note(self, path: str) -> bool:
        """Tell whether a path is one of a note."""
        return self._ask(self.site.has_note, path)

    def note_address(self, path: str) -> Address | None:
        """Return where a note begins."""
        return self._ask(self.site.note_address, path)

    def heading_address(self, path: str, line: int, page: str) -> Address | None:
        """Return the place of the heading on that line of a note, on `page` if that shows it."""
        return self._ask(self.site.heading_address, path, line, page)

    def generated_ids(self, page: str) -> tuple[str, ...]:
        """Return the ids of the headings that the site adds to a page."""
        return self._ask(self.site.generated_ids, page)

    def part_place(self, path: str, part: str, page: str) -> PartPlace:
        """Return the place of a heading or a block of a note, on `page` if that shows it."""
        return self._ask(self.site.part_place, path, part, page)

    def attachment(self, path: str) -> Attachment | None:
        """Return an attachment by its path."""
        return self.site.vault.attachments[path] if self._ask(self.site.has_attachment, path) else None

    def attachment_address(self, path: str) -> str:
        """Publish an attachment as it is and return where, below the folder of generated pages.

        Empty for a damaged image; a file that is withheld gets an address on a site that nobody will see.
        """
        original = self._ask(self.site.published, path)
        if isinstance(original, PublishedFile):
            return f"{MEDIA}{original.name}"
        return "" if isinstance(original, UnreadableImage) else f"{MEDIA}withheld"

    def text_of(self, path: str) -> str:
        """Return the text of an attachment."""
        self._ask(self.site.text_digest, path)
        return self.site.read(self.site.vault.attachments[path])

    def note(self, path: str) -> Note:
        """Return a whole note; the draft then depends on all that it says."""
        self._ask(self.site.note_digest, path)
        return self.site.vault.notes[path]

    def notes(self) -> tuple[Note, ...]:
        """Return all notes, for their paths and properties only: on those the draft depends."""
        self._ask(self.site.notes_digest)
        return tuple(self.site.vault.notes.values())

    def parts_of(self, note: Note) -> NoteParts:
        """Return what a note holds that others refer to; whoever has a note may know all of it."""
        return self.site.parts_of(note)

    def _ask(self, question: Callable[..., T], *given: str | int) -> T:
        asked: Question = (question.__name__, *given)
        if asked not in self.answers:
            self.answers[asked] = question(*given)
        return self.answers[asked]  # type: ignore[return-value]  # what that question was answered


def still_hold(answers: Answers, site: Site) -> bool:
    """Tell whether a site gives the same answers to all questions.

    Files are published last: only if all else is the same, so that none is that the new draft may not use.
    """
    ordered = sorted(answers.items(), key=lambda item: item[0][0] == "published")
    try:
        return all(getattr(site, str(name))(*given) == answer for (name, *given), answer in ordered)
    except KeyError:  # what was asked about is gone
        return False


def published(answers: Answers) -> dict[str, Original]:
    """Return the files that a draft had published as they are, by their path in the vault."""
    return {str(question[1]): answer for question, answer in answers.items() if isinstance(answer, Original)}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
