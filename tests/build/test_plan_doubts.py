"""What a plan is not sure of is marked on its page for the author while serving, and for nobody else."""

from __future__ import annotations

from pathlib import Path

from notebinder.build.pipeline import Build, build
from notebinder.images.rendering import Postpone
from tests.support.projects import settings_for

NOTE = "1. Rye\n2. Wheat\n\n# Dark\n\nrye is dark\n\n# Light\n\nwheat is light\n"
PLAN = """topics:
- title: Rye
  parts:
  - Dark  # not sure: shares "rye" & <b>; it may also belong under Wheat (40%) [51%]
- title: Wheat
  parts:
  - Light  # pale
"""
MARK = "nb-doubt"


def served(vault: Path, previous: Build | None = None) -> Build:
    settings = settings_for(vault, vault.parent / "docs")
    return build(settings, previous=previous, postpone=Postpone(lambda _: None))


def shown(built: Build, page: str) -> str:
    return built.files[page].decode()


def test_a_doubtful_part_says_why_and_where_to_change_it_while_serving_alone(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "Bread.md").write_text(NOTE)
    (vault / "Bread.plan.yml").write_text(PLAN)
    at_first = served(vault)
    rye = shown(at_first, "bread/rye.md")
    (mark,) = (line for line in rye.split("\n") if MARK in line)
    assert (
        "shares &#34;rye&#34; &#38; &#60;b&#62;; it may also belong under Wheat (40%) &#91;51%&#93;" in mark
    )
    assert "<code>Bread.plan.yml&#58;4</code>" in mark
    assert "data-search-exclude" in mark
    assert MARK not in shown(at_first, "bread/wheat.md") + shown(at_first, "bread/index.md")

    published = build(settings_for(vault, tmp_path / "docs"))
    assert not [path for path, data in published.files.items() if MARK.encode() in data]
    without_mark = rye.replace(f"{mark}\n\n", "")
    assert without_mark == shown(published, "bread/rye.md")


def test_a_mark_follows_the_plan(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "Bread.md").write_text(NOTE)
    (vault / "Bread.plan.yml").write_text(PLAN)
    at_first = served(vault)
    (vault / "Bread.plan.yml").write_text(f"# mine\n{PLAN}")
    lower = served(vault, at_first)
    assert lower.changed_since(at_first) == {"bread/rye.md"}
    assert "Bread.plan.yml&#58;5" in shown(lower, "bread/rye.md")
    (vault / "Bread.plan.yml").write_text(PLAN.replace("  - Dark", "  - Dark # checked; it was"))
    assert MARK not in shown(served(vault, lower), "bread/rye.md")
