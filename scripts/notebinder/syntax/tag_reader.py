"""Read the tags of any text as a browser does: whatever is no tag is text, and nothing is an error."""

from __future__ import annotations

from html.parser import HTMLParser


class TagReader(HTMLParser):
    """Python's reader, but for `<![`, on which it stops with an assertion where no known word follows."""

    def feed(self, data: str) -> None:
        """Read a whole text."""
        super().feed(data.replace("<![", "&lt;!["))
