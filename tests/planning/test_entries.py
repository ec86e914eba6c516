"""An outline is told from other lists, and a topic from a question or a fact."""

import pytest

from notebinder.planning.entries import OutlineJudgement, kind_of
from notebinder.planning.proposal import propose_plan
from notebinder.vault.model import Note, Transcript
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


SLIDES = ("Amazon RDS", "RDS Backups", "Read Replicas", "RDS Proxy")
OUTLINES = (
    "1. Backups\n2. Read replicas\n3. Proxy\n",
    "1) Backups\n2) Read replicas\n3) Proxy\n",
    "- Backups\n- Read replicas\n- Proxy\n",
    "* RDS backup\n* Read Replica\n* RDS proxy\n",
    "- [ ] Backups\n- [x] Read replicas\n- [ ] Proxy\n",
    "1. RDS\n   1. Backups\n   2. Read replicas\n2. Proxy\n",
    "- RDS\n  - Backups\n  - Proxy\n",
    "Topics:\n1. Backups\n2. Proxy\n",
    "**Topics**\n\nBackups\nRead replicas\nProxy\n",
    "# Databases\n\nAgenda:\n\na. Backups\nb. Replicas\nc. Proxy\n",
    "## Table of contents\n\n- [[#Backups]]\n- [[#Read replicas]]\n- [[#Proxy]]\n",
    "[[#Backups]]\n[[#Read replicas]]\n[[#Proxy]]\n",
    "##### 1. Backups\n##### 2. Read replicas\n##### 3. Proxy\n",
    "**1. Backups**\n**2. Read replicas**\n**3. Proxy**\n",
    "> [!summary] Contents\n> - Backups\n> - Read replicas\n> - Proxy\n",
    "> **Outline**\n> 1. Backups\n> 2. Proxy\n",
    "| No | Topics |\n|-|-|\n| 1 | Backups |\n| 2 | Replicas |\n| 3 | Proxy |\n",
    "Inhalt\n\n- Backups\n- Replicas\n- Proxy\n",
    "From a course.\n\nSecond week.\n\nStill to be sorted.\n\n### Outline\n1. Backups\n2. Proxy\n",
    "1. Bakups (important!)\n2. ~~Read replicas~~\n3. **Proxy** - done\n4. When to use it?\n",
)
NO_OUTLINES = (
    "1. Open the console\n2. Click on Create\n3. Choose a name\n",
    "1. What is RDS?\n2. How does it scale?\n3. Why would I use it?\n",
    "- [[VPC]]\n- [[IAM]]\n",
    "- <https://aws.amazon.com>\n- [docs](https://docs.aws.amazon.com)\n",
    "- a single line\n",
    "- cheap\n- fast\n- well known\n",
    "- Milk\n- Bread\n- Eggs\n",
    "- [ ] call mum\n- [ ] buy milk\n",
    "Some words about databases.\n\nAnd some more.\n",
    "# Databases\n## Relational\n### Managed\n",
    "> [!note] Mind\n> - that it costs\n> - that it is slow\n",
    "| a | b | c |\n|-|-|-|\n| 1 | 2 | 3 |\n",
    "| key | value |\n|-|-|\n| port | 5432 |\n",
    "**Important**\n\nRead this first.\n",
    "```\n1. Backups\n2. Proxy\n```\n",
    "Dear diary,\ntoday it rained\nand I stayed in\n",
    "1. The database needs a subnet group that has at least two zones in it.\n"
    "2. The port must be open for the group of the application, else nothing works.\n",
    "- 2024-01-01\n- 2024-01-02\n",
    "## 1. Words\n\nA text.\n\n## 2. More\n\nA text.\n\n## 3. Rest\n\nA text.\n",
    "%%\n1. Backups\n2. Proxy\n%%\n",
)


@pytest.mark.parametrize(
    ("head", "is_outline"), [*((text, True) for text in OUTLINES), *((text, False) for text in NO_OUTLINES)]
)
def test_an_outline_is_told_from_content_by_its_form_and_by_what_follows(head: str, is_outline: bool) -> None:
    slides = {f"Pasted image 2024121117{number:02}00.png": title for number, title in enumerate(SLIDES)}
    text = head + "".join(f"\n![[{name}]]\n" for name in slides)
    note = Note("Databases.md", text, {}, 1, read_blocks(text))
    outline = read_outline(note)
    transcripts = {name: Transcript(title, ()) for name, title in slides.items()}
    proposal = propose_plan(note, read_parts(note, outline), outline, evidence_about_images=transcripts)
    assert proposal.judgement.is_outline is is_outline, proposal.judgement.reason
