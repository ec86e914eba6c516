"""Read inline text once, from left to right: every piece with its place. Linear in the text's length."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from markdown_it.common.html_re import HTML_TAG_RE
from markdown_it.common.utils import normalizeReference

from notebinder.base.limits import LIMITS
from notebinder.vault.syntax.comments import without_comments
from notebinder.vault.syntax.delimiters import DelimiterRun, delimiter_run, pair_delimiters
from notebinder.vault.syntax.spans import NO_DEFINITIONS, Definitions, Span
from notebinder.vault.syntax.targets import WIKILINK, read_destination

# What may mean something. It begins with a set, which is looked for three times as fast as alternatives.
_SPECIAL = re.compile(
    r"[\\`*_$<\[\]#\n!^=%~h](?:(?<=[\\`*_$<\[\]#\n])"
    r"|(?<=[!^])(?=\[)|(?<==)=|(?<=%)%|(?<=~)~|(?<=h)(?<!\wh)ttps?://)"
)
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_FOOTNOTE = re.compile(r"\[\^(?P<label>[^\]\s]{1,999})\]")
_BACKTICKS = re.compile(r"`+")
_ENDLESS = (("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">"))
_TILDES = re.compile(r"~+")
_PERCENTS = re.compile(r"(?<!%)%%(?!%)")
_PERCENT_RUN = re.compile("%+")
_MATH = re.compile(r"(?:[^$\\]|\\.)+", re.DOTALL)
_DISPLAY_MATH = re.compile(r"(?:[^$\\]|\\.|\$(?!\$))+", re.DOTALL)
_NOT_SPACE = re.compile(r"\S")
_EQUALS = re.compile("=+")
_MARK_END = re.compile(r"`[^`]*`|(?P<end>(?<![\s=])==(?!=))|(?P<tick>`)")
_AUTOLINK = re.compile(r"<(?P<url>[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)>")
_URL = re.compile(
    r"https?://(?:\([^\s()<>]*\)|[^\s()<>`|\"\]])*(?:\([^\s()<>]*\)|[^\s()<>`|\"\]?!.,:;*_~'])",
)
_NO_TAG = r"\s\u2000-\u206f\u2e00-\u2e7f'!\"#$%&()*+,.:;<=>?@^`{|}~\[\]\\"
_TAG = re.compile(rf"#(?P<name>(?=\d*[^\d{_NO_TAG}])[^{_NO_TAG}]+)")
_BEFORE_TAG = frozenset(" \t\n*_~=\u00a0\u3000")
_AT_HAND = 256
"""So many texts are kept as read: who writes the links of a note wants the sentences around them next."""


def read_inline(
    source: str, definitions: Definitions = NO_DEFINITIONS, *, in_link: bool = False
) -> tuple[Span, ...]:
    """Return the spans of a text, in order and without a gap.

    >>> [(span.kind, span.text) for span in read_inline("a [[b]]")]
    [('text', 'a '), ('wikilink', 'b')]
    """
    if not _SPECIAL.search(source):
        return (Span("text", 0, len(source), source),) if source else ()
    if definitions.links or definitions.footnotes:
        return _Scanner(source, definitions, (0, len(source)), in_link=in_link).read()
    return _read_without_definitions(source, in_link)


@lru_cache(_AT_HAND)
def _read_without_definitions(source: str, in_link: bool) -> tuple[Span, ...]:
    return _Scanner(source, NO_DEFINITIONS, (0, len(source)), in_link=in_link).read()


@dataclass(slots=True)
class _Bracket:
    """A bracket that is open."""

    item: int
    """Where it stands among the scanner's items."""
    kind: str
    """What it would become."""
    end: int
    """Where its text begins."""
    height: int = 0
    """So many links, images and footnotes stand within one another in it."""


class _Scanner:
    """Reads one stretch of a source; what it has read so far waits for delimiters and brackets to pair."""

    def __init__(
        self, source: str, definitions: Definitions, limits: tuple[int, int], *, in_link: bool
    ) -> None:
        self.source = source
        self.definitions = definitions
        self.start, self.end = limits
        self.in_link = in_link
        self.items: list[Span | DelimiterRun] = []
        self.brackets: list[_Bracket] = []
        """The brackets that are open."""
        self.no_link_below = 0
        """So many of them, from the outermost on, hold a link already and can become none."""
        self.ticks: dict[int, list[int]] | None = None
        """Where the runs of backticks begin, last first, by their length; None before the first."""
        self.vain: set[str] = set()
        """What was searched for up to the end and is not there."""
        self.no_mark_before = self.start
        """Up to here no `==` begins a mark."""
        self.done = self.start
        """Up to here the source has become items."""

    def read(self) -> tuple[Span, ...]:
        place = self.start
        while found := _SPECIAL.search(self.source, place, self.end):
            place = _READERS[self.source[found.start()]](self, found.start()) or found.start() + 1
        self._text(self.end)
        return pair_delimiters(self.items)

    def _text(self, end: int) -> None:
        if end > self.done:
            self.items.append(Span("text", self.done, end, self.source[self.done : end]))
        self.done = end

    def _add(self, span: Span) -> int:
        self._text(span.start)
        self.items.append(span)
        self.done = span.end
        return span.end

    def _escape(self, place: int) -> int:
        char = self.source[place + 1 : min(place + 2, self.end)]
        if char == "\n":
            return self._break("hard_break", place, place + 2)
        if char in _PUNCTUATION:
            return self._add(Span("escape", place, place + 2, char))
        return 0

    def _line_end(self, place: int) -> int:
        start = place
        while start > self.done and self.source[start - 1] in " \t":
            start -= 1
        kind = "hard_break" if self.source.endswith("  ", start, place) else "soft_break"
        return self._break(kind, start, place + 1)

    def _break(self, kind: str, start: int, end: int) -> int:
        while end < self.end and self.source[end] in " \t":
            end += 1
        return self._add(Span(kind, start, end))

    def _code(self, place: int) -> int:
        ticks = _run_end(_BACKTICKS, self.source, place, self.end)
        if self.ticks is None:
            self.ticks = defaultdict(list)
            for run in reversed(list(_BACKTICKS.finditer(self.source, place, self.end))):
                self.ticks[run.end() - run.start()].append(run.start())
        closing = self.ticks[ticks - place]
        while closing and closing[-1] < ticks:
            closing.pop()
        if not closing:
            return self._add(Span("literal", place, ticks, self.source[place:ticks]))
        end = closing[-1] + ticks - place
        return self._add(Span("code", place, end, self.source[ticks : closing[-1]]))

    def _emphasis(self, place: int) -> int:
        end = place
        while end < self.end and self.source[end] == self.source[place]:
            end += 1
        return self._add_run(place, end)

    def _strike(self, place: int) -> int:
        return self._add_run(place, _run_end(_TILDES, self.source, place, self.end))

    def _add_run(self, start: int, end: int) -> int:
        self._text(start)
        self.items.append(delimiter_run(self.source, start, end, (self.start, self.end)))
        self.done = end
        return end

    def _mark(self, place: int) -> int:
        start = _run_end(_EQUALS, self.source, place, self.end)
        end = self._mark_end(start)
        if not end:
            return self._add(Span("literal", place, start, self.source[place:start]))
        if start > place + 2:
            self._add(Span("literal", place, start - 2, self.source[place : start - 2]))
        inner = _Scanner(self.source, self.definitions, (start, end), in_link=self.in_link)
        inner.no_mark_before = end
        is_plain = not any(char in self.source[start:end] for char in "=&\\")
        return self._add(Span("mark", start - 2, end + 2, "==" if is_plain else "", children=inner.read()))

    def _mark_end(self, start: int) -> int:
        """Return where the text that a mark begins with ends, or 0 if that is no mark."""
        if start <= self.no_mark_before or self.source[start : start + 1].strip() == "":
            return 0
        for found in _MARK_END.finditer(self.source, start, self.end):
            if found["end"] and found.start() > start:
                return found.start()
            if found["tick"]:
                self.no_mark_before = found.start()
                return 0
        self.no_mark_before = self.end
        return 0

    def _comment(self, place: int) -> int:
        start = _run_end(_PERCENT_RUN, self.source, place, self.end)
        closing = None if "%%" in self.vain else _PERCENTS.search(self.source, start, self.end)
        if closing:
            text = self.source[start : closing.start()]
            return self._add(Span("comment", start - 2, closing.end(), text))
        self.vain.add("%%")
        return start

    def _math(self, place: int) -> int:
        is_display = self.source.startswith("$$", place)
        pattern, size = (_DISPLAY_MATH, 2) if is_display else (_MATH, 1)
        start = place + size
        is_amount = place > self.start and self.source[place - 1].isdigit()
        if not is_display and (is_amount or self.source[place + 1 : place + 2].isspace()):
            return 0
        found = pattern.match(self.source, start, self.end)
        if not found or not self.source.startswith("$" * size, found.end(), self.end):
            return 0
        end = found.end() + size
        if is_display and not found[0].strip():
            return 0
        if not is_display and (self.source[end - 2].isspace() or self.source[end : end + 1].isdigit()):
            return 0
        return self._add(Span("display_math" if is_display else "math", place, end, found[0]))

    def _html(self, place: int) -> int:
        if self.source.startswith("<!--", place):
            return self._html_comment(place)
        if link := _AUTOLINK.match(self.source, place, self.end):
            mail = "" if ":" in link["url"] else "mailto:"
            return self._add(Span("url", place, link.end(), link["url"], mail + link["url"]))
        for opening, closing in _ENDLESS:  # searched for up to the end by each that nothing closes
            if self.source.startswith(opening, place) and not self._is_ahead(closing, place):
                return 0
        tag = HTML_TAG_RE.match(self.source, place, self.end)
        if not tag:
            return 0
        if tag[0].startswith(("<?", "<!")):  # a browser takes what stands up to the next `>` for a comment
            end = self.source.index(">", place) + 1
            return self._add(Span("comment", place, end, self.source[place:end]))
        name = tag[0].lower()
        if name.startswith(("<a ", "</a")):
            self.in_link = name.startswith("<a")
        return self._add(Span("html", place, tag.end(), tag[0]))

    def _is_ahead(self, text: str, place: int) -> bool:
        """Tell whether a text stands behind a place; where it is in vain, look but once."""
        if text not in self.vain and self.source.find(text, place, self.end) < 0:
            self.vain.add(text)
        return text not in self.vain

    def _html_comment(self, place: int) -> int:
        end = -1 if "<!--" in self.vain else self.source.find("-->", place + 2, self.end)
        if end < 0:
            self.vain.add("<!--")
            return 0
        return self._add(Span("comment", place, end + 3, self.source[place + 4 : end]))

    def _tag(self, place: int) -> int:
        is_apart = place == self.start or self.source[place - 1] in _BEFORE_TAG
        tag = _TAG.match(self.source, place, self.end) if is_apart else None
        return self._add(Span("tag", place, tag.end(), tag["name"])) if tag else 0

    def _url(self, place: int) -> int:
        url = None if self.in_link else _URL.match(self.source, place, self.end)
        return self._add(Span("url", place, url.end(), url[0], url[0])) if url else 0

    def _bang(self, place: int) -> int:
        return self._wikilink(place) or self._open("image", place, place + 2)

    def _caret(self, place: int) -> int:
        return self._open("inline_footnote", place, place + 2)

    def _bracket(self, place: int) -> int:
        footnote = _FOOTNOTE.match(self.source, place, self.end)
        if footnote and footnote["label"].casefold() in self.definitions.footnotes:
            return self._add(Span("footnote_reference", place, footnote.end(), footnote["label"]))
        return self._wikilink(place) or self._open("link", place, place + 1)

    def _wikilink(self, place: int) -> int:
        link = WIKILINK.match(self.source, place, self.end)
        kind = "embed" if self.source[place] == "!" else "wikilink"
        return self._add(Span(kind, place, link.end(), link["inner"])) if link else 0

    def _open(self, kind: str, start: int, end: int) -> int:
        self._add(Span("literal", start, end, self.source[start:end]))
        self.brackets.append(_Bracket(len(self.items) - 1, kind, end))
        return end

    def _close(self, place: int) -> int:
        if self.brackets:
            bracket = self.brackets.pop()
            found = self._link_end(bracket, place)
            self.no_link_below = min(self.no_link_below, len(self.brackets))
            if found:
                end, target, title = found
                self._text(place)
                opening = self.items[bracket.item]
                children = pair_delimiters(self.items[bracket.item + 1 :])
                del self.items[bracket.item :]
                if bracket.kind == "link":
                    self.no_link_below = len(self.brackets)
                if self.brackets:
                    self.brackets[-1].height = max(self.brackets[-1].height, bracket.height + 1)
                self.done = opening.start
                label, title = self.source[bracket.end : place], without_comments(title)
                return self._add(Span(bracket.kind, opening.start, end, label, target, title, children))
            if self.brackets:
                self.brackets[-1].height = max(self.brackets[-1].height, bracket.height)
        return self._add(Span("literal", place, place + 1, "]"))

    def _link_end(self, bracket: _Bracket, place: int) -> tuple[int, str, str] | None:
        """Return where a link or image ends whose text ends here, its target and title."""
        is_in_vain = bracket.kind == "link" and len(self.brackets) < self.no_link_below
        if is_in_vain or bracket.height >= LIMITS.nesting:
            return None
        if bracket.kind == "inline_footnote":
            is_empty = not _NOT_SPACE.search(self.source, bracket.end, place)
            return None if is_empty else (place + 1, "", "")
        if self.source.startswith("(", place + 1, self.end):
            inline = read_destination(self.source, place + 1, self.end)
            if inline:
                return inline
        return self._referred(bracket.end, place) if self.definitions.links else None

    def _referred(self, start: int, place: int) -> tuple[int, str, str] | None:
        """Return where a link or image ends whose target stands in a definition."""
        end = place + 1
        if self.source.startswith("[", end, self.end):
            close = self.source.find("]", end, min(self.end, end + LIMITS.label))
            if close > end + 1:
                start, place = end + 1, close
            end = close + 1 if close > 0 else end
        if place - start > LIMITS.label:
            return None
        target = self.definitions.links.get(normalizeReference(self.source[start:place]))
        return (end, *target) if target else None


def _run_end(pattern: re.Pattern[str], source: str, place: int, end: int) -> int:
    found = pattern.match(source, place, end)
    return found.end() if found else place


_READERS: dict[str, Callable[[_Scanner, int], int]] = {
    "\\": _Scanner._escape,
    "\n": _Scanner._line_end,
    "`": _Scanner._code,
    "*": _Scanner._emphasis,
    "_": _Scanner._emphasis,
    "~": _Scanner._strike,
    "=": _Scanner._mark,
    "%": _Scanner._comment,
    "$": _Scanner._math,
    "<": _Scanner._html,
    "#": _Scanner._tag,
    "h": _Scanner._url,
    "!": _Scanner._bang,
    "^": _Scanner._caret,
    "[": _Scanner._bracket,
    "]": _Scanner._close,
}
