"""Bases: what their views show, as tables, cards and lists.

Each is written by itself, for an embed, a block of code, or its part of the page of a `.base` file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from notebinder.base.escaping import as_text
from notebinder.base.limits import LIMITS
from notebinder.base.problems import Problem, SourceLocation
from notebinder.pages.bases.answering import Answer, Fault, Group, Row, ViewError, answer
from notebinder.pages.bases.dataview import read_query
from notebinder.pages.bases.dataview_functions import FILE_FIELDS, FUNCTIONS
from notebinder.pages.bases.evaluating import Evaluator
from notebinder.pages.bases.moments import Moment
from notebinder.pages.bases.values import File, Value, as_string, is_empty
from notebinder.pages.constructs.base_values import picture_html, value_html, writing_for
from notebinder.pages.constructs.boxes import is_box, labelled_box
from notebinder.pages.constructs.lines import raw_html
from notebinder.pages.constructs.look_ups import LookUps
from notebinder.pages.constructs.text import attribute
from notebinder.pages.constructs.writing import Writing
from notebinder.pages.model import EmbedUse
from notebinder.pages.vault_facts import FileFacts
from notebinder.vault.bases import Base, BaseError, View, read_base
from notebinder.vault.model import Block
from notebinder.vault.syntax.yaml_text import without_yaml_comments

_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3,4}){1,2}")
_SHAPES = MappingProxyType({"table": "table", "cards": "cards", "list": "list", "map": "list"})
"""How each kind of view is shown; one of a plugin is a table."""
_NAMES = ("file.name", "file.basename", "file.file")
"""What is shown as a link to the file."""


@dataclass(frozen=True, slots=True)
class BaseSource:
    """Where a base stands."""

    text: str
    name: str
    """What it is called where it cannot be shown."""
    place: SourceLocation
    """The file and the line where its text begins."""
    shown_in: str
    """The path of what `this` means."""


def base(source: BaseSource, view: str, writing: Writing) -> list[str]:
    """Write a view of a base, the first if none is named."""
    try:
        asked = read_base(source.text)
        found = asked.view(view)
        if found is None:
            _report(source, f"has no view {view}, so the first is shown", "", writing)
        return _view(asked, found or asked.views[0], source, writing)
    except BaseError as error:
        return _box(source, error, writing)


def view_of_page(block: Block, writing: Writing) -> list[str]:
    """Write a view of the base whose page it is."""
    path = writing.note.path
    text = writing.context.look_ups.text_of(path)
    source = BaseSource(text, path.rpartition("/")[2], SourceLocation(path, 1), path)
    try:
        asked = read_base(text)
        lines = _view(asked, asked.views[block.number - 1], source, writing)
    except BaseError as error:
        lines = _box(source, error, writing, has_text=block.number == 1)
    if not writing.chain:
        writing.collected.embeds.append(EmbedUse(path, 1, shown=not is_box(lines)))
    writing.collected.embedded += sum(map(len, lines))
    return lines


def _box(source: BaseSource, error: BaseError, writing: Writing, *, has_text: bool = True) -> list[str]:
    """Write the source where nobody can tell what it shows, and say why."""
    expression = error.expression if isinstance(error, ViewError) else ""
    told = f"{expression!r} cannot be worked out: {error}" if expression else str(error)
    _report(source, f"{told}, so the base is not shown", expression, writing)
    text = without_yaml_comments(source.text) if has_text else ""
    return labelled_box(source.name, text, writing)


def _report(source: BaseSource, message: str, expression: str, writing: Writing) -> None:
    """Tell a problem at the line of the expression."""
    if writing.chain:
        return  # the note that it stands in tells it
    quoted = (expression, expression.replace("'", "''"), json.dumps(expression)[1:-1])
    place = max(map(source.text.find, quoted)) if expression else 0
    line = source.place.line + source.text.count("\n", 0, max(place, 0))
    told = Problem(SourceLocation(source.place.path, line), "not-shown", message)
    if told not in writing.collected.problems:
        writing.collected.problems.append(told)


def query(source: BaseSource, writing: Writing) -> list[str] | None:
    """Write what a query of Dataview shows; None for one that only the plugin can answer."""
    try:
        asked = read_query(source.text)
        return _view(asked, asked.views[0], source, writing, is_query=True)
    except BaseError:
        return None


def _view(
    asked: Base, view: View, source: BaseSource, writing: Writing, *, is_query: bool = False
) -> list[str]:
    look_ups = writing.context.look_ups
    if writing.collected.embedded > LIMITS.embedded:
        raise BaseError("stands on a page that embeds too much")
    facts = look_ups.facts()
    this = facts.files.get(source.shown_in) or FileFacts(source.shown_in)
    evaluator = Evaluator(facts, Asked(look_ups), this, asked.formulas, writing.context.reading.say)
    if is_query:
        evaluator.globals, evaluator.file_fields = FUNCTIONS, FILE_FIELDS
    try:
        found = answer(asked, view, evaluator)
    except RecursionError as error:
        raise BaseError("is nested too deep") from error
    finally:
        writing.collected.embedded += evaluator.steps // LIMITS.steps
    for fault in found.faults:
        _report(source, _told(fault), fault.expression, writing)
    page = _Shown(asked, found, writing)
    shape = _SHAPES.get(view.kind, "table")
    body = "".join(_PIECES[shape](page)) if found.total else page.note(page.say("no results"))
    if view.kind not in _SHAPES or view.kind == "map":
        kind = page.say("view of Obsidian", kind=as_text(view.kind), shape=page.say(f"shape {shape}"))
        body = page.note(kind) + body
    rows = sum(1 for _ in found.rows)
    if rows < found.total:
        _report(source, f"has {found.total:,} rows, of which the first {rows:,} are shown", "", writing)
        body += page.note(page.say("so many of", shown=f"{rows:,}", all=f"{found.total:,}"))
    return raw_html([f'<div class="nb-base" data-generated>{body}</div>'], writing)


def _told(fault: Fault) -> str:
    others = f" and {fault.count - 1:,} other files" if fault.count > 1 else ""
    where = f" for {fault.file}{others}" if fault.file else ""
    return f"{fault.expression!r} cannot be worked out{where}: {fault.message}"


@dataclass(frozen=True, slots=True)
class Asked:
    """Answers the questions of expressions over all files."""

    look_ups: LookUps

    def path_of(self, target: str, source: str) -> str:
        """Return the file that a name in the note `source` means; empty for none."""
        return self.look_ups.path_of(target, source)

    def times_of(self, path: str) -> tuple[Moment, Moment]:
        """Return when a file was made and changed."""
        times = self.look_ups.file_times(path)
        return Moment(times.made, not times.are_days), Moment(times.changed, not times.are_days)

    def size_of(self, path: str) -> int:
        """Return how many bytes a file has."""
        return self.look_ups.file_size(path)

    def moment(self) -> Moment:
        """Return when the site is built."""
        return Moment(self.look_ups.moment())


class _Shown:
    """A view that is being written."""

    def __init__(self, asked: Base, found: Answer, writing: Writing) -> None:
        self.base, self.answer, self.writing = asked, found, writing
        self.view = found.view
        self.say = writing.context.reading.say

    def title(self, column: str) -> str:
        """Return what a column is called."""
        return as_text(self.base.titles.get(column) or column.partition(".")[2])

    def cell(self, row: Row, place: int) -> str:
        """Return the value of a row in a column."""
        here = writing_for(row.facts.path, self.writing)
        if self.view.columns[place] in _NAMES:
            return value_html(File(row.facts, row.facts.path), here)
        return value_html(row.values[place], here)

    def value(self, value: Value) -> str:
        """Return a value that belongs to no row."""
        return value_html(value, writing_for(self.writing.note.path, self.writing))

    def note(self, text: str) -> str:
        """Return what the site says of a view."""
        return f'<p class="nb-base-note">{text}</p>'

    def heading(self, group: Group) -> str:
        """Return what the rows of a group have in common."""
        return self.say("without value") if is_empty(group.value) else self.value(group.value)

    def summary(self, column: str, value: Value) -> str:
        """Return a summary with its name."""
        name = self.view.summaries.get(column, "")
        shown = self.value(value)
        return f'<span class="nb-base-summary">{as_text(name)}</span> {shown}' if name else ""


def _table(page: _Shown) -> Iterator[str]:
    columns = page.view.columns
    yield "<table><thead><tr>"
    yield from (f"<th>{page.title(column)}</th>" for column in columns)
    yield "</tr></thead>"
    for group in page.answer.groups:
        yield "<tbody>"
        if page.view.group:
            count = f'<span class="nb-base-count">{len(group.rows):,}</span>'
            span = f'colspan="{len(columns)}"' if len(columns) > 1 else ""
            title = f'<th {span} scope="rowgroup">{page.heading(group)} {count}</th>'
            yield f'<tr class="nb-base-group">{title}</tr>'
            yield from _summaries(page, group)
        for row in group.rows:
            yield "<tr>"
            yield from (f"<td>{page.cell(row, place)}</td>" for place in range(len(columns)))
            yield "</tr>"
        yield "</tbody>"
    if not page.view.group:
        yield from (f"<tfoot>{row}</tfoot>" for row in _summaries(page, page.answer.groups[0]))
    yield "</table>"


def _summaries(page: _Shown, group: Group) -> Iterator[str]:
    if any(page.view.summaries.get(column) for column in page.view.columns):
        pairs = zip(page.view.columns, group.summaries, strict=True)
        cells = (f"<td>{page.summary(column, value)}</td>" for column, value in pairs)
        yield f'<tr class="nb-base-summaries">{"".join(cells)}</tr>'


def _cards(page: _Shown) -> Iterator[str]:
    fit = "contain" if page.view.settings.get("imageFit") == "contain" else "cover"
    for group in page.answer.groups:
        yield _group_title(page, group)
        yield f'<ul class="nb-base-cards" data-fit="{fit}"{_width(page.view)}>'
        for row in group.rows:
            yield f'<li class="nb-base-card">{_cover(page, row)}{_card_text(page, row)}</li>'
        yield "</ul>"


def _width(view: View) -> str:
    """Return the style of cards that are as wide as their view says."""
    width = _within(view.settings.get("cardSize"), 50, 800)
    return (
        f' style="grid-template-columns:repeat(auto-fill,minmax(min({width}px,100%),1fr))"' if width else ""
    )


def _within(number: object, least: float, most: float) -> str:
    """Return a number as far as it breaks no layout; nothing for what is none."""
    if not isinstance(number, int | float) or isinstance(number, bool):
        return ""
    return f"{min(max(number, least), most):g}"


def _cover(page: _Shown, row: Row) -> str:
    """Return the image of a card, or the colour that its property says."""
    if not page.view.image:
        return ""
    value = row.cover
    if isinstance(value, str) and _COLOUR.fullmatch(value.strip()):
        colour = attribute(value.strip())
        shown = f'<svg aria-hidden="true"><rect width="100%" height="100%" fill="{colour}"/></svg>'
    else:
        shown = picture_html(value, writing_for(row.facts.path, page.writing))
    height = _within(page.view.settings.get("imageAspectRatio"), 0.1, 10)
    style = f' style="aspect-ratio:1/{height}"' if height else ""
    return f'<div class="nb-base-cover"{style}>{shown}</div>'


def _card_text(page: _Shown, row: Row) -> str:
    columns = page.view.columns
    title = f'<p class="nb-base-card-title">{page.cell(row, 0)}</p>'
    pairs = (
        f"<dt>{page.title(column)}</dt><dd>{page.cell(row, place)}</dd>"
        for place, column in enumerate(columns)
        if place and not is_empty(row.values[place])
    )
    details = "".join(pairs)
    return title + (f"<dl>{details}</dl>" if details else "")


def _group_title(page: _Shown, group: Group) -> str:
    return f'<p class="nb-base-group">{page.heading(group)}</p>' if page.view.group else ""


def _list(page: _Shown) -> Iterator[str]:
    settings = page.view.settings
    element = "ol" if str(settings.get("markers", "")).startswith("number") else "ul"
    plain = ' class="nb-base-plain"' if settings.get("markers") == "none" else ""
    for group in page.answer.groups:
        yield _group_title(page, group)
        yield f"<{element}{plain}>"
        yield from (f"<li>{_item(page, row)}</li>" for row in group.rows)
        yield f"</{element}>"


def _item(page: _Shown, row: Row) -> str:
    """Return a row of a list: what comes behind its first value is within it, or behind a separator."""
    filled = [place for place, value in enumerate(row.values) if place == 0 or not is_empty(value)]
    cells = [page.cell(row, place) for place in filled]
    settings = page.view.settings
    if settings.get("indentProperties"):
        inner = "".join(f"<li>{cell}</li>" for cell in cells[1:])
        return cells[0] + (f"<ul>{inner}</ul>" if inner else "")
    return as_text(as_string(settings.get("separator") or ", ")).join(cells)


_PIECES: Mapping[str, Callable[[_Shown], Iterable[str]]] = MappingProxyType(
    {"table": _table, "cards": _cards, "list": _list}
)
"""What writes each shape."""
