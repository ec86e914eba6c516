"""The content security policy of each page: what it may run, load and show, written in this one place.

A page names no other site but those that it shows something from, and the author's guests, who have a part in
all pages. It carries its policy as a meta tag, since many hosts send no headers of ours. `_headers` has only
what suits files of every kind: a drawing that is opened by itself minds the policy that it is sent with, and
so do the viewers of PDF in some browsers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_OWN: Mapping[str, str] = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "style-src": "'self'",
    "style-src-attr": "'unsafe-inline'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "media-src": "'self'",
    "worker-src": "'self'",
    "frame-src": "'self'",
    "manifest-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
"""What a page needs of its own origin: Pagefind is WebAssembly, and notes have styles of their own."""

_MOST_ORIGINS = 16
"""So many origins of pictures are named; where a page shows more, any may be loaded from."""

# What `constructs.external` writes: <img data-src="https://x.y/z.png" ...> in a box, or at once with src.
_LOADED = re.compile(
    r"<(?P<name>img|video|audio|source|iframe)\b[^<>]*?\s(?:data-)?src=[\"']?(?P<origin>https?://[^/\"'?#&;,\s>]+)",
    re.IGNORECASE,
)
_DIRECTIVES = {"img": "img-src", "iframe": "frame-src"}

_FOR_GUESTS = (
    *("script-src", "style-src", "img-src", "font-src", "connect-src", "media-src", "frame-src"),
    "form-action",
)
_BROUGHT_ALONG: Mapping[str, tuple[str, ...]] = {
    "www.googletagmanager.com": (
        *("*.googletagmanager.com", "*.google-analytics.com", "*.analytics.google.com"),
    ),
    "fonts.googleapis.com": ("fonts.gstatic.com",),
    "static.cloudflareinsights.com": ("cloudflareinsights.com",),
    "cloud.umami.is": ("api-gateway.umami.dev",),
    "gc.zgo.at": ("*.goatcounter.com",),
    "disqus.com": ("*.disqus.com", "*.disquscdn.com"),
}
"""What the script of a host is known to ask elsewhere: no build can see that."""


@dataclass(frozen=True, slots=True)
class Guests:
    """Who else may have a part in all pages, as for analytics and comments."""

    hosts: tuple[str, ...] = ()
    """Hosts that the author names; `*.x.y` stands for all below one."""
    scripts: tuple[str, ...] = ()
    """The hashes of scripts that the theme writes into pages for them, as a policy names them."""

    def sources(self, directive: str) -> list[str]:
        """Return what a directive of every page allows for them."""
        hosts = [f"https://{host}" for host in self._every_host()] if directive in _FOR_GUESTS else []
        return [*hosts, *(self.scripts if directive == "script-src" else ())]

    def _every_host(self) -> list[str]:
        brought = (_BROUGHT_ALONG.get(host, ()) for host in self.hosts)
        return sorted({*self.hosts, *(each for hosts in brought for each in hosts)})


NO_GUESTS = Guests()


def file_policy(guests: Guests = NO_GUESTS) -> str:
    """Return what hosts send with every file: no script but known ones, and no frame on another site.

    >>> file_policy(Guests(("x.y",)))[:60]
    "script-src 'self' 'wasm-unsafe-eval' https://x.y; base-uri '"
    """
    names = ("script-src", "base-uri", "form-action")
    return "; ".join([*(_directive(name, guests.sources(name)) for name in names), "frame-ancestors 'self'"])


def _directive(name: str, more: Iterable[str]) -> str:
    """Whatever is allowed takes the place of nothing."""
    values = dict.fromkeys([_OWN[name], *more])
    return " ".join([name, *([value for value in values if value != "'none'"] or values)])


def external_origins(html: str) -> dict[str, frozenset[str]]:
    """Return where a page shows pictures, films and frames from, by the directive that must name it."""
    found: dict[str, set[str]] = {}
    if "http" in html:
        for element in _LOADED.finditer(html):
            directive = _DIRECTIVES.get(element["name"].lower(), "media-src")
            found.setdefault(directive, set()).add(_in_ascii(element["origin"].lower()))
    return {directive: frozenset(origins - {""}) for directive, origins in found.items()}


def _in_ascii(origin: str) -> str:
    """Return an origin as a policy must name it; empty where its host has no such spelling.

    >>> _in_ascii("https://b\\u00fccher.de:8")
    'https://xn--bcher-kva.de:8'
    """
    scheme, _, host = origin.partition("://")
    try:
        return f"{scheme}://{host.rpartition('@')[2].encode('idna').decode()}"
    except UnicodeError:
        return ""


def content_policy(html: str = "", frame_hosts: Iterable[str] = (), guests: Guests = NO_GUESTS) -> str:
    """Return the policy of a page with this content: frames of hosts that may be shown, and what it names.

    >>> content_policy('<iframe data-src="https://x.y/1">', ["x.y", "z.y"]).split("; ")[9]
    "frame-src 'self' https://x.y"
    """
    more = dict(external_origins(html))
    more["frame-src"] = more.get("frame-src", frozenset()) & {f"https://{host}" for host in frame_hosts}
    named = {
        directive: sorted(origins) if len(origins) <= _MOST_ORIGINS else ["https:", "http:"]
        for directive, origins in more.items()
    }
    return "; ".join(_directive(name, [*named.get(name, ()), *guests.sources(name)]) for name in _OWN)
