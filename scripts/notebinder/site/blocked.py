"""What the content policy keeps a page from loading: said while it is built, since no author reads the
console of a reader's browser.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from notebinder.site.guests import script_hash
from notebinder.site.loading import Loaded, what_loads

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="(?P<policy>[^"]*)"')
# j.src = "https://x.y/z.js", "//x.y/count": what a script may load
_QUOTED = re.compile(r"""(?<=["'`])(?:https?:)?//[\w-]+(?:\.[\w-]+)+[^\s"'`]*""")
# s.src = "https://x.y/z.js", import("https://x.y/z.js"), url(https://x.y/z.css), @import "https://x.y/z.css"
_LOADED = re.compile(
    r"""(?:\.(?:src|href)\s*=|\b(?:import|fetch|sendBeacon|url|importScripts)\(|@import|\bfrom)\s*["'`]?"""
    r"""(?P<address>(?:https?:)?//[\w-]+(?:\.[\w-]+)+[^\s"'`)]*)"""
)
_HANDLER = re.compile(r"""<[a-z][^<>]*?\s(?P<name>on[a-z]+)\s*=\s*["'][^<>]*>""", re.IGNORECASE)

_IN_FILE = Loaded("", "script-src")

Policy = Mapping[str, frozenset[str]]
"""What each directive allows."""


@dataclass(frozen=True, slots=True)
class Blocked:
    """Something that a browser will not load or run."""

    marks: tuple[str, ...]
    """What is to be found where it is written, the surest first."""
    message: str
    hint: str


def blocked_on(page: str, own: str) -> Iterator[Blocked]:
    """Yield what the policy that stands in a page keeps it from; `own` is the site's host."""
    found = _POLICY.search(page)
    if not found:
        return
    policy = read_policy(html.unescape(found["policy"]))
    for loaded in what_loads(page):
        if loaded.address:
            yield from _blocked_addresses([loaded.address], loaded, policy, own)
        elif script_hash(loaded.text) in policy.get("script-src", ()):
            yield from _blocked_addresses(_QUOTED.findall(loaded.text), _IN_FILE, policy, own)
        else:
            yield _blocked_within(loaded)


def blocked_handlers(content: str) -> Iterator[Blocked]:
    """Yield the attributes that would run a script."""
    for found in _HANDLER.finditer(content):
        hint = "add a listener in a file of its own, and name that under extra_javascript"
        yield Blocked((found[0],), f"{found['name']}= never runs", hint)


def blocked_in_file(text: str, policy: Policy, own: str) -> Iterator[Blocked]:
    """Yield what a script or a style of the author's loads from hosts that nobody has named."""
    addresses = [found["address"] for found in _LOADED.finditer(text)]
    return _blocked_addresses(addresses, _IN_FILE, policy, own)


@lru_cache(maxsize=64)
def read_policy(text: str) -> Policy:
    """Read a policy.

    >>> read_policy("default-src 'none'; img-src 'self' data:")["default-src"]
    frozenset({"'none'"})
    """
    directives = (directive.split() for directive in text.split(";"))
    return {directive[0]: frozenset(directive[1:]) for directive in directives if directive}


def _blocked_addresses(addresses: list[str], loaded: Loaded, policy: Policy, own: str) -> Iterator[Blocked]:
    allowed = policy.get(loaded.directive, frozenset())
    if loaded.directive == "media-src":  # <source> is of a film or of a picture
        allowed |= policy.get("img-src", frozenset())
    for address in addresses:
        parts = urlsplit(address, "https")
        host = parts.netloc.rpartition("@")[2].lower()
        if host == own or _is_allowed(parts.scheme, host, allowed):
            continue
        hint = f"name its host under guests to allow it: {host}"
        if loaded.directive == "object-src":
            hint = "show it in an <iframe>"
        elif parts.scheme == "http":
            hint = f"write https:// for http://, and name its host under guests: {host}"
        yield Blocked((loaded.tag or address, address, host), f"{address} is kept from loading", hint)


def _is_allowed(scheme: str, host: str, allowed: frozenset[str]) -> bool:
    domains = host.split(".")
    above = (".".join(domains[start:]) for start in range(1, len(domains)))
    names = (f"{scheme}:", f"{scheme}://{host}", *(f"{scheme}://*.{domain}" for domain in above))
    return any(name in allowed for name in names)


def _blocked_within(loaded: Loaded) -> Blocked:
    is_script = loaded.directive == "script-src"
    done = "a script within the page never runs" if is_script else "a style within the page is not applied"
    setting = "extra_javascript" if is_script else "extra_css"
    first = next(iter(loaded.text.strip().splitlines()), loaded.tag)
    return Blocked((first,), done, f"write it into a file of its own, and name that under {setting}")
