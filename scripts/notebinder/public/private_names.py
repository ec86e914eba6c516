"""The names by which a link means something private: all that is kept of a private note."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from notebinder.base.memo import Memo
from notebinder.base.words import ENGLISH, Words
from notebinder.public.loose_names import loose_name
from notebinder.public.privacy_marks import aliases_meant
from notebinder.vault.model import Attachment, Note
from notebinder.vault.outline import plain_text, read_outline
from notebinder.vault.plan import plan_path, read_plan
from notebinder.vault.reading import Vault
from notebinder.vault.resolve import VaultIndex, all_aliases, canonical, index_names, read_index, resolve
from notebinder.vault.syntax.targets import LinkTarget

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")


@dataclass(frozen=True, slots=True)
class Labels:
    """What a page shows where a bare link or a query names something private."""

    note: str
    file: str
    folder: str
    template: str


def labels_in(say: Words) -> Labels:
    """Return the labels in the site's language."""
    return Labels(say("private note"), say("private file"), say("private folder"), say("template"))


@dataclass(frozen=True, slots=True)
class PrivateThing:
    """What a link means that is not published."""

    label: str
    """What a page shows instead of a bare link to it."""
    names: frozenset[str]
    """Its name and path without case, which a page must not show."""


@dataclass(frozen=True, slots=True)
class PrivateNames:
    """Tells links to private files from all others."""

    index: VaultIndex
    """All notes and attachments, since what a name means depends on what else bears it."""
    private: frozenset[str]
    """The paths of those that are private."""
    unread: VaultIndex
    """Files that no link of the app leads to, but whose names are private: the trash, other folders."""
    topics: frozenset[str]
    """The titles of topics of private notes, as links are compared, unless a public note has such a topic."""
    folders: frozenset[str]
    """Folders that hold private files only."""
    private_paths: str
    """All of them, a line each and without case."""
    public_paths: str
    """Those of all other files."""
    keys: Mapping[str, PrivateThing]
    """What the last parts of all these names are taken for: most links are told by them at a glance."""
    templates: frozenset[str] = frozenset()
    """Those of the private files that notes are made from."""
    labels: Labels = field(default_factory=lambda: labels_in(ENGLISH))
    headings: Mapping[str, str] = field(default_factory=dict)
    """What is left of public headings in which a private link stands, by their text as links are compared."""

    def means(self, target: LinkTarget, source: str) -> PrivateThing | None:
        """Return what a link of a note means if that is private."""
        found = self.named(target.note, source)
        if found is None and target.part:
            found = self.named(f"{target.note}#{target.part}", source)  # a note with a `#` in its name
        return found

    def named(self, name: str, source: str) -> PrivateThing | None:
        """Return what a name in a note means if that is private."""
        name = name.strip().lstrip("[")  # [[[a]]] is a link in brackets
        meant = self.keys.get(loose_name(name))
        if meant is None:
            return self._in_private_folder(name)
        found = resolve(name, source, self.index)
        if found:
            thing = _thing(found.path, self.labels) if found.path in self.private else None
            return (
                replace(thing, label=self.labels.template)
                if thing and found.path in self.templates
                else thing
            )
        link = canonical(name)
        if link in self.topics:
            return PrivateThing(self.labels.note, frozenset([link]))
        found = resolve(name, source, self.unread)
        if found:
            return _thing(found.path, self.labels)
        return None if _SCHEME.match(name) else replace(meant, names=meant.names | {link})

    def _in_private_folder(self, name: str) -> PrivateThing | None:
        """Whatever is looked for there says what the folder is called."""
        if "/" not in name:
            return None
        folder = posixpath.dirname(canonical(name).strip("/ "))
        if folder not in self.folders:
            return None
        return _thing(name if posixpath.splitext(name)[1] else f"{name}.md", self.labels)

    def addressed(self, url: str, source: str) -> PrivateThing | None:
        """Return what an address of the app or of a disk (`obsidian:`, `file:`) means if that is private."""
        try:
            parts = urlsplit(url)
        except ValueError:  # obsidian://[
            parts = urlsplit(url.replace("[", "%5B").replace("]", "%5D"))
        names = [value for key, value in parse_qsl(parts.query) if key != "vault"]
        names += [posixpath.basename(unquote(parts.path))]
        found = (self.named(form, source) for name in names for form in (name, posixpath.basename(name)))
        return next((thing for thing in found if thing), None)

    def is_private_folder(self, name: str) -> bool:
        """Tell whether a folder holds private files only."""
        return canonical(name.strip("/ ")) in self.folders

    def finds_private_only(self, part: str) -> bool:
        """Tell whether a search for a part of a path would find private files and no other."""
        part = canonical(part.strip("/ "))
        return any(map(str.isalnum, part)) and part in self.private_paths and part not in self.public_paths


def _thing(path: str, labels: Labels) -> PrivateThing:
    whole = canonical(path).removesuffix(".md")
    names = frozenset(
        (whole, posixpath.basename(whole), canonical(path), posixpath.basename(canonical(path)))
    )
    return PrivateThing(labels.note if path.lower().endswith(".md") else labels.file, names)


class _Places(NamedTuple):
    """What the paths of a vault alone say of what is private."""

    unread: VaultIndex
    folders: frozenset[str]
    private_paths: str
    public_paths: str
    keys: Mapping[str, PrivateThing]


def read_private_names(
    vault: Vault,
    private: frozenset[str],
    *,
    is_relative: bool,
    say: Words = ENGLISH,
    memo: Memo | None = None,
) -> PrivateNames:
    """Collect the names of what is private in a vault."""
    memo = memo or Memo()
    index = memo(index_names, all_aliases(vault.notes), vault.attachments, is_relative, name="of all files")
    hidden = {path: note for path, note in vault.notes.items() if path in private}
    public = {path: note for path, note in vault.notes.items() if path not in private}
    topics = frozenset(_topics(hidden, vault.plans))
    topics -= frozenset(_topics(public, vault.plans)) if topics else frozenset()
    aliases = {path: tuple(aliases_meant(note)) for path, note in hidden.items()}
    labels = labels_in(say)
    places = memo(_places, private, tuple(vault.notes), vault.attachments, vault.unread, labels)
    return PrivateNames(
        index,
        private,
        places.unread,
        topics,
        places.folders,
        places.private_paths,
        places.public_paths,
        memo(_keys, places.keys, {**aliases, **_named(vault.unread)}, topics, labels),
        labels=labels,
    )


def _named(unread: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {path: others for path, others in unread.items() if others}


def _places(
    private: frozenset[str],
    notes: tuple[str, ...],
    attachments: Mapping[str, Attachment],
    unread: Mapping[str, tuple[str, ...]],
    labels: Labels,
) -> _Places:
    shown = [path for path in (*notes, *attachments) if path not in private]
    folders = frozenset(_folders((*private, *unread))) - frozenset(_folders(shown))
    kept = (*sorted(private), *unread)
    return _Places(
        read_index({}, unread),
        folders,
        "\n".join(map(canonical, kept)),
        "\n".join(map(canonical, shown)),
        {loose_name(path): _thing(path, labels) for path in kept},
    )


def _keys(
    paths: Mapping[str, PrivateThing],
    aliases: Mapping[str, Iterable[str]],
    topics: Iterable[str],
    labels: Labels,
) -> dict[str, PrivateThing]:
    keys = {loose_name(topic): PrivateThing(labels.note, frozenset([topic])) for topic in topics}
    for path, others in aliases.items():
        thing = _thing(path, labels)
        keys |= {loose_name(a): replace(thing, names=thing.names | {canonical(a)}) for a in others}
    keys |= paths
    keys.pop("", None)
    return keys


def _topics(notes: Mapping[str, Note], plans: Mapping[str, str]) -> Iterator[str]:
    """Yield the titles that topic pages of notes have, or would have."""
    for path, note in notes.items():
        if plan_path(path) not in plans:
            continue
        plan, _ = read_plan(plans[plan_path(path)], plan_path(path))
        outline = read_outline(note)
        yield from (canonical(topic.title) for topic in (plan.topics if plan else ()))
        yield from (canonical(plain_text(entry.text)) for entry in (outline.entries if outline else ()))


def _folders(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        folder = posixpath.dirname(canonical(path))
        while folder:
            yield folder
            folder = posixpath.dirname(folder)
