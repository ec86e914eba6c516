"""Write what a build made: only changed bytes, atomically, and never over or off an author's file.

A record in the folder says which bytes notebinder wrote. It is written before the first file and after the
last one, so that after a crash at any moment the next build knows what is its own; a file whose bytes it does
not name is the author's, whatever its path.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from stat import S_ISREG
from types import MappingProxyType

from notebinder.base.file_state import FileState, state_of
from notebinder.base.files import Inside, drop_temporary, has_content, is_junction, write_atomically
from notebinder.base.problems import NotebinderError, Problem, SourceLocation
from notebinder.base.workers import spread
from notebinder.images.media import MEDIA
from notebinder.images.renditions import FILE_NAME, is_named_by_digest
from notebinder.pages.front_matter import MADE_BY_US
from notebinder.pages.redirect_page import REDIRECT_HEAD

RECORD = ".notebinder.json"
"""Tells what notebinder wrote into a folder; MkDocs leaves hidden files alone."""

_HEADS = tuple(head.encode() for head in (f"---\n{MADE_BY_US}", MADE_BY_US, REDIRECT_HEAD))
"""How the pages, the navigation and the redirects that we write begin."""
_NOTHING: Mapping[str, str] = MappingProxyType({})
_DIGITS = 20
_ANY = "*"
"""Stands in a record for the bytes of a file, where an older notebinder kept no more than its path."""


class OutputError(NotebinderError):
    """A folder that must not be written to."""


class LeftPagesError(OutputError):
    """Pages that we made and do not know any more."""

    def __init__(self, folder: Path, pages: Sequence[str]) -> None:
        others = f" and {len(pages) - 1} more" if len(pages) > 1 else ""
        super().__init__(
            f"{folder / pages[0]}{others}: made by notebinder and then changed by hand, or the record "
            f"{RECORD} was lost, so it is neither updated nor removed and may show what is private by now; "
            "remove it, or the whole folder if nothing in it is yours"
        )


@dataclass(frozen=True, slots=True)
class Written:
    """What a write changed."""

    changed: tuple[str, ...]
    deleted: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Record:
    """What notebinder wrote into a folder."""

    files: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """For each path the digests of the bytes that are ours, two while a build is under way."""
    is_finished: bool = True
    """Whether the build that wrote it came to its end."""
    states: Mapping[str, str] = field(default_factory=dict)
    """The state that a file had for a while when it held the bytes that are ours."""


def write_tree(
    folder: Path,
    files: Mapping[str, bytes],
    *,
    kept: Collection[str] = (),
    media: str = MEDIA,
    digests: Mapping[str, str] = _NOTHING,
) -> Written:
    """Make the folder hold these files and none that an earlier build wrote and this one did not.

    Args:
        folder: where they go.
        files: the bytes of each file by its path.
        kept: files of ours that stand there already: images and the like, published in the folder `media`.
        media: that folder.
        digests: what `digest` makes of the bytes, for all files or for none. With it neither the bytes nor
            the file are looked at where the file's state is the one that it had with these bytes.
    """
    check_output(folder, media)
    record = _read_record(folder)
    inside = Inside(folder)
    _drop_left_overs(folder, media, record, inside)
    digests = digests or {path: digest(data) for path, data in files.items()}
    at_rest = {path: record.states[path] for path in digests if _is_at_rest(folder, path, digests, record)}
    unsure = [path for path in sorted(digests) if path not in at_rest]
    changed = {path: files[path] for path in unsure if not has_content(folder / path, files[path])}
    foreign = {path for path in changed if not _is_free(folder, path, record, inside)}
    changed = {path: data for path, data in changed.items() if path not in foreign}
    ours = {path: digests for path, digests in record.files.items() if path not in foreign}
    planned = {path: frozenset([own]) for path, own in digests.items() if path not in foreign}
    planned |= {path: frozenset() for path in kept}
    _check_left_overs(folder, media, planned, ours)
    stale = sorted({*ours, *_published(folder, media)} - planned.keys())
    if changed or stale:
        _write_record(folder, _Record({**ours, **_joined(ours, planned)}, is_finished=False))
    spread(partial(_write_file, folder), list(changed.items()), lambda each: len(each[1]) // 8)
    deleted = tuple(path for path in stale if _delete(folder, path, ours, inside))
    at_rest |= dict(_states(folder, (path for path in unsure if path in planned)))
    _write_record(folder, _Record(planned, states=at_rest))
    return Written(tuple(changed), deleted, tuple(_in_the_way(path) for path in sorted(foreign)))


def _write_file(folder: Path, each: tuple[str, bytes]) -> None:
    path, data = each
    write_atomically(folder / path, data)


def _is_at_rest(folder: Path, path: str, digests: Mapping[str, str], record: _Record) -> bool:
    """Tell whether a file has the state that it had when it held the bytes that it should hold."""
    is_same = (
        record.is_finished and record.files.get(path) == frozenset([digests[path]]) and path in record.states
    )
    return is_same and _as_text(_state(folder / path)) == record.states[path]


def _states(folder: Path, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the state of each file that is at rest."""
    for path in paths:
        state = _state(folder / path)
        if state and state.at_rest():
            yield path, _as_text(state)


def _state(file: Path) -> FileState | None:
    """Return the state of a plain file."""
    try:
        found = file.lstat()
    except OSError:
        return None
    return state_of(found) if S_ISREG(found.st_mode) else None


def _as_text(state: FileState | None) -> str:
    return " ".join(map(str, state or ()))


def check_output(folder: Path, media: str = MEDIA) -> None:
    """Refuse a folder that leads elsewhere, where all that is written and cleared would be the author's."""
    for place in (folder, folder / media):
        try:
            state = place.lstat()
        except OSError:
            continue
        if place.is_symlink() or is_junction(state):
            raise OutputError(
                f"{place}: is a link to another folder; remove it, and notebinder makes its own"
            )
        if not place.is_dir():
            raise OutputError(f"{place}: is no folder; move or rename it")


def _check_left_overs(
    folder: Path, media: str, planned: Collection[str], ours: Mapping[str, frozenset[str]]
) -> None:
    """Refuse a folder with pages that we made and may not remove: what they show may be private by now."""
    made = [path for path in _pages(folder, media) if path not in planned and _is_made_by_us(folder / path)]
    left = sorted(path for path in made if not _is_ours(folder / path, ours.get(path, frozenset())))
    if left:
        raise LeftPagesError(folder, left)


def _pages(folder: Path, media: str) -> Iterator[str]:
    """Yield the files in a folder that could be pages."""
    for here, folders, names in os.walk(folder):
        inner = Path(here).relative_to(folder).as_posix()
        folders[:] = [name for name in folders if f"{inner}/{name}/".removeprefix("./") != media]
        wanted = (name for name in names if name.endswith(".md") or name in ("index.html", ".nav.yml"))
        yield from (f"{inner}/{name}".removeprefix("./") for name in wanted)


def _is_made_by_us(file: Path) -> bool:
    if file.is_symlink() or not file.is_file():
        return False
    with file.open("rb") as stream:
        return stream.read(max(map(len, _HEADS))).startswith(_HEADS)


def _is_free(folder: Path, path: str, record: _Record, inside: Inside) -> bool:
    """Tell whether a path is unused, or holds what we wrote and nobody changed since."""
    if not inside.has(path):
        return False
    digests = record.files.get(path, frozenset())
    try:
        state = (folder / path).lstat()
        if not S_ISREG(state.st_mode):
            return False
        return _ANY in digests or (bool(digests) and digest((folder / path).read_bytes()) in digests)
    except FileNotFoundError:
        return True


def _in_the_way(path: str) -> Problem:
    message = "stands where a generated page should go; it was left as it is"
    return Problem(SourceLocation(path), "foreign-file", message, "move or rename it")


def _published(folder: Path, media: str) -> Iterator[str]:
    """Yield published files, also those that a killed build had no time to note: their bytes name them."""
    place = folder / media
    for file in place.iterdir() if place.is_dir() else ():
        if FILE_NAME.match(file.name):
            yield f"{media}{file.name}"


def _delete(folder: Path, path: str, ours: Mapping[str, frozenset[str]], inside: Inside) -> bool:
    """Remove a file that still is what we wrote, and the folders that are left empty."""
    if not inside.has(path):
        return False
    file = folder / path
    is_ours = _is_ours(file, ours.get(path, frozenset()))
    if is_ours:
        file.unlink()
    for parent in file.parents:
        if parent == folder or (parent.is_dir() and any(parent.iterdir())):
            break
        if parent.is_dir():
            parent.rmdir()
    return is_ours


def _is_ours(file: Path, digests: frozenset[str]) -> bool:
    if file.is_symlink() or not file.is_file():
        return False
    with file.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    return _ANY in digests or found[:_DIGITS] in digests or is_named_by_digest(file.name, found)


def _drop_left_overs(folder: Path, media: str, record: _Record, inside: Inside) -> None:
    """Remove the temporary files of a killed build: it was writing the record, images, or any page."""
    places = {folder, folder / media}
    if not record.is_finished:
        places |= {(folder / path).parent for path in record.files if inside.has(path)}
    for place in places:
        if place.is_dir():
            drop_temporary(place)


def digest(data: bytes) -> str:
    """Return what stands for the bytes of a file."""
    return hashlib.sha256(data).hexdigest()[:_DIGITS]


def _joined(
    old: Mapping[str, frozenset[str]], new: Mapping[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    return {path: digests | old.get(path, frozenset()) for path, digests in new.items()}


def _read_record(folder: Path) -> _Record:
    try:
        found = json.loads((folder / RECORD).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return _Record()
    if isinstance(found, list):
        return _Record({name: frozenset([_ANY]) for name in found if isinstance(name, str)})
    files = found.get("files") if isinstance(found, dict) else None
    if not isinstance(files, dict):
        return _Record()
    known = {path: frozenset(str(digests).split()) for path, digests in files.items()}
    states = found.get("states")
    return _Record(
        known, found.get("finished") is not False, dict(states) if isinstance(states, dict) else {}
    )


def _write_record(folder: Path, record: _Record) -> None:
    files = {path: " ".join(sorted(digests)) for path, digests in sorted(record.files.items())}
    states = dict(sorted(record.states.items()))
    known = {"finished": record.is_finished, "files": files, "states": states}
    data = json.dumps(known, ensure_ascii=False, indent=0).encode()
    if not has_content(folder / RECORD, data):
        write_atomically(folder / RECORD, data, lasting=True)
