"""While serving, a typing error leaves the pages of its note as they were, and is told with all it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from notebinder.build.pipeline import Build, build
from notebinder.images.rendering import Postpone
from tests.support.projects import settings_for

NOTE = "---\ntitle: Flour\n---\n1. Rye\n2. Wheat\n\n# Dark\n\nrye is dark\n\n# Light\n\nwheat is light\n"
PLAN = "topics:\n- title: Rye\n  parts: [Dark]\n- title: Wheat\n  parts: [Light]\n"
LINKS = "[[Bread#Dark]] and [[Bread]]\n"


class Author:
    """Saves files, and has them built as while serving."""

    def __init__(self, folder: Path) -> None:
        self._vault, self._docs = folder / "vault", folder / "docs"
        self._vault.mkdir()
        self._last: Build | None = None

    def save(self, **files: str) -> Build:
        for name, text in files.items():
            (self._vault / name.replace("_", ".")).write_text(text, "utf-8")
        self._last = self.built(self._last)
        return self._last

    def built(self, previous: Build | None) -> Build:
        settings = settings_for(self._vault, self._docs)
        return build(settings, previous=previous, postpone=Postpone(lambda _: None))


@pytest.fixture
def author(tmp_path: Path) -> Author:
    return Author(tmp_path)


def told(built: Build) -> list[str]:
    return [problem.code for problem in built.problems]


def test_a_plan_that_cannot_be_read_leaves_its_pages_as_they_were(author: Author) -> None:
    first = author.save(Bread_md=NOTE, Bread_plan_yml=PLAN, Links_md=LINKS)
    assert told(first) == []
    for broken in ("topics: [", "topics:\n- titel: Rye\n", "- x\n"):
        then = author.save(Bread_plan_yml=broken)
        assert then.files == first.files
        assert set(told(then)) == {"unreadable-plan"}
    mended = author.save(Bread_plan_yml=PLAN.replace("Wheat", "Spelt"))
    assert told(mended) == []
    assert "bread/spelt.md" in mended.files


def test_properties_that_cannot_be_read_leave_the_page_as_it_was(author: Author) -> None:
    first = author.save(Bread_md=NOTE, Links_md=LINKS)
    for broken in ("title: a: b", "title: [x"):
        then = author.save(Bread_md=NOTE.replace("title: Flour", broken))
        assert then.files == first.files
        assert told(then) == ["unreadable-properties"]
    mended = author.save(Bread_md=NOTE.replace("Flour", "Corn"))
    assert told(mended) == []
    assert b"title: Corn" in mended.files["bread.md"]


def test_a_private_note_stays_private_while_its_properties_are_written(author: Author) -> None:
    private = "---\npublish: false\n---\nSECRET\n"
    assert author.save(a_md="x", b_md=private).files.keys() >= {"a.md"}
    broken = author.save(b_md=private.replace("publish: false", "publish: false: x"))
    assert b"SECRET" not in b"".join(broken.files.values())


def test_what_could_never_be_read_is_shown_as_in_any_build(author: Author) -> None:
    first = author.save(Bread_md=NOTE, Bread_plan_yml="topics: [")
    assert set(first.files) == {"bread.md", ".nav.yml"}
    assert told(first) == ["unreadable-plan"]
    again = author.save(Bread_plan_yml="topics: [x")
    assert (set(again.files), told(again)) == (set(first.files), ["unreadable-plan"])
    assert "bread/rye.md" in author.save(Bread_plan_yml=PLAN).files


def test_a_clean_build_does_not_go_back(author: Author) -> None:
    """A published site shows what stands there."""
    author.save(Bread_md=NOTE, Bread_plan_yml=PLAN)
    author.save(Bread_plan_yml="topics: [")
    assert set(author.built(None).files) == {"bread.md", ".nav.yml"}
