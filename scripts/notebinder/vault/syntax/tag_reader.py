"""Read the tags of any text as a browser does: whatever is no tag is text, and nothing is an error."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_DECLARATION = re.compile("<[?!]")


class TagReader(HTMLParser):
    """Python's reader, but for two things.

    A browser takes `<![CDATA[` for a declaration that ends at the next `>` or with the text, where Python
    looks for another end, or stops with an assertion; and each `<` that no `>` follows has Python look up to
    the end.
    """

    def feed(self, data: str) -> None:
        """Read a whole text."""
        end = data.rfind(">") + 1
        tail, *endless = _DECLARATION.split(data[end:], maxsplit=1)
        super().feed(data[:end] + tail.replace("<", "&lt;"))
        if endless:
            self.handle_decl(endless[0])

    def parse_html_declaration(self, i: int) -> int:
        """Read what begins with `<!`."""
        if self.rawdata.startswith("<!--", i):
            return super().parse_html_declaration(i)
        end = self.rawdata.index(">", i)
        self.handle_decl(self.rawdata[i + 2 : end])
        return end + 1
