"""Which paths of a vault are private wherever they are linked: by the settings, and by Obsidian's own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pathspec import GitIgnoreSpec
from pathspec.patterns.gitignore import GitIgnorePatternError

from notebinder.problems import NotebinderError, Problem, SourceLocation, did_you_mean
from notebinder.settings import SettingsError

ReadSetting = Callable[[str], Mapping[str, Any]]
"""Reads one of Obsidian's settings files by its path below `.obsidian`; nothing if there is none."""

_TEMPLATES = (
    ("templates.json", "folder"),
    ("daily-notes.json", "template"),
    ("zk-prefixer.json", "template"),
    ("plugins/templater-obsidian/data.json", "templates_folder"),
    ("plugins/quickadd/data.json", "templateFolderPath"),
)
"""Where Obsidian and its plugins say which folder or note is a template."""


class UnreadableFilterError(NotebinderError):
    """An excluded file of Obsidian's that cannot be told."""

    def __init__(self, pattern: str, reason: str) -> None:
        hint = "correct it in Obsidian under Files and links, or set `publish_excluded_files: true`"
        super().__init__(
            f".obsidian/app.json: the excluded files {pattern!r} cannot be read: {reason}; {hint}"
        )


@dataclass(frozen=True, slots=True)
class Patterns:
    """Patterns as in a `.gitignore`; the last one that fits a path decides."""

    lines: tuple[str, ...]
    exact: GitIgnoreSpec
    folded: GitIgnoreSpec
    """The same without case: a path is private if either says so."""

    def match(self, path: str) -> str:
        """Return the pattern that makes a path private, or an empty text."""
        if not self.lines:
            return ""
        for spec, name in ((self.exact, _normal(path)), (self.folded, _normal(path).casefold())):
            found = spec.check_file(name)
            if found.include and found.index is not None:
                return self.lines[found.index]
        return ""


def read_patterns(lines: Iterable[str]) -> Patterns:
    """Compile the patterns of the settings, or raise `SettingsError`."""
    kept = tuple(line for line in lines if line.strip() and not line.startswith("#"))
    faults = [f"private: {line!r} is no pattern of a .gitignore" for line in kept if not _is_pattern(line)]
    if faults:
        raise SettingsError(faults)
    texts = [_normal(line) for line in kept]
    folded = GitIgnoreSpec.from_lines(text.casefold() for text in texts)
    return Patterns(kept, GitIgnoreSpec.from_lines(texts), folded)


def _is_pattern(line: str) -> bool:
    try:
        GitIgnoreSpec.from_lines([line])
    except GitIgnorePatternError:
        return False
    return True


def unused_patterns(patterns: Patterns, paths: Iterable[str], settings_file: str) -> Iterator[Problem]:
    """Report each pattern that fits nothing: most often it is misspelled, and what it meant is public."""
    names = [_normal(path).casefold() for path in paths]
    folders = {name[: place.start()] for name in names for place in re.finditer("/", name)}
    for line in patterns.lines:
        alone = GitIgnoreSpec.from_lines([_normal(line).casefold().removeprefix("!")])
        if not any(alone.match_file(name) for name in names):
            hint = did_you_mean(line.strip("!/").casefold(), sorted(folders)) or "correct it, or remove it"
            message = f"the pattern {line!r} under `private` fits no file of the vault"
            yield Problem(SourceLocation(settings_file), "unused-pattern", message, hint)


@dataclass(frozen=True, slots=True)
class Templates:
    """The folders and notes that new notes are made from, without case."""

    places: tuple[str, ...]

    def match(self, path: str) -> str:
        """Return the place that makes a path a template, or an empty text."""
        folded = _normal(path).casefold()
        return next((p for p in self.places if folded in (p, f"{p}.md") or folded.startswith(f"{p}/")), "")


def read_templates(read: ReadSetting) -> Templates:
    """Find the templates that Obsidian and its plugins know of; the vault itself is none."""
    found = (read(file).get(key) for file, key in _TEMPLATES)
    places = (_normal(value).casefold().strip("/. ") for value in found if isinstance(value, str))
    return Templates(tuple(dict.fromkeys(place for place in places if place)))


@dataclass(frozen=True, slots=True)
class ExcludedFiles:
    """Obsidian's "excluded files": what its search and graph leave out."""

    filters: tuple[str, ...]
    expressions: tuple[re.Pattern[str] | None, ...]
    """For each filter between two slashes its regular expression; a filter without is how paths begin."""

    def match(self, path: str) -> str:
        """Return the filter that fits a path, or an empty text."""
        folded = _normal(path).casefold()
        for text, expression in zip(self.filters, self.expressions, strict=True):
            if expression.search(path) if expression else folded.startswith(_normal(text).casefold()):
                return text
        return ""


def read_excluded(read: ReadSetting) -> ExcludedFiles:
    """Read the list of excluded files, or raise `UnreadableFilterError`."""
    found = read("app.json").get("userIgnoreFilters")
    filters = (
        tuple(text for text in found if isinstance(text, str) and text) if isinstance(found, list) else ()
    )
    return ExcludedFiles(filters, tuple(map(_expression, filters)))


def _expression(text: str) -> re.Pattern[str] | None:
    if len(text) < 3 or not (text.startswith("/") and text.endswith("/")):
        return None
    try:
        return re.compile(text[1:-1], re.IGNORECASE)
    except re.error as error:
        raise UnreadableFilterError(text, str(error)) from error


def _normal(path: str) -> str:
    """A Mac stores names with their accents apart."""
    return unicodedata.normalize("NFC", path)
