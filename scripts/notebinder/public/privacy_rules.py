"""The one table that decides what of a vault is published, and why. Reads no file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from msgspec import Struct

from notebinder.base.problems import Problem, SourceLocation
from notebinder.public.privacy_marks import (
    Mark,
    has_unread_properties,
    private_tags,
    private_word,
    publish_marks,
    unread_marks,
)
from notebinder.public.private_paths import ExcludedFiles, Patterns, Templates
from notebinder.vault.file_notes import is_page_file
from notebinder.vault.model import Note
from notebinder.vault.reading import Vault


class Verdict(Struct, frozen=True):
    """Whether a file of the vault may be published, and why."""

    is_public: bool
    rule: str
    """The row of the table that decided."""
    because: str
    """The reason in words."""


@dataclass(frozen=True, slots=True)
class PrivacySettings:
    """What the rows are asked with."""

    patterns: Patterns
    templates: Templates
    excluded: ExcludedFiles
    private_tags: frozenset[str]
    """Without case and sign."""
    only_marked: bool = False


@dataclass(frozen=True, slots=True)
class MarkedNote:
    """A note, and what it says of being published."""

    note: Note
    marks: tuple[Mark, ...]


PathRule = Callable[[str, PrivacySettings], str]
NoteRule = Callable[[MarkedNote, PrivacySettings], str]
"""Return why a file is private, or an empty text."""


def _is_hidden(path: str, _asked: PrivacySettings) -> str:
    hidden = next((name for name in path.split("/") if name.startswith(".")), "")
    return f"{hidden} is hidden" if hidden else ""


def _fits_pattern(path: str, asked: PrivacySettings) -> str:
    found = asked.patterns.match(path)
    return f"the pattern {found} under `private` fits it" if found else ""


def _is_template(marked: MarkedNote, asked: PrivacySettings) -> str:
    found = asked.templates.match(marked.note.path)
    return f"{found} is where Obsidian's settings have the templates" if found else ""


def _is_excluded(marked: MarkedNote, asked: PrivacySettings) -> str:
    found = asked.excluded.match(marked.note.path)
    return f"{found} is among Obsidian's excluded files" if found else ""


def _says_no(marked: MarkedNote, _asked: PrivacySettings) -> str:
    return _quoted(mark for mark in marked.marks if mark.key == "publish" and mark.says is not True)


def _is_meant_to_say_no(marked: MarkedNote, _asked: PrivacySettings) -> str:
    unread = unread_marks(marked.note)
    return _quoted(mark for mark in unread if mark.says is not (mark.key == "publish"))


def _is_draft(marked: MarkedNote, _asked: PrivacySettings) -> str:
    return _quoted(mark for mark in marked.marks if mark.key == "draft" and mark.says is not False)


def _has_private_tag(marked: MarkedNote, asked: PrivacySettings) -> str:
    tag = next(private_tags(marked.note, asked.private_tags), "")
    return f"it has the tag #{tag}" if tag else ""


def _is_unmarked(marked: MarkedNote, asked: PrivacySettings) -> str:
    if not asked.only_marked or any(mark.key == "publish" for mark in marked.marks):
        return ""  # what says no has been told before
    return "it does not say `publish: true`, and only notes that do are published"


def _quoted(marks: Iterator[Mark]) -> str:
    mark = next(marks, None)
    return f"it says `{mark.text}`" if mark else ""


PATH_RULES: Mapping[str, PathRule] = MappingProxyType({"hidden": _is_hidden, "pattern": _fits_pattern})
"""What makes a file private whatever is in it, note or attachment."""

NOTE_RULES: Mapping[str, NoteRule] = MappingProxyType(
    {
        "template": _is_template,
        "excluded": _is_excluded,
        "publish": _says_no,
        "draft": _is_draft,
        "unread": _is_meant_to_say_no,
        "tag": _has_private_tag,
        "unmarked": _is_unmarked,
    }
)
"""What makes a note private. Any row suffices; the first one that does is told."""


def decide_path(path: str, asked: PrivacySettings) -> Verdict:
    """Decide about a file by its path alone."""
    found = ((name, rule(path, asked)) for name, rule in PATH_RULES.items())
    return next((Verdict(False, name, why) for name, why in found if why), Verdict(True, "", ""))


def decide_note(note: Note, asked: PrivacySettings) -> Verdict:
    """Decide about a note, or about what stands for a canvas or a base, which cannot be marked."""
    by_path = decide_path(note.path, asked)
    if not by_path.is_public:
        return by_path
    marked = MarkedNote(note, tuple(publish_marks(note)))
    rules = NOTE_RULES if not is_page_file(note.path) else {**NOTE_RULES, "unmarked": lambda *_: ""}
    found = ((name, rule(marked, asked)) for name, rule in rules.items())
    private = next((Verdict(False, name, why) for name, why in found if why), None)
    said = _quoted(mark for mark in marked.marks if mark.key == "publish")
    return private or Verdict(True, "public", said or "no rule keeps it private")


def decide_others(
    published: Iterable[str], unread: Iterable[str], asked: PrivacySettings
) -> dict[str, Verdict]:
    """Decide about attachments and plans, and about files that are no part of the vault, by their paths."""
    verdicts = {path: decide_path(path, asked) for path in published}
    outside = "it lies outside the folders in the settings `notes` and `attachments`"
    for path in unread:
        by_path = decide_path(path, asked)
        verdicts[path] = Verdict(False, "outside", outside) if by_path.is_public else by_path
    return verdicts


def doubts(vault: Vault, verdicts: Mapping[str, Verdict], asked: PrivacySettings) -> Iterator[Problem]:
    """Report notes whose author may not know that they are private, or why."""
    for path, note in vault.notes.items():
        rule = verdicts[path].rule
        unread = next(unread_marks(note), None)
        if unread:
            yield _unread_mark(path, unread, is_public=verdicts[path].is_public)
            continue
        if rule not in ("publish", "draft", "tag"):
            continue
        if rule == "tag" and (word := private_word(note, asked.private_tags)):
            message = f"the tag #{word[0]} in its text keeps the whole note private"
            yield Problem(SourceLocation(path, word[1]), "private-tag", message)
        unclear = [mark for mark in publish_marks(note) if mark.says is None]
        if unclear and rule != "tag":
            message = f"`{unclear[0].text}` is neither true nor false, so the note is not published"
            yield Problem(SourceLocation(path, 1), "unclear-publish", message, "write true or false")
        elif has_unread_properties(note):
            message = "its properties cannot be read and seem to keep it private, so it is not published"
            yield Problem(SourceLocation(path, 1), "unclear-publish", message, "correct the properties")


def _unread_mark(path: str, mark: Mark, *, is_public: bool) -> Problem:
    outcome = "the note is published" if is_public else "on doubt the note is not published"
    message = f"`{mark.text}` is no mark that Obsidian or notebinder reads; {outcome}"
    hint = "write `publish: true` or `publish: false` in usual letters between two --- lines at the very top"
    return Problem(SourceLocation(path, 1), "unread-publish-mark", message, hint)
