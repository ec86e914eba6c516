"""Read the text of images as they are pasted, in the background."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue

from notebinder.base.problems import NotebinderError
from notebinder.images.transcribing import ReadImage, transcribe_images
from notebinder.site.live.picturing import PAGE_FIRST
from notebinder.vault.model import Attachment
from notebinder.vault.transcripts import has_transcript

log = logging.getLogger("mkdocs.plugins.notebinder")


class BackgroundReader:
    """Reads images one after the other in a thread of its own; the transcript it writes starts a build."""

    def __init__(self, load: Callable[[], ReadImage]) -> None:
        self._images: SimpleQueue[Path] = SimpleQueue()
        self._load = load

    def start(self) -> None:
        """Begin to wait for images; the thread ends with the program."""
        threading.Thread(target=self._run, name="transcripts", daemon=True).start()

    def put(self, file: Path) -> None:
        """Have a file read, if it is an image."""
        if has_transcript(file.name):
            self._images.put(file)

    def _run(self) -> None:
        first = self._next()
        try:
            read = self._load()
        except NotebinderError as error:
            log.info("%s", error)
            return
        self._read(first, read)
        while True:
            self._read(self._next(), read)

    def _next(self) -> Path:
        file = self._images.get()
        time.sleep(PAGE_FIRST)
        return file

    @staticmethod
    def _read(file: Path, read: ReadImage) -> None:
        done = transcribe_images([Attachment(file.name, file)], read)
        for path in done.written:
            log.info("read the text of %s", path)
        for problem in done.problems:
            log.info("%s", problem)
