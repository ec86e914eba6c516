"""Read from a file's name when it was captured. Opens no file: copies and clones lose their times."""

from __future__ import annotations

import re
from datetime import datetime

# Pasted image 20241211175933.png, Screenshot 2024-12-11 at 5.59.33 PM.png, IMG_20241211_175933.jpg
_CAPTURED = re.compile(
    r"""
    (?<![0-9])
    (?P<year>(?:19|20)[0-9]{2}) (?P<dash>[-._]?) (?P<month>[0-9]{2}) (?P=dash) (?P<day>[0-9]{2})
    (?:[\s_T,-]|(?:\ [^\W\d]{1,3}){1,2}\ )?               # nothing, "_", " at ", " um ", " a las "
    (?P<hour>[0-9]{1,2}) (?P<dot>[-._:h]?) (?P<minute>[0-9]{2}) (?:(?P=dot)(?P<second>[0-9]{2}))?
    (?:[0-9]{3})?                                         # PXL_20241211_175933123.jpg: milliseconds
    (?:\s?(?P<half>[AaPp])[Mm]\b)?                        # macOS puts a narrow space before it
    (?![0-9])
    """,
    re.VERBOSE,
)


def capture_time(name: str) -> datetime | None:
    """Return the moment that a file's name tells, as the author's clock showed it.

    >>> capture_time("Pasted image 20241211175933.png")
    datetime.datetime(2024, 12, 11, 17, 59, 33)
    """
    return next(filter(None, map(_moment, _CAPTURED.finditer(name))), None)


def _moment(found: re.Match[str]) -> datetime | None:
    if not found["dot"] and (found["second"] is None or len(found["hour"]) == 1):
        return None  # "2024-12-11 1920x1080" is a size, "2024-12-11 105" a number
    year, month, day, hour, minute = map(int, found.group("year", "month", "day", "hour", "minute"))
    if found["half"]:
        hour = hour % 12 + 12 * (found["half"] in "Pp")
    try:
        return datetime(year, month, day, hour, minute, int(found["second"] or 0))
    except ValueError:
        return None
