"""What kind of address a link has, read as browsers read it."""

from __future__ import annotations

import re
from collections.abc import Collection

ALWAYS = frozenset(["http", "https"])
"""Schemes of links to other sites."""
NEVER = frozenset(
    [
        "about",
        "blob",
        "data",
        "file",
        "filesystem",
        "javascript",
        "livescript",
        "mocha",
        "vbscript",
        "view-source",
    ]
)
"""Schemes that no setting can allow: they run what the address holds, or open what is on a reader's disk."""

# Browsers leave out what surrounds an address, and every tab and line end within it.
_AROUND = "".join(map(chr, range(0x21)))
_WITHIN = re.compile(r"[\t\n\r]")
_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):")
_PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|webp|avif|bmp|svg\+xml)[;,]", re.IGNORECASE)


def plain_address(address: str) -> str:
    """Return an address without what browsers leave out.

    >>> plain_address(" java\\tscript:x")
    'javascript:x'
    """
    return _WITHIN.sub("", address.strip(_AROUND))


def scheme_of(address: str) -> str:
    """Return the scheme of an address in small letters, `https` where it only names a host; else empty.

    >>> scheme_of("JavaScript:x"), scheme_of("//a.b/c"), scheme_of("Note.md")
    ('javascript', 'https', '')
    """
    plain = plain_address(address)
    if plain.replace("\\", "/").startswith("//"):
        return "https"
    found = _SCHEME.match(plain)
    return found["scheme"].lower() if found else ""


def is_allowed(address: str, schemes: Collection[str]) -> bool:
    """Tell whether a link may lead to an address: in the vault, to another site, or to an app in the list."""
    scheme = scheme_of(address)
    return not scheme or scheme in ALWAYS or (scheme in schemes and scheme not in NEVER)


def is_picture(address: str) -> bool:
    """Tell whether an address is a picture itself, which needs no file."""
    return bool(_PICTURE.match(plain_address(address)))
