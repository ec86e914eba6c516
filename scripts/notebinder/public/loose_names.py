"""What people take a name for: a link to a private note may be mistyped, and still says what it is called."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

INVISIBLE = "\u00ad\u200b-\u200f\u2060-\u2064\ufeff"
"""Signs that nobody sees, for the brackets of a pattern."""

_UNSEEN = re.compile(rf"[{INVISIBLE}\u202a-\u202e]")
_SPACES = re.compile(r"[\s_+]+")
_BEHIND = re.compile(r"(?<=[^/\\])[?#^].*", re.DOTALL)
_NAMES = 50_000


@lru_cache(_NAMES)
def loose_name(path: str) -> str:
    """Return the last part of a path as people read it, without case, codes, suffix, and what is not seen.

    >>> loose_name("Wrong/My%20Note.md"), loose_name("my_note"), loose_name("My\\u00a0Note.md.md?x#y")
    ('my note', 'my note', 'my note')
    """
    text = unescape(unquote(unquote(path)))
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
    text = _BEHIND.sub("", text).replace("\\", "/").rstrip("/ ").rpartition("/")[2]
    text = _SPACES.sub(" ", text).strip().casefold()
    while text.endswith(".md"):
        text = text.removesuffix(".md").rstrip()
    return text
