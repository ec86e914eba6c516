"""What an author allows to look like a credential: by a comment beside it, or in the settings.

`%% notebinder: allow-credential %%` on the line itself or on the one above it, which before a block of code
covers the whole block; the marks of detect-secrets, `pragma: allowlist secret` and so on, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import translate

from pathspec import GitIgnoreSpec

from notebinder.base.settings import Settings
from notebinder.public.credentials.finding import Finding

MASK = "mask"
"""The setting by which what is found is shown masked."""

_MARK = re.compile(
    r"notebinder: ?allow-credential|pragma: ?(?:allow|white)list(?:[ -]nextline)?[ -]secret", re.IGNORECASE
)
_FENCE = re.compile(r"[ \t>]*(?P<fence>`{3,}|~{3,})")


@dataclass(frozen=True, slots=True)
class Allowed:
    """What the settings allow, and what becomes of all else."""

    files: GitIgnoreSpec
    texts: tuple[re.Pattern[str], ...]
    masks: bool = False
    """Whether the rest is shown masked; else it stops the build."""

    def in_file(self, path: str) -> bool:
        """Tell whether a file may show credentials."""
        return self.files.match_file(path)

    def text(self, text: str) -> bool:
        """Tell whether this text is known to be none."""
        return any(pattern.match(text) for pattern in self.texts)


def read_allowed(settings: Settings) -> Allowed:
    """Read the settings: files as in a `.gitignore`, texts with `*` for anything."""
    files = GitIgnoreSpec.from_lines(settings.credentials_allowed_in)
    texts = tuple(re.compile(translate(text)) for text in settings.credentials_allowed)
    return Allowed(files, texts, settings.credentials == MASK)


def forbidden(text: str, found: Iterable[Finding], allowed: Allowed) -> tuple[Finding, ...]:
    """Return the findings that neither a comment nor the settings allow."""
    left = [finding for finding in found if not allowed.text(text[finding.start : finding.end])]
    lines = set(_marked_lines(text)) if left else set()
    return tuple(finding for finding in left if finding.line not in lines)


def _marked_lines(text: str) -> Iterator[int]:
    """Yield the numbers of the lines that marks cover."""
    if not _MARK.search(text):
        return
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        last = _last_covered(lines, at) if _MARK.search(lines[at]) else at
        if last > at:
            yield from range(at + 1, last + 2)
        at = last + 1


def _last_covered(lines: list[str], mark: int) -> int:
    """Return the index of the line below a mark, or that of the end of the code that begins there."""
    below = mark + 1
    opening = _FENCE.match(lines[below]) if below < len(lines) else None
    if not opening:
        return below
    ends = (at for at in range(below + 1, len(lines)) if _closes(lines[at], opening["fence"]))
    return next(ends, len(lines) - 1)


def _closes(line: str, opening: str) -> bool:
    fence = _FENCE.match(line)
    return bool(fence and fence["fence"].startswith(opening))
