"""Keep values in a file between processes, sealed with a key that only this user has.

The file may lie in a vault's own folder, which may come from anywhere; so nothing of it is unpickled before
its seal is checked. A file without this user's seal, of another version or damaged is as good as none.
Writing is atomic, so a process that is killed leaves the old file or the new one.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import pickle
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from notebinder.files import write_atomically

_KEY_BYTES = 32
_MOST_HEAD = 100_000


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file whose parts can be read one by one."""

    parts: tuple[Callable[[], Any], ...]
    """Each returns its value, or raises `ValueError` where the file was damaged meanwhile."""


def write_sealed(file: Path, version: str, values: tuple[object, ...]) -> None:
    """Write values, each a part of its own; where there is no key or no room, nothing is kept."""
    key = _key()
    if key is None or file.is_symlink():
        return
    parts = [pickle.dumps(value, pickle.HIGHEST_PROTOCOL) for value in values]
    seals = [[len(part), _seal(key, version, number, part)] for number, part in enumerate(parts)]
    head = json.dumps(seals).encode()
    try:
        write_atomically(file, b"".join([head, b"\n", *parts]))
        file.chmod(0o600)  # it holds what the notes say
    except OSError:
        with suppress(OSError):  # a folder, where no file of ours can be
            file.unlink()


def read_sealed(file: Path, version: str) -> Sealed | None:
    """Open a file that `write_sealed` wrote for this user and version; None if it is none."""
    key = _key()
    try:
        if key is None or file.is_symlink():
            return None
        with file.open("rb") as stream:
            head = stream.readline(_MOST_HEAD)
            place = len(head)
            parts = []
            for number, (length, seal) in enumerate(json.loads(head)):
                parts.append(_reader(file, (place, length), (key, version, number, str(seal))))
                place += length
    except (OSError, ValueError, TypeError):
        return None
    return Sealed(tuple(parts))


def _reader(file: Path, place: tuple[int, int], sealing: tuple[bytes, str, int, str]) -> Callable[[], Any]:
    start, length = place
    key, version, number, seal = sealing

    def read() -> Any:  # noqa: ANN401  whatever was written
        try:
            with file.open("rb") as stream:
                stream.seek(start)
                data = stream.read(length)
        except OSError as error:
            raise ValueError("the file is gone") from error
        if not hmac.compare_digest(seal, _seal(key, version, number, data)):
            raise ValueError("the seal is not ours")
        return pickle.loads(data)  # noqa: S301  we wrote it: the seal says so

    return read


def _seal(key: bytes, version: str, number: int, data: bytes) -> str:
    """Seal a part in its place, for one version of what reads it."""
    seal = hmac.new(key, f"{version} {number} ".encode(), hashlib.sha256)
    seal.update(data)
    return seal.hexdigest()


@lru_cache(1)
def _key() -> bytes | None:
    """Return this user's key, made on the first call ever; None where it can be kept nowhere."""
    file = user_data_path("notebinder") / "key"
    try:
        if not file.is_file():
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            temporary = file.with_name(f"key-{secrets.token_hex(8)}")
            handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as stream:
                stream.write(secrets.token_bytes(_KEY_BYTES))
            temporary.rename(file)
        key = file.read_bytes()
    except OSError:
        return None
    return key if len(key) == _KEY_BYTES else None
