"""Summaries of the values of a column."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from notebinder.pages.bases.moments import Duration, Moment
from notebinder.pages.bases.values import Value, identity, is_empty

Summary = Callable[[Sequence[Value]], Value]


def _numbers(values: Sequence[Value]) -> list[float]:
    found = (value for value in values if isinstance(value, int | float) and not isinstance(value, bool))
    return [number for number in found if math.isfinite(number)]


def _moments(values: Sequence[Value]) -> list[Moment]:
    return sorted((value for value in values if isinstance(value, Moment)), key=lambda moment: moment.at)


def _of_numbers(summary: Callable[[Sequence[float]], float]) -> Summary:
    def of_values(values: Sequence[Value]) -> Value:
        numbers = _numbers(values)
        try:
            result = summary(numbers) if numbers else None
        except OverflowError:
            return math.inf
        is_whole = isinstance(result, float) and result.is_integer()
        return int(result) if is_whole and result is not None else result

    return of_values


OF_NUMBERS: Mapping[str, Summary] = MappingProxyType(
    {
        "mean": _of_numbers(statistics.fmean),
        "min": _of_numbers(min),
        "max": _of_numbers(max),
        "sum": _of_numbers(math.fsum),
        "median": _of_numbers(statistics.median),
        "stddev": _of_numbers(statistics.pstdev),
    }
)
"""What a list of numbers can be asked for."""


def _range(values: Sequence[Value]) -> Value:
    if moments := _moments(values):
        return Duration(0, moments[-1].milliseconds - moments[0].milliseconds)
    return _of_numbers(lambda numbers: max(numbers) - min(numbers))(values)


SUMMARIES: Mapping[str, Summary] = MappingProxyType(
    {
        "average": OF_NUMBERS["mean"],
        "min": OF_NUMBERS["min"],
        "max": OF_NUMBERS["max"],
        "sum": OF_NUMBERS["sum"],
        "range": _range,
        "median": OF_NUMBERS["median"],
        "stddev": OF_NUMBERS["stddev"],
        "earliest": lambda values: next(iter(_moments(values)), None),
        "latest": lambda values: next(reversed(_moments(values)), None),
        "checked": lambda values: sum(value is True for value in values),
        "unchecked": lambda values: sum(value is False for value in values),
        "empty": lambda values: sum(map(is_empty, values)),
        "filled": lambda values: sum(not is_empty(value) for value in values),
        "unique": lambda values: len({identity(value) for value in values if not is_empty(value)}),
    }
)
"""The summaries that every base knows, by their names in small letters."""
