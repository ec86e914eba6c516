"""Cache which texts held no credential, so that a text that has not changed is not searched again.

Only digests are kept, and none of a text with a finding; so nothing of a credential is ever in the cache.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from notebinder.base.files import has_content, write_atomically

_SIZE = 16


@dataclass(frozen=True, slots=True)
class TextCache:
    """The texts that a build before found clean, and those that this one does."""

    before: frozenset[bytes] = frozenset()
    now: set[bytes] = field(default_factory=set)

    def has(self, text: str) -> bool:
        """Tell whether a text is known to hold none, and remember it for the next build."""
        digest = _digest(text)
        is_known = digest in self.before or digest in self.now
        if is_known:
            self.now.add(digest)
        return is_known

    def add(self, text: str) -> None:
        """Remember a text that holds none."""
        self.now.add(_digest(text))


def read_text_cache(folder: Path) -> TextCache:
    """Return what an earlier build with the same rules remembered."""
    try:
        data = (folder / _file_name()).read_bytes()
    except OSError:
        return TextCache()
    return TextCache(frozenset(data[at : at + _SIZE] for at in range(0, len(data) - _SIZE + 1, _SIZE)))


def write_text_cache(texts: TextCache, folder: Path) -> None:
    """Keep it for the next build."""
    file, data = folder / _file_name(), b"".join(sorted(texts.now))
    if not has_content(file, data):
        write_atomically(file, data)


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_SIZE).digest()


@cache
def _file_name() -> str:
    """Name the file by the rules: with others a text must be searched again."""
    rules = b"".join(file.read_bytes() for file in sorted(Path(__file__).parent.glob("*.py")))
    return f"no-credentials-{hashlib.blake2b(rules, digest_size=8).hexdigest()}"
