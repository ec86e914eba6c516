"""The commands `notebinder preview ...` and `notebinder changes`."""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import click

from notebinder.base.git import Login
from notebinder.hosting.changes.compare import compare_exports
from notebinder.hosting.changes.export import read_export
from notebinder.hosting.changes.markdown import changes_markdown
from notebinder.hosting.changes.page import write_changes_page
from notebinder.hosting.preview.branch import PagesBranch
from notebinder.hosting.preview.deploy import (
    Preview,
    deploy_preview,
    deploy_site,
    list_previews,
    remove_preview,
)
from notebinder.hosting.preview.deploy_previews import Deployment, deploy_previews
from notebinder.hosting.preview.github import GitHub
from notebinder.hosting.preview.layout import pages_address
from notebinder.site.headers import REPORT

_FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group()
@click.option(
    "--clone", type=_FOLDER, default=".", help="A clone of the repository; its files stay as they are."
)
@click.option("--remote", default="origin", show_default=True, help="The remote that serves the pages.")
@click.option("--branch", default="gh-pages", show_default=True, help="The branch that it serves.")
@click.option("--server", envvar="GITHUB_SERVER_URL", default="https://github.com", show_default=True)
@click.option("--token", envvar="GITHUB_TOKEN", help="What that server asks for; best set as GITHUB_TOKEN.")
@click.pass_context
def preview(
    context: click.Context, clone: Path, remote: str, branch: str, *, server: str, token: str | None
) -> None:
    """Publish the site and previews of pull requests on a branch of the repository."""
    context.obj = PagesBranch(clone, remote, branch, Login(server, token) if token else None)


@preview.command()
@click.argument("site", type=_FOLDER)
@click.option("--live", is_flag=True, help="Publish it as the live site.")
@click.option(
    "--pull-request", type=click.IntRange(1), help="Publish it as the preview of this pull request."
)
@click.option("--commit", default="", help="The commit that the preview shows.")
@click.pass_obj
def deploy(branch: PagesBranch, site: Path, live: bool, pull_request: int | None, commit: str) -> None:
    """Publish a built site; previews and the live site leave each other alone."""
    if live == (pull_request is not None):
        raise click.UsageError("Say either --live or --pull-request NUMBER.")
    if pull_request is None:
        files = deploy_site(branch, site).files
    else:
        files = deploy_preview(branch, Preview(pull_request, commit), site).files
    click.echo(f"published; {branch.name} now has {len(files)} files")


@preview.command()
@click.argument("number", type=click.IntRange(1))
@click.pass_obj
def remove(branch: PagesBranch, number: int) -> None:
    """Remove the preview of a pull request."""
    remove_preview(branch, number)
    click.echo(f"pull request {number} has no preview")


@preview.command("list")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_obj
def list_command(branch: PagesBranch, form: str) -> None:
    """List the previews that are published."""
    previews = list_previews(branch)
    if form == "json":
        click.echo(json.dumps([asdict(each) for each in previews], indent=2))
    else:
        lines = [f"#{each.number} {each.commit[:7]}".rstrip() for each in previews]
        click.echo("\n".join(lines) or "no previews")


@preview.command()
@click.option("--repository", envvar="GITHUB_REPOSITORY", required=True, help="OWNER/NAME on GitHub.")
@click.option("--api", envvar="GITHUB_API_URL", default="https://api.github.com", show_default=True)
@click.option(
    "--address", envvar="SITE_URL", default="", help="The live site; by default GitHub's own address."
)
@click.option("--summary", envvar="GITHUB_STEP_SUMMARY", type=_FILE, help="A file to add the outcome to.")
@click.pass_obj
def publish(branch: PagesBranch, repository: str, api: str, address: str, summary: Path | None) -> None:
    """Publish the previews of all open pull requests, remove all others, and comment on each."""
    if branch.login is None:
        raise click.UsageError("Set GITHUB_TOKEN.")
    hub = GitHub(repository, branch.login.token, api=api)
    with tempfile.TemporaryDirectory(prefix="notebinder-") as work:
        deployment = Deployment(hub, branch, pages_address(repository, address), Path(work))
        outcomes = deploy_previews(deployment)
    click.echo("\n".join(map(str, outcomes)) or "no open pull requests")
    if summary:
        with summary.open("a", encoding="utf-8") as file:
            file.writelines(outcome.as_markdown() for outcome in outcomes)
    if any(outcome.state == "failed" for outcome in outcomes):
        sys.exit(1)


@preview.command("address")
@click.option("--repository", envvar="GITHUB_REPOSITORY", default="", help="OWNER/NAME on GitHub.")
@click.option("--address", envvar="SITE_URL", default="", help="The address itself, where it is known.")
def address_command(repository: str, address: str) -> None:
    """Print the live site's address: by default where GitHub serves the repository's pages."""
    click.echo(pages_address(repository, address) if repository or address else "http://127.0.0.1:8000/")


@click.command()
@click.argument("old", type=_FOLDER)
@click.argument("new", type=_FOLDER)
@click.option("--address", default="", help="The address of the new pages, to link to.")
@click.option(
    "--site", type=_FOLDER, help='Add the page "What this pull request changes" to this built site.'
)
def changes(old: Path, new: Path, address: str, site: Path | None) -> None:
    """Say in Markdown what changed between two folders written by `notebinder export`."""
    before, after = read_export(old), read_export(new)
    if not (before and after):
        raise click.UsageError(
            f"{new if before else old} has no {REPORT}; write it with `notebinder export`."
        )
    found = compare_exports(before, after)
    if site:
        write_changes_page(found, site)
    click.echo(changes_markdown(found, address), nl=False)
