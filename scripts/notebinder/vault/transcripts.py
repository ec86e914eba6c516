"""The transcript beside an image: its file's form. Reads no picture itself.

The file stands beside its image and ends in `.png.txt`: Obsidian lists no such file among the notes, any
editor opens it. Below a short head every line is a paragraph, or a bullet where it begins with `- `. The head
holds a hash of the image, so that a replaced image is noticed, and one of the text as it was read, so that
any change by the author is.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from notebinder.vault.model import Attachment, Transcript

READABLE_SUFFIXES = frozenset((".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".avif"))
"""The kinds of images that have a transcript."""

TRANSCRIPT_SUFFIX = ".txt"
_HINT = "# Read by notebinder. Correct what is wrong; a corrected file is never overwritten."
_RULE = "---"
_BULLET = re.compile(r"( *)- +(?=\S)")


def transcript_path(image: str) -> str:
    """Return the path of the transcript of an image."""
    return image + TRANSCRIPT_SUFFIX


def transcript_file(image: Path) -> Path:
    """Return where the transcript of an image stands."""
    return image.with_name(transcript_path(image.name))


def is_transcript(name: str) -> bool:
    """Tell a transcript from other files by its name.

    >>> is_transcript("VPC.png.txt"), is_transcript("VPC.txt")
    (True, False)
    """
    return name.lower().endswith(TRANSCRIPT_SUFFIX) and has_transcript(name[: -len(TRANSCRIPT_SUFFIX)])


def has_transcript(name: str) -> bool:
    """Tell whether a file of this name is of a kind that can have a transcript."""
    return Path(name).suffix.lower() in READABLE_SUFFIXES


def format_transcript(transcript: Transcript) -> str:
    """Return the file's text for a transcript that was just read."""
    transcript = _on_single_lines(transcript)
    head = [_HINT, f"title: {transcript.title}".rstrip(), f"image: {transcript.image_hash}"]
    return "\n".join([*head, f"text: {_hash_text(transcript)}", _RULE, *transcript.paragraphs, ""])


def parse_transcript(text: str) -> Transcript | None:
    """Read the file's text; None if it does not begin as a transcript does.

    >>> parse_transcript("title: VPC\\nimage: 1f\\n---\\nA private network").paragraphs
    ('A private network',)
    """
    head, rule, body = (text.replace("\r\n", "\n") + "\n").partition(f"\n{_RULE}\n")
    pairs = (line.partition(":") for line in head.split("\n") if not line.startswith("#"))
    fields = {key.strip(): value.strip() for key, _, value in pairs}
    if not rule or "image" not in fields:
        return None
    paragraphs = tuple(_paragraph(line) for line in body.split("\n") if line.strip())
    transcript = Transcript(fields.get("title", ""), paragraphs, fields["image"])
    return replace(transcript, corrected=fields.get("text") != _hash_text(transcript))


def load_transcript(image: Path) -> Transcript | None:
    """Return the transcript that stands beside an image, or None."""
    file = transcript_file(image)
    try:
        data = file.read_bytes() if file.is_file() else b""  # a pipe would be waited for
    except OSError:
        return None
    return read_transcript(data)


def read_transcript(data: bytes) -> Transcript | None:
    """Read the bytes of a transcript's file; None if it does not begin as a transcript does."""
    return parse_transcript(_decode(data))


def load_transcripts(images: Iterable[Attachment]) -> dict[str, Transcript]:
    """Return the transcripts of all images that have one, by the image's file name."""
    found = {image.name: load_transcript(image.file) for image in images if has_transcript(image.name)}
    return {name: transcript for name, transcript in found.items() if transcript}


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _on_single_lines(transcript: Transcript) -> Transcript:
    """Normalise, so that what is written is what will be read."""
    paragraphs = tuple(_paragraph(said) for said in transcript.paragraphs if said.strip())
    return replace(transcript, title=_line(transcript.title), paragraphs=paragraphs)


def bullet_of(paragraph: str) -> tuple[int | None, str]:
    """Return the level of a bullet, or None for any other paragraph, and the text without its sign.

    >>> bullet_of("  - Objects"), bullet_of("Objects - and buckets")
    ((1, 'Objects'), (None, 'Objects - and buckets'))
    """
    found = _BULLET.match(paragraph)
    return (len(found[1]) // 2, paragraph[found.end() :]) if found else (None, paragraph)


def _paragraph(text: str) -> str:
    level, said = bullet_of(text.expandtabs(2))
    return _line(text) if level is None else f"{'  ' * level}- {_line(said)}"


def _line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _hash_text(transcript: Transcript) -> str:
    text = "\n".join((transcript.title, *transcript.paragraphs))
    return hashlib.sha256(text.encode()).hexdigest()[:20]
