"""The first note of this project, as a reader and the ledger see it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from notebinder.build.pipeline import Build, build
from notebinder.cli.main import cli
from notebinder.site.project import read_project
from tests.support.projects import sample_project, text_of

NOTE = "notes/AWS databases.md"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_project(tmp_path_factory.mktemp("seed") / "project")


@pytest.fixture(scope="module")
def seed(project: Path) -> Build:
    return build(read_project(project))


def test_every_topic_has_a_page_in_outline_order(seed: Build) -> None:
    assert [page.title for page in seed.layouts[0].pages] == [
        "AWS databases",
        "Amazon RDS",
        "RDS Proxy",
        "RDS Custom",
        "Amazon Aurora",
        "Proxy fleet - Aurora",
        "Aurora - Custom Endpoints",
        "Aurora - Serverless",
        "Global Aurora",
        "RDS Backup",
        "Aurora Database Cloning",
        "RDS & Aurora Security",
        "ElastiCache",
        "ElastiCache Security",
        "ElastiCache Session Store",
    ]


def test_the_ledger_balances(seed: Build) -> None:
    """28 embeds in, 28 distinct figures out in 29 places, every word on a page."""
    account = seed.notes[0].account
    assert (account.embeds_in, account.figures, account.placings) == (28, 28, 29)
    assert account.words_in <= account.words_shown + account.words_spent
    assert account.problems == ()


def test_every_heading_of_a_page_has_an_id_of_its_own(seed: Build) -> None:
    """A part alone under a topic of its name has none: the page's title says it."""
    for page in seed.layouts[0].pages[1:]:
        text = text_of(seed, page.path)
        headings = re.findall(r"(?m)^##+ .*$", text)
        ids = re.findall(r"(?m)^##+ .*\{ #(\S+)[^{}]*\}$", text)
        is_said = [section.title for section in page.sections] == [page.title]
        assert len(headings) == len(page.sections) - is_said
        assert len(set(ids)) == len(headings)


def test_the_overview_links_each_entry_as_typed(seed: Build) -> None:
    overview = text_of(seed, "aws-databases/index.md")
    entries = re.findall(r"(?m)^(\d+)\. \[(.+?)\]\(\./(.+)\.md\)$", overview)
    assert len(entries) == 13
    assert entries[0] == ("2", "RDS proxy", "rds-proxy")
    assert entries[-1] == ("14", "ElasticCache Session Store", "elasticache-session-store")


def test_the_only_problems_are_the_missing_screenshots(seed: Build) -> None:
    found = [problem.location.line for problem in seed.problems if problem.code == "missing-attachment"]
    assert len(found) == len(seed.problems) == 28
    assert found[0] == 20


def test_the_report_names_pages_parts_and_counts(tmp_path: Path, project: Path) -> None:
    report = tmp_path / "report.json"
    result = CliRunner().invoke(cli, ["build", "--config", str(project), "--report", str(report)])
    assert result.exit_code == 0, result.output
    note = json.loads(report.read_text("utf-8"))["notes"][NOTE]
    assert len(note["pages"]) == 15
    assert len(note["parts"]) == 31
    assert note["embeds"] == {"found": 28, "shown": 0, "missing": 28}
    assert note["figures"] == {"distinct": 28, "placings": 29}
    assert note["balanced"] is True
