"""The words of a picture as a transparent layer over it: found, selected and read aloud where they stand.

All is measured in shares of the picture's width, so the layer scales with the picture. A line is set about as
wide as it is there; the theme's script then sets each of its words where it stands. The words are no blocks,
since the browser's search finds none across blocks, and elements from the start: a mark that a link to words
has set would be lost where they are cut apart later.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from notebinder.base.escaping import as_text
from notebinder.vault.model import PlacedWord, Places, Transcript
from notebinder.vault.places import placed_words

_ADVANCE = 0.56
"""How wide a letter of the page's typeface is on average, in shares of its size."""


def word_layer_html(transcript: Transcript) -> str:
    """Return the layer over a picture; empty where the places of its words are not known."""
    lines = placed_words(transcript)
    if not lines or transcript.places is None:
        return ""
    shown = "".join(_line_html(line, transcript.places) for line in lines)
    usual = median(word.height for line in lines for word in line) / transcript.places.size[0]
    return f'<div class="nb-words" data-line="{usual:.4f}" data-generated data-search-exclude>{shown}</div>'


def _line_html(line: Sequence[PlacedWord], places: Places) -> str:
    left, top = min(word.left for word in line), min(word.top for word in line)
    right = max(word.left + word.width for word in line)
    bottom = max(word.top + word.height for word in line)
    width = max(1, right - left)
    letters = sum(len(word.text) + 1 for word in line) - 1
    size = min(bottom - top, width / max(1.0, letters * _ADVANCE)) / places.size[0]
    style = (
        f"left:{_percent(left / places.size[0])};top:{_percent(top / places.size[1])};"
        f"width:{_percent(width / places.size[0])};height:{_percent((bottom - top) / places.size[1])};"
        f"font-size:{size * 100:.3g}cqw;line-height:{(bottom - top) / places.size[0] * 100:.3g}cqw"
    )
    shares = " ".join(f"{share * 100:.3g}" for share in _shares(line, right, width))
    words = " </span>".join(f"<span>{as_text(word.text)}" for word in line)
    return f'<div style="{style}" data-words="{shares}">{words}</span><br></div>'


def _shares(line: Sequence[PlacedWord], right: int, width: int) -> Iterator[float]:
    """Yield the share of a line's width from the beginning of each word to that of the next one."""
    ends = [*(word.left for word in line[1:]), right]
    return (max(0, end - word.left) / width for word, end in zip(line, ends, strict=True))


def _percent(share: float) -> str:
    """Write a share as a percentage, as short as one can.

    >>> _percent(0.05), _percent(0.33333)
    ('5%', '33.33%')
    """
    return f"{share * 100:.2f}".rstrip("0").rstrip(".") + "%"
