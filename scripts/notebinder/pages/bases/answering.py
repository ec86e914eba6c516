"""Answer what a view asks for: which files, in which order and groups, with which values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from notebinder.base.limits import LIMITS
from notebinder.pages.bases import functions
from notebinder.pages.bases.evaluating import Evaluator, TooMuchError
from notebinder.pages.bases.summaries import SUMMARIES
from notebinder.pages.bases.values import (
    EvaluationError,
    File,
    UnknownNameError,
    Value,
    as_string,
    identity,
    is_empty,
    is_truthy,
    order_key,
)
from notebinder.pages.vault_facts import FileFacts
from notebinder.vault.bases import Base, BaseError, Order, View


class ViewError(BaseError):
    """A view whose files nobody can tell."""

    def __init__(self, expression: str, message: str) -> None:
        super().__init__(message)
        self.expression = expression


@dataclass(frozen=True, slots=True)
class Row:
    """A file, and its value in each column."""

    facts: FileFacts
    values: tuple[Value, ...]
    cover: Value = None
    """What the picture of its card is."""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that have a value in common."""

    value: Value
    rows: tuple[Row, ...]
    summaries: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """An expression that has no value for some files."""

    expression: str
    message: str
    file: str
    """The first of them."""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Answer:
    """What a view shows."""

    view: View
    groups: tuple[Group, ...]
    """One without a value where the view has no groups."""
    total: int
    """So many files there are, shown or not."""
    faults: tuple[Fault, ...] = ()

    @property
    def rows(self) -> Iterator[Row]:
        """All rows, in order."""
        return (row for group in self.groups for row in group.rows)


@dataclass(slots=True)
class _Work:
    """Answers one view; it owns what it finds wrong on the way."""

    base: Base
    view: View
    evaluator: Evaluator
    first: dict[tuple[str, str], str] = field(default_factory=dict)
    """The first file of each fault, by its expression and message."""
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def kept(self, facts: FileFacts) -> bool:
        """Tell whether a file passes all filters."""
        return self.passes(self.base.filters, facts) and self.passes(self.view.filters, facts)

    def passes(self, asked: object, facts: FileFacts, depth: int = 0) -> bool:
        """Tell whether a file passes a filter: a statement, or some joined by `and`, `or` and `not`."""
        if isinstance(asked, dict) and depth < LIMITS.nesting:
            return all(self._joined(str(name), inner, facts, depth) for name, inner in asked.items())
        if isinstance(asked, list) and depth < LIMITS.nesting:
            return all(self.passes(part, facts, depth + 1) for part in asked)
        return self._is_true(as_string(asked), facts) if not is_empty(asked) else True

    def _joined(self, name: str, inner: object, facts: FileFacts, depth: int) -> bool:
        parts = inner if isinstance(inner, list) else [] if is_empty(inner) else [inner]
        if name not in ("and", "or", "not"):
            raise ViewError(name, f"has a filter {name!r} that is none of and, or, not")
        passed = (self.passes(part, facts, depth + 1) for part in parts)
        if name == "and" or not parts:
            return all(passed)
        return any(passed) == (name == "or")

    def _is_true(self, statement: str, facts: FileFacts) -> bool:
        try:
            return is_truthy(self.evaluator.evaluate(statement, facts))
        except (UnknownNameError, TooMuchError) as error:
            raise ViewError(statement, str(error)) from error
        except EvaluationError as error:
            self.note(statement, error, facts)
            return False

    def note(self, expression: str, error: EvaluationError, facts: FileFacts) -> None:
        """Keep what is wrong with an expression."""
        key = (expression, str(error))
        self.first.setdefault(key, facts.path)
        self.counts[key] += 1

    def value(self, identifier: str, facts: FileFacts, *, is_told: bool = True) -> Value:
        """Return the value of a property for a file; nothing where it has none."""
        kind, _, name = identifier.partition(".")
        scope = self.evaluator.scope(facts)
        try:
            if kind == "formula":
                return self.evaluator.formula(name, scope)
            if kind == "note":
                return self.evaluator.property(name, scope)
            if name not in functions.FIELDS["file"]:
                raise UnknownNameError(f"a file has no {name}")
            return functions.field_of(self.evaluator, File(facts, facts.path), name)
        except TooMuchError as error:
            raise ViewError(self.base.formulas.get(name, identifier), str(error)) from error
        except EvaluationError as error:
            if is_told:
                self.note(self.base.formulas.get(name, identifier), error, facts)
            return None

    def ordered(self, files: list[FileFacts], orders: Sequence[Order]) -> list[FileFacts]:
        """Sort files; those without a value stand last, whichever way."""
        for order in reversed(orders):
            keys = {facts.path: self.value(order.property, facts, is_told=False) for facts in files}
            filled = [facts for facts in files if not is_empty(keys[facts.path])]
            empty = [facts for facts in files if is_empty(keys[facts.path])]
            filled.sort(key=lambda facts: order_key(keys[facts.path]), reverse=order.is_down)
            files = filled + empty
        return files

    def grouped(self, rows: list[Row]) -> Iterator[Group]:
        """Yield the rows of each value, those without one last."""
        order = self.view.group
        if order is None:
            yield Group(None, tuple(rows), tuple(self.summarised(rows)))
            return
        found: dict[object, list[Row]] = {}
        values: dict[object, Value] = {}
        for row in rows:
            value = self.value(order.property, row.facts)
            key = None if is_empty(value) else identity(value)
            found.setdefault(key, []).append(row)
            values.setdefault(key, value)
        filled = sorted((key for key in found if key is not None), key=lambda key: order_key(values[key]))
        keys = [*(filled[::-1] if order.is_down else filled), *([None] if None in found else [])]
        for key in keys:
            yield Group(values[key], tuple(found[key]), tuple(self.summarised(found[key])))

    def summarised(self, rows: Sequence[Row]) -> Iterator[Value]:
        """Yield the summary of each column; nothing for one that has none."""
        for place, column in enumerate(self.view.columns if self.view.summaries else ()):
            name = self.view.summaries.get(column, "")
            yield self._summary(name, [row.values[place] for row in rows], rows) if name else None

    def _summary(self, name: str, values: list[Value], rows: Sequence[Row]) -> Value:
        formula = self.base.summaries.get(name)
        facts = rows[0].facts if rows else FileFacts("")
        try:
            if formula is not None:
                return self.evaluator.evaluate(formula, facts, {"values": values})
            if name.casefold() not in SUMMARIES:
                raise UnknownNameError(f"there is no summary {name}")
            return SUMMARIES[name.casefold()](values)
        except EvaluationError as error:
            self.note(formula or name, error, facts)
            return None


def answer(base: Base, view: View, evaluator: Evaluator) -> Answer:
    """Return what a view shows, or raise an error that says why nobody can tell."""
    work = _Work(base, view, evaluator)
    files = work.ordered([facts for facts in evaluator.vault.files.values() if work.kept(facts)], view.sort)
    total = len(files)
    most = LIMITS.cells // len(view.columns) - 1
    files = files[: min(view.limit or most, most)]
    rows = [_row(work, facts) for facts in files]
    groups = tuple(work.grouped(rows))
    cut = min(total, view.limit) if view.limit else total
    return Answer(view, groups, cut, tuple(_faults(work)))


def _row(work: _Work, facts: FileFacts) -> Row:
    values = tuple(work.value(column, facts) for column in work.view.columns)
    return Row(facts, values, work.value(work.view.image, facts) if work.view.image else None)


def _faults(work: _Work) -> Iterator[Fault]:
    for (expression, message), count in work.counts.items():
        yield Fault(expression, message, work.first[expression, message], count)
