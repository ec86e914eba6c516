"""Make the renditions of pasted images in the background; until then their pages show them as they are."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue

from notebinder.images.rendering import cache_renditions

log = logging.getLogger("mkdocs.plugins.notebinder")

PAGE_FIRST = 1.5
"""Seconds that the page which shows a pasted image has the machine to itself."""


class BackgroundPictures:
    """Works on one image after the other in a thread of its own."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._images: SimpleQueue[Path] = SimpleQueue()
        self._waiting: set[Path] = set()
        self._turn = threading.Lock()

    def start(self, tell: Callable[[str], None]) -> None:
        """Begin to wait for images, and to tell each that is done; the thread ends with the program."""
        threading.Thread(target=self._run, args=(tell,), name="renditions", daemon=True).start()

    def put(self, file: Path) -> None:
        """Have the renditions of an image made, unless it waits already."""
        with self._turn:
            if file not in self._waiting:
                self._waiting.add(file)
                self._images.put(file)

    def _run(self, tell: Callable[[str], None]) -> None:
        while True:
            file = self._images.get()
            time.sleep(PAGE_FIRST)
            with self._turn:
                self._waiting.discard(file)  # whoever changes it from here on has it made again
            try:
                cache_renditions(file, self._cache)
            except OSError as error:  # the next change tries again
                log.warning("%s: its renditions cannot be made: %s", file, error)
            else:
                tell(str(file))
