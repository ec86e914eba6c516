"""The last build of a project in the user's cache: the next process starts from it, or takes it as it is.

A cached build is taken as it is only if the settings, notebinder itself and the state of every file that a
build could read are the same, and all that it published is still there. Else it is the `previous` of a new
build, which compares all it takes from it: so it is of use after a new checkout, too.
"""

from __future__ import annotations

import gc
import hashlib
import pickle
import re
import shutil
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any

from notebinder.base.files import drop_temporary, read_checked, write_atomically, write_checked
from notebinder.base.problems import Problem
from notebinder.base.progress import Step, no_progress
from notebinder.base.settings import Settings
from notebinder.base.workers import sparing_collection
from notebinder.build.output import check_output, digest
from notebinder.build.pipeline import Build, build, inspect
from notebinder.build.vault_state import read_state
from notebinder.images.rendering import Postpone

_FORGOTTEN = 60 * 24 * 3600
"""Seconds after which the cache of a project that nobody builds any more is removed."""
_LEFT = 3600
"""Seconds within which a file that is being written is written."""


@dataclass(frozen=True, slots=True)
class _Summary:
    """What must be known of a cached build to take it as it is."""

    settings: Settings
    state: str
    digest: str
    """Of the file with all the rest, which may be another build's if a process was killed."""
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
    changed: frozenset[str] | None = None,
) -> Build:
    """Do what `pipeline.build` does, with what an earlier process left in the cache, and leave the outcome.

    A session that has a `previous` build leaves none: the cache saves seconds at its beginning, not at each
    edit.
    """
    check_output(settings.output)
    if previous:
        return build(settings, step=step, previous=previous, postpone=postpone, changed=changed)
    state = read_state(settings)
    summary = _read_summary(settings)
    if summary and state and summary.state == state and _is_there(summary, settings):
        return _CachedBuild.of(summary)
    before = _read_build(summary) if summary else None
    built = build(settings, step=step, previous=before, postpone=postpone)
    if postpone and postpone.shown:
        return built  # with its images as they are: no other process may take it for a whole one
    built = replace(built, digests={path: digest(data) for path, data in built.files.items()})
    with suppress(OSError):  # a cache that cannot be written only costs time
        _write(settings, state, built)
        _drop_old(settings.project_cache)
    gc.freeze()  # a build is a million values and no cycle, at which the collector need not look again
    return built


def _write(settings: Settings, state: str, built: Build) -> None:
    data = pickle.dumps(built, pickle.HIGHEST_PROTOCOL)
    write_atomically(_file(settings, "build"), data)
    known = (built.media, built.attachments, built.problems, built.digests)
    summary = _Summary(settings, state, hashlib.sha256(data).hexdigest(), *known)
    head = f"{_version()}\n".encode()
    write_checked(_file(settings, "summary"), head + pickle.dumps(summary, pickle.HIGHEST_PROTOCOL))


def _read_summary(settings: Settings) -> _Summary | None:
    """Return the summary of the last build with these settings by this very notebinder."""
    written, _, data = (read_checked(_file(settings, "summary")) or b"").partition(b"\n")
    if written.decode("ascii", "replace") != _version():
        return None
    summary = pickle.loads(data)  # noqa: S301  our own: `user_cache` lets nobody else write there
    return summary if isinstance(summary, _Summary) and summary.settings == settings else None


def _read_build(summary: _Summary) -> Build | None:
    """Return the build that a summary is of, unless it is gone or damaged."""
    with suppress(OSError), sparing_collection():
        data = _file(summary.settings, "build").read_bytes()
        if hashlib.sha256(data).hexdigest() == summary.digest:
            return pickle.loads(data)  # type: ignore[no-any-return]  # noqa: S301  what `_write` wrote
    return None


def _file(settings: Settings, name: str) -> Path:
    return settings.project_cache / name


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


class _CachedBuild(Build):
    """A build of which only the summary has been read; all else is when somebody asks for it."""

    __slots__ = ("_summary",)
    _summary: _Summary

    @classmethod
    def of(cls, summary: _Summary) -> Build:
        """Return the build that a summary is of."""
        built = cls.__new__(cls)
        object.__setattr__(built, "_summary", summary)
        for name in ("settings", "media", "attachments", "problems", "digests"):
            object.__setattr__(built, name, getattr(summary, name))
        return built

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  whatever the field holds that is not there yet
        if name not in Build.__slots__:
            raise AttributeError(name)
        whole = _read_build(self._summary) or inspect(self._summary.settings)
        for each in fields(Build):
            object.__setattr__(self, each.name, getattr(whole, each.name))
        return object.__getattribute__(self, name)


def _drop_old(folder: Path) -> None:
    """Remove what killed processes left, and the caches of projects that have not been built for long."""
    drop_temporary(folder, older_than=_LEFT)
    newest = time.time() - _FORGOTTEN
    for project in folder.parent.iterdir():
        if project.lstat().st_mtime < newest:
            shutil.rmtree(project, ignore_errors=True)


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
