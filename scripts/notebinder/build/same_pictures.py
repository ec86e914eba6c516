"""Pictures of a build that show the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from notebinder.base.problems import Problem, SourceLocation
from notebinder.pages.drafts import DraftedNote
from notebinder.vault.model import Note


def same_pictures(twins: Mapping[str, str], notes: Iterable[DraftedNote]) -> Iterator[Problem]:
    """Report each picture that shows what another does, with the first place of both."""
    places: dict[str, SourceLocation] = {}
    for drafted in notes if twins else ():
        for figure in drafted.drafts.figures:
            if figure.source in twins and figure.source not in places:
                places[figure.source] = _place(drafted.layout.note, figure.source)
    for path, first in sorted(twins.items()):
        if path != first:
            message = f"{path} shows the same as {first} ({places[first]})"
            yield Problem(places[path], "same-picture", message)


def _place(note: Note, path: str) -> SourceLocation:
    name = path.rpartition("/")[2]
    lines = enumerate(note.text.split("\n"), start=1)
    return SourceLocation(note.path, next((number for number, line in lines if name in line), 0))
