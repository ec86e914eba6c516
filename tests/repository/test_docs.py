"""The README says what is true."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import fields
from itertools import pairwise

import pytest
from click.testing import CliRunner

from notebinder.base import settings as declarations
from notebinder.base.problems import PROBLEM_KINDS
from notebinder.base.settings import Options
from notebinder.cli.main import cli
from tests.support.projects import PROJECT

README = (PROJECT / "README.md").read_text("utf-8")


def test_the_table_of_settings_is_made_of_their_declarations(update_golden: bool) -> None:
    """`--update-golden` writes it."""
    rows = "".join(f"| `{name}` | {meaning} | `{DEFAULTS[name]}` |\n" for name, meaning in declared_options())
    table = re.search(r"(?s)(?<=\| setting \| meaning \| default \|\n\|---\|---\|---\|\n).*?(?=\n\n)", README)
    assert table
    if update_golden:
        text = README.replace(table[0], rows.rstrip())
        (PROJECT / "README.md").write_text(text, "utf-8", newline="\n")
    assert table[0] == rows.rstrip()


def declared_options() -> Iterator[tuple[str, str]]:
    """Each option and the text below its field, those of a project alone first."""
    tree = ast.parse(inspect.getsource(declarations))
    classes = {node.name: node.body for node in tree.body if isinstance(node, ast.ClassDef)}
    for option, text in pairwise([*classes["Options"], *classes["Choices"]]):
        if isinstance(option, ast.AnnAssign):
            assert isinstance(option.target, ast.Name)
            assert isinstance(text, ast.Expr)
            assert isinstance(text.value, ast.Constant)
            words = " ".join(str(text.value.value).removesuffix(".").split())
            yield option.target.id, words[0].lower() + words[1:]


def _default(value: object) -> str:
    """Write an option's default as `mkdocs.yml` has it."""
    shown = {"True": "true", "False": "false", "()": "[]", "": '""'}
    return ", ".join(value) if value and isinstance(value, tuple) else shown.get(str(value), str(value))


DEFAULTS = {field.name: _default(getattr(Options(), field.name)) for field in fields(Options)}


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


CODES = {
    "error": """
        credential foreign-file lost-text too-large unreadable-file unreadable-plan
        """,
    "warning": """
        ambiguous-link awkward-name embed-cycle embed-flood image-too-large invalid-address lost-address
        missing-attachment missing-block missing-heading missing-note no-pagefind not-utf-8 open-comment
        outside-link plan-without-note refused-scheme repeated-part repeated-topic surplus-cell too-deep
        too-long unclear-publish unknown-entry unknown-part unreadable-image unreadable-properties
        unreadable-transcript unsafe-svg untranscribed-image unused-pattern
        """,
    "info": """
        alias-link cleaned-svg image-suffix missing-transcript no-cache outdated-transcript refused-frame
        removed-html unlisted-address unused-attachment
        """,
}
"""Every code that a problem can have, by its level: settings and reports of authors name them."""


def test_the_codes_and_their_levels_are_these() -> None:
    told = {code: level for level, codes in CODES.items() for code in codes.split()}
    assert {code: kind.level.value for code, kind in PROBLEM_KINDS.items()} == told


def test_every_code_is_that_of_some_problem() -> None:
    rooms = (PROJECT / "scripts/notebinder").rglob("*.py")
    source = "".join(file.read_text("utf-8") for file in rooms if file.name != "problems.py")
    source += (PROJECT / "scripts/notebinder/images/problems.py").read_text("utf-8")
    assert [code for code in PROBLEM_KINDS if f'"{code}"' not in source] == []


@pytest.mark.parametrize("code", sorted(PROBLEM_KINDS))
def test_every_problem_is_explained_with_an_example(code: str) -> None:
    kind = PROBLEM_KINDS[code]
    assert f": {kind.level}[{code}] " in kind.example
    assert kind.meaning.endswith(".")
