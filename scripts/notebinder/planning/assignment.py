"""Place all parts at once: each by its own evidence and by its neighbours'. Pure arithmetic.

The parts of a note are a chain. Forward-backward sums over all ways to place the whole chain, so that what is
certain at one part helps its neighbours on both sides, and each placing comes with its probability.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import median

from notebinder.planning.material import Material


@dataclass(frozen=True, slots=True)
class Pull:
    """How much neighbours agree, as log-odds."""

    same_entry: float = 1.2
    """Neighbours of one entry agree, ..."""
    same_class: float = 1.5
    """... the more where the entry names a class of things, each of which has a name of its own, ..."""
    enter_class: float = -1.5
    """... but which stand together: none comes behind parts of another entry."""
    no_entry: float = 0.8
    """Neighbours without an entry agree less: they may be about different things."""
    pause: float = 1.0
    """A pause e times shorter than usual speaks for one topic this much, a longer one against it ..."""
    longest_pause: float = 1.3
    """... up to this limit."""
    text: float = 2.0
    """A text of the author goes on with what stands above it, and a bare heading stands for what is below."""
    skip: float = -0.6
    """Leaving out entries of the outline, ..."""
    back: float = -1.0
    """... or going back in it, happens less often than going on to the next."""
    introduce_late: float = -3.0
    """A part that introduces the note seldom stands behind one that does not."""
    introduce_first: float = 1.0
    """What stands first often introduces the note, ..."""
    first_entry_missing: float = -6.0
    """... but not where the outline's first entries are missing: then it belongs to those."""


_USUAL_PAUSE = 273.0
"""Seconds that speak neither way: the mean, in logarithms, of 148 within a topic and 503 at a change."""
_ABOVE_THE_MEDIAN = 1.6
_FEWEST_PAUSES = 5


def place_all(
    weights: Sequence[Sequence[float]],
    materials: Sequence[Material],
    *,
    classes: Collection[int] = (),
    begins_late: bool,
    pull: Pull,
) -> list[list[float]]:
    """Return for each part the probability of each place.

    The places are the entries in order, then "no entry", then "introduces the note"; `classes` are those of
    entries that name a class. `begins_late` says that the outline's first entries are missing, so that what
    stands first need not introduce the note.
    """
    if not weights:
        return []
    places = len(weights[0])
    start = [0.0] * places
    start[-1] = pull.first_entry_missing if begins_late else pull.introduce_first
    steps = [_step(places, classes, agreement, pull) for agreement in _agreements(materials, pull)]
    forward = [_added(start, weights[0])]
    for step, own in zip(steps, weights[1:], strict=True):
        forward.append(
            _added(own, [_log_sum(_added(forward[-1], column)) for column in zip(*step, strict=True)])
        )
    backward = [[0.0] * places]
    for step, own in zip(reversed(steps), reversed(weights[1:]), strict=True):
        ahead = _added(own, backward[0])
        backward.insert(0, [_log_sum(_added(row, ahead)) for row in step])
    total = _log_sum(forward[-1])
    return [
        [math.exp(a + b - total) for a, b in zip(one, other, strict=True)]
        for one, other in zip(forward, backward, strict=True)
    ]


def _step(places: int, classes: Collection[int], agreement: float, pull: Pull) -> list[list[float]]:
    """The log-odds of each place for a part (column) by its predecessor's (row)."""
    no_entry, introduction = places - 2, places - 1
    table = [[0.0] * places for _ in range(places)]
    for row in range(places):
        for column in range(places):
            if row == column:
                table[row][column] = agreement + (pull.no_entry if row == no_entry else pull.same_entry)
                table[row][column] += pull.same_class if row in classes else 0.0
            elif column in classes:
                table[row][column] = pull.enter_class
            elif column == introduction:
                table[row][column] = pull.introduce_late
            elif row < no_entry and column < no_entry and column != row + 1:
                table[row][column] = pull.skip if column > row else pull.back
    return table


def _agreements(materials: Sequence[Material], pull: Pull) -> Iterator[float]:
    """What each step from part to part says for one topic, by the pause between their captures."""
    usual = _usual_pause(materials)
    last: datetime | None = None
    for before, after in pairwise(materials):
        last = before.captured or last
        if before.opens_a_section:
            yield pull.text
        elif after.opens_a_section:
            yield 0.0
        elif after.captured and last:
            seconds = (after.captured - last).total_seconds()
            ratio = math.log(usual / seconds) if seconds > 0 else -pull.longest_pause
            yield pull.pause * max(-pull.longest_pause, min(pull.longest_pause, ratio))
        else:
            yield 0.0 if after.part.embed else pull.text


def _usual_pause(materials: Sequence[Material]) -> float:
    """The pause that speaks neither way, by the author's own pace where there is enough to tell."""
    times = [material.captured for material in materials if material.captured]
    pauses = [(after - before).total_seconds() for before, after in pairwise(times) if after > before]
    if len(pauses) < _FEWEST_PAUSES:
        return _USUAL_PAUSE
    return min(3600.0, max(60.0, _ABOVE_THE_MEDIAN * median(pauses)))


def _added(one: Iterable[float], other: Iterable[float]) -> list[float]:
    return [a + b for a, b in zip(one, other, strict=True)]


def _log_sum(values: Sequence[float]) -> float:
    """The logarithm of the sum of what these are the logarithms of."""
    most = max(values)
    return most + math.log(sum(math.exp(value - most) for value in values))
