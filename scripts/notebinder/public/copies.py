"""Copies of files that sync tools left beside them. Knows names, reads nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator

_CONFLICTED = (
    r"conflict(?:ed)? copy|case conflict|sfconflict|konfliktkopie|in konflikt stehende kopie|"
    r"cop(?:ie|ia) (?:en|in) conflit(?:to)?|copia en conflicto|cópia em conflito|conflicterende kopie|"
    r"конфликтующая копия|冲突副本|衝突副本|競合コピー|충돌된 사본"
)
# Plan (conflicted copy 2026-03-02), Plan.sync-conflict-20260302-081500-ABCDEFG, Plan_conflict-20260302-081500
_CERTAIN = re.compile(
    rf"(?:[ _-]*[(\[（][^()\[\]（）]{{0,80}}(?:{_CONFLICTED})[^()\[\]（）]{{0,80}}[)\]）]"
    r"|[._ -]sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]{4,8})?"
    r"|[._ -]conflict-\d{8}-\d{6})(?: \d{1,2}| \(\d{1,2}\))?$",
    re.IGNORECASE,
)
# Plan-DESKTOP-4F7KQ2, Plan [Conflict]: a name that an author may give as well, where there is no Plan
_LIKELY = re.compile(
    r"-(?:DESKTOP|LAPTOP|WIN|PC)-[A-Z0-9]{4,12}(?:-\d{1,2})?$|[ _]*[(\[](?i:conflict(?:ed)?)[)\]]$"
)
_WORDS = ("copy", "kopie", "copie", "copia")
# Plan (1), Plan 2, Plan copy: usual names of notes that are no copies
_POSSIBLE = re.compile(rf" \(\d{{1,2}}\)$| \d{{1,2}}$|(?i: -)?(?i: (?:{'|'.join(_WORDS)}))(?: \d{{1,2}})?$")


def find_copies(paths: Collection[str]) -> Iterator[tuple[str, str, bool]]:
    """Yield each copy with what it is a copy of, which may be gone, and whether its name leaves no doubt."""
    likely = [path for path in paths if _may_be_copy(path.rpartition(".")[0])]
    there = {_folded(path): path for path in paths} if likely else {}
    for path in likely:
        stem, dot, suffix = path.rpartition(".")
        for form, is_certain in ((_CERTAIN, True), (_LIKELY, True), (_POSSIBLE, False)):
            found = form.search(stem)
            if not found or not stem[: found.start()].rpartition("/")[2]:
                continue
            original = f"{stem[: found.start()]}{dot}{suffix}"
            if form is _CERTAIN or _folded(original) in there:
                yield path, there.get(_folded(original), original), is_certain
                break


def _may_be_copy(stem: str) -> bool:
    """Tell at a glance whether a name ends as one of the forms does, as few do."""
    end = stem[-1:]
    return (
        end.isdecimal()
        or end.isupper()
        or end in ")]）"
        or stem[-5:].casefold().endswith(_WORDS)
        or "conflict" in stem.casefold()
    )


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()
