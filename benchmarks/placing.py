"""Measure transcripts and placing on real notes whose truth was made by hand.

    nice python benchmarks/placing.py ../shared/vaults/aws-notes* --transcripts /tmp/transcripts

The images are read once into the folder of transcripts, which is kept: reading takes about a second an image.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import yaml
from msgspec import structs

from notebinder.images.reading import load_reader
from notebinder.planning.proposal import OVERVIEW, Odds, PartProposal, propose_plan
from notebinder.vault.model import Note, Outline, Part, Transcript
from notebinder.vault.outline import read_outline, read_parts
from notebinder.vault.reading import read_note
from notebinder.vault.transcripts import format_transcript, parse_transcript

FACTORS = (0.5, 0.75, 1.0, 1.25, 1.5)


@dataclass(frozen=True)
class Case:
    """A note with the truth about its parts."""

    note: Note
    outline: Outline
    parts: tuple[Part, ...]
    truth: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Score:
    """How many parts were placed as the annotator did, or as a knowledgeable reader could."""

    parts: int = 0
    exact: int = 0
    right: int = 0
    sure: int = 0
    sure_exact: int = 0
    sure_right: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    def __str__(self) -> str:
        sure = max(1, self.sure)
        return (
            f"right {self.right / self.parts:6.1%} (exact {self.exact / self.parts:6.1%}), "
            f"sure {self.sure / self.parts:6.1%}, of these right {self.sure_right / sure:6.1%} "
            f"(exact {self.sure_exact / sure:6.1%})"
        )


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("vaults", type=Path, nargs="+")
    parser.add_argument("--transcripts", type=Path, required=True)
    options = parser.parse_args()
    cases: list[Case] = []
    transcripts: dict[str, Transcript] = {}
    for vault in options.vaults:
        truth = yaml.safe_load((vault / "placements.yml").read_text("utf-8"))["notes"]
        cases += [read_case(vault / "AWS Certification" / each["note"], each["parts"]) for each in truth]
        transcripts |= read_images(vault, options.transcripts)
    slides = [part for case in cases for part in case.truth if part["kind"] == "image"]
    same = sum(plain(transcripts[part["part"]].title) == plain(part["title"]) for part in slides)
    print(f"titles read as they stand: {same} of {len(slides)}")
    titles = {part["part"]: Transcript(part["title"], ()) for part in slides}
    for name, known in (("all text", transcripts), ("titles", titles), ("nothing read", {})):
        print(f"{name:13}", total(cases, known))
    for case in cases:
        print(f"  {case.note.name:12}", score(case, transcripts))
    misspelt = [with_typing_errors(case, seed) for seed in range(8) for case in cases]
    print("misspelt     ", sum((score(case, transcripts) for case in misspelt), Score()))
    leave_one_out(cases, transcripts)
    print_curve(cases, transcripts)
    print_neighbours(cases, transcripts)


def read_case(file: Path, truth: Sequence[Mapping[str, Any]]) -> Case:
    """Read a note of which the truth is known."""
    note, _ = read_note(file.name, file)
    outline = read_outline(note)
    assert outline
    return Case(note, outline, read_parts(note, outline), truth)


def read_images(vault: Path, cache: Path) -> dict[str, Transcript]:
    """Read each image once, and tell how long it took."""
    cache.mkdir(parents=True, exist_ok=True)
    images = sorted(vault.glob("*.png"))
    new = [image for image in images if not (cache / f"{image.name}.txt").exists()]
    seconds = []
    if new:
        read = load_reader()
        for image in new:
            start = time.perf_counter()
            text = format_transcript(read(image))
            seconds.append(time.perf_counter() - start)
            (cache / f"{image.name}.txt").write_text(text, "utf-8")
        print(f"read {len(new)} images in {sum(seconds):.0f} s, median {median(seconds):.2f} s")
    found = {
        image.name: parse_transcript((cache / f"{image.name}.txt").read_text("utf-8")) for image in images
    }
    return {name: transcript for name, transcript in found.items() if transcript}


def plain(title: str) -> str:
    """Return a title without what differs between fonts: dashes, spaces, capitals."""
    return "".join(letter for letter in title.casefold() if letter.isalnum())


def score(case: Case, transcripts: Mapping[str, Transcript], odds: Odds | None = None) -> Score:
    """Place the parts of a note and compare them with the truth."""
    return sum((score_part(part, truth) for part, truth in judged(case, transcripts, odds)), Score())


def judged(
    case: Case, transcripts: Mapping[str, Transcript], odds: Odds | None = None
) -> Iterator[tuple[PartProposal, Mapping[str, Any]]]:
    """Place the parts of a note; yield each beside its truth."""
    proposal = propose_plan(
        case.note, case.parts, case.outline, evidence_about_images=transcripts, odds=odds or Odds()
    )
    by_line = {part["line"]: part for part in case.truth}
    return ((part, by_line[part.part.lines.start]) for part in proposal.parts)


def score_part(part: PartProposal, truth: Mapping[str, Any]) -> Score:
    """Compare one part with the truth."""
    topic = part.topics[0] if part.topics else "none"
    topic = "general" if topic == OVERVIEW else topic
    exact = topic in (truth["topic"], *truth["also"])
    right = exact or topic in truth.get("maybe", ())
    return Score(1, exact, right, part.sure, part.sure and exact, part.sure and right)


def print_curve(cases: Sequence[Case], transcripts: Mapping[str, Transcript]) -> None:
    """Print for each stated share how many parts state it, and the share of these that is right."""
    rows = [
        (part.probability, score_part(part, truth).right)
        for case in cases
        for part, truth in judged(case, transcripts)
    ]
    for least, most in pairwise((0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)):
        right = [is_right for stated, is_right in rows if least <= stated < most]
        if right:
            share = sum(right) / len(right)
            print(f"stated {least:.2f} to {min(most, 1):.2f}: {len(right):3} parts, {share:.1%} right")


def print_neighbours(cases: Sequence[Case], transcripts: Mapping[str, Transcript]) -> None:
    """Print how many neighbours are rightly together or apart where the outline is not there."""
    for case in cases:
        proposal = propose_plan(case.note, case.parts, None, evidence_about_images=transcripts)
        by_line = {part["line"]: part for part in case.truth}
        both = [(part.topics, by_line[part.part.lines.start]) for part in proposal.parts]
        right = [
            not topics_of(truth) & topics_of(next_truth)
            if one != other
            else bool(possible(truth) & possible(next_truth))
            for (one, truth), (other, next_truth) in pairwise(both)
        ]
        print(f"no outline    {case.note.name:24} {sum(right)} of {len(right)} neighbours")


def possible(truth: Mapping[str, Any]) -> set[str]:
    """Return these and the ones that a knowledgeable reader could choose."""
    return topics_of(truth) | {*truth.get("maybe", ())}


def topics_of(truth: Mapping[str, Any]) -> set[str]:
    """Return the topics that a part belongs to equally well."""
    return {truth["topic"], *truth["also"]}


def total(cases: Sequence[Case], transcripts: Mapping[str, Transcript], odds: Odds | None = None) -> Score:
    """Add up the scores of several notes."""
    return sum((score(case, transcripts, odds) for case in cases), Score())


def with_typing_errors(case: Case, seed: int) -> Case:
    """Misspell every third word of the outline, in the truth as well."""
    chance = random.Random(f"{seed} {case.note.name}")
    spelt = {entry.text: misspell(entry.text, chance) for entry in case.outline.entries}
    entries = tuple(structs.replace(entry, text=spelt[entry.text]) for entry in case.outline.entries)

    def respelt(name: str) -> str:
        return spelt.get(name, name)

    truth = [
        {
            **part,
            "topic": respelt(part["topic"]),
            "also": [respelt(name) for name in part["also"]],
            "maybe": [respelt(name) for name in part.get("maybe", ())],
        }
        for part in case.truth
    ]
    return replace(case, outline=structs.replace(case.outline, entries=entries), truth=truth)


def misspell(text: str, chance: random.Random) -> str:
    """Leave out a letter or exchange two in every third longer word."""
    words = []
    for word in text.split(" "):
        at = chance.randrange(1, max(2, len(word) - 1))
        slips = (word[:at] + word[at + 1 :], word[:at] + word[at : at + 2][::-1] + word[at + 2 :])
        words.append(chance.choice(slips) if len(word) > 4 and chance.random() < 1 / 3 else word)
    return " ".join(words)


def leave_one_out(cases: Sequence[Case], transcripts: Mapping[str, Transcript]) -> None:
    """Change each weight by itself; choose the best on all notes but one, and try that one with it."""
    trials = {name: [score(case, transcripts, odds) for case in cases] for name, odds in variations()}
    worst = min(trials, key=lambda name: sum(each.right for each in trials[name]))
    print(f"worst of {len(trials)} weights: {worst}:", sum(trials[worst], Score()))
    unseen = Score()
    for index in range(len(cases)):
        best = max(
            trials, key=lambda name: sum(s.exact + s.right for i, s in enumerate(trials[name]) if i != index)
        )
        unseen += trials[best][index]
    print("left out:    ", unseen)


def variations() -> Iterator[tuple[str, Odds]]:
    """Yield the usual weights with each one changed by itself."""
    usual = Odds()
    for group in ("weights", "pull"):
        kind = getattr(usual, group)
        for each in fields(kind):
            for factor in FACTORS:
                changed = replace(kind, **{each.name: getattr(kind, each.name) * factor})
                yield f"{each.name} x {factor}", replace(usual, **{group: changed})


if __name__ == "__main__":
    main()
