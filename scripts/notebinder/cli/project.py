"""The commands that begin, build, serve and change a project."""

from __future__ import annotations

import logging
import shlex
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import click

from notebinder.base.progress import progress_bar
from notebinder.base.settings import Options
from notebinder.build.console import closing_line, tell, tell_build
from notebinder.build.pipeline import Build, inspect
from notebinder.build.published import public_problems
from notebinder.build.report import account_line, has_errors, report_as_json
from notebinder.cli.explaining import EXIT_CODES
from notebinder.cli.vault import Narrow, narrowing, settings_for
from notebinder.site.address_list import check_addresses, keep_address_list, live_pages
from notebinder.site.conversion import convert_project
from notebinder.site.new import NewProject, begin_project
from notebinder.site.project import initialise, read_project
from notebinder.site.serving import HOST, PORT, port_to_serve, serve_project, serve_vault
from notebinder.site.whole_site import WholeSite, build_site, write_manifest

_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)
_VAULT = click.Path(path_type=Path, file_okay=False, exists=True)
_config = click.option(
    "--config", "config_file", type=_FILE, default="mkdocs.yml", help="The project's mkdocs.yml."
)


def _site_address(_context: click.Context, _option: click.Parameter, given: str | None) -> str:
    """Return the address with a slash at its end, or refuse it."""
    parts = urlsplit(given or "")
    if given and not (
        parts.scheme in ("http", "https") and parts.hostname and not parts.query + parts.fragment
    ):
        raise click.BadParameter(f"{given} is no address of a site such as https://notes.example.org/")
    return f"{given.rstrip('/')}/" if given else ""


@click.command(epilog=EXIT_CODES)
@_config
@click.option("--report", type=_FILE, help="Also write a JSON report of every note.")
def build(config_file: Path, report: Path | None) -> None:
    """Write the pages of this project."""
    built = convert_project(read_project(config_file))
    if report:
        report.write_text(report_as_json(built.notes, public_problems(built), built.files), "utf-8")
    pages = _from_here(built.settings.output)
    _finish(
        built, listing="notebinder check", where=f"The pages are in {pages}; `notebinder serve` shows them."
    )


@click.command(epilog=EXIT_CODES)
@click.argument("vault", type=_VAULT)
@click.option("--output", type=_FOLDER, required=True, help="The folder that the site is written to.")
@click.option("--manifest", type=_FILE, help="Also write JSON: each note's path -> its HTML files.")
@click.option("--name", default="", help="The site's name; by default that of the folder.")
@click.option("--url", envvar="SITE_URL", callback=_site_address, help="The address that the site will have.")
@narrowing
def site(vault: Path, output: Path, manifest: Path | None, narrow: Narrow, *, name: str, url: str) -> None:
    """Build the whole site of any folder of notes."""
    built = build_site(WholeSite(vault, output, narrow(Options()), name, url))
    if manifest:
        write_manifest(manifest, built, output)
    opening = f"{_python()} -m http.server --directory {shlex.quote(str(output))}"
    where = f"The site is in {output}; to open it, run `{opening}` and go to http://localhost:8000/."
    _finish(built, listing=f"notebinder check {shlex.quote(str(vault))}", where=where)


@click.command()
@click.argument("vault", type=_VAULT, required=False)
@click.option(
    "--port", type=click.IntRange(1, 65535), default=PORT, show_default=True, help="Where to listen."
)
@click.option("--open", "opens_browser", is_flag=True, help="Open the site in the browser when it is up.")
@_config
def serve(vault: Path | None, port: int, config_file: Path, *, opens_browser: bool) -> None:
    """Serve this project, or any folder of notes, live: each save is shown at once."""
    free = port_to_serve(port)
    if free != port:
        click.echo(f"Port {port} is taken; the site will be at http://{HOST}:{free}/")
    logging.basicConfig(level=logging.INFO, format="%(levelname)-8s-  %(message)s")
    if vault is None:
        read_project(config_file)  # a project that cannot be read is told in a line
        serve_project(config_file, free, opens_browser=opens_browser)
    else:
        serve_vault(vault, free, opens_browser=opens_browser)


@click.command()
@click.argument("vault", type=_VAULT, required=False)
@_config
def redirects(vault: Path | None, config_file: Path) -> None:
    """Keep the list of addresses: add new pages, find where moved ones went."""
    settings = settings_for(vault, config_file)
    built = inspect(replace(settings, output=settings.project_cache / "check"), step=progress_bar)
    layouts, private = built.layouts, built.public.private
    for line in keep_address_list(settings.root, live_pages(layouts, settings), private):
        click.echo(line)
    moved = check_addresses(layouts, settings, private)
    tell(replace(built, problems=()).with_problems(moved).problems)


@click.command()
@click.argument("folder", type=_FOLDER)
@click.option("--name", help="The site's name; asked for without it.")
@click.option("--description", default="", help="One sentence about the site.")
@click.option("--vault", type=click.Path(file_okay=False), help="Your vault; it may lie outside the folder.")
@click.option(
    "--tool", default="", metavar="ADDRESS", help="Where notebinder comes from: git+https://...@VERSION."
)
def new(folder: Path, name: str | None, description: str, vault: str | None, tool: str) -> None:
    """Begin a project for notes alone, apart from the tool."""
    if name is None:
        name = click.prompt("Name of the site", default=folder.resolve().name)
        answer = click.prompt(
            "Folder of your notes (none: they will stand in notes/)", default="", show_default=False
        )
        vault = vault or answer or None
    for line in begin_project(NewProject(folder, str(name), description, vault or "", tool)):
        click.echo(line)
    click.echo(
        f"Now run `make -C {shlex.quote(str(folder))} serve`; its README.md says how it goes without make."
    )


@click.command()
@click.option("--vault", type=click.Path(file_okay=False), help="Your vault; it may lie outside this folder.")
@click.option("--name", default="", help="The site's name.")
@click.option("--description", default="", help="One sentence about the site.")
@_config
@click.confirmation_option(prompt="Remove the sample notes and use your own?")
def init(vault: str | None, name: str, description: str, config_file: Path) -> None:
    """Make this project your own: drop the sample notes, set name, description and vault."""
    for line in initialise(config_file, vault, name=name, description=description):
        click.echo(line)


def _from_here(folder: Path) -> str:
    here = Path.cwd()
    return str(folder.relative_to(here) if folder.is_relative_to(here) else folder)


def _python() -> str:
    """A command that starts Python here: its name differs, and this tool may run in a folder of its own."""
    return next(filter(shutil.which, ("python3", "python")), shlex.quote(sys.executable))


def _finish(built: Build, *, listing: str, where: str) -> None:
    """Print the problems, and last where all is and the account; errors make the command fail."""
    tell_build(built.problems, built.settings, listing=listing, to_log=False)
    click.echo(f"{where}\n{closing_line(built)}\n{account_line(built.notes)}")
    if has_errors(built.problems):
        sys.exit(1)
