"""Take the credentials out of a vault before anything is made of it, and report each one by its place.

A vault with a finding is not published, unless the settings want it masked. That its text is masked here, at
the source, means that no page, message, cache or log behind this point can show the credential, whatever else
goes wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, TypeVar

from msgspec.structs import replace

from notebinder.base.files import opened_plain
from notebinder.base.memo import Memo
from notebinder.base.problems import Level, NotebinderError, Problem, SourceLocation
from notebinder.base.settings import Settings
from notebinder.base.workers import spread
from notebinder.public.credentials.allowing import MASK, Allowed, forbidden, read_allowed
from notebinder.public.credentials.finding import Finding, find_credentials, mask
from notebinder.public.credentials.text_cache import TextCache, read_text_cache, write_text_cache
from notebinder.vault.file_cache import FileCache
from notebinder.vault.model import PAGE_FILES, Attachment, Figure, Note, Transcript
from notebinder.vault.packed import pack_blocks
from notebinder.vault.reading import UTF_16, Vault, decoded, read_attachment
from notebinder.vault.syntax.blocks import read_blocks
from notebinder.vault.syntax.properties import read_properties
from notebinder.vault.transcripts import transcript_file

CREDENTIAL = "credential"
"""The code of a problem that stops every build before it writes."""

_HINTS = {
    False: "nothing is published; remove and revoke it, or allow it with %% notebinder: allow-credential %%",
    True: "shown as ••••; remove and revoke it, or allow it with %% notebinder: allow-credential %%",
}
_WAYS = """%s: nothing was written, because a page that was once online cannot be taken back.
Remove and revoke what is a credential. What is none, or may be seen, has three ways out:
- allow it in the note: %%%% notebinder: allow-credential %%%% on its line or on the one above it
- allow it in mkdocs.yml, below notebinder: credentials_allowed: [TEXT] or credentials_allowed_in: [FILE]
- publish with •••• in its place: credentials: mask in mkdocs.yml, or the option --mask-credentials"""
_BINARY = 8192
"""A file with a zero byte among so many is no text."""

_MOST_TOLD = 20
_File = TypeVar("_File")
_Clean = Callable[[str, str], str]


class CredentialsError(NotebinderError):
    """Credentials in what was to be published."""

    exit_code = 1

    def __init__(self, found: Sequence[Problem], vault: Path) -> None:
        more = [f"... and {len(found) - _MOST_TOLD} more"] if len(found) > _MOST_TOLD else []
        super().__init__("\n".join([*map(str, found[:_MOST_TOLD]), *more, _WAYS % vault.name]))


def without_credentials(
    vault: Vault, faults: tuple[Problem, ...], settings: Settings, memo: Memo | None = None
) -> tuple[Vault, tuple[Problem, ...]]:
    """Return the vault with every credential in its text masked, and where each one stands.

    Args:
        vault: what is to be published, and nothing else.
        faults: the problems of reading it; those of a masked note are found anew, as they may quote it.
        settings: what is allowed, and where the texts are remembered that hold none.
        memo: spares what has not changed.
    """
    memo = memo or Memo()
    cache, allowed = read_text_cache(settings.project_cache), read_allowed(settings)
    problems: list[Problem] = []

    def clean(path: str, text: str) -> str:
        masked, found = clean_text(path, text, allowed, cache)
        problems.extend(found)
        return masked

    if memo(find_credentials, "\n".join((*vault.notes, *vault.attachments, *vault.plans)), name="names"):
        vault = _without_telling_names(vault, allowed, problems)
    _search([note.text for note in vault.notes.values()], cache)
    read = {path: _clean_note(note, clean) for path, note in vault.notes.items()}
    plans = {path: clean(path, text) for path, text in vault.plans.items()}
    transcripts = {
        path: _clean_transcript(path, read, vault.attachments.get(path), clean)
        for path, read in vault.transcripts.items()
    }
    drawn = {path: vault.attachments[path] for path in memo(_drawn, vault.attachments)}
    cleaned_drawn = {path: _clean_attachment(each, clean) for path, each in drawn.items()}
    attachments = vault.attachments if cleaned_drawn == drawn else {**vault.attachments, **cleaned_drawn}
    write_text_cache(cache, settings.project_cache)
    masked = {path for path, (_, found) in read.items() if found is not None}
    kept = [fault for fault in faults if fault.location.path not in masked]
    found = [fault for _, again in read.values() for fault in again or ()]
    notes = {path: note for path, (note, _) in read.items()}
    cleaned = replace(vault, notes=notes, plans=plans, transcripts=transcripts, attachments=attachments)
    return cleaned, (*kept, *found, *problems)


def _drawn(attachments: Mapping[str, Attachment]) -> tuple[str, ...]:
    return tuple(path for path in attachments if path.lower().endswith(PAGE_FILES))


def _search(texts: Iterable[str], cache: TextCache) -> None:
    """Find out on all cores which of the texts hold no credential, as most do."""
    new = [text for text in texts if not cache.has(text)]
    for text, found in zip(new, spread(find_credentials, new, lambda text: len(text) // 8), strict=True):
        if not found:
            cache.add(text)


def searching_files(settings: Settings) -> Callable[[str, bytes], tuple[bytes | None, tuple[Problem, ...]]]:
    """Return what says what of a file may be published, if anything, and which credentials are in it."""
    return partial(_searched, read_allowed(settings))


def is_text(stream: BinaryIO) -> bool:
    """Tell whether a file, opened at its beginning, is one that is searched."""
    head = stream.read(_BINARY)
    return head.startswith(UTF_16) or b"\0" not in head


def figure_credentials(figures: Iterable[Figure], settings: Settings, cache: FileCache) -> Iterator[Problem]:
    """Report those in drawings: what is a text among the images that pages show."""
    allowed = read_allowed(settings)
    shown = {figure.attachment.path: figure.attachment for figure in figures if figure.attachment}
    for path, attachment in sorted(shown.items()):
        with suppress(OSError):  # whoever publishes it reports that
            make = partial(_in_file, path, attachment.file, allowed)
            yield from cache.recall_by_state("credentials", path, attachment.file, make)


def check_hand_written(settings: Settings) -> tuple[Problem, ...]:
    """Return those in pages of `docs` that the author writes; raise an error if they must not be shown."""
    found = tuple(hand_written_credentials(settings))
    refuse_credentials(found, settings)
    return found


def hand_written_credentials(settings: Settings) -> Iterator[Problem]:
    """Report those in the pages of `docs` that the author writes, where they have a folder of their own."""
    allowed = read_allowed(settings)
    if settings.output == settings.docs:
        return
    for file in sorted(settings.docs.rglob("*.md")):
        if not file.is_relative_to(settings.output) and file.is_relative_to(settings.root):
            with suppress(OSError):  # whoever reads it reports that
                yield from _in_file(file.relative_to(settings.root).as_posix(), file, allowed)


def refuse_credentials(problems: Iterable[Problem], settings: Settings) -> None:
    """Raise an error if there are any that must not even be shown masked, before anything is written."""
    found = [problem for problem in problems if problem.code == CREDENTIAL]
    if found and settings.credentials != MASK:
        raise CredentialsError(found, settings.vault)


def masked_page(path: str, text: str, settings: Settings) -> str:
    """Return the text of a page that the author writes in `docs`, as it may be shown."""
    if settings.credentials != MASK:
        return text
    return clean_text(path, text, read_allowed(settings), TextCache())[0]


def clean_text(path: str, text: str, allowed: Allowed, cache: TextCache) -> tuple[str, tuple[Problem, ...]]:
    """Return a file's text with its credentials masked, and a problem for each."""
    if cache.has(text):
        return text, ()
    found = find_credentials(text)
    if not found:
        cache.add(text)
    found = forbidden(text, found, allowed) if found and not allowed.in_file(path) else ()
    return mask(text, found), tuple(_problem(path, each, allowed) for each in found)


def _in_file(path: str, file: Path, allowed: Allowed) -> tuple[Problem, ...]:
    with opened_plain(file) as stream:
        if not is_text(stream):
            return ()
        stream.seek(0)
        return clean_text(path, decoded(stream.read(), path)[0], allowed, TextCache())[1]


def _searched(allowed: Allowed, path: str, data: bytes) -> tuple[bytes | None, tuple[Problem, ...]]:
    if not is_text(BytesIO(data)):
        return data, ()
    masked, found = clean_text(path, decoded(data, path)[0], allowed, TextCache())
    if found:
        return (masked.encode() if allowed.masks else None), found
    return data, ()


def _problem(path: str, found: Finding, allowed: Allowed) -> Problem:
    level = Level.WARNING if allowed.masks else None
    message = f"looks like {found.kind}"
    return Problem(SourceLocation(path, found.line), CREDENTIAL, message, _HINTS[allowed.masks], level)


def _clean_note(note: Note, clean: _Clean) -> tuple[Note, tuple[Problem, ...] | None]:
    """Return the note, and if it had to be masked what is wrong with its properties now."""
    text = clean(note.path, note.text)
    if text == note.text:
        return note, None
    properties, body_line, faults = read_properties(text, note.path)
    blocks = pack_blocks(read_blocks(text, body_line))
    return Note(note.path, text, properties, body_line, blocks), faults


def _clean_attachment(attachment: Attachment, clean: _Clean) -> Attachment:
    """Clean a file whose text pages show."""
    text = read_attachment(attachment)
    masked = clean(attachment.path, text)
    return attachment if masked == text else replace(attachment, text=masked)


def _clean_transcript(path: str, read: Transcript, image: Attachment | None, clean: _Clean) -> Transcript:
    """Clean what was read from an image; for the lines' numbers its file is read again."""
    text = "\n".join((read.title, *read.paragraphs))
    found = find_credentials(text)
    if not found:
        return read
    file = image and transcript_file(image.file)
    whole = file.read_text("utf-8", "replace") if file and file.is_file() else text
    if clean(f"{path}.txt", whole) == whole:
        return read
    title, *paragraphs = mask(text, found).split("\n")
    return replace(read, title=title, paragraphs=tuple(paragraphs))


def _without_telling_names(vault: Vault, allowed: Allowed, problems: list[Problem]) -> Vault:
    """Leave out files whose very name is a credential: a name is an address, a title and part of messages."""
    names = (*vault.notes, *vault.attachments, *vault.plans)
    masked = {name: clean_text(name, name, allowed, TextCache()) for name in names}
    telling = {name for name, (_, found) in masked.items() if found}
    for name in telling:
        place, found = masked[name]
        problems.extend(replace(each, location=SourceLocation(place)) for each in found)
    return replace(
        vault,
        notes=_without(vault.notes, telling),
        attachments=_without(vault.attachments, telling),
        plans=_without(vault.plans, telling),
        transcripts=_without(vault.transcripts, telling),
    )


def _without(files: Mapping[str, _File], left_out: set[str]) -> dict[str, _File]:
    return {path: file for path, file in files.items() if path not in left_out}
