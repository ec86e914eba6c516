"""The commands that work on a vault: `check`, `export`, `plan` and `transcribe`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from difflib import unified_diff
from functools import wraps
from glob import escape
from itertools import islice
from pathlib import Path
from typing import Any

import click

from notebinder.base.files import only_build, write_atomically
from notebinder.base.problems import Level, NotebinderError
from notebinder.base.progress import progress_bar
from notebinder.base.settings import Options, Settings, resolve_settings
from notebinder.build.checking import FORMATS
from notebinder.build.console import tell, tell_build, tell_check
from notebinder.build.pipeline import inspect
from notebinder.build.published import LISTS, list_published
from notebinder.build.unused import unused_attachments
from notebinder.cli.explaining import EXIT_CODES
from notebinder.images.reading import can_read_images, load_reader
from notebinder.images.rendering import Postpone
from notebinder.images.transcribing import check_transcripts, read_untranscribed, transcribe_images
from notebinder.planning.proposal import PlanProposal, proposal_as_json, propose_plan
from notebinder.planning.replanning import Move, place_anew
from notebinder.planning.sheet import write_sheet
from notebinder.planning.write import complete_plan, list_additions
from notebinder.public.credentials.allowing import MASK
from notebinder.public.credentials.masking import CREDENTIAL, hand_written_credentials
from notebinder.site.address_list import check_addresses
from notebinder.site.export import export_docs
from notebinder.site.project import read_project
from notebinder.vault.model import Part, Plan, Transcript
from notebinder.vault.outline import attachment_name, read_outline, read_parts
from notebinder.vault.plan import plan_path, read_plan
from notebinder.vault.reading import Vault, open_vault, read_note

_LEVELS_ABOVE = 4
"""So far up a note without a vault of its own looks for its images."""

_FOLDER = click.Path(path_type=Path, file_okay=False)
_VAULT = click.Path(path_type=Path, file_okay=False, exists=True)
_FILE = click.Path(path_type=Path, dir_okay=False)
_config = click.option(
    "--config", type=_FILE, default="mkdocs.yml", show_default=True, help="The project's mkdocs.yml."
)


Narrow = Callable[[Any], Any]
"""Returns options or settings by which less is published."""


def narrowing(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that keep more private; it gets them as one parameter, `narrow`."""

    @click.option("--private", multiple=True, metavar="PATTERN", help="Publish no such file (.gitignore).")
    @click.option("--only-marked", is_flag=True, help="Publish only notes that say `publish: true`.")
    @click.option("--mask-credentials", is_flag=True, help="Show •••• for credentials instead of stopping.")
    @wraps(command)
    def narrowed(
        *, private: tuple[str, ...], only_marked: bool, mask_credentials: bool, **others: object
    ) -> None:
        def narrow(settings: Options | Settings) -> Options | Settings:
            marked = settings.publish_only_marked or only_marked
            credentials = MASK if mask_credentials else settings.credentials
            hidden = (*settings.private, *private)
            return replace(settings, private=hidden, publish_only_marked=marked, credentials=credentials)

        command(narrow=narrow, **others)

    return narrowed


class NoteError(NotebinderError):
    """A note that cannot be planned."""


def settings_for(vault: Path | None, config: Path, docs: Path | None = None) -> Settings:
    """Return the settings of a vault by itself, or else those of the project."""
    if vault is None:
        return read_project(config)
    root = vault.resolve()
    return resolve_settings(Options(home=root.name), root=root, docs=docs)


@click.command(epilog=EXIT_CODES)
@click.argument("vault", type=_VAULT, required=False)
@click.option("--strict", is_flag=True, help="Fail on warnings, too.")
@click.option("--verbose", is_flag=True, help="Tell every piece of information, not each kind of it.")
@click.option("--published", is_flag=True, help="List what will be public, what will not, and why.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True)
@_config
@narrowing
def check(  # noqa: PLR0913, PLR0917  # each is an option
    vault: Path | None,
    strict: bool,
    verbose: bool,
    published: bool,
    form: str,
    narrow: Narrow,
    config: Path,
) -> None:
    """Tell all problems and balance the account of every note; writes no page."""
    settings = narrow(settings_for(vault, config))
    elsewhere = replace(settings, output=settings.project_cache / "check")
    built = inspect(elsewhere, step=progress_bar, postpone=Postpone(lambda _: None, writes=False))
    if published:
        click.echo(LISTS["json" if form == "json" else "text"](list(list_published(built))))
        return
    images = check_transcripts(built.vault.attachments.values())
    moved = () if vault else check_addresses(built.layouts, settings, built.public.private)
    around = () if vault else (*moved, *hand_written_credentials(settings))
    is_withheld = any(problem.code == CREDENTIAL for problem in (*built.problems, *around))
    unused = () if is_withheld else unused_attachments(built)  # then nothing is published, used or not
    built = built.with_problems([*images, *unused, *around])
    tell_check(built, form, verbose=verbose)
    worst = (Level.ERROR, Level.WARNING) if strict else (Level.ERROR,)
    if any(problem.level in worst for problem in built.problems):
        sys.exit(1)


@click.command()
@click.argument("target", type=_FOLDER)
@click.option("--vault", type=_VAULT, help="Export this vault instead of the project.")
@_config
@narrowing
def export(target: Path, vault: Path | None, narrow: Narrow, config: Path) -> None:
    """Write a complete docs folder that any engine can build, and a report of it."""
    settings = narrow(settings_for(vault, config, docs=target))
    with only_build(target, settings.locks):
        built = export_docs(settings, target.resolve(), step=progress_bar)
    tell_build(built.problems, settings, listing="notebinder check", to_log=False)
    click.echo(f"wrote {len(built.files)} files to {target}")


@click.command()
@click.argument("note", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--vault", type=_VAULT, help="The vault of the note; by default the note's folder.")
@click.option("--check", "only_check", is_flag=True, help="Only say what would change.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--html",
    "sheet",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a sheet of all pictures under their topics, to check at a glance.",
)
@click.option(
    "--again", is_flag=True, help="Start over, show what would change, and ask before it is written."
)
def plan(
    note: Path, vault: Path | None, only_check: bool, form: str, sheet: Path | None, again: bool
) -> None:
    """Propose the plan of an outline note, or complete it.

    New parts are placed, and anew those that the plan is not sure of where more is known now, as after
    `notebinder transcribe`.
    """
    file = note.resolve()
    root = (vault or _vault_around(file)).resolve()
    if not file.is_relative_to(root):
        raise NoteError(f"{note}: is not in the vault {root}")
    settings = settings_for(root, Path())
    found, _ = open_vault(settings)
    path = file.relative_to(root).as_posix()
    before = found.plans.get(plan_path(path), "")
    proposal, text, moves = _proposal(path, file, found, "" if again else before)
    if form == "json":
        click.echo(json.dumps(proposal_as_json(proposal), ensure_ascii=False, indent=2))
        return
    for move in moves:
        click.echo(str(move))
    if not again:
        _tell_proposal(proposal)
    if sheet:
        _write_sheet(sheet, proposal, found)
    completed = complete_plan(text, proposal) if proposal.places else before
    if again:
        click.echo("".join(_difference(before, completed)) or "nothing would change")
    if only_check or completed == before:
        return
    if not again or not before or click.confirm("Write it?"):
        write_atomically(root / plan_path(path), completed.encode())
        click.echo(f"wrote {plan_path(path)}")
        if proposal.is_grouped:
            click.echo("the note stays one page until you take the line `proposed: true` out of it")


def _write_sheet(file: Path, proposal: PlanProposal, vault: Vault) -> None:
    images = {attachment.name: attachment.file for attachment in vault.attachments.values()}
    file.write_text(write_sheet(proposal, images), "utf-8", newline="\n")
    click.echo(f"wrote {file}")


def _difference(before: str, after: str) -> Iterator[str]:
    old, new = (text.splitlines(keepends=True) for text in (before, after))
    return unified_diff(old, new, "the plan", "the plan made again")


def _proposal(path: str, file: Path, vault: Vault, text: str) -> tuple[PlanProposal, str, tuple[Move, ...]]:
    """Return what is proposed for a note with a plan's text, that text without what moves, and what moves."""
    note = vault.notes.get(path) or read_note(path, file)[0]
    existing, faults = read_plan(text, plan_path(path)) if text else (None, ())
    if text and (existing is None or faults):
        raise NoteError("\n".join(map(str, faults)))
    outline = read_outline(note)
    parts = read_parts(note, outline)
    evidence = {name.rpartition("/")[2]: transcript for name, transcript in vault.transcripts.items()}
    evidence |= _read_new_images(parts, vault)

    def propose(existing: Plan | None) -> PlanProposal:
        return propose_plan(note, parts, outline, evidence_about_images=evidence, existing=existing)

    kept, moves = place_anew(text, plan_path(path), outline, propose)
    if moves:
        existing, _ = read_plan(kept, plan_path(path))
    return propose(existing), kept, moves


def _vault_around(file: Path) -> Path:
    """The folder above a note that Obsidian has opened as a vault, else the nearest that has its images."""
    opened = next((folder for folder in file.parents if (folder / ".obsidian").is_dir()), None)
    if opened:
        return opened
    note, _ = read_note(file.name, file)
    embeds = (part.embed for part in read_parts(note, read_outline(note)) if part.embed)
    names = {attachment_name(embed) for embed in embeds}
    above = islice(file.parents, _LEVELS_ABOVE)
    return next((folder for folder in above if any(_holds(folder, name) for name in names)), file.parent)


def _holds(folder: Path, name: str) -> bool:
    """Tell whether a file of that name lies in the folder or in one right below it."""
    return (folder / name).is_file() or any(folder.glob(f"*/{escape(name)}"))


def _read_new_images(parts: Iterable[Part], vault: Vault) -> dict[str, Transcript]:
    """Read what nobody has transcribed yet, where that can be done; writes nothing."""
    names = {part.embed.partition("#")[0].rpartition("/")[2] for part in parts if part.embed}
    images = [a for a in vault.attachments.values() if a.name in names and a.path not in vault.transcripts]
    if images and not can_read_images():
        hint = "`notebinder transcribe` reads them, or says what it needs for that"
        click.echo(f"{len(images)} images of this note have no transcript; {hint}", err=True)
        return {}
    return read_untranscribed(images, load_reader()) if images else {}


def _tell_proposal(proposal: PlanProposal) -> None:
    additions = list_additions(proposal)
    for addition in additions:
        click.echo(str(addition))
    if additions:
        click.echo(proposal.summary)
    else:
        click.echo("nothing to add" if proposal.places else f"no plan: {proposal.judgement.reason}")


@click.command()
@click.argument("vault", type=_VAULT, required=False)
@click.option("--places", is_flag=True, help="Add the words' places to transcripts that have none.")
@_config
def transcribe(vault: Path | None, places: bool, config: Path) -> None:
    """Read the text of each new image and write it beside the image, with the place of each word."""
    found, _ = open_vault(settings_for(vault, config))
    read = load_reader()
    with progress_bar("reading images", "image") as bar:
        done = transcribe_images(found.attachments.values(), read, places=places, progress=bar)
    tell(done.problems)
    click.echo(f"{len(done.written)} image{'' if len(done.written) == 1 else 's'} read")
