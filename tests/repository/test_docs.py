"""The README says what is true."""

from __future__ import annotations

import re
from dataclasses import MISSING, Field, fields
from typing import Any

import pytest
from click.testing import CliRunner

from notebinder.base.problems import PROBLEM_KINDS
from notebinder.base.settings import Options
from notebinder.cli.main import cli
from tests.support.projects import PROJECT

README = (PROJECT / "README.md").read_text("utf-8")


def test_every_setting_stands_in_the_readme_with_its_default() -> None:
    rows = dict(re.findall(r"(?m)^\| `(\w+)` \|.*\| `(.*)` \|$", README))
    defaults = {field.name: _default(field) for field in fields(Options)}
    assert {name: rows.get(name) for name in defaults} == defaults


def _default(field: Field[Any]) -> str:
    """Write an option's default as `mkdocs.yml` has it."""
    value = field.default if field.default_factory is MISSING else field.default_factory()
    shown = {"True": "true", "False": "false", "()": "[]"}
    return ", ".join(value) if value and isinstance(value, tuple) else shown.get(str(value), str(value))


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_stands_in_the_readme(name: str) -> None:
    assert f"notebinder {name}" in README


def test_every_target_of_make_that_the_readme_names_is_there() -> None:
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    for target in re.findall(r"(?m)^make (\w+)", README):
        assert re.search(rf"(?m)^{target}:", makefile), target


@pytest.mark.parametrize("command", [[], ["check"], ["build"], ["site"]])
def test_exit_codes_stand_in_the_help(command: list[str]) -> None:
    said = CliRunner().invoke(cli, [*command, "--help"]).output
    assert re.findall(r"(?m)^ +(\d)  (\w+)", said) == [("0", "no"), ("1", "problems"), ("2", "could")]


@pytest.mark.parametrize("code", sorted(PROBLEM_KINDS))
def test_every_problem_is_explained_with_an_example(code: str) -> None:
    kind = PROBLEM_KINDS[code]
    assert f": {kind.level}[{code}] " in kind.example
    assert kind.meaning.endswith(".")
