"""While serving: what starts a build, and what is read in the background."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from watchdog.events import DirModifiedEvent, FileCreatedEvent, FileModifiedEvent, FileMovedEvent

from notebinder.images.transcripts import load_transcript, transcript_file
from notebinder.model import Transcript
from notebinder.serving import AuthorsChanges, BackgroundReader, watched_folders

OUTPUT = Path("/p/docs/topics")


@pytest.mark.parametrize(
    ("event", "builds", "new"),
    [
        (FileModifiedEvent("/p/notes/a.md"), 1, []),
        (FileCreatedEvent("/p/assets/b.png"), 1, ["b.png"]),
        (FileMovedEvent("/p/assets/.tmp", "/p/assets/b.png"), 1, ["b.png"]),
        (FileModifiedEvent("/p/docs/topics/a.md"), 0, []),
        (FileModifiedEvent("/p/.obsidian/workspace.json"), 0, []),
        (DirModifiedEvent("/p/notes"), 0, []),
    ],
)
def test_only_the_authors_own_files_start_a_build(
    event: FileModifiedEvent, builds: int, new: list[str]
) -> None:
    built: list[int] = []
    told: list[str] = []
    AuthorsChanges(OUTPUT, lambda: built.append(1), lambda path: told.append(path.name)).on_any_event(event)
    assert (len(built), told) == (builds, new)


def test_a_folder_within_another_is_not_watched_twice(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "c").mkdir()
    given = [tmp_path / "a/b", tmp_path / "c", tmp_path / "a", tmp_path / "gone"]
    assert watched_folders(given) == [tmp_path / "a", tmp_path / "c"]


def test_a_pasted_image_is_read_in_the_background(tmp_path: Path) -> None:
    image = tmp_path / "b.png"
    image.write_bytes(b"pixels")
    done = threading.Event()

    def read(file: Path) -> Transcript:
        done.set()
        return Transcript("A slide", ("with words",), "")

    reader = BackgroundReader(lambda: read)
    reader.start()
    reader.put(tmp_path / "no image.md")
    reader.put(image)
    assert done.wait(10)
    for _ in range(100):
        if transcript_file(image).exists():
            break
        threading.Event().wait(0.05)
    found = load_transcript(image)
    assert found is not None
    assert (found.title, found.paragraphs) == ("A slide", ("with words",))
