"""Read the YAML 1.2 of authors as plain values, within limits: a few lines can stand for millions of them."""

from __future__ import annotations

import re
from contextlib import suppress
from types import MappingProxyType
from typing import Any

import yaml

from notebinder.base.limits import LIMITS

_LONGEST_FOR_FAST_LOADER = 4_000
_COMMENT = re.compile(r"(?:^|(?<=\s))#.*$", re.MULTILINE)
_BRACKET = re.compile(r"[\[\]{}]")
_OPEN_BRACKETS = 200
"""At each sign the reader looks at all brackets that are open; some may stand within quotation marks."""
_EACH = 50
"""Characters that a value counts for besides its own."""
_WORDS = MappingProxyType(
    dict.fromkeys(("", "~", "null", "Null", "NULL"))
    | dict.fromkeys(("true", "True", "TRUE"), True)
    | dict.fromkeys(("false", "False", "FALSE"), False)
)
_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_LONGEST_NUMBER = 30


class _Loader(yaml.SafeLoader):
    """Reads any text; which values are none, the loader would decide by YAML 1.1."""

    yaml_implicit_resolvers = {}  # noqa: RUF012  the base has it so

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Let an anchor be given again, as YAML 1.2 does."""
        event = self.peek_event()  # type: ignore[no-untyped-call]  # its stubs leave it out
        if isinstance(event, yaml.NodeEvent) and not isinstance(event, yaml.AliasEvent):
            self.anchors.pop(event.anchor, None)
        return super().compose_node(parent, index)


# The loader in C is ten times as fast, but a text that nests too deep ends the process instead of raising.
class _FastLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # one of two
    """Reads a short text in which no anchor is given again."""

    yaml_implicit_resolvers: dict[str, object] = {}  # noqa: RUF012


class TypedNumber(float):
    """A number that its author writes otherwise than Python does: `010`, `1.50`."""

    def __new__(cls, typed: str) -> TypedNumber:
        """Keep how it was typed."""
        number = super().__new__(cls, typed)
        number.typed = typed
        return number

    typed: str

    def __str__(self) -> str:
        return self.typed

    __repr__ = __str__

    def __reduce__(self) -> tuple[type[TypedNumber], tuple[str]]:
        return TypedNumber, (self.typed,)


class TooMuchYamlError(ValueError):
    """YAML that holds more than is taken."""


def load_yaml(source: str) -> Any:  # noqa: ANN401  what YAML holds
    """Return the values in a text; raise `yaml.YAMLError`, `ValueError` or `RecursionError`.

    >>> load_yaml("{start: 12:30, off: NO, room: 010, due: 2024-13-45, 7: [true, 1.5]}")
    {'start': '12:30', 'off': 'NO', 'room': 010, 'due': '2024-13-45', '7': [True, 1.5]}
    """
    return values_of(compose_yaml(source))


def compose_yaml(source: str) -> yaml.Node | None:
    """Return the nodes of a text, which tell their lines; raise as `load_yaml`."""
    check_length(source)
    if len(source) <= _LONGEST_FOR_FAST_LOADER:
        with suppress(yaml.composer.ComposerError):
            return yaml.compose(source, _FastLoader)
    return yaml.compose(source, _Loader)


def values_of(node: yaml.Node | None) -> Any:  # noqa: ANN401  what YAML holds
    """Return what a text's nodes stand for; raise as `load_yaml` where that is too much."""
    return None if node is None else _Values().value(node, 0)


class _Values:
    """Turns nodes into values, within limits, however often an alias repeats them."""

    def __init__(self) -> None:
        self._characters = 0

    def value(self, node: yaml.Node, depth: int) -> Any:  # noqa: ANN401  what YAML holds
        """Return the value of a node; a tag of the author's own changes nothing."""
        if depth > LIMITS.nesting:
            raise TooMuchYamlError(f"it is nested deeper than {LIMITS.nesting} levels")
        self._count(_EACH)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, depth + 1) for child in node.value]
        if isinstance(node, yaml.MappingNode):
            return {self._key(key): self.value(child, depth + 1) for key, child in node.value}
        self._count(len(node.value))
        return node.value if getattr(node, "style", "") else _plain(node.value)

    def _key(self, node: yaml.Node) -> str:
        """Return a key as typed; what stands for a value in a template, `{{name}}`, is one as well."""
        if isinstance(node, yaml.ScalarNode):
            self._count(_EACH + len(node.value))
            return str(node.value)
        return str(self.value(node, 1))

    def _count(self, characters: int) -> None:
        self._characters += characters
        if self._characters > LIMITS.yaml_characters:
            raise TooMuchYamlError("it stands for more values than any note needs")


def _plain(typed: str) -> object:
    """Return what a value without quotes means in YAML 1.2: a few words, a number, else a text."""
    if typed in _WORDS:
        return _WORDS[typed]
    if len(typed) > _LONGEST_NUMBER or not _NUMBER.fullmatch(typed):
        return typed
    number = int(typed) if typed.isdecimal() else float(typed)
    return number if str(number) == typed else TypedNumber(typed)


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
