"""Queries and expressions of Dataview, and what of them a base can show."""

from __future__ import annotations

import re
from html import unescape

import pytest

from notebinder.pages.bases.dataview import bases_expression, read_query
from notebinder.pages.bases.dataview_functions import FUNCTIONS
from notebinder.pages.bases.functions import GLOBALS
from notebinder.pages.bases.inline_values import read_inline_value
from notebinder.vault.bases import BaseError
from tests.support.converting import convert
from tests.support.projects import BuildVault

NOTES = {
    "b/One.md": (
        "---\nrating: 10\ndone: true\ndue-date: 2024-01-02\ngenres: [x, y]\nauthor: '[[Ada]]'\n---\n#book\n"
    ),
    "b/2024-05-06 Two.md": "---\nrating: 9\naliases: [Deux]\n---\n#book/old [[Ada]]\n",
    "Ada.md": "[[b/One]]\n",
}

EXPRESSIONS = {
    "rating = 5": "rating == 5",
    "a != b AND c >= 1 or d": "a != b && c >= 1 || d",
    'name = "a and b = c"': 'name == "a and b = c"',
    "this.due-date": 'this["due-date"]',
    "[[Ada]] = author": 'link("[[Ada]]") == author',
    "date(today) - dur(7 days)": 'today() - duration("7 days")',
    "date(2024-01-02)": 'date("2024-01-02")',
    "date(due-date)": 'date(note["due-date"])',
    "contains(tags, #book)": 'contains(tags, "#book")',
    "[[]]": "this.file",
}


@pytest.mark.parametrize("typed", EXPRESSIONS)
def test_an_expression_becomes_one_of_bases(typed: str) -> None:
    assert bases_expression(typed) == EXPRESSIONS[typed]


def shown(query: str) -> str:
    page = convert(f"```dataview\n{query}\n```\n", path="Ada Note.md", others=NOTES).markdown
    return "box" if "nb-box" in page else unescape(re.sub(r"<[^>]+>", " ", page))


QUERIES = {
    'LIST FROM "b"': "2024-05-06 Two One",
    'list from "b" sort rating desc': "One 2024-05-06 Two",
    "LIST FROM #book": "2024-05-06 Two One",
    "LIST FROM #book AND -#book/old": "One",
    'LIST FROM "b" WHERE done': "One",
    'LIST FROM "b" WHERE !done': "2024-05-06 Two",
    'LIST FROM "b"\nWHERE rating > 9\nWHERE done': "One",
    "LIST FROM [[Ada]]": "2024-05-06 Two One",
    "LIST FROM outgoing([[Ada]])": "One",
    'LIST rating FROM "b" LIMIT 1': "One : 10",
    'LIST FROM "b/One"': "One",
    'LIST FROM "b" WHERE contains(genres, "x")': "One",
    'LIST FROM "b" WHERE file.day = date(2024-05-06)': "2024-05-06 Two",
    'TABLE WITHOUT ID rating AS "Stars" FROM "b" SORT rating': "Stars 9 10",
    'TABLE rating, due-date FROM "b" WHERE due-date < date(2024-02-01)': (
        "File rating due-date One 10 2 January 2024"
    ),
    'TABLE join(genres, "+") AS G FROM "b" WHERE genres': "File G One x+y",
    'LIST FROM "nowhere"': "Nothing found",
}


@pytest.mark.parametrize("query", QUERIES)
def test_a_simple_query_is_answered(query: str) -> None:
    found, expected = shown(query).split(), QUERIES[query].split()
    assert sorted(found) == sorted(expected)
    assert found == expected or "sort" not in query.lower()


BOXES = (
    "TASK",
    "CALENDAR file.ctime",
    'TABLE rows FROM "b" GROUP BY rating',
    'LIST FROM "b" FLATTEN genres',
    'LIST FROM csv("x.csv")',
    'LIST FROM "b" WHERE nofunction(rating)',
    'LIST FROM "b" WHERE rating >',
    "TABLE file.tasks",
    'LIST FROM "b" WHERE filter(genres, (g) => g = "x")',
    "",
    "LIST WITHOUT ID",
)


@pytest.mark.parametrize("query", BOXES)
def test_any_other_query_is_a_box_that_is_told(query: str) -> None:
    found = convert(f"```dataview\n{query}\n```\n", others=NOTES)
    assert "nb-box" in found.markdown
    assert "not-shown" in {problem.code for problem in found.problems}


FUNCTIONS_SHOWN = {
    "average([1, 3])": "2",
    'choice(true, "a", "b")': "a",
    'contains("abc", "b")': "yes",
    'icontains(list("ABC"), "b")': "yes",
    'dateformat(date("2024-03-04"), "dd.MM.yyyy \'at\' HH:mm cccc")': "04.03.2024 at 00:00 Monday",
    'default(null, "x")': "x",
    'endswith("abc", "c")': "yes",
    "flat([1, [2]])": "1, 2",
    "join([1, 2])": "1, 2",
    'length("abc")': "3",
    'lower("AB")': "ab",
    'nonnull([null, "a"])': "a",
    'replace("a-b", "-", "+")': "a+b",
    "reverse([1, 2])": "2, 1",
    "round(2.345, 1)": "2.3",
    "sort([2, 1])": "1, 2",
    'split("a,b", ",")': "a, b",
    'startswith("abc", "a")': "yes",
    "string(5)": "5",
    "sum([1, 2])": "3",
    "typeof(5)": "number",
    "unique([1, 1])": "1",
    'upper("ab")': "AB",
}


@pytest.mark.parametrize("expression", FUNCTIONS_SHOWN)
def test_a_function_of_dataview_gives_its_value(expression: str) -> None:
    page = convert(f"`= default(this.none, {expression})`", others=NOTES).markdown
    assert unescape(page) == FUNCTIONS_SHOWN[expression]


def test_every_function_of_dataview_is_tried() -> None:
    assert {name.partition("(")[0] for name in FUNCTIONS_SHOWN} == set(FUNCTIONS) - set(GLOBALS)


@pytest.mark.parametrize("code", ["=SUM(A1)", "= 1", "VIEW", "INPUT x", "x = this.y", "== this", "$= this.x"])
def test_other_code_is_no_value(code: str) -> None:
    assert read_inline_value(code) is None


def test_a_value_depends_on_its_own_note_alone(build_vault: BuildVault) -> None:
    """Thousands of them must not be made anew for a change elsewhere."""
    values = "`=this.x` `=link(this.x)` `VIEW[{x}]` `=this.file.name`"
    built = build_vault({"A.md": f"---\nx: '[[B]]'\n---\n{values}", "B.md": "`=this.file.tags` #a"})
    asked = {path: note.drafted.drafts.answers for path, note in built.cache.notes.items()}
    assert ("facts_digest",) not in asked["A.md"]
    assert ("facts_digest",) in asked["B.md"]


def test_a_query_says_what_keeps_it_from_being_answered() -> None:
    with pytest.raises(BaseError, match="has GROUP BY"):
        read_query("LIST GROUP BY x")
