"""What all targets make of the bytes that they are given, and the vault that it stands in."""

from __future__ import annotations

FILES = {"data.csv": "a", "all.canvas": "{}", "all.base": "views: []"}
OTHERS = {
    "Other.md": "# Head\n\ntext ^name\n\n- item ^item\n\n![[Note]] [[Other#Head]]",
    "folder/Deep.md": "---\naliases: [Alias]\n---\n> quote\n\n![[Other]]",
}


def text_of(data: bytes) -> str:
    """Any bytes as the text of a note, as the vault reads it."""
    return data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").translate(_MARKS)


_MARKS = dict.fromkeys(map(ord, "\0\x02\x03"), "\ufffd")
