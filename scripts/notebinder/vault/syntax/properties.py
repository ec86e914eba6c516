"""Read the properties of a note: the YAML block at its very top."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import yaml

from notebinder.base.problems import Problem, SourceLocation
from notebinder.vault.syntax.yaml_text import load_yaml

_FENCE = re.compile(r"---[ \t]*$")
_KEY = re.compile(r"(?P<quote>[\"']?)(?P<key>[^\s#\"':\[\]{},&*!|>%@`-][^:\"']*?)(?P=quote)\s*:(?=\s|$)")
_NOTHING: Mapping[str, Any] = MappingProxyType({})


def read_properties(text: str, path: str) -> tuple[Mapping[str, Any], int, tuple[Problem, ...]]:
    """Return the properties, the 1-based line where the body begins, and what is wrong.

    >>> read_properties("---\\ntitle: A\\n---\\nbody", "a.md")[1]
    4
    """
    lines = text.split("\n")
    if not _FENCE.match(lines[0]):
        return _NOTHING, 1, ()
    end = next((i for i, line in enumerate(lines[1:], 1) if _FENCE.match(line)), None)
    if end is None:
        return _NOTHING, 1, ()
    try:
        found = load_yaml("\n".join(lines[1:end]))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return _NOTHING, end + 2, (_unreadable(error, path),)
    if found is None or isinstance(found, dict):
        return MappingProxyType(found or {}), end + 2, tuple(_repeated(lines[: end + 1], path))
    return _NOTHING, 1, ()


def property_lines(text: str, body_line: int) -> dict[str, int]:
    """Return the line of each property that is typed as most are, for messages."""
    return dict(_typed_keys(text.split("\n", body_line - 1)[: body_line - 1]))


def _typed_keys(lines: Sequence[str]) -> Iterator[tuple[str, int]]:
    return ((found["key"], number) for number, line in enumerate(lines, 1) if (found := _KEY.match(line)))


def _repeated(lines: Sequence[str], path: str) -> Iterator[Problem]:
    """Find properties that are given twice: of these the last counts."""
    seen: set[str] = set()
    for key, number in _typed_keys(lines):
        if key in seen:
            message = f"the property {key} is given twice, and the last counts"
            yield Problem(SourceLocation(path, number), "unreadable-properties", message, "remove one")
        seen.add(key)


def property_tags(properties: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the tags in a note's properties, in every spelling that Obsidian has known."""
    tags: list[str] = []
    for key in ("tags", "tag"):
        value = properties.get(key)
        texts = value if isinstance(value, list) else str(value or "").replace(",", " ").split()
        tags += [str(tag).strip().lstrip("#") for tag in texts if tag is not None]
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def property_aliases(properties: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the other names in a note's properties, in every spelling of the property."""
    found: list[Any] = []
    for key, value in properties.items():
        if key.strip().casefold() in ("aliases", "alias"):
            found += value if isinstance(value, list) else [value]
    return tuple(str(alias).strip() for alias in found if alias is not None and str(alias).strip())


def _unreadable(error: Exception, path: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or str(error)
    return Problem(
        SourceLocation(path, mark.line + 2 if mark else 1),
        "unreadable-properties",
        f"the properties are no valid YAML: {what}",
        "put quotes around values that contain a colon or a bracket",
    )
