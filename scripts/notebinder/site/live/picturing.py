"""Make the renditions of images in the background; until then their pages show them as they are."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue

from notebinder.base.progress import progress_lines
from notebinder.images.rendering import Postpone, cache_renditions

log = logging.getLogger("mkdocs.plugins.notebinder")

PAGE_FIRST = 1.5
"""Seconds that the page which shows a pasted image has the machine to itself."""
TOGETHER = 5.0
"""Seconds in which many renditions are gathered, so that pages do not change with each."""


class BackgroundPictures:
    """Works on one image after the other in a thread of its own."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._images: SimpleQueue[Path] = SimpleQueue()
        self._waiting: dict[Path, float] = {}
        """Since when each image waits."""
        self._turn = threading.Lock()
        self.postpone = Postpone(self.put)

    def start(self, tell: Callable[[str], None]) -> None:
        """Begin to make what waits, and to tell what is done; the thread ends with the program."""
        threading.Thread(target=self._run, args=(tell,), name="renditions", daemon=True).start()

    def put(self, file: Path) -> None:
        """Have the renditions of an image made, unless it waits already."""
        with self._turn:
            if file not in self._waiting:
                self._waiting[file] = time.monotonic()
                self._images.put(file)

    def _run(self, tell: Callable[[str], None]) -> None:
        while True:
            self._work_off(self._images.get(), tell)

    def _work_off(self, file: Path, tell: Callable[[str], None]) -> None:
        """Make one image and all that wait behind it."""
        show = progress_lines("making images lighter", "image", log.info)
        told, done, seen = time.monotonic(), list[str](), set[Path]()
        while True:
            if self._make(file):
                done.append(str(file))
            seen.add(file)
            with self._turn:
                waiting = list(self._waiting)
            show(len(seen), len(seen.union(waiting)))
            if not waiting or time.monotonic() - told > TOGETHER:
                for each in done:
                    tell(each)
                told, done = time.monotonic(), []
            if not waiting:
                return
            file = self._images.get()

    def _make(self, file: Path) -> bool:
        time.sleep(max(0.0, self._waiting[file] + PAGE_FIRST - time.monotonic()))
        with self._turn:
            del self._waiting[file]  # whoever changes it from here on has it made again
        try:
            return cache_renditions(file, self._cache)
        except OSError as error:  # the next change tries again
            log.warning("%s: its renditions cannot be made: %s", file, error)
            return False
