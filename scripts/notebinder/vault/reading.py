"""One walk over a vault: its notes, attachments and plans. The only reader of notes."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from notebinder.base.files import is_lfs_pointer
from notebinder.base.limits import LIMITS
from notebinder.base.memo import Memo
from notebinder.base.problems import Problem, SourceLocation
from notebinder.base.progress import Progress, ignore_progress
from notebinder.base.settings import Settings
from notebinder.vault.drawings import drawn_text, is_drawing
from notebinder.vault.file_cache import FileCache
from notebinder.vault.model import PAGE_FILES, Attachment, Note, Transcript
from notebinder.vault.packed import pack_blocks
from notebinder.vault.places import PLACES_SUFFIX, is_places, read_places
from notebinder.vault.syntax.blocks import read_blocks
from notebinder.vault.syntax.properties import property_aliases, read_properties
from notebinder.vault.transcripts import TRANSCRIPT_SUFFIX, is_transcript, read_transcript
from notebinder.vault.vault_files import find_files

_MARKS_TEXT = "\0\x02\x03"
_MARKS = dict.fromkeys(map(ord, _MARKS_TEXT), "\ufffd")
_AWKWARD = re.compile(r"[#|^]|%%|\[\[|\]\]")
"""What has a meaning of its own within `[[...]]`."""

PLAN_SUFFIX = ".plan.yml"
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""How a text begins that is read as UTF-16."""

T = TypeVar("T")

_Make = Callable[[str, str, tuple[Problem, ...]], T]
"""Makes something of a file's path in the vault, its text, and the problems with that."""


class Vault(Struct, frozen=True):
    """All files of a vault that a site may show."""

    root: Path
    notes: Mapping[str, Note]
    """By path, sorted."""
    attachments: Mapping[str, Attachment]
    """By path, sorted."""
    plans: Mapping[str, str]
    """The text of each plan file, by path."""
    transcripts: Mapping[str, Transcript] = field(default_factory=dict)
    """What stands beside an image, by the image's path."""
    unread: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The aliases of each note and other file that no site shows: hidden ones, those outside the folders."""
    links: tuple[str, ...] = ()
    """Those of the files that are links of the file system."""


class _Kinds(NamedTuple):
    """The files of a vault by what they are, each with its path in it and where it lies."""

    notes: tuple[tuple[str, Path], ...]
    plans: tuple[tuple[str, Path], ...]
    others: Mapping[str, Attachment]
    transcripts: tuple[str, ...]
    places: tuple[str, ...]
    """Transcripts and places are among the others until they turn out to be what their names say."""
    awkward: tuple[Problem, ...]


def open_vault(
    settings: Settings,
    cache: FileCache | None = None,
    progress: Progress = ignore_progress,
    memo: Memo | None = None,
) -> tuple[Vault, tuple[Problem, ...]]:
    """Read all notes and list all attachments; `cache` and `memo` spare what has not changed."""
    cache, memo = FileCache() if cache is None else cache, memo or Memo()
    problems: list[Problem] = []
    notes: dict[str, Note] = {}
    plans: dict[str, str] = {}
    files = memo.improve(
        lambda before: find_files(settings, before, cache.changed or ()), "files of the vault"
    )
    kinds = memo(_by_kind, files.among_notes, files.among_attachments)
    stale = [each for each in kinds.notes if not cache.knows("note", *each)]
    cache.prepare("note", (each for each in stale if not _is_too_large(each[1])), _make_note, progress)
    for path, file in kinds.notes:
        note, found = read_note(path, file, cache)
        if found and not file.exists():
            continue  # removed while the vault was read
        notes[path] = note
        problems += found
    for path, file in kinds.plans:
        plans[path], found = _recalled("plan", path, file, cache, _text)
        problems += found
    problems += [*files.problems, *kinds.awkward]
    attachments, transcripts = _take_transcripts(kinds, cache)
    unlisted = memo(_unlisted, files.names, tuple(notes), tuple(plans), attachments, tuple(transcripts))
    aliases = {path: _aliases(path, settings, cache) for path in unlisted if path.lower().endswith(".md")}
    unread = {**unlisted, **aliases} if any(aliases.values()) else unlisted
    vault = Vault(settings.vault, notes, attachments, plans, transcripts, unread, files.shown_links)
    return vault, tuple(problems)


def _by_kind(among_notes: Mapping[str, Path], among_attachments: Mapping[str, Path]) -> _Kinds:
    notes = tuple(each for each in among_notes.items() if each[0].lower().endswith(".md"))
    plans = tuple(each for each in among_notes.items() if each[0].endswith(PLAN_SUFFIX))
    # Obsidian puts canvases and bases where it puts new notes, and not where it puts attachments.
    beside = {path: file for path, file in among_notes.items() if path.lower().endswith(PAGE_FILES)}
    others = {
        path: Attachment(path, file)
        for path, file in sorted((beside | dict(among_attachments)).items())
        if not path.lower().endswith((".md", PLAN_SUFFIX))
    }
    awkward = _awkward_names([*(path for path, _ in notes), *others])
    transcripts, places = tuple(filter(is_transcript, others)), tuple(filter(is_places, others))
    return _Kinds(notes, plans, others, transcripts, places, tuple(awkward))


def _unlisted(
    names: tuple[str, ...],
    notes: tuple[str, ...],
    plans: tuple[str, ...],
    attachments: Mapping[str, Attachment],
    images_read: tuple[str, ...],
) -> dict[str, tuple[str, ...]]:
    """Return the files that no site shows, for now without the other names that they have."""
    beside = {f"{path}{suffix}" for path in images_read for suffix in (TRANSCRIPT_SUFFIX, PLACES_SUFFIX)}
    known = {*notes, *plans, *attachments, *beside}
    return {path: () for path in names if path not in known}


def _awkward_names(paths: Iterable[str]) -> Iterator[Problem]:
    """Find names that Obsidian itself cannot link to."""
    for path in paths:
        found = _AWKWARD.search(path.rpartition("/")[2])
        if found:
            message = f"has {found[0]} in its name, which a link reads as something else"
            yield Problem(SourceLocation(path), "awkward-name", message, "rename it in Obsidian")


def _take_transcripts(
    kinds: _Kinds, cache: FileCache
) -> tuple[Mapping[str, Attachment], dict[str, Transcript]]:
    """Return the attachments without what belongs to an image, and what that says."""
    found: dict[str, Transcript] = {}
    attachments, taken = kinds.others, set[str]()
    for path in kinds.transcripts:
        image = attachments.get(path.rpartition(".")[0])
        transcript = image and _beside(attachments[path], "transcript", read_transcript, cache)
        if image and transcript:
            found[image.path] = transcript
            taken.add(path)
    for path in kinds.places:
        image_path = path.removesuffix(PLACES_SUFFIX)
        places = _beside(attachments[path], "places", read_places, cache)
        if image_path in attachments and places:
            transcript = found.get(image_path)
            if transcript and transcript.image_hash == places.image_hash:
                found[image_path] = replace(transcript, places=places)
            taken.add(path)
    if not taken:
        return attachments, found
    return {path: each for path, each in attachments.items() if path not in taken}, found


def _beside(attachment: Attachment, kind: str, read: Callable[[bytes], T], cache: FileCache) -> T | None:
    """Read a file that belongs to an image; None where it cannot be read."""
    if not cache.knows(kind, attachment.path, attachment.file) and _is_too_large(attachment.file):
        return None
    try:
        return cache.recall(kind, attachment.path, attachment.file, read)
    except OSError:
        return None


def read_note(path: str, file: Path, cache: FileCache | None = None) -> tuple[Note, tuple[Problem, ...]]:
    """Read one note; an unreadable one becomes an empty note and a problem."""
    return _recalled("note", path, file, cache or FileCache(), _note)


def _aliases(path: str, settings: Settings, cache: FileCache) -> tuple[str, ...]:
    """Read nothing of a file but the other names that its properties give it."""
    file = settings.vault / path
    if not path.lower().endswith(".md") or file.is_symlink() or not file.is_file():
        return ()
    return _recalled("aliases", path, file, cache, _other_names)


def _other_names(path: str, text: str, _problems: tuple[Problem, ...]) -> tuple[str, ...]:
    return property_aliases(read_properties(text, path)[0])


def _make_note(path: str, data: bytes) -> tuple[Note, tuple[Problem, ...]]:
    return _note(path, *decoded(data, path))


def _note(path: str, text: str, problems: tuple[Problem, ...]) -> tuple[Note, tuple[Problem, ...]]:
    properties, body_line, faults = read_properties(text, path)
    if is_drawing(path, properties):
        text = drawn_text(text, body_line)
    note = Note(path, text, properties, body_line, pack_blocks(read_blocks(text, body_line)))
    return note, (*problems, *faults)


def read_attachment(attachment: Attachment, cache: FileCache | None = None) -> str:
    """Read a file that is text; an unreadable one is empty."""
    if attachment.text is not None:
        return attachment.text
    return _recalled("text", attachment.path, attachment.file, cache or FileCache(), _text)[0]


def _text(_path: str, text: str, problems: tuple[Problem, ...]) -> tuple[str, tuple[Problem, ...]]:
    return text, problems


class UnreadSettings(dict[str, Any]):
    """Settings that cannot be read: they say nothing, and may have been meant to say anything."""

    text: str = ""


def read_obsidian_settings(root: Path, name: str) -> Mapping[str, Any]:
    """Return one of the files in which Obsidian and its plugins keep settings; nothing if there is none."""
    file = root / ".obsidian" / name
    data = b""
    try:
        data = file.read_bytes() if file.is_file() else b"{}"
        found = json.loads(data.decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        found = None
    if isinstance(found, dict):
        return found
    unread = UnreadSettings()
    unread.text = data.replace(b"\0", b"").decode("utf-8", "replace")
    return unread


def _recalled(kind: str, path: str, file: Path, cache: FileCache, make: _Make[T]) -> T:
    """Return what is made of a file's text and of the problems with it."""
    try:
        is_watched = kind != "aliases"  # these are read of files outside the folders that are watched
        if not (is_watched and cache.knows(kind, path, file)) and _is_too_large(file):
            message = f"has {file.stat().st_size:,} bytes; more than {LIMITS.text_bytes:,} are not read"
            problem = Problem(SourceLocation(path), "too-large", message, "split it")
            return make(path, "", (problem,))
        return cache.recall(kind, path, file, lambda data: make(path, *decoded(data, path)))
    except OSError as error:
        problem = Problem(SourceLocation(path), "unreadable-file", f"cannot be read: {error.strerror}")
        return make(path, "", (problem,))


def _is_too_large(file: Path) -> bool:
    """Tell whether a file holds more than is read; one that is gone does not."""
    try:
        return file.stat().st_size > LIMITS.text_bytes
    except OSError:
        return False


def decoded(data: bytes, path: str) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of a file, and what is wrong with it."""
    if is_lfs_pointer(data):
        message = "is a pointer of Git LFS, not the file itself, so nothing of it is shown"
        return "", (Problem(SourceLocation(path), "lfs-pointer", message, "run `git lfs pull`"),)
    if data.startswith(UTF_16):
        problem = Problem(
            SourceLocation(path), "not-utf-8", "is UTF-16 and was read as such", "save it as UTF-8"
        )
        return _normal(data.decode("utf-16", "replace")), (problem,)
    try:
        return _normal(data.decode("utf-8-sig")), ()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = Problem(
            SourceLocation(path, line),
            "not-utf-8",
            "is no UTF-8 and was read as Windows-1252",
            "save it as UTF-8",
        )
        return _normal(data.decode("cp1252", "replace")), (problem,)


def _normal(text: str) -> str:
    """Unix line ends, and none of the control characters that Markdown engines use as marks of their own."""
    text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    return text.translate(_MARKS) if any(mark in text for mark in _MARKS_TEXT) else text
