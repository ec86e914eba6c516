"""What is known of a part before it is placed: its title, its text, when it was captured. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from notebinder.capture_time import capture_time
from notebinder.model import Note, Part, Plan, Transcript
from notebinder.outline import plain_text

_BOLD = re.compile(r"(\*\*|__)(?P<text>.+?)\1")
_WORDS_OF_A_TITLE = 8


@dataclass(frozen=True, slots=True)
class Material:
    """A part with what can be read in it."""

    part: Part
    title: str
    """The plan's title, the author's heading, or the title that the picture bears."""
    titled_by: str
    """Who says so: `plan`, `heading`, `picture`, `words` or nobody."""
    paragraphs: tuple[str, ...]
    captured: datetime | None = None
    """When the image was captured, as far as its name tells."""


def describe_parts(
    note: Note, parts: Sequence[Part], transcripts: Mapping[str, Transcript], plan: Plan | None
) -> tuple[Material, ...]:
    """Collect for each part what can be read in it. Transcripts are named by their attachment's name."""
    lines = note.text.split("\n")
    titles = _planned_titles(plan)
    return tuple(_describe(part, lines, transcripts, titles.get(part.name, "")) for part in parts)


def _planned_titles(plan: Plan | None) -> dict[str, str]:
    shelves = (plan.overview, *(topic.parts for topic in plan.topics)) if plan else ()
    return {part.name: part.title for shelf in shelves for part in shelf if part.title}


def _describe(
    part: Part, lines: Sequence[str], transcripts: Mapping[str, Transcript], planned: str
) -> Material:
    if part.embed:
        name = part.name.partition("#")[0]
        transcript = transcripts.get(name, Transcript("", ()))
        title, by = (
            (planned, "plan") if planned else (transcript.title, "picture" if transcript.title else "")
        )
        return Material(part, title, by, transcript.paragraphs, capture_time(name))
    own = lines[part.lines.start - 1 : part.lines.end - 1]
    paragraphs = tuple(text for line in own if (text := plain_text(line.strip(" \t>#|-*+"))))
    if planned:
        return Material(part, planned, "plan", paragraphs)
    if part.heading_level:
        return Material(part, part.name.partition("#")[0], "heading", paragraphs[1:])
    return Material(part, _subject("\n".join(own)), "words", paragraphs)


def _subject(text: str) -> str:
    """The words that the author made bold in the first sentence, else its first words."""
    first = re.split(r"(?<=[.:!?])\s", text.strip(), maxsplit=1)[0]
    bold = " ".join(match["text"] for match in _BOLD.finditer(first))
    return plain_text(bold or " ".join(first.split()[:_WORDS_OF_A_TITLE]))
