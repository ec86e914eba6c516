"""The plan proposed for real notes, against where their parts belong by hand.

Titles are those that the annotator saw; `benchmarks/placing.py` measures the same with all images read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import yaml

from notebinder.images.reading import can_read_images, load_reader
from notebinder.planning.proposal import OVERVIEW, PartProposal, PlanProposal, proposal_as_json, propose_plan
from notebinder.planning.write import complete_plan
from notebinder.vault.model import Note, Transcript
from notebinder.vault.outline import read_outline, read_parts
from notebinder.vault.reading import read_note
from tests.support.projects import SAMPLE
from tests.support.real_vaults import real_vault


@dataclass(frozen=True)
class Judged:
    """A proposed part beside what the annotator says."""

    part: PartProposal
    topics: tuple[str, ...]
    """The right topic, others that fit as well, and those that a knowledgeable reader could choose."""

    @property
    def is_right(self) -> bool:
        topic = self.part.topics[0] if self.part.topics else "none"
        return {OVERVIEW: "general"}.get(topic, topic) in self.topics


VAULTS = ("aws-notes", "aws-notes-2")


def truth(vault: str = "aws-notes") -> list[dict[str, Any]]:
    text = (real_vault(vault) / "placements.yml").read_text(encoding="utf-8")
    return list(yaml.safe_load(text)["notes"])


def propose(note: Note, titles: dict[str, str]) -> PlanProposal:
    outline = read_outline(note)
    transcripts = {name: Transcript(title, ()) for name, title in titles.items()}
    return propose_plan(note, read_parts(note, outline), outline, evidence_about_images=transcripts)


def judged(*, with_titles: bool) -> Iterator[Judged]:
    for vault, each in [(name, each) for name in VAULTS for each in truth(name)]:
        path = f"AWS Certification/{each['note']}"
        note, _ = read_note(path, real_vault(vault) / path)
        images = {part["part"]: part["title"] for part in each["parts"] if part["kind"] == "image"}
        proposal = propose(note, images if with_titles else {})
        by_line = {part["line"]: part for part in each["parts"]}
        for part in proposal.parts:
            known = by_line[part.part.lines.start]
            yield Judged(part, (known["topic"], *known["also"], *known.get("maybe", [])))


def test_nine_of_ten_parts_are_placed_right_and_sure_ones_nearly_always() -> None:
    found = list(judged(with_titles=True))
    sure = [each for each in found if each.part.sure]
    right, right_sure = (sum(each.is_right for each in group) for group in (found, sure))
    print(f"{right} of {len(found)} parts right; {right_sure} of {len(sure)} sure ones")
    assert len(found) == 128
    assert right >= 0.9 * len(found)
    assert len(sure) >= 0.6 * len(found)
    assert right_sure >= 0.97 * len(sure)


def test_without_titles_little_is_claimed_to_be_sure() -> None:
    """What cannot be known is not claimed: of the parts called sure, nearly all are right even so."""
    found = list(judged(with_titles=False))
    sure = [each for each in found if each.part.sure]
    print(f"{sum(each.is_right for each in found)} of {len(found)} right without titles, {len(sure)} sure")
    assert sum(each.is_right for each in sure) >= 0.9 * len(sure)


@pytest.mark.whole
@pytest.mark.skipif(not can_read_images(), reason="needs the extra ocr")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_title_of_a_slide_is_read_as_it_stands() -> None:
    read = load_reader()
    note = next(each for each in truth() if each["note"] == "CloudFront.md")
    first = note["parts"][0]
    assert plain(read(real_vault("aws-notes") / first["part"]).title) == plain(first["title"])


def plain(title: str) -> str:
    """A title whatever its dashes and spaces."""
    return "".join(letter for letter in title.casefold() if letter.isalnum())


@pytest.mark.parametrize("vault", ["student-notes", "obsidian-help"])
def test_no_list_of_facts_or_steps_is_taken_for_an_outline(vault: str) -> None:
    """No note of these vaults has an outline, but for one whose list links to its own two headings."""
    outlined = []
    for file in sorted(real_vault(vault).rglob("*.md")):
        note, _ = read_note(file.name, file)
        proposal = propose(note, {})
        assert len(proposal_as_json(proposal)["parts"]) == len(read_parts(note, read_outline(note)))
        if proposal.judgement.is_outline:
            assert complete_plan("", proposal)
            outlined.append(file.name)
    assert outlined == {"student-notes": [], "obsidian-help": ["Version history.md"]}[vault]


def test_first_note_is_placed_as_its_author_did() -> None:
    """RDS Proxy is the 21st screenshot and the second entry; one screenshot serves two entries."""
    note, _ = read_note("notes/AWS databases.md", SAMPLE / "notes/AWS databases.md")
    plan = yaml.safe_load((SAMPLE / "notes/AWS databases.plan.yml").read_text(encoding="utf-8"))
    shelves = [
        (topic.get("entry", topic["title"]), dict(map(titled, topic["parts"]))) for topic in plan["topics"]
    ]
    proposal = propose(note, {name: title for _, parts in shelves for name, title in parts.items()})
    wrong = {
        part.part.name: part.topics
        for part in proposal.parts
        if {topic.casefold().strip() for topic in part.topics}
        != {entry.casefold() for entry, parts in shelves if part.part.name in parts} - {"amazon rds"}
    }
    print(f"{len(proposal.parts) - len(wrong)} of {len(proposal.parts)} parts of the first note right")
    assert set(wrong) == {"Pasted image 20241212190347.png"}  # "restore options", under "RDS Backup"
    assert "  - title: Amazon RDS\n" in complete_plan("", proposal)


def titled(part: str | dict[str, str]) -> tuple[str, str]:
    """A part of a plan and its title."""
    return next(iter(part.items())) if isinstance(part, dict) else (part, "")
