"""While serving, what cannot be read just now stays as it was when it could: its author is still typing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from notebinder.base.problems import Problem
from notebinder.vault.plan import read_plan
from notebinder.vault.reading import Vault

MISREAD = frozenset(("unreadable-properties", "unreadable-plan"))
"""The codes of what keeps a note or a plan as it was."""


@dataclass(frozen=True, slots=True)
class LastGood:
    """A vault in which all can be read that ever could."""

    vault: Vault
    """What is to be converted."""
    readable: Vault
    """Of that, the notes and plans that could be read: what the next build may go back to."""
    problems: tuple[Problem, ...] = ()
    """Of plans that are not what they were; the reading of notes has told theirs."""


def last_good(found: Vault, unreadable: Sequence[Problem], before: Vault | None) -> LastGood:
    """Take notes and plans that cannot be read from the build before, where it could read them."""
    misread = {problem.location.path for problem in unreadable if problem.code in MISREAD}
    kept = {path: before.notes[path] for path in misread if before and path in before.notes}
    notes = {path: kept.get(path, note) for path, note in found.notes.items()} if kept else found.notes
    plans, readable, faults = dict(found.plans), dict(found.plans), list[Problem]()
    for path, text in found.plans.items():
        known = before.plans.get(path) if before else None
        wrong = () if text == known else read_plan(text, path)[1]
        if wrong and known is not None:
            plans[path] = readable[path] = known
            faults += wrong
        elif wrong:
            del readable[path]
    good = {path: note for path, note in notes.items() if path not in misread or path in kept}
    vault = replace(found, notes=notes, plans=plans)
    return LastGood(vault, replace(vault, notes=good, plans=readable), tuple(faults))
