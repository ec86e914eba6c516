"""What of the transcripts of one note is shown: no logo that stands on most pictures, no stray letter. Pure.

A transcript that its author has corrected is shown as he left it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from msgspec.structs import replace

from notebinder.vault.model import Transcript
from notebinder.vault.transcripts import bullet_of

_FEWEST = 4
"""In fewer pictures nothing is known to repeat itself."""


def shown_transcripts(transcripts: Mapping[str, Transcript]) -> dict[str, Transcript]:
    """Return the transcripts of a note's images without what says nothing of the single picture."""
    logos = _on_most(transcripts.values())
    return {path: _without_noise(transcript, logos) for path, transcript in transcripts.items()}


def _on_most(transcripts: Collection[Transcript]) -> frozenset[str]:
    if len(transcripts) < _FEWEST:
        return frozenset()
    counts = Counter(text for transcript in transcripts for text in {*_texts(transcript)})
    return frozenset(text for text, count in counts.items() if 2 * count > len(transcripts))


def _without_noise(transcript: Transcript, logos: Collection[str]) -> Transcript:
    if transcript.corrected:
        return transcript
    said = zip(transcript.paragraphs, _texts(transcript), strict=True)
    kept = [paragraph for paragraph, text in said if len(text) > 1 and text not in logos]
    if kept and bullet_of(kept[0])[1].casefold() == transcript.title.casefold():
        del kept[0]
    return (
        transcript if len(kept) == len(transcript.paragraphs) else replace(transcript, paragraphs=tuple(kept))
    )


def _texts(transcript: Transcript) -> Iterator[str]:
    return (bullet_of(paragraph)[1].casefold() for paragraph in transcript.paragraphs)
