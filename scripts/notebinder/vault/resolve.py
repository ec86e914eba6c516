"""Find what a link means, as Obsidian does. Reads no file."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from notebinder.base.limits import LIMITS
from notebinder.base.problems import did_you_mean
from notebinder.vault.model import Note
from notebinder.vault.syntax.properties import property_aliases

_SPACES = re.compile(r"[^\S\n]")
_MOST_NAMED = 5
"""Files that a message about an ambiguous link names."""
_MANY = 50
"""So many files of one name are sorted by all ends of their paths; of fewer each is looked at."""


@dataclass(frozen=True, slots=True)
class VaultIndex:
    """Every note and attachment of a vault, by the names that links use."""

    paths: Mapping[str, tuple[str, ...]]
    """The paths in the vault by their canonical form; several where names differ only in case."""
    names: Mapping[str, tuple[str, ...]]
    """Canonical paths by their canonical last part, suffix included; sorted."""
    aliases: Mapping[str, tuple[str, ...]]
    """Paths of notes by canonical alias, the shortest first."""
    is_relative: bool = False
    """Whether the vault's own setting writes links as paths from the note's folder."""
    titles: tuple[str, ...] = ()
    """The names of all files as people know them, each once."""
    hints: dict[str, str] = field(default_factory=dict, compare=False)
    """What was meant, by names that were looked for in vain."""
    meant: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict, compare=False)
    """The best paths so far, by the end of a path and the folder that they stand below."""
    ends: dict[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict, compare=False)
    """For names that many files have: the canonical paths by each end that they have; sorted."""


class Found(Struct, frozen=True):
    """What a link means."""

    path: str
    """The path in the vault."""
    others: tuple[str, ...] = ()
    """What else it could mean as well, the first few."""
    more: int = 0
    """How many others there are beyond these."""
    is_alias: bool = False


def read_index(
    notes: Mapping[str, Note], attachments: Iterable[str], *, is_relative: bool = False
) -> VaultIndex:
    """Index a vault once; all look-ups are then without a search."""
    return index_names(all_aliases(notes), attachments, is_relative)


def all_aliases(notes: Mapping[str, Note]) -> dict[str, tuple[str, ...]]:
    """Return the aliases of all notes: with the paths of files, all that an index is made of."""
    return {path: tuple(property_aliases(note.properties)) for path, note in notes.items()}


def index_names(
    notes: Mapping[str, Iterable[str]], attachments: Iterable[str], is_relative: bool
) -> VaultIndex:
    """Index notes by their paths and aliases, and attachments by their paths."""
    paths: dict[str, list[str]] = defaultdict(list)
    for path in dict.fromkeys((*notes, *attachments)):
        paths[canonical(path)].append(path)
    names: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        names[posixpath.basename(path)].append(path)
    aliases: dict[str, list[str]] = defaultdict(list)
    for path, names_of_note in notes.items():
        for alias in names_of_note:
            aliases[canonical(alias)].append(path)
    titles = {posixpath.basename(path).removesuffix(".md") for same in paths.values() for path in same}
    for same in names.values():
        same.sort()
    for notes_so_called in aliases.values():
        notes_so_called.sort(key=lambda path: (len(path), path))
    return VaultIndex(_frozen(paths), _frozen(names), _frozen(aliases), is_relative, tuple(sorted(titles)))


def resolve(target: str, source: str, index: VaultIndex) -> Found | None:
    """Return what a note's link means: a path, a name that a path ends in, or an alias.

    Of several, the exact path wins, then one below the linking note's folder, then the shortest. In a vault
    whose links are relative, what stands at that place from the note's folder comes before all of these.
    """
    link, folder = canonical(target.strip()), canonical(posixpath.dirname(source))
    is_relative = link.startswith(("./", "../"))
    if is_relative:
        link = posixpath.normpath(posixpath.join(folder, link))
    for wanted in _relative(link, folder) if index.is_relative and not is_relative else ():
        if wanted in index.paths:
            return _spelled([wanted], target.strip().rpartition("/")[2], index)
    for wanted in (link.lstrip("/"), f"{link.lstrip('/')}.md"):
        if best := _best(wanted, folder, index):
            return _spelled(best, target.strip(), index)
    named = index.aliases.get(link, ())
    if not named:
        return None
    others = named[1 : 1 + _MOST_NAMED]
    return Found(named[0], others, len(named) - 1 - len(others), is_alias=True)


def suggest(target: str, index: VaultIndex) -> str:
    """Return a did-you-mean for a name that nothing has."""
    name = posixpath.basename(target)
    if name not in index.hints:
        if len(index.hints) >= LIMITS.hints:
            return ""
        index.hints[name] = did_you_mean(name, index.titles)
    return index.hints[name]


def canonical(path: str) -> str:
    """Return a path as links are compared: composed Unicode without case, all spaces alike.

    >>> canonical("Old\\u00a0Town")
    'old town'
    """
    if path.isascii():
        return path.lower()
    return _SPACES.sub(" ", unicodedata.normalize("NFC", path).casefold())


def _relative(link: str, folder: str) -> tuple[str, str]:
    """The paths that a link means if it counts from the note's folder."""
    path = posixpath.normpath(posixpath.join(folder, link))
    return path, f"{path}.md"


def _best(wanted: str, folder: str, index: VaultIndex) -> tuple[str, ...]:
    """Return the canonical path that a link means, and behind it those that it could mean as well, sorted."""
    if wanted in index.paths:
        return (wanted,)
    found = _ending_in(wanted, index)
    below = _below(folder, found) if folder else ()
    key = (wanted, folder if below else "")
    if found and key not in index.meant:
        best = min(below or found, key=lambda path: (len(path), path))
        index.meant[key] = (best, *(path for path in below or found if path != best))
    return index.meant.get(key, ())


def _ending_in(wanted: str, index: VaultIndex) -> tuple[str, ...]:
    """Return the canonical paths whose last parts are these, sorted."""
    name = posixpath.basename(wanted)
    same = index.names.get(name, ())
    if wanted == name:
        return same
    if len(same) < _MANY:
        return tuple(path for path in same if path.endswith(f"/{wanted}"))
    if name not in index.ends:
        ends: dict[str, list[str]] = defaultdict(list)
        for path in same:
            parts = path.split("/")
            for start in range(1, len(parts)):
                ends["/".join(parts[start:])].append(path)
        index.ends[name] = _frozen(ends)
    return index.ends[name].get(wanted, ())


def _below(folder: str, paths: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of sorted paths that stand below a folder."""
    start = bisect_left(paths, f"{folder}/")
    return paths[start : bisect_left(paths, f"{folder}0", start)]  # `0` follows `/`


def _spelled(best: Sequence[str], typed: str, index: VaultIndex) -> Found:
    """Of files whose names differ only in case the one that is spelled as typed wins."""
    same = index.paths[best[0]]
    exact = [path for path in same if path.removesuffix(".md").endswith(typed.removesuffix(".md"))]
    path = (exact or same)[0]
    others = [other for other in same if other != path and not exact]
    count = len(others) + len(best) - 1
    others += [other for canon in best[1 : 1 + _MOST_NAMED] for other in index.paths[canon]]
    shown = tuple(sorted(others)[:_MOST_NAMED])
    return Found(path, shown, max(0, count - len(shown)))


def _frozen(lists: Mapping[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in lists.items()}
