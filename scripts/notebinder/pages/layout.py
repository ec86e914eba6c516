"""Decide which pages a vault becomes: their addresses, and which lines of which note each one shows."""

from __future__ import annotations

import posixpath
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import partial

from msgspec import Struct
from rapidfuzz import fuzz

from notebinder.base.limits import LIMITS
from notebinder.base.problems import Problem, SourceLocation, did_you_mean
from notebinder.base.urls import page_address
from notebinder.base.words import ENGLISH, Words
from notebinder.images.capture_time import capture_time
from notebinder.images.shown_transcripts import shown_transcripts
from notebinder.images.transcript_markup import title_read
from notebinder.vault.file_notes import is_page_file
from notebinder.vault.model import (
    Doubt,
    LineRange,
    Note,
    Outline,
    OutlineEntry,
    Part,
    Plan,
    PlannedTopic,
    Transcript,
)
from notebinder.vault.navigation import folders_of
from notebinder.vault.outline import plain_text, read_outline, read_parts
from notebinder.vault.plan import Placing, Placings, place_parts, plan_path, read_plan
from notebinder.vault.reading import Vault
from notebinder.vault.resolve import VaultIndex, resolve
from notebinder.vault.syntax.properties import property_aliases, property_lines
from notebinder.vault.syntax.slugs import fingerprint, slug

_INDEX, _OWN, _BESIDE, _README, _HOME, _NONE = range(6)
"""How good a claim a note has to be the page of a folder, best first."""
_INDEX_NAMES = {"index": _INDEX, "readme": _README, "home": _HOME}
_NAMELESS = ("index", "readme")
"""Names that say nothing: the page of a folder is called after the folder."""
_LONGEST_ADDRESS = 600
_SAME_ENTRY = 90
"""How alike a topic's title and an entry must be, in percent, to be the same thing mistyped."""


class PageKind(Enum):
    """What a page shows of a note."""

    NOTE = auto()
    OVERVIEW = auto()
    TOPIC = auto()


class Section(Struct, frozen=True):
    """Lines of a note on a page."""

    lines: LineRange
    title: str = ""
    """The heading that the site puts above them; empty where the author's own words head them."""
    part: Part | None = None
    is_outline: bool = False
    doubt: Doubt | None = None
    """Told to its author alone, while serving."""


class PageLayout(Struct, frozen=True):
    """A page to be written."""

    path: str
    """POSIX path below the folder of generated pages, ending in `.md`."""
    title: str
    note: str
    kind: PageKind
    sections: tuple[Section, ...]
    entry: OutlineEntry | None = None
    """For a topic: the outline entry that it stands for."""


class NoteLayout(Struct, frozen=True):
    """All pages of one note."""

    note: Note
    pages: tuple[PageLayout, ...]
    """The note's page, or its overview and then its topics in outline order."""
    outline: Outline | None = None
    """The outline of a split note."""
    parts: tuple[Part, ...] = ()
    gallery: str = ""
    """Where all screenshots of a split note are listed."""
    moved_from: tuple[str, ...] = ()
    """Addresses that lead on to the note, below the folder of generated pages, without an ending."""
    heads_folder: bool = False
    """Whether it stands beside a folder of its name, whose page it is."""


@dataclass
class Addresses:
    """Gives each page an address of its own; file systems that fold case see no two alike."""

    taken: dict[str, str] = field(default_factory=dict)
    """What has each address of the built site."""
    problems: list[Problem] = field(default_factory=list)

    def is_free(self, folder: str, name: str) -> bool:
        """Tell whether no page is built at the address of this path yet."""
        return _built(folder, name) not in self.taken

    def take(self, folder: str, name: str, key: str) -> str:
        """Return a free path in the folder; a name in use gets the fingerprint of its key and is told."""
        wanted, free = _built(folder, name), name
        for attempt in range(len(self.taken) + 1):
            if self.is_free(folder, free):
                break
            free = f"{name}-{fingerprint(f'{key}#{attempt}' if attempt else key)}"
        if free != name:
            self.tell(key, wanted, _built(folder, free))
        self.taken[_built(folder, free)] = key
        return f"{folder}{free}.md"

    def tell(self, key: str, wanted: str, given: str) -> None:
        """Tell the author of a note that its page stands elsewhere than its name says."""
        note, other = key.partition("#")[0], self.taken[wanted].partition("#")[0]
        if note != other:
            message = f"its address would be {wanted}, which {other} has, so it is {given}"
            self.problems.append(
                Problem(SourceLocation(note), "shared-address", message, "rename one of them")
            )


def _built(folder: str, name: str) -> str:
    """Return the address of a built page, as file systems compare it that fold case.

    >>> _built("aws/", "index"), _built("", "AWS"), _built("", "index")
    ('aws/', 'aws/', '/')
    """
    return (page_address(f"{folder}{name}.md") or "/").casefold()


def lay_out(
    vault: Vault, index: VaultIndex, *, prefix: str = "", say: Words = ENGLISH
) -> tuple[tuple[NoteLayout, ...], tuple[Problem, ...]]:
    """Lay out every note; `prefix` is the folder that all notes stand in and that no address shows."""
    addresses = Addresses()
    problems = list(_plans_without_note(vault))
    layouts = []
    folders = folders_of(vault.notes)
    names = Counter(posixpath.splitext(path)[0] for path in vault.notes)
    for path in sorted(vault.notes, key=lambda path: (_claim(path, folders), is_page_file(path), path)):
        note = vault.notes[path]
        plan_file = plan_path(path)
        plan, faults = (
            read_plan(vault.plans[plan_file], plan_file) if plan_file in vault.plans else (None, ())
        )
        problems += faults
        if plan is None or plan.is_proposed:
            is_twin = is_page_file(path) and names[posixpath.splitext(path)[0]] > 1
            name = posixpath.basename(path) if is_twin else note.name
            layouts.append(_whole_note(note, name, prefix, addresses, _claim(path, folders)))
        else:
            read_titles = partial(_read_titles, note, vault=vault, index=index, say=say)
            layout, faults = _split_note(note, plan, prefix, addresses, read_titles)
            layouts.append(layout)
            problems += faults
    problems += addresses.problems
    return tuple(sorted(layouts, key=lambda layout: layout.note.path)), tuple(problems)


def _plans_without_note(vault: Vault) -> Iterable[Problem]:
    for path in vault.plans:
        note = path.removesuffix(".plan.yml") + ".md"
        if note not in vault.notes:
            hint = did_you_mean(note, vault.notes) or "rename it with its note, or delete it"
            yield Problem(SourceLocation(path), "plan-without-note", f"there is no note {note}", hint)


def _claim(path: str, folders: Container[str]) -> int:
    """Return how good a claim a note has to be the page of a folder."""
    folder, _, name = path.removesuffix(".md").rpartition("/")
    if name.casefold() in _INDEX_NAMES:
        return _INDEX_NAMES[name.casefold()]
    if name == folder.rpartition("/")[2]:
        return _OWN
    return _BESIDE if path.removesuffix(".md") in folders else _NONE


def _address(path: str, prefix: str) -> tuple[str, str]:
    """Return the slugs of a note's folder (with a slash at its end) and of its name."""
    inner = path.removesuffix(".md").removeprefix(prefix)
    folders, _, name = inner.rpartition("/")
    folder = "".join(f"{slug(part)}/" for part in folders.split("/") if part)
    return folder, slug(name)


def _whole_note(note: Note, called: str, prefix: str, addresses: Addresses, claim: int) -> NoteLayout:
    folder, name = _address(note.path, prefix)
    headed = f"{folder}{name}/" if claim == _BESIDE else folder
    is_index = claim != _NONE and addresses.is_free(headed, "index")
    usual = (headed, "index") if is_index else (folder, name)
    asked = _permalink(note, addresses)
    path = addresses.take(*(asked or usual), note.path)
    section = Section(LineRange(note.body_line, note.text.count("\n") + 2))
    parent = note.path.removeprefix(prefix).rpartition("/")[0].rpartition("/")[2]
    is_nameless = is_index and note.name.casefold() in _NAMELESS
    title = note_title(note, parent if is_nameless and parent else called)
    page = PageLayout(path, title, note.path, PageKind.NOTE, (section,))
    old = [*([f"{folder}{name}"] if asked else []), *_old_paths(note)]
    heads_folder = claim == _BESIDE and path == f"{headed}index.md"
    return NoteLayout(note, (page,), moved_from=tuple(old), heads_folder=heads_folder)


def is_unlisted(note: Note) -> bool:
    """Tell whether a note's pages stand in no navigation, search or sitemap; who has the link reads them."""
    return note.properties.get("unlisted") is True


def note_title(note: Note, name: str) -> str:
    """Return the title that the note's properties give, else its name."""
    title = note.properties.get("title")
    return " ".join(title.split()) if isinstance(title, str) and title.strip() else name


def _permalink(note: Note, addresses: Addresses) -> tuple[str, str] | None:
    """Return folder and name of the address that the note asks for; None where it cannot have it."""
    asked = note.properties.get("permalink")
    names = _slugs(asked) if isinstance(asked, str) else []
    if not names:
        return None
    folder, name = "".join(f"{name}/" for name in names[:-1]), names[-1]
    if not _is_short(names):
        why = "is too long or too deep"
    elif not addresses.is_free(folder, name):
        why = f"is that of {addresses.taken[_built(folder, name)].partition('#')[0]}"
    else:
        return folder, name
    place = SourceLocation(note.path, property_lines(note.text, note.body_line).get("permalink", 1))
    message = f"the permalink {why}, so it does not count"
    addresses.problems.append(Problem(place, "shared-address", message, "choose another one"))
    return None


def _slugs(path: str) -> list[str]:
    return [slug(name) for name in path.split("/") if name.strip()]


def _is_short(names: Sequence[str]) -> bool:
    """Tell whether an address can be that of a file: systems refuse long paths, and deep ones are walked."""
    return len(names) <= LIMITS.nesting and sum(map(len, names)) + len(names) <= _LONGEST_ADDRESS


def _old_paths(note: Note) -> Iterable[str]:
    """Aliases that are whole paths are where the note used to be."""
    for alias in property_aliases(note.properties):
        names = _slugs(alias.removesuffix(".md"))
        if "/" in alias.strip("/") and _is_short(names):
            yield "/".join(names)


def _split_note(
    note: Note,
    plan: Plan,
    prefix: str,
    addresses: Addresses,
    read_titles: Callable[[Sequence[Part]], _Titles],
) -> tuple[NoteLayout, tuple[Problem, ...]]:
    outline = read_outline(note)
    parts = read_parts(note, outline)
    titles = read_titles(parts)
    topics, entries, faults = _topics_in_order(plan, outline)
    placings, unknown = place_parts(Plan(plan.path, topics, plan.overview), parts)
    parent, name = _address(note.path, prefix)
    folder = f"{parent}{name}/"
    overview = PageLayout(
        addresses.take(folder, "index", note.path),
        note_title(note, note.name),
        note.path,
        PageKind.OVERVIEW,
        _overview_sections(outline, placings, titles),
    )
    pages = [
        PageLayout(
            addresses.take(folder, slug(topic.title), f"{note.path}#{index}#{topic.title}"),
            topic.title,
            note.path,
            PageKind.TOPIC,
            tuple(_section(placing, titles) for placing in placings.topics[index]),
            entries.get(index),
        )
        for index, topic in enumerate(topics)
    ]
    gallery = addresses.take(folder, "all-screenshots", f"{note.path}#gallery")
    return NoteLayout(note, (overview, *pages), outline, parts, gallery), (*faults, *unknown)


@dataclass(frozen=True, slots=True)
class _Titles:
    """Finds the title of a part that the plan gives none."""

    notes: Mapping[str, Note]
    paths: Mapping[str, str]
    """What each embed shows, by its target."""
    transcripts: Mapping[str, Transcript]
    """What is shown of that which can be read in the note's images."""
    say: Words

    def of(self, part: Part) -> str:
        """A text keeps the author's own heading; an image has the title read from it, or its time."""
        if not part.embed:
            return ""
        path = self.paths.get(part.embed, "")
        if path in self.notes:
            return self.notes[path].name
        taken = capture_time(part.name)
        if title := title_read(self.transcripts.get(path)):
            return title
        if taken:
            return self.say("list", a=self.say("screenshot"), b=self.say.moment(taken))
        return part.name.rpartition(".")[0] or part.name


def _read_titles(note: Note, parts: Sequence[Part], vault: Vault, index: VaultIndex, say: Words) -> _Titles:
    targets = {part.embed for part in parts if part.embed}
    found = {target: resolve(target.partition("#")[0], note.path, index) for target in sorted(targets)}
    paths = {target: to.path for target, to in found.items() if to}
    read = {path: vault.transcripts[path] for path in paths.values() if path in vault.transcripts}
    return _Titles(vault.notes, paths, shown_transcripts(read), say)


def _section(placing: Placing, titles: _Titles) -> Section:
    title = placing.title or titles.of(placing.part)
    return Section(placing.part.lines, title, placing.part, doubt=placing.doubt)


def _overview_sections(outline: Outline | None, placings: Placings, titles: _Titles) -> tuple[Section, ...]:
    """The outline stands among the overview's own parts where the note has it."""
    sections = [_section(placing, titles) for placing in placings.overview]
    if outline:
        place = next(
            (i for i, s in enumerate(sections) if s.lines.start > outline.lines.start), len(sections)
        )
        sections.insert(place, Section(outline.lines, is_outline=True))
    return tuple(sections)


def _topics_in_order(
    plan: Plan, outline: Outline | None
) -> tuple[tuple[PlannedTopic, ...], Mapping[int, OutlineEntry], tuple[Problem, ...]]:
    """Return the topics in outline order, the entry of each by its place, and what does not fit.

    An entry that no topic stands for becomes a topic without parts; a topic without an entry stays behind
    the topic that the plan lists before it.
    """
    matched, faults = match_entries(plan, outline)
    entries = outline.entries if outline else ()
    ordered: list[tuple[int, PlannedTopic, OutlineEntry | None]] = []
    place = -1
    for number, topic in enumerate(plan.topics):
        place = matched.get(number, place)
        ordered.append((place, topic, entries[place] if number in matched else None))
    taken = set(matched.values())
    for place, entry in enumerate(entries):
        if place not in taken:
            ordered.append((place, PlannedTopic(plain_text(entry.text), entry.line), entry))
    ordered.sort(key=lambda item: item[0])
    topics = tuple(topic for _, topic, _ in ordered)
    return topics, {i: entry for i, (_, _, entry) in enumerate(ordered) if entry}, faults


def match_entries(plan: Plan, outline: Outline | None) -> tuple[dict[int, int], tuple[Problem, ...]]:
    """Find each topic's entry in the outline: by its `entry:`, its title, or a title mistyped."""
    texts = [plain_text(entry.text).casefold() for entry in outline.entries] if outline else []
    matched: dict[int, int] = {}
    free: dict[str, list[int]] = defaultdict(list)
    for index in reversed(range(len(texts))):
        free[texts[index]].append(index)
    problems = list(_repeated_titles(plan))
    for number, topic in enumerate(plan.topics):
        wanted = plain_text(topic.entry or topic.title).casefold()
        if free[wanted]:
            matched[number] = free[wanted].pop()
        elif topic.entry:
            place = SourceLocation(plan.path, topic.line)
            message = f'the outline has no entry "{topic.entry}"'
            problems.append(Problem(place, "unknown-entry", message, did_you_mean(topic.entry, texts)))
    if max(len(plan.topics), len(texts)) > LIMITS.hints:
        return matched, tuple(problems)
    for number, topic in enumerate(plan.topics):
        near = _nearest(plain_text(topic.title).casefold(), texts, set(matched.values()))
        if number not in matched and near is not None:
            matched[number] = near
    return matched, tuple(problems)


def _nearest(title: str, texts: Sequence[str], taken: set[int]) -> int | None:
    """The free entry that reads like the title but for a typing error."""
    scores = [(fuzz.ratio(title, text), -i) for i, text in enumerate(texts) if i not in taken]
    score, index = max(scores, default=(0.0, 0))
    return -index if score >= _SAME_ENTRY else None


def _repeated_titles(plan: Plan) -> Iterable[Problem]:
    seen: set[str] = set()
    for topic in plan.topics:
        if slug(topic.title) in seen:
            message = f'two topics have the title "{topic.title}"'
            hint = "give one of them another title"
            yield Problem(SourceLocation(plan.path, topic.line), "repeated-topic", message, hint)
        seen.add(slug(topic.title))
