"""What HTML of authors loses when it is cleaned, so that nothing goes without a word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from notebinder.syntax.html_rules import HIDDEN
from notebinder.syntax.schemes import ALWAYS, is_allowed, is_picture, scheme_of
from notebinder.syntax.tag_reader import TagReader

_LINKING = frozenset(["href", "xlink:href"])
_LOADING = frozenset(["src", "poster"])
_ON_A_CLICK = frozenset(["img", "video", "audio", "iframe"])
"""Elements that load something of another site when a reader asks for it."""
_REMOVED = HIDDEN | {"form"}


@dataclass(frozen=True, slots=True)
class Loss:
    """An element that the page does not have, or has without an address."""

    line: int
    """How many lines below the first it stands."""
    element: str
    part: str = ""
    """The attribute that goes; empty where the element itself does."""
    address: str = ""
    """The address there if no element may have it; empty if only this one may not load it by itself."""


@lru_cache(maxsize=4096)
def html_losses(source: str, schemes: frozenset[str]) -> tuple[Loss, ...]:
    """Return what a piece of HTML loses, in its order.

    >>> html_losses("<p>a\\n<a href='javascript:x'>b</a>", frozenset())
    (Loss(line=1, element='a', part='href', address='javascript:x'),)
    """
    reader = _LossReader()
    reader.schemes = schemes
    reader.feed(source)
    reader.close()
    return tuple(reader.found)


class _LossReader(TagReader):
    def __init__(self) -> None:
        super().__init__()
        self.schemes: frozenset[str] = frozenset()
        self.found: list[Loss] = []
        self.is_in_player = False
        """Whether a player stands before, whose sources a page has."""

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        line = self.getpos()[0] - 1
        self.is_in_player = self.is_in_player or tag in ("audio", "video")
        if tag in _REMOVED:
            self.found.append(Loss(line, tag))
            return
        for name, address in attrs:
            if not address or name not in _LINKING | _LOADING or (tag == "img" and is_picture(address)):
                continue
            if not self._may_lead(name, address):
                self.found.append(Loss(line, tag, name, address))
            elif self._loads_by_itself(tag, name, address):
                self.found.append(Loss(line, tag, name))

    handle_startendtag = handle_starttag

    def handle_decl(self, _decl: str) -> None:
        self.found.append(Loss(self.getpos()[0] - 1, "!..."))

    def handle_pi(self, _data: str) -> None:
        self.found.append(Loss(self.getpos()[0] - 1, "?..."))

    def _may_lead(self, name: str, address: str) -> bool:
        is_loadable = name in _LINKING or scheme_of(address) in ("", *ALWAYS)
        return is_loadable and is_allowed(address, self.schemes)

    def _loads_by_itself(self, tag: str, name: str, address: str) -> bool:
        is_asked_for = (tag in _ON_A_CLICK and name == "src") or (tag == "source" and self.is_in_player)
        return name in _LOADING and scheme_of(address) in ALWAYS and not is_asked_for
