"""How often the right page comes first: queries of our own, for notes of our own, with both engines."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from notebinder.vault.model import Transcript
from tests.browser.conftest import Reader, Site, build_vault_site
from tests.browser.engines import ENGINES, give_to_pagefind
from tests.browser.test_screenshots import draw_slide

HERE = Path(__file__).parent
KINDS: dict[str, list[dict[str, str]]] = yaml.safe_load(
    (HERE / "search_queries/workshop.yml").read_text("utf-8")
)
FLOORS = {"minisearch": (0.65, 0.95), "pagefind": (0.65, 0.9)}
"""The share of queries that find the right page and section first: of each kind, and of all."""

MANUAL = Transcript(
    "Changing the blade", ("Turn the arbor nut counterclockwise", "13,5 Nm", "ToggleBrake()"), ""
)

# Asks the worker, as the box does, without the time that typing takes.
ASK = """async queries => {
    const worker = new Worker("assets/notebinder/search-worker.js", { type: "module" })
    const answers = []
    for (const query of queries) {
        const answer = new Promise(done => worker.addEventListener("message", ({ data }) => {
            if (data.type === "result" && data.query === query) done(data)
        }))
        worker.postMessage({ type: "ask", query, within: "", tag: "" })
        const { items } = await answer
        answers.push(decodeURIComponent(items[0]?.hits[0].location ?? "nothing"))
    }
    worker.terminate()
    return answers
}"""


@pytest.fixture(scope="module")
def built(root: Path, origin: str) -> Site:
    vault = shutil.copytree(HERE / "search_vault", root / "search-vault")
    draw_slide(vault / "Workshop/arbor.png", MANUAL)
    build_vault_site(vault, root / "workshop")
    return Site(f"{origin}workshop/", root / "workshop")


@pytest.fixture(scope="module")
def given(built: Site, root: Path, origin: str) -> Site:
    return Site(f"{origin}workshop-found/", give_to_pagefind(built.folder, root / "workshop-found"))


def is_right(query: dict[str, str], found: str) -> bool:
    page, _, section = found.partition("#")
    return page == query["page"] and query.get("section", "") in section


@pytest.mark.parametrize("engine", ENGINES)
def test_the_right_page_comes_first(engine: str, reader: Reader, built: Site, given: Site) -> None:
    page = reader.opens({"minisearch": built, "pagefind": given}[engine].address)
    asked: list[dict[str, Any]] = [query for queries in KINDS.values() for query in queries]
    found = page.evaluate(ASK, [query["query"] for query in asked])
    right = {query["query"]: is_right(query, place) for query, place in zip(asked, found, strict=True)}
    shares = {
        kind: sum(right[query["query"]] for query in queries) / len(queries)
        for kind, queries in KINDS.items()
    }
    of_each, of_all = FLOORS[engine]
    wrong = {query: place for (query, fits), place in zip(right.items(), found, strict=True) if not fits}
    assert {kind: share for kind, share in shares.items() if share < of_each} == {}, wrong
    assert sum(right.values()) / len(right) >= of_all, wrong
