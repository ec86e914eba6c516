"""Publish a vault: what is private leaves it, and with it every link to it. Nothing behind sees the rest."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from notebinder.model import Attachment, Note
from notebinder.plan import plan_path
from notebinder.problems import Problem, SourceLocation, sorted_problems
from notebinder.publishing.canvases import public_canvas
from notebinder.publishing.links import public_text, targets, without_private_links
from notebinder.publishing.names import PrivateNames, read_private_names
from notebinder.publishing.places import read_excluded, read_patterns, read_templates, unused_patterns
from notebinder.publishing.plans import public_plan
from notebinder.publishing.rules import PublishSettings, Verdict, decide, doubts
from notebinder.publishing.sources import without_private_sources
from notebinder.resolve import resolve
from notebinder.settings import Settings
from notebinder.vault import Vault, read_attachment, read_obsidian_settings


@dataclass(frozen=True, slots=True)
class Publication:
    """A vault without what is private in it."""

    vault: Vault
    """The notes and attachments that may be published, and nothing of any other."""
    verdicts: Mapping[str, Verdict]
    """What was decided about each file, by its path; attachments must be used by a note besides."""
    names: PrivateNames
    used_privately: frozenset[str]
    """The attachments that private notes link or embed."""
    problems: tuple[Problem, ...]


def publish(vault: Vault, settings: Settings) -> Publication:
    """Decide what of a vault is published, and take all else out of it."""
    asked = _asked(settings)
    verdicts = decide(vault, asked)
    verdicts |= dict(_links_to_private_files(vault, verdicts))
    private = frozenset(path for path, verdict in verdicts.items() if not verdict.is_public)
    is_relative = read_obsidian_settings(settings.vault, "app.json").get("newLinkFormat") == "relative"
    names = read_private_names(vault, private & {*vault.notes, *vault.attachments}, is_relative=is_relative)
    problems = [*doubts(vault, verdicts), *unused_patterns(asked.patterns, verdicts, "mkdocs.yml")]
    used = frozenset(_uses(vault, names))
    public, withheld = _without(vault, private, names)
    for path in withheld:
        verdicts = {
            **verdicts,
            path: Verdict(False, "unclear", "a link to a private note cannot be taken out"),
        }
        message = "a link to a private note cannot be taken out of it, so it is not published"
        problems.append(Problem(SourceLocation(path), "unclear-publish", message, "simplify the link"))
    if withheld:
        private |= frozenset(withheld)
        names = read_private_names(
            vault, private & {*vault.notes, *vault.attachments}, is_relative=is_relative
        )
        public, _ = _without(vault, private, names)
    return Publication(public, verdicts, names, used, sorted_problems(problems))


def _asked(settings: Settings) -> PublishSettings:
    read = partial(read_obsidian_settings, settings.vault)
    return PublishSettings(
        read_patterns(settings.private),
        read_templates(read),
        read_excluded(read if not settings.publish_excluded_files else lambda _: {}),
        frozenset(tag.strip().lstrip("#").casefold() for tag in settings.private_tags),
        settings.publish_only_marked,
    )


def _links_to_private_files(vault: Vault, verdicts: Mapping[str, Verdict]) -> Iterator[tuple[str, Verdict]]:
    """A link of the file system shows what is private under another name."""
    if all(verdict.is_public for verdict in verdicts.values()):
        return
    for path in (*vault.notes, *vault.attachments):
        file = vault.root / path
        if file.is_symlink():
            target = os.path.relpath(file.resolve(), vault.root).replace(os.sep, "/")
            if target in verdicts and not verdicts[target].is_public:
                yield path, Verdict(False, "link", f"it is a link to {target}, which is private")


def _without(vault: Vault, private: frozenset[str], names: PrivateNames) -> tuple[Vault, list[str]]:
    """Return the vault without private files and links to them, and notes that must stay out as well."""
    notes: dict[str, Note] = {}
    withheld: list[str] = []
    for path, note in vault.notes.items():
        if path in private:
            continue
        public = without_private_links(note, names) if names.keys else note
        if public is None:
            withheld.append(path)
        else:
            notes[path] = public
    attachments = {
        path: _public_attachment(attachment, names)
        for path, attachment in vault.attachments.items()
        if path not in private
    }
    plans = {
        plan_path(path): public_plan(vault.plans[plan_path(path)], vault.notes[path], names)
        for path in notes
        if plan_path(path) in vault.plans and plan_path(path) not in private
    }
    lost = {
        path: text
        for path, text in vault.plans.items()
        if _is_without_note(path, vault) and path not in private
    }
    transcripts = {path: text for path, text in vault.transcripts.items() if path in attachments}
    public_vault = replace(
        vault,
        notes=notes,
        attachments=attachments,
        plans=dict(sorted({**plans, **lost}.items())),
        transcripts=transcripts,
        unread=(),
    )
    return public_vault, withheld


def _is_without_note(path: str, vault: Vault) -> bool:
    return all(plan_path(note) != path for note in vault.notes)


def _public_attachment(attachment: Attachment, names: PrivateNames) -> Attachment:
    """A canvas or a base names notes in its source; what is published is its source without private ones."""
    suffix = attachment.path.rpartition(".")[2].lower()
    if suffix not in ("canvas", "base"):
        return attachment
    text = read_attachment(attachment)
    if suffix == "base":
        return replace(attachment, text=without_private_sources(text, names, attachment.path))
    say = partial(public_text, names=names, source=attachment.path)
    return replace(attachment, text=public_canvas(text, names, attachment.path, say))


def _uses(vault: Vault, names: PrivateNames) -> Iterator[str]:
    for path in names.private & vault.notes.keys():
        for target in targets(vault.notes[path].text):
            found = resolve(target, path, names.index)
            if found and found.path in vault.attachments:
                yield found.path
