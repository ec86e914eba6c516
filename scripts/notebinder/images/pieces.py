"""Cut a picture's file in pieces; a piece that is not made as it must be makes the file a damaged one."""

from __future__ import annotations

from notebinder.images.formats import DAMAGED
from notebinder.images.model import UnreadableError


def cut(data: bytes, start: int, end: int) -> bytes:
    """Return a slice that is as long as it was asked for."""
    if end > len(data):
        raise damaged()
    return data[start:end]


def damaged() -> UnreadableError:
    """Return the error of a file that decoders may forgive, and whoever takes out metadata must not."""
    return UnreadableError(*DAMAGED)
