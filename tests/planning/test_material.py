"""What is known of a part before it is placed."""

import pytest

from notebinder.planning.material import Material, describe_parts
from notebinder.vault.model import Note, Transcript
from notebinder.vault.outline import read_parts
from notebinder.vault.plan import read_plan
from notebinder.vault.syntax.blocks import read_blocks


def describe(text: str, *, plan: str = "") -> tuple[Material, ...]:
    note = Note("Note.md", text, {}, 1, read_blocks(text))
    transcripts = {"Pasted image 20241211175933.png": Transcript("Read Replicas", ("asynchronous",))}
    existing = read_plan(plan, "Note.plan.yml")[0] if plan else None
    return describe_parts(note, read_parts(note, None), transcripts, existing)


@pytest.mark.parametrize(
    ("text", "title", "titled_by"),
    [
        ("![[Pasted image 20241211175933.png]]", "Read Replicas", "picture"),
        ("![[Pasted image 20241211175933.png|300]]", "Read Replicas", "picture"),
        ("![[Pasted image 20241211175933.png|Replicas|300]]", "Replicas", "caption"),
        ("![Replicas](Pasted%20image%2020241211175933.png)", "Replicas", "caption"),
        ("![[rds-proxy.png]]", "rds proxy", "name"),
        ("![[Pasted image 20241212.png]]", "", ""),
        ("![[Screenshot 2024-12-11 at 5.59.33 PM.png]]", "", ""),
        ("![[IMG_0001.jpg]]", "", ""),
        ("![[3f2a9c0d11e8.png]]", "", ""),
        ("### **Key Features** of RDS", "Key Features of RDS", "heading"),
        ("**SnapStart** in Lambda is fast. More.", "SnapStart", "words"),
        ("In short, it is a log that tracks all changes", "In short, it is a log that tracks", "words"),
    ],
)
def test_title_comes_from_whoever_knows_best(text: str, title: str, titled_by: str) -> None:
    (material,) = describe(text)
    assert (material.title, material.titled_by) == (title, titled_by)


def test_title_of_the_plan_comes_first() -> None:
    plan = "topics:\n  - title: RDS\n    parts:\n      - Pasted image 20241211175933.png: Replicas\n"
    (material,) = describe("![[Pasted image 20241211175933.png]]", plan=plan)
    assert (material.title, material.titled_by, material.paragraphs) == (
        "Replicas",
        "plan",
        ("asynchronous",),
    )


def test_bare_heading_opens_a_section() -> None:
    heading, image, notes = describe("## RDS Proxy\n\n![[1.png]]\n\n## In short\n\ntext\n")
    assert (heading.opens_a_section, image.opens_a_section, notes.opens_a_section) == (True, False, False)
