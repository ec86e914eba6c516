"""Entries of an outline: which name a topic, and whether the list is an outline at all. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from notebinder.planning.lexicon import Lexicon
from notebinder.planning.material import Material
from notebinder.planning.word_lists import CLASSES, QUESTION_WORDS, STEP_WORDS, VERBS
from notebinder.vault.model import Outline
from notebinder.vault.outline import plain_text
from notebinder.vault.syntax.inline import read_inline


class EntryKind(StrEnum):
    """What an entry of a list is."""

    TOPIC = "topic"
    QUESTION = "question"
    FACT = "fact"
    STEP = "step"
    LINK = "link"
    TASK = "task"


_TASK = re.compile(r"\[.\]\s")
_LINKS = ("wikilink", "embed", "link", "image", "url")
_FEWEST_ENTRIES = 2
_MANY_IMAGES = 3
_WORDS_OF_A_SENTENCE = 7
_WORDS_OF_A_TOPIC = 12


def kind_of(entry: str) -> EntryKind:
    """Tell what an entry is by its form.

    >>> [str(kind_of(text)) for text in ("RDS proxy", "How does it scale?", "Click on Save.")]
    ['topic', 'question', 'step']
    """
    if _TASK.match(entry):
        return EntryKind.TASK
    if _is_link(entry.strip(" .:-")):
        return EntryKind.LINK
    words = re.findall(r"[\w'’]+", plain_text(entry).casefold())
    if "?" in entry or (words and words[0] in QUESTION_WORDS and len(words) > 2):
        return EntryKind.QUESTION
    if words and words[0] in STEP_WORDS and len(words) > 2:
        return EntryKind.STEP
    has_verb = len(words) >= _WORDS_OF_A_SENTENCE and not VERBS.isdisjoint(words)
    return EntryKind.FACT if has_verb or len(words) > _WORDS_OF_A_TOPIC else EntryKind.TOPIC


def class_in(entry: str) -> str:
    """Return what an entry names the kinds of, or nothing.

    >>> class_in("Types of Load balancer"), class_in("S3 - Storage classes"), class_in("Health checks")
    ('Load balancer', 'S3 - Storage', '')
    """
    words = plain_text(entry).split()
    folded = [word.casefold().strip(".,:;()") for word in words]
    for index, word in enumerate(folded[:-2]):
        if word in CLASSES and folded[index + 1] in ("of", "for", "in"):
            return " ".join(words[index + 2 :])
    return " ".join(words[:-1]) if len(words) > 1 and folded[-1] in CLASSES else ""


def _is_link(text: str) -> bool:
    """Tell whether a text is a link to another note or a site and nothing else."""
    spans = read_inline(text)
    if len(spans) != 1 or spans[0].kind not in _LINKS:
        return False
    return not (spans[0].target or spans[0].text).startswith("#")


@dataclass(frozen=True, slots=True)
class OutlineJudgement:
    """Whether the list at the head of a note names its topics, and why."""

    is_outline: bool
    reason: str


def judge_outline(
    outline: Outline | None, materials: Sequence[Material], lexicon: Lexicon
) -> OutlineJudgement:
    """Tell an outline from a list of steps, questions, links or facts."""
    if outline is None:
        return OutlineJudgement(False, "no list stands at its head")
    if len(outline.entries) < _FEWEST_ENTRIES:
        return OutlineJudgement(False, "the list at its head has a single entry")
    kinds = Counter(kind_of(entry.text) for entry in outline.entries)
    topics = [entry.text for entry in outline.entries if kind_of(entry.text) is EntryKind.TOPIC]
    other = max((kind for kind in kinds if kind is not EntryKind.TOPIC), key=kinds.__getitem__, default=None)
    if other and (len(topics) < _FEWEST_ENTRIES or len(topics) * 2 < kinds[other]):
        return OutlineJudgement(False, f"the list at its head is one of {other}s")
    return _judge_by_what_follows(topics, materials, lexicon)


def _judge_by_what_follows(
    topics: Sequence[str], materials: Sequence[Material], lexicon: Lexicon
) -> OutlineJudgement:
    titles = [lexicon.stems(material.title) for material in materials if material.title]
    taken_up = sum(any(_is_taken_up(lexicon.stems(topic), title) for title in titles) for topic in topics)
    images = sum(bool(material.part.embed) for material in materials)
    untitled = sum(bool(material.part.embed) and not material.title for material in materials)
    if taken_up >= max(_FEWEST_ENTRIES, len(topics) / 4) or (taken_up and images >= _MANY_IMAGES):
        return OutlineJudgement(True, f"{taken_up} of its {len(topics)} topics return in what follows")
    if untitled >= max(_MANY_IMAGES, len(topics) / 2):
        return OutlineJudgement(True, f"{untitled} images follow, and nobody has said what they show")
    return OutlineJudgement(False, "what follows the list at its head does not take up its entries")


def _is_taken_up(topic: frozenset[str], title: frozenset[str]) -> bool:
    return len(topic & title) * 3 >= len(topic) * 2 > 0
