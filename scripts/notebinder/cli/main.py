"""The command `notebinder`: finds the command that is meant, and imports no other."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import NoReturn

import click

from notebinder.base.ending import ending_in_order
from notebinder.base.problems import NotebinderError
from notebinder.cli.explaining import EXIT_CODES

COMMANDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "build": ("project", "Write the pages of this project."),
        "changes": ("preview", "Say what changed between two exported folders."),
        "check": ("vault", "Tell all problems and balance the accounts; writes no page."),
        "explain": ("explaining", "Tell what a problem's code means."),
        "export": ("vault", "Write a complete docs folder for any engine."),
        "init": ("project", "Make this project your own."),
        "new": ("project", "Begin a project for notes alone."),
        "plan": ("vault", "Propose the plan of an outline note, or complete it."),
        "preview": ("preview", "Publish the site and previews of pull requests."),
        "redirects": ("project", "Keep the list of all addresses of the site."),
        "serve": ("project", "Serve this project, or any folder of notes, live."),
        "site": ("project", "Build the whole site of any folder of notes."),
        "transcribe": ("vault", "Read the text of new images."),
    }
)
"""The module of each command, and what it does: to say that, none of them need be imported."""


class _Commands(click.Group):
    """Imports a command when it is called: all of them take a second."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"notebinder.cli.{COMMANDS[cmd_name][0]}")
        command = getattr(module, cmd_name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, does) for name, (_, does) in COMMANDS.items()])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]}, epilog=EXIT_CODES)
@click.version_option(package_name="notebinder")
def cli() -> None:
    """Turn Obsidian notes into a searchable documentation site."""


def main() -> None:
    """Run the command; an error for the author is one message, not a traceback."""
    try:
        with ending_in_order():
            cli(standalone_mode=False)
    except NotebinderError as error:
        _give_up(str(error), error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # `notebinder check | head`
    except OSError as error:
        from notebinder.base.file_faults import fault_message

        _give_up(fault_message(error))
    except Exception:  # noqa: BLE001  Python's own exit code of a crash is the one for problems
        traceback.print_exc()
        _give_up("this is a fault of notebinder; please report it")


def _give_up(message: str, exit_code: int = 2) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(exit_code)
