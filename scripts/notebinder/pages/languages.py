"""The language of a note and which way it runs: by its properties, else guessed from its text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from notebinder.vault.model import Note

try:
    import pycld2  # type: ignore[import-untyped]  # it has no stubs
except ImportError:  # it has no wheel for every Python yet; then only properties tell the language
    pycld2 = None

_RIGHT_TO_LEFT = frozenset(["ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"])
_CODE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_READ = 4000
"""Characters of a note that the guess looks at."""
_SPELLINGS: Mapping[str, str] = {"iw": "he", "in": "id", "zh": "zh-Hans", "zh-Hant": "zh-Hant"}


@dataclass(frozen=True, slots=True)
class Language:
    """How a text is to be read."""

    code: str = ""
    """A BCP 47 tag, or empty where the text is too short to tell."""
    direction: str = "ltr"
    """`ltr` or `rtl`."""


def note_language(note: Note) -> Language:
    """Return the language of a note."""
    given = note.properties.get("lang") or note.properties.get("language")
    text = "\n".join(note.text.split("\n")[note.body_line - 1 :])[:_READ]
    code = str(given).strip() if is_language(given) else guess_language(text)
    direction = str(note.properties.get("dir") or "").strip().lower()
    return Language(code, direction if direction in ("ltr", "rtl") else _direction(code, text))


def is_language(value: object) -> bool:
    """Tell whether a property's value is the code of a language."""
    return isinstance(value, str) and bool(_CODE.fullmatch(value.strip()))


def guess_language(text: str) -> str:
    """Return the language that a text is surely written in, or an empty text."""
    if pycld2 is None:
        return ""
    readable = text.replace("\n", " ")
    if not readable.isprintable():
        readable = "".join([char if char.isprintable() else " " for char in readable])
    try:
        is_sure, _, guesses = pycld2.detect(readable, bestEffort=False)
    except pycld2.error:
        return ""
    code = guesses[0][1]
    return _SPELLINGS.get(code, code) if is_sure and code != "un" else ""


def _direction(code: str, text: str) -> str:
    if code:
        return "rtl" if code.partition("-")[0] in _RIGHT_TO_LEFT else "ltr"
    if text.isascii():
        return "ltr"
    strong = [unicodedata.bidirectional(char) for char in text]
    leftward = sum(kind in ("R", "AL") for kind in strong)
    return "rtl" if leftward > strong.count("L") else "ltr"
