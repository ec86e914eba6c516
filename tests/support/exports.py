"""An exported folder as `notebinder export` writes it, from any files."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import to_builtins

from notebinder.build.shown_text import shown_pages
from notebinder.site.headers import REPORT


def report_of(files: Mapping[str, str | bytes], problems: Sequence[object] = ()) -> str:
    """What the report of an export says that has these files."""
    data = {
        path: content if isinstance(content, bytes) else content.encode() for path, content in files.items()
    }
    return json.dumps({"pages": to_builtins(list(shown_pages(data))), "problems": list(problems)})


def write_export(folder: Path, files: Mapping[str, str | bytes], problems: Sequence[object] = ()) -> Path:
    for path, content in {**files, REPORT: report_of(files, problems)}.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(_bytes(content))
    return folder


def _bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode()
