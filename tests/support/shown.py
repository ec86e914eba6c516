"""What a reader sees of a page: its texts with what they stand in, whatever HTML says so."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = ("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "table", "th", "td")
_SHOWN = {*_BLOCKS, "em", "strong", "del", "mark", "code", "kbd", "a", "hr", "br", "img"}
_SAME = {"s": "del", "strike": "del", "b": "strong", "i": "em"}
_SPACE = re.compile(r"[ \t\n]+")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.around: list[str] = []
        self.pieces: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = _SAME.get(tag, tag)
        if tag in ("hr", "br", "img"):
            self.pieces.append((self._place(), f"<{tag} {dict(attrs).get('src') or ''}>"))
        elif tag in _SHOWN:
            values = dict(attrs)
            detail = (
                values.get("start") or "" if tag == "ol" else values.get("href") or "" if tag == "a" else ""
            )
            self.around.append(f"{tag} {detail}".strip())
            if tag == "li":
                self.pieces.append((self._place(), "•"))

    def handle_endtag(self, tag: str) -> None:
        tag = _SAME.get(tag, tag)
        if tag in _SHOWN and any(name.split(" ")[0] == tag for name in self.around):
            while self.around.pop().split(" ")[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        in_code = any(name == "pre" for name in self.around)
        text = data if in_code else _SPACE.sub(" ", data)
        place = self._place()
        if self.pieces and self.pieces[-1][0] == place and self.pieces[-1][1][:1] not in ("<", "•"):
            text = self.pieces.pop()[1] + text
        self.pieces.append((place, text))

    def _place(self) -> str:
        return " > ".join(self.around)


def shown(html: str) -> list[tuple[str, str]]:
    """Return each text with the path of what it stands in; space at its ends does not count.

    >>> shown("<ul><li>a <b>b</b></li></ul>")
    [('ul > li', '•'), ('ul > li', 'a b')]
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return [(place, text.strip()) for place, text in reader.pieces if text.strip()]
