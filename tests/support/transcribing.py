"""Run as `python -m tests.support.transcribing FOLDER`: reads two of its images, and all others for ever."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from notebinder.base.ending import ending_in_order
from notebinder.images.transcribing import transcribe_images
from notebinder.vault.model import Attachment, Transcript


def read(file: Path) -> Transcript:
    """Read an image: as long as somebody may want to stop it where others have been read."""
    while len([*file.parent.glob("*.txt")]) >= 2:
        time.sleep(0.02)
    return Transcript("Read", ())


if __name__ == "__main__":
    images = [Attachment(file.name, file) for file in Path(sys.argv[1]).glob("*.png")]
    try:
        with ending_in_order():
            transcribe_images(images, read, jobs=2)
    except KeyboardInterrupt:
        sys.exit(130)
