"""Names for addresses: readable, the same on every machine, allowed on every file system."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_GAP = re.compile(r"[^\w]+|_+")
_LONGEST = 80
"""Characters of a slug; a file name may take 255 bytes, and a character takes up to four."""

# Windows keeps these names for devices, with any suffix.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)$")


def slug(title: str) -> str:
    """Return the address for a title; letters of any script stay, so `Äpfel` and `数据库` are readable.

    >>> slug("RDS & Aurora Security")
    'rds-aurora-security'
    """
    text = unicodedata.normalize("NFC", title).casefold()
    found = _GAP.sub("-", unicodedata.normalize("NFC", text)).strip("-")
    if not found or _RESERVED.match(found):
        return "-".join(filter(None, (found, fingerprint(title))))
    if len(found) > _LONGEST:
        return f"{found[:_LONGEST].rstrip('-')}-{fingerprint(title)}"
    return found


def fingerprint(text: str) -> str:
    """Return a short name that only this text has."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()[:8]
