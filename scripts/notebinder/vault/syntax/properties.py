"""Read the properties of a note: the YAML block at its very top."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import yaml

from notebinder.base.problems import Problem, SourceLocation
from notebinder.vault.syntax.yaml_text import load_yaml

_FENCE = re.compile(r"---[ \t]*$")
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
        return MappingProxyType({str(k): v for k, v in (found or {}).items()}), end + 2, ()
    return _NOTHING, 1, ()


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
