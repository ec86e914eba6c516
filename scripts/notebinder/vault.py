"""One walk over a vault: its notes, attachments and plans. The only reader of notes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from notebinder.images.transcripts import is_transcript, load_transcript
from notebinder.model import Attachment, Note, Transcript
from notebinder.problems import Problem, SourceLocation
from notebinder.settings import Settings
from notebinder.syntax.blocks import read_blocks
from notebinder.syntax.properties import read_properties
from notebinder.vault_files import VaultFiles, all_names

_MARKS = dict.fromkeys(map(ord, "\0\x02\x03"), "\ufffd")
_AWKWARD = re.compile(r"[#|^]|%%|\[\[|\]\]")
"""What has a meaning of its own within `[[...]]`."""

PLAN_SUFFIX = ".plan.yml"


@dataclass(frozen=True, slots=True)
class Vault:
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
    unread: tuple[str, ...] = ()
    """Paths of notes and other files that no site shows: hidden ones, and those outside the folders."""


def open_vault(settings: Settings) -> tuple[Vault, tuple[Problem, ...]]:
    """Read all notes and list all attachments."""
    problems: list[Problem] = []
    notes: dict[str, Note] = {}
    plans: dict[str, str] = {}
    attachments: dict[str, Attachment] = {}
    files = VaultFiles(settings)
    for path, file in files.below(settings.notes):
        if path.lower().endswith(".md"):
            note, found = read_note(path, file)
            if found and not file.exists():
                continue  # removed while the vault was read
            notes[path] = note
            problems += found
        elif path.endswith(PLAN_SUFFIX):
            plans[path], found = _read_text(path, file)
            problems += found
    for path, file in files.below(settings.attachments):
        if path not in notes and not path.lower().endswith((".md", PLAN_SUFFIX)):
            attachments[path] = Attachment(path, file)
    problems += [*files.problems, *_awkward_names([*notes, *attachments])]
    transcripts = _take_transcripts(attachments)
    known = {*notes, *plans, *attachments, *(f"{path}.txt" for path in transcripts)}
    unread = tuple(path for path in all_names(settings) if path not in known)
    return Vault(settings.vault, notes, attachments, plans, transcripts, unread), tuple(problems)


def _awkward_names(paths: Iterable[str]) -> Iterator[Problem]:
    """Find names that Obsidian itself cannot link to."""
    for path in paths:
        found = _AWKWARD.search(path.rpartition("/")[2])
        if found:
            message = f"has {found[0]} in its name, which a link reads as something else"
            yield Problem(SourceLocation(path), "awkward-name", message, "rename it in Obsidian")


def _take_transcripts(attachments: dict[str, Attachment]) -> dict[str, Transcript]:
    """Read the transcripts that stand beside images; they are no attachments themselves."""
    found: dict[str, Transcript] = {}
    for path in [path for path in attachments if is_transcript(path)]:
        image = attachments.get(path.rpartition(".")[0])
        transcript = image and load_transcript(image.file)
        if image and transcript:
            found[image.path] = transcript
            del attachments[path]
    return found


def read_note(path: str, file: Path) -> tuple[Note, tuple[Problem, ...]]:
    """Read one note; an unreadable one becomes an empty note and a problem."""
    text, problems = _read_text(path, file)
    properties, body_line, faults = read_properties(text, path)
    note = Note(path, text, properties, body_line, read_blocks(text, body_line))
    return note, (*problems, *faults)


def read_attachment(attachment: Attachment) -> str:
    """Read a file that is text; an unreadable one is empty."""
    if attachment.text is not None:
        return attachment.text
    return _read_text(attachment.path, attachment.file)[0]


def read_obsidian_settings(root: Path, name: str) -> Mapping[str, Any]:
    """Return one of the files in which Obsidian and its plugins keep settings; nothing if there is none."""
    file = root / ".obsidian" / name
    try:
        found = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _read_text(path: str, file: Path) -> tuple[str, tuple[Problem, ...]]:
    try:
        data = file.read_bytes()
    except OSError as error:
        problem = Problem(SourceLocation(path), "unreadable-file", f"cannot be read: {error.strerror}")
        return "", (problem,)
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
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_MARKS)
