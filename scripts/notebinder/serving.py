"""While serving: notice what the author changes, and read the text of images as they are pasted."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from queue import SimpleQueue

from watchdog.events import EVENT_TYPE_CREATED, EVENT_TYPE_MOVED, FileSystemEvent, FileSystemEventHandler

from notebinder.images.transcripts import ReadImage, has_transcript, transcribe_images
from notebinder.model import Attachment
from notebinder.problems import NotebinderError

log = logging.getLogger("mkdocs.plugins.notebinder")


class AuthorsChanges(FileSystemEventHandler):
    """Asks for a new build when the author changes a file, and tells of each new one."""

    def __init__(self, output: Path, rebuild: Callable[[], None], tell_new: Callable[[Path], None]) -> None:
        self._output, self._rebuild, self._tell_new = output, rebuild, tell_new

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Pass on what happened to a file of the author's."""
        paths = [Path(str(path)) for path in (event.src_path, event.dest_path) if path]
        if event.is_directory or not any(map(self._is_the_authors, paths)):
            return
        if event.event_type in (EVENT_TYPE_CREATED, EVENT_TYPE_MOVED):
            self._tell_new(paths[-1])
        self._rebuild()

    def _is_the_authors(self, path: Path) -> bool:
        is_hidden = any(part.startswith(".") for part in path.parts[-2:])
        return not is_hidden and not path.is_relative_to(self._output)


def watched_folders(folders: Iterable[Path]) -> list[Path]:
    """Drop folders that are not there or lie in others, so that no change is seen twice."""
    found = {folder.resolve() for folder in folders if folder.is_dir()}
    return sorted(folder for folder in found if not found & set(folder.parents))


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
        first = self._images.get()
        try:
            read = self._load()
        except NotebinderError as error:
            log.info("%s", error)
            return
        self._read(first, read)
        while True:
            self._read(self._images.get(), read)

    @staticmethod
    def _read(file: Path, read: ReadImage) -> None:
        done = transcribe_images([Attachment(file.name, file)], read)
        for path in done.written:
            log.info("read the text of %s", path)
        for problem in done.problems:
            log.info("%s", problem)
