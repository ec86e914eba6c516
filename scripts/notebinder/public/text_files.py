"""A text file as it may be shown: its links to private things become words, as those of notes do."""

from __future__ import annotations

import json
from io import BytesIO

from msgspec.structs import replace

from notebinder.base.limits import LIMITS
from notebinder.public.credentials.masking import is_text
from notebinder.public.private_names import PrivateNames
from notebinder.public.raw_links import public_raw_text
from notebinder.vault.file_cache import FileCache
from notebinder.vault.model import Attachment
from notebinder.vault.reading import decoded


def public_text_file(attachment: Attachment, names: PrivateNames, cache: FileCache) -> Attachment:
    """Return a file, with a text of its own if what it says must not be published.

    JSON stays JSON: `[[2024]]` is no link there.
    """
    text = _text_with_links(attachment, cache) if names.keys and attachment.text is None else ""
    shown = public_raw_text(text, names, attachment.path)
    if shown == text or (_is_json(text) and not _is_json(shown)):
        return attachment
    return replace(attachment, text=shown)


def _text_with_links(attachment: Attachment, cache: FileCache) -> str:
    """Read a file that is text and may hold links; of any other an empty text."""

    def read(data: bytes) -> str:
        text = decoded(data, attachment.path)[0] if is_text(BytesIO(data)) else ""
        return text if any(sign in text for sign in ("[[", "](", "<")) else ""

    try:
        if attachment.file.stat().st_size > LIMITS.whole_bytes:
            return ""
        return cache.recall("text with links", attachment.path, attachment.file, read)
    except OSError:
        return ""


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
