"""The command finds the command that is meant, and imports no other."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from notebinder.cli.main import COMMANDS, cli

HEAVY = ("mkdocs", "jinja2", "PIL", "yaml", "markdown_it", "notebinder.build", "notebinder.site")


@pytest.mark.parametrize("arguments", [["--help"], ["explain"], ["explain", "missing-note"], ["no-command"]])
def test_help_waits_for_nothing_that_only_work_needs(arguments: list[str]) -> None:
    program = f"""
import sys
from notebinder.cli.main import main
sys.argv = ["notebinder", *{arguments!r}]
try:
    main()
except SystemExit:
    pass
print(sorted({{each for each in {HEAVY!r} if each in sys.modules}}))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("name", COMMANDS)
def test_what_a_command_does_is_said_in_its_own_words(name: str) -> None:
    """The first ones of its help, so that neither is changed alone."""
    command = cli.get_command(click.Context(cli), name)
    assert command
    first = COMMANDS[name][1].split(maxsplit=2)[0]
    assert (command.help or "").startswith(first)
