"""An outline is told from other lists, and a topic from a question or a fact."""

import pytest

from notebinder.planning.entries import OutlineJudgement, kind_of
from notebinder.planning.proposal import propose_plan
from notebinder.vault.model import Note
from notebinder.vault.outline import read_outline, read_parts
from notebinder.vault.syntax.blocks import read_blocks


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        ("RDS proxy", "topic"),
        ("S3 - Select & Glacier Select", "topic"),
        ("[[#RDS Proxy]]", "topic"),
        ("What is Lamda@Edge", "question"),
        ("Will it scale?", "question"),
        ("how to increase cpu in lamda", "question"),
        ("By default lamda is not created in vpc", "fact"),
        ("**Layers in AWS Lambda** are a way to **package and share code** across functions.", "fact"),
        ("Click on Save.", "step"),
        ("[[RDS Proxy]]", "link"),
        ("[AWS](https://aws.amazon.com)", "link"),
        ("[ ] learn RDS", "task"),
    ],
)
def test_entries_are_told_by_their_form(entry: str, kind: str) -> None:
    assert kind_of(entry) == kind


def judge(text: str) -> OutlineJudgement:
    note = Note("Note.md", text, {}, 1, read_blocks(text))
    outline = read_outline(note)
    return propose_plan(note, read_parts(note, outline), outline, evidence_about_images={}).judgement


def test_list_whose_entries_return_as_headings_is_an_outline() -> None:
    judgement = judge("1. Replication\n2. Backups\n\n## Backups\n\ntext\n\n## Replication of data\n\ntext\n")
    assert (judgement.is_outline, judgement.reason) == (True, "2 of its 2 topics return in what follows")


def test_list_above_many_unread_images_is_an_outline() -> None:
    judgement = judge("1. Replication\n2. Backups\n\n![[1.png]]\n\n![[2.png]]\n\n![[3.png]]\n")
    assert (judgement.is_outline, judgement.reason) == (
        True,
        "3 images follow, and nobody has said what they show",
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("just text\n", "no list stands at its head"),
        ("- one thing\n\ntext\n", "the list at its head has a single entry"),
        (
            "1. Open the settings page\n2. Click on Save\n3. Close the window again\n\n![[1.png]]\n",
            "the list at its head is one of steps",
        ),
        (
            "1. What is a VPC?\n2. How does it scale?\n3. Subnets\n\n## Subnets\n",
            "the list at its head is one of questions",
        ),
        ("- [[VPC]]\n- [[RDS]]\n\n## VPC\n\n## RDS\n", "the list at its head is one of links"),
        (
            "- fully managed\n- scales well\n\n## Pricing\n\ntext\n",
            "what follows the list at its head does not take up its entries",
        ),
    ],
)
def test_other_lists_are_no_outline(text: str, reason: str) -> None:
    judgement = judge(text)
    assert (judgement.is_outline, judgement.reason) == (False, reason)
