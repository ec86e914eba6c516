"""The examples in docstrings are true."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest

from tests.support.projects import PROJECT

PACKAGE = PROJECT / "scripts/notebinder"
MODULES = sorted(
    file.relative_to(PACKAGE.parent).with_suffix("").as_posix().replace("/", ".")
    for file in PACKAGE.rglob("*.py")
    if ">>> " in file.read_text("utf-8")
)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_are_true(name: str) -> None:
    done = doctest.testmod(import_module(name), report=False)
    assert done.attempted > 0
    assert done.failed == 0


def test_there_are_examples() -> None:
    assert len(MODULES) > 50
