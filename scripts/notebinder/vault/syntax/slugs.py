"""Names for addresses: readable, the same on every machine, allowed on every file system."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_SELECTORS = re.compile("[\ufe00-\ufe0f]")
"""They only choose how a sign looks, most often an emoji."""
_LONGEST = 80
"""Characters of a slug; a file name may take 255 bytes, and a character takes up to four."""

# Windows keeps these names for devices, with any suffix.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)$")


def slug(title: str) -> str:
    """Return the address for a title; letters of any script stay, so `Äpfel` and `数据库` are readable.

    >>> slug("RDS & Aurora Security")
    'rds-aurora-security'
    """
    text = unicodedata.normalize("NFC", _SELECTORS.sub("", title).casefold())
    found = "-".join("".join(char if _is_letter(char) else " " for char in text).split())
    if not found or _RESERVED.match(found):
        return "-".join(filter(None, (found, fingerprint(title))))
    if len(found) > _LONGEST:
        return f"{found[:_LONGEST].rstrip('-')}-{fingerprint(title)}"
    return found


def _is_letter(char: str) -> bool:
    """Letters, digits, and the vowel signs that many scripts write as marks."""
    return char.isalnum() or unicodedata.category(char) in ("Mn", "Mc")


def fingerprint(text: str) -> str:
    """Return a short name that only this text has."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()[:8]
