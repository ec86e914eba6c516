"""Read an expression of a base into a tree. A Pratt parser; it works nothing out."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from notebinder.base.limits import LIMITS

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<number>\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)
    |(?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    |(?P<name>[^\W\d][\w$]*|\$[\w$]*)
    |(?P<sign>&&|\|\||[=!]==?|[<>]=?|[-+*/%!.,()\[\]{}:])
    |(?P<end>$))""",
    re.VERBOSE | re.DOTALL,
)
_REGEXP = re.compile(r"/(?P<pattern>(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)/(?P<flags>[a-z]*)")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
_WORDS = {"true": True, "false": False, "null": None, "undefined": None}
_BINDING = {
    "||": 1,
    "&&": 2,
    **dict.fromkeys(("==", "!=", "===", "!=="), 3),
    **dict.fromkeys(("<", ">", "<=", ">="), 4),
    **dict.fromkeys("+-", 5),
    **dict.fromkeys("*/%", 6),
}
_UNARY, _POSTFIX = 7, 8
_AT_HAND = 2_000
"""So many expressions are kept as read: a base asks the same of each note."""


class ExpressionError(ValueError):
    """A text that is no expression."""


class Literal(Struct, frozen=True):
    """A value as typed."""

    value: str | float | bool | None


class Regexp(Struct, frozen=True):
    """A regular expression as typed."""

    pattern: str
    flags: str = ""


class Name(Struct, frozen=True):
    """A property, or one of the few names that mean more."""

    name: str


class Member(Struct, frozen=True):
    """`of.name`."""

    of: Tree
    name: str


class Item(Struct, frozen=True):
    """`of[key]`."""

    of: Tree
    key: Tree


class Call(Struct, frozen=True):
    """`name(...)`, or `of.name(...)`."""

    of: Tree | None
    name: str
    given: tuple[Tree, ...]


class Unary(Struct, frozen=True):
    """`!a` or `-a`."""

    sign: str
    of: Tree


class Binary(Struct, frozen=True):
    """`a + b`."""

    sign: str
    left: Tree
    right: Tree


class ListOf(Struct, frozen=True):
    """`[a, b]`."""

    items: tuple[Tree, ...]


class ObjectOf(Struct, frozen=True):
    """`{"a": b}`."""

    items: tuple[tuple[str, Tree], ...]


Tree = Literal | Regexp | Name | Member | Item | Call | Unary | Binary | ListOf | ObjectOf


class _Token(NamedTuple):
    kind: str
    text: str
    end: int


@lru_cache(_AT_HAND)
def read_expression(source: str) -> Tree:
    """Return the tree of an expression, or raise an error that says what is wrong.

    >>> read_expression("price > 2").sign
    '>'
    """
    if len(source) > LIMITS.expression:
        raise ExpressionError(f"it has more than {LIMITS.expression:,} characters")
    reader = _Reader(source)
    tree = reader.tree(0, 0)
    if reader.token.kind != "end":
        raise ExpressionError(f"nothing is expected before {reader.token.text!r}")
    return tree


class _Reader:
    """Reads one expression; `token` is the next that waits."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.place = 0
        self.token = self._read(0)

    def _read(self, place: int) -> _Token:
        found = _TOKEN.match(self.source, place)
        if not found:
            typed = self.source[place:].strip()[:1]
            if typed in ("/", "'", '"'):
                raise ExpressionError(f"the text that {typed} begins has no end")
            raise ExpressionError(f"{typed!r} means nothing here")
        kind = found.lastgroup or "end"
        return _Token(kind, found[kind], found.end())

    def _next(self) -> _Token:
        token, self.place = self.token, self.token.end
        self.token = self._read(token.end)
        return token

    def _skip(self, sign: str) -> None:
        if self.token.text != sign or self.token.kind != "sign":
            there = repr(self.token.text) if self.token.text else "the end"
            raise ExpressionError(f"{sign!r} is missing before {there}")
        self._next()

    def _is(self, sign: str) -> bool:
        return self.token.kind == "sign" and self.token.text == sign

    def tree(self, binding: int, depth: int) -> Tree:
        """Read what binds its parts more tightly than `binding`."""
        height = depth + 1
        left = self._operand(height)
        while self.token.kind == "sign":
            sign = self.token.text
            if sign in (".", "[", "(") and binding < _POSTFIX:
                left = self._behind(left, sign, height)
            elif binding < _BINDING.get(sign, 0):
                self._next()
                left = Binary(sign, left, self.tree(_BINDING[sign], height))
            else:
                break
            height += 1
            _check(height)
        return left

    def _operand(self, depth: int) -> Tree:
        _check(depth)
        if self._is("/"):
            return self._regexp()
        token = self._next()
        if token.kind == "number":
            return Literal(int(token.text) if token.text.isdecimal() else float(token.text))
        if token.kind == "string":
            return Literal(_ESCAPE.sub(_unescaped, token.text[1:-1]))
        if token.kind == "name":
            return Literal(_WORDS[token.text]) if token.text in _WORDS else Name(token.text)
        return self._compound(token, depth)

    def _compound(self, token: _Token, depth: int) -> Tree:
        if token.text in ("!", "-", "+") and token.kind == "sign":
            return Unary(token.text, self.tree(_UNARY, depth))
        if token.text == "(":
            inner = self.tree(0, depth)
            self._skip(")")
            return inner
        if token.text == "[":
            return ListOf(self._several("]", depth))
        if token.text == "{":
            return self._object(depth)
        raise ExpressionError(
            f"a value is missing before {token.text!r}" if token.text else "a value is missing"
        )

    def _behind(self, left: Tree, sign: str, depth: int) -> Tree:
        self._next()
        if sign == "[":
            key = self.tree(0, depth)
            self._skip("]")
            return Item(left, key)
        if sign == "(":
            given = self._several(")", depth)
            if isinstance(left, Member):
                return Call(left.of, left.name, given)
            if isinstance(left, Name):
                return Call(None, left.name, given)
            raise ExpressionError("only a function can be called")
        if self.token.kind != "name":
            raise ExpressionError("a name is missing behind a point")
        return Member(left, self._next().text)

    def _several(self, end: str, depth: int) -> tuple[Tree, ...]:
        items: list[Tree] = []
        while not self._is(end):
            items.append(self.tree(0, depth))
            if not self._is(end):
                self._skip(",")
        self._next()
        return tuple(items)

    def _object(self, depth: int) -> Tree:
        items: list[tuple[str, Tree]] = []
        while not self._is("}"):
            key = self._next()
            if key.kind not in ("string", "name", "number"):
                raise ExpressionError(f"a name is missing before {key.text!r}")
            name = _ESCAPE.sub(_unescaped, key.text[1:-1]) if key.kind == "string" else key.text
            self._skip(":")
            items.append((name, self.tree(0, depth)))
            if not self._is("}"):
                self._skip(",")
        self._next()
        return ObjectOf(tuple(items))

    def _regexp(self) -> Tree:
        found = _REGEXP.match(self.source, self.token.end - 1)
        if not found:
            raise ExpressionError("the text that / begins has no end")
        self.token = self._read(found.end())
        return Regexp(found["pattern"], found["flags"])


def _check(depth: int) -> None:
    if depth > LIMITS.expression_depth:
        raise ExpressionError(f"it is nested deeper than {LIMITS.expression_depth} levels")


def _unescaped(found: re.Match[str]) -> str:
    char = found[1]
    return chr(int(char[1:], 16)) if len(char) > 1 else _ESCAPED.get(char, char)
