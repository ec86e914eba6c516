"""A plan is proposed from titles, words, pauses and order."""

from collections.abc import Mapping

import pytest

from notebinder.planning.proposal import PlanProposal, proposal_as_json, propose_plan
from notebinder.planning.write import complete_plan
from notebinder.vault.model import Note, Transcript
from notebinder.vault.outline import read_outline, read_parts
from notebinder.vault.plan import read_plan
from notebinder.vault.syntax.blocks import read_blocks
from tests.support.projects import BuildVault

NOTE = """\
1. Amazon Aurora
2. Aurora - Serverless
3. RDS Proxi
4. ElasticCache Session Store
5. How to pay for it?

![[Pasted image 20241211170000.png]]

![[Pasted image 20241211170100.png]]

### How it works in simple terms

Capacity follows the load.

![[Pasted image 20241211171500.png]]

![[Pasted image 20241211173000.png]]

![[Pasted image 20241211174500.png]]

![[Pasted image 20241211180000.png]]
"""
TITLES = {
    "Pasted image 20241211170000.png": "What are databases?",
    "Pasted image 20241211170100.png": "Aurora Serverless",
    "Pasted image 20241211171500.png": "Aurora DB cluster",
    "Pasted image 20241211173000.png": "Neptune graphs",
    "Pasted image 20241211174500.png": "RDS Proxy",
    "Pasted image 20241211180000.png": "ElastiCache as a user session store",
}


def propose(
    text: str = NOTE, *, titles: Mapping[str, str] = TITLES, plan: str = "", name: str = "Databases"
) -> PlanProposal:
    note = Note(f"notes/{name}.md", text, {}, 1, read_blocks(text))
    outline = read_outline(note)
    transcripts = {name: Transcript(title, ()) for name, title in titles.items()}
    existing = read_plan(plan, f"notes/{name}.plan.yml")[0] if plan else None
    return propose_plan(
        note, read_parts(note, outline), outline, evidence_about_images=transcripts, existing=existing
    )


def test_each_part_goes_where_its_words_and_neighbours_say() -> None:
    assert {part.title or part.part.name: part.topics for part in propose().parts} == {
        "What are databases?": ("overview",),
        "Aurora Serverless": ("Aurora - Serverless",),
        "How it works in simple terms": ("Aurora - Serverless",),
        "Aurora DB cluster": ("Amazon Aurora",),
        "Neptune graphs": (),
        "RDS Proxy": ("RDS Proxi",),
        "ElastiCache as a user session store": ("ElasticCache Session Store",),
    }


def test_reasons_name_the_evidence() -> None:
    reasons = {part.title or part.part.name: part.reasons for part in propose().parts}
    assert reasons["RDS Proxy"] == ('the title read from the picture and the entry share "RDS", "Proxy"',)
    assert (
        reasons["What are databases?"][0]
        == "the title read from the picture names what the whole note is about"
    )
    assert reasons["Neptune graphs"][0] == "the title read from the picture fits no entry"
    assert "its neighbour before it belongs there too" in reasons["How it works in simple terms"]


def test_json_says_name_line_topics_certainty_and_reasons() -> None:
    part = proposal_as_json(propose())["parts"][5]
    assert part == {
        "name": "Pasted image 20241211174500.png",
        "line": 19,
        "topics": ["RDS Proxi"],
        "sure": True,
        "probability": 1.0,
        "reasons": ['the title read from the picture and the entry share "RDS", "Proxy"'],
    }


def test_part_may_belong_to_two_entries() -> None:
    titles = TITLES | {"Pasted image 20241211170100.png": "Aurora Serverless behind an RDS Proxy"}
    assert propose(titles=titles).parts[1].topics == ("Aurora - Serverless", "RDS Proxi")


def outline_and_slides(
    entries: list[str], titles: list[str], *, name: str = "Notes"
) -> list[tuple[str, ...]]:
    """The topics of slides that were captured five minutes after another."""
    names = [f"Pasted image 2024121117{5 * index:02}00.png" for index in range(len(titles))]
    text = "".join(f"- {entry}\n" for entry in entries) + "".join(f"\n![[{name}]]\n" for name in names)
    proposal = propose(text, titles=dict(zip(names, titles, strict=True)), name=name)
    return [part.topics for part in proposal.parts]


def test_title_that_names_one_of_the_things_that_an_entry_lists_belongs_to_it() -> None:
    assert outline_and_slides(
        ["Storage classes & lifecycle", "Versioning"], ["Lifecycle Rules", "Versioning", "Storage classes"]
    ) == [("Storage classes & lifecycle",), ("Versioning",), ("Storage classes & lifecycle",)]


def test_narrow_entry_takes_a_title_from_a_broad_one() -> None:
    assert outline_and_slides(
        ["ElastiCache", "ElastiCache security"],
        ["ElastiCache patterns", "ElastiCache: cache security", "ElastiCache for sessions"],
    ) == [("ElastiCache",), ("ElastiCache security",), ("ElastiCache",)]


def test_shared_general_word_is_no_evidence() -> None:
    """All titles name DynamoDB; that puts none of them under an entry about its streams."""
    assert outline_and_slides(
        ["DynamoDB Streams", "DynamoDB Accelerator"],
        [
            "DynamoDB Streams",
            "DynamoDB Accelerator",
            "DynamoDB global tables",
            "DynamoDB backups",
            "DynamoDB TTL",
        ],
    ) == [("DynamoDB Streams",), ("DynamoDB Accelerator",), (), (), ()]


def test_bare_heading_of_the_author_stands_for_the_images_below_it() -> None:
    """Nobody needs to have read them."""
    blocks = (
        "- Replication\n- Versioning",
        "## Versioning",
        "![[1.png]]",
        "## Replication",
        "![[2.png]]",
        "![[3.png]]",
    )
    assert [part.topics for part in propose("\n\n".join(blocks)).parts] == [
        ("Versioning",),
        ("Versioning",),
        ("Replication",),
        ("Replication",),
        ("Replication",),
    ]


def test_summary_introduces_the_note_even_at_the_end() -> None:
    assert outline_and_slides(
        ["Replication", "Versioning"],
        ["Storage", "Replication", "Versioning", "Storage - Summary", "Neptune"],
        name="Storage",
    ) == [("overview",), ("Replication",), ("Versioning",), ("overview",), ()]


def test_plan_stands_and_helps_its_neighbours() -> None:
    plan = (
        "topics:\n  - title: Graphs\n    parts:\n      - Pasted image 20241211170100.png: Aurora Serverless\n"
    )
    parts = propose(plan=plan).parts
    assert (parts[1].topics, parts[1].planned, parts[1].reasons) == (("Graphs",), True, ("the plan says so",))
    assert parts[2].topics == ("Graphs",)


def test_topic_of_the_authors_own_is_a_place_too() -> None:
    plan = "topics:\n  - title: Neptune\n"
    assert propose(plan=plan).parts[4].topics == ("Neptune",)


def test_topic_that_stands_for_an_entry_is_one_place_with_it() -> None:
    """No entry and no topic is offered twice."""
    plan = (
        "topics:\n  - title: Amazon Aurora\n  - title: Neptune\n  - title: RDS Proxy\n    entry: RDS Proxi\n"
    )
    assert [(place.name, place.title) for place in propose(plan=plan).places] == [
        ("Amazon Aurora", "Amazon Aurora"),
        ("Aurora - Serverless", "Aurora - Serverless"),
        ("RDS Proxi", "RDS Proxy"),
        ("ElasticCache Session Store", "ElasticCache Session Store"),
        ("How to pay for it?", "How to pay for it?"),
        ("Neptune", "Neptune"),
    ]


def test_pictures_that_nobody_has_read_are_not_sure() -> None:
    """Without titles little is known, and the tool says so."""
    images = [part for part in propose(titles={}).parts if part.part.embed]
    assert [(part.part.name, part.sure) for part in images] == [(name, False) for name in TITLES]


def test_note_without_an_outline_gets_no_places() -> None:
    proposal = propose("just text\n\n## A heading\n")
    assert proposal.places == ()
    assert [(part.topics, part.sure, part.reasons) for part in proposal.parts] == [
        ((), False, ("no list stands at its head",)),
        ((), False, ("no list stands at its head",)),
    ]


@pytest.mark.parametrize(
    ("text", "reason", "parts"),
    [
        ("", "no list stands at its head", []),
        ("1. a\n2. b\n", "what follows the list at its head does not take up its entries", []),
        ("1. \n2. \n\n![[x.png]]\n", "no list stands at its head", ["line 1", "x.png"]),
        (
            "1. ?\n2. !\n\n![[x.png]]\n" * 3,
            "the list at its head is one of questions",
            ["x.png", "?", "x.png#2", "?#2", "x.png#3"],
        ),
    ],
)
def test_odd_notes_do_no_harm(text: str, reason: str, parts: list[str]) -> None:
    """Their parts are listed and lie nowhere, and it is said why."""
    proposal = propose(text)
    assert (proposal.places, proposal.judgement.reason) == ((), reason)
    assert [(part.part.name, part.topics) for part in proposal.parts] == [(name, ()) for name in parts]


def test_members_of_a_class_belong_to_the_entry_that_names_it_while_they_stand_together() -> None:
    entries = ["Health Checks", "Types of Load balancer", "Load Balancer Security Group", "Sticky Sessions"]
    titles = [
        "Health checks of targets",
        "Types of load balancer on AWS",
        "Load Balancer Security Groups",
        "Application Load Balancer",
        "Network Load Balancer",
        "Sticky Sessions",
        "Auto Scaling Groups",
    ]
    assert outline_and_slides(entries, titles, name="Elastic Load Balancer") == [
        ("Health Checks",),
        ("Types of Load balancer",),
        ("Load Balancer Security Group",),
        ("Types of Load balancer",),
        ("Types of Load balancer",),
        ("Sticky Sessions",),
        (),
    ]


def test_members_of_a_class_need_not_name_it() -> None:
    entries = ["Versioning", "S3 - Storage classes", "Encryption"]
    titles = ["S3 Versioning", "S3 Storage Classes", "Glacier Instant Retrieval", "One Zone", "S3 Encryption"]
    assert outline_and_slides(entries, titles, name="S3") == [
        ("Versioning",),
        *[("S3 - Storage classes",)] * 3,
        ("Encryption",),
    ]


def test_a_note_without_an_outline_gets_topics_proposed_and_stays_one_page(build_vault: BuildVault) -> None:
    titles = [
        "Lambda Basics",
        "Lambda Limits",
        "DynamoDB Streams",
        "DynamoDB Accelerator",
        "API Gateway",
        "Cognito",
    ]
    names = [f"Pasted image 2024121117{5 * index:02}00.png" for index in range(len(titles))]
    text = "".join(f"![[{name}]]\n\n" for name in names) + "More about Cognito.\n"
    proposal = propose(text, titles=dict(zip(names, titles, strict=True)), name="Serverless")
    assert [part.topics for part in proposal.parts] == [
        *[("Lambda",)] * 2,
        *[("DynamoDB",)] * 2,
        ("API Gateway",),
        *[("Cognito",)] * 2,
    ]
    assert not any(part.sure for part in proposal.parts)
    plan = complete_plan("", proposal)
    assert "\nproposed: true\n" in plan
    assert "# not sure" not in plan
    vault = {"Serverless.md": text, "Serverless.plan.yml": plan}
    assert [page.title for page in build_vault(vault).layouts[0].pages] == ["Serverless"]


def test_an_agreed_plan_without_an_outline_splits_the_note(build_vault: BuildVault) -> None:
    plan = (
        "topics:\n  - title: Lambda\n    parts:\n      - One\n  - title: DynamoDB\n    parts:\n      - Two\n"
    )
    vault = {"Serverless.md": "## One\n\ntext\n\n## Two\n\ntext\n", "Serverless.plan.yml": plan}
    pages = build_vault(vault).layouts[0].pages
    assert [page.title for page in pages] == ["Serverless", "Lambda", "DynamoDB"]


@pytest.mark.parametrize("known", [5, 2])
def test_too_few_pictures_or_titles_are_no_topics(known: int) -> None:
    names = [f"{index}.png" for index in range(5 if known == 5 else 8)]
    text = "".join(f"![[{name}]]\n\n" for name in names)
    titles = {name: f"Word{index}" for index, name in enumerate(names[:known])}
    assert propose(text, titles=titles).places == ()


@pytest.mark.parametrize(
    "entry", ["CNAME v ALIAS", "CNAME vs. Alias", "Difference between CNAME and Alias", "CNAME/Alias"]
)
def test_an_entry_that_compares_takes_parts_about_either_side(entry: str) -> None:
    titles = ["TTL of records", "CNAME vs Alias", "Alias Records", "CNAME records", "Routing Policies"]
    assert outline_and_slides(["Records TTL", entry, "Routing policy"], titles, name="Route53") == [
        ("Records TTL",),
        *[(entry,)] * 3,
        ("Routing policy",),
    ]


@pytest.mark.parametrize(
    ("entries", "titles", "name"),
    [
        (
            ["Speicherklassen", "Verschlüsselung der Daten", "Sicherungen und Wiederherstellung"],
            [
                "Welche Speicherklasse für welche Datei?",
                "Wie die Verschlüsselung von Daten arbeitet",
                "Eine Sicherung einspielen",
            ],
            "Datenspeicher",
        ),
        (
            ["Clases de almacenamiento", "Cifrado de los datos", "Copias de seguridad"],
            [
                "Una clase de almacenamiento para cada archivo",
                "Los datos cifrados",
                "La copia de seguridad diaria",
            ],
            "Almacén",
        ),
        (
            ["भंडारण के प्रकार", "डेटा का एन्क्रिप्शन", "बैकअप और पुनर्स्थापना"],
            ["भंडारण के सभी प्रकार", "डेटा का एन्क्रिप्शन कैसे काम करता है", "बैकअप से पुनर्स्थापना"],
            "डेटाबेस",
        ),
        (
            ["存储类型", "数据加密", "备份与恢复"],
            ["对象存储类型一览", "静态数据加密", "从备份恢复数据库"],
            "数据库",
        ),
    ],
    ids=["de", "es", "hi", "zh"],
)
def test_notes_in_other_languages_are_placed_by_the_same_rules(
    entries: list[str], titles: list[str], name: str
) -> None:
    assert outline_and_slides(entries, titles, name=name) == [(entry,) for entry in entries]
