"""Dates and durations of a base: read, moved, and written as Moment.js writes them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from notebinder.base.words import Words

_DATE = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?"
    r"(?:[T ]+(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.(?P<part>\d{1,6})\d*)?)?"
    r"(?:\s*(?:Z|[-+]\d\d:?\d\d))?)?"
)
_WHOLE_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[-+]\d\d:?\d\d)?)?")
_DURATION = re.compile(r"\s*(?P<number>[-+]?\s*\d+(?:\.\d+)?)\s*(?P<unit>[A-Za-z]+)[\s,]*")
_UNITS = {
    **dict.fromkeys(("y", "year", "years"), ("months", 12)),
    **dict.fromkeys(("M", "month", "months"), ("months", 1)),
    **dict.fromkeys(("d", "day", "days"), ("milliseconds", 86_400_000)),
    **dict.fromkeys(("w", "week", "weeks"), ("milliseconds", 604_800_000)),
    **dict.fromkeys(("h", "hour", "hours"), ("milliseconds", 3_600_000)),
    **dict.fromkeys(("m", "minute", "minutes"), ("milliseconds", 60_000)),
    **dict.fromkeys(("s", "second", "seconds"), ("milliseconds", 1_000)),
}
_MONTH = 2_629_746_000
"""Milliseconds of a month, where no date says of which."""
_DAY = 86_400_000
_EPOCH = datetime(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, or a day with a time."""

    at: datetime
    has_time: bool = True

    def __str__(self) -> str:
        shape = "%Y-%m-%dT%H:%M:%S" if self.has_time else "%Y-%m-%d"
        return f"{self.at.year:04}{self.at.strftime(shape[2:])}"

    @property
    def milliseconds(self) -> int:
        """Milliseconds since 1970."""
        return (self.at - _EPOCH) // timedelta(milliseconds=1)

    def moved(self, by: Duration) -> Moment:
        """Return the moment that lies a duration later; the last day of a month stays within it."""
        month = self.at.month - 1 + round(by.months)
        year, month = self.at.year + month // 12, month % 12 + 1
        if not 1 <= year <= 9999:
            raise OverflowError("the year has more than four digits")
        day = min(self.at.day, calendar.monthrange(year, month)[1])
        at = self.at.replace(year=year, month=month, day=day) + timedelta(milliseconds=by.milliseconds)
        return Moment(at, self.has_time or bool(by.milliseconds % _DAY))


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time: months are as long as the calendar has them."""

    months: float = 0
    milliseconds: float = 0

    @property
    def total(self) -> float:
        """Its milliseconds, with months of the usual length."""
        return self.months * _MONTH + self.milliseconds

    def times(self, factor: float) -> Duration:
        """Return a multiple of it."""
        return Duration(self.months * factor, self.milliseconds * factor)

    def plus(self, other: Duration) -> Duration:
        """Return both together."""
        return Duration(self.months + other.months, self.milliseconds + other.milliseconds)


class Milliseconds(float):
    """The time between two moments: a number that can be asked for its days."""


def read_moment(text: str) -> Moment | None:
    """Return the moment that a text says, or None.

    >>> str(read_moment("2024-12-01 10:30"))
    '2024-12-01T10:30:00'
    """
    found = _DATE.fullmatch(text.strip())
    if not found:
        return None
    year, month, day = (int(found[name] or 1) for name in ("year", "month", "day"))
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    part = int((found["part"] or "0").ljust(6, "0"))
    try:
        return Moment(datetime(year, month, day, hour, minute, second, part), found["hour"] is not None)
    except ValueError:
        return None


def property_moment(text: str) -> Moment | None:
    """Return the moment that a property holds, if it is typed in full; any other text is one."""
    return read_moment(text) if _WHOLE_DATE.fullmatch(text) else None


def read_duration(text: str) -> Duration | None:
    """Return the duration that a text says, or None.

    >>> read_duration("1 year 2d")
    Duration(months=12.0, milliseconds=172800000.0)
    """
    place, found = 0, Duration()
    while place < len(text):
        part = _DURATION.match(text, place)
        if not part:
            return None
        unit = _UNITS.get(part["unit"]) or _UNITS.get(part["unit"].lower())
        if not unit:
            return None
        found = found.plus(Duration(**{unit[0]: float(part["number"].replace(" ", "")) * unit[1]}))
        place = part.end()
    return found if text.strip() else None


def _hour_of_twelve(at: datetime) -> int:
    return (at.hour - 1) % 12 + 1


_TOKENS: Mapping[str, Callable[[datetime, Words], str]] = MappingProxyType(
    {
        "YYYY": lambda at, _: f"{at.year:04}",
        "GGGG": lambda at, _: f"{at.isocalendar().year:04}",
        "gggg": lambda at, _: f"{at.isocalendar().year:04}",
        "YY": lambda at, _: f"{at.year % 100:02}",
        "Qo": lambda at, _: _ordinal((at.month + 2) // 3),
        "Q": lambda at, _: str((at.month + 2) // 3),
        "MMMM": lambda at, say: say.formatted(at, "LLLL"),
        "MMM": lambda at, say: say.formatted(at, "LLL"),
        "MM": lambda at, _: f"{at.month:02}",
        "Mo": lambda at, _: _ordinal(at.month),
        "M": lambda at, _: str(at.month),
        "DDDD": lambda at, _: f"{at.timetuple().tm_yday:03}",
        "DDD": lambda at, _: str(at.timetuple().tm_yday),
        "DD": lambda at, _: f"{at.day:02}",
        "Do": lambda at, _: _ordinal(at.day),
        "D": lambda at, _: str(at.day),
        "dddd": lambda at, say: say.formatted(at, "cccc"),
        "ddd": lambda at, say: say.formatted(at, "ccc"),
        "dd": lambda at, say: say.formatted(at, "ccc")[:2],
        "d": lambda at, _: str(at.isoweekday() % 7),
        "E": lambda at, _: str(at.isoweekday()),
        "WW": lambda at, _: f"{at.isocalendar().week:02}",
        "ww": lambda at, _: f"{at.isocalendar().week:02}",
        "W": lambda at, _: str(at.isocalendar().week),
        "w": lambda at, _: str(at.isocalendar().week),
        "HH": lambda at, _: f"{at.hour:02}",
        "H": lambda at, _: str(at.hour),
        "hh": lambda at, _: f"{_hour_of_twelve(at):02}",
        "h": lambda at, _: str(_hour_of_twelve(at)),
        "mm": lambda at, _: f"{at.minute:02}",
        "m": lambda at, _: str(at.minute),
        "ss": lambda at, _: f"{at.second:02}",
        "s": lambda at, _: str(at.second),
        "SSS": lambda at, _: f"{at.microsecond // 1000:03}",
        "A": lambda at, _: "PM" if at.hour >= 12 else "AM",
        "a": lambda at, _: "pm" if at.hour >= 12 else "am",
        "X": lambda at, _: str((at - _EPOCH) // timedelta(seconds=1)),
        "x": lambda at, _: str(Moment(at).milliseconds),
        "LLL": lambda at, say: say.moment(at),
        "LL": lambda at, say: say.period([at]),
        "LT": lambda at, _: f"{at:%H:%M}",
        "L": lambda at, _: f"{at.year:04}-{at.month:02}-{at.day:02}",
    }
)
"""What each token of a format writes."""
_FORMAT = re.compile(
    rf"\[(?P<literal>[^\]]*)\]|(?P<token>{'|'.join(sorted(_TOKENS, key=len, reverse=True))})"
)


def formatted(moment: Moment, shape: str, say: Words) -> str:
    """Write a moment in a format of Moment.js.

    >>> formatted(Moment(datetime(2025, 5, 27)), "dddd, D MMM YYYY [at] HH:mm", Words())
    'Tuesday, 27 May 2025 at 00:00'
    """

    def piece(found: re.Match[str]) -> str:
        literal = found["literal"]
        return literal if literal is not None else _TOKENS[found["token"]](moment.at, say)

    return _FORMAT.sub(piece, shape)


def _ordinal(number: int) -> str:
    last = number % 10 if number % 100 not in (11, 12, 13) else 0
    return f"{number}{('th', 'st', 'nd', 'rd')[last] if last < 4 else 'th'}"
