"""Encode an animation as WebP, unless the file itself is lighter. It stays animated either way."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from notebinder.base.limits import LIMITS
from notebinder.images.decode import Header
from notebinder.images.encode import SHARP
from notebinder.images.metadata import stripped_original
from notebinder.images.similarity import structural_similarity

_COMPARED_FRAMES = 8
_LOSSLESS = {"lossless": True, "quality": 60, "method": 2}
_MIXED = {"allow_mixed": True, "quality": 80, "method": 4}
"""Each frame lossy or lossless, whichever is smaller."""


def encode_animation(data: bytes, image: Image.Image, header: Header) -> tuple[str, bytes]:
    """Return the format and the bytes of the lightest sharp encoding of an opened animation."""
    stripped = stripped_original(data, header)
    candidates = [] if stripped is None else [(header.format, stripped)]
    if header.width * header.height * header.frames <= LIMITS.animation_pixels or not candidates:
        candidates.extend(("WEBP", encoded) for encoded in _webp_animations(image, header))
    return min(candidates, key=lambda candidate: len(candidate[1]))


def _webp_animations(image: Image.Image, header: Header) -> list[bytes]:
    timing: dict[str, object] = {"duration": _durations(image, header.frames), "loop": _loop(image, header)}
    lossless = _webp_animation(image, **timing, **_LOSSLESS)
    mixed = _webp_animation(image, **timing, **_MIXED)
    return [lossless, mixed] if _is_sharp(mixed, image, header.frames) else [lossless]


def _webp_animation(image: Image.Image, **options: object) -> bytes:
    encoded = BytesIO()
    image.seek(0)
    image.save(encoded, "WEBP", save_all=True, background=(0, 0, 0, 0), **options)
    return encoded.getvalue()


def _durations(image: Image.Image, frames: int) -> list[int]:
    """Return how long each frame stands, in milliseconds."""
    durations = []
    for frame in range(frames):
        image.seek(frame)
        image.load()  # WebP tells a frame's duration only then
        duration = round(image.info.get("duration", 0))
        durations.append(duration if duration > 10 else 100)  # as all browsers play "as fast as you can"
    return durations


def _loop(image: Image.Image, header: Header) -> int:
    """Return how often it plays, 0 for ever. A GIF counts the repeats, and without a count plays once."""
    if header.format == "GIF":
        repeats = image.info.get("loop")
        return 1 if repeats is None else repeats + 1 if repeats else 0
    return int(image.info.get("loop", 0))


def _is_sharp(encoded: bytes, image: Image.Image, frames: int) -> bool:
    with Image.open(BytesIO(encoded)) as seen:
        for frame in range(0, frames, -(-frames // _COMPARED_FRAMES)):
            image.seek(frame)
            seen.seek(min(frame, getattr(seen, "n_frames", 1) - 1))
            if structural_similarity(image.convert("RGBA"), seen.convert("RGBA")) < SHARP:
                return False
    return True
