"""Work out expressions for the files of a vault, within bounds: a tree and a file in, a value out."""

from __future__ import annotations

import hashlib
import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

from notebinder.base.limits import LIMITS
from notebinder.base.words import Words
from notebinder.pages.bases import functions
from notebinder.pages.bases.expressions import (
    Binary,
    Call,
    ExpressionError,
    Item,
    ListOf,
    Literal,
    Member,
    Name,
    ObjectOf,
    Regexp,
    Tree,
    Unary,
    read_expression,
)
from notebinder.pages.bases.moments import Duration, Milliseconds, Moment, read_duration
from notebinder.pages.bases.values import (
    EvaluationError,
    File,
    Pattern,
    UnknownNameError,
    Value,
    as_number,
    as_string,
    compare,
    is_equal,
    is_truthy,
    property_value,
    type_name,
)
from notebinder.pages.vault_facts import FileFacts, VaultFacts

_CHARACTERS = 50
"""So many characters of a text that is made count like a value."""


class TooMuchError(EvaluationError):
    """A base that takes more work than any needs."""


class Questions(Protocol):
    """What an expression may ask of the build."""

    def path_of(self, target: str, source: str) -> str:
        """Return the file that a name in the note `source` means; empty for none."""

    def times_of(self, path: str) -> tuple[Moment, Moment]:
        """Return when a file was made and changed."""

    def size_of(self, path: str) -> int:
        """Return how many bytes a file has."""

    def moment(self) -> Moment:
        """Return when the site is built."""


@dataclass(slots=True)
class Scope:
    """A file that expressions are worked out for; what they have found stays with it."""

    facts: FileFacts
    properties: dict[str, Value] = field(default_factory=dict)
    formulas: dict[str, Value | EvaluationError] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    """The formulas that are being worked out, outermost first."""


@dataclass(slots=True)
class Evaluator:
    """Works out the expressions of one base; it owns the count of its steps."""

    vault: VaultFacts
    questions: Questions
    this: FileFacts | None = None
    """The file that shows the base."""
    formulas: Mapping[str, str] = field(default_factory=dict)
    say: Words = field(default_factory=Words)
    globals: Mapping[str, functions.Method] = field(default_factory=lambda: functions.GLOBALS)
    """The functions that belong to no value."""
    file_fields: Mapping[str, functions.Field] = field(default_factory=dict)
    """What a file can be asked besides what a base asks."""
    steps: int = 0
    depth: int = 0
    scopes: dict[str, Scope] = field(default_factory=dict)
    linked: dict[str, frozenset[str]] = field(default_factory=dict)
    """The files that each file links to, as far as somebody has asked."""

    def scope(self, facts: FileFacts) -> Scope:
        """Return what is known of a file."""
        if facts.path not in self.scopes:
            self.scopes[facts.path] = Scope(facts)
        return self.scopes[facts.path]

    def evaluate(
        self, source: str, facts: FileFacts, names: Mapping[str, Value] = MappingProxyType({})
    ) -> Value:
        """Return the value of an expression for a file, or raise an error that says why there is none."""
        try:
            return self.value(read_expression(source), self.scope(facts), names)
        except (ExpressionError, ArithmeticError) as error:
            raise EvaluationError(str(error)) from error

    def value(self, tree: Tree, scope: Scope, names: Mapping[str, Value]) -> Value:
        """Return the value of a tree."""
        self.spend(1)
        self.depth += 1
        if self.depth > LIMITS.expression_depth:
            self.depth -= 1
            raise EvaluationError(f"it is nested deeper than {LIMITS.expression_depth} levels")
        try:
            return _READERS[type(tree)](self, tree, scope, names)
        finally:
            self.depth -= 1

    def spend(self, steps: int) -> None:
        """Count work, and stop where it is more than any base needs."""
        self.steps += steps
        if self.steps > LIMITS.base_steps:
            raise TooMuchError(f"it takes more than {LIMITS.base_steps:,} steps")

    def made(self, value: Value) -> Value:
        """Return a value that was made, if it is not too large."""
        if isinstance(value, str | list):
            if len(value) > LIMITS.base_value:
                raise EvaluationError("it makes a text or a list that is too long")
            self.spend(len(value) // _CHARACTERS if isinstance(value, str) else len(value))
        return value

    def property(self, name: str, scope: Scope) -> Value:
        """Return a property of a note; where none is spelled so, one in other letters."""
        if name not in scope.properties:
            given = scope.facts.properties
            alike = (key for key in given if _spelled_alike(key) == _spelled_alike(name))
            found = name if name in given else next(alike, "")
            path = scope.facts.path
            raw = given.get(found)
            scope.properties[name] = (
                None
                if raw is None
                else property_value(found, raw, lambda to: self.questions.path_of(to, path))
            )
        return scope.properties[name]

    def formula(self, name: str, scope: Scope) -> Value:
        """Return the value of a formula for a file; it is worked out once."""
        if name not in self.formulas:
            raise UnknownNameError(f"there is no formula {name}")
        if name in scope.asked:
            circle = " -> ".join((*scope.asked[scope.asked.index(name) :], name))
            raise EvaluationError(f"the formula asks for itself: {circle}")
        if name not in scope.formulas:
            scope.asked.append(name)
            try:
                scope.formulas[name] = self.value(read_expression(self.formulas[name]), scope, {})
            except (EvaluationError, ExpressionError, ArithmeticError) as error:
                if isinstance(error, TooMuchError):
                    raise
                known = error if isinstance(error, EvaluationError) else EvaluationError(str(error))
                scope.formulas[name] = known
            finally:
                scope.asked.pop()
        found = scope.formulas[name]
        if isinstance(found, EvaluationError):
            raise found
        return found

    def file(self, path: str) -> File | None:
        """Return a file that a base may see."""
        facts = self.vault.files.get(path) or (self.this if self.this and self.this.path == path else None)
        return File(facts, path) if facts else None

    def links_of(self, facts: FileFacts) -> frozenset[str]:
        """Return the paths of the files that a file links to."""
        if facts.path not in self.linked:
            self.linked[facts.path] = frozenset(link.path for link in facts.links if link.path)
        return self.linked[facts.path]

    def chance(self, scope: Scope) -> float:
        """Return a number from 0 to 1 that stays the same for a file, whenever a site is built."""
        self.spend(1)
        digest = hashlib.sha256(f"{scope.facts.path} {self.steps}".encode("utf-8", "surrogatepass")).digest()
        return int.from_bytes(digest[:6]) / 2**48


def _spelled_alike(name: str) -> str:
    """Obsidian takes no notice of capitals, and Dataview has hyphens for spaces."""
    return name.casefold().replace(" ", "-")


def _literal(_: Evaluator, tree: Literal, _scope: Scope, _names: Mapping[str, Value]) -> Value:
    return tree.value


def _regexp(_: Evaluator, tree: Regexp, _scope: Scope, _names: Mapping[str, Value]) -> Value:
    return Pattern(tree.pattern, tree.flags)


def _name(ev: Evaluator, tree: Name, scope: Scope, names: Mapping[str, Value]) -> Value:
    name = tree.name
    if name in names:
        return names[name]
    if name == "file":
        return File(scope.facts, scope.facts.path)
    if name == "this":
        return File(ev.this, ev.this.path) if ev.this else None
    if name == "note":
        return {key: ev.property(key, scope) for key in scope.facts.properties}
    return ev.property(name, scope)


def _member(ev: Evaluator, tree: Member, scope: Scope, names: Mapping[str, Value]) -> Value:
    return _part(ev, tree.of, tree.name, scope, names)


def _item(ev: Evaluator, tree: Item, scope: Scope, names: Mapping[str, Value]) -> Value:
    key = ev.value(tree.key, scope, names)
    if isinstance(key, str):
        return _part(ev, tree.of, key, scope, names)
    of = ev.value(tree.of, scope, names)
    place = as_number(key)
    if place is None or math.isnan(place) or not isinstance(of, list | str):
        return None
    return of[int(place)] if 0 <= place < len(of) else None


def _part(ev: Evaluator, of: Tree, name: str, scope: Scope, names: Mapping[str, Value]) -> Value:
    """Return what `of.name` and `of["name"]` mean."""
    space = of.name if isinstance(of, Name) and of.name not in names else ""
    if space == "note":
        return ev.property(name, scope)
    if space == "formula":
        return ev.formula(name, scope)
    if space == "this":
        return _of_this(ev, name)
    return functions.field_of(ev, ev.value(of, scope, names), name)


def _of_this(ev: Evaluator, name: str) -> Value:
    """Return a property of the file that shows the base, or the file itself."""
    if ev.this is None:
        return None
    if name == "file":
        return File(ev.this, ev.this.path)
    found = ev.property(name, ev.scope(ev.this))
    return functions.field_of(ev, File(ev.this, ev.this.path), name) if found is None else found


def _call(ev: Evaluator, tree: Call, scope: Scope, names: Mapping[str, Value]) -> Value:
    if tree.of is None:
        return ev.made(functions.call(ev, tree, scope, names))
    space = tree.of.name if isinstance(tree.of, Name) else ""
    of = None if space == "formula" else ev.value(tree.of, scope, names)
    return ev.made(functions.call_method(ev, of, tree, scope, names))


def _unary(ev: Evaluator, tree: Unary, scope: Scope, names: Mapping[str, Value]) -> Value:
    value = ev.value(tree.of, scope, names)
    if tree.sign == "!":
        return not is_truthy(value)
    if isinstance(value, Duration):
        return value.times(-1) if tree.sign == "-" else value
    number = as_number(value)
    return None if number is None else -number if tree.sign == "-" else number


def _binary(ev: Evaluator, tree: Binary, scope: Scope, names: Mapping[str, Value]) -> Value:
    left = ev.value(tree.left, scope, names)
    if tree.sign == "&&":
        return ev.value(tree.right, scope, names) if is_truthy(left) else left
    if tree.sign == "||":
        return left if is_truthy(left) else ev.value(tree.right, scope, names)
    right = ev.value(tree.right, scope, names)
    if tree.sign in ("==", "==="):
        return is_equal(left, right)
    if tree.sign in ("!=", "!=="):
        return not is_equal(left, right)
    if tree.sign in _COMPARED:
        order = compare(left, right)
        return order is not None and _COMPARED[tree.sign](order, 0)
    return ev.made(_arithmetic(tree.sign, left, right))


_COMPARED: Mapping[str, Callable[[int, int], bool]] = MappingProxyType(
    {"<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge}
)


def _arithmetic(sign: str, left: Value, right: Value) -> Value:
    if isinstance(left, Moment):
        return _moved(sign, left, right)
    if isinstance(left, Duration) and not isinstance(right, str):
        return _of_duration(sign, left, right)
    if sign == "+" and (_is_text(left) or _is_text(right)):
        return as_string(left) + as_string(right)
    if sign == "+" and isinstance(left, list) and isinstance(right, list):
        return left + right
    a, b = as_number(left), as_number(right)
    return None if a is None or b is None else _calculated(sign, a, b)


def _is_text(value: Value) -> bool:
    return not isinstance(value, int | float | Duration | Moment | list | dict | None)


def _moved(sign: str, left: Moment, right: Value) -> Value:
    if isinstance(right, Moment) and sign == "-":
        return Milliseconds(left.milliseconds - right.milliseconds)
    by = read_duration(right) if isinstance(right, str) else right
    if isinstance(by, int | float) and not isinstance(by, bool):
        by = Duration(0, by)
    if sign in "+-" and isinstance(by, Duration):
        return left.moved(by if sign == "+" else by.times(-1))
    if sign == "+" and isinstance(right, str):
        return f"{left}{right}"
    if right is not None:
        raise EvaluationError(f"a date cannot be combined with {type_name(right)} by {sign}")
    return None


def _of_duration(sign: str, left: Duration, right: Value) -> Value:
    if isinstance(right, Moment) and sign == "+":
        return right.moved(left)
    if isinstance(right, Duration) and sign in "+-":
        return left.plus(right if sign == "+" else right.times(-1))
    number = as_number(right)
    if number is None or (not number and sign == "/"):
        return None
    if sign in "*/" and not isinstance(right, Duration):
        return left.times(number if sign == "*" else 1 / number)
    return _calculated(sign, left.total, number)


def _calculated(sign: str, a: float, b: float) -> float:
    """Calculate as JavaScript does, which divides by nothing without a word."""
    try:
        number = _CALCULATED[sign](a, b)
    except (ZeroDivisionError, ValueError):
        return math.nan if sign == "%" or not a or math.isnan(a) else math.copysign(math.inf, a)
    except OverflowError:
        return math.inf
    return _whole(number)


def _whole(number: float) -> float:
    if isinstance(number, int):
        return float(number) if abs(number) > 2**53 else number
    return int(number) if math.isfinite(number) and number.is_integer() and abs(number) <= 2**53 else number


_CALCULATED: Mapping[str, Callable[[float, float], float]] = MappingProxyType(
    {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "%": math.fmod}
)


def _list(ev: Evaluator, tree: ListOf, scope: Scope, names: Mapping[str, Value]) -> Value:
    return [ev.value(item, scope, names) for item in tree.items]


def _object(ev: Evaluator, tree: ObjectOf, scope: Scope, names: Mapping[str, Value]) -> Value:
    return {name: ev.value(item, scope, names) for name, item in tree.items}


_READERS: Mapping[type, Callable[..., Value]] = MappingProxyType(
    {
        Literal: _literal,
        Regexp: _regexp,
        Name: _name,
        Member: _member,
        Item: _item,
        Call: _call,
        Unary: _unary,
        Binary: _binary,
        ListOf: _list,
        ObjectOf: _object,
    }
)
"""What works out each kind of tree."""
