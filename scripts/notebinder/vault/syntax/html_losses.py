"""What HTML of authors loses when it is cleaned, so that nothing goes without a word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from notebinder.vault.syntax.html_rules import ALLOWED, ATTRIBUTES
from notebinder.vault.syntax.sanitising import is_kept
from notebinder.vault.syntax.schemes import ALWAYS, is_allowed, is_elsewhere, is_picture, scheme_of
from notebinder.vault.syntax.tag_reader import TagReader

_LINKING = frozenset(["href", "xlink:href"])
_LOADING = frozenset(["src", "poster"])
_ON_A_CLICK = frozenset(["img", "video", "audio", "iframe"])
"""Elements that load something of another site when a reader asks for it."""
_PLAYERS = frozenset(["video", "audio"])
_UNSEEN = frozenset(["html", "head", "body", "desc", "metadata"])
"""Elements that show nothing themselves."""
_UNSEEN_ATTRIBUTES = frozenset(
    """
    target rel role tabindex loading decoding fetchpriority referrerpolicy crossorigin allow frameborder
    scrolling autoplay playsinline sizes media type version xmlns translate spellcheck contenteditable sandbox
    alt name download ping allowtransparency
    """.split()  # noqa: SIM905  as the tables of what HTML may hold
)
_UNSEEN_PREFIXES = ("data-", "aria-", "xmlns:", "xml:")
"""Attributes without which a page shows the same."""
_ATTRIBUTES = {
    element: {name.lower() for name in ATTRIBUTES["*"] | ATTRIBUTES.get(element, frozenset())}
    for element in ALLOWED
}


@dataclass(frozen=True, slots=True)
class Loss:
    """An element that the page does not have, or has without an address."""

    line: int
    """How many lines below the first it stands."""
    element: str
    part: str = ""
    """The attribute that goes, or of which something goes; empty where the element itself does."""
    address: str = ""
    """The address there if no element may have it."""
    is_elsewhere: bool = False
    """Whether there is an address of another site that only this element may not load by itself."""


@lru_cache(maxsize=4096)
def html_losses(source: str, schemes: frozenset[str], known: frozenset[str]) -> tuple[Loss, ...]:
    """Return what a piece of HTML loses, in its order; what is not among the known elements is text.

    >>> html_losses("<p>a\\n<b onclick='x'>b</b>", frozenset(), frozenset("pb"))
    (Loss(line=1, element='b', part='onclick', address='', is_elsewhere=False),)
    """
    reader = _LossReader()
    reader.schemes, reader.known = schemes, known
    reader.feed(source)
    reader.close()
    return tuple(reader.found)


class _LossReader(TagReader):
    def __init__(self) -> None:
        super().__init__()
        self.schemes: frozenset[str] = frozenset()
        self.known: frozenset[str] = frozenset()
        self.shown: set[str] = set()
        """The names of what is no element and stands open as text."""
        self.found: list[Loss] = []
        self.player: list[tuple[bool, list[Loss]]] | None = None
        """Of the player that stands open: whether each of its sources is of the vault, and what it loses."""

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        line = self.getpos()[0] - 1
        if tag not in self.known:
            self.shown.add(tag)
            return
        if tag not in ALLOWED or _is_left_out(tag, dict(attrs)):
            self.found += () if tag in _UNSEEN else (Loss(line, tag),)
            return
        losses = [loss for name, value in attrs if (loss := self._loss_of(line, tag, name, value or ""))]
        source = dict(attrs).get("src") or ""
        if tag == "source" and self.player is not None:
            self.player.append((not is_elsewhere(source), losses))
            return
        self.found += losses
        if tag in _PLAYERS:
            self.player = [(True, [])] if source and not is_elsewhere(source) else []

    def handle_endtag(self, tag: str) -> None:
        if tag in _PLAYERS:
            self._end_player()
        elif tag not in self.known | self.shown:
            self.found.append(Loss(self.getpos()[0] - 1, f"/{tag}"))

    def close(self) -> None:
        super().close()
        self._end_player()

    def _end_player(self) -> None:
        """Tell what its sources lose, unless all are of other sites: such a film is shown as a box."""
        sources, self.player = self.player or [], None
        if any(is_own for is_own, _ in sources):
            self.found += (loss for _, losses in sources for loss in losses)

    def _loss_of(self, line: int, tag: str, name: str, value: str) -> Loss | None:
        """Return what becomes of an attribute, if it does not stay."""
        if name in _LINKING | _LOADING:
            if not value or (tag == "img" and is_picture(value)):
                return None
            if not self._may_lead(name, value):
                return Loss(line, tag, name, value)
            return (
                Loss(line, tag, name, is_elsewhere=True) if self._loads_by_itself(tag, name, value) else None
            )
        if name.startswith(_UNSEEN_PREFIXES) or name in _UNSEEN_ATTRIBUTES:
            return None
        has_it = name in _ATTRIBUTES[tag]
        return None if has_it and is_kept(tag, name, value) else Loss(line, tag, name)

    handle_startendtag = handle_starttag

    def handle_decl(self, _decl: str) -> None:
        self.found.append(Loss(self.getpos()[0] - 1, "!..."))

    def handle_pi(self, _data: str) -> None:
        self.found.append(Loss(self.getpos()[0] - 1, "?..."))

    def _may_lead(self, name: str, address: str) -> bool:
        is_loadable = name in _LINKING or scheme_of(address) in ("", *ALWAYS)
        return is_loadable and is_allowed(address, self.schemes)

    def _loads_by_itself(self, tag: str, name: str, address: str) -> bool:
        is_asked_for = tag in _ON_A_CLICK and name == "src"
        return name in _LOADING and scheme_of(address) in ALWAYS and not is_asked_for


def _is_left_out(tag: str, attributes: Mapping[str, str | None]) -> bool:
    """Tell whether an element that may stand on a page goes for what it is here."""
    if tag == "input":
        return (attributes.get("type") or "").lower() != "checkbox"
    return tag == "iframe" and not attributes.get("src")
