"""The command `explain`, and what the help of others says of problems."""

from __future__ import annotations

import click

from notebinder.base.explaining import explain as explain_code
from notebinder.base.explaining import list_codes

EXIT_CODES = """\b
Exit codes:
  0  no errors (with --strict: nor warnings)
  1  problems were found
  2  could not run; the message says why
"""
"""The closing lines of the help of commands that find problems."""


@click.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Tell what a problem's code means; without one, list them all."""
    click.echo(explain_code(code) if code else list_codes())
