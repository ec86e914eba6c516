"""From a vault to pages, media, problems and accounts: the only orchestrator.

A build may start from the one before. It then reads what has changed on disk, lays everything out anew, and
keeps each draft and each finished note whose look-ups still have the same answers; so it makes what a clean
build would make, byte for byte. Anything that a build gives to a note's conversion must come through
`look_ups.Sources` or `binding.Surrounded`, where it is compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from notebinder.base.file_state import find_state
from notebinder.base.memo import Memo
from notebinder.base.problems import Level, Problem, graded
from notebinder.base.progress import Progress, Step, no_progress
from notebinder.base.settings import Settings
from notebinder.base.words import Words
from notebinder.base.workers import sparing_collection, spread
from notebinder.build.last_good import LastGood, last_good
from notebinder.build.output import check_output
from notebinder.build.own_pages import with_own_pages
from notebinder.build.same_pictures import same_pictures
from notebinder.images.media import MEDIA, Media, Original, Originals, file_problems, render_figures
from notebinder.images.model import SiteImage
from notebinder.images.rendering import Postpone
from notebinder.images.twins import ComparedLooks, compare_looks, find_twins
from notebinder.pages.backlinks import Backlink, read_backlinks
from notebinder.pages.binding import Bound, BoundNote, Surrounded, bind_note
from notebinder.pages.constructs.look_ups import ReadingSettings, Sources, originals
from notebinder.pages.dates import Dates, History, read_history
from notebinder.pages.drafts import DraftedNote, Drafts, assign_addresses, draft_note
from notebinder.pages.layout import NoteLayout, lay_out
from notebinder.pages.ledger import NoteReport
from notebinder.pages.tag_page import tag_page_path
from notebinder.public.credentials.masking import (
    CREDENTIAL,
    figure_credentials,
    refuse_credentials,
    searching_files,
    without_credentials,
)
from notebinder.public.private_names import PrivateNames
from notebinder.public.public_vault import PublicVault, read_public_vault
from notebinder.public.text_files import public_text_file
from notebinder.vault.file_cache import Cached, FileCache
from notebinder.vault.file_notes import with_file_notes
from notebinder.vault.model import Attachment, Figure
from notebinder.vault.navigation import read_arrangements
from notebinder.vault.reading import Vault, open_vault, read_attachment, read_obsidian_settings
from notebinder.vault.resolve import VaultIndex, all_aliases, index_names


@dataclass(frozen=True, slots=True)
class BuildCache:
    """What a build has learnt, for the next one; of no use to anybody else."""

    files: FileCache = field(default_factory=FileCache)
    memo: Memo = field(default_factory=Memo)
    public: PublicVault | None = None
    index: VaultIndex | None = None
    history: History | None = None
    notes: Mapping[str, BoundNote] = field(default_factory=dict)
    """By the note's path in the vault."""
    looks: ComparedLooks = field(default_factory=ComparedLooks)
    readable: Vault | None = None
    """While serving: the notes and plans that could be read, this time or before."""


@dataclass(frozen=True, slots=True)
class Build:
    """Everything that a build made."""

    settings: Settings = field(repr=False, compare=False)
    """What it was made with; with others nothing that it has learnt holds."""
    vault: Vault
    """What it was made from."""
    public: PublicVault
    """What was decided about all files, the private ones too."""
    layouts: tuple[NoteLayout, ...]
    files: Mapping[str, bytes]
    """Pages and navigation, by their path below the folder of generated pages."""
    media: frozenset[str]
    """Published images and other files; they stand in that folder already."""
    attachments: frozenset[str]
    """The files of the vault that pages use, by their path in it."""
    notes: tuple[NoteReport, ...]
    problems: tuple[Problem, ...]
    """Sorted, at the levels of the settings."""
    cache: BuildCache = field(default_factory=BuildCache, repr=False, compare=False)
    digests: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    """What stands for the bytes of each file, where somebody has worked that out."""

    def with_problems(self, found: Iterable[Problem]) -> Build:
        """Return the build with what was found besides: in what was written, or around the vault."""
        return replace(self, problems=graded([*self.problems, *found], self.settings.levels))

    def changed_since(self, before: Build) -> frozenset[str]:
        """Return the files that are new, gone, or other than in a build before, by their path.

        These are pages, `.nav.yml` files and redirects; a change of published media is in `media`.
        """
        every = self.files.keys() | before.files.keys()
        return frozenset(path for path in every if self.files.get(path) != before.files.get(path))


def build(
    settings: Settings,
    *,
    step: Step = no_progress,
    previous: Build | None = None,
    postpone: Postpone | None = None,
    changed: frozenset[str] | None = None,
) -> Build:
    """Read the vault and make all its pages, or raise `CredentialsError` before any is written.

    Args:
        settings: where everything is.
        step: is told what is done, and how far that is.
        previous: the last build of a running session. Whatever has not changed since is taken from it; the
            outcome is the same as without it. A server keeps the build that this returns, gives it to the
            next call, and asks it with `changed_since(previous)` which files to show anew. Where a build
            fails, it goes on with the one before.
        postpone: given while serving. With it new images are shown as they are, and a build after it has made
            their renditions shows those; and what cannot be read any more stays as it was in `previous`.
        changed: which files may have changed since `previous`, where somebody watches them; without it, all.
    """
    with sparing_collection():
        built = inspect(settings, step=step, previous=previous, postpone=postpone, changed=changed)
    refuse_credentials(built.problems, settings)
    return built


def inspect(
    settings: Settings,
    *,
    step: Step = no_progress,
    previous: Build | None = None,
    postpone: Postpone | None = None,
    changed: frozenset[str] | None = None,
) -> Build:
    """Make what `build` does, also where it must not be written."""
    check_output(settings.output)
    before = previous.cache if previous and previous.settings == settings else BuildCache()
    cache, memo = before.files.next(settings.vault, changed), before.memo.next()
    with step("reading notes", "note") as progress:
        everything, unreadable = open_vault(settings, cache, progress, memo)
    good = (
        last_good(everything, unreadable, before.readable) if postpone else LastGood(everything, everything)
    )
    public = read_public_vault(good.vault, settings, before.public, memo)
    unreadable = tuple(problem for problem in unreadable if not public.is_template(problem.location.path))
    vault, unreadable = without_credentials(public.vault, unreadable, settings, memo)
    with_pages = public.page_files(only_linked=settings.publish_only_marked)
    vault = with_file_notes(vault, partial(read_attachment, cache=cache), with_pages)
    app = read_obsidian_settings(settings.vault, "app.json")
    index = _index(vault, before.index, memo, is_relative=app.get("newLinkFormat") == "relative")
    arranged = read_arrangements(settings.vault, vault.notes)
    layouts, misplanned = lay_out(vault, index, prefix=settings.prefix, say=Words(settings.language))
    history = read_history(vault.root, before.history)
    folder = settings.output / MEDIA if postpone is None or postpone.writes else None
    as_files = Originals(folder, cache, searching_files(settings))
    sources = Sources(
        vault,
        index,
        assign_addresses(layouts, vault),
        write_original=partial(_write_original, as_files, public.names),
        read=partial(read_attachment, cache=cache),
        reading=_reading(app, settings, public),
        tag_page=tag_page_path(layouts),
        dates=history.dates,
    )
    with step("converting notes", "note") as progress:
        drafts = _draft(layouts, sources, before, cache, progress)
    as_they_are = {path: done for each in drafts for path, done in originals(each.drafts.answers).items()}
    newest_first = sorted(drafts, key=partial(_age, vault.root)) if postpone else drafts
    figures = [figure for drafted in newest_first for figure in drafted.drafts.figures]
    drawn = tuple(figure_credentials(figures, settings, cache))
    read = (problem for problem in unreadable if problem.code == CREDENTIAL)
    found = (*drawn, *file_problems(as_they_are), *read)
    is_stopped = any(problem.level is Level.ERROR for problem in found)
    with step("publishing images", "image") as progress:
        images = {} if is_stopped else render_figures(figures, settings, progress, postpone, hidden=drawn)
    looks = compare_looks(images, before.looks)
    twins = find_twins(looks.pairs, vault.transcripts)
    media = Media(as_they_are, images, twins, is_served=postpone is not None)
    with step("finishing pages", "note") as progress:
        notes = _bind(drafts, sources, media, history, before, progress)
    problems = [
        *settings.problems,
        *unreadable,
        *public.problems,
        *misplanned,
        *good.problems,
        *arranged.problems,
        *history.problems,
        *media.problems,
        *same_pictures(media.twins, drafts),
        *drawn,
        *(p for note in notes for p in note.bound.problems),
    ]
    return Build(
        settings,
        vault,
        public,
        layouts,
        with_own_pages(notes, images, arranged, settings, sources.tag_page),
        media.files,
        media.used,
        tuple(note.report for note in notes),
        graded(problems, settings.levels),
        BuildCache(
            replace(cache, before={}),
            memo,
            public,
            index,
            history,
            {n.drafted.layout.note.path: n for n in notes},
            looks,
            good.readable if postpone else None,
        ),
    )


def _age(vault: Path, drafted: DraftedNote) -> float:
    """Order notes by when their files were last written."""
    state = find_state(vault / drafted.layout.note.path)
    return -state.modified if state else 0


def _write_original(as_files: Originals, names: PrivateNames, file: Attachment) -> Original:
    """Write a file as it is among what is shown, but for its links to private things."""
    return as_files.copy(public_text_file(file, names, as_files.cache))


def _index(vault: Vault, before: VaultIndex | None, memo: Memo, *, is_relative: bool) -> VaultIndex:
    """Index the vault; guesses at what was meant hold as long as there are the same names to guess from."""
    index = memo(
        index_names, all_aliases(vault.notes), vault.attachments, is_relative, name="of public files"
    )
    return replace(index, hints=before.hints) if before and before.titles == index.titles else index


def _reading(app: Mapping[str, Any], settings: Settings, public: PublicVault) -> ReadingSettings:
    """What Obsidian's own settings and ours say of how notes are to be read."""
    folder = app.get("attachmentFolderPath")
    is_fixed = isinstance(folder, str) and bool(folder.strip("./")) and public.may_name(folder)
    return ReadingSettings(
        strict_line_breaks=app.get("strictLineBreaks") is True,
        attachment_folder=str(folder).strip("/") if is_fixed else settings.attachment_folder,
        external_embeds_at_once=settings.external_embeds_at_once,
        dark_pictures=settings.dark_pictures,
        link_schemes=frozenset(settings.link_schemes),
        frame_hosts=frozenset(settings.frame_hosts),
        plugin_blocks=settings.plugin_blocks,
        language=settings.language,
        vault_name=settings.vault.name,
        properties_hidden=settings.properties_hidden,
    )


def _draft(
    layouts: Sequence[NoteLayout], sources: Sources, before: BuildCache, cache: FileCache, progress: Progress
) -> tuple[DraftedNote, ...]:
    """Draft the notes whose drafts are not valid any more."""
    drafted: dict[str, DraftedNote] = {}
    for layout in layouts:
        note = before.notes.get(layout.note.path)
        if note and note.drafted.is_valid(layout, sources):
            drafted[layout.note.path] = note.drafted
    stale = [layout for layout in layouts if layout.note.path not in drafted]
    done = spread(partial(_draft_one, sources, cache), stale, _length, progress=progress)
    for layout, (drafts, read) in zip(stale, done, strict=True):
        drafted[layout.note.path] = DraftedNote(layout, drafts)
        cache.now |= read
    return tuple(drafted[layout.note.path] for layout in layouts)


def _draft_one(sources: Sources, cache: FileCache, layout: NoteLayout) -> tuple[Drafts, dict[Any, Cached]]:
    """Draft a note; return the files that it had read besides, which this process may be alone to know."""
    count = len(cache.now)
    drafts = draft_note(layout, sources)
    return drafts, dict(islice(reversed(cache.now.items()), len(cache.now) - count))


def _length(layout: NoteLayout) -> int:
    return len(layout.note.text)


def _bind(
    drafts: Sequence[DraftedNote],
    sources: Sources,
    media: Media,
    history: History,
    before: BuildCache,
    progress: Progress,
) -> tuple[BoundNote, ...]:
    """Bind the notes whose pages show something new."""
    backlinks = read_backlinks(link for drafted in drafts for link in drafted.drafts.links)
    bound: list[BoundNote | None] = []
    stale: list[tuple[DraftedNote, Surrounded]] = []
    for drafted in drafts:
        around = _surrounded(drafted, sources, media, history, backlinks)
        note = before.notes.get(drafted.layout.note.path)
        is_valid = note and note.is_valid(drafted, around, sources)
        bound.append(note if is_valid else None)
        stale += [] if is_valid else [(drafted, around)]
    done = spread(partial(_bind_one, sources), stale, lambda each: _length(each[0].layout), progress=progress)
    new = iter([BoundNote(*each, bound) for each, bound in zip(stale, done, strict=True)])
    return tuple(note or next(new) for note in bound)


def _bind_one(sources: Sources, each: tuple[DraftedNote, Surrounded]) -> Bound:
    return bind_note(*each, sources)


def _surrounded(
    drafted: DraftedNote,
    sources: Sources,
    media: Media,
    history: History,
    backlinks: Mapping[str, Sequence[Backlink]],
) -> Surrounded:
    images = dict.fromkeys(figure.attachment.path for figure in drafted.drafts.figures if figure.attachment)
    return Surrounded(
        {image: media.images[image] for image in images if image in media.images},
        {image: sources.vault.transcripts[image] for image in images if image in sources.vault.transcripts},
        {page.path: backlinks[page.path] for page in drafted.layout.pages if page.path in backlinks},
        history.dates.get(drafted.layout.note.path, Dates()),
        {image: media.twins[image] for image in images if image in media.twins},
        media.is_served and _has_news_for_its_author(drafted, media),
    )


def _has_news_for_its_author(drafted: DraftedNote, media: Media) -> bool:
    """Tell whether pages of a note show its author what they do not show readers."""
    sections = (section for page in drafted.layout.pages for section in page.sections)
    return any(section.doubt for section in sections) or any(
        _is_lacking(figure, media) for figure in drafted.drafts.figures
    )


def _is_lacking(figure: Figure, media: Media) -> bool:
    return not figure.attachment or not isinstance(media.images.get(figure.attachment.path), SiteImage)
