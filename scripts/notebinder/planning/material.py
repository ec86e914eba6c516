"""What is known of a part before it is placed: its title, its text, when it was captured. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from notebinder.images.capture_time import capture_time
from notebinder.vault.model import Note, Part, Plan, Transcript
from notebinder.vault.outline import plain_text
from notebinder.vault.plan import shelves_of
from notebinder.vault.syntax.inline import read_inline

_SIZE = re.compile(r"\s*\d+(?:x\d+)?\s*")
# names that a program gives: Pasted image 1, Screenshot (3), IMG_0001, 3f2a9c
_GIVEN_NAME = re.compile(
    r"(?:pasted image|screen ?shot|screen recording|image|img|photo|picture|clipboard|untitled|dsc|pxl)?"
    r"(?:[^a-z]|\b(?:at|am|pm)\b)*|[0-9a-f-]{8,}",
    re.IGNORECASE,
)
_BOLD = re.compile(r"(\*\*|__)(?P<text>.+?)\1")
_WORDS_OF_A_TITLE = 8


@dataclass(frozen=True, slots=True)
class Material:
    """A part with what can be read in it."""

    part: Part
    title: str
    """The plan's title, the author's heading, or the title that the picture bears."""
    titled_by: str
    """Who says so: `plan`, `caption`, `picture`, `name`, `heading`, `words` or nobody."""
    paragraphs: tuple[str, ...]
    captured: datetime | None = None
    """When the image was captured, as far as its name tells."""

    @property
    def opens_a_section(self) -> bool:
        """Whether it is a heading without a text of its own, and so speaks for what stands below it."""
        return bool(self.part.heading_level) and not self.paragraphs


def describe_parts(
    note: Note, parts: Sequence[Part], transcripts: Mapping[str, Transcript], plan: Plan | None
) -> tuple[Material, ...]:
    """Collect for each part what can be read in it. Transcripts are named by their attachment's name."""
    lines = note.text.split("\n")
    titles = _planned_titles(plan)
    return tuple(_describe(part, lines, transcripts, titles.get(part.name, "")) for part in parts)


def _planned_titles(plan: Plan | None) -> dict[str, str]:
    shelves = shelves_of(plan) if plan else []
    return {part.name: part.title for _, shelf in shelves for part in shelf if part.title}


def _describe(
    part: Part, lines: Sequence[str], transcripts: Mapping[str, Transcript], planned: str
) -> Material:
    own = lines[part.lines.start - 1 : part.lines.end - 1]
    if part.embed:
        name = part.name.partition("#")[0]
        transcript = transcripts.get(name, Transcript("", ()))
        titles = (
            ("plan", planned),
            ("caption", _caption("\n".join(own))),
            ("picture", transcript.title),
            ("name", _telling_name(name)),
        )
        by, title = next((each for each in titles if each[1]), ("", ""))
        return Material(part, title, by, transcript.paragraphs, capture_time(name))
    paragraphs = tuple(text for line in own if (text := plain_text(line.strip(" \t>#|-*+"))))
    if planned:
        return Material(part, planned, "plan", paragraphs)
    if part.heading_level:
        return Material(part, part.name.partition("#")[0], "heading", paragraphs[1:])
    return Material(part, _subject("\n".join(own)), "words", paragraphs)


def _caption(embed: str) -> str:
    """The text that the author gave the image, without the size.

    >>> _caption("![[1.png|RDS Proxy|300]]"), _caption("![[1.png|300]]")
    ('RDS Proxy', '')
    """
    for span in read_inline(embed):
        if span.kind in ("embed", "image"):
            texts = span.text.split("|")[span.kind == "embed" :]
            return next((text.strip() for text in texts if text.strip() and not _SIZE.fullmatch(text)), "")
    return ""


def _telling_name(name: str) -> str:
    """The words of a file's name, if the author gave it.

    >>> _telling_name("rds-proxy_2.png"), _telling_name("Pasted image 20241211175933.png")
    ('rds proxy 2', '')
    """
    stem = name.rpartition(".")[0]
    return "" if _GIVEN_NAME.fullmatch(stem) else " ".join(re.split(r"[\s_-]+", stem)).strip()


def _subject(text: str) -> str:
    """The words that the author made bold in the first sentence, else its first words."""
    first = re.split(r"(?<=[.:!?])\s", text.strip(), maxsplit=1)[0]
    bold = " ".join(match["text"] for match in _BOLD.finditer(first))
    return plain_text(bold or " ".join(first.split()[:_WORDS_OF_A_TITLE]))
