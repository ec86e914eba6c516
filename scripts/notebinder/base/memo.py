"""Keep what a build made, so that the next one of a session makes nothing again from the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar, TypeVarTuple

T = TypeVar("T")
Given = TypeVarTuple("Given")


class Memo:
    """What functions made of what they were given; nobody may change either."""

    def __init__(self, before: Mapping[str, tuple[tuple[Any, ...], Any]] = MappingProxyType({})) -> None:
        self._before = before
        self._now: dict[str, tuple[tuple[Any, ...], Any]] = {}

    def __call__(self, make: Callable[[*Given], T], *given: *Given, name: str = "") -> T:
        """Return what a function makes; `name` tells apart two calls of the same one within a build."""
        key = f"{make.__module__}.{make.__qualname__} {name}"
        known = self._before.get(key)
        made: T = known[1] if known and known[0] == given else make(*given)
        self._now[key] = given, made
        return made

    def improve(self, make: Callable[[T | None], T], name: str) -> T:
        """Return what a function makes of what it made in the build before."""
        made = make(self._before[name][1] if name in self._before else None)
        self._now[name] = (), made
        return made

    def next(self) -> Memo:
        """Return the memo that the next build starts with."""
        return Memo(self._now)

    def __reduce__(self) -> tuple[type[Memo], tuple[()]]:
        """Go into no cache on disk: what is made anew in a second needs no space there."""
        return Memo, ()
