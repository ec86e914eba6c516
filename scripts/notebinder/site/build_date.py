"""The date that a build is to bear: MkDocs takes it from the environment, and breaks at what is none."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator

from notebinder.base.problems import Problem, SourceLocation

_NAME = "SOURCE_DATE_EPOCH"


def drop_unreadable_date() -> Iterator[Problem]:
    """Take a date that is none out of the environment, and tell it."""
    given = os.environ.get(_NAME)
    try:
        struct.pack("<L", int(given or 0))  # as MkDocs writes it into the sitemap
    except (ValueError, struct.error):
        message = f"{given!r} is no number of seconds, so it is not used"
        yield Problem(SourceLocation(_NAME), "unread-setting", message, "write one, or nothing")
        del os.environ[_NAME]
    if given == "":
        del os.environ[_NAME]
