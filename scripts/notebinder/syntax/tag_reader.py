"""Read the tags of any text as a browser does: whatever is no tag is text, and nothing is an error."""

from __future__ import annotations

from html.parser import HTMLParser


class TagReader(HTMLParser):
    """Python's reader, but for two things.

    On `<![` it stops with an assertion where no known word follows, and each `<` that no `>` follows has it
    look up to the end.
    """

    def feed(self, data: str) -> None:
        """Read a whole text."""
        end = data.rfind(">") + 1
        super().feed(data[:end].replace("<![", "&lt;![") + data[end:].replace("<", "&lt;"))
