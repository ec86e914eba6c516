"""What happens on a change: convert, build what shows it, tell the browsers; later make the rest right."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

from notebinder.base.ending import Ended
from notebinder.base.file_faults import fault_message
from notebinder.base.problems import NotebinderError
from notebinder.site.live.served import ServedProject
from notebinder.site.live.watching import Changes, Watcher

log = logging.getLogger("mkdocs.plugins.notebinder")

PATIENCE = 0.3
"""A site that is right after so many seconds need not be shown half right before, and is reloaded once."""
PAUSE = 0.5
"""An author who has saved nothing for so many seconds is taken to have stopped."""


class Audience(Protocol):
    """Who looks at the site."""

    @property
    def watched(self) -> tuple[str, ...]:
        """What else is to be watched than the author's files."""

    def is_viewed(self, address: str) -> bool:
        """Whether somebody looks at a page."""

    def serve_from(self, folder: Path) -> None:
        """Serve the site that stands in a folder."""

    def announce(self, changed: Iterable[str] | None, faults: Iterable[str]) -> None:
        """Tell what has changed, and what is wrong."""

    def tell_settled(self, is_settled: bool) -> None:
        """Tell whether the search index is right."""


class Session:
    """Keeps a site up to date until the watcher is stopped."""

    def __init__(
        self, project: ServedProject, audience: Audience, watcher: Watcher, *, patience: float = PATIENCE
    ) -> None:
        self._project, self._audience, self._watcher = project, audience, watcher
        self._patience = patience
        self._is_settled = True
        self._broken: tuple[str, ...] = ()
        """What keeps the configuration from being read."""
        self._errors = project.errors

    def run(self) -> None:
        """React to what the author does."""
        self._watch()
        self._watcher.start()
        while not self._watcher.is_stopped:
            changes = self._watcher.wait(None if self._is_settled else PAUSE)
            if changes:
                self.react(changes)
            elif not self._is_settled and not self._watcher.is_stopped:
                self._attempt(self._settle)

    def react(self, changes: Changes) -> None:
        """Show what changed; whatever goes wrong is told, and tried again on the next change."""
        for path in sorted(changes.new):
            self._project.tell_new(Path(path))
        if changes.is_configuration or not self._project.is_understood:
            self._build_all()
        else:
            self._attempt(lambda: self._update(changes))

    def _update(self, changes: Changes) -> None:
        started = time.monotonic()
        docs = self._project.docs
        paths = {Path(path) for path in changes.changed}
        self._set_settled(False)
        self._project.site.take(p.relative_to(docs).as_posix() for p in paths if p.is_relative_to(docs))
        self._project.site.take(self._convert(changes.changed))
        if self._project.site.seconds_to_settle <= self._patience:
            self._settle(started)
        else:
            for is_wanted in (self._audience.is_viewed, lambda _: True):
                self._tell(self._project.site.rebuild(is_wanted, self._has_news), started)

    def _convert(self, changes: frozenset[str]) -> frozenset[str]:
        """Convert; where that fails, what the author changed by hand is shown all the same."""
        try:
            changed = self._project.convert(changes)
        except (NotebinderError, OSError) as error:
            self._errors = (fault_message(error),)
            log.error("%s", *self._errors)
            return frozenset()
        self._errors = self._project.errors
        return changed

    def _settle(self, started: float | None = None) -> None:
        site = self._project.site
        changed, done = site.settle(self._project.is_by_hand, self._has_news)
        self._tell(changed, started or time.monotonic())
        self._set_settled(done or bool(site.faults))

    def _build_all(self) -> None:
        started = time.monotonic()
        try:
            changed = self._project.build_all()
        except Ended:
            raise
        except (Exception, SystemExit) as error:  # noqa: BLE001  # MkDocs raises both
            self._broken = (str(error) or type(error).__name__,)
            log.error("%s", self._broken[0])
            self._audience.announce((), self._faults())
            return
        self._broken, self._errors = (), self._project.errors
        self._watch()
        self._audience.serve_from(self._project.folder)
        self._set_settled(True)
        self._tell(changed, started)

    def _watch(self) -> None:
        self._watcher.watch(self._project.watched(self._audience.watched))

    def _attempt(self, step: Callable[[], None]) -> None:
        """Take a step; an error is shown where the author looks, and the server goes on."""
        try:
            step()
        except OSError as error:
            self._give_up(fault_message(error))
        except Exception as error:  # noqa: BLE001  # a fault of ours must not end the author's session
            self._give_up(f"{type(error).__name__}: {error}", error)

    def _give_up(self, text: str, fault: Exception | None = None) -> None:
        log.error("%s", text, exc_info=fault)
        self._errors = (text,)
        self._set_settled(True)  # until the next change
        self._audience.announce((), self._faults())

    def _tell(self, changed: frozenset[str], started: float) -> None:
        pages = sum(path.endswith(".html") for path in changed)
        if pages:
            count = f"{pages} page{'' if pages == 1 else 's'}"
            log.info("%s changed in %.2f s. Reloading browsers", count, time.monotonic() - started)
        self._audience.announce(changed, self._faults())

    def _faults(self) -> tuple[str, ...]:
        return (*self._broken, *self._errors, *sorted(self._project.site.faults.values()))

    def _has_news(self) -> bool:
        return self._watcher.has_news

    def _set_settled(self, is_settled: bool) -> None:
        self._is_settled = is_settled
        self._audience.tell_settled(is_settled)
