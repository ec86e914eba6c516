"""Check what a pull request's build left behind, as something hostile, and unpack it. Executes nothing.

Everything is checked by its entry before the first byte is written, and counted again while it is written,
since an archive can lie about its sizes.
"""

from __future__ import annotations

import re
import stat
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from notebinder.base.problems import NotebinderError
from notebinder.site.site_folder import SITE_MARK

_MEGABYTE = 1_000_000


class HostileArtefactError(NotebinderError):
    """An artefact that is not deployed; the message says why."""

    def __init__(self, reasons: Iterable[str]) -> None:
        shown = list(dict.fromkeys(reasons))
        more = f" (and {len(shown) - 5} more)" if len(shown) > 5 else ""
        super().__init__(f"The artefact is refused: {'; '.join(shown[:5])}{more}.")


@dataclass(frozen=True, slots=True)
class ArtefactLimits:
    """How much a pull request may bring."""

    files: int = 20_000
    file_size: int = 95 * _MEGABYTE
    """GitHub takes no file above 100 MB."""
    total_size: int = 900 * _MEGABYTE
    """GitHub Pages serves 1 GB at most."""
    path_length: int = 400


GITHUB_LIMITS = ArtefactLimits()


@dataclass(frozen=True, slots=True)
class ClaimedFile:
    """A file that an artefact claims to hold."""

    path: str
    size: int
    kind: str = "file"
    """`file`, or what else it is."""


SITE, EXPORT = "site/", "export/"
"""What an artefact holds: the built site, which is deployed, and the pages that it was built from, which are
not."""
_ONCE_BESIDE_THEM = "report.json"
"""Where an older notebinder left its report; pull requests that it has built are still open."""

_DIRECTION = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

_RULES: tuple[tuple[Callable[[ClaimedFile, ArtefactLimits], bool], str], ...] = (
    (lambda entry, _: entry.kind != "file", "{path} is a {kind}, not a file"),
    (lambda entry, _: entry.path.startswith("/"), "{path} is an absolute path"),
    (lambda entry, _: ".." in entry.path.split("/"), "{path} leads outside its folder"),
    (lambda entry, _: "\\" in entry.path or ":" in entry.path, "{path} has a backslash or colon in its name"),
    (lambda entry, _: bool(_CONTROL.search(entry.path)), "{path} has a control character in its name"),
    (
        lambda entry, _: bool(_DIRECTION.search(entry.path)),
        "{path} has a mark of writing direction in its name",
    ),
    (lambda entry, _: _has_odd_segment(entry.path), "{path} has an empty or hidden part in its name"),
    (lambda entry, limits: len(entry.path) > limits.path_length, "{path} has too long a name"),
    (lambda entry, limits: entry.size > limits.file_size, "{path} is larger than {limits.file_size:,} bytes"),
)
"""What refuses one file, and how that is said."""

_NO_PART = frozenset({".nojekyll", SITE_MARK})
"""Files in a built site's folder that are no part of it; the pages branch gets a `.nojekyll` of its own."""

_ARTEFACT_RULES: tuple[tuple[Callable[[ClaimedFile, ArtefactLimits], bool], str], ...] = (
    (
        lambda entry, _: entry.path != _ONCE_BESIDE_THEM and not entry.path.startswith((SITE, EXPORT)),
        "{path} lies outside site/ and export/",
    ),
)
"""What else refuses a file of an artefact."""


def folder_files(folder: Path, *, limits: ArtefactLimits = GITHUB_LIMITS) -> tuple[str, ...]:
    """List the files of a folder that may be deployed, or refuse it."""
    entries = tuple(_walk(folder, folder))
    _refuse(_reasons(entries, limits))
    return tuple(entry.path for entry in entries)


def unpack(archive: Path, folder: Path, *, limits: ArtefactLimits = GITHUB_LIMITS) -> None:
    """Unpack an artefact's archive into an empty folder, or refuse it before a file of it is written."""
    try:
        with zipfile.ZipFile(archive) as opened:
            members = [member for member in opened.infolist() if not member.filename.endswith("/")]
            entries = tuple(_member_entry(member) for member in members)
            _refuse([*_reasons(entries, limits), *_refused_by(_ARTEFACT_RULES, entries, limits)])
            allowance = limits.total_size
            for member in members:
                allowance -= _write(
                    opened, member, folder / member.filename, min(limits.file_size, allowance)
                )
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
        ValueError,
        OSError,
    ) as error:
        raise HostileArtefactError([f"its archive cannot be read: {error}"]) from error


def _walk(folder: Path, root: Path) -> Iterator[ClaimedFile]:
    for file in sorted(folder.iterdir()):
        path = file.relative_to(root).as_posix()
        about = file.lstat()
        if stat.S_ISDIR(about.st_mode):
            yield from _walk(file, root)
        elif path not in _NO_PART:
            yield ClaimedFile(path, about.st_size, _kind(about.st_mode))


def _member_entry(member: zipfile.ZipInfo) -> ClaimedFile:
    """Describe a member by the name in the archive, which `ZipInfo.filename` cuts at a NUL."""
    kind = _kind(member.external_attr >> 16)
    if member.flag_bits & 0x1:
        kind = "encrypted file"
    elif member.compress_type not in _COMPRESSIONS:
        kind = "file in an unusual compression"
    name = member.orig_filename if "\0" in member.orig_filename else member.filename
    return ClaimedFile(name, member.file_size, kind)


def _kind(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return "symbolic link"
    return "file" if stat.S_ISREG(mode) or not stat.S_IFMT(mode) else "special file"


def _reasons(entries: tuple[ClaimedFile, ...], limits: ArtefactLimits) -> list[str]:
    reasons = list(_refused_by(_RULES, entries, limits))
    counted = Counter(entry.path for entry in entries)
    reasons += [f"{_shown(path)} is there {count} times" for path, count in counted.items() if count > 1]
    reasons += _falling_together(counted)
    above = {str(parent) for path in counted for parent in PurePosixPath(path).parents}
    reasons += [f"{_shown(path)} is both a file and a folder" for path in counted if path in above]
    if len(entries) > limits.files:
        reasons.append(f"it has {len(entries):,} files, and {limits.files:,} are allowed")
    if (total := sum(entry.size for entry in entries)) > limits.total_size:
        reasons.append(f"it unpacks to {total:,} bytes, and {limits.total_size:,} are allowed")
    return reasons


def _falling_together(paths: Iterable[str]) -> Iterator[str]:
    """Find files, or a file and a folder, that are one on a Mac or on Windows."""
    seen: dict[str, str] = {}
    for path in paths:
        parts = path.split("/")
        for end in range(1, len(parts) + 1):
            place = "/".join(parts[:end])
            other = seen.setdefault(_as_elsewhere(place), place)
            if other != place:
                yield f"{_shown(other)} and {_shown(place)} are one on macOS or Windows"


def _as_elsewhere(path: str) -> str:
    """Return a name as systems compare it that know no case, no form of accents and no dot at its end."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKD", path).casefold())
    return "/".join(part.rstrip(". ") for part in folded.split("/"))


def _refused_by(
    rules: tuple[tuple[Callable[[ClaimedFile, ArtefactLimits], bool], str], ...],
    entries: tuple[ClaimedFile, ...],
    limits: ArtefactLimits,
) -> Iterator[str]:
    for entry in entries:
        for refuses, message in rules:
            if refuses(entry, limits):
                yield message.format(path=_shown(entry.path), kind=entry.kind, limits=limits)


def _has_odd_segment(path: str) -> bool:
    """Tell whether a part of a path is empty or begins with a dot: `.git`, `.htaccess`, `a//b`."""
    parts = path.lstrip("/").split("/")
    return any(not part or (part.startswith(".") and part != "..") for part in parts)


def _shown(path: str) -> str:
    """Quote a hostile name so that it can be printed."""
    return ascii(path if len(path) < 120 else path[:120] + "...")


def _refuse(reasons: list[str]) -> None:
    if reasons:
        raise HostileArtefactError(reasons)


def _write(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, allowance: int) -> int:
    """Write one member, and stop as soon as it holds more than it may; return its size."""
    target.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    with archive.open(member) as source, target.open("xb") as file:
        while chunk := source.read(_MEGABYTE):
            size += len(chunk)
            if size > allowance:
                raise HostileArtefactError([f"{_shown(member.filename)} unpacks to more than it says"])
            file.write(chunk)
    return size
