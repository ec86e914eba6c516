"""The vault as it may be shown: what is private leaves it, and with it every link to it."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from notebinder.base.memo import Memo
from notebinder.base.problems import Problem, SourceLocation, sorted_problems
from notebinder.base.settings import Settings
from notebinder.base.words import Words
from notebinder.base.workers import spread
from notebinder.public.canvases import public_canvas
from notebinder.public.comments import without_comments_left
from notebinder.public.copies import find_copies
from notebinder.public.plans import public_plan
from notebinder.public.privacy_rules import (
    PrivacySettings,
    Verdict,
    decide_note,
    decide_others,
    decide_path,
    doubts,
)
from notebinder.public.private_links import LinkPlace, public_text
from notebinder.public.private_names import PrivateNames, read_private_names
from notebinder.public.private_paths import (
    Patterns,
    read_excluded,
    read_patterns,
    read_templates,
    unused_patterns,
)
from notebinder.public.public_notes import link_targets, public_headings, public_note
from notebinder.public.queries import public_query
from notebinder.public.raw_links import public_wikilinks
from notebinder.vault.file_notes import file_note, is_page_file
from notebinder.vault.model import Attachment, Note, Transcript
from notebinder.vault.plan import plan_path
from notebinder.vault.reading import Vault, read_attachment, read_obsidian_settings
from notebinder.vault.resolve import resolve
from notebinder.vault.syntax.yaml_text import without_yaml_comments


class _Decided(Struct, frozen=True):
    """A note as it was read, and what was made of it."""

    note: Note
    verdict: Verdict
    commentless: Note
    """The note without the comments that its page would show."""
    problems: tuple[Problem, ...]
    public: Note | None = None
    """The note without comments and links to private things; None if it is private."""


@dataclass(frozen=True, slots=True)
class PublicVault:
    """A vault without what is private in it."""

    vault: Vault
    """The notes and attachments that may be published, and nothing of any other."""
    verdicts: Mapping[str, Verdict]
    """What was decided about each file, by its path; attachments must be used by a note besides."""
    names: PrivateNames
    problems: tuple[Problem, ...]
    asked: PrivacySettings = field(repr=False)
    decided: Mapping[str, _Decided] = field(repr=False)
    """For the next build, which decides anew only about notes that have changed."""

    @property
    def private(self) -> frozenset[str]:
        """The paths of all files that are not published by any rule."""
        return frozenset(path for path, verdict in self.verdicts.items() if not verdict.is_public)

    def is_template(self, path: str) -> bool:
        """Tell whether a note is one that others are made from, so that nobody reads it on a site."""
        verdict = self.verdicts.get(path)
        return verdict is not None and verdict.rule == "template"

    def may_name(self, folder: str) -> bool:
        """Tell whether a page may name a folder of the vault."""
        return decide_path(f"{folder.strip('/')}/x", self.asked).is_public

    def page_files(self, *, only_linked: bool) -> frozenset[str]:
        """Return the canvases and bases that have a page: not those that only private notes use.

        Args:
            only_linked: whether a public note must use them, as where only what says so is published.
        """
        files = frozenset(filter(is_page_file, self.vault.attachments))
        doubtful = files if only_linked else files and files & self.used_privately()
        if not doubtful:
            return files
        public = self.decided.keys() - self.names.private
        return files - (doubtful - set(_uses(self.decided, self.names, public)))

    def used_privately(self) -> frozenset[str]:
        """Return the attachments that private notes link or embed."""
        return frozenset(_uses(self.decided, self.names, self.names.private & self.decided.keys()))


def read_public_vault(
    vault: Vault, settings: Settings, before: PublicVault | None = None, memo: Memo | None = None
) -> PublicVault:
    """Decide what of a vault is public, and take all else out of it."""
    asked, memo = _asked(settings), memo or Memo()
    known = before.decided if before and before.asked == asked else {}
    decided = {path: _decide(note, asked, known.get(path)) for path, note in vault.notes.items()}
    others = memo(decide_others, vault.attachments, vault.unread, asked)
    plans = decide_others(vault.plans, (), asked)
    verdicts = {path: each.verdict for path, each in decided.items()} | others | plans
    for path in memo(_page_files, vault.attachments):
        if verdicts[path].is_public:
            text = read_attachment(vault.attachments[path])
            verdicts[path] = decide_note(file_note(path, text), asked)
    verdicts |= dict(_links_to_private_files(vault, verdicts))
    found = memo(_possible_copies, tuple(vault.notes), vault.attachments)
    copies = dict(_copies(found, verdicts, are_published=settings.publish_conflict_copies))
    verdicts |= {path: verdict for path, (verdict, _) in copies.items()}
    problems = [
        *asked.excluded.faults,
        *doubts(vault, verdicts, asked),
        *memo(_unused_patterns, asked.patterns, tuple(verdicts)),
    ]
    problems += (problem for _, problem in copies.values())
    names = _names(vault, verdicts, settings, memo)
    is_known = before is not None and before.names == names
    names = before.names if before and is_known else names
    decided = _cleaned(decided, verdicts, names, is_known)
    withheld = {path for path, each in decided.items() if verdicts[path].is_public and each.public is None}
    if withheld:  # what they are called must not be told either
        why = "a link to a private note cannot be taken out of it"
        verdicts |= dict.fromkeys(withheld, Verdict(False, "unclear", why))
        hint = "simplify the link"
        message = f"{why}, so it is not published"
        problems += [Problem(SourceLocation(path), "unclear-publish", message, hint) for path in withheld]
        names = _names(vault, verdicts, settings, Memo())
        decided = _cleaned(decided, verdicts, names, False)
    problems += (problem for each in decided.values() if each.public for problem in each.problems)
    return PublicVault(
        _public_vault(vault, verdicts, names, decided, memo),
        memo(_in_order, verdicts),
        names,
        sorted_problems(problems),
        asked,
        decided,
    )


def _in_order(verdicts: Mapping[str, Verdict]) -> Mapping[str, Verdict]:
    return dict(sorted(verdicts.items()))


def _unused_patterns(patterns: Patterns, paths: tuple[str, ...]) -> tuple[Problem, ...]:
    return tuple(unused_patterns(patterns, paths, "mkdocs.yml"))


def _possible_copies(
    notes: tuple[str, ...], attachments: Mapping[str, Attachment]
) -> tuple[tuple[str, str, bool], ...]:
    return tuple(find_copies((*notes, *attachments)))


def _decide(note: Note, asked: PrivacySettings, known: _Decided | None) -> _Decided:
    if known and known.note is note:
        return known
    return _Decided(note, decide_note(note, asked), *without_comments_left(note))


def _cleaned(
    decided: Mapping[str, _Decided], verdicts: Mapping[str, Verdict], names: PrivateNames, is_known: bool
) -> dict[str, _Decided]:
    """Take links to private things out of all public notes, unless that is done."""
    cleaned = {
        path: each if verdicts[path].is_public and is_known else replace(each, public=None)
        for path, each in decided.items()
    }
    stale = [path for path, each in cleaned.items() if verdicts[path].is_public and each.public is None]
    notes = [decided[path].commentless for path in stale]
    made = spread(partial(_changes, names), notes, lambda note: len(note.text) // 8)
    for path, (is_changed, note) in zip(stale, made, strict=True):
        cleaned[path] = replace(decided[path], public=note if is_changed else decided[path].commentless)
    return cleaned


def _changes(names: PrivateNames, note: Note) -> tuple[bool, Note | None]:
    """Return whether a note must change, and into what; one that stays is not handed to another process."""
    public = public_note(note, names)
    return public is not note, None if public is note else public


def _names(vault: Vault, verdicts: Mapping[str, Verdict], settings: Settings, memo: Memo) -> PrivateNames:
    there = vault.notes.keys() | vault.attachments.keys()
    private = frozenset(path for path in there if not verdicts[path].is_public)
    is_relative = read_obsidian_settings(settings.vault, "app.json").get("newLinkFormat") == "relative"
    say = Words(settings.language)
    names = read_private_names(vault, private, is_relative=is_relative, say=say, memo=memo)
    public = (note for path, note in vault.notes.items() if path not in private)
    templates = frozenset(path for path in private if verdicts[path].rule == "template")
    return dataclasses.replace(names, templates=templates, headings=public_headings(public, names))


def _asked(settings: Settings) -> PrivacySettings:
    read = partial(read_obsidian_settings, settings.vault)
    return PrivacySettings(
        read_patterns(settings.private),
        read_templates(read),
        read_excluded(read if not settings.publish_excluded_files else lambda _: {}),
        frozenset(tag.strip().lstrip("#").casefold() for tag in settings.private_tags),
        settings.publish_only_marked,
    )


def _links_to_private_files(vault: Vault, verdicts: Mapping[str, Verdict]) -> Iterator[tuple[str, Verdict]]:
    """A link of the file system shows what is private under another name."""
    for path in vault.links:
        target = os.path.relpath((vault.root / path).resolve(), vault.root).replace(os.sep, "/")
        if path in verdicts and target in verdicts and not verdicts[target].is_public:
            yield path, Verdict(False, "link", f"it is a link to {target}, which is private")


def _copies(
    found: Iterable[tuple[str, str, bool]], verdicts: Mapping[str, Verdict], *, are_published: bool
) -> Iterator[tuple[str, tuple[Verdict, Problem]]]:
    """Keep back copies of private files, and those that a conflict left, unless they are wanted."""
    for path, original, is_certain in found:
        if not verdicts[path].is_public:
            continue
        name = original.rpartition("/")[2]
        if original in verdicts and not verdicts[original].is_public:
            why = f"its name is that of a copy of {name}, which is private"
            hint = "rename it"
        elif is_certain and not are_published:
            why = f"a program that keeps folders in step left it beside {name} as a conflicted copy"
            hint = "merge and delete it, or set `publish_conflict_copies: true`"
        else:
            continue
        problem = Problem(SourceLocation(path), "conflict-copy", f"{why}, so it is not published", hint)
        yield path, (Verdict(False, "copy", why), problem)


def _public_vault(
    vault: Vault,
    verdicts: Mapping[str, Verdict],
    names: PrivateNames,
    decided: Mapping[str, _Decided],
    memo: Memo,
) -> Vault:
    notes = {path: each.public for path, each in decided.items() if each.public is not None}
    private = frozenset(path for path in vault.attachments if not verdicts[path].is_public)
    files, drawn = memo(_without, vault.attachments, private)
    attachments = files
    if drawn:
        attachments = {**files, **{path: _public_drawing(files[path], names) for path in drawn}}
    owners = {plan_path(path): path for path in vault.notes}
    plans = {
        path: public_plan(text, vault.notes[owners[path]], names) if path in owners else text
        for path, text in vault.plans.items()
        if verdicts[path].is_public and (path not in owners or owners[path] in notes)
    }
    transcripts = {
        path: _public_transcript(transcript, names, path)
        for path, transcript in vault.transcripts.items()
        if path in attachments
    }
    return Vault(vault.root, notes, attachments, plans, transcripts)


def _without(
    attachments: Mapping[str, Attachment], private: frozenset[str]
) -> tuple[dict[str, Attachment], tuple[str, ...]]:
    """Return the attachments that are not private, and which of them name notes in their source."""
    files = {path: attachment for path, attachment in attachments.items() if path not in private}
    return files, _page_files(files)


def _page_files(attachments: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(is_page_file, attachments))


def _public_transcript(transcript: Transcript, names: PrivateNames, source: str) -> Transcript:
    title, *texts = (
        public_wikilinks(said, names, source) for said in (transcript.title, *transcript.paragraphs)
    )
    return replace(transcript, title=title, paragraphs=tuple(texts))


def _public_drawing(attachment: Attachment, names: PrivateNames) -> Attachment:
    """A canvas or a base names notes in its source; what is published is its source without private ones."""
    text = read_attachment(attachment)
    if attachment.path.lower().endswith(".base"):
        text = public_query(without_yaml_comments(text), names, attachment.path)
        return replace(attachment, text=text)
    say = partial(public_text, place=LinkPlace(names, attachment.path))
    return replace(attachment, text=public_canvas(text, names, attachment.path, say))


def _uses(decided: Mapping[str, _Decided], names: PrivateNames, notes: Iterable[str]) -> Iterator[str]:
    for path in sorted(notes):
        for target in link_targets(decided[path].note):
            found = resolve(target, path, names.index)
            if found and found.path not in decided:
                yield found.path
