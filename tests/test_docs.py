"""The README says what is true."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from notebinder.cli import cli
from notebinder.problems import PROBLEM_KINDS
from notebinder.settings import Options

from .conftest import PROJECT

README = (PROJECT / "README.md").read_text("utf-8")


def test_every_setting_stands_in_the_readme_with_its_default() -> None:
    rows = dict(re.findall(r"(?m)^\| `(\w+)` \|.*\| `(.*)` \|$", README))
    shown = {True: "true", False: "false", (".",): "."}
    defaults = {field.name: shown.get(field.default, field.default) for field in fields(Options)}
    assert {name: rows.get(name) for name in defaults} == defaults


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_stands_in_the_readme(name: str) -> None:
    assert f"notebinder {name}" in README


def test_every_target_of_make_that_the_readme_names_is_there() -> None:
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    for target in re.findall(r"(?m)^make (\w+)", README):
        assert re.search(rf"(?m)^{target}:", makefile), target


@pytest.mark.parametrize("code", sorted(PROBLEM_KINDS))
def test_every_problem_is_explained_with_an_example(code: str) -> None:
    kind = PROBLEM_KINDS[code]
    assert f": {kind.level}[{code}] " in kind.example
    assert kind.meaning.endswith(".")
