"""The command `notebinder`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from notebinder.address_list import check_addresses, keep_address_list, live_pages
from notebinder.cli_preview import changes, preview
from notebinder.cli_vault import COMMANDS as VAULT_COMMANDS
from notebinder.cli_vault import tell
from notebinder.pipeline import build as build_pages
from notebinder.problems import NotebinderError, Problem
from notebinder.progress import progress_bar
from notebinder.project import apply_build, initialise, read_project
from notebinder.report import as_json, has_errors, page_count, summary
from notebinder.site import build_site, write_manifest

CONFIG = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="notebinder")
def cli() -> None:
    """Turn Obsidian notes into a searchable documentation site."""


@cli.command()
@click.option("--config", "config_file", type=CONFIG, default="mkdocs.yml", help="The project's mkdocs.yml.")
@click.option("--report", type=CONFIG, help="Also write a JSON report of every note.")
def build(config_file: Path, report: Path | None) -> None:
    """Write the pages of this project."""
    settings = read_project(config_file)
    with progress_bar("publishing images", "image") as progress:
        built = build_pages(settings, progress=progress)
    problems = apply_build(built, settings)
    if report:
        report.write_text(as_json(built.notes, problems), "utf-8")
    _finish(problems, notes=len(built.notes), pages=page_count(built.layouts))


@cli.command()
@click.argument("vault", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--output", type=FOLDER, required=True, help="The folder that the site is written to.")
@click.option("--manifest", type=CONFIG, help="Also write JSON: each note's path -> its HTML files.")
def site(vault: Path, output: Path, manifest: Path | None) -> None:
    """Build the whole site of any folder of notes."""
    built, problems = build_site(vault, output)
    if manifest:
        write_manifest(manifest, built, output)
    _finish(problems, notes=len(built.notes), pages=page_count(built.layouts))


@cli.command()
@click.option("--config", "config_file", type=CONFIG, default="mkdocs.yml", help="The project's mkdocs.yml.")
def redirects(config_file: Path) -> None:
    """Keep the list of addresses: add new pages, find where moved ones went."""
    settings = read_project(config_file)
    layouts = build_pages(settings).layouts
    for line in keep_address_list(settings.root, live_pages(layouts, settings)):
        click.echo(line)
    for problem in check_addresses(layouts, settings):
        click.echo(str(problem))


@cli.command()
@click.option("--vault", type=click.Path(file_okay=False), help="Your vault; it may lie outside this folder.")
@click.option("--config", "config_file", type=CONFIG, default="mkdocs.yml", help="The project's mkdocs.yml.")
@click.confirmation_option(prompt="Remove the sample notes and use your own?")
def init(vault: str | None, config_file: Path) -> None:
    """Make this project your own: drop the sample notes, set the vault."""
    for line in initialise(config_file, vault):
        click.echo(line)


for command in (*VAULT_COMMANDS, changes, preview):
    cli.add_command(command)


def _finish(problems: tuple[Problem, ...], *, notes: int, pages: int) -> None:
    """Print all problems and the summary; errors make the command fail."""
    tell(problems)
    click.echo(summary(problems, notes=notes, pages=pages))
    if has_errors(problems):
        sys.exit(1)


def main() -> None:
    """Run the command; an error for the author is one message, not a traceback."""
    try:
        cli()
    except NotebinderError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
