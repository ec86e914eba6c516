"""What kind of address a link has, read as browsers read it."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import urlsplit

ALWAYS = frozenset(["http", "https"])
"""Schemes of links to other sites."""
NEVER = frozenset(
    ["about", "blob", "data", "file", "filesystem", "javascript", "vbscript", "view-source"],
)
"""Schemes that no setting can allow: they run what the address holds, or open what is on a reader's disk."""

# Browsers leave out what surrounds an address, and every tab and line end within it.
_AROUND = "".join(map(chr, range(0x21)))
_WITHIN = re.compile(r"[\t\n\r]")
_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):")
_BEFORE_HOST = re.compile(r"(?:(?P<scheme>https?):)?[/\\\\]*", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"https?://\[[\da-f:.]+\](?::\d+)?(?=[/?#]|$)", re.IGNORECASE)
_NOT_IN_HOST = re.compile(r"[\x00-\x20\x7f\"#%&'()*,/;<>?@\[\\\]^`{|}]")
_UNSAFE = re.compile(r"[\s\x00-\x1f\x7f\"<>\[\]\\^`{|}]")
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


def outside_address(address: str) -> str:
    """Return an address of another site or an app as all browsers read it, or empty if none can open it.

    >>> outside_address("//x.y/a b"), outside_address("http:\\\\x.y"), outside_address("http://[x")
    ('https://x.y/a%20b', 'http://x.y', '')
    """
    plain = plain_address(address)
    before = _BEFORE_HOST.match(plain)
    if scheme_of(plain) not in ALWAYS or not before:
        return _UNSAFE.sub(percent, plain)
    plain = f"{before['scheme'] or 'https'}://{plain[before.end() :]}"
    bracketed = _IN_BRACKETS.match(plain)
    start = bracketed.end() if bracketed else 0
    quoted = plain[:start] + _UNSAFE.sub(percent, plain[start:])
    try:
        parts = urlsplit(quoted)
        host = parts.hostname or ""
        is_sound = parts.port != 0 and host and (bracketed or not _NOT_IN_HOST.search(host))
    except ValueError:
        return ""
    return quoted if is_sound else ""


def percent(found: re.Match[str]) -> str:
    """Return signs as they may stand in an address."""
    return "".join(f"%{byte:02X}" for byte in found[0].encode())


def is_allowed(address: str, schemes: Collection[str]) -> bool:
    """Tell whether a link may lead to an address: in the vault, to another site, or to an app in the list."""
    scheme = scheme_of(address)
    is_known = scheme in ALWAYS or (scheme in schemes and scheme not in NEVER)
    return not scheme or (is_known and bool(outside_address(address)))


def is_picture(address: str) -> bool:
    """Tell whether an address is a picture itself, which needs no file."""
    return bool(_PICTURE.match(plain_address(address)))


def is_elsewhere(address: str) -> bool:
    """Tell whether an address is that of another site."""
    return scheme_of(address) in ALWAYS and bool(outside_address(address))
