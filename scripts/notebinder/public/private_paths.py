"""Which paths of a vault are private wherever they are linked: by the settings, and by Obsidian's own."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pathspec.patterns.gitignore.base import GitIgnorePatternError
from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

from notebinder.base.problems import Problem, SourceLocation, did_you_mean
from notebinder.base.settings import SettingsError
from notebinder.vault.reading import UnreadSettings

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


# \k<year>, [^], [], \u{1F600}, and \ before any sign
_JAVASCRIPT = re.compile(r"\\k<(?P<name>\w+)>|\\u\{(?P<code>[0-9a-fA-F]{1,8})\}|\\.|\[\^\]|\[\]")
_IN_PYTHON = {"[^]": r"[\s\S]", "[]": "(?!)", r"\/": "/"}
_ESCAPES = "dDwWsSbBnrtfv0xupP"
_EVERYTHING = re.compile("")
_SECONDS = 0.2
"""A usual expression takes a thousandth of it; one that tries all ways to cut a path would take years."""
_EXCLUDED = "userIgnoreFilters"


@dataclass(frozen=True, slots=True)
class Patterns:
    """Patterns as in a `.gitignore`: the last that fits decides; nothing comes back from a private folder.

    pathspec compiles them; as it applies them a file does come back, so they are applied here.
    """

    lines: tuple[str, ...]
    exact: tuple[GitIgnoreSpecPattern, ...]
    folded: tuple[GitIgnoreSpecPattern, ...]
    """The same without case: a path is private if either says so."""

    def match(self, path: str) -> str:
        """Return the pattern that makes a path private, or an empty text."""
        if not self.lines:
            return ""
        return self._excluding(self.exact, _normal(path)) or self._excluding(
            self.folded, _normal(path).casefold()
        )

    def _excluding(self, patterns: Sequence[GitIgnoreSpecPattern], path: str) -> str:
        for place in (*_folders(path), path):
            index = _deciding(patterns, place)
            if index is not None and patterns[index].include:
                return self.lines[index]
        return ""

    def takes_back(self, path: str) -> str:
        """Return the pattern that keeps a path public against an earlier one, or an empty text."""
        index = None if self.match(path) else _deciding(self.folded, _normal(path).casefold())
        return "" if index is None else self.lines[index]


def _deciding(patterns: Sequence[GitIgnoreSpecPattern], place: str) -> int | None:
    """Return the number of the last pattern that fits a file, or a folder with a slash at its end."""
    indexes = reversed(range(len(patterns)))
    return next((index for index in indexes if _fits(patterns[index], place)), None)


def _fits(pattern: GitIgnoreSpecPattern, place: str) -> bool:
    expression = pattern.regex
    if expression is None:
        return False
    if pattern.include:
        return expression.search(place) is not None
    # What takes a folder back does not take back what is in it; "ps_d" is the slash behind the folder.
    ends = [found for found in expression.finditer(place) if "ps_d" in expression.groupindex]
    if any(found.start("ps_d") == len(place) - 1 for found in ends):
        return True
    names = expression.finditer(place.rstrip("/"))
    return any("ps_d" not in expression.groupindex or found["ps_d"] is None for found in names)


def _folders(path: str) -> Iterator[str]:
    """Yield the folders that a path lies in, outermost first, with a slash at their end."""
    return (path[: slash.end()] for slash in re.finditer("/", path))


def read_patterns(lines: Iterable[str]) -> Patterns:
    """Compile the patterns of the settings, or raise `SettingsError`."""
    kept = tuple(line for line in lines if line.strip() and not line.startswith("#"))
    faults = [f"private: {line!r} is no pattern of a .gitignore" for line in kept if not _is_pattern(line)]
    if faults:
        raise SettingsError(faults)
    texts = [_normal(line) for line in kept]
    return Patterns(kept, _compiled(texts), _compiled(text.casefold() for text in texts))


def _compiled(lines: Iterable[str]) -> tuple[GitIgnoreSpecPattern, ...]:
    return tuple(map(GitIgnoreSpecPattern, lines))


def _is_pattern(line: str) -> bool:
    try:
        _compiled([line])
    except GitIgnorePatternError:
        return False
    return True


def _fits_any(line: str, names: Iterable[str]) -> bool:
    (pattern,) = _compiled([_normal(line).casefold()])
    return any(_fits(pattern, name) for name in names)


def unused_patterns(patterns: Patterns, paths: Collection[str], settings_file: str) -> Iterator[Problem]:
    """Report each pattern that does nothing: most often it is misspelled, and what it meant is public."""
    if not patterns.lines:
        return
    names = [_normal(path).casefold() for path in paths]
    folders = sorted({folder.rstrip("/") for name in names for folder in _folders(name)})
    taken_back = {patterns.takes_back(path) for path in paths}
    for line in patterns.lines:
        message = hint = ""
        if not line.startswith("!") and not _fits_any(line, names):
            message = f"the pattern {line!r} under `private` fits no file of the vault"
            hint = did_you_mean(line.strip("/").casefold(), folders) or "correct it, or remove it"
        elif line.startswith("!") and line not in taken_back:
            message = f"the pattern {line!r} under `private` takes nothing back"
            hint = "nothing comes back from a private folder: write `folder/*` for what is in it"
        if message:
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
    expressions: tuple[Any, ...]
    """For each filter between two slashes its regular expression; a filter without is how paths begin."""
    faults: tuple[Problem, ...] = ()
    """Filters that cannot be read. On doubt they fit everything."""
    _slow: set[Any] = field(default_factory=set)

    def match(self, path: str) -> str:
        """Return the filter that fits a path, or an empty text."""
        folded = _normal(path).casefold()
        for text, expression in zip(self.filters, self.expressions, strict=True):
            if (
                self._is_found(expression, path)
                if expression
                else folded.startswith(_normal(text).casefold())
            ):
                return text
        return ""

    def _is_found(self, expression: Any, path: str) -> bool:  # noqa: ANN401  the library says no type
        """Tell whether an expression is found in a path; one that took too long is found in all."""
        if expression is _EVERYTHING or expression in self._slow:
            return True
        try:
            return expression.search(path, timeout=_SECONDS) is not None
        except TimeoutError:
            self._slow.add(expression)
            return True


def read_excluded(read: ReadSetting) -> ExcludedFiles:
    """Read the list of excluded files."""
    app = read("app.json")
    if isinstance(app, UnreadSettings):
        meant = [_EXCLUDED] if _EXCLUDED in app.text else []
        everything = [_EVERYTHING for _ in meant]
        return ExcludedFiles(tuple(meant), tuple(everything), (_unread_app(is_private=bool(meant)),))
    found = app.get(_EXCLUDED)
    found = [found] if isinstance(found, str) else found
    filters = (
        tuple(text for text in found if isinstance(text, str) and text) if isinstance(found, list) else ()
    )
    expressions = tuple(map(_expression, filters))
    unread = (text for text, each in zip(filters, expressions, strict=True) if each is _EVERYTHING)
    return ExcludedFiles(filters, expressions, tuple(map(_unread_filter, unread)))


def _expression(text: str) -> Any:  # noqa: ANN401  the library says no type
    if len(text) < 3 or not (text.startswith("/") and text.endswith("/")):
        return None
    import regex  # few vaults have one

    try:
        return regex.compile(_JAVASCRIPT.sub(_in_python, text[1:-1]), regex.IGNORECASE)
    except (regex.error, OverflowError, RecursionError, ValueError):
        return _EVERYTHING


def _in_python(found: re.Match[str]) -> str:
    """Write a piece of a regular expression of JavaScript as Python has it."""
    piece = found[0]
    if piece in _IN_PYTHON:
        return _IN_PYTHON[piece]
    if found["name"]:
        return f"(?P={found['name']})"
    if found["code"]:
        return re.escape(chr(int(found["code"], 16))) if int(found["code"], 16) <= sys.maxunicode else piece
    return piece if piece[1] in _ESCAPES or not (piece[1].isascii() and piece[1].isalpha()) else piece[1]


def _unread_filter(text: str) -> Problem:
    message = (
        f"the excluded files {text!r} are no regular expression that can be read, so no note is published"
    )
    hint = "correct it in Obsidian under Files and links, or set `publish_excluded_files: true`"
    return Problem(SourceLocation(".obsidian/app.json"), "unread-setting", message, hint)


def _unread_app(*, is_private: bool) -> Problem:
    kept = "which files it excludes is not known, and no note is published"
    message = f"cannot be read as JSON, so {kept if is_private else 'no setting in it counts'}"
    hint = "open the vault in Obsidian, or remove the file"
    return Problem(SourceLocation(".obsidian/app.json"), "unread-setting", message, hint)


def _normal(path: str) -> str:
    """A Mac stores names with their accents apart."""
    return unicodedata.normalize("NFC", path)
