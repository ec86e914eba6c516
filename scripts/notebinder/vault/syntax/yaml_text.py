"""Read the YAML of authors as plain values, within limits: a few lines can stand for millions of values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from notebinder.base.limits import LIMITS

# The loader in C is ten times as fast, but a text that nests too deep ends the process instead of raising.
_FAST_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LONGEST_FOR_FAST_LOADER = 4_000
_COMMENT = re.compile(r"(?:^|(?<=\s))#.*$", re.MULTILINE)
_BRACKET = re.compile(r"[\[\]{}]")
_OPEN_BRACKETS = 200
"""At each sign the reader looks at all brackets that are open; some may stand within quotation marks."""
_EACH = 50
"""Characters that a value counts for besides its own."""
_BITS = 256
"""Of a number; Python writes none of thousands of digits."""


class TooMuchYamlError(ValueError):
    """YAML that holds more than is taken."""


def load_yaml(source: str) -> Any:  # noqa: ANN401  what YAML holds
    """Return the values in a text; raise `yaml.YAMLError`, `ValueError` or `RecursionError`."""
    check_length(source)
    loader = _FAST_LOADER if len(source) <= _LONGEST_FOR_FAST_LOADER else yaml.SafeLoader
    found = yaml.load(source, loader)  # noqa: S506  both build plain values only
    check_values(found)
    return found


def without_yaml_comments(source: str) -> str:
    """Return YAML without its comments; of what is no YAML, without all that may be one.

    >>> without_yaml_comments("a: 'b # c' # d\\ne: | # f\\n  # g")
    "a: 'b # c' \\ne: | \\n  # g"
    """
    if "#" not in source:
        return source
    try:
        check_length(source)
        tokens = list(yaml.scan(source, yaml.SafeLoader))
    except (yaml.YAMLError, ValueError, RecursionError):
        return _COMMENT.sub("", source)
    kept, place = [], 0
    for token in tokens:
        start, end = token.start_mark.index, token.end_mark.index
        if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            start += len(source[start:end].partition("\n")[0])  # its text begins on the next line
        kept += [_COMMENT.sub("", source[place:start]), source[start:end]]
        place = end
    return "".join((*kept, _COMMENT.sub("", source[place:])))


def check_length(source: str) -> None:
    """Raise an error for a text that would take long to read."""
    if len(source) > LIMITS.yaml_bytes:
        raise TooMuchYamlError(f"it has more than {LIMITS.yaml_bytes:,} characters")
    depth = 0
    for bracket in _BRACKET.finditer(source):
        depth = depth + 1 if bracket[0] in "[{" else max(0, depth - 1)
        if depth > _OPEN_BRACKETS:
            raise TooMuchYamlError("it opens brackets that nothing closes")


def check_values(found: object) -> None:
    """Raise an error for more values than are taken, however often an alias repeats them."""
    characters = 0
    waiting = [(found, 0)]
    while waiting:
        value, depth = waiting.pop()
        characters += _EACH
        if isinstance(value, str | bytes):
            characters += len(value)
        elif isinstance(value, int) and value.bit_length() > _BITS:
            raise TooMuchYamlError("a number has too many digits")
        elif isinstance(value, Mapping):
            waiting += [(each, depth + 1) for pair in value.items() for each in pair]
        elif isinstance(value, list | tuple | set):
            waiting += [(each, depth + 1) for each in value]
        if depth > LIMITS.nesting:
            raise TooMuchYamlError(f"it is nested deeper than {LIMITS.nesting} levels")
        if characters > LIMITS.yaml_characters:
            raise TooMuchYamlError("it stands for more values than any note needs")
