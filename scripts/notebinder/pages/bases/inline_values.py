"""Read inline code that stands for a value: `= this.x` of Dataview, `VIEW[{x}]` and the like of Meta Bind."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from notebinder.pages.bases.dataview import bases_expression

_BIND = re.compile(r"\{(?P<name>[^{}]*)\}")
_INPUT = re.compile(r"INPUT\[(?P<inner>.*)\](?:\[[^\]]*\])?", re.DOTALL)
_VIEW = re.compile(r"VIEW\[(?P<inner>.*?)\](?:\[(?P<kind>[^\]]*)\])?", re.DOTALL)
_BUTTON = re.compile(r"BUTTON\[[^\]]*\]")
_DATAVIEW = re.compile(r"=(?!=)\s*(?P<asked>(?=[^\n]*(?:\bthis\b|\[\[)).+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class InlineValue:
    """What a piece of inline code shows in the app: texts, and the values of expressions among them."""

    pieces: tuple[tuple[str, bool], ...]
    """Each with whether it is an expression."""


def read_inline_value(code: str) -> InlineValue | None:
    """Return what a piece of inline code shows with Dataview or Meta Bind; None for any other code.

    >>> read_inline_value("= this.due-date").pieces, read_inline_value("VIEW[a {b}]").pieces
    ((('this["due-date"]', True),), (('a ', False), ('note["b"]', True)))
    """
    code = code.strip()
    if found := _DATAVIEW.fullmatch(code):
        return InlineValue(((bases_expression(found["asked"]), True),))
    if _BUTTON.fullmatch(code):
        return InlineValue(())
    if found := _INPUT.fullmatch(code):
        target = _target(found["inner"])
        return InlineValue(((_bound(target), True),) if target else ())
    if found := _VIEW.fullmatch(code):
        return InlineValue(tuple(_viewed(found["inner"], found["kind"] or "")))
    return None


def _target(inner: str) -> str:
    """Return the property that an input writes to: what stands behind its last colon outside of brackets."""
    depth, place = 0, -1
    for at, char in enumerate(inner):
        depth += (char in "([{") - (char in ")]}")
        place = at if char == ":" and depth == 0 else place
    return inner[place + 1 :].strip() if place >= 0 else ""


def _bound(target: str) -> str:
    """Return the expression for `property`, `note#property` and `property.part`."""
    note, _, name = target.rpartition("#")
    first, *rest = re.split(r"\.|(?=\[)", name.strip().strip('"'))
    of = f"file({json.dumps(note.strip())}).properties" if note.strip() else "note"
    parts = "".join(part if part.startswith("[") else f"[{json.dumps(part)}]" for part in rest if part)
    return f"{of}[{json.dumps(first)}]{parts}"


def _viewed(inner: str, kind: str) -> Iterator[tuple[str, bool]]:
    if kind.strip().lower().startswith("math"):
        yield _BIND.sub(lambda found: f"({_bound(found['name'])})", inner), True
        return
    if kind.strip().lower() in ("link", "image") and (whole := _BIND.fullmatch(inner.strip())):
        yield f"{kind.strip().lower()}({_bound(whole['name'])})", True
        return
    place = 0
    for found in _BIND.finditer(inner):
        if found.start() > place:
            yield inner[place : found.start()], False
        yield _bound(found["name"]), True
        place = found.end()
    if inner[place:]:
        yield inner[place:], False
