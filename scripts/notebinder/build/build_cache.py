"""The last build of a project on disk: the next process starts from it, or takes it as it is.

A kept build is taken as it is only if the settings, notebinder itself and the state of every file that a
build could read are the same, and all that it published is still there. Else it is the `previous` of a new
build, which compares all it takes from it. It holds what the notes say, private ones too, so it lies in the
cache, sealed and for this user only, and never where a site could be made from it.
"""

from __future__ import annotations

import gc
import hashlib
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any, cast

from notebinder.base.problems import Problem
from notebinder.base.progress import Step, no_progress
from notebinder.base.settings import Settings
from notebinder.build.output import check_output, digest
from notebinder.build.pipeline import Build, build, inspect
from notebinder.build.sealed import Sealed, read_sealed, write_sealed
from notebinder.build.vault_state import read_state
from notebinder.images.publish import Postpone
from notebinder.vault.syntax.slugs import fingerprint

_MOST = 8
"""So many projects' builds are kept in a cache that several share."""


@dataclass(frozen=True, slots=True)
class _Summary:
    """What must be known of a kept build to take it as it is."""

    settings: Settings
    state: str
    media: frozenset[str]
    attachments: frozenset[str]
    problems: tuple[Problem, ...]
    digests: Mapping[str, str]


def convert(
    settings: Settings,
    *,
    step: Step = no_progress,
    previous: Build | None = None,
    postpone: Postpone | None = None,
) -> Build:
    """Do what `pipeline.build` does, with what an earlier process kept, and keep the outcome.

    A session that has a `previous` build keeps none: it saves seconds at its beginning, not at each edit.
    """
    check_output(settings.output)
    if previous or not _is_apart(settings):
        return build(settings, step=step, previous=previous, postpone=postpone)
    file = settings.cache / "builds" / fingerprint(f"{settings.vault}\n{settings.output}")
    state = read_state(settings)
    sealed = read_sealed(file, _version())
    summary = _summary(sealed, settings)
    if sealed and summary and state and summary.state == state and _is_there(summary, settings):
        return _as_it_is(sealed, summary, settings)
    built = build(settings, step=step, previous=_whole(sealed) if summary else None)
    built = replace(built, digests={path: digest(data) for path, data in built.files.items()})
    facts = (state, built.media, built.attachments, built.problems, built.digests)
    write_sealed(file, _version(), (_Summary(settings, *facts), built))
    _drop_oldest(file.parent)
    gc.freeze()  # a build is a million values and no cycle, at which the collector need not look again
    return built


def _is_apart(settings: Settings) -> bool:
    """What MkDocs reads or writes must not hold the cache."""
    return not any(settings.cache.is_relative_to(place) for place in (settings.docs, settings.output))


def _summary(sealed: Sealed | None, settings: Settings) -> _Summary | None:
    try:
        summary = cast("_Summary", sealed.parts[0]()) if sealed else None
    except ValueError:
        return None
    return summary if summary and summary.settings == settings else None


def _whole(sealed: Sealed | None) -> Build | None:
    try:
        return cast("Build", sealed.parts[1]()) if sealed else None
    except ValueError:
        return None


def _is_there(summary: _Summary, settings: Settings) -> bool:
    """Tell whether all published files still lie in the output folder."""
    folders = {path.rpartition("/")[0] for path in summary.media}
    there = {
        f"{folder}/{file.name}"
        for folder in folders
        if (settings.output / folder).is_dir()
        for file in (settings.output / folder).iterdir()
    }
    return summary.media <= there


def _as_it_is(sealed: Sealed, summary: _Summary, settings: Settings) -> Build:
    """Return the kept build; what nobody asks for of it stays on the disk."""

    @cache
    def whole() -> Build:
        return _whole(sealed) or inspect(settings)

    def late(name: str) -> Any:  # noqa: ANN401  stands for a value of any kind
        return Late(lambda: getattr(whole(), name))

    return Build(
        settings,
        late("vault"),
        late("publication"),
        late("layouts"),
        late("files"),
        summary.media,
        summary.attachments,
        late("notes"),
        summary.problems,
        late("known"),
        summary.digests,
    )


class Late:
    """Stands for a value that is loaded when somebody looks at it."""

    def __init__(self, load: Callable[[], Any]) -> None:
        self._load = load

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  whatever the value has
        return getattr(self._load(), name)

    def __getitem__(self, key: Any) -> Any:  # noqa: ANN401
        return self._load()[key]

    def __iter__(self) -> Any:  # noqa: ANN401
        return iter(self._load())

    def __len__(self) -> int:
        return len(self._load())

    def __contains__(self, item: object) -> bool:
        return item in self._load()

    def __eq__(self, other: object) -> bool:
        return bool(self._load() == other)

    def __hash__(self) -> int:
        return hash(self._load())

    def __reduce__(self) -> tuple[Callable[[Any], Any], tuple[Any]]:
        return _same, (self._load(),)


def _same(value: Any) -> Any:  # noqa: ANN401
    return value


def _drop_oldest(folder: Path) -> None:
    """Keep the newest builds; there is no such folder where none could be kept."""
    files = sorted(folder.glob("*"), key=lambda file: file.lstat().st_mtime, reverse=True)
    for file in files[_MOST:]:
        file.unlink(missing_ok=True)


@cache
def _version() -> str:
    """Return what stands for all code that takes part in a build."""
    package = Path(__file__).parent.parent
    digests = [sys.version]
    for file in sorted(package.rglob("*.py")):
        digests.append(f"{file.relative_to(package)} {hashlib.sha256(file.read_bytes()).hexdigest()}")
    for requirement in requires("notebinder") or ():
        name = re.match(r"[\w.-]+", requirement)[0]  # type: ignore[index]  # all begin with a name
        try:
            digests.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            digests.append(f"{name} is not installed")
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()
