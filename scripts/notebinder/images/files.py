"""Write files so that no reader ever sees half of one. Knows nothing of images."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4


def write_atomically(path: Path, data: bytes) -> None:
    """Write the file whole or not at all, making its folder if need be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{uuid4().hex}.tmp")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    except PermissionError:
        # Windows refuses while another build reads the old file; the same bytes need no replacing.
        if not path.is_file() or path.read_bytes() != data:
            raise
    finally:
        temporary.unlink(missing_ok=True)
