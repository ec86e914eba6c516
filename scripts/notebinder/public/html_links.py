"""Take the addresses of private things out of HTML."""

from __future__ import annotations

import re
from html import unescape

from notebinder.public.names import PrivateNames, PrivateThing
from notebinder.public.words import only_names
from notebinder.vault.syntax.targets import read_reference

_TAG = re.compile(r"</?[A-Za-z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_ADDRESS = re.compile(
    r"\s(?P<name>src|href|data-href|data-path|data-src|poster|data|cite|srcset)\s*=\s*"
    r"(?P<value>\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+)",
    re.IGNORECASE,
)
_APP_ADDRESS = re.compile(r"(?:obsidian:|file:/)[^\s<>()\"']+")
_SAID = re.compile(
    r"\s(?:title|aria-label|alt)\s*=\s*(?P<value>\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+)", re.IGNORECASE
)


def private_target(target: str, names: PrivateNames, source: str) -> PrivateThing | None:
    """Return what the target of a Markdown link or an address in HTML means if that is private."""
    scheme = target.partition(":")[0].strip().casefold()
    if scheme in ("obsidian", "file"):
        return names.addressed(target, source)
    return names.means(read_reference(target), source)


def app_addresses(text: str) -> list[str]:
    """Return the addresses in a text that the app or the disk has for a note."""
    return _APP_ADDRESS.findall(text)


def without_private_app_addresses(text: str, names: PrivateNames, source: str) -> str:
    """Replace those of private things."""

    def shown(found: re.Match[str]) -> str:
        thing = names.addressed(found[0], source)
        return thing.label if thing else found[0]

    return _APP_ADDRESS.sub(shown, text)


def without_private_addresses(html: str, names: PrivateNames, source: str) -> str:
    """Take addresses of private things out of HTML, and the text of a link that only repeats their name."""
    pieces: list[str] = []
    end, meant = 0, None
    for tag in _TAG.finditer(html):
        pieces.append(_between(html[end : tag.start()], meant))
        shown, meant = _without_address(tag[0], names, source)
        pieces.append(shown)
        end = tag.end()
    pieces.append(_between(html[end:], meant))
    return "".join(pieces)


def _between(text: str, meant: PrivateThing | None) -> str:
    """The text behind a tag that led to something private."""
    if meant and only_names(unescape(text), meant):
        return text.replace(text.strip(), meant.label + "\n" * text.strip().count("\n"))
    return text


def _without_address(tag: str, names: PrivateNames, source: str) -> tuple[str, PrivateThing | None]:
    meant: list[PrivateThing] = []

    def address(found: re.Match[str]) -> str:
        value = unescape(found["value"].strip("\"'"))
        thing = private_target(value.partition(" ")[0] if found["name"] == "srcset" else value, names, source)
        meant.extend([thing] if thing else [])
        return "\n" * found[0].count("\n") if thing else found[0]

    shown = _ADDRESS.sub(address, tag)
    if not meant:
        return tag, None

    def said(found: re.Match[str]) -> str:
        words = unescape(found["value"].strip("\"'"))
        return "\n" * found[0].count("\n") if only_names(words, meant[0]) else found[0]

    return _SAID.sub(said, shown), meant[0]
