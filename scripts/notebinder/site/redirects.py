"""Addresses live for ever: the committed list of those that a site has had, and where each one leads now.

`addresses.yml` stands beside `mkdocs.yml`. `notebinder redirects` keeps it: it adds the pages of today, and
where a page is gone it looks for the one that took its place. The author corrects it, git remembers it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field

import yaml
from rapidfuzz import fuzz

from notebinder.base.problems import NotebinderError, Problem, SourceLocation
from notebinder.base.words import ENGLISH, Words
from notebinder.pages.redirect_page import redirect_page
from notebinder.vault.model import name_of

ADDRESSES = "addresses.yml"
"""The list's file."""

_GONE = "gone"
_ALWAYS_THERE = ("404.html", "_headers", "sitemap.xml", "sitemap.xml.gz")
_ALIKE = 85
"""How alike two titles must be, in percent, to be the same page retitled."""

_HEADER = """\
# Every address that this site has had, so that no link to it ever breaks. `notebinder redirects` keeps it.
# Where a page is gone, the right side names the address that took its place; write `gone` if none did.
"""


class AddressesError(NotebinderError):
    """A list of addresses that cannot be read."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"{ADDRESSES}: {reason}")


@dataclass(frozen=True, slots=True)
class LivePage:
    """A page that the site has."""

    title: str
    note: str = ""
    """The note that it was made from; empty for a hand-written page."""


@dataclass(frozen=True, slots=True)
class AddressList:
    """The list: each address once, as a page that was there when it was last kept, or as a redirect."""

    pages: Mapping[str, LivePage] = field(default_factory=dict)
    redirects: Mapping[str, str] = field(default_factory=dict)
    """Old address -> new address, or `gone`."""


def read_list(text: str) -> AddressList:
    """Read the list, or raise `AddressesError`."""
    try:
        data = yaml.safe_load(text) or {}
        pages = {_read(address): _read_page(about) for address, about in (data.get("pages") or {}).items()}
        redirects = {_read(old): _read(new) for old, new in (data.get("redirects") or {}).items()}
    except (yaml.YAMLError, AttributeError, TypeError, ValueError, RecursionError) as error:
        raise AddressesError(f"cannot be read: {error}; `git restore {ADDRESSES}` brings it back") from error
    leaving = next((address for address in (*pages, *redirects) if not _is_within(address)), None)
    if leaving is not None:
        raise AddressesError(f"{_shown(leaving)} leads out of the site; correct the address")
    return AddressList(pages, redirects)


def write_list(addresses: AddressList) -> str:
    """Write the list as a file."""
    pages = {
        _shown(address): {"title": page.title, **({"note": page.note} if page.note else {})}
        for address, page in sorted(addresses.pages.items())
    }
    redirects = {_shown(old): _shown(new) for old, new in sorted(addresses.redirects.items())}
    data = {"pages": pages, "redirects": redirects}
    return _HEADER + yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=4096)


def keep_list(
    old: AddressList,
    live: Mapping[str, LivePage],
    renamed: Mapping[str, str] | None = None,
    private: Container[str] = (),
) -> AddressList:
    """Bring the list up to date.

    An address whose page is gone, and for which nothing is found, stays among the pages: it is a lost one.

    Args:
        old: the list as it was.
        live: the pages of today by their address.
        renamed: the new path of each note that was renamed, by its old one.
        private: notes that are not published any more; their addresses lead nowhere, and are meant to.
    """
    lost = {address: page for address, page in old.pages.items() if address not in live}
    shelves = _Shelves(live)
    found = {
        address: _GONE if page.note in private else _successor(page, shelves, renamed or {})
        for address, page in lost.items()
    }
    redirects = {address: new for address, new in old.redirects.items() if address not in live}
    return AddressList(
        pages={**{address: page for address, page in lost.items() if found[address] is None}, **live},
        redirects={**redirects, **{address: new for address, new in found.items() if new is not None}},
    )


def check_list(
    addresses: AddressList, live: Mapping[str, LivePage], private: Container[str] = ()
) -> tuple[Problem, ...]:
    """Find the addresses that were live and now lead nowhere, and pages that the list does not know yet.

    That an address of a private note leads nowhere is as it should be.
    """
    return (*_lost(addresses, live, private), *_unlisted(addresses, live))


def redirect_files(
    addresses: AddressList, live: Mapping[str, LivePage], say: Words = ENGLISH
) -> dict[str, bytes]:
    """Return the HTML file for each address that leads on, by its path on the site."""
    return {
        f"{address}index.html": redirect_page(address, end, live[end].title, say)
        for address, end in _ends(addresses, live).items()
        if end in live
    }


def without_files_in_the_way(redirects: Mapping[str, bytes], there: Iterable[str]) -> dict[str, bytes]:
    """Return the redirects whose folders are no files of the site.

    >>> without_files_in_the_way({"a.js/index.html": b"", "b/index.html": b""}, ["a.js", "b.js"])
    {'b/index.html': b''}
    """
    files = {*there, *_ALWAYS_THERE}
    return {path: page for path, page in redirects.items() if not files & _folders(path)}


def _folders(path: str) -> set[str]:
    parts = path.split("/")
    return {"/".join(parts[:end]) for end in range(1, len(parts))}


def _read(address: object) -> str:
    """Addresses stand with a slash before them in the file, and without one in here."""
    return str(address).lstrip("/")


def _is_within(address: str) -> bool:
    """Whether a file for an address stands in the site's folder, on any system."""
    parts = address.removesuffix("/").split("/")
    return not any(part in (".", "..") or set(part) & set("\\:\0") for part in parts)


def _shown(address: str) -> str:
    return address if address == _GONE else f"/{address}"


def _read_page(about: Mapping[str, str]) -> LivePage:
    return LivePage(str(about.get("title", "")), str(about.get("note", "")))


class _Shelves:
    """The addresses of the pages of today by their note, by their title, and by both."""

    def __init__(self, live: Mapping[str, LivePage]) -> None:
        self.by_note = defaultdict[str, list[str]](list)
        self.by_title = defaultdict[str, list[str]](list)
        self.by_both = defaultdict[tuple[str, str], list[str]](list)
        self.live = live
        for address, page in live.items():
            self.by_note[page.note].append(address)
            self.by_title[page.title].append(address)
            self.by_both[page.note, page.title].append(address)


def _successor(page: LivePage, shelves: _Shelves, renamed: Mapping[str, str]) -> str | None:
    """Return the address of the one page that took a page's place, if there is one."""
    note, own_name = renamed.get(page.note, page.note), name_of(page.note)
    renames = (
        shelves.by_both[note, page.title],
        [address for address in shelves.by_note[note] if _alike(page, shelves.live[address])] if note else [],
        # What was called after its note is called after it again when the note has a new name.
        shelves.by_both[note, name_of(note)] if note != page.note and page.title == own_name else [],
        shelves.by_title[page.title],
    )
    return next((candidates[0] for candidates in renames if len(candidates) == 1), None)


def _alike(page: LivePage, other: LivePage) -> bool:
    return fuzz.ratio(page.title.casefold(), other.title.casefold()) >= _ALIKE


def _lost(addresses: AddressList, live: Mapping[str, LivePage], private: Container[str]) -> Iterable[Problem]:
    ends = _ends(addresses, live)
    known = [*addresses.pages, *(old for old, new in addresses.redirects.items() if new != _GONE)]
    for address in sorted(known):
        end = ends.get(address, address)
        page = addresses.pages.get(end)
        is_meant = end == _GONE or (page is not None and page.note in private)
        if end not in live and not is_meant:
            message = f"{_shown(address)} was live and leads nowhere now"
            hint = f"run `notebinder redirects`, or write its new address (or `{_GONE}`) under `redirects:`"
            yield Problem(SourceLocation(ADDRESSES), "lost-address", message, hint)


def _unlisted(addresses: AddressList, live: Mapping[str, LivePage]) -> Iterable[Problem]:
    new = [address for address in sorted(live) if address not in addresses.pages]
    if new:
        count = f"{len(new)} page{'' if len(new) == 1 else 's'}"
        message = f"{count} not listed yet, such as {_shown(new[0])}"
        hint = "run `notebinder redirects` before you publish, and commit the list"
        yield Problem(SourceLocation(ADDRESSES), "unlisted-address", message, hint)


def _ends(addresses: AddressList, live: Container[str]) -> dict[str, str]:
    """Return where each redirect leads in the end: to a page that is there, to nothing, or round."""
    ends: dict[str, str] = {}
    for start in addresses.redirects:
        address, way = start, dict[str, None]()
        while address in addresses.redirects and not (address in live or address in ends or address in way):
            way[address] = None
            address = addresses.redirects[address]
        ends |= dict.fromkeys(way, ends.get(address, address))
    return ends
