"""What a page says about an image: its title, its alternative text and its transcript. Pure text to text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from notebinder.base.words import ENGLISH, Words
from notebinder.vault.model import Transcript
from notebinder.vault.transcripts import bullet_of

_LENGTH_OF_AN_ALT = 160
_LENGTH_OF_A_TITLE = 60
_WORD = re.compile(r"[^\W\d_]{2}")
# Plugins that look for links do so in raw HTML as well; they must find none in a transcript.
_ESCAPES = str.maketrans({"[": "&#91;", "]": "&#93;", "`": "&#96;", "\\": "&#92;", "$": "&#36;"})


def transcript_html(transcript: Transcript, say: Words = ENGLISH) -> str:
    """Return the closed box below a figure; empty if there is nothing to read.

    Each paragraph stands on a line of its own: search engines that drop the tags must not glue two words.
    """
    texts = [text for text in (transcript.title, *transcript.paragraphs) if text]
    if not texts:
        return ""
    opening = '<details class="nb-transcript" data-generated>'
    summary = say("text in drawing" if transcript.is_of_drawing else "text in screenshot")
    return "\n".join([opening, f"<summary>{summary}</summary>", *_text_html(texts), "</details>"])


def _text_html(texts: Sequence[str]) -> Iterator[str]:
    """Write paragraphs and nested lists; a level that is skipped hangs on the one above it."""
    depth = 0
    for text in texts:
        level, said = bullet_of(text)
        wanted = 0 if level is None else min(level, depth) + 1
        closing = "</li></ul>" * (depth - wanted) + ("</li>" if 0 < wanted <= depth else "")
        opening = "<ul>" if wanted > depth else ""
        depth = wanted
        yield closing + opening + (f"<li>{_escaped(said)}" if wanted else f"<p>{_escaped(said)}</p>")
    if depth:
        yield "</li></ul>" * depth


def figure_title(planned: str, transcript: Transcript | None) -> str:
    """Return the title that the plan gives, else the one that the picture bears, else nothing."""
    return planned.strip() or (transcript.title if transcript else "")


def title_read(transcript: Transcript | None) -> str:
    """Return the title that the picture bears, else its first words, else nothing.

    >>> title_read(Transcript("", ("1", "- Objects and buckets")))
    'Objects and buckets'
    """
    if transcript is None or transcript.title:
        return transcript.title if transcript else ""
    said = (bullet_of(paragraph)[1] for paragraph in transcript.paragraphs)
    return _shortened(next(filter(_WORD.search, said), ""), _LENGTH_OF_A_TITLE)


def figure_alt(author_alt: str, title: str, transcript: Transcript | None) -> str:
    """Return what the author wrote, else title and, in short, content that is not read from a layer.

    >>> figure_alt("", "S3 Buckets", Transcript("S3 Buckets", ("Stores objects", "Unique names")))
    'S3 Buckets: Stores objects; Unique names'
    """
    if author_alt.strip():
        return author_alt.strip()
    if transcript is None or (transcript.places and title):
        return title
    said = (bullet_of(paragraph)[1].strip(" ;:") for paragraph in transcript.paragraphs)
    content = _shortened("; ".join(said), _LENGTH_OF_AN_ALT - len(title))
    return ": ".join(text for text in (title, content) if text)


def _shortened(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    words = text[: max(0, length)].rpartition(" ")[0].rstrip(" ;:,-")
    return f"{words} …" if words else ""


def _escaped(text: str) -> str:
    return html.escape(text).translate(_ESCAPES)
