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
from typing import Any, BinaryIO

from platformdirs import user_data_path

from notebinder.base.files import written_atomically

_KEY_BYTES = 32
_HEAD_BYTES = 1_000


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
    try:
        with written_atomically(file, mode=0o600) as stream:  # it holds what the notes say
            stream.write(_head([]))
            seals = [
                _write_part(stream, _seal(key, version, each), value) for each, value in enumerate(values)
            ]
            stream.seek(0)
            stream.write(_head(seals))
    except OSError:
        with suppress(OSError):  # a folder, where no file of ours can be
            file.unlink()


def _head(seals: list[tuple[int, str]]) -> bytes:
    """Return what stands at a file's beginning: the length and the seal of each part."""
    return json.dumps(seals).encode().ljust(_HEAD_BYTES - 1) + b"\n"


def _write_part(stream: BinaryIO, seal: hmac.HMAC, value: object) -> tuple[int, str]:
    """Pickle a value piece by piece, for it may fill the memory; return its length and its seal."""
    start = stream.tell()
    pickle.Pickler(_Sealing(stream, seal), pickle.HIGHEST_PROTOCOL).dump(value)
    return stream.tell() - start, seal.hexdigest()


@dataclass(frozen=True, slots=True)
class _Sealing:
    """Writes to a file and seals what it writes."""

    stream: BinaryIO
    seal: hmac.HMAC

    def write(self, data: bytes) -> int:
        self.seal.update(data)
        return self.stream.write(data)


def read_sealed(file: Path, version: str) -> Sealed | None:
    """Open a file that `write_sealed` wrote for this user and version; None if it is none."""
    key = _key()
    try:
        if key is None or file.is_symlink():
            return None
        with file.open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
            place = len(head)
            parts = []
            for number, (length, seal) in enumerate(json.loads(head)):
                parts.append(_reader(file, (place, length), (key, version, number, str(seal))))
                place += length
    except (OSError, ValueError, TypeError, RecursionError):
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
        found = _seal(key, version, number)
        found.update(data)
        if not hmac.compare_digest(seal, found.hexdigest()):
            raise ValueError("the seal is not ours")
        return pickle.loads(data)  # noqa: S301  we wrote it: the seal says so

    return read


def _seal(key: bytes, version: str, number: int) -> hmac.HMAC:
    """Begin the seal of a part in its place, for one version of what reads it."""
    return hmac.new(key, f"{version} {number} ".encode(), hashlib.sha256)


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
