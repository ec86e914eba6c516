"""What an option may be in `mkdocs.yml`: each function reads one form, or raises `MisfitError`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TypeGuard

from notebinder.base.problems import PROBLEM_KINDS, Level, did_you_mean

_OFF = "off"
_LEVELS: Mapping[str, Level | None] = MappingProxyType(
    {**{level.value: level for level in Level}, _OFF: None}
)


class MisfitError(Exception):
    """A value that an option cannot have; each fault goes on where the option's name ends."""

    def __init__(self, *faults: str) -> None:
        super().__init__(*faults)
        self.faults = faults


def read_text(value: object) -> str:
    """Read a text."""
    if not isinstance(value, str):
        raise MisfitError(f" must be a text, not {value!r}")
    return value


def read_folder(value: object) -> str:
    """Read the path of a folder."""
    if not isinstance(value, str):
        raise MisfitError(f" must be a folder, not {value!r}")
    return value


def read_folders(value: object) -> tuple[str, ...]:
    """Read one folder or several; none stands for all."""
    paths = (value,) if isinstance(value, str) else value
    if not _is_texts(paths):
        raise MisfitError(f" must be a folder or a list of folders, not {paths!r}")
    return tuple(paths) or (".",)


def read_texts(value: object) -> tuple[str, ...]:
    """Read one text or several."""
    given = (value,) if isinstance(value, str) else value
    if not _is_texts(given):
        raise MisfitError(f" must be a text or a list of texts, not {given!r}")
    return tuple(given)


def read_switch(value: object) -> bool:
    """Read yes or no."""
    if not isinstance(value, bool):
        raise MisfitError(f" must be true or false, not {value!r}")
    return value


def read_count(value: object) -> int:
    """Read a number of things."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise MisfitError(f" must be a number, 0 or more, not {value!r}")
    return value


def reading_one_of(*known: str) -> Callable[[object], str]:
    """Return what reads one of these words."""

    def read(value: object) -> str:
        if value not in known:
            raise MisfitError(f" must be {' or '.join(known)}, not {value!r}")
        return str(value)

    return read


def reading_names(what: str, form: str) -> Callable[[object], tuple[str, ...]]:
    """Return what reads one name or several, in small letters; a name fits the regular expression."""

    def read(value: object) -> tuple[str, ...]:
        names = (value,) if isinstance(value, str) else value
        if not _is_texts(names) or not all(re.fullmatch(form, name) for name in names):
            raise MisfitError(f" must be a list of {what}, not {value!r}")
        return tuple(name.lower().rstrip(":") for name in names)

    return read


def read_levels(value: object) -> dict[str, Level | None]:
    """Read the levels of codes; YAML reads a bare `off` as false."""
    if not isinstance(value, Mapping):
        raise MisfitError(f" must map codes to levels, not {value!r}")
    given = {str(code): _OFF if level is False else str(level) for code, level in value.items()}
    faults = list(_misgraded(given))
    if faults:
        raise MisfitError(*faults)
    return {code: _LEVELS[level] for code, level in given.items()}


def as_written(value: object) -> object:
    """Return an option's value as `mkdocs.yml` has it."""
    if isinstance(value, Mapping):
        return {code: str(level or _OFF) for code, level in value.items()}
    return list(value) if isinstance(value, tuple) else value


def _misgraded(given: Mapping[str, str]) -> Iterator[str]:
    for code, level in given.items():
        if code not in PROBLEM_KINDS:
            yield f": no problem has the code {code!r}; {guess(code, PROBLEM_KINDS)}"
        if level not in _LEVELS:
            yield f": {code}: no level is called {level!r}; {guess(level, _LEVELS)}"
        elif code == "credential" and level != "error":
            yield ": credential: stays an error; allow some with credentials_allowed or set credentials: mask"


def guess(name: str, known: Iterable[str]) -> str:
    """Say which name was meant, or else which ones there are."""
    return did_you_mean(name, known) or "known are " + ", ".join(known)


def _is_texts(value: object) -> TypeGuard[Sequence[str]]:
    return isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value)
