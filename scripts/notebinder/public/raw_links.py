"""Links in a text that is not read as Markdown, such as a text file: whatever looks like one counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape

from notebinder.public.link_words import only_names, own_words
from notebinder.public.private_names import PrivateNames, PrivateThing
from notebinder.vault.syntax.targets import WIKILINK, read_destination, read_reference, read_wikilink

_LONGEST_TARGET = 2000
_LINKS_WITHIN = 50
"""So many links may stand within one another; what holds more is not shown."""
_LINK_START = re.compile(r"(?:!?\[(?P<text>[^\[\]\n]*))?\]\(")
# What stands in brackets behind a text and is no destination of Markdown: ](My note.md)
_LOOSE_TARGET = re.compile(
    r"\s{0,9}(?:<(?P<angled>[^<>()\n]{0,999})|(?P<plain>[^\s()\[\]]{0,999}))[^()\[\]\n]{0,999}\)?"
)
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


def public_raw_text(text: str, names: PrivateNames, source: str) -> str:
    """Return a text without links to private things, in code, too."""

    def once(typed: str) -> str:
        shown = _public_markdown_links(public_wikilinks(typed, names, source), names, source)
        return public_app_addresses(public_html(shown, names, source), names, source)

    return settled(text, names, once)


def settled(text: str, names: PrivateNames, change: Callable[[str], str]) -> str:
    """Change a text until nothing in it changes: where a link was, what is left may be read as another."""
    for _ in range(_LINKS_WITHIN):
        shown = change(text)
        if shown == text:
            return text
        text = shown
    return names.labels.note + "\n" * text.count("\n")


def public_wikilinks(text: str, names: PrivateNames, source: str) -> str:
    """Replace each `[[link]]` to something private."""

    def shown(found: re.Match[str]) -> str:
        target = read_wikilink(found["inner"])
        thing = names.means(target, source)
        return own_words(target.text, thing, "x") if thing else found[0]

    return WIKILINK.sub(shown, text) if "[[" in text else text


def public_app_addresses(text: str, names: PrivateNames, source: str) -> str:
    """Replace the addresses that the app or the disk has for something private."""

    def shown(found: re.Match[str]) -> str:
        address, sign, behind = found[0], "", ""
        if not names.addressed(address, source):  # the end of a link that it stands in: [[a|obsidian:b]]
            address, sign, behind = address.partition("]")
        thing = names.addressed(address, source)
        return f"{thing.label}{sign}{behind}" if thing else found[0]

    return _APP_ADDRESS.sub(shown, text)


def _public_markdown_links(text: str, names: PrivateNames, source: str) -> str:
    """Replace each `[text](target)`; of one whose text is not simple, what stands behind the text."""
    pieces: list[str] = []
    done = 0
    for start in _LINK_START.finditer(text):
        if start.start() < done:
            continue
        end, target = _destination(text, start.end())
        thing = private_target(target, names, source)
        if thing:
            words = "]()" if start["text"] is None else own_words(start["text"], thing, "x")
            pieces += [text[done : start.start()], words, "\n" * text.count("\n", start.start(), end)]
            done = end
    return "".join((*pieces, text[done:]))


def _destination(text: str, place: int) -> tuple[int, str]:
    """Return where the brackets end that open before a place, and the target in them."""
    read = read_destination(text, place - 1, min(place + _LONGEST_TARGET, len(text)))
    if read:
        return read[0], read[1]
    loose = _LOOSE_TARGET.match(text, place)
    return (loose.end(), loose["angled"] or loose["plain"] or "") if loose else (place, "")


def html_addresses(html: str) -> Iterator[str]:
    """Yield the addresses in HTML."""
    for tag in _TAG.finditer(html) if "<" in html else ():
        yield from (_address(found) for found in _ADDRESS.finditer(tag[0]))


def _address(found: re.Match[str]) -> str:
    value = unescape(found["value"].strip("\"'"))
    return value.partition(" ")[0] if found["name"].lower() == "srcset" else value


def public_html(html: str, names: PrivateNames, source: str) -> str:
    """Take addresses of private things out of HTML, and the text of a link that only repeats their name."""
    if "<" not in html:
        return html
    pieces: list[str] = []
    end, meant = 0, None
    for tag in _TAG.finditer(html):
        pieces.append(_between(html[end : tag.start()], meant))
        shown, meant = _public_tag(tag[0], names, source)
        pieces.append(shown)
        end = tag.end()
    pieces.append(_between(html[end:], meant))
    return "".join(pieces)


def _between(text: str, meant: PrivateThing | None) -> str:
    """The text behind a tag that led to something private."""
    if meant and only_names(unescape(text), meant):
        return text.replace(text.strip(), meant.label + "\n" * text.strip().count("\n"))
    return text


def _public_tag(tag: str, names: PrivateNames, source: str) -> tuple[str, PrivateThing | None]:
    meant: list[PrivateThing] = []

    def address(found: re.Match[str]) -> str:
        thing = private_target(_address(found), names, source)
        meant.extend([thing] if thing else [])
        return "\n" * found[0].count("\n") if thing else found[0]

    shown = _ADDRESS.sub(address, tag)

    def said(found: re.Match[str]) -> str:
        words = unescape(found["value"].strip("\"'"))
        return "\n" * found[0].count("\n") if only_names(words, meant[0]) else found[0]

    shown = _SAID.sub(said, shown) if meant else shown
    shown = public_app_addresses(public_wikilinks(shown, names, source), names, source)
    return shown, meant[0] if meant else None
