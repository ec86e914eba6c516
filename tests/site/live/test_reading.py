"""While serving, the text of a pasted image is read in the background."""

from __future__ import annotations

import threading
from pathlib import Path

from notebinder.site.live.reading import BackgroundReader
from notebinder.vault.model import Transcript
from notebinder.vault.transcripts import load_transcript, transcript_file
from tests.support.serving import wait_until


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
    assert wait_until(transcript_file(image).exists)
    found = load_transcript(image)
    assert found is not None
    assert (found.title, found.paragraphs) == ("A slide", ("with words",))
