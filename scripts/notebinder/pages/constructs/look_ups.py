"""What a page may ask about the rest of the vault. Every question is written down with its answer.

A draft stays valid while its own note is the same and all its questions have the answers that they had
(`still_hold`). So this module is the only way from a construct to the vault, its index and the addresses:
whatever a construct needs to know is a question of `LookUps`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import wraps
from pathlib import Path
from typing import TypeVar, TypeVarTuple

from msgspec import Struct

from notebinder.base.file_state import find_state
from notebinder.base.settings import FRAME_HOSTS, LINK_SCHEMES
from notebinder.base.words import Words
from notebinder.images.media import MEDIA, Original
from notebinder.images.model import SiteFile, UnreadableImage
from notebinder.pages.addresses import Address, AddressBook
from notebinder.pages.constructs.note_parts import NoteParts
from notebinder.pages.dates import Dates
from notebinder.pages.vault_facts import VaultFacts, read_facts
from notebinder.vault.model import Attachment, Note
from notebinder.vault.reading import Vault
from notebinder.vault.resolve import Found, VaultIndex, canonical, resolve, suggest

Question = tuple[object, ...]
"""The name of a question of `LookUps`, and what it is given: texts and numbers."""
Answers = Mapping[Question, object]
"""What a draft asked, and what it was told: plain values that can be compared."""

T = TypeVar("T")
Given = TypeVarTuple("Given")


class ReadingSettings(Struct, frozen=True):
    """How Obsidian reads this vault."""

    strict_line_breaks: bool = False
    """Whether a single line end is a space instead of a line break."""
    attachment_folder: str = ""
    """Where the author drops new attachments, for hints."""
    external_embeds_at_once: bool = False
    """Whether what a note embeds from other sites loads at once instead of on a click."""
    dark_pictures: bool = True
    """Whether mostly white pictures are shown dark on a dark page."""
    link_schemes: frozenset[str] = frozenset(LINK_SCHEMES)
    """The schemes of links besides http and https."""
    frame_hosts: frozenset[str] = frozenset(FRAME_HOSTS)
    """The hosts whose pages may stand in a frame."""
    plugin_blocks: tuple[str, ...] = ()
    """More languages of code that only a plugin shows the result of."""
    vault_name: str = ""
    """The name of the vault, as addresses of the app have it."""
    properties_hidden: tuple[str, ...] = ()
    """Properties that no page shows."""
    language: str = "en"
    """In which the site speaks of itself."""

    @property
    def say(self) -> Words:
        """The site's own words."""
        return Words(self.language)


class PartPlace(Struct, frozen=True):
    """Where a part of a note is shown."""

    address: Address | None
    """The part's place, or the note's where it has no such part; None where the site shows neither."""
    missing: str = ""
    """What the note does not have: a heading or a block; empty where the part is there."""
    hint: str = ""


def _noon() -> datetime:
    return datetime.combine(date.today(), time(12))


@dataclass(frozen=True, slots=True)
class Sources:
    """What all questions of a build are answered from; nothing else decides an answer."""

    vault: Vault
    index: VaultIndex
    addresses: AddressBook
    write_original: Callable[[Attachment], Original]
    """Writes a file as it is among what is shown."""
    read: Callable[[Attachment], str]
    """Reads a file that is text: a canvas, a base."""
    reading: ReadingSettings = field(default_factory=ReadingSettings)
    tag_page: str = ""
    """The page that lists all tags, whose ids are `tag_anchor`; empty where there is none."""
    parts: dict[str, NoteParts] = field(default_factory=dict)
    """Of the notes that somebody has asked about, by their path."""
    digests: dict[str, str] = field(default_factory=dict)
    """Of the texts of notes and attachments, by their path, and of the facts of all, by an empty one."""
    dates: Mapping[str, Dates] = field(default_factory=dict)
    """The first and last day of each file that git knows, by its path."""
    moment: datetime = field(default_factory=_noon)
    """When the site is built: all builds of a day are alike."""
    facts: list[VaultFacts] = field(default_factory=list)
    """What bases can ask of all files, once somebody has."""


class FileTimes(Struct, frozen=True):
    """When a file was made and changed."""

    made: datetime
    changed: datetime
    are_days: bool
    """Whether only the days are known."""


def _question(method: Callable[[LookUps, *Given], T]) -> Callable[[LookUps, *Given], T]:
    """Let a method write down what it was asked and its answer, and give that answer when asked again."""
    name = method.__name__

    @wraps(method)
    def ask(look_ups: LookUps, *given: *Given) -> T:
        asked: Question = (name, *given)
        if asked not in look_ups.answers:
            look_ups.answers[asked] = method(look_ups, *given)
        return look_ups.answers[asked]  # type: ignore[return-value]  # what that question was answered

    return ask


@dataclass(frozen=True, slots=True)
class LookUps:
    """The questions of one draft. Their answers depend on nothing but the sources."""

    sources: Sources
    answers: dict[Question, object] = field(default_factory=dict)

    @_question
    def how_to_read(self) -> ReadingSettings:
        """Return how Obsidian reads this vault."""
        return self.sources.reading

    @_question
    def page_of_tags(self) -> str:
        """Return the page that lists all tags; empty where there is none."""
        return self.sources.tag_page

    @_question
    def find(self, target: str, source: str) -> Found | None:
        """Return what a link in the note `source` means."""
        return resolve(target, source, self.sources.index)

    @_question
    def suggest(self, target: str) -> str:
        """Return a did-you-mean for a name that nothing has."""
        return suggest(target, self.sources.index)

    @_question
    def topic(self, title: str) -> Address | None:
        """Return the page of a topic."""
        return self.sources.addresses.topics.get(canonical(title))

    @_question
    def has_note(self, path: str) -> bool:
        """Tell whether a path is one of a note."""
        return path in self.sources.vault.notes

    @_question
    def has_attachment(self, path: str) -> bool:
        """Tell whether a path is one of an attachment."""
        return path in self.sources.vault.attachments

    @_question
    def note_address(self, path: str) -> Address | None:
        """Return where a note begins."""
        return self.sources.addresses.note(path)

    @_question
    def heading_address(self, path: str, line: int, page: str) -> Address | None:
        """Return the place of the heading on that line of a note, on `page` if that shows it."""
        return self.sources.addresses.heading(path, line, seen_from=page)

    @_question
    def generated_ids(self, page: str) -> tuple[str, ...]:
        """Return the ids of the headings that the site adds to a page."""
        return self.sources.addresses.generated[page]

    @_question
    def part_place(self, path: str, part: str, page: str) -> PartPlace:
        """Return the place of a heading or a block of a note, on `page` if that shows it."""
        parts, addresses = self.parts_of(self.sources.vault.notes[path]), self.sources.addresses
        block = parts.part(part)
        is_block = part.startswith("^")
        if block is None:
            hint = "" if is_block else parts.headings.suggest(part)
            return PartPlace(addresses.note(path), "block" if is_block else "heading", hint)
        if is_block:
            return PartPlace(addresses.block(path, block.lines.start, part[1:], seen_from=page))
        return PartPlace(addresses.heading(path, block.lines.start, seen_from=page))

    @_question
    def original(self, path: str) -> Original:
        """Have an attachment written as it is, and return what became of it."""
        return self.sources.write_original(self.sources.vault.attachments[path])

    @_question
    def text_digest(self, path: str) -> str:
        """Return what stands for the text of an attachment."""
        digests = self.sources.digests
        if path not in digests:
            digests[path] = _digest(self.sources.read(self.sources.vault.attachments[path]))
        return digests[path]

    @_question
    def note_digest(self, path: str) -> str:
        """Return what stands for the content of a note; empty where there is none."""
        note, digests = self.sources.vault.notes.get(path), self.sources.digests
        if note and path not in digests:
            drawn = self.sources.vault.attachments.get(path)  # a canvas is more than its text
            digests[path] = self.text_digest(path) if drawn else _digest(note.text)
        return digests.get(path, "")

    @_question
    def facts_digest(self) -> str:
        """Return what stands for the facts of all files, and for what every name means."""
        digests = self.sources.digests
        if "" not in digests:
            digests[""] = _digest(repr((self._facts().files, self.sources.index.paths)))
        return digests[""]

    @_question
    def file_times(self, path: str) -> FileTimes:
        """Return when a file was made and changed: as git knows it, else as its disk does."""
        known, disk = self.sources.dates.get(path), _times_on_disk(self.sources.vault.root / path)
        if known and known.created and known.updated:
            made, changed = (datetime.combine(day, time()) for day in (known.created, known.updated))
            return FileTimes(made, changed, are_days=True)
        return FileTimes(*disk, are_days=False)

    @_question
    def file_size(self, path: str) -> int:
        """Return how many bytes a file has."""
        note = self.sources.vault.notes.get(path)
        if note:
            return len(note.text.encode("utf-8", "surrogatepass"))
        state = find_state(self.sources.vault.root / path)
        return state.size if state else 0

    @_question
    def moment(self) -> datetime:
        """Return when the site is built."""
        return self.sources.moment

    def attachment(self, path: str) -> Attachment | None:
        """Return an attachment by its path."""
        return self.sources.vault.attachments[path] if self.has_attachment(path) else None

    def linked_file(self, path: str) -> Attachment | None:
        """Return an attachment by its path, but for one that has a page, to which its links lead."""
        return None if self.has_note(path) else self.attachment(path)

    def attachment_address(self, path: str) -> str:
        """Have an attachment written as it is and return where, below the folder of generated pages.

        Empty for a damaged image; a file that is withheld gets an address on a site that nobody will see.
        """
        original = self.original(path)
        if isinstance(original, SiteFile):
            return f"{MEDIA}{original.name}"
        return "" if isinstance(original, UnreadableImage) else f"{MEDIA}withheld"

    def why_not_published(self, path: str) -> str:
        """Say what is wrong with an attachment; nothing of one that is published."""
        original = self.original(path) if self.has_attachment(path) else None
        return original.reason(self.how_to_read().say) if isinstance(original, UnreadableImage) else ""

    def text_of(self, path: str) -> str:
        """Return the text of an attachment."""
        self.text_digest(path)
        return self.sources.read(self.sources.vault.attachments[path])

    def note(self, path: str) -> Note:
        """Return a whole note; the draft then depends on all that it says."""
        self.note_digest(path)
        return self.sources.vault.notes[path]

    def facts(self) -> VaultFacts:
        """Return what bases can ask of all files; the draft then depends on all of it."""
        self.facts_digest()
        return self._facts()

    def _facts(self) -> VaultFacts:
        if not self.sources.facts:
            hidden = self.sources.reading.properties_hidden
            self.sources.facts.append(read_facts(self.sources.vault, self.sources.index, hidden))
        return self.sources.facts[0]

    def path_of(self, target: str, source: str) -> str:
        """Return the file that a name in the note `source` means, to whoever depends on the facts of all."""
        self.facts_digest()
        found = resolve(target, source, self.sources.index) if target else None
        return found.path if found else ""

    def parts_of(self, note: Note) -> NoteParts:
        """Return what a note holds that others refer to; whoever has a note may know all of it."""
        parts = self.sources.parts
        if note.path not in parts:
            parts[note.path] = NoteParts(note)
        return parts[note.path]


def still_hold(answers: Answers, sources: Sources) -> bool:
    """Tell whether all questions, asked again, are answered as they were.

    Files are written last: only if all else is the same, so that none is that the new draft may not use.
    """
    ordered = sorted(answers.items(), key=lambda item: item[0][0] == LookUps.original.__name__)
    look_ups = LookUps(sources)
    try:
        return all(getattr(look_ups, str(name))(*given) == answer for (name, *given), answer in ordered)
    except KeyError:  # what was asked about is gone
        return False


def originals(answers: Answers) -> dict[str, Original]:
    """Return what became of the files that a draft had written as they are, by their path in the vault."""
    return {str(question[1]): answer for question, answer in answers.items() if isinstance(answer, Original)}


def _times_on_disk(file: Path) -> tuple[datetime, datetime]:
    try:
        state = file.stat()
    except OSError:
        return datetime(1970, 1, 1), datetime(1970, 1, 1)
    made = min(getattr(state, "st_birthtime", state.st_ctime), state.st_mtime)
    return datetime.fromtimestamp(int(made)), datetime.fromtimestamp(int(state.st_mtime))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
