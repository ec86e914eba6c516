"""Whatever an expression says, it has a value or says why not."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest

from notebinder.pages.bases.dataview import read_query
from notebinder.pages.bases.dataview_functions import FILE_FIELDS, FUNCTIONS
from notebinder.pages.bases.functions import ANY, FIELDS, METHODS
from notebinder.pages.bases.values import EvaluationError, as_string, identity, order_key
from notebinder.vault.bases import BaseError
from tests.pages.bases.asking import Asker

ATOMS = (
    *("1", "-2.5", "0", "1e308", '"x"', '"2024-01-02"', '""', "true", "null", "[]", '[1, [2], "a"]', "{}"),
    *('{"a": 1}', "file", "this", "press", "start", "when", "tags", "authors", "nothing", "now()", "/a+/g"),
    *("duration('1d')", "link('Kite')", "icon('x')", "image('cover.png')", "html('<b>')", "note", "odd"),
    *(
        "image(link('Kite', [1]))",
        "[file].map([value])",
        "size",
        "'x'.repeat(50)",
        "file.links",
        "file.tags",
        "file.backlinks",
        "values",
        "formula.a",
    ),
)
NAMES = sorted({name for table in METHODS.values() for name in table} | {*ANY, "filter", "map", "reduce"})
PARTS = sorted({name for table in FIELDS.values() for name in table} | {*FILE_FIELDS})
SIGNS = ("+", "-", "*", "/", "%", "==", "!=", "<", ">", "<=", ">=", "&&", "||")


def expression(rng: random.Random, depth: int) -> str:
    """Return an expression that is well formed, and seldom makes sense."""
    inner = (expression(rng, depth - 1) for _ in range(4)) if depth > 0 else iter(())
    shape = rng.random() if depth > 0 else 0
    if shape < 0.2:
        return rng.choice(ATOMS)
    if shape < 0.5:
        given = ", ".join(next(inner) for _ in range(rng.randrange(3)))
        return f"({next(inner)}).{rng.choice(NAMES)}({given})"
    if shape < 0.6:
        return f"({next(inner)}).{rng.choice(PARTS)}"
    if shape < 0.7:
        return f"{rng.choice(sorted(FUNCTIONS))}({', '.join(next(inner) for _ in range(rng.randrange(4)))})"
    if shape < 0.95:
        return f"{next(inner)} {rng.choice(SIGNS)} {next(inner)}"
    return f"!({next(inner)})[{next(inner)}]"


@pytest.mark.parametrize("seed", range(4))
def test_any_expression_has_a_value_or_says_why_not(seed: int) -> None:
    rng = random.Random(seed)
    evaluator = Asker(formulas={"a": "formula.b", "b": "1 + formula.a"}).evaluator()
    evaluator.globals, evaluator.file_fields = FUNCTIONS, FILE_FIELDS
    facts = evaluator.vault.files["Books/Lamp.md"]
    for _ in range(400):
        typed = expression(rng, 3)
        cut = typed if rng.random() < 0.8 else typed[: rng.randrange(len(typed) + 1)]
        evaluator.steps = 0
        with suppress(EvaluationError):
            value = evaluator.evaluate(cut, facts)
            assert as_string(value) is not None
            assert sorted([order_key(value), order_key("x"), order_key(2)])
            assert hash(identity(value)) == hash(identity(value))
        with suppress(BaseError):
            read_query(f"TABLE {cut} FROM #a WHERE {cut} SORT {cut}")
