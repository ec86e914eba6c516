"""A text file as it may be published: its links to private things become words, as those of notes do."""

from __future__ import annotations

import json
from dataclasses import replace

from notebinder.credentials import is_text
from notebinder.limits import LIMITS
from notebinder.model import Attachment
from notebinder.publishing.links import without_private_patterns
from notebinder.publishing.names import PrivateNames
from notebinder.vault import decoded


def public_text_file(attachment: Attachment, names: PrivateNames) -> Attachment:
    """Return a file, with a text of its own if what it says must not be published.

    JSON stays JSON: `[[2024]]` is no link there.
    """
    text = _text_with_links(attachment) if names.keys and attachment.text is None else ""
    shown = without_private_patterns(text, names, attachment.path)
    if shown == text or (_is_json(text) and not _is_json(shown)):
        return attachment
    return replace(attachment, text=shown)


def _text_with_links(attachment: Attachment) -> str:
    """Read a file that is text and may hold links; of any other an empty text."""
    try:
        with attachment.file.open("rb") as stream:
            if not is_text(stream) or attachment.file.stat().st_size > LIMITS.whole_bytes:
                return ""
        data = attachment.file.read_bytes()
    except OSError:
        return ""
    has_links = any(sign in data for sign in (b"[[", b"](", b"<"))
    return decoded(data, attachment.path)[0] if has_links else ""


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
