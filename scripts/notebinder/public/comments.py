"""Comments that a page would show: those that begin in one paragraph and end in another, and in properties.

Obsidian's editor greys all between two `%%`; its reader looks for the end in the same paragraph only. An
author who writes them means a comment, so they are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from notebinder.base.limits import LIMITS
from notebinder.base.problems import Problem, SourceLocation
from notebinder.vault.model import Block, Note
from notebinder.vault.packed import pack_blocks
from notebinder.vault.syntax.blocks import cell_source, read_blocks, walk
from notebinder.vault.syntax.comments import mermaid_comments, without_comments
from notebinder.vault.syntax.inline import read_inline
from notebinder.vault.syntax.spans import Span

_Stretch = tuple[int, int]
"""Where something begins and ends in a text."""

_SIGN = re.compile("%{2,}|<!--|-->")
_SIGN_OF_HTML = re.compile("<!--|-->")
_MORE_PERCENTS = "%%%"
_ENDINGS = MappingProxyType({"%%": "%%", _MORE_PERCENTS: "%%", "<!--": "-->"})
"""What ends a comment, by what it begins with; the last two of more percents begin one, but end none."""
_WITH_TITLES = ("wikilink", "embed", "link", "image", "html")
_VERBATIM = ("comment", "fence", "code_block", "math_block", "definition", "html_block")


def without_comments_left(note: Note) -> tuple[Note, tuple[Problem, ...]]:
    """Return a note without such comments, and what was left out of its text."""
    if "%%" not in note.text and "<!--" not in note.text:
        return note, ()
    properties = changed_texts(dict(note.properties), without_comments)
    clean = note if properties == note.properties else replace(note, properties=MappingProxyType(properties))
    problems: list[Problem] = []
    for last in range(LIMITS.comment_rounds, -1, -1):
        wide = list(_wide(clean.blocks, clean.text))
        if not wide:
            break
        if not last:  # enough has been read anew: from here on what is between two signs is a comment
            wide = list(_between_signs(clean.text, wide[0][0], len(clean.text)))
        problems += _left_out(note.path, clean.text, wide)
        text = _cut(clean.text, wide)
        clean = replace(clean, text=text, blocks=pack_blocks(read_blocks(text, clean.body_line)))
    return clean, tuple(problems)


def without_all_comments(text: str) -> str:
    """Return Markdown without any comment, such as a card of a canvas."""
    if "%%" not in text and "<!--" not in text:
        return text
    note, _ = without_comments_left(Note("", text, blocks=read_blocks(text)))
    return _cut(note.text, _hidden(note.blocks, note.text))


def _hidden(blocks: Sequence[Block], text: str) -> Iterator[_Stretch]:
    """Yield the comments that no page would show."""
    lines = text.split("\n")
    starts = _line_starts(lines)
    done = 0
    for block, _ in walk(blocks):
        first, end = starts[block.lines.start - 1], starts[block.lines.end - 1] - 1
        if block.kind == "comment":
            yield first, end
        elif block.kind == "fence" and block.info.lower().startswith("mermaid"):
            yield from mermaid_comments(text, first, end)
        elif block.kind == "html_block":
            yield from _between_signs(text, first, end)
        elif block.kind not in _VERBATIM:
            places = _Places(block, lines, starts, done)
            for start, last in _inner(block.text, read_inline(block.text)):
                place, behind = places.of(start), places.of(last - 1)
                if place is not None and behind is not None:
                    done = behind + 1
                    yield place, done


def _inner(text: str, spans: Sequence[Span]) -> Iterator[_Stretch]:
    """Yield the comments in a text, those in titles and the like included."""
    for span in spans:
        if span.kind == "comment":
            yield span.start, span.end
        elif span.kind in _WITH_TITLES:
            yield from _between_signs(text, span.start, span.end)
        else:
            yield from _inner(text, span.children)


def changed_texts(value: Any, change: Callable[[str], str]) -> Any:  # noqa: ANN401  what YAML or JSON holds
    """Return a value with all texts in it changed, but for keys."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [changed_texts(item, change) for item in value]
    if isinstance(value, dict):
        return {key: changed_texts(item, change) for key, item in value.items()}
    return value


def _wide(blocks: Sequence[Block], text: str) -> Iterator[_Stretch]:
    """Yield each such comment up to the first behind which the text is to be read anew."""
    lines = text.split("\n")
    starts = _line_starts(lines)
    start, ending, done = 0, "", 0
    for block, _ in walk(blocks):
        if ending and (end := _end_in_hidden(block, ending, lines)):
            yield start, starts[block.lines.start - 1] + end
            return
        for sign, place in _unpaired(block, lines, starts, done):
            done = place + len(sign)
            if sign == ending:
                yield start, done
                ending = ""
            elif not ending and sign in _ENDINGS:
                start, ending = place, _ENDINGS[sign]


def _line_starts(lines: Iterable[str]) -> list[int]:
    return list(accumulate((len(line) + 1 for line in lines), initial=0))


def _end_in_hidden(block: Block, ending: str, lines: Sequence[str]) -> int:
    """Return how far behind the beginning of a block that is not shown an open comment ends, or 0."""
    if ending == "%%" and block.kind == "comment" and not _is_whole(block.text):
        return lines[block.lines.start - 1].index("%%") + 2
    if ending == "-->" and block.kind == "html_block":
        sign = _SIGN_OF_HTML.search(text := "\n".join(lines[block.lines.start - 1 : block.lines.end - 1]))
        return sign.end() if sign and text.startswith("-->", sign.start()) else 0
    return 0


def _is_whole(comment: str) -> bool:
    """Tell whether a comment stands on a line, or between two lines that are nothing but its signs."""
    first, *others = comment.strip().split("\n")
    if others:
        return first.strip() == others[-1].strip() == "%%"
    return len(_SIGN.findall(first)) == 2


def _unpaired(
    block: Block, lines: Sequence[str], starts: Sequence[int], done: int
) -> Iterator[tuple[str, int]]:
    """Yield each sign of a block that has no counterpart in it, and where it stands in the note."""
    if block.kind in _VERBATIM or not _SIGN.search(block.text):
        return
    places = _Places(block, lines, starts, done)
    for sign, offset in _signs(read_inline(block.text)):
        place = places.of(offset)
        if place is not None:
            yield sign, place


def _signs(spans: Sequence[Span]) -> Iterator[tuple[str, int]]:
    for span in spans:
        if span.kind == "text":
            yield from ((sign, span.start + place) for sign, place in _signs_in(span.text, 0, len(span.text)))
        yield from _signs(span.children)


def _signs_in(text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    for found in _SIGN.finditer(text, start, end):
        if found[0].startswith(_MORE_PERCENTS):
            yield _MORE_PERCENTS, found.end() - 2
        else:
            yield found[0], found.start()


class _Places:
    """Finds the places of a block's text in the note, behind all that is done: cells may say the same."""

    def __init__(self, block: Block, lines: Sequence[str], starts: Sequence[int], done: int) -> None:
        texts = block.text.split("\n")
        self._text = block.text
        self._starts = _line_starts(texts)
        self._moved: list[tuple[int, str] | None] = []
        """For each line how much farther behind it stands in the note, and what each makes one more of that;
        None where it does not stand there."""
        number = block.lines.start - 1
        for start, text in zip(self._starts, texts, strict=False):
            indent = len(text) - len(text.lstrip())
            moved = None
            for index in range(number, block.lines.end - 1):
                begin = max(0, done - starts[index])
                for wanted, longer in ((text.strip(), ""), (cell_source(text.strip()), "|")):
                    found = lines[index].find(wanted, begin)
                    if moved is None and found >= 0:
                        moved = starts[index] + found - start - indent, longer
                if moved:
                    number = index + 1
                    break
            self._moved.append(moved)

    def of(self, offset: int) -> int | None:
        """Return where a place of the text stands in the note."""
        line = bisect_right(self._starts, offset) - 1
        moved, longer = self._moved[line] or (None, "")
        if moved is None:
            return None
        return offset + moved + (self._text.count(longer, self._starts[line], offset) if longer else 0)


def _between_signs(text: str, place: int, end: int) -> Iterator[_Stretch]:
    """Yield what stands between two signs, whatever blocks they stand in."""
    start, ending = 0, ""
    for sign, where in _signs_in(text, place, end):
        if sign == ending:
            yield start, where + len(sign)
            ending = ""
        elif not ending and sign in _ENDINGS:
            start, ending = where, _ENDINGS[sign]


def _cut(text: str, stretches: Iterable[_Stretch]) -> str:
    """Leave out stretches of a text; the number of lines stays the same."""
    kept, place = [], 0
    for start, end in stretches:
        kept += [text[place:start], "\n" * text.count("\n", start, end)]
        place = end
    return "".join((*kept, text[place:]))


def _left_out(path: str, text: str, stretches: Iterable[_Stretch]) -> Iterator[Problem]:
    starts = _line_starts(text.split("\n"))
    for start, end in stretches:
        first, last = (bisect_right(starts, place) for place in (start, end - 1))
        message = f"a comment begins in one paragraph and ends in another, in line {last}; it is left out"
        hint = "let it begin a line of its own"
        yield Problem(SourceLocation(path, first), "open-comment", message, hint)
