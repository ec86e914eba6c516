"""Count the words of a text, so that what is shown can be held against what was written."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_WORD = re.compile(r"[^\W_]+")


def count_words(text: str) -> Counter[str]:
    """Return how often each word occurs, without case.

    >>> dict(count_words("A_b, a"))
    {'a': 2, 'b': 1}
    """
    return Counter(_WORD.findall(unicodedata.normalize("NFC", text).casefold()))
